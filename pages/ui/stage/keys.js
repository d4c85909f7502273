// The keys of a presenter: those of a remote control, and a letter for each.

const KEYS = { PageDown: "next", ArrowRight: "next", PageUp: "back", ArrowLeft: "back", " ": "toggle", b: "toggle", ".": "toggle", s: "step" };
const TAKEN = "input, textarea, select, canvas, [contenteditable]"; // these have keys of their own

/** What a key means: "next", "back", "toggle", "step", or null where it belongs to somebody else. */
export function actionOf(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.composedPath()[0];
  if (target.closest?.(TAKEN) || (event.key === " " && target.closest?.("button"))) return null;
  return KEYS[event.key] ?? null;
}
