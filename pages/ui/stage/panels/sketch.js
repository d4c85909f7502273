// sketch: functions of one number.  The first curve may be drawn with the pen; with the keyboard,
// left and right choose a place, up and down lift or lower the curve there.  Or there are points on it:
// a click adds one, a drag moves it (see ../plane/keys.js), and a band in which the second curve may lie.

import { along, axes, inner, line, pointed, thirds } from "../axes.js";
import { short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { clipped } from "../marks.js";
import { listen } from "../plane/keys.js";
import { paintCross } from "../plane/paint.js";

const MARGINS = [44, 34, 6]; // CSS pixels at the left, below, and at the other sides
const LIFT = 0.05;
const REACH = 10; // CSS pixels from a point at which it is caught

export function create(panel, stage) {
  const { width = 520, height = 320, edit = false, names = ["target", "net"], xTitle = "x", yTitle = "y", parts = "", band = "", dots = "" } = panel.options;
  const help = "Left and right arrow keys choose a place, up and down lift or lower the curve there.";
  const pointing = "Arrow keys move a cursor, Enter adds a point, Shift and arrow keys drag the nearest, Delete removes it.";
  const hands = edit || dots;
  const canvas = el("canvas", { role: hands ? "application" : "img", "aria-label": hands ? `${panel.alt}. ${dots ? pointing : help}` : panel.alt, tabindex: hands ? 0 : undefined, class: edit ? "drawable" : dots ? "clickable" : "" });
  const inks = ["ink", "accent", "negative"];
  const keys = names.map((name, i) => el("span", { class: i ? "key" : "key dashed", style: `--c: var(--${inks[i]})` }, name));
  const share = parts ? el("span", { class: "key", style: "--c: var(--done)" }, parts) : "";
  const legend = el("div", { class: "legend" }, ...keys, share, band ? el("span", { class: "key wide", style: "--c: var(--accent)" }, band) : "", dots ? el("span", { class: "key spot", style: "--c: var(--ink)" }, dots) : "");
  let [tensor, pieces, range, last, cursor, box] = [null, null, [-1, 1], null, null, null];
  let [points, reach, held, aim] = [null, null, null, null];
  let named = -1; // the thin line that is pointed at

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

  /** Name the thin line under the pointer, and what it is worth there. */
  function name(event) {
    const [x, y] = event ? place(event) : [0, 0];
    const [n, i] = [tensor.shape[1], event && clamp(index(x), 0, tensor.shape[1] - 1)];
    const off = (k) => Math.abs(Y(pieces.data[k * n + i]) - Y(y));
    const all = [...Array(pieces.shape[0]).keys()];
    const near = event ? all.reduce((best, k) => (off(k) < off(best) ? k : best), 0) : -1;
    const before = named;
    named = near >= 0 && off(near) < REACH ? near : -1;
    write(share, named < 0 ? parts : `unit ${named + 1} adds ${short(pieces.data[named * n + i])} here`);
    if (named !== before) stage.redraw();
  }

  if (parts) {
    canvas.addEventListener("pointermove", (event) => tensor && pieces && last === null && name(event));
    canvas.addEventListener("pointerleave", () => tensor && pieces && name(null));
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

  const dotAt = (i) => [points.data[i], points.data[points.shape[1] + i]];

  function nearest([x, y], most = Infinity) {
    let [best, least] = [-1, most ** 2];
    for (let i = 0; points && i < points.shape[1]; i++) {
      const [u, v] = dotAt(i);
      const d = (X(u) - X(x)) ** 2 + (Y(v) - Y(y)) ** 2;
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  const say = (kind, more) => stage.send({ panel: panel.name, kind, ...more });
  const within = ([x, y]) => [clamp(x, ...ends()), clamp(y, ...range)];

  if (dots) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !tensor) return;
      const index = nearest(place(event), REACH);
      if (event.ctrlKey || event.altKey) return index >= 0 && [say("remove", { index }), stage.rest()];
      canvas.setPointerCapture(event.pointerId);
      held = index;
      event.preventDefault();
      canvas.focus();
    });
    canvas.addEventListener("pointermove", (event) => held >= 0 && held !== null && say("move", { index: held, x: place(event)[0], y: place(event)[1] }));
    canvas.addEventListener("pointerup", (event) => {
      if (held === -1) say("add", { x: place(event)[0], y: place(event)[1] });
      if (held !== null) stage.rest();
      held = null;
    });
    canvas.addEventListener("pointercancel", () => (held = null));
    listen(canvas, {
      cursor: () => aim ?? [(ends()[0] + ends()[1]) / 2, (range[0] + range[1]) / 2],
      set(to) {
        aim = to;
        stage.redraw();
      },
      point() {},
      act: ([x, y]) => say("add", { x, y }),
      move: (index, [x, y]) => say("move", { index, x, y }),
      remove: (index) => say("remove", { index }),
      nearest, within, rest: () => stage.rest(),
    });
  }

  function draw(frame) {
    const told = frame.tensors[`values/${panel.name}`]; // (1 + curves, places): the first row is x
    if (!told) return;
    if (last && tensor) told.data.set(tensor.data.subarray(tensor.shape[1], 2 * tensor.shape[1]), told.shape[1]); // what the pen does is not undone
    tensor = told;
    pieces = frame.tensors[`values/${panel.name}.parts`];
    range = frame.notes.ranges?.[panel.name] ?? range;
    const summed = frame.notes.strong?.[panel.name] ?? null; // of the parts, how many are added up
    points = frame.tensors[`values/${panel.name}.dots`] ?? points;
    reach = frame.tensors[`values/${panel.name}.band`];
    const n = told.shape[1];
    keys.forEach((mark, i) => (mark.hidden = i + 1 >= told.shape[0] || told.data.slice((i + 1) * n, (i + 2) * n).every(Number.isNaN)));
    box = inner(stage.across(width, 40), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    axes(context, box, {
      x: thirds(ends()).map((v) => [X(v), short(v, Number.isInteger(v) ? 0 : 1)]),
      y: thirds(range).map((v) => [Y(v), short(v, 1)]),
      titles: [xTitle, yTitle],
      grid: true,
    }, stage.palette);
    const stretch = frame.notes.bands?.[panel.name]; // of the axis, that is meant
    if (stretch) {
      const wide = X(stretch[1]) - X(stretch[0]);
      context.fillStyle = stage.palette.accent;
      context.globalAlpha = wide < 2 ? 0.7 : 0.14;
      context.fillRect(X(stretch[0]) - (wide < 2 ? 1 : 0), box.top, Math.max(2, wide), box.h);
      context.globalAlpha = 1;
    }
    clipped(context, box.left, box.top, box.w, box.h, () => {
      if (reach) fill(context);
      curves(context, summed);
    });
    clipped(context, box.left - 7, box.top - 7, box.w + 14, box.h + 14, () => dots && spots(context));
  }

  /** The band, from its lower curve to its upper one. */
  function fill(context) {
    const n = reach.shape[1];
    context.fillStyle = stage.palette.accent;
    context.globalAlpha = 0.16;
    context.beginPath();
    for (let i = 0; i < n; i++) context.lineTo(X(at(0, i)), Y(reach.data[i]));
    for (let i = n - 1; i >= 0; i--) context.lineTo(X(at(0, i)), Y(reach.data[n + i]));
    context.fill();
    context.globalAlpha = 1;
  }

  function spots(context) {
    for (let i = 0; points && i < points.shape[1]; i++) {
      const [x, y] = dotAt(i);
      context.beginPath();
      context.arc(X(x), clamp(Y(y), box.top, box.bottom), held === i ? 7 : 5.5, 0, 7);
      context.fillStyle = stage.palette.ink;
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = stage.palette.card;
      context.stroke();
    }
    if (aim) paintCross(context, X(aim[0]), Y(aim[1]));
  }

  function curves(context, summed) {
    if (pieces) for (let k = 0; k < pieces.shape[0]; k++) curve(context, (i) => pieces.data[k * pieces.shape[1] + i], stage.palette.done, k === named ? 2.6 : 1, k === named ? 1 : summed === null || k < summed ? 0.6 : 0.15);
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
