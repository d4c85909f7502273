// track: a road from above, cars on it, and what belongs to places of it.  It is driven on with arrow
// keys or a held pointer, and drawn with the pen where the frame says so.
//
// values/<name>.road (2, N), the middle of the road in metres; values/<name> (5, cars): x, y, heading,
// kind, 1 where it crashed; values/<name>.rays (2, rays) from the chosen car; values/<name>.trail
// (3, T): x, y, kind, NaN is a gap; values/<name>.arrows (4, A); values/<name>.marks (3, N): x, y,
// strength in [0, 1]; maps/<name> (1, H, W), a field, row 0 the upper edge;
// notes[name] = {world, half, chosen, drawing, word, limit, busy}.

import { line, pointed } from "../axes.js";
import { INKS, Scale, inked, short } from "../colors.js";
import { clamp, el, fit, reducedMotion, write } from "../dom.js";
import { cross } from "../marks.js";
import { clear, paintCar, paintRoad, roadPath } from "../track/paint.js";

const KEYS = { ArrowLeft: ["turn", 1], ArrowRight: ["turn", -1], ArrowUp: ["pedal", 1], ArrowDown: ["pedal", -1], a: ["turn", 1], d: ["turn", -1], w: ["pedal", 1], s: ["pedal", -1] };
const NUDGE = 2; // metres of a key's step of the pen
const SLOWEST = 160; // milliseconds between two frames, beyond which cars are not drawn on their way
const FAR = 8; // metres between two frames, beyond which a car began anew

export function create(panel, stage) {
  const { width = 720, names = [], drive = false, edit = false, inks = INKS, field: word = "", arrows: arrowWord = "", marks: markWord = "" } = panel.options;
  const how = drive ? " Arrow keys drive: left and right steer, up is gas, down is the brake." : "";
  const pen = edit ? " While a track is drawn, arrow keys move the pen, Enter puts a point, Escape closes the line." : "";
  const canvas = el("canvas", { role: drive || edit ? "application" : "img", "aria-label": `${panel.alt}.${how}${pen}`, tabindex: drive || edit ? 0 : undefined, class: drive || edit ? "drawable" : "" });
  const keys = names.map((name, k) => el("span", { class: "key spot", style: inked(inks[k]) }, name));
  const swatch = el("span", { class: "swatch" });
  const range = el("span", { class: "range" });
  const scaled = [el("span", {}, word), swatch, range];
  const legend = el("div", { class: "legend" }, ...keys, arrowWord ? el("span", {}, `→ ${arrowWord}`) : "", markWord ? el("span", { class: "crossed" }, el("b", {}, "×"), ` ${markWord}`) : "", ...(word ? scaled : []));
  const element = el("div", { class: "road" }, canvas, legend);
  const sheet = document.createElement("canvas");
  let [told, data, shown, from, field, painted, arrived, spent, span, loop] = [null, {}, null, null, null, "", 0, 0, 0, 0];
  let [held, stroke, cursor, pressed] = [null, [], null, new Set()];

  const across = () => stage.across(width, 36);
  const k = () => across() / told.world[0]; // CSS pixels a metre
  const X = (x) => x * k();
  const Y = (y) => (told.world[1] - y) * k();
  const at = (event) => pointed(event, canvas, { left: 0, right: across(), top: 0, bottom: told.world[1] * k() }, [0, told.world[0]], [0, told.world[1]]).map((v) => Math.round(v * 100) / 100);
  const say = (kind, more) => stage.send({ panel: panel.name, kind, ...more });

  function draw(frame) {
    if (!frame.notes[panel.name]) return;
    told = frame.notes[panel.name];
    for (const part of ["road", "rays", "trail", "arrows", "marks"]) data[part] = frame.tensors[`values/${panel.name}.${part}`];
    const cars = frame.tensors[`values/${panel.name}`];
    const now = frame.tensors[`maps/${panel.name}`];
    if (!cars || !data.road) return;
    if (now !== field || data.road !== data.laid) painted = "";
    [field, data.laid] = [now, data.road];
    data.range = frame.tensors[`range/${panel.name}`]?.data;
    if (cars !== data.cars) {
      const time = performance.now();
      [from, span, arrived] = [shown, clamp(time - arrived, 0, 2 * SLOWEST), time];
      if (span > SLOWEST || reducedMotion() || from?.length !== cars.data.length) from = null;
      data.cars = cars;
    }
    animate();
  }

  /** Draw cars on their way from where they were shown to where they are. */
  function animate() {
    cancelAnimationFrame(loop);
    const share = from && span ? Math.min(1, (performance.now() - arrived) / span) : 1;
    render(share);
    if (share < 1) loop = requestAnimationFrame(animate);
  }

  function between(share) {
    const next = data.cars.data;
    if (share >= 1) return (shown = Float32Array.from(next));
    const [, count] = data.cars.shape;
    shown = Float32Array.from(next);
    for (let i = 0; i < count; i++) {
      if (Math.hypot(next[i] - from[i], next[count + i] - from[count + i]) > FAR) continue;
      const turn = Math.atan2(Math.sin(next[2 * count + i] - from[2 * count + i]), Math.cos(next[2 * count + i] - from[2 * count + i]));
      for (const row of [0, 1]) shown[row * count + i] = from[row * count + i] + share * (next[row * count + i] - from[row * count + i]);
      shown[2 * count + i] = from[2 * count + i] + share * turn;
    }
    return shown;
  }

  function render(share = 1) {
    if (!told || !data.cars) return;
    const began = performance.now();
    const [w, h] = [across(), told.world[1] * k()];
    const context = fit(canvas, w, h);
    const look = `${stage.themed} ${w} ${told.drawing} ${told.bare}`;
    if (look !== painted) {
      painted = look;
      paintRoad(sheet, [w, h], { road: roadPath(data.road, X, Y), half: told.half * k(), field: told.bare ? null : field, range: data.range, limit: told.limit, map: told.map, faint: told.drawing }, stage.palette);
      if (field) {
        const scale = new Scale(stage.palette, told.map ?? "signed", told.limit);
        swatch.style.background = scale.gradient();
        write(range, scale.signed ? `${short(-told.limit, 2)} … ${short(told.limit, 2)}` : `0 … ${short(told.limit, 2)}`);
      }
      for (const part of scaled) part.hidden = !field || told.bare;
    }
    clear(context, w, h);
    context.drawImage(sheet, 0, 0, w, h);
    marks(context);
    arrows(context);
    trail(context);
    if (!told.drawing) cars(context, between(share));
    pencil(context);
    spent = performance.now() - began;
    element.dataset.spent = spent.toFixed(2);
  }

  function marks(context) {
    if (!data.marks) return;
    const [, count] = data.marks.shape;
    const size = clamp(0.9 * k(), 3, 6);
    for (let i = 0; i < count; i++) {
      context.globalAlpha = clamp(data.marks.data[2 * count + i], 0, 1);
      cross(context, X(data.marks.data[i]) - size / 2, Y(data.marks.data[count + i]) - size / 2, size, size, stage.palette.rose, size / 3);
    }
    context.globalAlpha = 1;
  }

  function arrows(context) {
    if (!data.arrows || told.drawing) return;
    const [, count] = data.arrows.shape;
    const value = (row, i) => data.arrows.data[row * count + i];
    context.strokeStyle = context.fillStyle = stage.palette.ink;
    context.lineWidth = 1.2;
    for (let i = 0; i < count; i++) {
      const [u, v] = [X(value(0, i)), Y(value(1, i))];
      const [p, q] = [X(value(0, i) + value(2, i)), Y(value(1, i) + value(3, i))];
      const angle = Math.atan2(q - v, p - u);
      line(context, 2, (j) => (j ? [p, q] : [u, v]));
      context.beginPath();
      context.moveTo(p + 2 * Math.cos(angle), q + 2 * Math.sin(angle));
      for (const turn of [-0.5, 0.5]) context.lineTo(p - 4 * Math.cos(angle + turn), q - 4 * Math.sin(angle + turn));
      context.fill();
    }
  }

  function trail(context) {
    if (!data.trail || told.drawing) return;
    const [, count] = data.trail.shape;
    const value = (row, i) => data.trail.data[row * count + i];
    context.lineWidth = 2;
    context.lineJoin = "round";
    for (let i = 0; i < count; ) {
      const kind = value(2, i);
      let end = i;
      while (end < count && value(2, end) === kind) end++;
      if (Number.isFinite(kind)) {
        context.strokeStyle = stage.palette[inks[kind]];
        const [first, last] = [i, Math.min(end + 1, count)];
        line(context, last - first, (j) => (Number.isFinite(value(0, first + j)) ? [X(value(0, first + j)), Y(value(1, first + j))] : null));
      }
      i = Math.max(end, i + 1);
    }
  }

  function cars(context, places) {
    const [, count] = data.cars.shape;
    const value = (row, i) => places[row * count + i];
    if (data.rays) {
      const [, rays] = data.rays.shape;
      context.strokeStyle = stage.palette.accent;
      context.lineWidth = 1;
      context.globalAlpha = 0.55;
      for (let j = 0; j < rays; j++) line(context, 2, (i) => (i ? [X(data.rays.data[j]), Y(data.rays.data[rays + j])] : [X(value(0, told.chosen)), Y(value(1, told.chosen))]));
      context.globalAlpha = 1;
      context.fillStyle = stage.palette.accent;
      for (let j = 0; j < rays; j++) context.fillRect(X(data.rays.data[j]) - 1.5, Y(data.rays.data[rays + j]) - 1.5, 3, 3);
    }
    for (let i = count - 1; i >= 0; i--) {
      const ink = stage.palette[inks[value(3, i)]] ?? stage.palette.dim;
      paintCar(context, X(value(0, i)), Y(value(1, i)), -value(2, i), k(), ink, { palette: stage.palette, strong: i === told.chosen, crashed: value(4, i) > 0 });
    }
  }

  function pencil(context) {
    if (!told.drawing) return;
    context.strokeStyle = stage.palette.accent;
    context.lineWidth = 3;
    line(context, stroke.length, (i) => [X(stroke[i][0]), Y(stroke[i][1])]);
    if (cursor) cross(context, X(cursor[0]) - 5, Y(cursor[1]) - 5, 10, 10, stage.palette.ink, 2);
    if (stroke.length || cursor) return;
    context.fillStyle = stage.palette.ink;
    context.font = "15px system-ui, sans-serif";
    context.textAlign = "center";
    context.fillText("Draw a closed line: the middle of the road.", across() / 2, Y(told.world[1] / 2));
  }

  function steer() {
    const sum = { turn: 0, pedal: 0 };
    for (const key of pressed) sum[KEYS[key][0]] += KEYS[key][1];
    say("drive", { turn: clamp(sum.turn, -1, 1), pedal: clamp(sum.pedal, -1, 1) });
  }

  function finish() {
    if (stroke.length) say("stroke", { begin: true, points: stroke });
    [stroke, cursor] = [[], null];
    say("lift", {});
    stage.rest();
  }

  const letGo = () => {
    if (pressed.size) (pressed.clear(), steer(), stage.rest());
  };
  if (drive || edit) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !told) return;
      canvas.setPointerCapture(event.pointerId);
      event.preventDefault();
      canvas.focus();
      held = told.drawing ? "pen" : drive ? "wheel" : null;
      if (held === "pen") stroke = [at(event)];
      else if (held) follow(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (held === "pen") (stroke.push(at(event)), render());
      else if (held) follow(event);
    });
    const drop = () => {
      if (held === "pen") finish();
      else if (held) (say("lift", {}), stage.rest());
      held = null;
    };
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, drop);
    canvas.addEventListener("keydown", (event) => {
      if (told?.drawing && edit) return writeByKeys(event);
      if (!drive || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // a presenter's clicker is the same keys
      if (pressed.has(event.key)) return;
      pressed.add(event.key);
      steer();
    });
    canvas.addEventListener("keyup", (event) => {
      if (pressed.delete(event.key)) (steer(), pressed.size || stage.rest());
    });
    canvas.addEventListener("blur", letGo);
  }

  function follow(event) {
    const [x, y] = at(event);
    say("move", { x, y });
  }

  function writeByKeys(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    cursor ??= told.world.map((v) => v / 2);
    if (step) cursor = cursor.map((v, i) => clamp(v + NUDGE * step[i], 0, told.world[i]));
    else if (event.key === "Enter") stroke.push(cursor);
    else return finish();
    render();
  }

  return { element, draw, layout: () => ((painted = ""), render()), hello: { panel: panel.name, kind: "hello" } };
}
