// A page may reload itself, but never in a loop: what did not help is not tried again soon.

const KEY = "glassbox:reloaded";
const APART = 600_000; // milliseconds

/** Reload the page with its address; return false if it did so lately, or cannot know. */
export function reload() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(KEY)) < APART) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
  } catch {
    return false; // this browser keeps nothing for a page
  }
  location.reload();
  return true;
}
