// The size of the pictures: the first card fills the width of the stage; text keeps its size.

export const NARROW = 760; // CSS pixels below which columns wrap and nothing is scaled
const TIGHT = 1140; // CSS pixels below which captions on one line would keep the pictures small
const [SMALLEST, LARGEST, PRESENTED] = [0.6, 1.3, 1.8];
const [TRIES, SLACK] = [6, 0.004]; // at finding the scale, and the share of the width that may stay empty

export class Fit {
  constructor(stage) {
    this.stage = stage;
    this.width = 0; // that everything was laid out for
  }

  /** Find the scale for the width that there is, if it is another than before. */
  layout(presenter) {
    const { body, root, narrow } = this.stage;
    const row = body.querySelector(".columns");
    if (!row || row.clientWidth === this.width) return;
    this.width = row.clientWidth;
    root.classList.toggle("narrow", narrow);
    root.classList.toggle("tight", !narrow && (presenter || this.stage.width < TIGHT));
    if (narrow) return this.stage.scale(1, this.width);
    const gap = parseFloat(getComputedStyle(row).columnGap) * (row.children.length - 1);
    const wide = (k) => {
      row.classList.add("measured"); // a column that stops at the card's edge would hide its width
      this.stage.scale(k, Infinity, true);
      const sum = [...row.children].reduce((sum, column) => sum + column.offsetWidth, gap + 1);
      row.classList.remove("measured");
      return sum;
    };
    row.classList.remove("crowded");
    let high = { k: presenter ? PRESENTED : LARGEST };
    high.wide = wide(high.k);
    if (high.wide <= this.width) return this.stage.scale(high.k, Infinity);
    let low = { k: SMALLEST, wide: wide(SMALLEST) };
    if (low.wide > this.width) {
      row.classList.add("crowded");
      return this.stage.scale(SMALLEST, Infinity);
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
