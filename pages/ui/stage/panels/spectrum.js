// spectrum: eigenvalues in the complex plane, with the unit circle.  Point at one to read it.
//
// values/<name> (3, points): real part, imaginary part, and which: 0 of one step, 1 of the matrix.
// notes[name] = {side, ink, matrix}: half a side of the picture, the step's colour among INKS, and
// whether there is a matrix.

import { along, axes, inner, line } from "../axes.js";
import { INKS, short } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { clipped } from "../marks.js";

const MARGINS = [40, 34, 6]; // CSS pixels at the left, below, and at the other sides
const REACH = 12; // CSS pixels from a point at which it is read

export function create(panel, stage) {
  const { size = 300 } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt });
  const key = (kind, text) => el("span", { class: `key ${kind}` }, text);
  const [step, matrix, readout] = [key("spot", "one step (its Jacobian)"), key("ring", "recurrent matrix W"), el("span", { class: "hover" })];
  const element = el("div", { class: "spectrum" }, canvas, el("div", { class: "legend" }, step, matrix, key("", "unit circle")), el("div", { class: "legend" }, readout));
  let [told, points, box] = [null, null, null];

  const X = (u) => along(u, [-told.side, told.side], [box.left, box.right]);
  const Y = (v) => along(v, [-told.side, told.side], [box.bottom, box.top]);
  const at = (row, i) => points.data[row * points.shape[1] + i];

  function draw(frame, calm) {
    const [tensor, news] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    [points, told] = [tensor, news];
    const wide = Math.min(size * stage.k, stage.room);
    box = inner(wide, wide + MARGINS[1] - MARGINS[0], MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    const ends = [-1, 0, 1].map((sign) => (sign * Math.floor(told.side * 2)) / 2);
    const marks = (place) => ends.map((v) => [place(v), short(v, 1)]);
    axes(context, box, { x: marks((v) => Math.min(X(v), box.right - 8)), y: marks(Y), titles: ["real part", "imaginary part"] }, stage.palette);
    const ink = stage.palette[INKS[told.ink]];
    clipped(context, box.left, box.top, box.w, box.h, () => shapes(context, ink));
    if (!calm) return;
    step.style.setProperty("--c", ink);
    matrix.hidden = !told.matrix;
  }

  function shapes(context, ink) {
    line(context, 2, (i) => [i ? box.right : box.left, Y(0)]);
    line(context, 2, (i) => [X(0), i ? box.bottom : box.top]);
    context.strokeStyle = stage.palette.ink;
    circle(context, 0, 0, X(1) - X(0), 1.25);
    for (const which of [1, 0]) {
      context.fillStyle = ink;
      context.strokeStyle = which ? stage.palette.dim : stage.palette.card;
      for (let i = 0; i < points.shape[1]; i++) {
        if (at(2, i) !== which) continue;
        circle(context, at(0, i), at(1, i), which ? 3.2 : 2.8, which ? 1 : 0.5, !which);
      }
    }
  }

  function circle(context, u, v, radius, width, full = false) {
    context.lineWidth = width;
    context.beginPath();
    context.arc(X(u), Y(v), radius, 0, 7);
    if (full) context.fill();
    context.stroke();
  }

  canvas.addEventListener("pointermove", (event) => {
    if (!points) return;
    const frame = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    let [best, least] = [-1, REACH];
    for (let i = 0; i < points.shape[1]; i++) {
      const d = Math.hypot(X(at(0, i)) - x, Y(at(1, i)) - y);
      if (d < least) [best, least] = [i, d];
    }
    if (best < 0) return write(readout, "");
    const [re, im] = [at(0, best), at(1, best)];
    const size = Math.hypot(re, im);
    const far = (size ** 100).toExponential(0).replace("-", "−");
    write(readout, `λ = ${short(re)} ${im < 0 ? "−" : "+"} ${short(Math.abs(im))} i,  |λ| = ${short(size, 3)},  |λ|¹⁰⁰ = ${far}`);
  });
  canvas.addEventListener("pointerleave", () => write(readout, ""));

  return { element, draw };
}
