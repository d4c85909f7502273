// text: characters coloured by a value.  Click one to inspect it, drag to brush a stretch, arrows
// move; an optional box above takes what is typed.  Only the lines in sight are drawn.
//
// The frame brings notes[name] = {text, start, selected, brush, typed, low, high, label, caret} and
// values/name, one number a character.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";

const FONT = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
const PAD = 6;
const VISIBLE = { "\n": "↵", "\t": "→", " ": "·" };

/** The palette with zero of the unsigned map as pale or dark as the page: text stands on it. */
function onPaper({ palette, themed }) {
  if (themed === "dark") return palette;
  return { ...palette, maps: { ...palette.maps, unsigned: [...palette.maps.unsigned].reverse() } };
}

export function create(panel, stage) {
  const { rows = 14, columns = 76, input = "", click = true, unit = "" } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: click ? 0 : undefined, class: click ? "clickable" : "" });
  const spacer = el("div", { class: "spacer" }, canvas);
  const scroll = el("div", { class: "scroll", onscroll: () => paint() }, spacer);
  const swatch = el("span", { class: "swatch" });
  const range = el("span", { class: "range" });
  const readout = el("span", { class: "hover" });
  const box = input ? el("textarea", { rows: 2, "aria-label": input, placeholder: input, maxlength: panel.options.limit ?? 1000, spellcheck: "false", autocapitalize: "off", autocomplete: "off" }) : "";
  const element = el("div", { class: "text" }, box, scroll, el("div", { class: "legend" }, swatch, range, readout));
  let [state, values, places, lines, scale] = [null, [], [], 0, null];
  let [held, wide, typing] = [null, columns, 0];
  let [SIZE, ADVANCE, LINE] = [14, 8.43, 21]; // CSS pixels: type, a character's width, a row

  /** Where each character stands: rows break at line breaks and at the width. */
  function place(text) {
    places = new Int32Array(2 * text.length);
    let [row, col] = [0, 0];
    for (let i = 0; i < text.length; i++) {
      if (col >= wide) [row, col] = [row + 1, 0];
      places[2 * i] = row;
      places[2 * i + 1] = col++;
      if (text[i] === "\n") [row, col] = [row + 1, 0];
    }
    lines = row + 1;
  }

  function draw(frame, calm) {
    const news = frame.notes[panel.name];
    if (!news) return;
    const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - LINE;
    const fresh = state?.text !== news.text || state.start !== news.start;
    state = { ...news, text: Array.from(news.text) }; // by code point: an emoji is one character
    state.raw = news.text;
    values = frame.tensors[`values/${panel.name}`]?.data ?? [];
    const map = frame.notes.colors?.[panel.name] ?? "unsigned";
    scale = new Scale(onPaper(stage), map, state.high || 1);
    place(state.text);
    spacer.style.height = `${Math.max(rows, lines + 1) * LINE}px`;
    if (fresh && atEnd && held === null) scroll.scrollTop = scroll.scrollHeight;
    paint();
    if (calm) {
      swatch.style.background = scale.gradient();
      write(range, `${scale.signed ? short(-scale.limit, 1) : 0} … ${short(scale.limit, 1)} ${state.label ?? unit}`);
      if (box && stage.active !== box && document.activeElement !== box && !focused() && performance.now() - typing > 1000 && state.typed !== undefined && box.value !== state.typed) box.value = state.typed;
    }
  }

  const focused = () => box && box.getRootNode().activeElement === box;

  function paint() {
    if (!state) return;
    const [w, h] = [wide * ADVANCE + 2 * PAD, rows * LINE];
    const context = fit(canvas, w, h);
    context.fillStyle = stage.palette.background;
    context.fillRect(0, 0, w, h);
    context.font = `${SIZE}px ${FONT}`;
    context.textBaseline = "middle";
    context.textAlign = "center";
    const top = scroll.scrollTop;
    const [first, last] = [Math.floor(top / LINE), Math.ceil((top + h) / LINE)];
    const count = state.text.length;
    for (let i = 0; i < count; i++) {
      const row = places[2 * i];
      if (row < first) continue;
      if (row > last) break;
      const [x, y] = [PAD + places[2 * i + 1] * ADVANCE, row * LINE - top];
      const colored = i < values.length && Number.isFinite(values[i]);
      if (colored) {
        context.fillStyle = scale.css(values[i]);
        context.fillRect(x, y + 1, ADVANCE + 0.5, LINE - 2);
      }
      const character = state.text[i];
      const mark = character === "\n" || (character === " " && i === state.selected) ? VISIBLE[character] : character;
      context.globalAlpha = character === "\n" ? 0.45 : 1;
      context.fillStyle = colored ? scale.inkOn(values[i]) : stage.palette.ink;
      if (mark !== " ") context.fillText(mark, x + ADVANCE / 2, y + LINE / 2 + 0.5);
      context.globalAlpha = 1;
      const chosen = i === state.selected;
      const brushed = state.brush && i >= state.brush[0] && i < state.brush[1];
      const marked = state.marked && i < state.marked;
      if (chosen) {
        context.strokeStyle = stage.palette.accent;
        context.lineWidth = 2;
        context.strokeRect(x - 0.5, y + 1, ADVANCE + 1, LINE - 2);
      } else if (brushed || marked) {
        context.fillStyle = brushed ? stage.palette.accent : stage.palette.dim;
        context.fillRect(x, y + LINE - 3, ADVANCE + 0.5, brushed ? 3 : 1);
      }
    }
    if (state.caret !== false && count >= 0) {
      const end = count ? [places[2 * count - 2], places[2 * count - 1] + 1] : [0, 0];
      if (count && (state.text[count - 1] === "\n" || end[1] > wide)) [end[0], end[1]] = [end[0] + 1, 0];
      context.fillStyle = stage.palette.accent;
      context.fillRect(PAD + end[1] * ADVANCE, end[0] * LINE - top + 3, 2, LINE - 6);
    }
  }

  /** The character under a pointer; -1 where there is none. */
  function at(event, nearest = false) {
    if (!state) return -1;
    const frame = canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - frame.top + scroll.scrollTop) / LINE);
    const col = Math.floor((event.clientX - frame.left - PAD) / ADVANCE);
    let last = -1;
    for (let i = 0; i < state.text.length; i++) {
      if (places[2 * i] > row) break;
      if (places[2 * i] < row) {
        last = i;
        continue;
      }
      if (places[2 * i + 1] === col) return i;
      last = i;
    }
    return nearest ? last : -1;
  }

  function choose(index) {
    stage.send({ panel: panel.name, kind: "click", index });
    stage.rest();
  }

  canvas.addEventListener("pointermove", (event) => {
    const i = at(event, held !== null);
    if (i >= 0 && i < values.length) write(readout, `${VISIBLE[state.text[i]] ?? state.text[i]}  ${short(values[i], 2)}`);
    if (held !== null && i >= 0 && i !== held) {
      state.brush = [Math.min(i, held), Math.max(i, held) + 1];
      paint();
    }
  });
  canvas.addEventListener("pointerleave", () => write(readout, ""));
  if (click) {
    canvas.addEventListener("pointerdown", (event) => {
      const i = at(event);
      if (i < 0) return;
      if (event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
      held = i;
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held === null) return;
      const i = at(event, true);
      const from = held;
      held = null;
      if (i < 0 || i === from) return choose(from);
      stage.send({ panel: panel.name, kind: "brush", from: Math.min(i, from), to: Math.max(i, from) + 1 });
      stage.rest();
    });
    canvas.addEventListener("pointercancel", () => (held = null));
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!state || (step === undefined && event.key !== "Escape")) return;
      event.preventDefault();
      const from = state.selected ?? state.text.length;
      choose(event.key === "Escape" ? -1 : Math.min(state.text.length - 1, Math.max(0, from + step)));
    });
  }
  if (box) {
    box.addEventListener("input", () => {
      typing = performance.now();
      stage.send({ panel: panel.name, kind: "type", value: box.value });
      stage.rest();
    });
  }

  function layout() {
    SIZE = stage.data?.presenter ? 18 : 14;
    [ADVANCE, LINE] = [SIZE * 0.602, Math.round(SIZE * 1.5)];
    const room = stage.root.clientWidth - 2 * 18 - 2;
    const beside = Math.round(columns * Math.min(1, stage.k)); // fewer where the neighbours shrink
    wide = Math.max(20, Math.min(beside, Math.floor((room - 2 * PAD - 12) / ADVANCE)));
    scroll.style.height = `${rows * LINE}px`;
    scroll.style.width = `${wide * ADVANCE + 2 * PAD + 12}px`;
    if (box) box.style.width = scroll.style.width;
    if (state) {
      place(state.text);
      paint();
    }
  }
  layout();

  const keep = () => (box && box.value ? { panel: panel.name, kind: "type", value: box.value } : null);
  return { element, draw, layout, keep };
}
