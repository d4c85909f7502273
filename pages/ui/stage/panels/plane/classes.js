// The colours of classes on the plane, by name and by key in the palette.

import { rgb } from "../../colors.js";

export const CLASSES = [["orange", "negative"], ["blue", "positive"], ["purple", "gradient_positive"], ["green", "done"], ["grey", "dim"]];
const OPACITY = 215;

/** Mix the colours of the classes by their shares into RGBA bytes.  field: (classes, rows, cols) as
 * levels 0..254 of `ranges`, a low and a high for each class. */
export function blend(bytes, { data, shape: [n, rows, cols] }, ranges, palette) {
  const inks = CLASSES.slice(0, n).map(([, key]) => rgb(palette[key]));
  const size = rows * cols;
  for (let i = 0; i < size; i++) {
    let [r, g, b] = [0, 0, 0];
    for (let k = 0; k < n; k++) {
      const share = ranges[2 * k] + (data[k * size + i] / 254) * (ranges[2 * k + 1] - ranges[2 * k]);
      r += share * inks[k][0];
      g += share * inks[k][1];
      b += share * inks[k][2];
    }
    bytes[4 * i] = r;
    bytes[4 * i + 1] = g;
    bytes[4 * i + 2] = b;
    bytes[4 * i + 3] = OPACITY;
  }
}
