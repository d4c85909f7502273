// dial: a map with handles on it.  Drag a handle, or choose one with Enter and move it with the
// arrows; the experiment hears where it should be and says where it is.
//
// notes.handles[name] = [{at: [u, v], name}], in the unit square of the map, v downwards.

import * as maps from "./maps.js";
import { clamp, el, place } from "../dom.js";

const RADIUS = 7; // CSS pixels of a handle
const REACH = 26; // CSS pixels from a handle at which it is caught
const NUDGE = 0.02; // of the map's side, for an arrow key

export function create(panel, stage) {
  const map = maps.create({ ...panel, options: { columns: 1, gap: 0, ...panel.options, click: false } }, stage);
  const { canvas } = map;
  let [handles, held, chosen] = [[], -1, 0];
  canvas.tabIndex = 0;

  const catches = (event) => nearest(event.touches[0]) >= 0 && event.preventDefault(); // elsewhere a finger scrolls
  canvas.addEventListener("touchstart", catches, { passive: false });

  const tell = (index, u, v) => stage.send({ panel: panel.name, kind: "handle", index, u, v });

  function nearest(event) {
    const box = canvas.getBoundingClientRect();
    const distances = handles.map(({ at: [u, v] }) => Math.hypot(event.clientX - box.left - u * box.width, event.clientY - box.top - v * box.height));
    const least = Math.min(...distances);
    return least < REACH ? distances.indexOf(least) : -1;
  }

  canvas.addEventListener("pointerdown", (event) => {
    held = event.button === 0 ? nearest(event) : -1;
    if (held < 0) return;
    chosen = held;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    canvas.style.cursor = nearest(event) >= 0 ? "grab" : "";
    if (held >= 0) tell(held, ...place(event, canvas));
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, () => {
      if (held >= 0) stage.rest();
      held = -1;
    });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!handles.length || !(step || event.key === "Enter")) return;
    event.preventDefault();
    if (!step) chosen = (chosen + 1) % handles.length;
    else {
      const index = chosen % handles.length;
      const nudge = (at) => at.map((v, i) => clamp(v + NUDGE * step[i], 0, 1));
      tell(index, ...stage.step(`${panel.name} ${index}`, handles[index].at, nudge));
      stage.rest();
    }
    stage.redraw();
  });
  canvas.addEventListener("focus", () => stage.redraw());
  canvas.addEventListener("blur", () => stage.redraw());

  function draw(frame, calm) {
    handles = frame.notes.handles?.[panel.name] ?? [];
    const focused = canvas.matches(":focus");
    const drawn = map.draw(frame, calm, JSON.stringify([handles, focused && chosen]));
    if (!drawn || !handles.length) return;
    const [w, h] = [canvas.style.width, canvas.style.height].map(parseFloat); // asking the box forces a layout
    const context = canvas.getContext("2d");
    handles.forEach(({ at: [u, v] }, i) => {
      context.strokeStyle = stage.palette.accent;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(w / 2, h / 2);
      context.lineTo(u * w, v * h);
      context.stroke();
      context.beginPath();
      context.arc(u * w, v * h, focused && i === chosen ? RADIUS + 2 : RADIUS, 0, 7);
      context.fillStyle = stage.palette.accent;
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = stage.palette.card;
      context.stroke();
    });
  }

  return { element: el("div", { class: "image" }, map.element), draw };
}
