// unrolled: quantities of one unit (rows) over the last steps (columns), with their numbers.
// Click a column to choose the step.
//
// The frame brings values/name (rows x columns; NaN where there is no step) and notes[name] = {rows, columns, chosen, text}.

import { Scale } from "../colors.js";
import { cellAt, drawGrid } from "../grid.js";
import { el, fit, write } from "../dom.js";

const TOP = 24;
const VISIBLE = { "\n": "↵", " ": "␣", "\t": "→" };

export function create(panel, stage) {
  const { cell = 38, limit = 1, label: LEFT = 74 } = panel.options; // CSS pixels, a value
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, class: "clickable" });
  const sum = el("div", { class: "sum" });
  const scroll = el("div", { class: "scroll", onscroll: () => stage.redraw() }, canvas);
  const element = el("div", { class: "unrolled" }, scroll, sum);
  let [shape, geometry, told, seen] = [null, null, null, -1];

  function draw(frame) {
    const [tensor, news] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    told = news;
    const [rows, cols] = (shape = tensor.shape);
    if (rows !== news.rows.length) return;
    geometry = { x: LEFT, y: TOP, rows, cols, cell: Math.max(30, cell * stage.k) };
    const side = geometry.cell + 2;
    const context = fit(canvas, LEFT + cols * side + 2, TOP + rows * side + 2);
    context.clearRect(0, 0, canvas.width, canvas.height);
    drawGrid(context, { ...geometry, values: tensor.data, scale: new Scale(stage.palette, "signed", limit), palette: stage.palette, blank: true, on: (i) => i % cols < news.columns.length });
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.fillStyle = stage.palette.ink;
    context.font = "14px ui-monospace, Menlo, Consolas, monospace";
    news.columns.forEach((name, i) => context.fillText(VISIBLE[name] ?? name, LEFT + i * side + geometry.cell / 2, TOP / 2 - 2));
    if (news.chosen !== null && news.chosen >= 0) {
      context.strokeStyle = stage.palette.accent;
      context.lineWidth = 2;
      context.strokeRect(LEFT + news.chosen * side - 1, TOP - 1, geometry.cell + 2, rows * side);
    }
    if (news.chosen !== null && news.chosen !== seen) scroll.scrollLeft = LEFT + ((seen = news.chosen) + 1) * side - scroll.clientWidth;
    label(context, side);
    write(sum, news.text ?? "");
  }

  /** The rows' names, which stay in sight where a phone scrolls. */
  function label(context, side) {
    const left = scroll.scrollLeft;
    context.fillStyle = stage.palette.card;
    if (left) context.fillRect(left, 0, LEFT - 3, canvas.height);
    context.fillStyle = stage.palette.dim;
    context.font = "12px system-ui, sans-serif";
    context.textAlign = "right";
    told.rows.forEach((name, i) => context.fillText(name, left + LEFT - 8, TOP + i * side + geometry.cell / 2));
  }

  canvas.addEventListener("click", (event) => {
    if (!geometry) return;
    const frame = canvas.getBoundingClientRect();
    const index = cellAt(geometry, event.clientX - frame.left, event.clientY - frame.top);
    if (index < 0) return;
    stage.send({ panel: panel.name, kind: "click", unit: index % shape[1], row: Math.floor(index / shape[1]) });
    stage.rest();
  });

  return { element, draw, calm: true };
}
