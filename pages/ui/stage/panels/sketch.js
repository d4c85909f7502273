// sketch: functions of one number.  The first curve may be drawn with the pen; with the keyboard,
// left and right choose a place, up and down lift or lower the curve there.

import { along, axes, inner, line, pointed, thirds } from "../axes.js";
import { short } from "../colors.js";
import { clamp, el, fit } from "../dom.js";
import { clipped } from "../marks.js";

const MARGINS = [44, 34, 6]; // CSS pixels at the left, below, and at the other sides
const LIFT = 0.05;

export function create(panel, stage) {
  const { width = 520, height = 320, edit = false, names = ["target", "net"], xTitle = "x", yTitle = "y", parts = "" } = panel.options;
  const help = "Left and right arrow keys choose a place, up and down lift or lower the curve there.";
  const canvas = el("canvas", { role: edit ? "application" : "img", "aria-label": edit ? `${panel.alt}. ${help}` : panel.alt, tabindex: edit ? 0 : undefined, class: edit ? "drawable" : "" });
  const inks = ["ink", "accent", "negative"];
  const keys = names.map((name, i) => el("span", { class: i ? "key" : "key dashed", style: `--c: var(--${inks[i]})` }, name));
  const legend = el("div", { class: "legend" }, ...keys, parts ? el("span", { class: "key", style: "--c: var(--done)" }, parts) : "");
  let [tensor, pieces, range, last, cursor, box] = [null, null, [-1, 1], null, null, null];

  const at = (row, i) => tensor.data[row * tensor.shape[1] + i];
  const ends = () => [at(0, 0), at(0, tensor.shape[1] - 1)];
  const X = (v) => along(v, ends(), [box.left, box.right]);
  const Y = (v) => along(v, range, [box.bottom, box.top]);
  const place = (event) => pointed(event, canvas, box, ends(), range);

  /** The nearest place on the axis, as the number of a sample. */
  const index = (x) => Math.round(along(x, ends(), [0, tensor.shape[1] - 1]));

  function ink(to) {
    const [from, n] = [last ?? to, tensor.shape[1]];
    const [a, b] = [index(from[0]), index(to[0])];
    for (let i = Math.min(a, b); i <= Math.max(a, b); i++) tensor.data[n + i] = a === b ? to[1] : from[1] + ((to[1] - from[1]) * (i - a)) / (b - a);
    stage.send({ panel: panel.name, kind: "stroke", begin: last === null, points: [from, to] });
    last = to;
  }

  if (edit) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !tensor) return;
      canvas.setPointerCapture(event.pointerId);
      ink(place(event));
      event.preventDefault();
      canvas.focus();
    });
    canvas.addEventListener("pointermove", (event) => last && ink(place(event)));
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => {
        last = null;
        stage.rest();
      });
    canvas.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const lift = { ArrowUp: LIFT, ArrowDown: -LIFT }[event.key];
      if (!tensor || !(move || lift)) return;
      event.preventDefault();
      cursor = clamp((cursor ?? tensor.shape[1] >> 1) + (move ?? 0), 0, tensor.shape[1] - 1);
      if (lift) {
        const raised = stage.step(`${panel.name} ${cursor}`, at(1, cursor), (v) => clamp(v + lift, range[0], range[1]));
        ink([at(0, cursor), raised]);
        last = null;
      }
      stage.redraw();
      stage.rest();
    });
    canvas.addEventListener("blur", () => (cursor = null));
  }

  function draw(frame) {
    const told = frame.tensors[`values/${panel.name}`]; // (1 + curves, places): the first row is x
    if (!told) return;
    if (last && tensor) told.data.set(tensor.data.subarray(tensor.shape[1], 2 * tensor.shape[1]), told.shape[1]); // what the pen does is not undone
    tensor = told;
    pieces = frame.tensors[`values/${panel.name}.parts`];
    range = frame.notes.ranges?.[panel.name] ?? range;
    const summed = frame.notes.strong?.[panel.name] ?? null; // of the parts, how many are added up
    keys.forEach((mark, i) => (mark.hidden = i + 1 >= told.shape[0]));
    box = inner(stage.across(width, 40), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    axes(context, box, {
      x: thirds(ends()).map((v) => [X(v), short(v, Number.isInteger(v) ? 0 : 1)]),
      y: thirds(range).map((v) => [Y(v), short(v, 1)]),
      titles: [xTitle, yTitle],
      grid: true,
    }, stage.palette);
    const band = frame.notes.bands?.[panel.name]; // a stretch of the axis that is meant
    if (band) {
      context.fillStyle = stage.palette.accent;
      context.globalAlpha = 0.14;
      context.fillRect(X(band[0]), box.top, Math.max(2, X(band[1]) - X(band[0])), box.h);
      context.globalAlpha = 1;
    }
    clipped(context, box.left, box.top, box.w, box.h, () => curves(context, summed));
  }

  function curves(context, summed) {
    if (pieces) for (let k = 0; k < pieces.shape[0]; k++) curve(context, (i) => pieces.data[k * pieces.shape[1] + i], stage.palette.done, 1, summed === null || k < summed ? 0.6 : 0.15);
    for (let row = tensor.shape[0] - 1; row >= 1; row--) curve(context, (i) => at(row, i), stage.palette[inks[row - 1]], row === 1 ? 1.6 : 2.4, 1, row === 1 ? [5, 4] : []);
    if (cursor !== null) {
      context.fillStyle = stage.palette.accent;
      context.beginPath();
      context.arc(X(at(0, cursor)), Y(at(1, cursor)), 5, 0, 7);
      context.fill();
    }
  }

  function curve(context, value, color, thick, alpha, dash = []) {
    context.strokeStyle = color;
    context.lineWidth = thick;
    context.globalAlpha = alpha;
    context.setLineDash(dash);
    line(context, tensor.shape[1], (i) => [X(at(0, i)), Y(value(i))]);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  return { element: el("div", { class: "sketch" }, canvas, legend), draw };
}
