// runs: learning curves of many trials of one method.  Those that were cut end in a cross, upright
// lines are the rungs at which it happened.  A click looks at the curve that ends nearest; with the
// keyboard, left and right arrows go from trial to trial.

import { along, axes, inner, line } from "../axes.js";
import { short } from "../colors.js";
import { clamp, el, fit } from "../dom.js";
import { clipped, cross } from "../marks.js";

const MARGINS = [50, 32, 8]; // CSS pixels at the left, below, and at the other sides
const FEW = 60; // curves that are drawn strongly

export function create(panel, stage) {
  const { width = 560, height = 280, inks } = panel.options;
  const canvas = el("canvas", { role: "application", "aria-label": `${panel.alt}. Left and right arrow keys go from trial to trial.`, tabindex: 0, class: "clickable" });
  const element = el("div", { class: "runs" }, canvas, el("div", { class: "legend" }, el("span", {}, "one line a trial; × it was cut; upright: a rung, at which the best go on; thick: the one that is looked at")));
  let [told, lines, box, low, high] = [null, null, null, 0, 1];

  const at = (row, i) => lines.data[row * lines.shape[1] + i];
  const X = (v) => along(v, [0, at(0, lines.shape[1] - 1)], [box.left, box.right]);
  const Y = (v) => along(Math.log(v), [Math.log(low), Math.log(high)], [box.bottom, box.top]);
  const good = (v) => Number.isFinite(v) && v > 0;
  const place = (row) => (i) => (good(at(row, i)) ? [X(at(0, i)), Y(at(row, i))] : null);

  /** The last epoch of a trial, as a column; -1 before its first. */
  function last(row) {
    let i = lines.shape[1] - 1;
    while (i >= 0 && !good(at(row, i))) i--;
    return i;
  }

  function look(row) {
    stage.send({ panel: panel.name, kind: "click", unit: told.first + row - 1 });
    stage.rest();
  }

  canvas.addEventListener("click", (event) => {
    if (!lines) return;
    const frame = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    let [best, least] = [0, 900];
    for (let row = 1; row < lines.shape[0]; row++)
      for (let i = 0; i <= last(row); i++) {
        const [u, v] = place(row)(i) ?? [NaN, NaN];
        const d = (u - x) ** 2 + (v - y) ** 2;
        if (d < least) [best, least] = [row, d];
      }
    if (best) look(best);
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !lines || lines.shape[0] < 2) return;
    event.preventDefault();
    look(clamp((told.picked ?? told.first) - told.first + 1 + step, 1, lines.shape[0] - 1));
  });

  function draw(frame) {
    told = frame.notes[panel.name] ?? told;
    lines = frame.tensors[`values/${panel.name}`] ?? lines;
    if (!told || !lines) return;
    const [rows, epochs] = lines.shape;
    const seen = lines.data.subarray(epochs).filter(good);
    [low, high] = seen.length ? [Math.min(...seen), Math.max(...seen)] : [0.01, 1];
    if (low === high) [low, high] = [low / 2, high * 2];
    box = inner(stage.across(width, 40), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    axes(context, box, {
      x: [[box.left, "0"], [box.right, String(at(0, epochs - 1))]],
      y: [low, Math.sqrt(low * high), high].map((v) => [Y(v), short(v, v < 0.1 ? 3 : 2)]),
      titles: ["epoch", "loss"],
      grid: true,
    }, stage.palette);
    context.setLineDash([3, 4]);
    context.strokeStyle = stage.palette.dim;
    for (const rung of told.rungs) line(context, 2, (i) => [X(rung), i ? box.bottom : box.top]);
    context.setLineDash([]);
    const ink = stage.palette[inks[told.ink]];
    clipped(context, box.left - 1, box.top - 2, box.w + 6, box.h + 4, () => {
      for (let row = 1; row < rows; row++) {
        const chosen = told.first + row - 1 === told.picked;
        context.strokeStyle = chosen ? stage.palette.ink : ink;
        context.lineWidth = chosen ? 3 : 1.3;
        context.globalAlpha = chosen ? 1 : rows > FEW ? 0.35 : 0.6;
        line(context, epochs, place(row));
        end(context, row, context.strokeStyle);
      }
      context.globalAlpha = 1;
    });
  }

  function end(context, row, color) {
    const i = last(row);
    if (i < 0) return;
    const [u, v] = place(row)(i);
    if (told.cut[row - 1]) return cross(context, u - 3, v - 3, 6, 6, color, 1.3);
    context.fillStyle = color;
    context.beginPath();
    context.arc(u, v, 2.5, 0, 7);
    context.fill();
  }

  return { element, draw };
}
