// timemap: a map whose columns are moments, such as a spectrogram.  A click chooses a cell; where
// there is a brush, a drag marks a box that is switched off, and a click in a box lets it go; with
// `pen` a drag draws.  With the keyboard, arrows move the cell, Shift and arrows draw a box from it,
// or a line, Enter is a click.
//
// maps/name: (1, rows, columns), row 0 on top.  notes[name] = {first, step, end: seconds; ticks:
// [[place, text]], at, row, boxes: [[first column, last, first row, last]], names: [text], pen}.

import { Scale, short } from "../colors.js";
import { alike, clamp, el, fit, write } from "../dom.js";
import { X, cursor, leftTicks, moment, played, timeAxis, timeBox } from "../time.js";
import { upright } from "../marks.js";

const FAR = 5; // CSS pixels that a pointer must move to draw a box

export function create(panel, stage) {
  const { width = 860, height = 150, map = "unsigned", limit = 0, brush = false, click = true, axis = true, yTitle = "", unit = "" } = panel.options;
  const keys = brush ? ". Arrow keys move, Enter chooses, Shift and arrow keys switch a box off, or draw." : click ? ". Arrow keys move, Enter chooses." : "";
  const canvas = el("canvas", { role: click ? "application" : "img", "aria-label": panel.alt + keys, tabindex: click ? 0 : undefined, class: click ? "clickable" : "" });
  const [swatch, range, readout] = [el("span", { class: "swatch" }), el("span", { class: "range" }), el("span", { class: "readout" })];
  const element = el("div", { class: "timemap" }, played(stage, canvas, (seconds) => X(box, seconds, told.end)), el("div", { class: "legend" }, swatch, range, readout));
  const sheet = document.createElement("canvas");
  let [state, told, box, seen, held, cell, corner] = [null, null, null, "", null, null, null];

  const [rows, columns] = [() => state.shape.at(-2), () => state.shape.at(-1)];
  const start = (column) => told.first + column * told.step;

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    const time = moment(event, canvas, box, told.end);
    const down = clamp((event.clientY - frame.top - box.top) / box.h, 0, 0.9999);
    return [clamp(Math.floor((time - told.first) / told.step), 0, columns() - 1), Math.floor(down * rows())];
  }

  const value = ([column, row]) => {
    const [low, high] = state.range;
    return low + (state.data[row * columns() + column] * (high - low)) / 254;
  };

  function say(place) {
    if (!place) return write(readout, "");
    const named = told.names?.[place[1]] ?? "";
    write(readout, `${short(Math.max(0, start(place[0]) + told.step / 2))} s  ${named}  ${short(value(place), state.range[1] > 20 ? 1 : 2)} ${unit}`);
  }

  function draw(frame, calm) {
    const [tensor, news] = [frame.tensors[`maps/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    const bounds = frame.tensors[`range/${panel.name}`].data;
    const wide = stage.across(width, 36);
    const now = JSON.stringify([news, wide, stage.k, stage.themed, corner]);
    if (state && now === seen && alike(state.data, tensor.data) && alike(state.range, bounds)) return;
    [state, told, seen] = [{ ...tensor, range: bounds }, news, now];
    render(wide, calm);
  }

  function render(wide) {
    box = timeBox(wide, height * (stage.narrow ? 1 : Math.min(stage.k, 1.3)), axis);
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    const scale = new Scale(stage.palette, told.map ?? map, told.limit ?? (limit || Math.max(...state.range.map(Math.abs))));
    [sheet.width, sheet.height] = [columns(), rows()];
    const pixels = sheet.getContext("2d").createImageData(columns(), rows());
    scale.paint(state.data, state.range[0], state.range[1], new Uint32Array(pixels.data.buffer), 0, columns(), columns());
    sheet.getContext("2d").putImageData(pixels, 0, 0);
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.w, box.h);
    context.clip();
    const [from, to] = [X(box, start(0), told.end), X(box, start(columns()), told.end)];
    context.drawImage(sheet, from, box.top, to - from, box.h);
    for (const each of told.boxes ?? []) hatch(context, each);
    if (told.row !== null && told.row !== undefined) {
      context.strokeStyle = stage.palette.accent;
      context.strokeRect(box.left, box.top + (told.row * box.h) / rows(), box.w, box.h / rows());
    }
    if (told.at !== null && told.at !== undefined) cursor(context, box, told.at, told.end, stage.palette.accent);
    if (cell && canvas.matches(":focus-visible")) outline(context, corner ?? cell, cell, stage.palette.ink);
    context.restore();
    context.strokeStyle = stage.palette.line;
    context.lineWidth = 1;
    context.strokeRect(box.left - 0.5, box.top - 0.5, box.w + 1, box.h + 1);
    leftTicks(context, box, told.ticks ?? [], stage.palette);
    context.fillStyle = stage.palette.dim;
    context.textAlign = "center";
    if (yTitle) upright(context, yTitle, 9, box.top + box.h / 2);
    if (axis) timeAxis(context, box, told.end, stage.palette);
    swatch.style.background = scale.gradient();
    const bound = scale.limit < 0.005 ? scale.limit.toExponential(0).replace("-", "−") : short(scale.limit, scale.limit > 20 ? 1 : 2);
    write(range, `${scale.signed ? `±${bound}` : `0 to ${bound}`} ${unit}`);
  }

  const corners = ([c0, c1, r0, r1]) => {
    const [x, right] = [X(box, start(c0), told.end), X(box, start(c1 + 1), told.end)];
    return [x, box.top + (r0 * box.h) / rows(), right - x, ((r1 - r0 + 1) * box.h) / rows()];
  };

  /** A box that is switched off: paper with lines over it. */
  function hatch(context, each) {
    const [x, y, w, h] = corners(each);
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.fillStyle = stage.palette.card;
    context.globalAlpha = 0.75;
    context.fillRect(x, y, w, h);
    context.globalAlpha = 1;
    context.strokeStyle = stage.palette.dim;
    context.lineWidth = 1;
    context.beginPath();
    for (let d = -h; d < w; d += 9) [context.moveTo(x + d, y + h), context.lineTo(x + d + h, y)];
    context.stroke();
    context.lineWidth = 2;
    context.strokeRect(x, y, w, h);
    context.restore();
  }

  function outline(context, a, b, ink) {
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.strokeRect(...corners(ordered(a, b)));
  }

  const ordered = (a, b) => [Math.min(a[0], b[0]), Math.max(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[1], b[1])];

  function choose(place) {
    cell = place;
    const inside = (told.boxes ?? []).findIndex(([c0, c1, r0, r1]) => place[0] >= c0 && place[0] <= c1 && place[1] >= r0 && place[1] <= r1);
    if (brush && inside >= 0) stage.send({ panel: panel.name, kind: "remove", index: inside });
    else stage.send({ panel: panel.name, kind: "click", row: place[1], col: place[0] });
    stage.rest();
  }

  const mark = (a, b, begin) => stage.send({ panel: panel.name, kind: "brush", begin, box: ordered(a, b) });
  const line = (a, b) => stage.send({ panel: panel.name, kind: "pen", cells: [a, b] });

  canvas.addEventListener("pointermove", (event) => {
    if (!state) return;
    const place = at(event);
    say(place);
    if (!held || (!held.drawn && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR)) return;
    if (brush && told.pen) line(held.last ?? held.place, place);
    else if (brush) mark(held.place, place, !held.drawn);
    else if (click && String(place) !== String(held.last)) stage.send({ panel: panel.name, kind: "click", row: place[1], col: place[0] });
    [held.drawn, held.last] = [true, place];
  });
  canvas.addEventListener("pointerleave", () => !held && say(null));
  if (click) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !state) return;
      canvas.setPointerCapture(event.pointerId);
      held = { x: event.clientX, y: event.clientY, place: at(event), drawn: false };
      event.preventDefault();
      canvas.focus({ preventScroll: true });
    });
    canvas.addEventListener("pointerup", () => {
      if (held && !held.drawn) choose(held.place);
      else if (held) stage.rest();
      held = null;
    });
    canvas.addEventListener("pointercancel", () => (held = null));
    canvas.addEventListener("keydown", (event) => {
      const turn = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!state || !(turn || event.key === "Enter")) return;
      event.preventDefault();
      event.stopPropagation();
      cell ??= [columns() >> 1, rows() >> 1];
      if (!turn) return choose(cell);
      const shift = event.shiftKey && brush;
      const begin = shift && !corner;
      const before = cell;
      corner = shift && !told.pen ? (corner ?? cell) : null;
      cell = [clamp(cell[0] + turn[0], 0, columns() - 1), clamp(cell[1] + turn[1], 0, rows() - 1)];
      say(cell);
      if (shift) [told.pen ? line(before, cell) : mark(corner, cell, begin), stage.rest()];
      stage.redraw();
    });
    canvas.addEventListener("blur", () => (corner = null));
  }

  return { element, canvas, draw };
}
