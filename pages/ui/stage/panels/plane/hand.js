// What a hand does on the plane: a click adds a point (or removes one), a drag moves it or a handle;
// arrows move a cursor, Enter adds, Shift+arrows drag, Delete removes.

const NUDGE = 0.04; // of the plane's half width, for an arrow key
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const ADD = ["Enter", " "];
const REMOVE = ["Delete", "Backspace"];

/** Let a hand edit the plane on `canvas`.  `plane` says what is where (at, within, pointAt,
 * handleAt, nearest, probe, removes) and does things (add, remove, move, handle, hover, tell, hush,
 * rest, redraw).  Returns {cursor(), drags()}: the keyboard's place, and whether a point is held. */
export function hand(canvas, plane) {
  let held = null; // {handle}, {index} or, for a click to come, {index: -1}
  let cursor = null;
  const click = (place) => (plane.removes() ? plane.remove(place) : plane.add(place));

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const place = plane.at(event);
    const handle = plane.handleAt(place);
    if (handle >= 0) return (held = { handle });
    if (event.ctrlKey || event.altKey) return plane.remove(place);
    held = { index: plane.removes() ? -1 : plane.pointAt(place) };
    event.preventDefault();
    canvas.focus();
  });
  canvas.addEventListener("pointermove", (event) => {
    const place = plane.at(event);
    plane.tell(place);
    if (held?.handle >= 0) plane.handle(held.handle, place);
    else if (held?.index >= 0) plane.move(held.index, place);
    else if (!held) plane.hover(place);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (held?.index < 0) click(plane.at(event));
    if (held) plane.rest();
    held = null;
  });
  canvas.addEventListener("pointercancel", () => (held = null));
  canvas.addEventListener("pointerleave", () => plane.hush());
  canvas.addEventListener("blur", () => {
    cursor = null;
    plane.hush();
    plane.redraw();
  });
  canvas.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step && ![...ADD, ...REMOVE].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const from = cursor ?? plane.probe();
    if (step) {
      const index = event.shiftKey ? plane.nearest(from) : -1;
      cursor = plane.within(from.map((v, i) => v + step[i] * NUDGE));
      if (index >= 0) plane.move(index, cursor);
      else plane.hover(cursor);
    } else if (ADD.includes(event.key)) click(from);
    else plane.remove(from);
    plane.tell(cursor ?? from);
    plane.rest();
  });

  return { cursor: () => cursor, drags: () => held?.index >= 0 };
}
