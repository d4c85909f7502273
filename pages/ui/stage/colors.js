// Colour maps as look-up tables, made from the palette that Python defines.

const STEPS = 512;
const tables = new Map();

export const INKS = ["accent", "negative", "gradient_positive", "done", "dim", "ink"]; // of lines, in this order

/** The style by which a key or a ball takes an ink of the palette. */
export const inked = (ink) => `--c: var(--${ink.replace("_", "-")})`;

/** The three bytes of #rrggbb. */
export const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** Return STEPS packed RGBA colours along `stops`, lowest value first. */
function ramp(stops) {
  const key = stops.join();
  if (!tables.has(key)) {
    const colors = stops.map(rgb);
    const table = new Uint32Array(STEPS);
    for (let i = 0; i < STEPS; i++) {
      const at = (i / (STEPS - 1)) * (colors.length - 1);
      const from = Math.min(Math.floor(at), colors.length - 2);
      const [r, g, b] = colors[from].map((c, j) => Math.round(c + (colors[from + 1][j] - c) * (at - from)));
      table[i] = (255 << 24) | (b << 16) | (g << 8) | r;
    }
    tables.set(key, table);
  }
  return tables.get(key);
}

const SIGNED = new Set(["signed", "gradient"]);

/** A colour map at work: `limit` is the value that gets the strongest colour. */
export class Scale {
  constructor(palette, map, limit) {
    this.signed = SIGNED.has(map);
    this.table = ramp(palette.maps[map]);
    this.stops = palette.maps[map];
    this.limit = limit > 0 ? limit : 1;
    this.hatch = rgb(palette.dim);
  }

  /** Paint levels 0..254 of the range [low, high] into 32-bit pixels; 255 marks a NaN. */
  paint(levels, low, high, pixels, offset, stride, width) {
    const span = this.signed ? 2 * this.limit : this.limit;
    const gain = ((high - low) / 254 / span) * (STEPS - 1);
    const base = ((low + (this.signed ? this.limit : 0)) / span) * (STEPS - 1) + 0.5;
    const [r, g, b] = this.hatch;
    const colors = new Uint32Array(256); // of every level: there are fewer levels than pixels
    for (let level = 0; level < 255; level++) colors[level] = this.table[Math.min(STEPS - 1, Math.max(0, base + gain * level)) | 0];
    colors[255] = (255 << 24) | (b << 16) | (g << 8) | r;
    for (let from = 0; from < levels.length; from += width, offset += stride) {
      for (let i = 0; i < width; i++) pixels[offset + i] = colors[levels[from + i]];
    }
  }

  /** The CSS colour of one value. */
  css(value) {
    const span = this.signed ? 2 * this.limit : this.limit;
    const at = Math.round(((value + (this.signed ? this.limit : 0)) / span) * (STEPS - 1));
    const c = this.table[Math.min(STEPS - 1, Math.max(0, at || 0))];
    return `rgb(${c & 255} ${(c >> 8) & 255} ${(c >> 16) & 255})`;
  }

  /** Whether dark or light text can be read on `css(value)`. */
  inkOn(value) {
    const [r, g, b] = this.css(value).match(/\d+/g).map(Number);
    return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#1d2330" : "#ffffff";
  }

  gradient() {
    return `linear-gradient(to right, ${this.stops.join(", ")})`;
  }
}

/** A number in few characters that do not change their count: 0.12, 12.3, 1.2e+5. */
export function short(value, digits = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return "NaN";
  const size = Math.abs(value);
  const places = Math.max(0, digits - (size >= 100 ? 2 : size >= 10 ? 1 : 0));
  const text = size >= 1e5 ? value.toExponential(1) : value.toFixed(places);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}
