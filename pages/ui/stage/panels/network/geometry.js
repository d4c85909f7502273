// Where everything of a net stands: columns of tiles from the features to the output, and the
// curves of the weights between them.

const [HEAD, LABEL, FOOT] = [58, 56, 8]; // CSS pixels above the tiles, left of them, below
const CATCH = 6; // CSS pixels from an edge at which it is caught
const SAMPLES = 12; // points of a curve that is looked for

/** Lay a net out on w x h CSS pixels: {w, h, tile, columns: [[{x, y}]], curves}.  A curve knows
 * the weight's place in theta (`at`), its layer, unit and source (0 is the bias), and its ends. */
export function layOut({ features, layers }, w, h, { narrow, k: scale }) {
  const counts = [features.length, ...layers.map((layer) => layer.size)];
  const room = (h - HEAD - FOOT) / Math.max(...counts);
  const left = narrow ? 34 : LABEL;
  const step = (w - left) / counts.length;
  const tile = Math.max(12, Math.min(40 * Math.max(1, scale), room - 7, step * 0.62));
  const columns = counts.map((count, c) => {
    const x = counts.length === 1 ? left : left + (c / (counts.length - 1)) * (w - left - tile);
    const gap = Math.min(room, tile + 26);
    const top = HEAD + (h - HEAD - FOOT - gap * count) / 2 + (gap - tile) / 2;
    return [...Array(count).keys()].map((k) => ({ x, y: top + k * gap }));
  });
  const curves = layers.flatMap((layer, c) => {
    const active = c === 0 ? features.map((f, i) => (f.on ? i : -1)).filter((i) => i >= 0) : columns[c].map((_, i) => i);
    return columns[c + 1].flatMap((b, unit) =>
      active.map((from, source) => {
        const a = columns[c][from];
        const at = layer.at + unit * (active.length + 1) + source + 1;
        return { layer: c, unit, source: source + 1, from, at, x0: a.x + tile, y0: a.y + tile / 2, x1: b.x, y1: b.y + tile / 2 };
      }),
    );
  });
  return { w, h, tile, columns, curves };
}

/** The point of a curve at t in [0, 1]. */
export function pointOf({ x0, y0, x1, y1 }, t) {
  const [m, s] = [(x0 + x1) / 2, 1 - t];
  return [s ** 3 * x0 + 3 * s * s * t * m + 3 * s * t * t * m + t ** 3 * x1, s ** 3 * y0 + 3 * s * s * t * y0 + 3 * s * t * t * y1 + t ** 3 * y1];
}

/** The curve that passes nearest to (u, v), if one is near enough to be meant; else null. */
export function curveAt(curves, u, v) {
  let [best, least] = [null, CATCH ** 2];
  for (const curve of curves) {
    if (u < curve.x0 - CATCH || u > curve.x1 + CATCH) continue;
    for (let i = 0; i <= SAMPLES; i++) {
      const [x, y] = pointOf(curve, i / SAMPLES);
      const [x2, y2] = pointOf(curve, Math.min(1, (i + 1) / SAMPLES));
      const [dx, dy] = [x2 - x, y2 - y];
      const t = Math.max(0, Math.min(1, ((u - x) * dx + (v - y) * dy) / (dx * dx + dy * dy || 1)));
      const d = (x + t * dx - u) ** 2 + (y + t * dy - v) ** 2;
      if (d < least) [best, least] = [curve, d];
    }
  }
  return best;
}
