// scatter: examples as small pictures on a plane, each in its class's colour.  Drag one onto a class's
// name below and it belongs to it; drag it out of the plane and it is removed.
//
// notes[name] = {names, labels, columns, now: [x, y], shown}, values[name] = (2, N) in [-1, 1].

import { INKS, inked } from "../colors.js";
import { clamp, el, fit } from "../dom.js";

const [THUMB, RIM] = [26, 3]; // CSS pixels of a small picture, and of its class's colour around it

export function create(panel, stage) {
  const { size = 400, sheet: from } = panel.options;
  const canvas = el("canvas", { role: "application", tabindex: 0, class: "clickable", "aria-label": `${panel.alt}. Left and right arrows choose an example, a number gives it to that class, Delete removes it.` });
  const legend = el("div", { class: "legend" });
  const element = el("div", { class: "scatter" }, canvas, legend);
  let [told, places, sheet, data, held, known] = [null, null, null, null, null, ""];

  const side = () => stage.across(size, 76);
  const X = (v) => THUMB + ((v + 1) / 2) * (side() - 2 * THUMB);
  const Y = (v) => side() - X(v);
  const place = (i) => (held?.index === i && held.at ? held.at : [X(places.data[i]), Y(places.data[places.shape[1] + i])]);
  const act = (kind, more) => [stage.send({ panel: panel.name, kind, ...more }), stage.rest()];
  const inside = ({ clientX, clientY }, node) => {
    const box = node.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  };

  function nearest(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [event.clientX - box.left, event.clientY - box.top];
    for (let i = told.labels.length - 1; i >= 0; i--) {
      const [x, y] = place(i);
      if (Math.max(Math.abs(u - x), Math.abs(v - y)) <= THUMB / 2 + RIM) return i;
    }
    return -1;
  }

  canvas.addEventListener("pointerdown", (event) => {
    const index = event.button === 0 && places ? nearest(event) : -1;
    if (index < 0) return;
    canvas.setPointerCapture(event.pointerId);
    held = { index, from: [event.clientX, event.clientY], at: null };
    event.preventDefault();
    canvas.focus();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    if (!held.at && Math.hypot(event.clientX - held.from[0], event.clientY - held.from[1]) < 4) return;
    const box = canvas.getBoundingClientRect();
    held.at = [event.clientX - box.left, event.clientY - box.top];
    held.over = [...legend.children].slice(0, -1).findIndex((chip) => inside(event, chip));
    paint();
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!held) return;
    const { index, at, over } = held;
    held = null;
    if (!at) act("click", { index });
    else if (over >= 0) act("relabel", { index, label: over });
    else if (!inside(event, canvas)) act("remove", { index });
    paint();
  });
  canvas.addEventListener("pointercancel", () => {
    held = null;
    paint();
  });
  canvas.addEventListener("touchstart", (event) => told && places && nearest(event.touches[0]) >= 0 && event.preventDefault(), { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (!told) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const [n, index] = [told.labels.length, told.shown];
    if (step) act("click", { index: ((index ?? -step) + step + n) % n });
    else if (index !== null && Number(event.key) >= 1 && Number(event.key) <= told.names.length) act("relabel", { index, label: Number(event.key) - 1 });
    else if (index !== null && ["Delete", "Backspace"].includes(event.key)) act("remove", { index });
    else return;
    event.preventDefault();
  });

  function paint() {
    if (!told || !places) return;
    const context = fit(canvas, side(), side());
    context.clearRect(0, 0, side(), side());
    context.imageSmoothingEnabled = true;
    context.strokeStyle = stage.palette.line;
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, side() - 1, side() - 1);
    context.fillStyle = stage.palette.dim;
    context.font = "11px system-ui, sans-serif";
    context.fillText("component 1 →", side() - 84, side() - 7);
    context.save();
    context.translate(13, 88);
    context.rotate(-Math.PI / 2);
    context.fillText("component 2 →", 0, 0);
    context.restore();
    const order = told.labels.map((_, i) => i).filter((i) => i !== held?.index);
    for (const i of held ? [...order, held.index] : order) {
      const [x, y] = place(i);
      const half = THUMB / 2;
      context.fillStyle = stage.palette[INKS[told.labels[i]]];
      context.fillRect(x - half - RIM, y - half - RIM, THUMB + 2 * RIM, THUMB + 2 * RIM);
      const source = sheet ? sheet.width / told.columns : 0;
      if (sheet) context.drawImage(sheet, (i % told.columns) * source, Math.floor(i / told.columns) * source, source, source, x - half, y - half, THUMB, THUMB);
      if (i !== told.shown) continue;
      context.strokeStyle = stage.palette.ink;
      context.lineWidth = 2;
      context.strokeRect(x - half - RIM - 2, y - half - RIM - 2, THUMB + 2 * RIM + 4, THUMB + 2 * RIM + 4);
    }
    const [x, y] = [X(clamp(told.now[0], -1, 1)), Y(clamp(told.now[1], -1, 1))];
    for (const [color, width] of [["#ffffff", 5], ["#0e1117", 2.5]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, THUMB / 2 + 5, 0, 7);
      context.stroke();
    }
    [...legend.children].forEach((chip, i) => chip.classList.toggle("over", held?.over === i));
  }

  function draw(frame) {
    told = frame.notes[panel.name] ?? told;
    places = frame.tensors[`values/${panel.name}`] ?? places;
    const now = frame.tensors[`images/${from}`]?.data;
    if (now && now !== data) {
      data = now;
      createImageBitmap(new Blob([now])).then((bitmap) => {
        if (data !== now) return;
        sheet = bitmap;
        paint();
      });
    }
    const names = JSON.stringify(told?.names);
    if (told && names !== known) {
      known = names;
      const chips = told.names.map((name, i) => el("span", { class: "key spot", style: inked(INKS[i]) }, name));
      legend.replaceChildren(...chips, el("span", { class: "key ring" }, "what is seen now"));
    }
    paint();
  }

  return { element, draw, layout: paint };
}
