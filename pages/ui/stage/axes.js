// Axes around a box in a canvas: where a number stands in it, and the numbers and titles around it.

import { clamp } from "./dom.js";
import { upright } from "./marks.js";

const INSET = 4; // CSS pixels that the middle of a number keeps from the box's ends

/** The box that margins leave of a canvas of so many CSS pixels. */
export function inner(width, height, [left, bottom, edge]) {
  const [w, h] = [width - left - edge, height - bottom - edge];
  return { width, height, left, top: edge, right: left + w, bottom: edge + h, w, h };
}

/** Where v of the range [low, high] stands between `from` and `to`. */
export const along = (v, [low, high], [from, to]) => from + ((v - low) / (high - low)) * (to - from);

/** The two numbers under a pointer, of the ranges `x` and `y`; their ends where it is outside. */
export function pointed(event, canvas, { left, right, top, bottom }, x, y) {
  const frame = canvas.getBoundingClientRect();
  const [u, v] = [clamp(event.clientX - frame.left, left, right), clamp(event.clientY - frame.top, top, bottom)];
  return [along(u, [left, right], x), along(v, [bottom, top], y)];
}

/** The ends and the middle of a range. */
export const thirds = ([low, high]) => [low, (low + high) / 2, high];

/** Write [place, text] of `x` below the box and of `y` at its left, and the titles; draw the box,
 *  or with `grid` a line at each of `y`. */
export function axes(context, box, { x, y, titles: [across, up], grid = false }, palette) {
  const { left, top, right, bottom, w, h } = box;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.dim;
  context.font = "11px system-ui, sans-serif";
  context.lineWidth = 1;
  context.beginPath();
  if (!grid) context.rect(left + 0.5, top + 0.5, w - 1, h - 1);
  else for (const [at] of y) [context.moveTo(left, at), context.lineTo(right, at)];
  context.stroke();
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const [at, text] of y) context.fillText(text, left - 5, grid ? at : clamp(at, top + INSET, bottom - INSET));
  context.textBaseline = "alphabetic";
  for (const [at, text] of x) {
    context.textAlign = at <= left ? "left" : at >= right ? "right" : "center";
    context.fillText(text, at, bottom + 14);
  }
  context.textAlign = "center";
  context.fillText(across, left + w / 2, box.height - 5);
  upright(context, up, 9, top + h / 2);
}

/** Stroke a line through `count` places; where `place(i)` is null it has a gap, or a `bridge`. */
export function line(context, count, place, bridge = false) {
  let down = false;
  context.beginPath();
  for (let i = 0; i < count; i++) {
    const at = place(i);
    if (at) context[down ? "lineTo" : "moveTo"](at[0], at[1]);
    down = at !== null || (bridge && down);
  }
  context.stroke();
}
