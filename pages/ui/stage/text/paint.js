// A text on a canvas: behind every character the colour of its value, below it what is marked.

export const FONT = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
export const PAD = 6; // CSS pixels around the text
const FAINT = "73"; // the alpha of what only stands for a character

/** A character as it is written: control characters have pictures of their own. */
export function shown(character) {
  if (character === "\n") return "↵";
  return character < " " && character !== "\t" ? String.fromCodePoint(0x2400 + character.codePointAt(0)) : character;
}

/** A character as it can be seen: tabs and spaces, too. */
export const visible = (character) => ({ "\t": "→", " ": "·" })[character] ?? shown(character);

/** Paint the rows in sight. */
export function paint(context, view) {
  const { state, places, size, line, rows, top, palette } = view;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  const [first, last] = [Math.floor(top / line), Math.ceil((top + rows * line) / line)];
  const seen = places.runs.filter(([from]) => places.row[from] >= first && places.row[from] <= last);
  context.font = `${size}px ${FONT}`;
  context.textBaseline = "middle";
  for (const [from, to] of seen) for (let i = from; i < to; i++) ground(context, view, i);
  for (const run of seen) write(context, view, ...run);
  if (seen.some(([from, to]) => state.selected >= from && state.selected < to)) chosen(context, view, state.selected);
  if (state.caret !== false) caret(context, view);
}

/** The box of character i, in CSS pixels: x, y, width. */
const box = ({ places, line, top }, i) => [PAD + places.x[i], places.row[i] * line - top, places.width[i]];

const colored = (values, i) => i < values.length && Number.isFinite(values[i]);

/** What lies behind character i and below it. */
function ground(context, view, i) {
  const { state, values, scale, line, palette } = view;
  const [x, y, width] = box(view, i);
  if (colored(values, i)) {
    context.fillStyle = scale.css(values[i]);
    context.fillRect(x, y + 1, width + 0.5, line - 2);
  }
  const brushed = state.brush && i >= state.brush[0] && i < state.brush[1];
  if (i === state.selected || !(brushed || i < (state.marked ?? 0))) return;
  context.fillStyle = brushed ? palette.accent : palette.dim;
  context.fillRect(x, y + line - 3, width + 0.5, brushed ? 3 : 1);
}

/** Write the characters from `from` up to `to` at once for each ink, so that the browser orders and
 *  joins them: on the grid with blanks for the others, else where its own stand. */
function write(context, view, from, to, right, grid) {
  const { state, values, scale, line, palette } = view;
  const all = state.characters.slice(from, to);
  const whole = to - from === 1 && all[0] === "\t" ? "→" : all.map(shown).join("");
  const inks = new Map();
  let left = Infinity;
  for (let i = from; i < to; i++) {
    const [x, y, width] = box(view, i);
    left = Math.min(left, x);
    const character = state.characters[i];
    const ink = (colored(values, i) ? scale.inkOn(values[i]) : palette.ink) + (character === "\n" || character === "\t" ? FAINT : "");
    if (!inks.has(ink)) inks.set(ink, { text: "", where: new Path2D() });
    const part = inks.get(ink);
    if (grid) part.text = part.text.padEnd(i - from) + shown(character);
    else part.where.rect(x, y, width, line);
  }
  context.direction = right ? "rtl" : "ltr";
  context.textAlign = "left";
  for (const [ink, { text, where }] of inks) {
    context.save();
    if (!grid && inks.size > 1) context.clip(where);
    context.fillStyle = ink;
    context.fillText(text || whole, left, box(view, from)[1] + line / 2 + 0.5);
    context.restore();
  }
}

/** A frame around the chosen character; a space is seen in it. */
function chosen(context, view, i) {
  const { state, line, palette } = view;
  const [x, y, width] = box(view, i);
  context.strokeStyle = context.fillStyle = palette.accent;
  context.lineWidth = 2;
  context.strokeRect(x - 0.5, y + 1, width + 1, line - 2);
  context.textAlign = "center";
  if (state.characters[i] === " ") context.fillText("·", x + width / 2, y + line / 2 + 0.5);
}

/** Where the next character will stand. */
function caret(context, { places, line, top, palette }) {
  const [row, x] = places.end;
  context.fillStyle = palette.accent;
  context.fillRect(PAD + x, row * line - top + 3, 2, line - 6);
}
