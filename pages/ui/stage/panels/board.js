// board: a game's board, on which one plays by pointer, finger or keys; or several small ones.
//
// values[name]: (rows, columns): 0 empty, 1 and 2 the players; or (K, rows, columns): K boards.
// values[name.shares]: (3, moves): share before the search, after it, and Q; NaN is none.
// notes[name] = {kind: "crossings" | "slots" | "squares", turn, legal: [0 or 1 a move], moves: a
// move's [row, col] or null, words: of the moves, across, down: coordinates, last, line, taken, chosen,
// values: [before, after], busy, texts: under each of several boards}.

import { short } from "../colors.js";
import { drawBoard, inkOf, piece } from "../board/draw.js";
import { clamp, el, fit, reducedMotion, write } from "../dom.js";
import { circle } from "../marks.js";

const EDGE = 22; // CSS pixels of the coordinates
const STRIP = 62; // CSS pixels of the bars under columns
const BAR = 36; // CSS pixels of a value's bar
const FALL = 70; // milliseconds a cell

export function create(panel, stage) {
  const { size = 420, act = "", shares = false, value = false, columns = 0, tile = 110 } = panel.options;
  const canvas = el("canvas", { role: "img", tabindex: act ? 0 : undefined, "aria-label": act ? `${panel.alt}. Arrow keys go over the board, Enter chooses.` : panel.alt, class: act ? "clickable" : "" });
  const readout = el("span", { class: "range", "aria-live": "polite" });
  const keys = el("div", { class: "legend" }, ...(shares ? [el("span", { class: "key hollow" }, "policy of the net"), shares === "policy" ? "" : el("span", { class: "key full" }, "visits of the search")] : []), act || shares ? readout : "");
  const element = el("div", { class: "board" }, canvas, keys.childElementCount ? keys : "");
  let [board, told, thought, at, falls, geometry] = [null, null, null, -1, null, null];

  function draw(frame) {
    const tensor = frame.tensors[`values/${panel.name}`];
    told = frame.notes[panel.name] ?? told;
    if (!tensor || !told) return;
    thought = frame.tensors[`values/${panel.name}.shares`] ?? null;
    const [rows, cols] = tensor.shape.slice(-2);
    const before = board;
    board = { ...told, rows, cols, cells: tensor.data, count: tensor.shape.length === 3 ? tensor.shape[0] : 0 };
    if (board.count || columns) return several();
    if (before && told.kind === "slots" && before.rows === rows && before.cols === cols && !reducedMotion()) dropped(before);
    render();
    tell();
  }

  /** Let the one disc that is new fall to its place. */
  function dropped(before) {
    const fresh = [...board.cells.keys()].filter((i) => board.cells[i] && !before.cells[i]);
    const gone = board.cells.some((v, i) => before.cells[i] && v !== before.cells[i]);
    if (fresh.length !== 1 || gone) return void (falls = gone ? null : falls);
    falls = { index: fresh[0], since: performance.now() };
    requestAnimationFrame(fall);
  }

  function fall() {
    if (!falls) return;
    render();
    if (falls) requestAnimationFrame(fall);
  }

  /** How far the falling disc is above its place, in cells; null when it has arrived. */
  function above() {
    if (!falls) return null;
    const high = Math.floor(falls.index / board.cols) + 1;
    const share = (performance.now() - falls.since) / (FALL * Math.sqrt(high) * 2);
    if (share >= 1) return (falls = null);
    return { index: falls.index, above: high * (1 - share * share) };
  }

  function measure() {
    const { rows, cols, kind } = board;
    const beside = value ? told.values.length * (BAR + 8) + 12 : 0;
    const edge = board.down?.some(Boolean) ? EDGE : 2; // slots have no names of rows
    const top = kind === "slots" && act ? 0.9 : 0; // cells above the board, for the disc in the hand
    const below = shares && kind === "slots" ? STRIP : 0;
    const room = Math.min(size * stage.k + beside, stage.narrow ? stage.width - 36 : Infinity);
    const cell = Math.floor(Math.min((room - edge - beside) / cols, (size * stage.k) / (rows + top)));
    return { cell, x: edge, y: Math.round(top * cell) + 2, wide: edge + cols * cell + beside + 2, high: Math.round(top * cell) + rows * cell + EDGE + below + 2, beside, below };
  }

  function render() {
    geometry = measure();
    const { cell, x, y, wide, high } = geometry;
    const context = fit(canvas, wide, high);
    context.clearRect(0, 0, wide, high);
    drawBoard(context, board, x, y, cell, stage, above());
    coordinates(context);
    if (thought && shares) (board.kind === "slots" ? strip : discs)(context);
    if (at >= 0) hand(context);
    if (board.chosen !== undefined && board.chosen !== null) outline(context, board.chosen);
    if (value) bars(context);
    if (typeof board.busy === "number") progress(context);
  }

  function coordinates(context) {
    const { cell, x, y } = geometry;
    context.fillStyle = stage.palette.dim;
    context.font = type(Math.min(13, 9 + cell / 14));
    context.textAlign = "center";
    context.textBaseline = "middle";
    board.across?.forEach((text, i) => context.fillText(text, x + (i + 0.5) * cell, y + board.rows * cell + 11));
    board.down?.forEach((text, i) => context.fillText(text, x - 11, y + (i + 0.5) * cell));
  }

  const type = (points, bold = "") => `${bold} ${points}px system-ui, "DejaVu Sans", sans-serif`;
  const middle = ([row, col]) => [geometry.x + (col + 0.5) * geometry.cell, geometry.y + (row + 0.5) * geometry.cell];
  const share = (line, move) => thought.data[line * thought.shape[1] + move];
  const percent = (v) => `${v > 0 && v < 0.01 ? "<1" : Math.round(100 * v)} %`;

  /** Shares as discs on the crossings: a ring before the search, a full disc after it. */
  function discs(context) {
    const { cell } = geometry;
    const disc = (v) => Math.max(2, cell * 0.46 * Math.sqrt(v)); // its area is the share
    context.textAlign = "center";
    context.textBaseline = "middle";
    board.moves.forEach((place, move) => {
      if (!place || !board.legal[move]) return;
      const [[u, v], before, after] = [middle(place), share(0, move), share(1, move)];
      if (after > 0) {
        context.globalAlpha = 0.78;
        circle(context, u, v, disc(after), stage.palette.accent);
        context.globalAlpha = 1;
      }
      if (before > 0.004) circle(context, u, v, disc(before), stage.palette.gradient_positive, 1.8);
      const most = Number.isNaN(after) ? before : after;
      if (!(most >= 0.02) || cell < 34) return;
      context.font = type(clamp(cell * 0.21, 10, 16), "600");
      context.lineWidth = 3.5;
      context.lineJoin = "round";
      context.strokeStyle = stage.palette.card;
      const radius = 0.46 * Math.sqrt(Math.max(before || 0, after || 0)); // in cells
      const low = radius < 0.24 ? v + (radius + 0.16) * cell : v; // under a small disc
      context.strokeText(percent(most), u, low);
      context.fillStyle = stage.palette.ink;
      context.fillText(percent(most), u, low);
    });
  }

  /** Shares as two bars under each column. */
  function strip(context) {
    const { cell, x, y } = geometry;
    const top = y + board.rows * cell + EDGE;
    const most = Math.max(0.3, ...thought.data.subarray(0, 2 * thought.shape[1]).filter((v) => !Number.isNaN(v)));
    const tall = STRIP - 20;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.font = type(Math.min(12, cell * 0.25));
    for (let move = 0; move < board.cols; move++) {
      const left = x + move * cell + cell * 0.2;
      const [before, after] = [share(0, move), share(1, move)];
      context.fillStyle = stage.palette.line;
      context.fillRect(left, top + tall, cell * 0.6, 1);
      if (before > 0) {
        context.strokeStyle = stage.palette.gradient_positive;
        context.lineWidth = 1.5;
        context.strokeRect(left + 0.75, top + tall * (1 - before / most) + 0.75, cell * 0.28 - 1.5, Math.max(0.5, (tall * before) / most - 1.5));
      }
      if (after > 0) {
        context.fillStyle = stage.palette.accent;
        context.fillRect(left + cell * 0.32, top + tall * (1 - after / most), cell * 0.28, (tall * after) / most);
      }
      const told = Number.isNaN(after) ? before : after;
      context.fillStyle = stage.palette.dim;
      context.fillText(Number.isNaN(told) ? "–" : percent(told), left + cell * 0.3, top + tall + 14);
    }
  }

  /** The piece in the hand: where it would stand, and over its column. */
  function hand(context) {
    const { cell, x } = geometry;
    const place = board.moves[at];
    if (!place) return;
    const [u, v] = middle(place);
    const open = board.legal[at];
    if (act === "play" && open) {
      context.globalAlpha = 0.45;
      piece(context, board.kind, board.turn, u, v, cell, stage.palette);
      context.globalAlpha = 1;
      if (board.kind === "slots") piece(context, board.kind, board.turn, x + (place[1] + 0.5) * cell, cell * 0.44, cell * 0.9, stage.palette);
    }
    context.strokeStyle = open ? stage.palette.accent : stage.palette.negative;
    context.lineWidth = 2;
    const wide = cell * 0.94;
    context.beginPath();
    context.roundRect(u - wide / 2, v - wide / 2, wide, wide, 5);
    context.stroke();
  }

  function outline(context, move) {
    const place = board.moves[move];
    if (!place) return;
    const [u, v] = middle(place);
    context.strokeStyle = stage.palette.accent;
    context.lineWidth = 3;
    context.strokeRect(u - geometry.cell * 0.47, v - geometry.cell * 0.47, geometry.cell * 0.94, geometry.cell * 0.94);
  }

  /** The value as the net has it and as the search has it: how much of a bar is the first player's. */
  function bars(context) {
    const { cell, x, y } = geometry;
    const [high, left] = [board.rows * cell, x + board.cols * cell + 16];
    (board.values ?? []).forEach((v, i) => {
      const from = left + i * (BAR + 8);
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = stage.palette.dim;
      context.font = type(11);
      context.fillText(["net", "search"][i], from + BAR / 2, y + high + 11);
      if (typeof v !== "number") {
        context.strokeStyle = stage.palette.line;
        context.strokeRect(from + 0.5, y + 0.5, BAR - 1, high - 1);
        return;
      }
      const cut = y + (high * (1 - v)) / 2;
      context.fillStyle = inkOf(board.kind, 2, stage.palette);
      context.fillRect(from, y, BAR, high);
      context.fillStyle = inkOf(board.kind, 1, stage.palette);
      context.fillRect(from, cut, BAR, y + high - cut);
      context.strokeStyle = stage.palette.dim;
      context.lineWidth = 1;
      context.strokeRect(from + 0.5, y + 0.5, BAR - 1, high - 1);
      context.beginPath();
      context.moveTo(from - 3, y + high / 2);
      context.lineTo(from + BAR + 3, y + high / 2);
      context.stroke();
      const [text, where] = [short(v).replace(/^(?=\d)/, "+"), clamp(cut, y + 12, y + high - 12)];
      context.font = type(11, "600");
      context.lineWidth = 3.5;
      context.lineJoin = "round";
      context.strokeStyle = stage.palette.card;
      context.strokeText(text, from + BAR / 2, where);
      context.fillStyle = stage.palette.ink;
      context.fillText(text, from + BAR / 2, where);
    });
  }

  /** How much of the search is done, as a line along the upper edge. */
  function progress(context) {
    const { cell, x, y } = geometry;
    context.fillStyle = stage.palette.line;
    context.fillRect(x, y - 2, board.cols * cell, 3);
    context.fillStyle = stage.palette.accent;
    context.fillRect(x, y - 2, board.cols * cell * clamp(board.busy, 0, 1), 3);
  }

  /** Several small boards, each with a line of text. */
  function several() {
    const { rows, cols, count } = board;
    const room = stage.narrow ? stage.width - 36 : Infinity;
    const across = Math.max(1, Math.min(columns, Math.floor(room / (tile * stage.k + 12))));
    const cell = Math.floor((tile * stage.k) / Math.max(rows, cols));
    const [wide, high] = [cols * cell + 14, rows * cell + 24];
    geometry = { across, wide, high, count };
    const lines = Math.ceil(count / across);
    const context = fit(canvas, across * wide, lines * high);
    context.clearRect(0, 0, across * wide, lines * high);
    context.font = type(11);
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let k = 0; k < count; k++) {
      const [x, y] = [(k % across) * wide + 2, Math.floor(k / across) * high + 2];
      const cells = board.cells.subarray(k * rows * cols, (k + 1) * rows * cols);
      drawBoard(context, { kind: board.kind, rows, cols, cells, last: board.lasts?.[k], line: board.lines?.[k] }, x, y, cell, stage);
      context.fillStyle = stage.palette.dim;
      context.fillText(board.texts?.[k] ?? "", x + (cols * cell) / 2, y + rows * cell + 11);
      if (board.chosen !== k) continue;
      context.strokeStyle = stage.palette.accent;
      context.lineWidth = 2;
      context.strokeRect(x - 1, y - 1, cols * cell + 2, rows * cell + 2);
    }
  }

  /** The move under a pointer, or -1; of several boards, the board. */
  function under(event) {
    if (!geometry) return -1;
    const box = canvas.getBoundingClientRect();
    const [u, v] = [event.clientX - box.left, event.clientY - box.top];
    if (columns) {
      const [col, row] = [Math.floor(u / geometry.wide), Math.floor(v / geometry.high)];
      const k = row * geometry.across + col;
      return col < geometry.across && k < geometry.count ? k : -1;
    }
    const [col, row] = [Math.floor((u - geometry.x) / geometry.cell), Math.floor((v - geometry.y) / geometry.cell)];
    if (col < 0 || col >= board.cols) return -1;
    if (board.kind === "slots") return board.moves.findIndex((place) => place?.[1] === col);
    return board.moves.findIndex((place) => place && place[0] === row && place[1] === col);
  }

  function point(move) {
    if (move === at || columns) return;
    at = move;
    render();
    tell();
  }

  /** Say what is known of the move under the pointer. */
  function tell() {
    if (at < 0 || !board?.words || at >= board.words.length) return write(readout, "");
    const said = [board.words[at]];
    if (!board.legal[at]) said.push("not legal");
    else if (thought && shares) {
      const [before, after, q] = [0, 1, 2].map((line) => share(line, at));
      if (!Number.isNaN(before)) said.push(`policy ${(100 * before).toFixed(1)} %`);
      if (!Number.isNaN(after)) said.push(`visits ${(100 * after).toFixed(1)} %`);
      if (!Number.isNaN(q)) said.push(`Q ${short(q).replace(/^(?=\d)/, "+")}`);
    }
    write(readout, said.join(" · "));
  }

  function choose(move) {
    if (move < 0 || (act === "play" && !columns && !board.legal[move])) return;
    stage.send({ panel: panel.name, kind: act, unit: move });
    stage.rest();
  }

  if (act) {
    canvas.addEventListener("pointermove", (event) => board && point(under(event)));
    canvas.addEventListener("pointerleave", () => board && point(-1));
    canvas.addEventListener("click", (event) => board && choose(under(event)));
    canvas.addEventListener("keydown", (event) => {
      const turn = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!board || (!turn && !["Enter", " "].includes(event.key))) return;
      event.preventDefault();
      if (columns) return choose(turn ? clamp((board.chosen ?? 0) + turn[1] + turn[0] * geometry.across, 0, geometry.count - 1) : (board.chosen ?? 0));
      if (!turn) return choose(at);
      const [row, col] = board.moves[at] ?? [Math.floor(board.rows / 2), Math.floor(board.cols / 2) - turn[1]];
      const [r, c] = [clamp(row + (board.kind === "slots" ? 0 : turn[0]), 0, board.rows - 1), clamp(col + turn[1], 0, board.cols - 1)];
      point(board.moves.findIndex((place) => place && place[1] === c && (board.kind === "slots" || place[0] === r)));
    });
    canvas.addEventListener("blur", () => board && point(-1));
  }

  return { element, draw };
}
