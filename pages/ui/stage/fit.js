// The size of the pictures: the first card fills the width of the stage; text keeps its size.

export const NARROW = 760; // CSS pixels below which columns wrap and nothing is scaled
const TIGHT = 1140; // CSS pixels below which captions on one line would keep the pictures small
const [SMALLEST, LARGEST, PRESENTED] = [0.6, 1.3, 1.8];
const [TRIES, SLACK] = [6, 0.004]; // at finding the scale, and the share of the width that may stay empty

/** On a narrow stage play and step stand under the first picture of their card, else where they were. */
function moved(transport, narrow) {
  const picture = transport.closest(".card").querySelector("figure:has(canvas)");
  if (!transport.home) transport.before((transport.home = document.createComment("")));
  if (narrow && picture) picture.after(transport);
  else transport.home.after(transport);
}

export class Fit {
  constructor(stage) {
    this.stage = stage;
    this.width = 0; // that everything was laid out for
  }

  /** Find the scale for the width that there is, if it is another than before. */
  layout(presenter) {
    const { body } = this.stage;
    const row = body.querySelector(".columns");
    if (!row?.clientWidth || row.clientWidth === this.width) return;
    this.width = row.clientWidth;
    this.find(row, presenter);
    // Where columns have wrapped, those of the last line begin at the left.
    const rows = [...body.querySelectorAll(".card:not(:first-child) > .columns")];
    for (const other of rows) other.classList.remove("crowded");
    const wrapped = rows.map(({ firstElementChild: a, lastElementChild: b }) => b?.offsetTop > a?.offsetTop);
    rows.forEach((other, i) => other.classList.toggle("crowded", wrapped[i]));
  }

  /** Find the scale at which this row fills the width. */
  find(row, presenter) {
    const { root, narrow } = this.stage;
    root.classList.toggle("narrow", narrow);
    for (const transport of root.querySelectorAll(".transport")) moved(transport, narrow);
    root.classList.toggle("tight", !narrow && (presenter || this.stage.width < TIGHT));
    if (narrow) return this.stage.scale(1, this.width);
    const gap = parseFloat(getComputedStyle(row).columnGap) * (row.children.length - 1);
    const widths = (k) => {
      row.classList.add("measured"); // a column that stops at the card's edge would hide its width
      this.stage.scale(k, Infinity, true);
      const found = [...row.children].map((column) => column.offsetWidth);
      row.classList.remove("measured");
      return found;
    };
    const wide = (k) => widths(k).reduce((sum, width) => sum + width, gap + 1);
    row.classList.remove("crowded");
    let high = { k: presenter ? PRESENTED : LARGEST };
    high.wide = wide(high.k);
    if (high.wide <= this.width) return this.stage.scale(high.k, Infinity);
    let low = { k: SMALLEST, wide: wide(SMALLEST) };
    if (low.wide > this.width) {
      row.classList.add("crowded"); // on several lines, none wider than the card
      const widest = Math.max(...widths(1));
      return this.stage.scale(Math.max(SMALLEST, Math.min(1, this.width / widest)), Infinity);
    }
    // Every try draws, so the next one is where a straight line between two would fit; every second
    // one is in the middle, since a column that grows no more bends the line.
    for (let i = 0; i < TRIES && this.width - low.wide > SLACK * this.width; i++) {
      const share = i % 2 ? 0.5 : (this.width - low.wide) / (high.wide - low.wide);
      const k = low.k + (high.k - low.k) * share;
      const tried = { k, wide: wide(k) };
      if (tried.wide <= this.width) low = tried;
      else high = tried;
    }
    this.stage.scale(low.k, Infinity);
  }
}
