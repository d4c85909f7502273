// spectrum: eigenvalues in the complex plane, with the unit circle.  Point at one to read it.
//
// values/<name> (3, points): real part, imaginary part, and which: 0 of one step, 1 of the matrix.
// notes[name] = {side, ink, matrix}: half a side of the picture, the step's colour among INKS, and
// whether there is a matrix.

import { INKS, short } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { upright } from "../marks.js";

const [LEFT, BOTTOM, EDGE] = [40, 34, 6]; // CSS pixels around the square
const REACH = 12; // CSS pixels from a point at which it is read

export function create(panel, stage) {
  const { size = 300 } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt });
  const key = (kind, text) => el("span", { class: `key ${kind}` }, text);
  const [step, matrix, readout] = [key("spot", "one step (its Jacobian)"), key("ring", "recurrent matrix W"), el("span", { class: "hover" })];
  const element = el("div", { class: "spectrum" }, canvas, el("div", { class: "legend" }, step, matrix, key("", "unit circle")), el("div", { class: "legend" }, readout));
  let [told, points] = [null, null];

  const side = () => Math.min(size * stage.k, stage.room) - LEFT - EDGE;
  const X = (u) => LEFT + ((u / told.side + 1) / 2) * side();
  const Y = (v) => EDGE + ((1 - v / told.side) / 2) * side();
  const at = (row, i) => points.data[row * points.shape[1] + i];

  function draw(frame, calm) {
    const [tensor, news] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    [points, told] = [tensor, news];
    const inside = side();
    const context = fit(canvas, LEFT + inside + EDGE, EDGE + inside + BOTTOM);
    context.clearRect(0, 0, LEFT + inside + EDGE, EDGE + inside + BOTTOM);
    axes(context, inside);
    context.save();
    context.beginPath();
    context.rect(LEFT, EDGE, inside, inside);
    context.clip();
    context.strokeStyle = stage.palette.ink;
    circle(context, 0, 0, X(1) - X(0), 1.25);
    const ink = stage.palette[INKS[told.ink]];
    for (const which of [1, 0]) {
      context.fillStyle = ink;
      context.strokeStyle = which ? stage.palette.dim : stage.palette.card;
      for (let i = 0; i < points.shape[1]; i++) {
        if (at(2, i) !== which) continue;
        circle(context, at(0, i), at(1, i), which ? 3.2 : 2.8, which ? 1 : 0.5, !which);
      }
    }
    context.restore();
    if (!calm) return;
    step.style.setProperty("--c", ink);
    matrix.hidden = !told.matrix;
  }

  function circle(context, u, v, radius, width, full = false) {
    context.lineWidth = width;
    context.beginPath();
    context.arc(X(u), Y(v), radius, 0, 7);
    if (full) context.fill();
    context.stroke();
  }

  function axes(context, inside) {
    context.strokeStyle = stage.palette.line;
    context.fillStyle = stage.palette.dim;
    context.lineWidth = 1;
    context.strokeRect(LEFT + 0.5, EDGE + 0.5, inside - 1, inside - 1);
    context.beginPath();
    context.moveTo(LEFT, Y(0));
    context.lineTo(LEFT + inside, Y(0));
    context.moveTo(X(0), EDGE);
    context.lineTo(X(0), EDGE + inside);
    context.stroke();
    context.font = "11px system-ui, sans-serif";
    const bottom = EDGE + inside;
    for (const v of [-1, 0, 1].map((sign) => (sign * Math.floor(told.side * 2)) / 2)) {
      context.textAlign = "center";
      context.textBaseline = "alphabetic";
      context.fillText(short(v, 1), Math.min(X(v), LEFT + inside - 8), bottom + 14);
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.fillText(short(v, 1), LEFT - 4, Math.max(Y(v), EDGE + 5));
    }
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText("real part", LEFT + inside / 2, bottom + 29);
    upright(context, "imaginary part", 9, EDGE + inside / 2);
  }

  canvas.addEventListener("pointermove", (event) => {
    if (!points) return;
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
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
