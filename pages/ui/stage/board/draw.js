// A board and what stands on it, drawn into any canvas at any size: crossings (Go), slots into which
// discs fall (Connect Four), squares (tic-tac-toe).

import { rgb } from "../colors.js";
import { circle } from "../marks.js";

const PLAIN = 13; // CSS pixels of a cell below which only what is needed is drawn

const mix = (a, b, share) => `rgb(${rgb(a).map((v, i) => Math.round(v + (rgb(b)[i] - v) * share)).join(" ")})`;

/** The colour of a player's pieces: black and white, or blue and orange as of a value's sign. */
export const inkOf = (kind, player, palette) => (kind === "crossings" ? (player === 1 ? palette.black : palette.white) : player === 1 ? palette.positive : palette.negative);

/** Draw `board` {kind, rows, cols, cells, last, line, taken} with its corner at (x, y).
 *  falling: {index, above}: one disc is `above` cells over its place. */
export function drawBoard(context, board, x, y, cell, { palette }, falling = null) {
  const { kind, rows, cols } = board;
  const [wide, high] = [cols * cell, rows * cell];
  const middle = (i) => [x + ((i % cols) + 0.5) * cell, y + (Math.floor(i / cols) + 0.5) * cell];
  context.save();
  ({ crossings, slots, squares })[kind](context, { x, y, wide, high, rows, cols, cell, palette });
  if (kind === "slots" && falling) {
    const [u, v] = middle(falling.index);
    context.beginPath();
    context.rect(x, y, wide, high);
    context.clip();
    piece(context, kind, board.cells[falling.index], u, v - falling.above * cell, cell, palette);
  }
  for (let i = 0; i < rows * cols; i++) {
    const [u, v] = middle(i);
    if (board.cells[i] && falling?.index !== i) piece(context, kind, board.cells[i], u, v, cell, palette);
  }
  context.restore();
  for (const [row, col] of board.taken ?? []) circle(context, ...middle(row * cols + col), cell * 0.3, palette.negative, Math.max(1, cell * 0.04), [cell * 0.08, cell * 0.08]);
  if (board.last && !falling) mark(context, kind, board, ...middle(board.last[0] * cols + board.last[1]), cell, palette);
  if (board.line?.length) through(context, board.line.map(([row, col]) => middle(row * cols + col)), cell, palette);
}

function crossings(context, { x, y, wide, high, rows, cols, cell, palette }) {
  context.fillStyle = palette.wood;
  context.beginPath();
  context.roundRect(x, y, wide, high, Math.min(6, cell / 6));
  context.fill();
  context.strokeStyle = palette.grain;
  context.lineWidth = cell < PLAIN ? 0.5 : 1;
  const half = cell / 2;
  context.beginPath();
  for (let i = 0; i < cols; i++) {
    context.moveTo(x + half + i * cell, y + half);
    context.lineTo(x + half + i * cell, y + high - half);
  }
  for (let i = 0; i < rows; i++) {
    context.moveTo(x + half, y + half + i * cell);
    context.lineTo(x + wide - half, y + half + i * cell);
  }
  context.stroke();
  if (cell < PLAIN) return;
  circle(context, x + wide / 2, y + high / 2, Math.max(2, cell * 0.06), palette.grain); // as on large boards
}

function slots(context, { x, y, wide, high, rows, cols, cell, palette }) {
  context.fillStyle = mix(palette.card, palette.dim, 0.28);
  context.beginPath();
  context.roundRect(x, y, wide, high, Math.min(9, cell / 5));
  context.fill();
  for (let i = 0; i < rows * cols; i++) circle(context, x + ((i % cols) + 0.5) * cell, y + (Math.floor(i / cols) + 0.5) * cell, cell * 0.4, palette.background);
}

function squares(context, { x, y, wide, high, rows, cols, cell, palette }) {
  context.fillStyle = palette.background;
  context.beginPath();
  context.roundRect(x, y, wide, high, Math.min(6, cell / 6));
  context.fill();
  context.strokeStyle = palette.dim;
  context.lineWidth = cell < PLAIN ? 0.6 : 1.5;
  context.beginPath();
  for (let i = 1; i < cols; i++) {
    context.moveTo(x + i * cell, y + cell * 0.08);
    context.lineTo(x + i * cell, y + high - cell * 0.08);
  }
  for (let i = 1; i < rows; i++) {
    context.moveTo(x + cell * 0.08, y + i * cell);
    context.lineTo(x + wide - cell * 0.08, y + i * cell);
  }
  context.stroke();
}

/** Draw a player's piece about (u, v). */
export function piece(context, kind, player, u, v, cell, palette) {
  const color = inkOf(kind, player, palette);
  if (kind === "squares") return sign(context, player, u, v, cell, color);
  const radius = cell * (kind === "slots" ? 0.4 : 0.46);
  let fill = color;
  if (kind === "crossings" && cell >= PLAIN) {
    const shine = context.createRadialGradient(u - radius * 0.35, v - radius * 0.4, radius * 0.1, u, v, radius);
    shine.addColorStop(0, player === 1 ? mix(color, "#ffffff", 0.26) : "#ffffff");
    shine.addColorStop(1, mix(color, "#0e1117", player === 1 ? 0.7 : 0.13));
    fill = shine;
  }
  circle(context, u, v, radius, fill);
  if (kind === "crossings") circle(context, u, v, radius, mix(color, "#0e1117", player === 1 ? 1 : 0.41), cell < PLAIN ? 0.4 : 0.8);
  else if (cell >= PLAIN) circle(context, u, v, radius * 0.68, mix(color, "#ffffff", 0.35), Math.max(1, cell * 0.035));
}

/** A cross of the first player, a circle of the second. */
function sign(context, player, u, v, cell, color) {
  const r = cell * 0.28;
  if (player === 2) return circle(context, u, v, r * 1.08, color, cell * 0.11);
  context.strokeStyle = color;
  context.lineWidth = cell * 0.11;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(u - r, v - r);
  context.lineTo(u + r, v + r);
  context.moveTo(u - r, v + r);
  context.lineTo(u + r, v - r);
  context.stroke();
  context.lineCap = "butt";
}

/** Mark the last move. */
function mark(context, kind, board, u, v, cell, palette) {
  if (kind === "squares") return circle(context, u + cell * 0.38, v - cell * 0.38, Math.max(1.2, cell * 0.05), palette.dim);
  const player = board.cells[board.last[0] * board.cols + board.last[1]];
  const color = kind === "slots" || player === 1 ? palette.white : palette.black;
  if (cell >= PLAIN) return circle(context, u, v, cell * 0.2, color, Math.max(1.4, cell * 0.05));
  circle(context, u, v, cell * 0.16, color);
}

/** Draw the winning line. */
function through(context, places, cell, palette) {
  for (const [color, width] of [[palette.card, 0.2], [palette.ink, 0.1]]) {
    context.strokeStyle = color;
    context.lineWidth = Math.max(1, cell * width);
    context.lineCap = "round";
    context.beginPath();
    places.forEach(([u, v], i) => (i ? context.lineTo(u, v) : context.moveTo(u, v)));
    context.stroke();
  }
  context.lineCap = "butt";
}
