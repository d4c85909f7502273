// trials: trainings as dots over two settings, coloured by their loss; those of the chosen method
// are filled, the others' are rings.  A click on a dot looks at it, elsewhere it is a trial of yours;
// with the keyboard, arrow keys move a cursor, Enter does what a click does.

import { along, axes, inner, line, pointed } from "../axes.js";
import { inked, Scale } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { circle } from "../marks.js";

const MARGINS = [64, 34, 8]; // CSS pixels at the left, below, and at the other sides
const REACH = 9; // CSS pixels from a dot at which it is caught
const STEP = 0.025;

export function create(panel, stage) {
  const { size = 400, names, inks } = panel.options;
  const keys = "Arrow keys move a cursor, Enter tries that place or looks at the trial there.";
  const canvas = el("canvas", { role: "application", "aria-label": `${panel.alt}. ${keys}`, tabindex: 0, class: "clickable" });
  const bar = el("span", { class: "swatch" });
  const ends = [el("span", { class: "range" }), el("span", { class: "range" })];
  const who = el("span", { class: "key spot" });
  const legend = el("div", { class: "legend" }, "loss", ends[0], bar, ends[1], who, el("span", { class: "key ring" }, "the others"), "marks at the axes: which values were tried");
  const sheet = document.createElement("canvas");
  let [told, dots, field, ranges, cursor] = [null, null, null, null, null];

  const side = () => stage.across(size, 40);
  const box = () => inner(side(), side(), MARGINS);
  const X = (u) => along(u, [0, 1], [box().left, box().right]);
  const Y = (v) => along(v, [0, 1], [box().bottom, box().top]);
  const value = (row, i) => dots.data[row * dots.shape[1] + i];

  function nearest([u, v]) {
    let [best, least] = [-1, REACH ** 2];
    for (let i = 0; dots && i < dots.shape[1]; i++) {
      const mine = value(2, i) === told.chosen ? 0 : 16; // of two, the chosen method's
      const d = (X(value(0, i)) - X(u)) ** 2 + (Y(value(1, i)) - Y(v)) ** 2 + mine;
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  function act(place) {
    if (!told) return;
    const unit = nearest(place);
    stage.send(unit >= 0 ? { panel: panel.name, kind: "click", unit } : { panel: panel.name, kind: "try", x: place[0], y: place[1] });
    stage.rest();
  }

  canvas.addEventListener("click", (event) => act(pointed(event, canvas, box(), [0, 1], [0, 1])));
  canvas.addEventListener("blur", () => {
    cursor = null;
    stage.redraw();
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (!step) return cursor && act(cursor);
    cursor = (cursor ?? [0.5, 0.5]).map((v, i) => clamp(v + STEP * step[i], 0, 1));
    stage.redraw();
  });

  function draw(frame) {
    told = frame.notes[panel.name] ?? told;
    dots = frame.tensors[`values/${panel.name}`] ?? dots;
    if (!told || !dots) return;
    field = frame.tensors[`maps/${panel.name}`] ?? null;
    ranges = frame.tensors[`range/${panel.name}`]?.data;
    const { left, top, w, h } = box();
    const context = fit(canvas, side(), side());
    context.clearRect(0, 0, side(), side());
    const scale = new Scale(stage.palette, "unsigned", 1);
    if (field) {
      paint(scale);
      context.imageSmoothingEnabled = true;
      context.globalAlpha = 0.4;
      context.drawImage(sheet, left, top, w, h);
      context.globalAlpha = 1;
    }
    const numbers = (axis, place) => axis.ticks.map(([u, text]) => [place(u), text]);
    axes(context, box(), { x: numbers(told.x, X), y: numbers(told.y, Y), titles: [told.x.title, told.y.title] }, stage.palette);
    const count = dots.shape[1];
    for (let i = 0; i < count; i++) if (value(2, i) !== told.chosen) ring(context, i, 3, 0.45);
    for (let i = 0; i < count; i++) if (value(2, i) === told.chosen) tried(context, i);
    for (let i = 0; i < count; i++) if (value(2, i) === told.chosen) dot(context, i, scale, count);
    for (const [u, v] of told.waiting) circle(context, X(u), Y(v), 6, stage.palette.ink, 1.5, [3, 3]);
    if (told.picked !== null) circle(context, X(value(0, told.picked)), Y(value(1, told.picked)), 11, stage.palette.ink, 2);
    if (cursor) cross(context, ...cursor);
    bar.style.background = scale.gradient();
    write(ends[0], `${told.high} or more`);
    write(ends[1], told.low);
    write(who, names[told.chosen]);
    who.style = inked(inks[told.chosen]);
  }

  function paint(scale) {
    const [, rows, cols] = field.shape;
    [sheet.width, sheet.height] = [cols, rows];
    const context = sheet.getContext("2d");
    const picture = context.createImageData(cols, rows);
    scale.paint(field.data, ranges[0], ranges[1], new Uint32Array(picture.data.buffer), 0, cols, cols);
    context.putImageData(picture, 0, 0);
  }

  function dot(context, i, scale, count) {
    const [u, v, cut] = [X(value(0, i)), Y(value(1, i)), value(3, i)];
    context.beginPath();
    context.arc(u, v, cut ? 3.5 : count > 400 ? 5 : 6.5, 0, 7);
    context.fillStyle = scale.css(value(4, i));
    context.fill();
    context.strokeStyle = stage.palette[inks[value(2, i)]];
    context.lineWidth = cut ? 1.2 : 2;
    context.stroke();
  }

  function ring(context, i, radius, alpha) {
    context.globalAlpha = alpha;
    circle(context, X(value(0, i)), Y(value(1, i)), radius, stage.palette[inks[value(2, i)]], 1);
    context.globalAlpha = 1;
  }

  /** Mark at both axes where a trial of the chosen method lies. */
  function tried(context, i) {
    const { left, bottom } = box();
    context.strokeStyle = stage.palette[inks[told.chosen]];
    context.lineWidth = 1.5;
    line(context, 2, (k) => [X(value(0, i)), bottom - 8 * k]);
    line(context, 2, (k) => [left + 8 * k, Y(value(1, i))]);
  }

  function cross(context, u, v) {
    context.strokeStyle = stage.palette.ink;
    context.lineWidth = 2;
    for (const [a, b] of [[7, 0], [0, 7]]) line(context, 2, (k) => (k ? [X(u) + a, Y(v) + b] : [X(u) - a, Y(v) - b]));
  }

  const layout = () => (legend.style.maxWidth = `${side()}px`);
  layout();
  return { element: el("div", { class: "trials" }, canvas, legend), draw, layout };
}
