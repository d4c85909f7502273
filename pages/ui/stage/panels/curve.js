// curve: numbers over steps, several lines.  The legend holds the last value of each (unless `last` is
// false), or those at the place that is pointed at; with the keyboard, left and right arrows move
// that place.  With `bridge`, lines that were noted at different places are drawn across each other's
// gaps.  values/<name>.bands are drawn behind the lines.  notes.lines names the lines anew where they mean something else.  What lies beyond `low` and `high` leaves the picture.

import { along, axes, inner, line, thirds } from "../axes.js";
import { INKS, inked, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { circle, clipped } from "../marks.js";

const MARGINS = [64, 30, 6]; // CSS pixels at the left, below, and at the other sides

/** A number at an axis, with so many digits. */
function mark(v, digits) {
  const size = Math.abs(v);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return v.toExponential(digits - 1).replace("+", "").replaceAll("-", "−");
  return size >= 0.1 || size === 0 ? short(v, digits) : v.toFixed(digits + (size < 0.01 ? 1 : 0)).replace("-", "−");
}

/** The numbers at an axis, with as many digits as tell them apart. */
function apart(values) {
  for (let digits = 2; digits < 5; digits++) {
    const texts = values.map((v) => mark(v, digits));
    if (new Set(texts).size === values.length) return texts;
  }
  return values.map((v) => mark(v, 5));
}

export function create(panel, stage) {
  const { names, width = 300, height = 150, xTitle = "step", yTitle = "", low = null, high = null, last: told = true, dashed = [], bridge = false, inks = INKS } = panel.options;
  let log = panel.options.log ?? false;
  const canvas = el("canvas", { role: "img", "aria-label": `${panel.alt}. Left and right arrow keys read it.`, tabindex: 0 });
  const legend = el("div", { class: "legend" }, ...names.map((name, i) => el("span", { class: "key", style: inked(inks[i]) }, name, el("b", {}, ""))));

  const element = el("div", { class: "curve" }, canvas, legend);
  const figures = (v) => (v !== 0 && Math.abs(v) < 1e-3 ? v.toExponential(1).replace("-", "−") : short(v, 3));
  let [room, last, scale, pointed] = [0, null, null, null];
  const read = (i) => {
    pointed = i;
    if (last) draw(last);
  };
  canvas.addEventListener("pointermove", (event) => scale && read(scale.nearest(event.clientX - canvas.getBoundingClientRect().left)));
  for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => read(null));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !scale) return;
    event.preventDefault();
    read(clamp((pointed ?? scale.points - (step > 0 ? 2 : 0)) + step, 0, scale.points - 1));
  });

  function draw(frame) {
    const tensor = frame.tensors[`values/${panel.name}`]; // (lines + 1, points): the first row is x
    if (!tensor) return;
    last = frame;
    log = frame.notes.log?.[panel.name] ?? log;
    frame.notes.lines?.[panel.name]?.forEach((name, i) => write(legend.children[i].firstChild, name));
    const [rows, points] = tensor.shape;
    const at = (row, i) => tensor.data[row * points + i];
    const drawable = (v) => Number.isFinite(v) && (!log || v > 0);
    room ||= element.clientWidth || Infinity; // asking forces a layout
    const box = inner(Math.min(width * stage.k, room), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    const seen = tensor.data.subarray(points).filter(drawable);
    const lift = log ? Math.log10 : (v) => v;
    let [floor, ceiling] = [low ?? Math.min(...seen), high ?? Math.max(...seen)];
    if (!seen.length) [floor, ceiling] = log ? [0.01, 1] : [0, 1];
    if (floor === ceiling) [floor, ceiling] = log ? [floor / 2, ceiling * 2] : [floor - 0.5, ceiling + 0.5];
    if (!log && Math.abs(floor + ceiling) < 1e-3 * (ceiling - floor)) floor = -ceiling; // the middle is 0
    const end = Math.max(1, points ? at(0, points - 1) : 1);
    const X = (v) => along(v, [0, end], [box.left, box.right]);
    const Y = (v) => along(lift(v), [lift(floor), lift(ceiling)], [box.bottom, box.top]);
    const chosen = pointed === null ? null : Math.min(points - 1, pointed);
    scale = { points, nearest: (x) => nearest(tensor.data.subarray(0, points), along(x, [box.left, box.right], [0, end])) };
    const ticks = panel.options.ticks ?? (log ? [floor, Math.sqrt(floor * ceiling), ceiling] : thirds([floor, ceiling]));
    const texts = apart(ticks);
    axes(context, box, {
      x: [[box.left, "0"], [box.right, String(Math.round(end))]],
      y: ticks.map((v, i) => [Y(v), texts[i]]),
      titles: [chosen === null ? xTitle : `${xTitle} ${at(0, chosen)}`, yTitle],
      grid: true,
    }, stage.palette);
    context.strokeStyle = stage.palette.dim;
    if (chosen !== null) line(context, 2, (i) => [X(at(0, chosen)), i ? box.bottom : box.top]);
    context.lineWidth = 1.75;
    clipped(context, box.left - 1, box.top - 2, box.w + 2, box.h + 4, () => {
      const bands = frame.tensors[`values/${panel.name}.bands`]; // (lines, 2, points)
      for (let row = 1; bands && row < rows; row++) band(context, points, (i) => [X(at(0, i)), ...[0, 1].map((end) => bands.data[(2 * (row - 1) + end) * points + i]).map((v) => (drawable(v) ? Y(v) : NaN))], stage.palette[inks[row - 1]]);
      for (let row = 1; row < rows; row++) {
        context.strokeStyle = stage.palette[inks[row - 1]];
        context.setLineDash(dashed.includes(row) ? [6, 5] : []);
        line(context, points, (i) => (drawable(at(row, i)) ? [X(at(0, i)), Y(at(row, i))] : null), bridge);
      }
    });
    for (let row = 1; row < rows; row++) {
      if (points === 1 && drawable(at(row, 0))) circle(context, X(at(0, 0)), clamp(Y(at(row, 0)), box.top, box.bottom), 3, stage.palette[inks[row - 1]]); // no line yet
      let shown = chosen ?? points - 1;
      while ((bridge || chosen === null) && shown > 0 && !Number.isFinite(at(row, shown))) shown--; // a line may end before the others
      const none = !tensor.data.subarray(row * points, (row + 1) * points).some(Number.isFinite);
      legend.children[row - 1].hidden = none && panel.options.sparing === true;
      write(legend.children[row - 1].lastChild, points && (told || chosen !== null) && !none ? figures(at(row, shown)) : "");
    }
  }

  /** Fill from one end to the other wherever both are numbers; `place(i)` is [x, y, y]. */
  function band(context, points, place, ink) {
    const all = Array.from({ length: points }, (_, i) => place(i)).filter((ends) => ends.every(Number.isFinite));
    context.fillStyle = ink;
    context.globalAlpha = 0.13;
    context.beginPath();
    for (const [x, a] of all) context.lineTo(x, a);
    for (const [x, , b] of all.reverse()) context.lineTo(x, b);
    context.fill();
    context.globalAlpha = 1;
  }

  /** The column whose x is nearest to a value. */
  function nearest(xs, value) {
    let best = 0;
    for (let i = 1; i < xs.length; i++) if (Math.abs(xs[i] - value) < Math.abs(xs[best] - value)) best = i;
    return best;
  }

  const layout = () => {
    element.style.width = `${width * stage.k}px`;
    room = 0;
  };
  layout();
  return { element, draw, layout };
}
