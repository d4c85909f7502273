// network: a dense net on the plane.  Every unit is its own map; hover shows it large, click shows
// its sum; an edge is a weight, and a click on it opens it; units and layers come and go here.  With
// the keyboard, arrows on the picture go from weight to weight, and Enter opens one.

import { short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";
import { edgeEditor } from "../network/editor.js";
import { heads } from "../network/heads.js";
import { edgeAt, edgeBeside, layout, pointOf } from "../network/layout.js";
import { border, dead, edges, saturated, sheetOf } from "../network/paint.js";
import { CLASSES } from "../plane/paint.js";

export function create(panel, stage) {
  const { width = 640, height = 470, fixed = false, reach } = panel.options;
  const keys = "Arrow keys go from weight to weight, Enter opens one.";
  const canvas = el("canvas", { role: "application", "aria-label": `${panel.alt}. ${keys}`, tabindex: 0 });
  const [headings, nodes] = [el("div"), el("div")];
  const tip = el("span", { class: "tip", role: "status", hidden: true });
  const legend = el("div", { class: "legend" });
  const sheets = { features: document.createElement("canvas"), units: document.createElement("canvas") };
  let [news, last, built, geometry, theta, slopes, hovered, near] = [null, null, "", null, null, null, null, null];

  const wide = () => stage.across(width, 36);
  const tall = () => height * (stage.narrow ? 0.85 : stage.k);
  const say = (kind, more = {}) => stage.send({ panel: panel.name, kind, ...more });
  const build = (kind, more) => () => [say(kind, more), stage.rest()];
  const choose = (layer, value) => [say("activation", { layer, value }), stage.rest()];
  const editor = edgeEditor({ say, rest: () => stage.rest(), left: () => canvas.focus({ preventScroll: true }), reach, plain: fixed });
  const picture = el("div", { class: "network" }, canvas, headings, nodes, tip, editor.element);

  const sourceName = (layer, from) => (layer === 0 ? news.features[from].name : `unit ${from + 1}`);
  const classes = () => news.layers.at(-1).size > 2; // one output a class
  const unitName = (layer, unit) => (layer < news.layers.length - 1 ? `unit ${unit + 1} of layer ${layer + 1}` : classes() ? `output ${unit + 1}, ${CLASSES[unit][0]}` : `output ${unit + 1}`);
  const nameOf = (edge) => `${sourceName(edge.layer, edge.from)} → ${unitName(edge.layer, edge.unit)}`;

  function place(node, x, y) {
    const most = geometry.w - (node.offsetWidth || 200);
    node.style.transform = `translate(${Math.max(0, Math.min(most, x))}px, ${Math.max(0, y)}px)`;
  }

  /** Point at an edge, or at none; its numbers stand at (x, y). */
  function point(edge, x, y) {
    const changed = near?.at !== edge?.at;
    near = edge;
    tip.hidden = !edge;
    if (edge) {
      write(tip, `${nameOf(edge)} · weight ${short(theta[edge.at], 3)}${slopes ? ` · gradient ${short(slopes[edge.at], 3)}` : ""}`);
      place(tip, x, y);
    }
    if (changed && last) draw(last);
  }

  function open(edge) {
    say("edge", { layer: edge.layer, unit: edge.unit, source: edge.source });
    editor.open(edge, nameOf(edge));
    const [x, y] = pointOf(edge, 0.5);
    place(editor.element, x - 110, Math.min(y + 12, geometry.h - 120));
    point(null);
    stage.rest();
  }

  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return [edgeAt(geometry?.curves ?? [], x, y), x, y];
  };
  canvas.addEventListener("pointermove", (event) => {
    const [edge, x, y] = under(event);
    canvas.style.cursor = edge ? "pointer" : "";
    point(edge, x + 14, y - 30);
  });
  for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => point(null));
  canvas.addEventListener("click", (event) => {
    const [edge] = under(event);
    if (edge) open(edge);
    else editor.close();
  });
  canvas.addEventListener("keydown", (event) => {
    if (!geometry || !(event.key.startsWith("Arrow") || event.key === "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") return near && open(near);
    const edge = edgeBeside(geometry.curves, near, event.key);
    if (edge) point(edge, ...pointOf(edge, 0.5).map((v, i) => v + (i ? -34 : -60)));
  });

  /** Headings and the buttons over the tiles, made anew when the net's shape changes. */
  function dress() {
    const root = picture.getRootNode();
    const held = headings.contains(root.activeElement) || nodes.contains(root.activeElement) ? root.activeElement.getAttribute("aria-label") : null;
    headings.replaceChildren(...heads(news, geometry, { fixed, narrow: stage.narrow, build, choose }));
    nodes.replaceChildren(...geometry.columns.flatMap((column, c) => column.map(({ x, y }, k) => node(c, k, x, y))));
    if (held) picture.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  function node(c, k, x, y) {
    const layer = c - 1;
    const feature = c === 0 ? news.features[k] : null;
    const label = feature ? `feature ${feature.name}` : unitName(layer, k);
    const index = feature ? news.features.slice(0, k).filter((f) => f.on).length : k;
    const enter = () => {
      if (feature && !feature.on) return;
      hovered = [c, k];
      say("hover", { layer, unit: index });
    };
    const leave = () => {
      hovered = null;
      tip.hidden = true;
      say("leave");
    };
    const read = (event) => {
      const box = button.getBoundingClientRect();
      const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((v) => clamp(v, 0, 0.999));
      const unit = feature ? k : news.layers.slice(0, layer).reduce((sum, { size }) => sum + size, k);
      write(tip, `${label} = ${short(valueAt(feature ? "features" : "units", unit, share))}`);
      tip.hidden = false;
      place(tip, x + share[0] * geometry.tile + 14, y + share[1] * geometry.tile - 30);
    };
    const pick = () => {
      if (!feature) say("select", { layer, unit: k });
      else if (news.single) say("feature", { key: feature.key });
      stage.rest();
    };
    const pressed = feature && news.single ? String(feature.on) : undefined;
    const title = feature && news.single ? `${label}: click to switch it ${feature.on ? "off" : "on"}` : label;
    const button = el("button", { type: "button", class: "node", "aria-label": label, title, "aria-pressed": pressed, onpointerenter: enter, onpointerleave: leave, onpointermove: read, onfocus: enter, onblur: leave, onclick: pick });
    button.style.width = button.style.height = `${geometry.tile}px`;
    button.style.transform = `translate(${x}px, ${y}px)`;
    return button;
  }

  /** The value of one map at a place in it, two shares from its upper left corner. */
  function valueAt(stack, k, [across, down]) {
    const { data, shape: [, rows, cols] } = last.tensors[`maps/${stack}`];
    const level = data[(k * rows + Math.floor(down * rows)) * cols + Math.floor(across * cols)];
    const [low, high] = last.tensors[`range/${stack}`].data.slice(2 * k, 2 * k + 2);
    return level === 255 ? NaN : low + (level / 254) * (high - low);
  }

  function draw(frame) {
    news = frame.notes[panel.name];
    if (!news || !frame.tensors["values/theta"]) return;
    last = frame;
    theta = frame.tensors["values/theta"].data;
    slopes = news.gradient ? frame.tensors["values/slopes"]?.data : null;
    const key = JSON.stringify([news.features, news.layers, wide(), tall(), stage.themed]);
    if (key !== built) {
      geometry = layout(news, { w: wide(), h: tall(), k: stage.k, narrow: stage.narrow });
      near = null;
      dress();
      built = key;
      explain();
    }
    const context = fit(canvas, geometry.w, geometry.h);
    context.clearRect(0, 0, geometry.w, geometry.h);
    const { palette } = stage;
    edges(context, { curves: geometry.curves, palette, values: slopes ?? theta, theta, gradient: Boolean(slopes), layers: news.layers, frozen: new Set(news.frozen), lit: hovered, chosen: editor.edge(), near });
    features(context, frame, palette);
    units(context, frame, palette);
    editor.refresh(geometry.curves, theta, news.frozen, slopes, (input) => stage.held(input));
    if (news.gradient !== legend.gradient) explain();
  }

  function features(context, frame, palette) {
    const maps = frame.tensors["maps/features"];
    const [column] = geometry.columns;
    if (maps?.shape[0] !== column.length) return;
    const paint = sheetOf(sheets.features, palette, maps, frame.tensors["range/features"].data, () => 1);
    context.imageSmoothingEnabled = true;
    context.font = `${stage.narrow ? 11 : 12}px system-ui, sans-serif`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    column.forEach(({ x, y }, k) => {
      const { on, name } = news.features[k];
      context.globalAlpha = on ? 1 : 0.28;
      paint(context, k, x, y, geometry.tile);
      context.globalAlpha = 1;
      context.fillStyle = on ? palette.ink : palette.dim;
      if (x > 30 && name.length < 9) context.fillText(name, x - 5, y + geometry.tile / 2);
      border(context, palette, x, y, geometry.tile, hovered?.[0] === 0 && hovered[1] === k);
    });
  }

  function units(context, frame, palette) {
    const maps = frame.tensors["maps/units"];
    const layerOf = news.layers.flatMap((layer, i) => Array(layer.size).fill(i));
    if (maps?.shape[0] !== layerOf.length) return;
    const paint = sheetOf(sheets.units, palette, maps, frame.tensors["range/units"].data, (k) => news.limits[layerOf[k]]);
    const spots = { dead: new Set(news.dead.map(String)), saturated: new Set(news.saturated.map(String)) };
    context.imageSmoothingEnabled = true;
    let k = 0;
    news.layers.forEach((_, i) =>
      geometry.columns[i + 1].forEach(({ x, y }, unit) => {
        paint(context, k++, x, y, geometry.tile);
        border(context, palette, x, y, geometry.tile, hovered?.[0] === i + 1 && hovered[1] === unit, news.selected[0] === i && news.selected[1] === unit);
        if (classes() && i === news.layers.length - 1) {
          context.fillStyle = palette[CLASSES[unit][1]];
          context.fillRect(x, y + geometry.tile + 2, geometry.tile, 3);
        }
        if (spots.dead.has(`${i},${unit}`)) dead(context, palette, x, y, geometry.tile);
        if (spots.saturated.has(`${i},${unit}`)) saturated(context, palette, x, y, geometry.tile);
      }),
    );
  }

  /** What the colours and marks mean. */
  function explain() {
    legend.gradient = news.gradient;
    const [up, down] = news.gradient ? ["gradient-positive", "gradient-negative"] : ["positive", "negative"];
    const key = (color, text) => el("span", { class: "key", style: `--c: var(--${color})` }, text);
    const marks = fixed ? [] : [el("span", {}, "╌ frozen"), el("span", {}, "⋯ cut"), el("span", {}, "☒ dead"), el("span", {}, "▭ bars: saturated")];
    legend.replaceChildren(key(up, `positive ${news.gradient ? "gradient" : "weight"}`), key(down, "negative; thicker is larger"), ...marks);
  }

  return { element: el("div", {}, picture, legend), draw, hello: { panel: panel.name, kind: "hello" }, layout: () => (built = "") };
}
