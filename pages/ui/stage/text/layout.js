// Where the characters of a text stand: on a grid of columns, in rows that break at line breaks and
// at the width.  What is drawn as one sign (an emoji of several code points, a letter with its
// accents) stands in one cell, in which every code point has its own slice.

import { fromTheRight, levels, mirrored, order } from "./bidi.js";

const PLAIN = /^[\n\x20-\x7e\xa1-\u02ff\u2010-\u2027]*$/; // one sign a character, from left to right
const TAB = 4; // columns
const JOINED = /^(?=\p{L})\p{Script=Arabic}/u;
const LAST = /[\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0649\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0-\u06cb\u06cd\u06cf\u06d2-\u06d5]/; // never joined to what follows
const JOINER = "\u200d";
const segments = typeof Intl === "object" && Intl.Segmenter ? new Intl.Segmenter() : null;

/**
 * Place `characters` (code points) in rows of `wide` columns; `columns(sign)` is a sign's width.
 *
 * Returns for each of them its row, its first column and its width, the sign that is drawn from
 * there on ("" where the first of a cell draws it) and the width of that, `across`; how many
 * `lines` there are, and where the caret stands after the last, `end`: row and column.
 */
export function arrange(characters, wide, columns) {
  const numbers = () => new Float32Array(characters.length).fill(1);
  const found = { row: numbers(), x: numbers(), width: numbers(), across: numbers(), signs: characters.slice(), lines: 1, end: [0, 0] };
  let row = 0;
  for (let from = 0; from < characters.length; ) {
    const stop = characters.indexOf("\n", from);
    const to = stop < 0 ? characters.length : stop + 1;
    const text = characters.slice(from, to).join("");
    if (PLAIN.test(text)) plain(found, from, to, row, wide);
    else mixed(found, cut(text, from), row, wide, columns);
    if (stop >= 0) found.end = [found.row[stop] + 1, 0];
    row = found.end[0];
    from = to;
  }
  found.lines = row + 1;
  return found;
}

/** Place a paragraph from `from` up to `to` in which every character is a sign. */
function plain(found, from, to, row, wide) {
  let col = 0;
  for (let i = from; i < to; i++) {
    if (col >= wide) [row, col] = [row + 1, 0];
    found.row[i] = row;
    found.x[i] = col++;
  }
  found.end = col >= wide ? [row + 1, 0] : [row, col];
}

/** Place the cells of a paragraph in the order in which they are read. */
function mixed(found, cells, row, wide, columns) {
  const letters = cells.map(({ sign }) => Array.from(sign)[0]);
  const right = fromTheRight(letters);
  const level = levels(letters, right);
  let [first, col] = [0, 0];
  const close = (end) => {
    line(found, cells.slice(first, end), level.slice(first, end), row, right ? wide : 0);
    first = end;
  };
  cells.forEach((cell, k) => {
    cell.shape = shape(cells, k, level[k]);
    cell.width = cell.sign === "\t" ? TAB - (col % TAB) : columns(cell.shape);
    if (col + cell.width > wide) {
      close(k);
      [row, col] = [row + 1, 0];
    }
    col += cell.width;
  });
  close(cells.length);
  found.end = [row, right ? wide - col : col];
}

/** A text in cells: the code points from number `from` on that are one sign together. */
function cut(text, from) {
  const signs = segments ? Array.from(segments.segment(text), ({ segment }) => segment) : Array.from(text);
  return signs.map((sign) => {
    const cell = { from, count: Array.from(sign).length, sign };
    from += cell.count;
    return cell;
  });
}

/** A cell's sign as it is drawn: brackets turned, Arabic letters in the form that joins them. */
function shape(cells, k, level) {
  const { sign } = cells[k];
  if (level % 2 === 0) return sign;
  if (!letter(cells[k])) return mirrored(sign);
  const before = letter(cells[k - 1]) && !LAST.test(cells[k - 1].sign[0]);
  const after = letter(cells[k + 1]) && !LAST.test(sign[0]);
  return (before ? JOINER : "") + sign + (after ? JOINER : "");
}

const letter = (cell) => cell !== undefined && JOINED.test(cell.sign);

/** Place the cells of one row from left to right; `right`: where they end, or 0. */
function line(found, cells, level, row, right) {
  for (let k = cells.length - 1; k >= 0 && /\s/.test(cells[k].sign); k--) level[k] = right ? 1 : 0; // L1
  let x = right && right - cells.reduce((sum, { width }) => sum + width, 0);
  for (const k of order(level)) {
    const { from, count, shape, width } = cells[k];
    for (let i = 0; i < count; i++) {
      found.row[from + i] = row;
      found.x[from + i] = x + (i * width) / count;
      found.width[from + i] = width / count;
      found.signs[from + i] = i ? "" : shape;
    }
    found.across[from] = width;
    x += width;
  }
}

/** The character at a row and a column; -1 where there is none, or the `nearest` before it. */
export function characterAt(found, row, column, nearest) {
  let last = -1;
  for (let i = 0; i < found.row.length && found.row[i] <= row; i++) {
    if (found.row[i] === row && column >= found.x[i] && column < found.x[i] + found.width[i]) return i;
    last = i;
  }
  return nearest ? last : -1;
}
