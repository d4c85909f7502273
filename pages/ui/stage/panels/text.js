// text: characters coloured by a value.  Click one to inspect it, drag to brush a stretch, arrows
// move; an optional box above takes what is typed.  Only the lines in sight are drawn.
//
// The frame brings notes[name] = {text, start, selected, brush, marked, typed, high, label, caret}
// and values/name, one number a character.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { hand } from "../text/hand.js";
import { Ruler, arrange, characterAt } from "../text/layout.js";
import { FONT, PAD, paint, visible } from "../text/paint.js";

/** The palette with zero of the unsigned map as pale or dark as the page: text stands on it. */
function onPaper({ palette, themed }) {
  if (themed === "dark") return palette;
  return { ...palette, maps: { ...palette.maps, unsigned: [...palette.maps.unsigned].reverse() } };
}

export function create(panel, stage) {
  const { rows = 14, columns = 76, input = "", limit = 1000, click = true, unit = "" } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: click ? 0 : undefined, class: click ? "clickable" : "" });
  const spacer = el("div", { class: "spacer" }, canvas);
  const scroll = el("div", { class: "scroll", onscroll: () => repaint() }, spacer);
  const swatch = el("span", { class: "swatch" });
  const range = el("span", { class: "range" });
  const readout = el("span", { class: "hover" });
  const box = input ? el("textarea", { rows: 2, dir: "auto", "aria-label": input, placeholder: input, maxlength: limit, spellcheck: "false", autocapitalize: "off", autocomplete: "off", oninput: typed, onpaste: pasted }) : "";
  const ruler = new Ruler();
  const element = el("div", { class: "text" }, box, scroll, ruler.element, el("div", { class: "legend" }, swatch, range, readout));
  let [state, values, scale, places, typing] = [null, [], null, null, 0];
  let [wide, size, advance, line] = [columns, 14, 8.43, 21]; // CSS pixels: type, a column, a row

  function draw(frame, calm) {
    const news = frame.notes[panel.name];
    if (!news) return;
    const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - line;
    const fresh = state?.text !== news.text || state.start !== news.start;
    const characters = fresh ? Array.from(news.text) : state.characters; // an emoji is one of them
    state = { ...news, characters };
    values = frame.tensors[`values/${panel.name}`]?.data ?? [];
    scale = new Scale(onPaper(stage), frame.notes.colors?.[panel.name] ?? "unsigned", state.high || 1);
    if (fresh) arranged();
    if (fresh && atEnd && !pointer.held()) scroll.scrollTop = scroll.scrollHeight;
    repaint();
    if (calm) legend();
  }

  function legend() {
    swatch.style.background = scale.gradient();
    write(range, `${scale.signed ? short(-scale.limit, 1) : 0} … ${short(scale.limit, 1)} ${state.label ?? unit}`);
    if (box && !inUse() && state.typed !== undefined && box.value !== state.typed) box.value = state.typed;
  }

  /** Whether the visitor is typing: what came back from the server is older then. */
  const inUse = () => stage.active === box || box.getRootNode().activeElement === box || performance.now() - typing < 1000;

  function typed() {
    typing = performance.now();
    stage.send({ panel: panel.name, kind: "type", value: box.value });
    stage.rest();
  }

  /** The browser cuts what does not fit into the box; say so. */
  function pasted(event) {
    const count = event.clipboardData?.getData("text").length ?? 0;
    if (count > limit) stage.tell(`The box holds ${limit.toLocaleString("en")} characters; of the ${count.toLocaleString("en")} that were pasted only the first fit.`, 6000);
  }

  function arranged() {
    places = arrange(state.characters, wide, advance, ruler);
    spacer.style.height = `${Math.max(rows, places.lines + 1) * line}px`;
  }

  function repaint() {
    if (!state) return;
    const context = fit(canvas, wide * advance + 2 * PAD, rows * line);
    paint(context, { state, values, scale, places, size, line, rows, top: scroll.scrollTop, palette: stage.palette });
  }

  /** The character under a pointer; -1 where there is none. */
  function at(event, nearest = false) {
    if (!state) return -1;
    const frame = canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - frame.top + scroll.scrollTop) / line);
    return characterAt(places, row, event.clientX - frame.left - PAD, nearest);
  }

  const pointer = hand(canvas, {
    at,
    click,
    length: () => state?.characters.length ?? 0,
    selected: () => state?.selected,
    hover: (i) => write(readout, i >= 0 && i < values.length ? `\u2068${visible(state.characters[i])}\u2069  ${short(values[i], 2)}` : ""),
    brushing(from, to) {
      state.brush = [from, to];
      repaint();
    },
    brushed: (from, to) => tell({ kind: "brush", from, to }),
    choose: (index) => tell({ kind: "click", index }),
    walk: (from, turn) => stage.step(panel.name, from, turn),
  });

  function tell(event) {
    stage.send({ panel: panel.name, ...event });
    stage.rest();
  }

  function layout() {
    size = stage.data?.presenter ? 18 : 14;
    const context = canvas.getContext("2d");
    context.font = `${size}px ${FONT}`;
    [advance, line] = [context.measureText("0").width, Math.round(size * 1.5)];
    const room = stage.width - 2 * 18 - 2;
    const beside = Math.round(columns * Math.min(1, stage.k)); // fewer where the neighbours shrink
    wide = Math.max(20, Math.min(beside, Math.floor((room - 2 * PAD - 12) / advance)));
    scroll.style.height = `${rows * line + 2}px`; // with its border
    scroll.style.width = `${wide * advance + 2 * PAD + 12}px`;
    ruler.resize(wide * advance, size, line);
    if (box) box.style.width = scroll.style.width;
    if (state) {
      arranged();
      repaint();
    }
  }
  layout();

  const keep = () => (box && box.value ? { panel: panel.name, kind: "type", value: box.value } : null);
  return { element, draw, layout, keep };
}
