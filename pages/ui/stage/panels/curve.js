// curve: numbers over steps, several lines.  The legend holds the last value of each (unless `last` is
// false), or those at the place that is pointed at; with the keyboard, left and right arrows move
// that place.  With `bridge`, lines that were noted at different places are drawn across each other's
// gaps.  notes.lines names the lines anew where they mean something else.  What lies beyond `low` and `high` leaves the picture.

import { INKS, inked, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { upright } from "../marks.js";


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
  const { names, width = 300, height = 150, xTitle = "step", yTitle = "", low = null, high = null, last: told = true, dashed = [], bridge = false } = panel.options;
  let log = panel.options.log ?? false;
  const canvas = el("canvas", { role: "img", "aria-label": `${panel.alt}. Left and right arrow keys read it.`, tabindex: 0 });
  const legend = el("div", { class: "legend" }, ...names.map((name, i) => el("span", { class: "key", style: inked(INKS[i]) }, name, el("b", {}, ""))));

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
    const [lines, points] = tensor.shape;
    const at = (line, i) => tensor.data[line * points + i];
    room ||= element.clientWidth || Infinity; // asking forces a layout
    const [w, h, left, bottom] = [Math.min(width * stage.k, room), height * stage.k, 56, 30];
    const context = fit(canvas, w, h);
    context.clearRect(0, 0, w, h);
    const seen = Array.from(tensor.data.subarray(points)).filter((v) => Number.isFinite(v) && (!log || v > 0));
    const lift = log ? Math.log10 : (v) => v;
    let [floor, ceiling] = [low ?? Math.min(...seen), high ?? Math.max(...seen)];
    if (!seen.length) [floor, ceiling] = log ? [0.01, 1] : [0, 1];
    if (floor === ceiling) [floor, ceiling] = log ? [floor / 2, ceiling * 2] : [floor - 0.5, ceiling + 0.5];
    if (!log && Math.abs(floor + ceiling) < 1e-3 * (ceiling - floor)) floor = -ceiling; // the middle is 0
    const end = Math.max(1, points ? at(0, points - 1) : 1);
    const X = (v) => left + (v / end) * (w - left - 6);
    const chosen = pointed === null ? null : Math.min(points - 1, pointed);
    scale = { points, nearest: (x) => nearest(tensor.data.subarray(0, points), ((x - left) / (w - left - 6)) * end) };
    const Y = (v) => 6 + (1 - (lift(v) - lift(floor)) / (lift(ceiling) - lift(floor))) * (h - bottom - 6);
    axes(context, { w, h, left, bottom, floor, ceiling, end, Y, chosen: chosen === null ? null : [X(at(0, chosen)), `${xTitle} ${at(0, chosen)}`] });
    context.save();
    context.beginPath();
    context.rect(left - 1, 4, w - left - 4, h - bottom - 2);
    context.clip();
    for (let line = 1; line < lines; line++) {
      context.strokeStyle = stage.palette[INKS[line - 1]];
      context.lineWidth = 1.75;
      context.setLineDash(dashed.includes(line) ? [6, 5] : []);
      context.beginPath();
      let pen = false;
      for (let i = 0; i < points; i++) {
        const v = at(line, i);
        const fine = Number.isFinite(v) && (!log || v > 0);
        if (fine) context[pen ? "lineTo" : "moveTo"](X(at(0, i)), Y(v));
        pen = fine || (bridge && pen);
      }
      context.stroke();
      let shown = chosen ?? points - 1;
      while ((bridge || chosen === null) && shown > 0 && !Number.isFinite(at(line, shown))) shown--; // a line may end before the others
      const none = !Array.from(tensor.data.subarray(line * points, (line + 1) * points)).some(Number.isFinite);
      legend.children[line - 1].hidden = none && panel.options.sparing === true;
      legend.children[line - 1].lastChild.textContent = points && (told || chosen !== null) && !none ? figures(at(line, shown)) : "";
    }
    context.restore();
  }

  /** The column whose x is nearest to a value. */
  function nearest(xs, value) {
    let best = 0;
    for (let i = 1; i < xs.length; i++) if (Math.abs(xs[i] - value) < Math.abs(xs[best] - value)) best = i;
    return best;
  }

  function axes(context, { w, h, left, bottom, floor, ceiling, end, Y, chosen }) {
    context.strokeStyle = stage.palette.line;
    context.fillStyle = stage.palette.dim;
    context.font = "11px system-ui, sans-serif";
    context.lineWidth = 1;
    const ticks = panel.options.ticks ?? [floor, log ? Math.sqrt(floor * ceiling) : (floor + ceiling) / 2, ceiling];
    const texts = apart(ticks);
    for (const [i, v] of ticks.entries()) {
      context.beginPath();
      context.moveTo(left, Y(v));
      context.lineTo(w - 6, Y(v));
      context.stroke();
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.fillText(texts[i], left - 5, Y(v));
    }
    context.textBaseline = "alphabetic";
    context.textAlign = "left";
    context.fillText("0", left, h - bottom + 14);
    context.textAlign = "right";
    context.fillText(String(Math.round(end)), w - 6, h - bottom + 14);
    context.textAlign = "center";
    context.fillText(chosen ? chosen[1] : xTitle, (left + w) / 2, h - 4);
    if (chosen) {
      context.strokeStyle = stage.palette.dim;
      context.beginPath();
      context.moveTo(chosen[0], 6);
      context.lineTo(chosen[0], h - bottom);
      context.stroke();
    }
    if (!yTitle) return;
    upright(context, yTitle, 9, (h - bottom) / 2);
  }

  const layout = () => {
    element.style.width = `${width * stage.k}px`;
    room = 0;
  };
  layout();
  return { element, draw, layout };
}
