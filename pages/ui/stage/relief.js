// A relief: a field over the plane as shades with level lines between them.

import { rgb } from "./colors.js";

const BANDS = 16;

/** Paint a field (rows, columns), row 0 at the lower edge, on a canvas of w x h pixels; return its
 * lowest and its highest value.  Levels are steps of the logarithm of the height above the lowest. */
export function relief(sheet, { data, shape: [rows, columns] }, w, h, palette) {
  const [low, high] = bounds(data);
  const unit = (high - low) / 400 || 1;
  const top = Math.log1p((high - low) / unit);
  const level = (v) => (Number.isFinite(v) ? (BANDS * Math.log1p((v - low) / unit)) / top : BANDS);
  [sheet.width, sheet.height] = [w, h];
  const context = sheet.getContext("2d");
  const image = context.createImageData(w, h);
  const [from, to, line] = [palette.card, palette.line, palette.dim].map(rgb);
  const above = new Float32Array(w);
  for (let j = 0; j < h; j++) {
    const v = (1 - j / (h - 1)) * (rows - 1);
    const r = Math.min(rows - 2, v | 0);
    let left = -1;
    for (let i = 0; i < w; i++) {
      const u = (i / (w - 1)) * (columns - 1);
      const c = Math.min(columns - 2, u | 0);
      const [s, t, at] = [u - c, v - r, r * columns + c];
      const value = (1 - t) * ((1 - s) * data[at] + s * data[at + 1]) + t * ((1 - s) * data[at + columns] + s * data[at + columns + 1]);
      const l = level(value);
      const edge = (j > 0 && (above[i] | 0) !== (l | 0)) || (left >= 0 && (left | 0) !== (l | 0));
      above[i] = left = l;
      const share = 1 - (l | 0) / BANDS;
      const k = 4 * (j * w + i);
      for (let q = 0; q < 3; q++) image.data[k + q] = edge ? 0.55 * line[q] + 0.45 * to[q] : from[q] + share * (to[q] - from[q]);
      image.data[k + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return [low, high];
}

function bounds(data) {
  let [low, high] = [Infinity, -Infinity];
  for (const v of data) if (Number.isFinite(v)) [low, high] = [Math.min(low, v), Math.max(high, v)];
  return [low, high];
}
