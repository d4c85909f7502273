// The time axis that the pictures of a sound share: they stand under each other, and a moment has
// one place in all of them.

import { along } from "./axes.js";
import { clamp, el } from "./dom.js";

export const LEFT = 58; // CSS pixels for what stands at the left of a picture
const [RIGHT, AXIS] = [10, 18];
const TICKS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5]; // seconds between two numbers
const APART = 56; // CSS pixels at least between two numbers

/** The box of a picture `width` CSS pixels wide in all and `height` high without its axis. */
export function timeBox(width, height, axis = true) {
  return { left: LEFT, top: 1, w: width - LEFT - RIGHT, h: height, right: width - RIGHT, bottom: height + 1, width, height: height + (axis ? AXIS : 2) };
}

export const X = (box, seconds, end) => along(seconds, [0, end], [box.left, box.right]);

/** The moment under a pointer, in seconds. */
export function moment(event, canvas, box, end) {
  const frame = canvas.getBoundingClientRect();
  return clamp(along(event.clientX - frame.left, [box.left, box.right], [0, end]), 0, end);
}

/** Numbers in seconds below the box. */
export function timeAxis(context, box, end, palette) {
  const step = TICKS.find((tick) => (tick / end) * box.w >= APART) ?? TICKS.at(-1);
  context.fillStyle = palette.dim;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "alphabetic";
  for (let i = 0; i * step <= end; i++) {
    const x = X(box, i * step, end);
    if (x > box.right - 14) break;
    context.textAlign = i ? "center" : "left";
    context.fillText(Number((i * step).toFixed(2)).toString(), x, box.bottom + 14);
  }
  context.textAlign = "right";
  context.fillText("s", box.right, box.bottom + 14);
}

/** A line at a moment. */
export function cursor(context, box, seconds, end, ink) {
  const x = Math.round(X(box, seconds, end)) + 0.5;
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, box.top);
  context.lineTo(x, box.bottom);
  context.stroke();
}

/** A canvas with a line over it at what plays; `place(seconds)` is where, in CSS pixels. */
export function played(stage, canvas, place) {
  const head = el("div", { class: "playhead", hidden: true });
  const element = el("div", { class: "timed" }, canvas, head);
  function move({ detail }) {
    if (!element.isConnected) return stage.root.removeEventListener("playhead", move);
    head.hidden = detail === null;
    if (detail !== null) head.style.transform = `translateX(${place(detail)}px)`;
  }
  stage.root.addEventListener("playhead", move);
  return element;
}

/** Texts at the left of the box: [place from the top in [0, 1], text]; those too close are left out. */
export function leftTicks(context, box, ticks, palette) {
  context.fillStyle = palette.dim;
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "right";
  context.textBaseline = "middle";
  let last = -Infinity;
  for (const [place, text] of [...ticks].sort(([a], [b]) => a - b)) {
    const y = box.top + place * box.h;
    if (y - last < 11) continue;
    last = y;
    context.fillText(text, box.left - 6, clamp(y, box.top + 5, box.bottom - 4));
  }
}
