// plane: a field over two axes, points on it, or lines bent by a net.  Click adds a point, a drag
// moves it; with the keyboard, arrows move a cursor, Enter adds, Shift+arrows drag, Delete removes.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { within as clipped } from "../marks.js";
import { blend, CLASSES } from "./plane/classes.js";
import { hand } from "./plane/hand.js";
import { legendOf, toolsOf } from "./plane/key.js";

const [LEFT, BOTTOM, EDGE] = [34, 34, 6]; // CSS pixels around the field
const REACH = 9; // CSS pixels from a point at which it is caught

export function create(panel, stage) {
  const { size = 340, edit = false, titles = ["x₁", "x₂"] } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: edit ? 0 : undefined, class: edit ? "clickable" : "" });
  const readout = el("span", { class: "tip", hidden: true });
  const legend = el("div", { class: "legend" });
  const tools = el("div", { class: "tools", role: "group", "aria-label": "what a click does" });
  const sheet = document.createElement("canvas");
  let [field, ranges, points, lines, news, tool, known] = [null, null, null, null, {}, 1, ""];

  const side = () => Math.min(size * stage.k, stage.root.clientWidth < 760 ? stage.root.clientWidth - 76 : 1e9);
  const frameOf = () => ({ low: news.low ?? [-1, -1], high: news.high ?? [1, 1] });
  const inside = () => side() - LEFT - EDGE;
  const X = (u) => LEFT + ((u - frameOf().low[0]) / (frameOf().high[0] - frameOf().low[0])) * inside();
  const Y = (v) => EDGE + ((frameOf().high[1] - v) / (frameOf().high[1] - frameOf().low[1])) * inside();

  const within = (place) => place.map((v, i) => Math.min(frameOf().high[i], Math.max(frameOf().low[i], v)));

  function at(event) {
    const box = canvas.getBoundingClientRect();
    const [across, up] = [(event.clientX - box.left - LEFT) / inside(), 1 - (event.clientY - box.top - EDGE) / inside()];
    return within([across, up].map((share, i) => frameOf().low[i] + share * (frameOf().high[i] - frameOf().low[i])));
  }

  function nearest([u, v], reach = Infinity) {
    let [best, least] = [-1, reach ** 2];
    for (let i = 0; points && i < points.shape[1]; i++) {
      const d = (X(value(0, i)) - X(u)) ** 2 + (Y(value(1, i)) - Y(v)) ** 2;
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  const value = (row, i) => points.data[row * points.shape[1] + i];
  const say = (kind, more) => stage.send({ panel: panel.name, kind, ...more });

  function move(index, [x, y]) {
    points.data[index] = x;
    points.data[points.shape[1] + index] = y;
    say("move", { index, x, y });
  }

  /** What a hand may ask and do. */
  const touch = {
    at,
    within,
    nearest,
    pointAt: (place) => nearest(place, REACH),
    handleAt: ([u, v]) => (news.handles ?? []).findIndex(([x, y]) => Math.hypot(X(x) - X(u), Y(y) - Y(v)) < REACH + 3),
    probe: () => news.probe ?? [0, 0],
    removes: () => tool === "remove",
    add: ([x, y]) => say("add", { x, y, label: news.classes ? Math.min(tool, news.classes - 1) : tool ? 1 : -1 }),
    remove: (place) => nearest(place) >= 0 && say("remove", { index: nearest(place) }),
    move,
    handle: (index, [x, y]) => say("handle", { index, x, y }),
    hover: ([x, y]) => say("hover", { x, y }),
    tell,
    hush: () => (readout.hidden = true),
    rest: () => stage.rest(),
    redraw: () => stage.redraw(),
  };
  const held = edit ? hand(canvas, touch) : null;
  if (!edit) {
    canvas.addEventListener("pointermove", (event) => field && tell(at(event)));
    canvas.addEventListener("pointerleave", () => (readout.hidden = true));
  }

  /** Say the value at a place, beside it. */
  function tell([u, v]) {
    if (!field) return;
    const [n, rows, cols] = field.shape;
    const share = (value, i) => Math.min(0.9999, (value - frameOf().low[i]) / (frameOf().high[i] - frameOf().low[i]));
    const [col, row] = [Math.floor(share(u, 0) * cols), Math.floor((1 - share(v, 1)) * 0.9999 * rows)];
    const read = (k) => {
      const level = field.data[k * rows * cols + row * cols + col];
      return level === 255 ? NaN : ranges[2 * k] + (level / 254) * (ranges[2 * k + 1] - ranges[2 * k]);
    };
    let words = `${news.word ?? "value"} = ${short(news.probability ? (read(0) + 1) / 2 : read(0))}`;
    if (n > 1) {
      const all = [...Array(n).keys()].map(read);
      const best = all.indexOf(Math.max(...all));
      words = `${CLASSES[best][0]} ${short(all[best])}`;
    }
    write(readout, `x = (${short(u)}, ${short(v)})  ${words}`);
    readout.style.transform = `translate(${X(u) > side() * 0.6 ? X(u) - 150 : X(u) + 12}px, ${Math.max(0, Y(v) - 30)}px)`;
    readout.hidden = false;
  }

  function draw(frame, calm) {
    news = frame.notes[panel.name] ?? news;
    field = frame.tensors[`maps/${panel.name}`] ?? null;
    ranges = frame.tensors[`range/${panel.name}`]?.data;
    const told = frame.tensors[`values/${panel.options.points ?? panel.name}`];
    if (told && !(held?.drags() && told.shape[1] === points?.shape[1])) points = told;
    lines = frame.tensors[`values/${panel.name}.lines`];
    const context = fit(canvas, side(), side() - LEFT - EDGE + EDGE + BOTTOM);
    context.clearRect(0, 0, side(), side() + BOTTOM);
    const scale = new Scale(stage.palette, panel.options.map ?? "signed", news.limit ?? 1);
    if (field) paint(context, scale);
    if (lines) clipped(context, LEFT, EDGE, inside(), inside(), () => bend(context));
    if (points) clipped(context, LEFT - 5, 0, inside() + 10, inside() + EDGE + 5, () => dots(context, scale));
    axes(context);
    if (news.handles) grips(context);
    mark(context);
    if (calm) caption(scale);
  }

  function paint(context, scale) {
    const [n, rows, cols] = field.shape;
    [sheet.width, sheet.height] = [cols, rows];
    const picture = sheet.getContext("2d").createImageData(cols, rows);
    const pixels = new Uint32Array(picture.data.buffer);
    if (n === 1) scale.paint(field.data, ranges[0], ranges[1], pixels, 0, cols, cols);
    else blend(picture.data, field, ranges, stage.palette);
    sheet.getContext("2d").putImageData(picture, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(sheet, 0, 0, cols, rows, LEFT, EDGE, inside(), inside());
  }

  function bend(context) {
    const [count, , along] = lines.shape;
    context.strokeStyle = news.strong ? stage.palette.ink : stage.palette.dim;
    context.globalAlpha = news.strong ? 1 : 0.55;
    context.lineWidth = news.strong ? 2 : 1;
    for (let k = 0; k < count; k++) {
      context.beginPath();
      for (let i = 0; i < along; i++) {
        const [u, v] = [lines.data[2 * k * along + i], lines.data[(2 * k + 1) * along + i]];
        context[i ? "lineTo" : "moveTo"](X(u), Y(v));
      }
      context.stroke();
    }
  }

  /** What a line is dragged by: its foot, and the arrow that points to where the sum grows. */
  function grips(context) {
    const [foot, tip] = news.handles.map(([x, y]) => [X(x), Y(y)]);
    context.strokeStyle = context.fillStyle = stage.palette.ink;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(...foot);
    context.lineTo(...tip);
    context.stroke();
    for (const [place, size] of [[foot, 7], [tip, 6]]) {
      context.beginPath();
      context.arc(...place, size, 0, 7);
      context.fillStyle = stage.palette.card;
      context.fill();
      context.stroke();
    }
  }

  function dots(context, scale) {
    const count = points.shape[1];
    const radius = count > 400 ? 2.4 : 3.6;
    for (let i = 0; i < count; i++) {
      const label = value(2, i);
      const trains = points.shape[0] < 4 || value(3, i) > 0.5;
      context.fillStyle = news.classes === 0 ? scale.css(label) : stage.palette[CLASSES[label][1]];
      context.strokeStyle = trains ? "#ffffff" : "#0e1117";
      context.lineWidth = 1.4;
      context.beginPath();
      context.arc(X(value(0, i)), Y(value(1, i)), radius, 0, 7);
      context.fill();
      context.stroke();
    }
  }

  function axes(context) {
    const { low, high } = frameOf();
    context.strokeStyle = stage.palette.line;
    context.lineWidth = 1;
    context.strokeRect(LEFT + 0.5, EDGE + 0.5, inside() - 1, inside() - 1);
    context.fillStyle = stage.palette.dim;
    context.font = "11px system-ui, sans-serif";
    const bottom = EDGE + inside();
    const text = (v) => short(v, Math.abs(v) === Math.round(Math.abs(v)) ? 0 : 1);
    [0, 0.5, 1].forEach((share, i) => {
      context.textAlign = ["left", "center", "right"][i];
      context.textBaseline = "alphabetic";
      context.fillText(text(low[0] + share * (high[0] - low[0])), LEFT + share * inside(), bottom + 14);
      context.textAlign = "right";
      context.textBaseline = ["alphabetic", "middle", "top"][i];
      context.fillText(text(low[1] + share * (high[1] - low[1])), LEFT - 5, bottom - share * inside());
    });
    const [across, up] = news.titles ?? titles;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.fillText(across, LEFT + inside() / 2, bottom + 28);
    context.save();
    context.translate(10, EDGE + inside() / 4);
    if (up.length > 3) context.rotate(-Math.PI / 2);
    context.fillText(up, 0, 0);
    context.restore();
  }

  /** The probed place, and the keyboard's cursor. */
  function mark(context) {
    const place = held?.cursor() ?? news.probe;
    if (!place) return;
    const [x, y] = [X(place[0]), Y(place[1])];
    for (const [color, width] of [["#ffffff", 3.5], ["#0e1117", 1.5]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - 6, y);
      context.lineTo(x + 6, y);
      context.moveTo(x, y - 6);
      context.lineTo(x, y + 6);
      context.stroke();
    }
  }

  function caption(scale) {
    const key = JSON.stringify([news.classes, news.unit, news.limit, news.probability, stage.themed, field?.shape[0]]);
    if (key === known) return;
    known = key;
    const classes = news.classes ? CLASSES.slice(0, news.classes) : [];
    legend.replaceChildren(...legendOf(news, field?.shape[0] === 1 ? scale : null, classes, stage.palette));
    if (!edit) return;
    const names = news.classes === 0 ? ["low", "high"] : classes.map(([name]) => name);
    tools.replaceChildren(...toolsOf(names, tool, (chosen) => (tool = chosen), () => [say("clear"), stage.rest()]));
  }

  const element = el("div", { class: "plane" }, el("div", { class: "field" }, canvas, readout), legend, edit ? tools : "");
  return { element, draw, hello: edit ? { panel: panel.name, kind: "hello" } : undefined };
}
