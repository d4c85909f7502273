// How a road and the cars on it are painted.

import { Scale } from "../colors.js";
import { fit } from "../dom.js";

const LONG = 4.2; // metres of a car
const BROAD = 1.9;
const sprites = new Map(); // by colour and size: a car is painted once

export function clear(context, w, h) {
  context.clearRect(0, 0, w, h);
}

/** The middle of the road (2, N) as a closed path. */
export function roadPath({ data, shape: [, count] }, X, Y) {
  const path = new Path2D();
  for (let i = 0; i < count; i++) path[i ? "lineTo" : "moveTo"](X(data[i]), Y(data[count + i]));
  path.closePath();
  path.first = [X(data[0]), Y(data[count]), X(data[1]), Y(data[count + 1])];
  return path;
}

/** Paint the world without its cars: the ground, the road, a field on it, and the line where a lap begins. */
export function paintRoad(sheet, [w, h], { road, half, field, range, limit, map = "signed", faint }, palette) {
  const context = fit(sheet, w, h);
  context.clearRect(0, 0, w, h);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, w, h);
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, w - 1, h - 1);
  context.globalAlpha = faint ? 0.35 : 1;
  context.lineJoin = "round";
  const stroke = (color, width, dash = []) => {
    context.setLineDash(dash);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke(road);
    context.setLineDash([]);
  };
  stroke(palette.dim, 2 * half + 3); // the road's edges, and what lies between them
  stroke(field ? palette.card : palette.line, 2 * half - 1);
  if (field) {
    context.save();
    context.globalCompositeOperation = "source-atop";
    const veil = fit(document.createElement("canvas"), w, h);
    veil.lineJoin = "round";
    veil.lineWidth = 2 * half - 1;
    veil.stroke(road);
    veil.globalCompositeOperation = "source-in";
    veil.imageSmoothingEnabled = true;
    veil.drawImage(image(field, range, limit, map, palette), 0, 0, w, h);
    context.globalCompositeOperation = "source-over";
    context.drawImage(veil.canvas, 0, 0, w, h);
    context.restore();
  } else stroke(palette.card, 1.5, [half * 0.5, half * 0.5]);
  const [x, y, p, q] = road.first;
  const angle = Math.atan2(q - y, p - x);
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  for (let row = 0; row < 2; row++)
    for (let i = 0; i < 8; i++) {
      context.fillStyle = (i + row) % 2 ? palette.card : palette.ink;
      context.fillRect(row * 3, -half + (i * half) / 4, 3, half / 4);
    }
  context.restore();
  context.globalAlpha = 1;
}

function image({ data, shape: [, rows, columns] }, [low, high], limit, map, palette) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(columns, rows);
  new Scale(palette, map, limit).paint(data, low, high, new Uint32Array(pixels.data.buffer), 0, columns, columns);
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** A car seen from above, its middle at (0, 0) and its nose to the right. */
function sprite(ink, k, palette, strong) {
  const key = `${ink} ${k} ${palette.card} ${strong} ${devicePixelRatio}`;
  if (sprites.has(key)) return sprites.get(key);
  const [long, broad] = [LONG * k, BROAD * k];
  const size = Math.ceil(long + 8);
  const canvas = document.createElement("canvas");
  const context = fit(canvas, size, size);
  context.translate(size / 2, size / 2);
  context.fillStyle = palette.ink; // wheels
  for (const x of [-0.3, 0.28]) for (const y of [-0.5, 0.5]) context.fillRect(x * long - long * 0.09, y * broad - broad * 0.08, long * 0.18, broad * 0.16);
  const body = new Path2D();
  body.roundRect(-long / 2, -broad / 2, long, broad, broad * 0.32);
  context.fillStyle = ink;
  context.fill(body);
  context.strokeStyle = strong ? palette.ink : palette.card;
  context.lineWidth = strong ? 1.6 : 0.8;
  context.stroke(body);
  context.fillStyle = palette.card; // both windows
  context.globalAlpha = 0.85;
  const glass = new Path2D();
  glass.roundRect(long * 0.06, -broad * 0.36, long * 0.14, broad * 0.72, 1.5);
  glass.roundRect(-long * 0.3, -broad * 0.32, long * 0.1, broad * 0.64, 1.5);
  context.fill(glass);
  if (sprites.size > 40) sprites.clear();
  sprites.set(key, canvas);
  return canvas;
}

/** Paint a car at (x, y) CSS pixels; angle: clockwise on the screen; k: CSS pixels a metre. */
export function paintCar(context, x, y, angle, k, ink, { palette, strong, crashed }) {
  const canvas = sprite(ink, k, palette, strong);
  const size = canvas.width / devicePixelRatio;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.globalAlpha = crashed ? 0.35 : strong ? 1 : 0.8;
  context.translate(0.3 * LONG * k, 0); // its place is the rear axle
  context.imageSmoothingEnabled = true;
  context.drawImage(canvas, -size / 2, -size / 2, size, size);
  context.restore();
}
