// Where everything of a net lies: columns of tiles from the features to the output, an edge a weight.

const [LABEL, FOOT] = [56, 8]; // CSS pixels left of the tiles, below
const CATCH = 6; // CSS pixels from an edge at which it is caught
const SAMPLES = 12; // points of a curve that is looked for

/** Return {w, h, tile, columns, curves} for a net in a box of w x h CSS pixels. */
export function layout(news, { w, h, k, narrow }) {
  const counts = [news.features.length, ...news.layers.map((layer) => layer.size)];
  const head = narrow ? 92 : 58; // CSS pixels above the tiles
  const room = (h - head - FOOT) / Math.max(...counts);
  const left = narrow ? 48 : LABEL;
  const step = (w - left) / counts.length;
  const tile = Math.max(12, Math.min((room > 90 ? 64 : 40) * Math.max(1, k), room - 7, step * 0.62));
  const columns = counts.map((count, c) => {
    const x = left + (c / Math.max(1, counts.length - 1)) * (w - left - tile - 2);
    const gap = Math.min(room, tile + 26);
    const top = head + (h - head - FOOT - gap * count) / 2 + (gap - tile) / 2;
    return [...Array(count).keys()].map((unit) => ({ x, y: top + unit * gap }));
  });
  const curves = news.layers.flatMap((layer, c) => {
    const on = c === 0 ? news.features.map((f, i) => (f.on ? i : -1)).filter((i) => i >= 0) : columns[c].map((_, i) => i);
    return columns[c + 1].flatMap((to, unit) =>
      on.map((from, source) => ({
        layer: c, unit, source: source + 1, from, at: layer.at + unit * (on.length + 1) + source + 1,
        x0: columns[c][from].x + tile, y0: columns[c][from].y + tile / 2, x1: to.x, y1: to.y + tile / 2,
      })),
    );
  });
  return { w, h, tile, columns, curves };
}

/** The point of a curve at t in [0, 1]. */
export function pointOf({ x0, y0, x1, y1 }, t) {
  const [m, s] = [(x0 + x1) / 2, 1 - t];
  return [s ** 3 * x0 + 3 * s * s * t * m + 3 * s * t * t * m + t ** 3 * x1, s ** 3 * y0 + 3 * s * s * t * y0 + 3 * s * t * t * y1 + t ** 3 * y1];
}

/** The curve that a pointer at (u, v) catches, or null. */
export function edgeAt(curves, u, v) {
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

/** The curve that an arrow key leads to: up and down within a layer, left and right along the net. */
export function edgeBeside(curves, edge, key) {
  if (!edge) return curves[0] ?? null;
  const near = key === "ArrowRight" ? curves.filter((c) => c.layer === edge.layer + 1 && c.from === edge.unit) : key === "ArrowLeft" ? curves.filter((c) => c.layer === edge.layer - 1 && c.unit === edge.from) : curves.filter((c) => c.layer === edge.layer);
  if (key === "ArrowRight" || key === "ArrowLeft") return near[0] ?? edge;
  const at = near.findIndex((c) => c.at === edge.at);
  return near[(at + (key === "ArrowDown" ? 1 : -1) + near.length) % near.length];
}
