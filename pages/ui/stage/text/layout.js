// Where the characters of a text stand, in rows that break at line breaks and at the width.  ASCII
// stands on a grid; all else is set by the browser itself, out of sight, and measured there.

import { el } from "../dom.js";
import { shown } from "./paint.js";

const PLAIN = /^[\n\x20-\x7e]*$/; // characters of one width, from left to right
const KEPT = 1000; // paragraphs that are not measured again
const AFTER = "\u200b"; // stands where the next character will

/** A block of the browser's own text, as wide as the rows. */
export class Ruler {
  constructor() {
    this.element = el("div", { class: "ruler", dir: "auto", "aria-hidden": "true" });
    this.known = new Map();
  }

  /** Set the rows: their width, the type's size and a row's height in CSS pixels. */
  resize(width, size, line) {
    Object.assign(this.element.style, { width: `${width}px`, fontSize: `${size}px`, lineHeight: `${line}px` });
    this.line = line;
    this.known.clear();
  }

  /** Return of each character of a paragraph, and of the place after it, [row, left, width]; and
   *  whether it is read from the `right`. */
  measure(characters) {
    const key = characters.join("");
    if (!this.known.has(key)) {
      if (this.known.size === KEPT) this.known.clear();
      this.known.set(key, this.set([...characters.map(shown), AFTER]));
    }
    return this.known.get(key);
  }

  set(signs) {
    this.element.textContent = signs.join("");
    const [box, range, node] = [this.element.getBoundingClientRect(), new Range(), this.element.firstChild];
    let end = 0;
    const places = signs.map((sign) => {
      range.setStart(node, end);
      range.setEnd(node, (end += sign.length));
      const rects = [...range.getClientRects()]; // WebKit names the end of the row before, too
      const { left, width, top, bottom } = rects.find((rect) => rect.width) ?? rects.at(-1) ?? box;
      return [Math.floor(((top + bottom) / 2 - box.top) / this.line), left - box.left, width];
    });
    return { places, right: getComputedStyle(this.element).direction === "rtl" };
  }
}

/**
 * Place `characters` (code points) in rows of `wide` columns of `advance` CSS pixels.
 *
 * Returns for each of them its row, its left edge and its width; the `runs` that are written as one,
 * each with its first character, the one after its last, whether it is read from the
 * right, and whether it stands on the grid;
 * how many `lines` there are, and where the caret stands after the last character, `end`.
 */
export function arrange(characters, wide, advance, ruler) {
  const numbers = () => new Float32Array(characters.length);
  const found = { row: numbers(), x: numbers(), width: numbers(), runs: [], lines: 1, end: [0, 0] };
  let row = 0;
  for (let from = 0; from < characters.length; ) {
    const stop = characters.indexOf("\n", from);
    const to = stop < 0 ? characters.length : stop + 1;
    const paragraph = characters.slice(from, to);
    if (PLAIN.test(paragraph.join(""))) plain(found, from, to, row, wide, advance);
    else mixed(found, paragraph, from, row, ruler);
    if (stop >= 0) found.end = [found.row[stop] + 1, 0];
    row = found.end[0];
    from = to;
  }
  found.lines = row + 1;
  return found;
}

function plain(found, from, to, row, wide, advance) {
  for (let i = from; i < to; i++) {
    found.row[i] = row + Math.floor((i - from) / wide);
    found.x[i] = ((i - from) % wide) * advance;
    found.width[i] = advance;
  }
  for (let i = from; i < to; i += wide) found.runs.push([i, Math.min(i + wide, to), false, true]);
  found.end = [row + Math.floor((to - from) / wide), ((to - from) % wide) * advance];
}

function mixed(found, paragraph, from, row, ruler) {
  const { places, right } = ruler.measure(paragraph);
  let begin = 0;
  for (let k = 0; k < paragraph.length; k++) {
    const [at, left, width] = places[k];
    [found.row[from + k], found.x[from + k], found.width[from + k]] = [row + at, left, width];
    const alone = paragraph[k] === "\t" || paragraph[k + 1] === "\t"; // a tab's width is not a sign's
    if (!alone && k + 1 < paragraph.length && places[k + 1][0] === at) continue;
    found.runs.push([from + begin, from + k + 1, right]);
    begin = k + 1;
  }
  const [at, left] = places[paragraph.length];
  found.end = [row + at, left];
}

/** The character at a row and x; -1 where there is none, or the `nearest` before it. */
export function characterAt(found, row, x, nearest) {
  let last = -1;
  for (let i = 0; i < found.row.length && found.row[i] <= row; i++) {
    if (found.row[i] === row && x >= found.x[i] && x < found.x[i] + found.width[i]) return i;
    last = i;
  }
  return nearest ? last : -1;
}
