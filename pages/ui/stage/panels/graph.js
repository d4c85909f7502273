// graph: nodes and arrows at places that Python computed, with numbers that flow both ways.
//
// notes[name] = {size: [columns, rows], chosen, nodes: [{x, y, shape: "box" | "round" | "circle",
// text, name, up, down, state: "now" | "done" | "wait"}], edges: [{from, to, via: [[x, y]], up,
// down, state: "up" | "down" | "", weight?, glow?}]}.  `up` goes forwards, `down` comes back.

import { clamp, el, fit } from "../dom.js";
import { ABOVE, arrange } from "../graph/labels.js";

const [COLUMN, ROW] = [136, 82]; // CSS pixels between neighbours at full size
const [WIDE, TALL, RADIUS] = [54, 32, 18];
const SMALLEST = 0.62; // below this the type is too small to read: scroll instead
const LARGEST = 1.25;

export function create(panel, stage) {
  const { width = 760, column = COLUMN, row = ROW, click = true, legend = ["value", "local derivative", "flows back"] } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: click ? 0 : undefined, class: click ? "clickable" : "" });
  const keys = el("div", { class: "legend" }, ...legend.map((text, i) => text && el("span", { class: "key", style: `--c: var(--${["accent", "dim", "gradient-positive"][i]})` }, text)));
  const scroll = el("div", { class: "scroll" }, canvas);
  const element = el("div", { class: "graph" }, scroll, keys);
  let [told, size, places, wide, shift] = [null, 1, [], 0, 0];
  let [spots, shape] = [[], ""]; // where the numbers of edges stand, and for which graph

  function draw(frame) {
    const news = frame.notes[panel.name];
    if (!news) return;
    told = news;
    render();
  }

  function render() {
    const [columns, rows] = told.size;
    const [natural, high] = [(columns - 1) * column + 96, (rows - 1) * row + 88];
    wide ||= scroll.clientWidth; // asking forces a layout: once is enough
    const room = Math.min(width * stage.k, wide || Infinity);
    size = Math.min(LARGEST * Math.max(1, stage.k), Math.max(SMALLEST, room / natural));
    const context = fit(canvas, Math.max(room, natural * size), high * size);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.scale(size, size);
    shift = Math.max(0, room / size - natural) / 2;
    places = told.nodes.map(({ x, y }) => [shift + 48 + x * column, 44 + y * row]);
    const at = ([x, y]) => [shift + 48 + x * column, 44 + y * row];
    for (const edge of told.edges) arrow(context, edge, at);
    place(context, at);
    told.edges.forEach((edge, i) => numbers(context, edge, spots[i]));
    told.nodes.forEach((node, i) => drawNode(context, node, i));
  }

  /** Find a free place for each edge's numbers; canvas.boxes are those of all that is written. */
  function place(context, at) {
    const now = JSON.stringify([shift, told.nodes.map(({ x, y }) => [x, y]), told.edges.map(({ from, to }) => [from, to])]);
    if (now !== shape) [spots, shape] = [[], now];
    const wide = (text, points, bold = "") => {
      context.font = type(points, bold);
      return text ? context.measureText(text).width : 0;
    };
    const taken = told.nodes.flatMap((node, i) => {
      const [[x, y], half] = [places[i], tall(node)];
      const [over, under] = [wide(above(node), 12, "600"), wide(node.down, 12, "600")];
      return [
        { text: `node ${node.text}`, left: x - reach(node), right: x + reach(node), top: y - half, bottom: y + half },
        ...(over ? [{ text: above(node), left: x - over / 2, right: x + over / 2, top: y - half - 16, bottom: y - half - 2 }] : []),
        ...(under ? [{ text: node.down, left: x - under / 2, right: x + under / 2, top: y + half + 3, bottom: y + half + 17 }] : []),
      ];
    });
    spots = arrange(taken, told.edges.map((edge) => {
      const share = edge.via.length ? 0.75 : told.nodes[edge.from].shape === "circle" ? (edge.label ?? 0.34) : 0.6;
      return { points: line(edge, at), share, up: wide(edge.up, 11), down: wide(edge.down, 11) };
    }), spots);
    canvas.boxes = [...taken, ...spots.flatMap(({ boxes }, i) => boxes.map((box) => ({ ...box, text: `${told.edges[i].up} ${told.edges[i].down}` })))];
  }

  const reach = ({ shape }) => (shape === "box" ? WIDE / 2 : RADIUS);
  const tall = ({ shape }) => (shape === "box" ? TALL / 2 : RADIUS);
  const above = ({ up, name }) => (up ? (name ? `${name} = ${up}` : up) : name);
  const type = (points, bold = "") => `${bold} ${points}px system-ui, "DejaVu Sans", sans-serif`;

  /** An edge's line from rim to rim. */
  function line(edge, at) {
    const [from, to] = ends(edge, at);
    return [from, ...edge.via.map(at), to];
  }

  function ends(edge, at) {
    const [a, b] = [places[edge.from], places[edge.to]];
    const first = edge.via.length ? at(edge.via[0]) : b;
    const last = edge.via.length ? at(edge.via.at(-1)) : a;
    return [rim(a, first, told.nodes[edge.from]), rim(b, last, told.nodes[edge.to])];
  }

  /** Where the line from a node's middle towards `to` leaves its rim. */
  function rim([x, y], [u, v], node) {
    const [dx, dy] = [u - x, v - y];
    if (node.shape !== "box") {
      const far = Math.hypot(dx, dy) || 1;
      return [x + (dx / far) * RADIUS, y + (dy / far) * RADIUS];
    }
    const t = Math.min(WIDE / 2 / (Math.abs(dx) || 1e-9), TALL / 2 / (Math.abs(dy) || 1e-9));
    return [x + dx * t, y + dy * t];
  }

  function arrow(context, edge, at) {
    const { palette } = stage;
    const points = line(edge, at);
    context.strokeStyle = context.fillStyle = ink(edge);
    context.lineWidth = edge.glow ? 3 : edge.state ? 2.5 : edge.weight === undefined ? 1.2 : Math.min(5, 0.8 + 1.4 * Math.abs(edge.weight));
    context.globalAlpha = edge.faint ? 0.15 : 1;
    context.beginPath();
    context.moveTo(...points[0]);
    for (const point of points.slice(1)) context.lineTo(...point);
    context.stroke();
    const [tip, before] = edge.state === "down" ? [points[0], points[1]] : [points.at(-1), points.at(-2)];
    head(context, before, tip);
    context.globalAlpha = 1;
    context.strokeStyle = palette.line;
  }

  function ink({ state, weight, glow }) {
    const { palette } = stage;
    if (glow) return palette.gradient_positive;
    if (state) return state === "up" ? palette.accent : palette.gradient_positive;
    if (weight !== undefined) return weight < 0 ? palette.negative : palette.positive;
    return palette.dim;
  }

  function head(context, [x, y], [u, v]) {
    const angle = Math.atan2(v - y, u - x);
    context.beginPath();
    context.moveTo(u, v);
    for (const turn of [-0.4, 0.4]) context.lineTo(u - 8 * Math.cos(angle + turn), v - 8 * Math.sin(angle + turn));
    context.fill();
  }

  /** The two numbers of an edge, on the card's own colour. */
  function numbers(context, edge, { x, y, boxes }) {
    const aside = edge.up && edge.down ? ABOVE : 0;
    context.fillStyle = stage.palette.card;
    for (const { left, right, top, bottom } of boxes) context.fillRect(left, top + 1, right - left, bottom - top - 2);
    context.globalAlpha = edge.faint ? 0.15 : 1;
    label(context, edge.up, x, y - aside, edge.weight === undefined ? stage.palette.dim : stage.palette.ink, 11);
    label(context, edge.down, x, y + aside, stage.palette.gradient_positive, 11);
    context.globalAlpha = 1;
  }

  function label(context, text, x, y, color, points, align = "center", bold = "") {
    if (!text) return;
    context.font = type(points, bold);
    context.textAlign = align;
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = stage.palette.card;
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  }

  function drawNode(context, node, i) {
    const { palette } = stage;
    const [x, y] = places[i];
    const half = tall(node);
    context.globalAlpha = node.faint ? 0.25 : 1;
    context.beginPath();
    if (node.shape === "box") context.roundRect(x - WIDE / 2, y - TALL / 2, WIDE, TALL, 5);
    else context.arc(x, y, RADIUS, 0, 7);
    context.fillStyle = node.fill ?? palette.background;
    context.fill();
    context.setLineDash(node.state === "wait" ? [3, 3] : []);
    context.strokeStyle = i === told.chosen || node.state === "now" ? palette.accent : palette.dim;
    context.lineWidth = i === told.chosen ? 3 : node.state === "now" ? 2 : 1.2;
    context.stroke();
    context.setLineDash([]);
    label(context, node.text, x, y + 0.5, palette.ink, node.text.length > 6 ? 10 : 13.5, "center", node.shape === "round" ? "600" : "");
    label(context, above(node), x, y - half - 9, node.up ? palette.accent : palette.dim, 12, "center", node.up ? "600" : "");
    label(context, node.down, x, y + half + 10, palette.gradient_positive, 12, "center", "600");
    context.globalAlpha = 1;
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [(event.clientX - box.left) / size, (event.clientY - box.top) / size];
    return places.findIndex(([x, y]) => Math.abs(u - x) < WIDE / 2 + 6 && Math.abs(v - y) < TALL / 2 + 16);
  }

  /** The edge whose numbers are nearest to the pointer, or -1. */
  function edgeUnder(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [(event.clientX - box.left) / size, (event.clientY - box.top) / size];
    let [best, nearest] = [-1, 7];
    told.edges.forEach(({ from, to }, i) => {
      const [[x, y], [p, q]] = [places[from], places[to]];
      const t = clamp(((u - x) * (p - x) + (v - y) * (q - y)) / ((p - x) ** 2 + (q - y) ** 2 || 1), 0, 1);
      const far = Math.hypot(u - x - t * (p - x), v - y - t * (q - y));
      if (far < nearest) [best, nearest] = [i, far];
    });
    return best;
  }

  function choose(unit) {
    stage.send({ panel: panel.name, kind: "click", unit });
    stage.rest();
  }

  if (click) {
    canvas.addEventListener("click", (event) => {
      if (!told) return;
      const unit = under(event);
      if (unit >= 0) return choose(unit);
      const edge = panel.options.edges ? edgeUnder(event) : -1;
      if (edge < 0) return;
      stage.send({ panel: panel.name, kind: "edge", unit: edge });
      stage.rest();
    });
    canvas.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!turn || !told) return;
      event.preventDefault();
      choose(stage.step(panel.name, told.chosen ?? 0, (node) => (node + turn + told.nodes.length) % told.nodes.length));
    });
  }

  const layout = () => {
    element.style.width = `${width * stage.k}px`;
    wide = 0;
  };
  layout();
  return { element, draw, layout };
}
