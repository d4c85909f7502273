// maps: a stack of 2-D arrays as tiles.  Click a cell to inspect it; arrows move the cell.  Where a
// tile is chosen as a whole, arrows move a frame from tile to tile, and Enter chooses.

import { Scale, short } from "../colors.js";
import { alike, clamp, el, fit, place, write } from "../dom.js";
import { cross } from "../marks.js";

const GAP = 4;

export function create(panel, stage) {
  const { columns: most = 1, few = most, tile = 40, gap = GAP, click = true, whole = false, hover = false, read = !hover, aspect = 0 } = panel.options; // read: say the value under the pointer
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: click ? 0 : undefined });
  const swatch = el("span", { class: "swatch" });
  const range = el("span", { class: "range" });
  const readout = el("span", { class: "readout" });
  const sheet = document.createElement("canvas");
  let [state, cursor, pixels, over, look, looked, labels] = [null, null, null, "", "", null, null];

  let columns = most; // on a phone, few
  const side = () => Math.min(tile * stage.k, (stage.room - gap * (columns - 1)) / columns);
  const cells = () => ({ width: state.shape.at(-1), height: state.shape.length > 2 ? state.shape.at(-2) : 1 });

  function at(event) {
    if (!state) return null;
    const [u, v] = place(event, canvas);
    const [count, rows] = [state.shape[0], Math.ceil(state.shape[0] / columns)];
    const [across, down] = [u * columns, v * rows];
    const unit = Math.floor(down) * columns + Math.floor(across);
    if (unit >= count) return null;
    const { width, height } = cells();
    return { unit, row: Math.floor((down % 1) * height), col: Math.floor((across % 1) * width) };
  }

  /** The value of a cell in words, to as many digits as its level tells. */
  function value({ unit, row, col }) {
    const { width, height } = cells();
    const level = state.data[unit * width * height + row * width + col];
    const [low, high] = state.range.slice(2 * unit, 2 * unit + 2);
    const step = (high - low) / 254;
    const digits = clamp(Math.ceil(-Math.log10(step)), 0, 3);
    return short(level === 255 ? NaN : low + level * step, digits);
  }

  function choose(cell) {
    cursor = cell;
    stage.send({ panel: panel.name, kind: "click", ...cell });
    stage.rest();
  }

  canvas.addEventListener("pointermove", (event) => {
    const cell = at(event);
    if (!cell) return;
    const named = state.shape[0] > 1 ? `map ${cell.unit} ` : "";
    if (whole) write(readout, labels?.[cell.unit] ?? "");
    else if (read) write(readout, `${named}(${cell.row}, ${cell.col}) = ${value(cell)}`);
    const key = `${cell.unit} ${cell.row} ${cell.col}`;
    if (hover && key !== over) stage.send({ panel: panel.name, kind: "hover", ...cell });
    over = key;
  });
  canvas.addEventListener("pointerleave", () => write(readout, ""));
  if (click) {
    canvas.classList.add("clickable");
    canvas.addEventListener("click", (event) => at(event) && choose(at(event)));
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (whole) return browse(event, step);
      const turn = { PageUp: -1, PageDown: 1 }[event.key] ?? 0;
      if (!state || !(step || turn || event.key === "Enter")) return;
      event.preventDefault();
      const { width, height } = cells();
      const from = cursor ?? { unit: 0, row: height >> 1, col: width >> 1 };
      const wrap = (v, n) => (v + n) % n;
      choose({
        unit: wrap(from.unit + turn, state.shape[0]),
        row: wrap(from.row + (step?.[0] ?? 0), height),
        col: wrap(from.col + (step?.[1] ?? 0), width),
      });
    });
  }

  /** Among tiles: arrows look, Enter chooses. */
  function browse(event, step) {
    if (!state || !(step || event.key === "Enter" || event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation();
    looked ??= 0;
    if (!step) return choose({ unit: looked, row: 0, col: 0 });
    const to = looked + step[0] * columns + step[1];
    if (to >= 0 && to < state.shape[0]) looked = to;
    write(readout, labels?.[looked] ?? `${looked + 1}`);
    stage.redraw();
  }

  /** Draw the tiles; returns whether it had to.  above: what another panel will draw on them. */
  function draw(frame, calm, above = "") {
    const tensor = frame.tensors[`maps/${panel.name}`];
    if (!tensor) return false;
    const bounds = frame.tensors[`range/${panel.name}`].data;
    const same = state !== null && alike(state.data, tensor.data) && alike(state.range, bounds);
    state = { ...tensor, range: bounds };
    return render(frame, calm, same, above);
  }

  function render(frame, calm, same, above) {
    const { notes } = frame;
    labels = notes.labels?.[panel.name];
    columns = stage.room < Infinity ? few : most;
    const [count, { width, height }] = [state.shape[0], cells()];
    const rows = Math.ceil(count / columns);
    const size = side();
    const tall = size * (aspect || height / width);
    const map = notes.colors?.[panel.name] ?? panel.options.map ?? "signed";
    const mode = panel.options.scale ?? notes.scale ?? "layer";
    const limitOf = (from, to) => state.range.slice(2 * from, 2 * to).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const shared = notes.limits?.[panel.name] ?? panel.options.limit ?? (mode === "global" ? frame.limit : limitOf(0, count));
    const framed = looked !== null && canvas.matches(":focus") ? looked : null;
    const now = JSON.stringify([above, size, columns, framed, stage.themed, map, mode, shared, ...["labels", "off", "marks"].map((key) => notes[key]?.[panel.name])]);
    if (same && now === look) return false; // a canvas left alone costs the browser nothing
    look = calm ? now : ""; // the legend waits for a calm frame
    const context = fit(canvas, columns * (size + gap) - gap, rows * (tall + gap) - (notes.labels?.[panel.name] || panel.options.labelled ? 0 : gap));
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (sheet.width !== width || sheet.height !== height * count) {
      [sheet.width, sheet.height] = [width, height * count];
      pixels = sheet.getContext("2d").createImageData(width, height * count);
    }
    const packed = new Uint32Array(pixels.data.buffer);
    let scale;
    for (let k = 0; k < count; k++) {
      scale = new Scale(stage.palette, map, mode === "unit" ? limitOf(k, k + 1) : shared);
      const levels = state.data.subarray(k * width * height, (k + 1) * width * height);
      scale.paint(levels, state.range[2 * k], state.range[2 * k + 1], packed, k * width * height, width, width);
    }
    sheet.getContext("2d").putImageData(pixels, 0, 0);
    const off = new Set(notes.off?.[panel.name] ?? []);
    for (let k = 0; k < count; k++) {
      const [x, y] = [(k % columns) * (size + gap), Math.floor(k / columns) * (tall + gap)];
      context.drawImage(sheet, 0, k * height, width, height, x, y, size, tall);
      context.strokeStyle = stage.palette.line;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, size - 1, tall - 1);
      if (off.has(k)) cross(context, x, y, size, tall, stage.palette.dim);
      if (labels) label(context, labels[k], x, y + tall, size + gap - 4);
    }
    if (framed !== null) outline(context, { unit: framed, box: [2, 2, height - 2, width - 2] }, size, tall, width, height);
    for (const mark of notes.marks?.[panel.name] ?? []) outline(context, mark, size, tall, width, height);
    if (!calm) return true;
    swatch.style.background = scale.gradient();
    const bound = scale.limit < 0.005 ? scale.limit.toExponential(0).replace("-", "−") : short(scale.limit);
    write(range, mode === "unit" ? "by tile" : scale.signed ? `±${bound}` : `0 to ${bound}`);
    return true;
  }

  /** A few words under a tile, in the gap that the panel leaves for them; long ones are set closer. */
  function label(context, text, x, y, most) {
    context.fillStyle = stage.palette.dim;
    context.font = "11px system-ui, sans-serif";
    context.fillText(text, x, y + 12, most);
  }

  function outline(context, { unit, box }, size, tall, width, height) {
    const units = unit === null ? [...Array(state.shape[0]).keys()] : [unit];
    context.strokeStyle = stage.palette.accent;
    context.lineWidth = 2;
    for (const k of units) {
      const [x, y] = [(k % columns) * (size + gap), Math.floor(k / columns) * (tall + gap)];
      const [top, left, bottom, right] = box ?? [0, 0, height, width];
      const [u, v] = [size / width, tall / height];
      context.strokeRect(x + left * u, y + top * v, Math.max(3, (right - left) * u), Math.max(3, (bottom - top) * v));
    }
  }

  const legend = el("div", { class: "legend" }, swatch, range, readout);
  return { element: el("div", { class: "maps" }, canvas, legend), canvas, draw };
}
