// tree: a search tree that grows.  Lines are as wide as their visits, nodes coloured by their value;
// the moves visited most are named, and boards stand along the principal line.
//
// values[name]: (7, N): id, x in [0, 1], depth, parent, visits, Q, prior; the root comes first.
// notes[name] = {names, boards: [{node, cells, last}], kind, shape, way: [nodes], stage, leaf, line,
// chosen}.

import { Scale, short } from "../colors.js";
import { drawBoard } from "../board/draw.js";
import { el, fit, reducedMotion, write } from "../dom.js";
import { circle } from "../marks.js";

const ROWS = 5; // levels that have room for a board
const CATCH = 15; // CSS pixels from a node at which it is caught
const EASE = 0.22; // of the way to its place that a node goes each frame
const LOW = 15; // CSS pixels between deeper levels at least

export function create(panel, stage) {
  const { width = 1080, height = 470 } = panel.options;
  const canvas = el("canvas", { role: "img", tabindex: 0, class: "clickable", "aria-label": `${panel.alt}. Arrow keys go from node to node.` });
  const readout = el("span", { class: "range", "aria-live": "polite" });
  const keys = el("div", { class: "legend" }, el("span", { class: "key", style: "--c: var(--accent)" }, "the way down"), el("span", { class: "key", style: "--c: var(--gradient-positive)" }, "the value on its way up"), el("span", { class: "key spot", style: "--c: var(--positive)" }, "good for the first player"), el("span", { class: "key spot", style: "--c: var(--negative)" }, "for the second"), readout);
  const element = el("div", { class: "tree" }, canvas, keys);
  let [told, nodes, places, spots, moving, wide] = [null, null, new Map(), [], 0, 0];

  const at = (line, k) => nodes.data[line * nodes.shape[1] + k];
  const count = () => nodes?.shape[1] ?? 0;

  function draw(frame) {
    const tensor = frame.tensors[`values/${panel.name}`];
    told = frame.notes[panel.name] ?? told;
    if (!tensor || !told) return;
    nodes = tensor;
    cancelAnimationFrame(moving);
    glide(); // at once: the stage measures what it lays out
  }

  /** Where a level is, in CSS pixels. */
  function level(depth, deepest) {
    const top = 30;
    const tall = height * stage.k - top - 26;
    const few = Math.min(deepest, ROWS);
    const low = deepest > ROWS ? Math.max(LOW, Math.min(44, (tall * 0.4) / (deepest - ROWS))) : 0;
    const high = (tall - low * (deepest - few)) / Math.max(1, few);
    return top + (depth <= few ? depth * Math.min(high, 110) : few * Math.min(high, 110) + (depth - few) * low);
  }

  /** Move each node towards its place; draw until all have arrived. */
  function glide() {
    moving = 0;
    if (!nodes) return;
    const deepest = Math.max(1, ...Array.from({ length: count() }, (_, k) => at(2, k)));
    wide = Math.min(width * stage.k, stage.narrow ? stage.width - 36 : Infinity);
    const fresh = new Map();
    let far = 0;
    spots = Array.from({ length: count() }, (_, k) => {
      const goal = [24 + at(1, k) * (wide - 48), level(at(2, k), deepest)];
      const parent = at(3, k) >= 0 ? fresh.get(at(0, at(3, k))) : null;
      const from = places.get(at(0, k)) ?? parent ?? goal;
      const share = reducedMotion() ? 1 : EASE;
      const spot = goal.map((v, i) => (Math.abs(v - from[i]) < 0.7 ? v : from[i] + (v - from[i]) * share));
      far = Math.max(far, Math.abs(goal[0] - spot[0]), Math.abs(goal[1] - spot[1]));
      fresh.set(at(0, k), spot);
      return spot;
    });
    places = fresh;
    render();
    if (far > 0.7) moving = requestAnimationFrame(glide);
  }

  const radius = (k) => 2.5 + 11 * Math.sqrt(at(4, k) / Math.max(1, at(4, 0)));
  const type = (points, bold = "") => `${bold} ${points}px system-ui, "DejaVu Sans", sans-serif`;

  function render() {
    const context = fit(canvas, wide, height * stage.k);
    context.clearRect(0, 0, wide, height * stage.k);
    if (!count()) return;
    const scale = new Scale(stage.palette, "signed", 1);
    const way = new Set(told.way);
    for (let k = 1; k < count(); k++) if (!way.has(k)) edge(context, k, stage.palette.dim, 0.5 + 7 * (at(4, k) / Math.max(1, at(4, 0))), 0.45);
    for (const k of told.way) if (k) edge(context, k, told.stage === 3 ? stage.palette.gradient_positive : stage.palette.accent, 3, 1);
    if (told.stage === 3) for (const k of told.way) if (k) arrow(context, spots[k], spots[at(3, k)], stage.palette.gradient_positive);
    const boards = new Map(told.boards.map((board) => [board.node, board]));
    const taken = [];
    for (let k = count() - 1; k >= 0; k--) if (!boards.has(k)) dot(context, k, scale);
    for (const [k, board] of boards) taken.push(small(context, k, board));
    if (told.way.length && told.leaf !== null && told.leaf !== undefined) bubble(context, told.way.at(-1), boards.has(told.way.at(-1)) ? 29 : 12, taken);
    names(context, boards, taken);
    if (typeof told.chosen === "number" && spots[told.chosen]) circle(context, ...spots[told.chosen], boards.has(told.chosen) ? 29 : radius(told.chosen) + 4, stage.palette.accent, 2.5);
  }

  function edge(context, k, color, thick, alpha) {
    const [[x, y], [u, v]] = [spots[at(3, k)], spots[k]];
    context.strokeStyle = color;
    context.globalAlpha = alpha;
    context.lineWidth = thick;
    context.beginPath();
    context.moveTo(x, y);
    context.bezierCurveTo(x, (y + v) / 2, u, (y + v) / 2, u, v);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** The head of an arrow half-way from a node to its parent. */
  function arrow(context, [x, y], [u, v], color) {
    const [mx, my] = [(x + u) / 2, (y + v) / 2];
    const angle = Math.atan2(v - y, (u - x) * 1.5);
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(mx + 6 * Math.cos(angle), my + 6 * Math.sin(angle));
    for (const turn of [2.4, -2.4]) context.lineTo(mx + 6 * Math.cos(angle + turn), my + 6 * Math.sin(angle + turn));
    context.fill();
  }

  function dot(context, k, scale) {
    const [x, y] = spots[k];
    const [size, fresh] = [radius(k), at(4, k) === 0];
    circle(context, x, y, fresh ? 7 : size, fresh ? stage.palette.card : scale.css(at(5, k)));
    if (fresh) circle(context, x, y, 7, stage.palette.accent, 2, [3, 2]);
    else circle(context, x, y, size, stage.palette.dim, 0.8);
  }

  /** A board in a node's place; returns its box. */
  function small(context, k, { cells, last }) {
    const [rows, cols] = told.shape;
    const cell = Math.min(42 / cols, 42 / rows);
    const [w, h] = [cols * cell, rows * cell];
    const [x, y] = [spots[k][0] - w / 2, spots[k][1] - h / 2];
    context.fillStyle = stage.palette.card;
    context.fillRect(x - 3, y - 3, w + 6, h + 6);
    context.strokeStyle = stage.palette.dim;
    context.lineWidth = 0.8;
    context.strokeRect(x - 2.5, y - 2.5, w + 5, h + 5);
    drawBoard(context, { kind: told.kind, rows, cols, cells, last }, x, y, cell, stage);
    return { left: x - 4, right: x + w + 4, top: y - 4, bottom: y + h + 4 };
  }

  /** The value of a leaf beside it. */
  function bubble(context, k, away, taken) {
    const [x, y] = spots[k];
    context.font = type(12, "600");
    const w = context.measureText(told.leaf).width + 12;
    const left = x + away + w > wide ? x - away - w : x + away;
    context.fillStyle = stage.palette.gradient_positive;
    context.beginPath();
    context.roundRect(left, y - 10, w, 20, 6);
    context.fill();
    context.fillStyle = stage.palette.card;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(told.leaf, left + w / 2, y + 0.5);
    taken.push({ left, right: left + w, top: y - 10, bottom: y + 10 });
  }

  /** Name the nodes visited most, as far as there is room. */
  function names(context, boards, taken) {
    const order = Array.from({ length: count() }, (_, k) => k).slice(1).sort((a, b) => at(4, b) - at(4, a));
    context.textAlign = "center";
    context.textBaseline = "middle";
    let written = 0;
    for (const k of [...told.way, ...order]) {
      if (!k || written > 60 || at(4, k) < 2 && !told.way.includes(k)) continue;
      const y = spots[k][1];
      const text = boards.has(k) ? `${told.names[k]}  ${at(4, k)}` : told.names[k];
      const inside = !boards.has(k) && radius(k) > 9;
      context.font = type(inside ? 10.5 : 11, "600");
      const w = context.measureText(text).width + 4;
      const beside = boards.has(k); // to the left of a board
      const x = beside ? spots[k][0] - 27 - w / 2 : spots[k][0];
      const v = inside || beside ? y : y - radius(k) - 8;
      const box = { left: x - w / 2 - 2, right: x + w / 2 + 2, top: v - 6, bottom: v + 6 };
      if (taken.some((t) => t.left < box.right && box.left < t.right && t.top < box.bottom && box.top < t.bottom)) continue;
      taken.push(box);
      written++;
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = stage.palette.card;
      if (!inside) context.strokeText(text, x, v);
      context.fillStyle = inside ? new Scale(stage.palette, "signed", 1).inkOn(at(5, k)) : stage.palette.ink;
      context.fillText(text, x, v + 0.5);
    }
  }

  function nearest(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [event.clientX - box.left, event.clientY - box.top];
    let [best, least] = [-1, Infinity];
    const boards = new Set(told.boards.map(({ node }) => node));
    spots.forEach(([x, y], k) => {
      const far = Math.hypot(x - u, y - v) - (boards.has(k) ? 24 : radius(k));
      if (far < least) [best, least] = [k, far];
    });
    return least < CATCH ? best : -1;
  }

  function tell(k) {
    if (k < 0 || k >= count()) return write(readout, "");
    const way = [];
    for (let j = k; j > 0; j = at(3, j)) way.unshift(told.names[j]);
    const signed = (v) => short(v).replace(/^(?=\d)/, "+");
    write(readout, `${way.join(" ") || "root"} · N ${at(4, k)} · Q ${signed(at(5, k))}${k ? ` · P ${(100 * at(6, k)).toFixed(0)} %` : ""}`);
  }

  function choose(unit) {
    stage.send({ panel: panel.name, kind: "click", unit });
    stage.rest();
  }

  /** The node that an arrow key leads to. */
  function towards(key, from) {
    const children = (k) => Array.from({ length: count() }, (_, j) => j).filter((j) => j && at(3, j) === k);
    if (key === "ArrowUp") return Math.max(0, at(3, from));
    if (key === "ArrowDown") return children(from).reduce((best, j) => (best < 0 || at(4, j) > at(4, best) ? j : best), -1);
    const row = from ? children(at(3, from)).sort((a, b) => at(1, a) - at(1, b)) : [];
    return row[row.indexOf(from) + (key === "ArrowRight" ? 1 : -1)] ?? -1;
  }

  canvas.addEventListener("pointermove", (event) => count() && tell(nearest(event)));
  canvas.addEventListener("pointerleave", () => write(readout, ""));
  canvas.addEventListener("click", (event) => {
    const k = count() ? nearest(event) : -1;
    if (k >= 0) choose(k);
  });
  canvas.addEventListener("keydown", (event) => {
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key) || !count()) return;
    event.preventDefault();
    const k = towards(event.key, told.chosen ?? 0);
    if (k < 0) return;
    tell(k);
    choose(k);
  });

  return { element, draw };
}
