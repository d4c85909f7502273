// The plane by keyboard: arrows move a cursor, Enter does what a click does, Shift+arrows drag the
// nearest point, Delete removes it; a handle of the line is a button that arrows move.

import { el } from "../dom.js";

const NUDGE = 0.04; // of the plane's half width, for an arrow key
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Return the place that an arrow key leads to, or null for another key. */
function beside(event, place, within) {
  const step = STEPS[event.key];
  return step ? within(place.map((v, i) => v + step[i] * NUDGE)) : null;
}

/** Listen on a canvas.  `hand`: {cursor, set, nearest, act, move, point, remove, within, rest}. */
export function listen(canvas, hand) {
  let dragged = -1; // the point that Shift and arrows have in hand
  canvas.addEventListener("keydown", (event) => {
    const from = hand.cursor();
    const to = beside(event, from, hand.within);
    if (!to && !["Enter", " ", "Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const index = dragged >= 0 ? dragged : hand.nearest(from);
    dragged = to && event.shiftKey ? index : -1;
    if (to) {
      hand.set(to);
      if (dragged >= 0) hand.move(dragged, to);
      else hand.point(to);
    } else if (event.key === "Enter" || event.key === " ") hand.act(from);
    else if (index >= 0) hand.remove(index);
    hand.rest();
  });
  canvas.addEventListener("keyup", (event) => event.key === "Shift" && (dragged = -1));
  canvas.addEventListener("blur", () => {
    dragged = -1;
    hand.set(null);
  });
}

/** Buttons over a line's handles, so that the keyboard finds them.  `step(i, turn)` is where a turn
 *  leads handle i. */
export function grips(labels, { step, move, within, changed }) {
  return labels.map((label, index) => {
    const button = el("button", { type: "button", class: "grip", hidden: true, "aria-label": `${label}. Arrow keys move it.`, title: label, onfocus: changed, onblur: changed });
    button.addEventListener("keydown", (event) => {
      if (!STEPS[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      move(index, step(index, (at) => beside(event, at, within)));
    });
    return button;
  });
}
