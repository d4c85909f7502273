// A grid of numbers on coloured cells, drawn into any canvas.

import { short } from "./colors.js";

const WIDE = 0.58; // of a digit, in heights of the type
const USUAL = 5; // characters that fit at any time, so that a sign does not change the type

/** Draw `values` (rows x cols) at (x, y); returns nothing.  `on(i)` says which cells are lit. */
export function drawGrid(context, { values, rows, cols, x, y, cell, gap = 2, scale, palette, digits = 2, on = () => true, ring = -1, bare = false, blank = false }) {
  const texts = bare ? [] : Array.from({ length: rows * cols }, (_, i) => short(values[i], digits).replace(/^(−?)0\./, "$1."));
  const longest = texts.reduce((most, text) => Math.max(most, text.length), USUAL);
  const high = Math.min(18, Math.round(cell * 0.32), Math.floor((cell - 4) / (WIDE * longest)));
  context.font = `${Math.max(7, high)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let i = 0; i < rows * cols; i++) {
    const [left, top] = [x + (i % cols) * (cell + gap), y + Math.floor(i / cols) * (cell + gap)];
    const value = values[i];
    context.globalAlpha = on(i) ? 1 : 0.25;
    const empty = blank && Number.isNaN(value); // not computed yet
    context.fillStyle = empty ? palette.background : scale.css(value);
    context.beginPath();
    context.roundRect(left, top, cell, cell, 3);
    context.fill();
    context.strokeStyle = i === ring ? palette.accent : palette.line;
    context.lineWidth = i === ring ? 2.5 : 1;
    context.stroke();
    if (!bare && !empty) {
      context.fillStyle = scale.inkOn(value);
      context.fillText(texts[i], left + cell / 2, top + cell / 2 + 0.5);
    }
  }
  context.globalAlpha = 1;
}

/** The cell under a pointer at (u, v) CSS pixels, or -1. */
export function cellAt({ x, y, rows, cols, cell, gap = 2 }, u, v) {
  const [col, row] = [Math.floor((u - x) / (cell + gap)), Math.floor((v - y) / (cell + gap))];
  return col >= 0 && row >= 0 && col < cols && row < rows ? row * cols + col : -1;
}

export const largest = (values) => values.reduce((m, v) => (Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 0);
