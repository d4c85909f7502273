// Where the numbers of a graph stand: an edge's along the edge, where nothing else is.

export const ABOVE = 7; // CSS pixels from the middle of both numbers to that of one
const LINE = 13; // CSS pixels that a number is high
const MARGIN = 2; // CSS pixels that stay free around a number
const SHARES = [0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.24, -0.24, 0.3, -0.3, 0.36, -0.36, 0.42, -0.42]; // of the edge, from where a number would like to stand
const ASIDE = [0, 9, -9, 17, -17, 26, -26]; // CSS pixels above and below that
const CROSSED = 0.3; // what a line through a number counts, in shares of an edge
const APART = 0.012; // what a pixel aside counts

/** The box of a text with its middle at (x, y). */
const around = (x, y, width, height = LINE) => ({ left: x - width / 2 - MARGIN, right: x + width / 2 + MARGIN, top: y - height / 2, bottom: y + height / 2 });

const over = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** Whether the line from (x, y) to (u, v) runs through a box. */
function crosses([x, y], [u, v], box) {
  let [from, to] = [0, 1];
  for (const [p, d, low, high] of [[x, u - x, box.left, box.right], [y, v - y, box.top, box.bottom]]) {
    if (Math.abs(d) < 1e-9) {
      if (p < low || p > high) return false;
      continue;
    }
    const [a, b] = [(low - p) / d, (high - p) / d];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from < to;
}

/** The point at a share of a line of several parts. */
function along(points, share) {
  const lengths = points.slice(1).map(([u, v], i) => Math.hypot(u - points[i][0], v - points[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  let i = 0;
  while (i < lengths.length - 1 && left > lengths[i]) left -= lengths[i++];
  const t = lengths[i] ? left / lengths[i] : 0;
  return [points[i][0] + t * (points[i + 1][0] - points[i][0]), points[i][1] + t * (points[i + 1][1] - points[i][1])];
}

/** Where the numbers of edges stand, which stay there while they find it free.
 *
 *  taken: the boxes of nodes and of what is written at them; edges: [{points, share, up, down}] with
 *  widths `up` and `down` in CSS pixels, 0 for none; before: what this returned for the same graph.
 *  Returns [{x, y, boxes, free}] by edge, (x, y) a point between the two numbers. */
export function arrange(taken, edges, before = []) {
  const placed = [...taken];
  return edges.map(({ points, share, up, down }, i) => {
    const boxesAt = ([x, y]) => [...(up ? [around(x, y - (down ? ABOVE : 0), up)] : []), ...(down ? [around(x, y + (up ? ABOVE : 0), down)] : [])];
    const covered = (boxes) => boxes.reduce((sum, box) => sum + placed.reduce((all, other) => all + over(box, other), 0), 0);
    const keep = (spot) => {
      placed.push(...spot.boxes);
      return spot;
    };
    const old = before[i] && { ...before[i], boxes: boxesAt([before[i].x, before[i].y]) };
    if (old && !covered(old.boxes)) return keep({ ...old, free: true });
    let [best, least] = [null, Infinity];
    for (const more of SHARES) {
      const at = share + more;
      if (at < 0.06 || at > 0.94) continue;
      const [x, y] = along(points, at);
      for (const aside of ASIDE) {
        const far = Math.abs(more) + APART * Math.abs(aside);
        if (far >= least) continue;
        const boxes = boxesAt([x, y + aside]);
        const hidden = covered(boxes);
        if (far + 1e3 * hidden >= least) continue;
        const lines = edges.reduce((count, other, j) => count + (j !== i && other.points.slice(1).some((point, k) => boxes.some((box) => crosses(other.points[k], point, box)))), 0);
        const cost = 1e3 * hidden + CROSSED * lines + far;
        if (cost < least) [best, least] = [{ x, y: y + aside, boxes, free: !hidden }, cost];
      }
    }
    return keep(best);
  });
}
