// plane: a field over two axes, points on it, or lines bent by a net.  Click adds a point, a drag
// moves it; with the keyboard, arrows move a cursor, Enter adds, Shift+arrows drag, Delete removes.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";

const CLASSES = [["orange", "negative"], ["blue", "positive"], ["purple", "gradient_positive"], ["green", "done"], ["grey", "dim"]];
const [LEFT, BOTTOM, EDGE] = [34, 34, 6]; // CSS pixels around the field
const REACH = 9; // CSS pixels from a point at which it is caught
const NUDGE = 0.04; // of the plane's half width, for an arrow key

export function create(panel, stage) {
  const { size = 340, edit = false, titles = ["x₁", "x₂"] } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: edit ? 0 : undefined, class: edit ? "clickable" : "" });
  const readout = el("span", { class: "tip", hidden: true });
  const legend = el("div", { class: "legend" });
  const tools = el("div", { class: "tools", role: "group", "aria-label": "what a click does" });
  const sheet = document.createElement("canvas");
  let [field, ranges, points, lines, news, tool, held, cursor, known] = [null, null, null, null, {}, 1, null, null, ""];

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

  function act(place) {
    if (tool === "remove") return nearest(place) >= 0 && say("remove", { index: nearest(place) });
    say("add", { x: place[0], y: place[1], label: news.classes ? Math.min(tool, news.classes - 1) : tool ? 1 : -1 });
  }

  function move(index, [x, y]) {
    points.data[index] = x;
    points.data[points.shape[1] + index] = y;
    say("move", { index, x, y });
  }

  if (edit) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      const place = at(event);
      const index = nearest(place, REACH);
      const handle = (news.handles ?? []).findIndex(([x, y]) => Math.hypot(X(x) - X(place[0]), Y(y) - Y(place[1])) < REACH + 3);
      if (handle >= 0) return (held = { handle });
      if (event.ctrlKey || event.altKey) return nearest(place) >= 0 && say("remove", { index: nearest(place) });
      held = tool === "remove" || index < 0 ? { index: -1, place } : { index, place, moved: false };
      event.preventDefault();
      canvas.focus();
    });
    canvas.addEventListener("pointermove", (event) => {
      const place = at(event);
      tell(place);
      if (held?.handle >= 0) say("handle", { index: held.handle, x: place[0], y: place[1] });
      else if (held?.index >= 0) {
        held.moved = true;
        move(held.index, place);
      } else if (!held) say("hover", { x: place[0], y: place[1] });
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held && held.index < 0) act(at(event));
      if (held) stage.rest();
      held = null;
    });
    canvas.addEventListener("pointercancel", () => (held = null));
    canvas.addEventListener("pointerleave", () => (readout.hidden = true));
    canvas.addEventListener("blur", () => {
      cursor = null;
      readout.hidden = true;
      stage.redraw();
    });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!step && !["Enter", " ", "Delete", "Backspace"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      const from = cursor ?? news.probe ?? [0, 0];
      if (step) {
        const index = event.shiftKey ? nearest(from) : -1;
        cursor = within(from.map((v, i) => v + step[i] * NUDGE));
        if (index >= 0) move(index, cursor);
        else say("hover", { x: cursor[0], y: cursor[1] });
      } else if (event.key === "Enter" || event.key === " ") act(from);
      else if (nearest(from) >= 0) say("remove", { index: nearest(from) });
      tell(cursor ?? from);
      stage.rest();
    });
  } else {
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
    if (told && !(held?.index >= 0 && told.shape[1] === points?.shape[1])) points = told;
    lines = frame.tensors[`values/${panel.name}.lines`];
    const context = fit(canvas, side(), side() - LEFT - EDGE + EDGE + BOTTOM);
    context.clearRect(0, 0, side(), side() + BOTTOM);
    const scale = new Scale(stage.palette, panel.options.map ?? "signed", news.limit ?? 1);
    if (field) paint(context, scale);
    if (lines) bend(context);
    if (points) dots(context, scale);
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
    else blend(picture.data, n, rows * cols);
    sheet.getContext("2d").putImageData(picture, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(sheet, 0, 0, cols, rows, LEFT, EDGE, inside(), inside());
  }

  /** The classes' colours, mixed by their shares. */
  function blend(bytes, n, size) {
    const inks = CLASSES.slice(0, n).map(([, key]) => [1, 3, 5].map((i) => parseInt(stage.palette[key].slice(i, i + 2), 16)));
    for (let i = 0; i < size; i++) {
      let [r, g, b] = [0, 0, 0];
      for (let k = 0; k < n; k++) {
        const share = ranges[2 * k] + (field.data[k * size + i] / 254) * (ranges[2 * k + 1] - ranges[2 * k]);
        r += share * inks[k][0];
        g += share * inks[k][1];
        b += share * inks[k][2];
      }
      bytes[4 * i] = r;
      bytes[4 * i + 1] = g;
      bytes[4 * i + 2] = b;
      bytes[4 * i + 3] = 215;
    }
  }

  function bend(context) {
    const [count, , along] = lines.shape;
    context.save();
    context.beginPath();
    context.rect(LEFT, EDGE, inside(), inside());
    context.clip();
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
    context.restore();
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
    context.save();
    context.beginPath();
    context.rect(LEFT - 5, 0, inside() + 10, inside() + EDGE + 5);
    context.clip();
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
    context.restore();
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
    const place = cursor ?? news.probe;
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
    const swatch = (color) => {
      const mark = el("span", { class: "swatch" });
      mark.style.background = color;
      return mark;
    };
    const classes = news.classes ? CLASSES.slice(0, news.classes) : [];
    if (field?.shape[0] === 1) {
      const bound = short(scale.limit);
      if (news.probability) legend.replaceChildren(el("span", { class: "range" }, `${news.word} 0`), swatch(scale.gradient()), el("span", { class: "range" }, "1"));
      else legend.replaceChildren(el("span", { class: "range" }, `−${bound}`), swatch(scale.gradient()), el("span", { class: "range" }, bound));
    } else legend.replaceChildren(...classes.flatMap(([name, color]) => [swatch(stage.palette[color]), el("span", { class: "range" }, name)]));
    if (!edit) return;
    const names = news.classes === 0 ? [["low", "negative"], ["high", "positive"]] : classes;
    const pick = (chosen) => () => {
      tool = chosen;
      for (const button of tools.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.tool === String(chosen)));
    };
    const choose = (label, chosen) => el("button", { type: "button", "data-tool": chosen, "aria-pressed": String(tool === chosen), onclick: pick(chosen) }, label);
    tools.replaceChildren(
      ...names.map(([name], i) => choose(`add ${name}`, i)),
      choose("remove", "remove"),
      el("button", { type: "button", onclick: () => [say("clear"), stage.rest()] }, "clear"),
    );
  }

  const element = el("div", { class: "plane" }, el("div", { class: "field" }, canvas, readout), legend, edit ? tools : "");
  return { element, draw, hello: edit ? { panel: panel.name, kind: "hello" } : undefined };
}
