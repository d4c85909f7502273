// Painting a net: edges by their weight or gradient, every unit as its own map.

import { Scale } from "../colors.js";
import { cross } from "../marks.js";

/** Draw the edges; `lit` is the column and unit that is pointed at, `chosen` and `near` edges. */
export function edges(context, { curves, palette, values, theta, gradient, layers, frozen, lit, chosen, near }) {
  const [up, down] = gradient ? [palette.gradient_positive, palette.gradient_negative] : [palette.positive, palette.negative];
  const strongest = layers.map(() => 1e-9);
  for (const { layer, at } of curves) strongest[layer] = Math.max(strongest[layer], Math.abs(values[at]) || 0);
  for (const curve of curves) {
    const value = values[curve.at];
    const share = Math.abs(value) / strongest[curve.layer] || 0;
    const leads = lit && lit[0] === curve.layer + 1 && lit[1] === curve.unit;
    const picked = chosen?.at === curve.at || near?.at === curve.at;
    const held = frozen.has(curve.at);
    const cut = held && theta[curve.at] === 0;
    context.globalAlpha = picked ? 1 : leads ? 0.35 + 0.65 * share : lit ? 0.1 + 0.25 * share : 0.14 + 0.66 * share;
    context.strokeStyle = cut ? palette.dim : value < 0 ? down : up;
    context.lineWidth = (picked ? 2 : 0.4) + 3.4 * share;
    context.setLineDash(held ? (cut ? [1, 5] : [7, 4]) : []);
    const m = (curve.x0 + curve.x1) / 2;
    context.beginPath();
    context.moveTo(curve.x0, curve.y0);
    context.bezierCurveTo(m, curve.y0, m, curve.y1, curve.x1, curve.y1);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Return what paints the k-th map of a stack: all of them lie on one hidden canvas. */
export function sheetOf(sheet, palette, tensor, range, limitOf) {
  const [count, rows, cols] = tensor.shape;
  if (sheet.width !== cols || sheet.height !== rows * count) [sheet.width, sheet.height] = [cols, rows * count];
  const picture = sheet.getContext("2d").createImageData(cols, rows * count);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let k = 0; k < count; k++) {
    const scale = new Scale(palette, "signed", limitOf(k));
    scale.paint(tensor.data.subarray(k * rows * cols, (k + 1) * rows * cols), range[2 * k], range[2 * k + 1], pixels, k * rows * cols, cols, cols);
  }
  sheet.getContext("2d").putImageData(picture, 0, 0);
  return (context, k, x, y, size) => context.drawImage(sheet, 0, k * rows, cols, rows, x, y, size, size);
}

export function border(context, palette, x, y, size, hot, chosen) {
  context.strokeStyle = hot || chosen ? palette.accent : palette.line;
  context.lineWidth = hot ? 3 : chosen ? 2 : 1;
  context.strokeRect(x - 0.5, y - 0.5, size + 1, size + 1);
}

/** A dead unit is crossed out. */
export const dead = (context, palette, x, y, size) => cross(context, x, y, size, size, palette.ink);

/** A saturated unit has a thick bar on both flat ends. */
export function saturated(context, palette, x, y, size) {
  context.fillStyle = palette.ink;
  context.fillRect(x, y - 4, size, 2.5);
  context.fillRect(x, y + size + 1.5, size, 2.5);
}
