// surface: a loss over the plane as level lines, with balls that roll on it and the trails they left.
// Drag anywhere to move the start.
//
// values/<name>.field (H, W), row 0 is the lower edge; values/<name>.trails (balls, steps, 2);
// notes[name] = {low, high, minima, start, off: [ball], chosen, arrows: [{part, by}]}.

import { along, axes, inner, line, pointed, thirds } from "../axes.js";
import { INKS, inked, short } from "../colors.js";
import { clamp, el, fit } from "../dom.js";
import { clipped, cross } from "../marks.js";
import { relief } from "../relief.js";

const PARTS = { gradient: "gradient_positive", velocity: "negative", step: "ink" };
const MARGINS = [46, 36, 8]; // CSS pixels at the left, below, and at the other sides
const ARROW = 64; // CSS pixels of the longest arrow
const FAR = 1e5; // pixels beyond which a line need not be drawn

export function create(panel, stage) {
  const { names, letters, width = 560, height = 420, x = "x", y = "y" } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: 0, class: "drawable" });
  const balls = names.map((name, unit) =>
    el("button", { type: "button", class: "ball", style: inked(INKS[unit]), onclick: () => tell({ kind: "toggle", unit }) }, el("b", {}, letters[unit]), name),
  );
  const bar = el("span", { class: "swatch levels" });
  const reach = el("span", { class: "range" });
  const parts = el("span", { class: "range" }, ...Object.entries(PARTS).map(([part, ink]) => el("span", { class: "key", style: inked(ink) }, part, " ")));
  const element = el("div", { class: "surface" }, canvas, el("div", { class: "balls", role: "group", "aria-label": "which balls run" }, ...balls), el("div", { class: "legend" }, "loss", bar, reach, "parts of the step:", parts));
  const sheet = document.createElement("canvas");
  let [told, field, trails, painted, held, room, box] = [null, null, null, "", false, 0, null];

  const range = (i) => [told.low[i], told.high[i]];
  const X = (v) => along(v, range(0), [box.left, box.right]);
  const Y = (v) => along(v, range(1), [box.bottom, box.top]);

  function tell(event) {
    stage.send({ panel: panel.name, ...event });
    if (event.kind !== "start") stage.rest();
  }

  function draw(frame) {
    if (!frame.notes[panel.name]) return;
    told = frame.notes[panel.name];
    const [newField, newTrails] = [frame.tensors[`values/${panel.name}.field`], frame.tensors[`values/${panel.name}.trails`]];
    if (!newField || !newTrails) return;
    if (newField !== field) painted = "";
    [field, trails] = [newField, newTrails];
    render();
  }

  function render() {
    box = inner(Math.min(width * stage.k, (room ||= element.clientWidth || Infinity)), height * stage.k, MARGINS);
    const context = fit(canvas, box.width, box.height);
    if (stage.themed !== painted) {
      painted = stage.themed; // at one size, whatever the screen's: painting is slow
      paint(1.4 * width, 1.4 * height);
    }
    context.clearRect(0, 0, box.width, box.height);
    context.imageSmoothingEnabled = true;
    context.drawImage(sheet, box.left, box.top, box.w, box.h);
    const numbers = (i, place) => thirds(range(i)).map((v) => [place(v), short(v, 1)]);
    axes(context, box, { x: numbers(0, X), y: numbers(1, Y), titles: [x, y] }, stage.palette);
    clipped(context, box.left, box.top, box.w, box.h, () => {
      for (const [u, v] of told.minima) cross(context, X(u) - 4, Y(v) - 4, 8, 8, stage.palette.ink, 1.2);
      const ends = names.map((_, k) => trail(context, k));
      ends.forEach((end, k) => end && ball(context, end, k));
      if (ends[told.chosen]) arrows(context, ends[told.chosen]);
      start(context);
    });
    balls.forEach((button, k) => button.setAttribute("aria-pressed", String(!told.off.includes(k))));
  }

  function paint(w, h) {
    const [low, high] = relief(sheet, field, Math.round(w), Math.round(h), stage.palette);
    bar.style.background = `linear-gradient(to right, ${stage.palette.line}, ${stage.palette.card})`;
    reach.textContent = `${short(low, 2)} … ${short(high, 2)}, lines at equal steps of its logarithm`;
  }

  function trail(context, k) {
    if (told.off.includes(k)) return null;
    const [, steps] = trails.shape;
    context.strokeStyle = stage.palette[INKS[k]];
    context.lineWidth = k === told.chosen ? 2.4 : 1.5;
    const at = (i) => 2 * (k * steps + i);
    const place = (i) => [X(trails.data[at(i)]), Y(trails.data[at(i) + 1])].map((v) => clamp(v, -FAR, FAR));
    let ran = 0;
    while (ran < steps && Number.isFinite(trails.data[at(ran)])) ran++;
    line(context, ran, place);
    return ran ? place(ran - 1) : null;
  }

  function ball(context, [u, v], k) {
    context.beginPath();
    context.arc(u, v, k === told.chosen ? 9 : 7.5, 0, 7);
    context.fillStyle = stage.palette[INKS[k]];
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = stage.palette.card;
    context.stroke();
    context.fillStyle = stage.palette.card;
    context.font = "bold 9px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letters[k], u, v + 0.5);
  }

  /** The parts of the chosen ball's last step, all magnified alike. */
  function arrows(context, [u, v]) {
    const vectors = told.arrows.map(({ part, by }) => [part, X(by[0] + told.low[0]) - X(told.low[0]), Y(by[1] + told.low[1]) - Y(told.low[1])]);
    const longest = Math.max(...vectors.map(([, a, b]) => Math.hypot(a, b)), 1e-12);
    for (const [part, a, b] of vectors) {
      const [p, q] = [u + (a / longest) * ARROW, v + (b / longest) * ARROW];
      const angle = Math.atan2(b, a);
      context.strokeStyle = context.fillStyle = stage.palette[PARTS[part]];
      context.lineWidth = part === "step" ? 2.5 : 2;
      context.setLineDash(part === "step" ? [] : [4, 3]);
      line(context, 2, (i) => (i ? [p, q] : [u, v]));
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(p, q);
      for (const turn of [-0.45, 0.45]) context.lineTo(p - 9 * Math.cos(angle + turn), q - 9 * Math.sin(angle + turn));
      context.fill();
    }
  }

  function start(context) {
    const [u, v] = [X(told.start[0]), Y(told.start[1])];
    context.strokeStyle = stage.palette.ink;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(u, v, 6, 0, 7);
    context.stroke();
  }

  function put(turn) {
    const [x, y] = stage.step(panel.name, told.start, turn);
    tell({ kind: "start", x, y });
  }

  const move = (event) => put(() => pointed(event, canvas, box, range(0), range(1)));

  canvas.addEventListener("pointerdown", (event) => {
    if (!box || event.button !== 0) return;
    held = true;
    canvas.setPointerCapture(event.pointerId);
    move(event);
  });
  canvas.addEventListener("pointermove", (event) => held && move(event));
  const drop = () => {
    if (held) tell({ kind: "lift" });
    held = false;
  };
  canvas.addEventListener("pointerup", drop);
  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step || !told) return;
    event.preventDefault();
    const nudge = (at) => at.map((v, i) => clamp(v + (step[i] * (told.high[i] - told.low[i])) / 100, ...range(i)));
    put(nudge);
    tell({ kind: "lift" });
  });

  const layout = () => {
    element.style.width = `${width * stage.k}px`;
    room = 0;
  };
  layout();
  const keep = () => {
    const [x, y] = stage.ahead.get(panel.name) ?? told?.start ?? [];
    return told && { panel: panel.name, kind: "start", x, y };
  };
  return { element, draw, layout, keep, hello: { panel: panel.name, kind: "hello" } };
}
