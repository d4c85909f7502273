// plane: a field over two axes, points on it, or lines bent by a net.  Click adds a point, a drag
// moves it; all of it works by keyboard too (see ../plane/keys.js).  Where its handles are `free`
// they are all that moves, and a click brings the first of them.

import { along, axes, inner, pointed, thirds } from "../axes.js";
import { Scale, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { clipped } from "../marks.js";
import { grips, listen } from "../plane/keys.js";
import { CLASSES, classInks, paintArrows, paintCross, paintField, paintHandles, paintLines, paintPlaces, paintPoints } from "../plane/paint.js";

const MARGINS = [34, 34, 6]; // CSS pixels at the left, below, and at the other sides
const REACH = 9; // CSS pixels from a point at which it is caught
const NEAR = "There is a point here already: a drag moves it.  Click a little further away to add one.";

export function create(panel, stage) {
  const { size = 340, free = null, edit = free !== null, titles = ["x₁", "x₂"], handles = [], veil = 0 } = panel.options;
  const keys = "Arrow keys move a cursor, Enter does what a click does, Shift and arrow keys drag the nearest point, Delete removes it.";
  const canvas = el("canvas", { role: edit ? "application" : "img", "aria-label": edit ? `${panel.alt}. ${keys}` : panel.alt, tabindex: edit ? 0 : undefined, class: edit ? "clickable" : "" });
  const readout = el("span", { class: "tip", role: "status", hidden: true });
  const legend = el("div", { class: "legend" });
  const tools = el("div", { class: "tools", role: "group", "aria-label": "what a click does" });
  const sheet = document.createElement("canvas");
  let [field, ranges, points, lines, news, tool, held, cursor, known, painted] = [null, null, null, null, {}, 1, null, null, "", []];

  const side = () => stage.across(size, 76);
  const box = () => inner(side(), side(), MARGINS);
  const range = (i) => [news.low?.[i] ?? -1, news.high?.[i] ?? 1];
  const X = (u) => along(u, range(0), [box().left, box().right]);
  const Y = (v) => along(v, range(1), [box().bottom, box().top]);
  const within = (place) => place.map((v, i) => clamp(v, ...range(i)));
  const at = (event) => pointed(event, canvas, box(), range(0), range(1));
  const value = (row, i) => points.data[row * points.shape[1] + i];
  const say = (kind, more) => stage.send({ panel: panel.name, kind, ...more });

  function nearest([u, v], reach = Infinity) {
    let [best, least] = [-1, reach ** 2];
    for (let i = 0; points && i < points.shape[1]; i++) {
      const d = (X(value(0, i)) - X(u)) ** 2 + (Y(value(1, i)) - Y(v)) ** 2;
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  const handleAt = ([u, v]) => (news.handles ?? []).findIndex(([x, y]) => Math.hypot(X(x) - X(u), Y(y) - Y(v)) < REACH + 3);

  const lead = ([x, y]) => say("handle", { index: 0, x, y });

  function act(place) {
    if (free) return lead(place);
    if (tool === "remove") return nearest(place) >= 0 && say("remove", { index: nearest(place) });
    say("add", { x: place[0], y: place[1], label: news.classes ? Math.min(tool, news.classes - 1) : tool ? 1 : -1 });
  }

  function move(index, [x, y]) {
    points.data[index] = x;
    points.data[points.shape[1] + index] = y;
    say("move", { index, x, y });
  }

  const buttons = grips(handles, {
    step: (i, turn) => stage.step(`${panel.name} ${i}`, within(news.handles[i]), turn),
    move: (index, [x, y]) => [say("handle", { index, x, y }), stage.rest()],
    within,
    changed: () => stage.redraw(),
  });

  if (edit) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      const place = at(event);
      const handle = handleAt(place);
      if (handle >= 0) return (held = { handle });
      if (free) return (held = { handle: 0 }), lead(place);
      if (event.ctrlKey || event.altKey) return nearest(place) >= 0 && say("remove", { index: nearest(place) });
      held = { index: tool === "remove" ? -1 : nearest(place, REACH) };
      event.preventDefault();
      canvas.focus();
    });
    canvas.addEventListener("pointermove", (event) => {
      const place = at(event);
      tell(place);
      if (held?.handle >= 0) say("handle", { index: held.handle, x: place[0], y: place[1] });
      else if (held?.index >= 0) (held.moved = true), move(held.index, place);
      else if (!held && !free) say("hover", { x: place[0], y: place[1] });
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held?.index < 0) act(at(event));
      else if (held?.index >= 0 && !held.moved) stage.tell(NEAR, 4000);
      if (held) stage.rest();
      held = null;
    });
    canvas.addEventListener("pointercancel", () => {
      if (held) stage.rest();
      held = null;
    });
    const caught = (event) => {
      const place = at(event.touches[0]);
      if (free || handleAt(place) >= 0 || (tool !== "remove" && nearest(place, REACH) >= 0)) event.preventDefault(); // elsewhere a finger scrolls
    };
    canvas.addEventListener("touchstart", caught, { passive: false });
    listen(canvas, {
      cursor: () => cursor ?? news.probe ?? [0, 0],
      set(place) {
        cursor = place;
        if (place) return tell(place);
        readout.hidden = true;
        stage.redraw();
      },
      point: free ? () => {} : ([x, y]) => say("hover", { x, y }),
      remove: (index) => !free && say("remove", { index }),
      nearest: free ? () => -1 : nearest,
      act, move, within, rest: () => stage.rest(),
    });
  } else canvas.addEventListener("pointermove", (event) => tell(at(event)));
  canvas.addEventListener("pointerleave", () => (readout.hidden = true));

  /** Say the value at a place, beside it. */
  function tell([u, v]) {
    write(readout, `x = (${short(u)}, ${short(v)})${field ? `  ${said(u, v)}` : ""}`);
    readout.style.transform = `translate(${X(u) > side() * 0.55 ? X(u) - (readout.offsetWidth || 150) - 12 : X(u) + 12}px, ${Math.max(0, Y(v) - 30)}px)`;
    readout.hidden = false;
  }

  function said(u, v) {
    const [n, rows, cols] = field.shape;
    const share = (place, i) => Math.min(0.9999, along(place, range(i), [0, 1]));
    const [col, row] = [Math.floor(share(u, 0) * cols), Math.floor((1 - share(v, 1)) * 0.9999 * rows)];
    const read = (k) => {
      const level = field.data[k * rows * cols + row * cols + col];
      return level === 255 ? NaN : ranges[2 * k] + (level / 254) * (ranges[2 * k + 1] - ranges[2 * k]);
    };
    if (n === 1) return `${news.word ?? "value"} = ${short(news.probability ? (read(0) + 1) / 2 : read(0))}`;
    const all = [...Array(n).keys()].map(read);
    const best = all.indexOf(Math.max(...all));
    return best < 0 ? "NaN" : `${CLASSES[best][0]} ${short(all[best])}`;
  }

  function draw(frame, calm) {
    news = frame.notes[panel.name] ?? news;
    field = frame.tensors[`maps/${panel.name}`] ?? null;
    ranges = frame.tensors[`range/${panel.name}`]?.data;
    const told = frame.tensors[`values/${panel.options.points ?? panel.name}`];
    if (told && !(held?.index >= 0 && told.shape[1] === points?.shape[1])) points = told;
    lines = frame.tensors[`values/${panel.name}.lines`];
    const { left, top, w, h } = box();
    const context = fit(canvas, side(), side());
    context.clearRect(0, 0, side(), side());
    const scale = new Scale(stage.palette, panel.options.map ?? "signed", news.limit ?? 1);
    if (field) {
      const now = [field, ranges, stage.palette, scale.limit];
      if (now.some((part, i) => part !== painted[i])) paintField(sheet, field, ranges, scale, stage.palette);
      painted = now;
      context.imageSmoothingEnabled = true;
      context.globalAlpha = 1 - veil;
      context.drawImage(sheet, left, top, w, h);
      context.globalAlpha = 1;
    }
    if (lines) inField(context, 0, () => paintLines(context, lines, { X, Y }, stage.palette, news.strong));
    if (points) inField(context, 5, () => paintPoints(context, points, { X, Y }, stage.palette, scale, news.classes)); // on the rim they stay whole
    const arrows = frame.tensors[`values/${panel.name}.arrows`];
    if (arrows) inField(context, 0, () => paintArrows(context, arrows, { X, Y }, stage.palette));
    const numbers = (i, place) => thirds(range(i)).map((v) => [place(v), short(v, Number.isInteger(v) ? 0 : 1)]);
    const [across, up] = news.titles ?? titles;
    const level = up.length < 4; // a name that stands between two numbers
    axes(context, box(), { x: numbers(0, X), y: numbers(1, Y), titles: [across, level ? "" : up] }, stage.palette);
    if (level) context.fillText(up, 10, top + h / 4);
    grip(context);
    const place = cursor ?? news.probe;
    if (place) paintCross(context, X(place[0]), Y(place[1]));
    if (calm) caption(scale);
  }

  /** Paint within the field and so many CSS pixels beyond it. */
  function inField(context, beyond, paint) {
    const { left, top, w, h } = box();
    clipped(context, left - beyond, top - beyond, w + 2 * beyond, h + 2 * beyond, paint);
  }

  /** The line's handles, and their buttons over them. */
  function grip(context) {
    if (!news.handles) return;
    const places = news.handles.map((place) => [X(place[0]), Y(place[1])]);
    const focused = buttons.findIndex((button) => button.matches(":focus"));
    if (free) paintPlaces(context, places, free, stage.palette, focused);
    else paintHandles(context, places, stage.palette, focused);
    buttons.forEach((button, i) => {
      button.hidden = false;
      button.style.transform = `translate(${places[i][0] - 11}px, ${places[i][1] - 11}px)`;
    });
  }

  function caption(scale) {
    const key = JSON.stringify([news.classes, news.names, news.word, news.limit, news.probability, stage.themed, field?.shape[0]]);
    if (key === known) return;
    known = key;
    const swatch = (color) => {
      const mark = el("span", { class: "swatch" });
      mark.style.background = color;
      return mark;
    };
    const classes = news.classes ? (news.names ?? CLASSES.map(([name]) => name)).slice(0, news.classes) : [];
    const inks = classInks(news.classes, stage.palette);
    const range = (text) => el("span", { class: "range" }, text);
    const keys = () => classes.flatMap((name, i) => [swatch(inks[i]), range(name)]);
    if (field?.shape[0] === 1 && panel.options.map !== "ink") {
      const bound = short(scale.limit);
      const least = scale.signed ? `−${bound}` : "0";
      const [from, to] = news.probability ? [`${news.word} 0`, "1"] : [news.names && news.word ? `${news.word} ${least}` : least, bound];
      legend.replaceChildren(range(from), swatch(scale.gradient()), range(to), ...(news.names ? keys() : []));
    } else legend.replaceChildren(...keys());
    if (edit && !free) equip(news.classes === 0 ? ["low", "high"] : classes);
  }

  /** What a click does. */
  function equip(names) {
    const pick = (chosen) => () => {
      tool = chosen;
      for (const button of tools.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.tool === String(chosen)));
    };
    const choose = (label, chosen) => el("button", { type: "button", "data-tool": chosen, "aria-pressed": String(tool === chosen), onclick: pick(chosen) }, label);
    const clear = el("button", { type: "button", title: panel.options.clear ?? "one point of each class stays", onclick: () => [say("clear"), stage.rest()] }, panel.options.clear ?? "clear");
    tools.replaceChildren(...names.map((name, i) => choose(`add ${name}`, i)), choose("remove", "remove"), clear);
  }

  const element = el("div", { class: "plane" }, el("div", { class: "field" }, canvas, ...buttons, readout), legend, edit && !free ? tools : "");
  return { element, draw, hello: edit ? { panel: panel.name, kind: "hello" } : undefined };
}
