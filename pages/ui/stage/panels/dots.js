// dots: points over two axes, each with a text; click one to open it, arrow keys go from one to the
// next.
//
// values/name: (3, N): x, y and the number of the class.  notes[name] = {low: [x, y], high: [x, y],
// texts, chosen: [row], now: [x, y] or null}.

import { along, axes, inner, thirds } from "../axes.js";
import { INKS, inked, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";

const MARGINS = [48, 32, 8]; // CSS pixels at the left, below, and at the other sides
const REACH = 14; // CSS pixels from a point at which it is caught

export function create(panel, stage) {
  const { width = 420, height = 260, names = [], xTitle = "", yTitle = "", digits = 1 } = panel.options;
  const canvas = el("canvas", { role: "img", tabindex: 0, class: "clickable", "aria-label": `${panel.alt}. Left and right arrow keys choose a point.` });
  const readout = el("span", { class: "range" });
  const legend = el("div", { class: "legend" }, ...names.map((name, i) => el("span", { class: "key spot", style: inked(INKS[i]) }, name)), readout);
  let [told, points, spots] = [null, null, []];

  function draw(frame) {
    told = frame.notes[panel.name] ?? told;
    points = frame.tensors[`values/${panel.name}`] ?? points;
    if (!told || !points) return;
    const n = points.shape[1];
    const box = inner(Math.min(width * stage.k, stage.room), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    const range = (i) => [told.low[i], told.high[i]];
    const X = (v) => along(v, range(0), [box.left, box.right]);
    const Y = (v) => along(v, range(1), [box.bottom, box.top]);
    const numbers = (i, place) => thirds(range(i)).map((v) => [place(v), short(v, Number.isInteger(v) ? 0 : digits)]);
    axes(context, box, { x: numbers(0, X), y: numbers(1, Y), titles: [xTitle, yTitle] }, stage.palette);
    spots = Array.from({ length: n }, (_, i) => [clamp(X(points.data[i]), box.left, box.right), clamp(Y(points.data[n + i]), box.top, box.bottom)]);
    spots.forEach(([x, y], i) => {
      context.beginPath();
      context.arc(x, y, 4.5, 0, 7);
      context.globalAlpha = 0.75;
      context.fillStyle = stage.palette[INKS[points.data[2 * n + i]]];
      context.fill();
      context.globalAlpha = 1;
      if (!told.chosen?.includes(i)) return;
      context.strokeStyle = stage.palette.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, 7.5, 0, 7);
      context.stroke();
    });
    if (!told.now) return;
    const [x, y] = [X(told.now[0]), Y(told.now[1])];
    context.strokeStyle = stage.palette.ink;
    context.lineWidth = 2.5;
    for (const turn of [0, 1]) {
      context.beginPath();
      context.moveTo(x - 6, y + (turn ? 6 : -6));
      context.lineTo(x + 6, y + (turn ? -6 : 6));
      context.stroke();
    }
  }

  function nearest(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [event.clientX - box.left, event.clientY - box.top];
    let [best, least] = [-1, REACH];
    spots.forEach(([x, y], i) => {
      const far = Math.hypot(x - u, y - v);
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }

  function choose(unit) {
    stage.send({ panel: panel.name, kind: "click", unit });
    stage.rest();
  }

  canvas.addEventListener("pointermove", (event) => {
    const i = told ? nearest(event) : -1;
    write(readout, i < 0 ? "" : told.texts[i]);
  });
  canvas.addEventListener("pointerleave", () => write(readout, ""));
  canvas.addEventListener("click", (event) => {
    const i = told ? nearest(event) : -1;
    if (i >= 0) choose(i);
  });
  canvas.addEventListener("keydown", (event) => {
    const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!turn || !spots.length) return;
    event.preventDefault();
    choose(stage.step(panel.name, told.chosen?.[0] ?? 0, (i) => (i + turn + spots.length) % spots.length));
  });

  return { element: el("div", { class: "dots" }, canvas, legend), draw };
}
