// photo: a picture whose cells can be pointed at.  Windows are marked on it, few cells show their
// numbers, and where there is no picture a sentence says why.

import * as maps from "./maps.js";
import { Scale, short } from "../colors.js";
import { clamp, el, fit, place, write } from "../dom.js";
import { tagged } from "../marks.js";

const READABLE = 14; // cells a side up to which numbers fit
const SMALL = 12; // CSS pixels below which a mark gets a ring to be found by

export function create(panel, stage) {
  const { size = 300, pointer = true, hover = true, least = 0, setting = "" } = panel.options; // least: CSS pixels; it scrolls where there are fewer
  const map = maps.create({ ...panel, options: { columns: 1, tile: size, gap: 0, click: false, read: false, ...panel.options } }, stage);
  const { canvas } = map;
  const sentence = el("p", { class: "why", role: "status" });
  let [grid, cursor, bitmap, shown, room] = [[1, 1], null, null, {}, 0];
  let [turn, lit] = [0, false]; // what was asked for last, and whether it is a photograph

  function tell(kind, cell) {
    if (cursor && cell.row === cursor.row && cell.col === cursor.col && kind === "hover") return;
    cursor = cell;
    stage.send({ panel: panel.name, kind, ...cell });
  }

  const at = (event) => {
    const [u, v] = place(event, canvas);
    return { row: Math.floor(v * grid[0]), col: Math.floor(u * grid[1]) };
  };

  if (pointer) {
    canvas.tabIndex = 0;
    canvas.classList.add("clickable");
    if (hover) canvas.addEventListener("pointermove", (event) => tell("hover", at(event)));
    canvas.addEventListener("click", (event) => {
      tell("click", at(event));
      stage.rest();
    });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      const from = cursor ?? { row: grid[0] >> 1, col: grid[1] >> 1 };
      tell("click", { row: clamp(from.row + step[0], 0, grid[0] - 1), col: clamp(from.col + step[1], 0, grid[1] - 1) });
      stage.rest();
    });
  }

  function draw(frame, calm) {
    const { notes } = frame;
    grid = notes.grids?.[panel.name] ?? grid;
    const why = notes.faults?.[panel.name] ?? "";
    write(sentence, why);
    const colour = frame.notes.photos?.includes(panel.name);
    map.element.classList.toggle("faint", Boolean(why));
    map.element.classList.toggle("unscaled", Boolean(colour || why));
    if (!colour) {
      if (lit) turn++; // what is still being decoded comes too late
      [shown, lit] = [{}, false];
      const above = JSON.stringify([why, turn, notes.marks?.[panel.name]]);
      if (!map.draw({ ...frame, notes: { ...notes, marks: {} } }, calm, above) || why) return;
      numbers(frame);
      return marks(notes);
    }
    const data = frame.tensors[`images/${panel.name}`]?.data;
    if (!data) return;
    lit = true;
    if (bitmap?.data === data) return photograph(notes);
    const side = wide();
    if (!bitmap) fit(canvas, side, (side * grid[0]) / grid[1]); // the stage lays out before it is decoded
    const mine = ++turn;
    createImageBitmap(new Blob([data])).then((decoded) => {
      if (mine !== turn) return;
      bitmap = { data, decoded };
      photograph(stage.last?.notes ?? notes);
    });
  }

  const wide = () => {
    room ||= canvas.closest(".columns")?.clientWidth || Infinity; // asking forces a layout
    return Math.max(least, Math.min(size * stage.k, stage.room, room));
  };

  /** Draw the photograph and its marks, unless both stand there already. */
  function photograph(notes) {
    const side = wide();
    const tall = (side * bitmap.decoded.height) / bitmap.decoded.width;
    const now = JSON.stringify([side, notes.marks?.[panel.name]]);
    if (shown.picture === bitmap.decoded && shown.how === now) return;
    shown = { picture: bitmap.decoded, how: now };
    const context = fit(canvas, side, tall);
    context.clearRect(0, 0, side, tall); // a picture may be clear in places
    context.imageSmoothingEnabled = true;
    context.drawImage(bitmap.decoded, 0, 0, side, tall);
    marks(notes);
  }

  /** Write the numbers into the cells where there are few enough. */
  function numbers(frame) {
    const tensor = frame.tensors[`maps/${panel.name}`];
    if (!tensor || Math.max(...grid) > READABLE) return;
    const [low, high] = frame.tensors[`range/${panel.name}`].data;
    const name = frame.notes.colors?.[panel.name] ?? "signed";
    const scale = new Scale(stage.palette, name, Math.max(Math.abs(low), Math.abs(high)));
    const context = canvas.getContext("2d");
    const [h, w] = [canvas.clientHeight / grid[0], canvas.clientWidth / grid[1]];
    context.font = `${Math.round(Math.min(h * 0.4, 17))}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const exact = frame.tensors[`values/${panel.name}`]?.data;
    tensor.data.forEach((level, i) => {
      const value = exact?.length === tensor.data.length ? exact[i] : low + (level / 254) * (high - low);
      context.fillStyle = scale.inkOn(value);
      context.fillText(short(value).replace(/\.?0+$/, "") || "0", ((i % grid[1]) + 0.5) * w, (Math.floor(i / grid[1]) + 0.5) * h);
    });
  }

  function marks(notes) {
    const side = wide();
    const [h, w] = [(side * (grid[0] / grid[1])) / grid[0], side / grid[1]];
    const context = canvas.getContext("2d");
    context.strokeStyle = stage.palette.accent;
    context.fillStyle = stage.palette.ink;
    for (const { dot } of notes.marks?.[panel.name] ?? []) {
      if (!dot) continue;
      context.beginPath();
      context.arc((dot[1] + 0.5) * w, (dot[0] + 0.5) * h, Math.max(1.5, Math.min(w, h) / 4), 0, 7);
      context.fill();
    }
    for (const { line, ring, ink = "accent" } of notes.marks?.[panel.name] ?? []) {
      context.strokeStyle = stage.palette[ink];
      context.lineWidth = 1.25;
      context.beginPath();
      if (line) [context.moveTo(line[1] * w, line[0] * h), context.lineTo(line[3] * w, line[2] * h)];
      if (ring) {
        const [row, col, radius, angle = null] = ring; // the angle runs clockwise from the right
        context.arc(col * w, row * h, radius * w, angle ?? 0, (angle ?? 0) + 7);
        if (angle !== null) context.lineTo(col * w, row * h);
      }
      context.stroke();
    }
    for (const { box, ink = "accent", text = "", thick = 2 } of notes.marks?.[panel.name] ?? []) {
      if (!box) continue;
      const [top, left, bottom, right] = box;
      const [x, y, wide, tall] = [left * w, top * h, (right - left) * w, (bottom - top) * h];
      tagged(context, x, y, wide, tall, stage.palette[ink] ?? ink, text, thick);
      if (Math.max(wide, tall) >= SMALL) continue;
      context.beginPath();
      context.arc(x + wide / 2, y + tall / 2, SMALL, 0, 7);
      context.stroke();
    }
  }

  /** What a new session must be told where a cell stands for a setting. */
  const keep = () => {
    const value = stage.last?.notes.settings?.[setting];
    return value === undefined ? null : { setting, value };
  };

  return { element: el("div", { class: "photo" }, map.element, sentence), draw, layout: () => ([shown, room] = [{}, 0]), hello: { panel: panel.name, kind: "hello" }, keep };
}
