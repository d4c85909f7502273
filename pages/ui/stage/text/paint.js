// A text on a canvas: behind every character the colour of its value, below it what is marked.

export const FONT = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
export const PAD = 6; // CSS pixels around the text
const VISIBLE = { "\n": "↵", "\t": "→", " ": "·" };
const FAINT = new Set("\n\t");

/** A character as it can be seen: control characters have pictures of their own. */
export function visible(character) {
  if (character in VISIBLE) return VISIBLE[character];
  return character < " " ? String.fromCodePoint(0x2400 + character.codePointAt(0)) : character;
}

/** Paint the rows in sight. */
export function paint(context, view) {
  const { state, places, size, line, rows, top, palette } = view;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  const [first, last] = [Math.floor(top / line), Math.ceil((top + rows * line) / line)];
  let begin = 0;
  while (begin < state.characters.length && places.row[begin] < first) begin++;
  let end = begin;
  while (end < state.characters.length && places.row[end] <= last) end++;
  context.font = `${size}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let i = begin; i < end; i++) ground(context, view, i);
  for (let i = begin; i < end; i++) sign(context, view, i);
  if (state.caret !== false) caret(context, view);
}

/** The box of character i, in CSS pixels: x, y, width. */
function box({ places, advance, line, top }, i) {
  return [PAD + places.x[i] * advance, places.row[i] * line - top, places.width[i] * advance];
}

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

/** What is drawn of character i, and the frame around it if it is the chosen one. */
function sign(context, view, i) {
  const { state, values, scale, places, advance, line, palette } = view;
  const [x, y, width] = box(view, i);
  const chosen = i === state.selected;
  const drawn = places.signs[i];
  if (drawn && (drawn !== " " || chosen)) {
    const across = places.across[i] * advance;
    context.globalAlpha = FAINT.has(drawn) ? 0.45 : 1;
    context.fillStyle = colored(values, i) ? scale.inkOn(values[i]) : palette.ink;
    context.fillText(visible(drawn), x + across / 2, y + line / 2 + 0.5);
    context.globalAlpha = 1;
  }
  if (!chosen) return;
  context.strokeStyle = palette.accent;
  context.lineWidth = 2;
  context.strokeRect(x - 0.5, y + 1, width + 1, line - 2);
}

/** Where the next character will stand. */
function caret(context, { places, advance, line, top, palette }) {
  const [row, column] = places.end;
  context.fillStyle = palette.accent;
  context.fillRect(PAD + column * advance, row * line - top + 3, 2, line - 6);
}
