// alignment: which words of a sentence were looked at for each word of another, as a matrix or as
// lines between both sentences.  Click a row to choose it; where weights may be moved, drag from a
// written word to the word that it shall look at.
//
// values/name: (rows, columns), the weights.  notes[name] = {columns: [text], rows: [text], chosen,
// moved: [row], forced: [row]}.

import { Scale, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";

const GAP = 10; // CSS pixels between words
const FAR = 4; // CSS pixels that a pointer must move to drag
const FAINT = 0.02; // weights below it are no line

export function create(panel, stage) {
  const { as = "matrix", cell = 26, width = 560, height = 150, most = 24, edit = false, click = true, left: names = 84 } = panel.options;
  const lines = as === "lines";
  const keys = edit ? " Arrow keys choose a word, Shift and arrow keys move what it looks at." : "";
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt + keys, tabindex: click || edit ? 0 : undefined, class: click || edit ? "clickable" : "" });
  const readout = el("span", { class: "range" });
  const scroll = el("div", { class: "scroll" }, canvas);
  const element = el("div", { class: "alignment" }, scroll, el("div", { class: "legend" }, readout));
  let [told, weights, spots, held, fixed] = [null, null, null, null, 0];

  const type = (points, bold = "") => `${bold} ${points}px system-ui, "DejaVu Sans", sans-serif`;
  const weight = (row, col) => weights.data[row * told.columns.length + col];

  function draw(frame) {
    const [tensor, news] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name]];
    if (!tensor || !news) return;
    [weights, told] = [tensor, news];
    lines ? drawLines() : drawMatrix();
    if (!held) say(told.chosen ?? -1);
  }

  /** The colours of attention; weight 0 is as pale or dark as the card. */
  function scale() {
    const unsigned = stage.palette.maps.unsigned;
    return new Scale({ ...stage.palette, maps: { ...stage.palette.maps, unsigned: stage.themed === "dark" ? unsigned : [...unsigned].reverse() } }, "unsigned", 1);
  }

  function drawMatrix() {
    const size = Math.max(11, Math.min(cell * stage.k, (width * stage.k - names) / Math.max(told.columns.length, 1)));
    const points = clamp(size * 0.52, 9.5, 13) * (stage.k > 1 ? Math.min(stage.k, 1.25) : 1);
    const top = 78;
    const [w, h] = [names + Math.max(most * 11, told.columns.length * size) + 34, top + most * Math.min(size, 18)];
    fixed = Math.max(fixed, w);
    const context = fit(canvas, Math.min(fixed, width * stage.k + 40), Math.max(h, top + told.rows.length * size + 4));
    context.clearRect(0, 0, canvas.width, canvas.height);
    const colors = scale();
    context.textBaseline = "middle";
    context.font = type(points);
    told.columns.forEach((text, i) => {
      context.save();
      context.translate(names + (i + 0.5) * size, top - 6);
      context.rotate(-0.9);
      context.textAlign = "left";
      context.fillStyle = stage.palette.ink;
      context.fillText(clip(text), 0, 0);
      context.restore();
    });
    told.rows.forEach((text, row) => {
      const y = top + row * size;
      context.textAlign = "right";
      context.font = type(points, row === told.chosen ? "600" : "");
      context.fillStyle = inkOf(row);
      context.fillText(clip(text), names - 7, y + size / 2);
      for (let col = 0; col < told.columns.length; col++) {
        context.fillStyle = colors.css(weight(row, col));
        context.fillRect(names + col * size, y, size - 1, size - 1);
      }
      if (row === told.chosen || told.moved?.includes(row)) {
        context.strokeStyle = row === told.chosen ? stage.palette.accent : stage.palette.gradient_positive;
        context.lineWidth = 1.5;
        context.strokeRect(names - 1, y - 1, told.columns.length * size + 1, size + 1);
      }
    });
    spots = {
      row: ([, y]) => Math.floor((y - top) / size),
      column: ([x]) => (x - names) / size - 0.5,
      over: ([x, y]) => y > top - 2 && x < names + told.columns.length * size,
    };
  }

  function drawLines() {
    const context = canvas.getContext("2d");
    let points = 16 * (stage.k > 1 ? Math.min(stage.k, 1.35) : 1);
    const room = Math.min(width * stage.k, stage.width - 40);
    const long = (texts) => texts.reduce((sum, text) => sum + context.measureText(text).width + GAP, 0);
    for (; points > 11; points -= 1) {
      context.font = type(points);
      if (Math.max(long(told.columns), long(told.rows)) <= room) break;
    }
    context.font = type(points);
    const [upper, lower] = [long(told.columns), long(told.rows)];
    const wide = Math.max(room, upper, lower);
    fit(canvas, wide, height);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const [above, below] = [14, height - 14];
    const middles = (texts, all) => {
      let x = (wide - all) / 2 + GAP / 2;
      context.font = type(points);
      return texts.map((text) => {
        const w = context.measureText(text).width;
        x += w + GAP;
        return { middle: x - GAP - w / 2, half: w / 2 };
      });
    };
    const [from, to] = [middles(told.columns, upper), middles(told.rows, lower)];
    const colors = scale();
    to.forEach(({ middle }, row) => {
      from.forEach(({ middle: x }, col) => {
        const w = weight(row, col);
        if (!(w > FAINT)) return;
        context.globalAlpha = told.chosen === null || told.chosen === undefined || told.chosen === row ? 1 : 0.35;
        context.strokeStyle = colors.css(0.25 + 0.55 * w);
        context.lineWidth = 0.6 + 7 * w;
        context.beginPath();
        context.moveTo(x, above + 13);
        context.bezierCurveTo(x, height / 2, middle, height / 2, middle, below - 13);
        context.stroke();
      });
    });
    context.globalAlpha = 1;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = stage.palette.ink;
    told.columns.forEach((text, i) => context.fillText(text, from[i].middle, above));
    told.rows.forEach((text, i) => {
      context.font = type(points, i === told.chosen ? "600" : "");
      context.fillStyle = inkOf(i);
      context.fillText(text, to[i].middle, below);
      if (i !== told.chosen) return;
      context.strokeStyle = stage.palette.accent;
      context.lineWidth = 1.5;
      context.strokeRect(to[i].middle - to[i].half - 4, below - 12, 2 * to[i].half + 8, 24);
    });
    const nearest = (words, x) => words.reduce((best, word, i) => (Math.abs(word.middle - x) < Math.abs(words[best].middle - x) ? i : best), 0);
    spots = {
      row: ([x]) => (to.length ? nearest(to, x) : -1),
      column: ([x]) => {
        if (!from.length) return 0;
        const after = from.findIndex((word) => word.middle > x);
        if (after <= 0) return after < 0 ? from.length - 1 : 0;
        return after - 1 + (x - from[after - 1].middle) / (from[after].middle - from[after - 1].middle);
      },
      over: ([, y]) => y > height / 2,
    };
  }

  const clip = (text) => (text.length > 12 ? `${text.slice(0, 11)}…` : text);
  const inkOf = (row) => (told.moved?.includes(row) ? stage.palette.gradient_positive : told.forced?.includes(row) ? stage.palette.accent : stage.palette.ink);

  /** The largest weights of a row, in words. */
  function say(row) {
    if (!told || row < 0 || row >= told.rows.length) return write(readout, "\u00a0");
    const best = told.columns.map((text, col) => [weight(row, col), text]).sort((a, b) => b[0] - a[0]).slice(0, 3);
    write(readout, `${told.rows[row]} ← ${best.map(([w, text]) => `${text} ${short(w, 2)}`).join(", ")}`);
  }

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const rowAt = (place) => (spots && told && spots.over(place) ? clamp(spots.row(place), -1, told.rows.length) : -1);
  const aim = (row, column) => stage.send({ panel: panel.name, kind: "aim", row, at: clamp(column, 0, told.columns.length - 1) });

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const row = rowAt(at(event));
    if (row < 0 || row >= told.rows.length) return;
    held = { row, start: at(event), moved: false };
    if (edit) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!told) return;
    const place = at(event);
    if (!held) return say(rowAt(place));
    held.moved ||= Math.hypot(place[0] - held.start[0], place[1] - held.start[1]) > FAR;
    if (!edit || !held.moved) return;
    aim(held.row, spots.column(place));
    say(held.row);
  });
  const drop = () => {
    if (!held) return;
    if (click && !held.moved) stage.send({ panel: panel.name, kind: "click", row: held.row });
    stage.rest();
    held = null;
  };
  canvas.addEventListener("pointerup", drop);
  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("pointerleave", () => !held && say(told?.chosen ?? -1));
  if (edit) {
    const caught = (event) => {
      const row = rowAt(at(event.touches[0]));
      if (row >= 0 && row < told.rows.length) event.preventDefault(); // elsewhere a finger scrolls
    };
    canvas.addEventListener("touchstart", caught, { passive: false });
  }
  if (click || edit) {
    canvas.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!turn || !told?.rows.length) return;
      event.preventDefault();
      const row = clamp(told.chosen ?? 0, 0, told.rows.length - 1);
      if (event.shiftKey && edit) {
        const best = told.columns.reduce((most, _, col) => (weight(row, col) > weight(row, most) ? col : most), 0);
        aim(row, stage.step(`${panel.name} ${row}`, best, (col) => clamp(col + turn, 0, told.columns.length - 1)));
      } else {
        stage.send({ panel: panel.name, kind: "click", row: stage.step(panel.name, row, (r) => (r + turn + told.rows.length) % told.rows.length) });
      }
      stage.rest();
    });
  }

  return { element, draw };
}
