// The keys of a presenter: those of a remote control, and a letter for each.

const KEYS = { PageDown: "next", ArrowRight: "next", PageUp: "back", ArrowLeft: "back", " ": "toggle", b: "toggle", ".": "toggle", s: "step" };
const TAKEN = "input, textarea, select, canvas, [contenteditable]"; // these have keys of their own

/** Whether a key asks to take the last act back, outside of texts, which have an undo of their own. */
export function isUndo(event) {
  const typed = event.composedPath()[0].closest?.("input:not([type=range]), textarea, select, [contenteditable]");
  return !event.defaultPrevented && !typed && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "z";
}

/** What a key means: "next", "back", "toggle", "step", or null where it belongs to somebody else. */
export function actionOf(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.composedPath()[0];
  if (target.closest?.(TAKEN) || (event.key === " " && target.closest?.("button"))) return null;
  return KEYS[event.key] ?? null;
}
