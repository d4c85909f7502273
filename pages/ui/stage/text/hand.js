// The hand on a text: a click chooses a character, a drag brushes a stretch, the arrows walk.

import { clamp } from "../dom.js";

/**
 * Listen to a canvas with text on it.  `at(event, nearest)` finds the character under a pointer;
 * without `click` the pointer only reads.  `walk(from, turn)` is where a key leads.  Returns whether
 * a character is `held` now.
 */
export function hand(canvas, { at, click, length, selected, hover, brushing, brushed, choose, walk }) {
  let held = null;
  const stretch = (i) => [Math.min(i, held), Math.max(i, held) + 1];

  canvas.addEventListener("pointermove", (event) => {
    const i = at(event, held !== null);
    if (i >= 0) hover(i);
    if (held !== null && i >= 0 && i !== held) brushing(...stretch(i));
  });
  canvas.addEventListener("pointerleave", () => hover(-1));
  if (!click) return { held: () => false };

  canvas.addEventListener("pointerdown", (event) => {
    const i = event.button === 0 ? at(event) : -1;
    if (i < 0) return;
    if (event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
    held = i;
  });
  canvas.addEventListener("pointerup", (event) => {
    if (held === null) return;
    const i = at(event, true);
    if (i < 0 || i === held) choose(held);
    else brushed(...stretch(i));
    held = null;
  });
  canvas.addEventListener("pointercancel", () => (held = null));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!length() || (step === undefined && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Escape") choose(-1);
    else choose(walk(selected() ?? length(), (at) => clamp(at + step, 0, length() - 1)));
  });
  return { held: () => held !== null };
}
