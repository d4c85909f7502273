// Painting a plane: the field of one number or of classes' shares, lines, points, a cross.

import { line } from "../axes.js";
import { rgb } from "../colors.js";

export const CLASSES = [["orange", "negative"], ["blue", "positive"], ["purple", "gradient_positive"], ["green", "done"], ["grey", "dim"]];
const MANY = 1000; // points, from which each is a square without a rim
const FEW = 40; // points, below which each is drawn large

/** The colour of each class. */
export const classInks = (classes, palette) => (classes > CLASSES.length ? palette.ten : CLASSES.map(([, key]) => palette[key]));

/** The field as pixels on a sheet of its own. */
export function paintField(sheet, field, ranges, scale, palette) {
  const [n, rows, cols] = field.shape;
  [sheet.width, sheet.height] = [cols, rows];
  const context = sheet.getContext("2d");
  const picture = context.createImageData(cols, rows);
  if (n === 1) scale.paint(field.data, ranges[0], ranges[1], new Uint32Array(picture.data.buffer), 0, cols, cols);
  else blend(picture.data, field.data, n, rows * cols, ranges, palette);
  context.putImageData(picture, 0, 0);
}

/** The classes' colours, mixed by their shares. */
function blend(bytes, levels, n, size, ranges, palette) {
  const inks = CLASSES.slice(0, n).map(([, key]) => rgb(palette[key]));
  const hole = rgb(palette.dim); // where the net says no number
  for (let i = 0; i < size; i++) {
    let [r, g, b] = [0, 0, 0];
    for (let k = 0; k < n; k++) {
      const level = levels[k * size + i];
      if (level === 255) {
        [r, g, b] = hole;
        break;
      }
      const share = ranges[2 * k] + (level / 254) * (ranges[2 * k + 1] - ranges[2 * k]);
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

/** Lines over the plane, (lines, 2, places); a strong one is a border, the others a grid. */
export function paintLines(context, lines, { X, Y }, palette, strong) {
  const [count, , along] = lines.shape;
  context.strokeStyle = strong ? palette.ink : palette.dim;
  context.globalAlpha = strong ? 1 : 0.55;
  context.lineWidth = strong ? 2 : 1;
  for (let k = 0; k < count; k++) line(context, along, (i) => [X(lines.data[2 * k * along + i]), Y(lines.data[(2 * k + 1) * along + i])]);
  context.globalAlpha = 1;
}

/** Points, (x, y, label[, trains]); a white rim for training, a dark one for testing. */
export function paintPoints(context, points, { X, Y }, palette, scale, classes) {
  const [rows, count] = points.shape;
  const value = (row, i) => points.data[row * count + i];
  const radius = count > 400 ? 2.4 : count > FEW ? 3.6 : 5.5;
  const inks = classInks(classes, palette);
  const plain = rows < 4 && count > FEW; // the rim says nothing, and must not outshine the point
  for (let i = 0; i < count; i++) {
    const label = value(2, i);
    const trains = rows < 4 || value(3, i) > 0.5;
    context.fillStyle = classes === 0 ? scale.css(label) : inks[label];
    if (count > MANY) {
      context.fillRect(X(value(0, i)) - 1.6, Y(value(1, i)) - 1.6, 3.2, 3.2);
      continue;
    }
    if (count <= FEW) disc(context, X(value(0, i)), Y(value(1, i)), radius + 2.2, "#0e1117"); // seen on any field
    context.strokeStyle = plain ? palette.card : trains ? "#ffffff" : "#0e1117";
    context.lineWidth = plain ? 0.8 : count > FEW ? 1.4 : 2;
    context.beginPath();
    context.arc(X(value(0, i)), Y(value(1, i)), radius, 0, 7);
    context.fill();
    context.stroke();
  }
}

function disc(context, x, y, radius, color) {
  const ink = context.fillStyle;
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
  context.fillStyle = ink;
}

/** What a line is dragged by: its foot, and the arrow that points to where the sum grows. */
export function paintHandles(context, [foot, tip], palette, held) {
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  line(context, 2, (i) => [foot, tip][i]);
  [[foot, 7], [tip, 6]].forEach(([place, size], i) => {
    context.beginPath();
    context.arc(...place, size, 0, 7);
    context.fillStyle = held === i ? palette.accent : palette.card;
    context.fill();
    context.stroke();
  });
}

/** Places that are dragged, each with its name. */
export function paintPlaces(context, places, names, palette, held) {
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  places.forEach(([x, y], i) => {
    disc(context, x, y, 11, "#ffffff");
    disc(context, x, y, 9.5, held === i ? palette.accent : "#0e1117");
    context.fillStyle = "#ffffff";
    context.fillText(names[i], x, y + 0.5);
  });
  context.textBaseline = "alphabetic";
}

/** Arrows, (x, y, dx, dy) in the plane's units. */
export function paintArrows(context, arrows, { X, Y }, palette) {
  const count = arrows.shape[1];
  const value = (row, i) => arrows.data[row * count + i];
  context.strokeStyle = context.fillStyle = palette.gradient_positive;
  context.lineWidth = 1.3;
  for (let i = 0; i < count; i++) {
    const from = [X(value(0, i)), Y(value(1, i))];
    const to = [X(value(0, i) + value(2, i)), Y(value(1, i) + value(3, i))];
    const [u, v] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(u, v);
    if (length < 1) continue;
    const head = Math.min(5, length / 2) / length;
    line(context, 2, (k) => [from, to][k]);
    context.beginPath();
    context.moveTo(...to);
    context.lineTo(to[0] - head * (u + v / 2), to[1] - head * (v - u / 2));
    context.lineTo(to[0] - head * (u - v / 2), to[1] - head * (v + u / 2));
    context.fill();
  }
}

/** A cross that is seen on light and dark. */
export function paintCross(context, x, y) {
  for (const [color, width] of [["#ffffff", 3.5], ["#0e1117", 1.5]]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    for (const [u, v] of [[6, 0], [0, 6]]) line(context, 2, (i) => (i ? [x + u, y + v] : [x - u, y - v]));
  }
}
