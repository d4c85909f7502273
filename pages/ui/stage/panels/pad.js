// pad: draw with mouse, pen or finger.  The ink appears at once; the experiment hears every point.

import { rgb } from "../colors.js";
import { el, fit, place } from "../dom.js";
import { tagged } from "../marks.js";

const UNITS = 512; // coordinates are whole numbers from 0 to 511 on both axes

export function create(panel, stage) {
  const { size = 220, samples = [], over = "", paper = 0, pen: [thin, usual, thick] = [8, 44, 90], move = false } = panel.options; // over: the picture that is painted on; paper: height over width, where strokes are ink and the picture lies under it
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, class: "drawable" });
  const overlay = el("canvas", { "aria-hidden": "true", class: "overlay" });
  const under = over ? el("canvas", { "aria-hidden": "true" }) : "";
  let [photo, shown, aspect] = [null, null, paper || 1]; // the picture beneath
  let strokes = []; // {width, erase, points: [[x, y]]}
  let base = null; // an uploaded drawing beneath the strokes: {bitmap, data}
  let pen = null; // the stroke under the hand
  let example = false; // what is on the pad only shows what it is for
  let moving = null; // the pointer that moves a drawing
  let marks = [];
  let heard = null; // the last strokes that the experiment told
  let cleared = null; // those that were told when the pad was cleared last
  let asked = false; // whether it was asked for strokes that are not known here: a sample

  const side = () => (stage.room < Infinity ? Math.min(stage.room, 1.4 * size) : size * stage.k); // a phone has room for a finger

  /** Lay the picture under the strokes. */
  function lay() {
    if (!over) return;
    const context = fit(under, side(), side() * aspect); // also before it is decoded: the stage is laid out by it
    context.clearRect(0, 0, side(), side() * aspect);
    if (photo) context.drawImage(photo, 0, 0, side(), side() * aspect);
  }

  function repaint() {
    lay();
    const context = fit(canvas, side(), side() * aspect);
    if (!paper) context.scale(1, aspect); // what is painted on a picture is stretched with it
    context.fillStyle = stage.palette.card;
    if (over) context.clearRect(0, 0, side(), side());
    else context.fillRect(0, 0, side(), side());
    if (base) context.drawImage(tinted(base.bitmap), 0, 0, side(), side());
    for (const stroke of strokes) ink(context, stroke, 0);
  }

  /** Draw a stroke's points from number `from` on. */
  function ink(context, { width, erase, points }, from) {
    const unit = side() / UNITS;
    context.globalCompositeOperation = over && erase ? "destination-out" : "source-over";
    context.strokeStyle = context.fillStyle = over && !paper ? stage.palette.accent : erase ? stage.palette.card : stage.palette.ink;
    context.lineWidth = width * unit;
    context.lineCap = context.lineJoin = "round";
    const path = points.slice(Math.max(0, from - 1)).map(([x, y]) => [(x + 0.5) * unit, (y + 0.5) * unit]);
    context.beginPath();
    context.arc(...path[0], (width * unit) / 2, 0, 7);
    context.fill();
    context.beginPath();
    path.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  }

  /** The ink of an uploaded picture (white on black) in this theme's colours. */
  function tinted(bitmap) {
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [bitmap.width, bitmap.height];
    const context = copy.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const picture = context.getImageData(0, 0, copy.width, copy.height);
    const [r, g, b] = rgb(stage.palette.ink);
    for (let i = 0; i < picture.data.length; i += 4) {
      const amount = picture.data[i];
      picture.data.set([r, g, b, amount], i);
    }
    context.putImageData(picture, 0, 0);
    return copy;
  }

  function point(event) {
    const [u, v] = place(event, canvas);
    return [Math.floor(u * UNITS), Math.floor(v * UNITS * (paper || 1))];
  }

  function add(event, begin) {
    const list = event.getCoalescedEvents?.() ?? [];
    const last = pen.points.at(-1);
    const points = (list.length ? list : [event]).map(point).filter(([x, y], i, all) => {
      const [px, py] = i ? all[i - 1] : (last ?? [-1, -1]);
      return x !== px || y !== py;
    });
    if (!points.length) return;
    const from = pen.points.length;
    pen.points.push(...points);
    ink(canvas.getContext("2d"), pen, from);
    const { width, erase } = pen;
    stage.send({ panel: panel.name, kind: "stroke", begin, width, erase, points }, event.timeStamp);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pen) return;
    canvas.setPointerCapture(event.pointerId);
    if (mover?.getAttribute("aria-pressed") === "true") {
      moving = event.pointerId;
      const [x, y] = point(event);
      stage.send({ panel: panel.name, kind: "grab", x, y });
      return event.preventDefault();
    }
    pen = { id: event.pointerId, width: Number(brush.value), erase: eraser.getAttribute("aria-pressed") === "true", points: [] };
    if (example) [strokes, example] = [[], false]; // the visitor's own drawing takes its place
    if (!strokes.length) repaint();
    strokes.push(pen);
    add(event, true);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pen?.id === event.pointerId) add(event, false);
    if (moving !== event.pointerId) return;
    const [x, y] = point(event);
    stage.send({ panel: panel.name, kind: "move", x, y });
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, (event) => {
      if (moving === event.pointerId) {
        moving = null;
        stage.send({ panel: panel.name, kind: "lift" });
        stage.rest();
      }
      if (pen?.id !== event.pointerId) return;
      pen = null;
      stage.send({ panel: panel.name, kind: "lift" });
      stage.rest();
    });

  const say = (kind, more = {}) => {
    stage.send({ panel: panel.name, kind, ...more });
    stage.rest();
  };

  function ask(sample) {
    asked = true;
    say("sample", { value: sample });
  }

  /** Show at once what undo and clear leave: it is also what a new session is told. */
  const leave = (kind, left) => () => {
    [strokes, example] = [left(), false];
    if (kind === "clear") [base, cleared] = [null, heard];
    repaint();
    say(kind);
  };
  const brush = el("input", { type: "range", min: thin, max: thick, value: usual, "aria-label": "brush width" });
  const eraser = el("button", { type: "button", "aria-pressed": "false", onclick: () => eraser.setAttribute("aria-pressed", eraser.getAttribute("aria-pressed") !== "true") }, "eraser");
  const toggle = (button) => () => button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
  const mover = move ? el("button", { type: "button", "aria-pressed": "false" }, "move") : null;
  if (mover) mover.onclick = toggle(mover);
  const tools = el(
    "div",
    { class: "tools" },
    el("button", { type: "button", onclick: leave("undo", () => strokes.slice(0, -1)) }, "undo"),
    el("button", { type: "button", class: "clear", onclick: leave("clear", () => []) }, "clear"),
    eraser,
    mover ?? "",
  );
  const width = el("label", { class: "tools brush" }, "brush", brush);
  const chips = el(
    "div",
    { class: "chips", role: "group", "aria-label": "samples" },
    samples.length ? el("span", { class: "dim" }, "or a sample:") : "",
    ...samples.map((name, i) => el("button", { type: "button", "aria-label": `sample ${name}`, onclick: () => ask(i) }, String(name))),
  );

  /** Put the picture that is painted on under the strokes. */
  function beneath(data) {
    if (!data || data === shown) return;
    shown = data;
    createImageBitmap(new Blob([data])).then((bitmap) => {
      photo = bitmap;
      if (paper) return lay(); // of the same shape always, and a new one with every stroke
      aspect = bitmap.height / bitmap.width;
      repaint();
    });
  }

  /** Put an uploaded drawing under the strokes, unless they changed while it was decoded. */
  async function put(data) {
    const now = heard;
    const bitmap = await createImageBitmap(new Blob([data]));
    if (heard !== now || cleared === now) return;
    base = { bitmap, data };
    repaint();
  }

  function draw(frame) {
    const told = frame.notes[panel.name];
    if (told?.strokes && told !== heard && !pen) {
      [heard, asked] = [told, false];
      example = told.example;
      strokes = told.strokes.map(([width, erase, points]) => ({ width, erase, points }));
      if (!told.picture) base = null;
      repaint();
      if (told.picture) put(frame.tensors[`images/${panel.name}`].data);
    }
    marks = frame.notes.marks?.[panel.name] ?? [];
    if (frame.notes.hidden) chips.hidden = frame.notes.hidden.includes("samples");
    beneath(frame.tensors[`images/${over}`]?.data);
    const [wide, tall] = [side(), paper ? side() * paper : side()];
    const context = fit(overlay, wide, tall);
    context.clearRect(0, 0, wide, tall);
    for (const { box: [top, left, bottom, right], ink = "accent", text = "" } of marks)
      tagged(context, left * wide, top * tall, Math.max(4, (right - left) * wide), Math.max(4, (bottom - top) * tall), stage.palette[ink] ?? ink, text);
  }

  return {
    element: el("div", { class: "pad" }, el("div", { class: over ? "paper over" : "paper" }, under, canvas, overlay), tools, width, chips),
    draw,
    layout: repaint,
    hello: { panel: panel.name, kind: "hello" },
    /** What a new session must be told so that nothing drawn is lost. */
    keep: () => !example && !asked && ({
      panel: panel.name,
      kind: "restore",
      strokes: strokes.map(({ width, erase, points }) => [width, erase, points]),
      base: base ? btoa(String.fromCharCode(...base.data)) : null,
    }),
  };
}
