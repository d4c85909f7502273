// parallel: trials as lines across all settings and the loss, coloured by the loss; a click looks at
// the nearest, and with the keyboard left and right arrows go from trial to trial.

import { along, line } from "../axes.js";
import { Scale } from "../colors.js";
import { clamp, el, fit } from "../dom.js";

const [LEFT, TOP, BOTTOM] = [62, 12, 30]; // CSS pixels
const REACH = 14;

export function create(panel, stage) {
  const { width = 420, height = 280 } = panel.options;
  const canvas = el("canvas", { role: "application", "aria-label": `${panel.alt}. Left and right arrow keys go from trial to trial.`, tabindex: 0, class: "clickable" });
  let [told, table, box] = [null, null, null];

  const at = (axis, i) => table.data[axis * table.shape[1] + i];
  const X = (axis) => along(axis, [0, told.axes.length - 1], [LEFT, box.width - LEFT]);
  const Y = (v) => along(v, [0, 1], [box.height - BOTTOM, TOP]);
  const place = (i) => (axis) => [X(axis), Y(at(axis, i))];

  function look(i) {
    stage.send({ panel: panel.name, kind: "click", unit: told.first + i });
    stage.rest();
  }

  /** How far a point is from a trial's line, upwards. */
  function away(i, x, y) {
    const axis = clamp(Math.floor(along(x, [LEFT, box.width - LEFT], [0, told.axes.length - 1])), 0, told.axes.length - 2);
    const between = along(x, [X(axis), X(axis + 1)], [Y(at(axis, i)), Y(at(axis + 1, i))]);
    return Math.abs(between - y);
  }

  canvas.addEventListener("click", (event) => {
    if (!table) return;
    const frame = canvas.getBoundingClientRect();
    const far = Array.from({ length: table.shape[1] }, (_, i) => away(i, event.clientX - frame.left, event.clientY - frame.top));
    const best = far.indexOf(Math.min(...far));
    if (far[best] < REACH) look(best);
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !table?.shape[1]) return;
    event.preventDefault();
    look(clamp((told.picked ?? told.first) - told.first + step, 0, table.shape[1] - 1));
  });

  function draw(frame) {
    told = frame.notes[panel.name] ?? told;
    table = frame.tensors[`values/${panel.name}`] ?? table;
    if (!told || !table) return;
    box = { width: stage.across(width, 40), height: height * stage.k };
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    const [count, n] = [told.axes.length, table.shape[1]];
    const scale = new Scale(stage.palette, "unsigned", 1);
    const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => at(count - 1, b) - at(count - 1, a)); // the best on top
    for (const i of order) {
      const chosen = told.first + i === told.picked;
      context.strokeStyle = chosen ? stage.palette.ink : scale.css(1 - at(count - 1, i));
      context.lineWidth = chosen ? 3 : 1.6;
      context.globalAlpha = chosen ? 1 : n > 60 ? 0.55 : 0.8;
      line(context, count, place(i));
    }
    context.globalAlpha = 1;
    told.axes.forEach((axis, k) => upright(context, axis, k, count));
  }

  function upright(context, axis, k, count) {
    context.strokeStyle = stage.palette.dim;
    context.lineWidth = 1;
    line(context, 2, (i) => [X(k), i ? Y(0) : Y(1)]);
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.textAlign = k ? (k === count - 1 ? "left" : "center") : "right";
    for (const [u, text] of axis.ticks) {
      const x = X(k) + (k === 0 ? -6 : k === count - 1 ? 6 : 0);
      if (k && k < count - 1) {
        const wide = context.measureText(text).width / 2 + 3;
        context.fillStyle = stage.palette.card;
        context.globalAlpha = 0.75;
        context.fillRect(x - wide, Y(u) - 7, 2 * wide, 14);
        context.globalAlpha = 1;
      }
      context.fillStyle = stage.palette.ink;
      context.fillText(text, x, Y(u));
    }
    context.fillStyle = stage.palette.dim;
    context.textAlign = "center";
    context.fillText(axis.title.replace(" (log)", ""), X(k), box.height - 10);
  }

  return { element: el("div", { class: "parallel" }, canvas), draw };
}
