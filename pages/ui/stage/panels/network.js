// network: a dense net on the plane.  Every unit is its own map; hover shows it large, click shows
// its sum; an edge is a weight, and a click on it opens it; units and layers come and go here.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";

const [HEAD, LABEL, FOOT] = [58, 56, 8]; // CSS pixels above the tiles, left of them, below
const CATCH = 6; // CSS pixels from an edge at which it is caught
const SAMPLES = 12; // points of a curve that is looked for
const FUNCTIONS = ["identity", "sigmoid", "tanh", "relu", "leaky relu", "elu", "gelu", "silu", "sine", "softplus"];

export function create(panel, stage) {
  const { width = 640, height = 470, fixed = false } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt });
  const heads = el("div");
  const nodes = el("div");
  const tip = el("span", { class: "tip", hidden: true });
  const element = el("div", { class: "network" }, canvas, heads, nodes, tip);
  const sheets = { features: document.createElement("canvas"), units: document.createElement("canvas") };
  let [news, built, geometry, theta, slopes, hovered, near] = [null, "", null, null, null, null, null];
  const editor = edgeEditor();
  element.append(editor.element);

  const wide = () => Math.min(width * stage.k, stage.root.clientWidth < 760 ? stage.root.clientWidth - 36 : 1e9);
  const tall = () => height * (stage.root.clientWidth < 760 ? 0.85 : stage.k);
  const say = (kind, more = {}) => stage.send({ panel: panel.name, kind, ...more });
  const build = (kind, more) => () => [say(kind, more), stage.rest()];

  /** Where everything is: columns of tiles, from the features to the output. */
  function measure() {
    const counts = [news.features.length, ...news.layers.map((layer) => layer.size)];
    const most = Math.max(...counts);
    const [w, h] = [wide(), tall()];
    const narrow = stage.root.clientWidth < 760;
    const room = (h - HEAD - FOOT) / most;
    const left = narrow ? 34 : LABEL;
    const step = (w - left) / counts.length;
    const tile = Math.max(12, Math.min(40 * Math.max(1, stage.k), room - 7, step * 0.62));
    const columns = counts.map((count, c) => {
      const x = counts.length === 1 ? left : left + (c / (counts.length - 1)) * (w - left - tile);
      const gap = Math.min(room, tile + 26);
      const top = HEAD + (h - HEAD - FOOT - gap * count) / 2 + (gap - tile) / 2;
      return [...Array(count).keys()].map((k) => ({ x, y: top + k * gap }));
    });
    geometry = { w, h, tile, columns, curves: [] };
    let c = 0;
    for (const layer of news.layers) {
      const active = c === 0 ? news.features.map((f, i) => (f.on ? i : -1)).filter((i) => i >= 0) : columns[c].map((_, i) => i);
      for (let unit = 0; unit < layer.size; unit++)
        active.forEach((from, source) => {
          const [a, b] = [columns[c][from], columns[c + 1][unit]];
          const [x0, y0, x1, y1] = [a.x + tile, a.y + tile / 2, b.x, b.y + tile / 2];
          geometry.curves.push({ layer: c, unit, source: source + 1, from, at: layer.at + unit * (active.length + 1) + source + 1, x0, y0, x1, y1 });
        });
      c++;
    }
  }

  const pointOf = ({ x0, y0, x1, y1 }, t) => {
    const [m, s] = [(x0 + x1) / 2, 1 - t];
    return [s ** 3 * x0 + 3 * s * s * t * m + 3 * s * t * t * m + t ** 3 * x1, s ** 3 * y0 + 3 * s * s * t * y0 + 3 * s * t * t * y1 + t ** 3 * y1];
  };

  function edgeAt(event) {
    const box = canvas.getBoundingClientRect();
    const [u, v] = [event.clientX - box.left, event.clientY - box.top];
    let [best, least] = [null, CATCH ** 2];
    for (const curve of geometry?.curves ?? []) {
      if (u < curve.x0 - CATCH || u > curve.x1 + CATCH) continue;
      for (let i = 0; i <= SAMPLES; i++) {
        const [x, y] = pointOf(curve, i / SAMPLES);
        const [x2, y2] = pointOf(curve, Math.min(1, (i + 1) / SAMPLES));
        const [dx, dy] = [x2 - x, y2 - y];
        const t = Math.max(0, Math.min(1, ((u - x) * dx + (v - y) * dy) / (dx * dx + dy * dy || 1)));
        const d = (x + t * dx - u) ** 2 + (y + t * dy - v) ** 2;
        if (d < least) [best, least] = [curve, d];
      }
    }
    return best;
  }

  canvas.addEventListener("pointermove", (event) => {
    near = edgeAt(event);
    canvas.style.cursor = near ? "pointer" : "";
    if (!near) return (tip.hidden = true);
    const box = canvas.getBoundingClientRect();
    write(tip, `${nameOf(near)} · weight ${short(theta[near.at], 3)}${slopes ? ` · gradient ${short(slopes[near.at], 3)}` : ""}`);
    tip.hidden = false;
    place(tip, event.clientX - box.left + 14, event.clientY - box.top - 30);
  });
  canvas.addEventListener("pointerleave", () => [(near = null), (tip.hidden = true)]);
  canvas.addEventListener("click", (event) => {
    const edge = edgeAt(event);
    if (!edge) return editor.close();
    say("edge", { layer: edge.layer, unit: edge.unit, source: edge.source });
    editor.open(edge);
    stage.rest();
  });

  function place(node, x, y) {
    const most = geometry.w - (node.offsetWidth || 200);
    node.style.transform = `translate(${Math.max(0, Math.min(most, x))}px, ${Math.max(0, y)}px)`;
  }

  const sourceName = (layer, from) => (layer === 0 ? news.features[from].name : `unit ${from + 1}`);
  const unitName = (layer, unit) => (layer === news.layers.length - 1 ? `output ${unit + 1}` : `unit ${unit + 1} of layer ${layer + 1}`);
  const nameOf = (edge) => `${sourceName(edge.layer, edge.from)} → ${unitName(edge.layer, edge.unit)}`;

  /** A small window on the edge that was clicked. */
  function edgeEditor() {
    const name = el("b");
    const input = el("input", { type: "number", step: 0.1, "aria-label": "weight of the chosen edge" });
    const slider = el("input", { type: "range", min: -3, max: 3, step: 0.01, "aria-label": "weight of the chosen edge, as a slider" });
    const act = (kind, text) => el("button", { type: "button", onclick: () => [send(kind), stage.rest()] }, text);
    const freeze = act("freeze", "freeze");
    const box = el("div", { class: "editor", hidden: true, role: "dialog", "aria-label": "edge" }, el("div", { class: "row" }, name, el("button", { type: "button", "aria-label": "close", onclick: () => close() }, "×")), el("div", { class: "row" }, slider, input), el("div", { class: "row" }, freeze, act("cut", "cut"), el("span", { class: "dim" }, "")));
    let edge = null;
    const send = (kind, more = {}) => edge && say(kind, { layer: edge.layer, unit: edge.unit, source: edge.source, ...more });
    for (const field of [input, slider])
      field.addEventListener("input", () => Number.isFinite(field.valueAsNumber) && send("weight", { value: field.valueAsNumber }));
    box.addEventListener("keydown", (event) => event.key === "Escape" && close());
    const close = () => [(edge = null), (box.hidden = true)];
    return {
      element: box,
      close,
      edge: () => edge,
      open(chosen) {
        edge = chosen;
        box.hidden = false;
        write(name, nameOf(edge));
        const [x, y] = pointOf(edge, 0.5);
        place(box, x - 110, Math.min(y + 12, geometry.h - 120));
        slider.focus();
      },
      refresh() {
        if (!edge) return;
        edge = geometry.curves.find((c) => c.layer === edge.layer && c.unit === edge.unit && c.source === edge.source) ?? null;
        if (!edge) return close();
        const w = theta[edge.at];
        if (!input.matches(":focus")) input.value = w.toFixed(3);
        if (stage.active !== slider) slider.value = w;
        freeze.setAttribute("aria-pressed", String(news.frozen.includes(edge.at)));
        write(box.querySelector(".dim"), slopes ? `gradient ${short(slopes[edge.at], 4)}` : "");
      },
    };
  }

  /** Headers and the buttons over the tiles: made anew when the net's shape changes. */
  function dress() {
    const { tile, columns, w } = geometry;
    const narrow = stage.root.clientWidth < 760;
    const last = news.layers.length - 1;
    const put = (node, x, y) => {
      node.style.transform = `translate(${x}px, ${y}px)`;
      return node;
    };
    const step = columns.length > 1 ? columns[1][0].x - columns[0][0].x : w;
    const headers = columns.map((column, c) => {
      const [layer, x] = [c - 1, column[0].x];
      const middle = Math.min(step, 118);
      const left = Math.max(0, Math.min(w - middle, x + tile / 2 - middle / 2));
      if (fixed) return put(el("div", { class: "head", style: `width: ${middle}px` }, el("b", {}, c === 0 ? "inputs" : layer === last ? "output" : `layer ${c}`)), left, 0);
      if (c === 0) return put(el("div", { class: "head" }, el("b", {}, narrow ? "in" : "features"), el("div", { class: "pair" }, el("button", { type: "button", title: "add a hidden layer here", "aria-label": "add a layer after the features", onclick: build("add_layer", { layer: 0 }) }, narrow ? "+" : "+ layer"))), 0, 0);
      if (layer === last) return put(el("div", { class: "head last", style: `width: ${middle}px` }, el("b", {}, narrow ? "out" : "output")), Math.max(0, w - middle), 0);
      const list = el("select", { "aria-label": `activation of layer ${c}`, onchange: (event) => [say("activation", { layer, value: event.target.value }), stage.rest()] }, ...FUNCTIONS.map((f) => el("option", { value: f }, f)));
      list.value = news.layers[layer].activation;
      const button = (text, label, kind, at) => el("button", { type: "button", title: label, "aria-label": label, onclick: build(kind, { layer: at }) }, text);
      const head = el(
        "div",
        { class: "head" },
        el("span", { class: "pair" }, el("b", { title: `layer ${c}` }, narrow ? `${c}` : `layer ${c}`), button("×", `remove layer ${c}`, "remove_layer", layer), button("»", `add a layer after layer ${c}`, "add_layer", layer + 1)),
        el("span", { class: "pair" }, list, button("+", `add a unit to layer ${c}`, "add_unit", layer), button("−", `remove a unit from layer ${c}`, "remove_unit", layer)),
      );
      head.style.width = `${middle}px`;
      return put(head, left, 0);
    });
    heads.replaceChildren(...headers);
    nodes.replaceChildren(...columns.flatMap((column, c) => column.map(({ x, y }, k) => put(node(c, k, tile), x, y))));
  }

  function node(c, k, tile) {
    const layer = c - 1;
    const feature = news.features[k];
    const label = c === 0 ? `feature ${feature.name}${news.single ? (feature.on ? ", on" : ", off") : ""}` : unitName(layer, k);
    const index = c === 0 ? news.features.slice(0, k).filter((f) => f.on).length : k;
    const enter = () => {
      if (c === 0 && !feature.on) return;
      hovered = [c, k];
      say("hover", { layer, unit: index });
    };
    const leave = () => {
      hovered = null;
      say("leave");
    };
    const pick = () => {
      if (c > 0) say("select", { layer, unit: k });
      else if (news.single) say("feature", { key: feature.key });
      stage.rest();
    };
    const button = el("button", { type: "button", class: "node", "aria-label": label, title: label, "aria-pressed": c === 0 && news.single ? String(feature.on) : undefined, onpointerenter: enter, onpointerleave: leave, onfocus: enter, onblur: leave, onclick: pick });
    button.style.width = button.style.height = `${tile}px`;
    return button;
  }

  function draw(frame) {
    news = frame.notes[panel.name];
    if (!news || !frame.tensors["values/theta"]) return;
    theta = frame.tensors["values/theta"].data;
    slopes = news.gradient ? frame.tensors["values/slopes"]?.data : null;
    const key = JSON.stringify([news.features, news.layers, wide(), tall(), stage.themed]);
    if (key !== built) {
      measure();
      if (!nodes.contains(nodes.getRootNode().activeElement) || built.length !== key.length) dress();
      built = key;
    }
    const { w, h } = geometry;
    const context = fit(canvas, w, h);
    context.clearRect(0, 0, w, h);
    edges(context);
    maps(context, frame);
    editor.refresh();
  }

  function edges(context) {
    const values = slopes ?? theta;
    const [up, down] = slopes ? [stage.palette.gradient_positive, stage.palette.gradient_negative] : [stage.palette.positive, stage.palette.negative];
    const strongest = news.layers.map(() => 1e-9);
    for (const { layer, at } of geometry.curves) strongest[layer] = Math.max(strongest[layer], Math.abs(values[at]) || 0);
    const frozen = new Set(news.frozen);
    const open = editor.edge();
    for (const curve of geometry.curves) {
      const value = values[curve.at];
      const share = Math.abs(value) / strongest[curve.layer] || 0;
      const lit = hovered && hovered[0] === curve.layer + 1 && hovered[1] === curve.unit;
      const held = frozen.has(curve.at);
      const chosen = open && open.at === curve.at;
      context.globalAlpha = chosen || near?.at === curve.at ? 1 : lit ? 0.35 + 0.65 * share : hovered ? 0.1 + 0.25 * share : 0.14 + 0.66 * share;
      context.strokeStyle = held && theta[curve.at] === 0 ? stage.palette.dim : value < 0 ? down : up;
      context.lineWidth = (chosen ? 1.5 : 0.4) + 3.4 * share;
      context.setLineDash(held ? (theta[curve.at] === 0 ? [1, 5] : [7, 4]) : []);
      const m = (curve.x0 + curve.x1) / 2;
      context.beginPath();
      context.moveTo(curve.x0, curve.y0);
      context.bezierCurveTo(m, curve.y0, m, curve.y1, curve.x1, curve.y1);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** All tiles of a stack of maps on one hidden canvas, painted in one go. */
  function sheetOf(name, tensor, range, limitOf) {
    const [count, rows, cols] = tensor.shape;
    const sheet = sheets[name];
    if (sheet.width !== cols || sheet.height !== rows * count) [sheet.width, sheet.height] = [cols, rows * count];
    const picture = sheet.getContext("2d").createImageData(cols, rows * count);
    const pixels = new Uint32Array(picture.data.buffer);
    for (let k = 0; k < count; k++) {
      const scale = new Scale(stage.palette, "signed", limitOf(k));
      scale.paint(tensor.data.subarray(k * rows * cols, (k + 1) * rows * cols), range[2 * k], range[2 * k + 1], pixels, k * rows * cols, cols, cols);
    }
    sheet.getContext("2d").putImageData(picture, 0, 0);
    return (context, k, x, y, size) => context.drawImage(sheet, 0, k * rows, cols, rows, x, y, size, size);
  }

  function maps(context, frame) {
    const { tile, columns } = geometry;
    const [features, units] = [frame.tensors["maps/features"], frame.tensors["maps/units"]];
    context.imageSmoothingEnabled = true;
    context.font = "12px system-ui, sans-serif";
    const spots = { dead: new Set(news.dead.map(String)), saturated: new Set(news.saturated.map(String)) };
    if (features?.shape[0] === columns[0].length) {
      const paint = sheetOf("features", features, frame.tensors["range/features"].data, () => 1);
      columns[0].forEach(({ x, y }, k) => {
        context.globalAlpha = news.features[k].on ? 1 : 0.28;
        paint(context, k, x, y, tile);
        context.fillStyle = news.features[k].on ? stage.palette.ink : stage.palette.dim;
        context.textAlign = "right";
        context.textBaseline = "middle";
        context.globalAlpha = 1;
        if (x > 40 && news.features[k].name.length < 9) context.fillText(news.features[k].name, x - 6, y + tile / 2);
        border(context, x, y, tile, hovered && hovered[0] === 0 && hovered[1] === k);
      });
    }
    if (!units) return;
    const layerOf = news.layers.flatMap((layer, i) => Array(layer.size).fill(i));
    if (units.shape[0] !== layerOf.length) return;
    const paint = sheetOf("units", units, frame.tensors["range/units"].data, (k) => news.limits[layerOf[k]]);
    let k = 0;
    news.layers.forEach((layer, i) => {
      columns[i + 1].forEach(({ x, y }, unit) => {
        paint(context, k++, x, y, tile);
        const here = hovered && hovered[0] === i + 1 && hovered[1] === unit;
        border(context, x, y, tile, here, news.selected[0] === i && news.selected[1] === unit);
        if (spots.dead.has(`${i},${unit}`)) cross(context, x, y, tile);
        if (spots.saturated.has(`${i},${unit}`)) write_mark(context, x, y, tile);
      });
    });
  }

  function border(context, x, y, size, hot, chosen) {
    context.strokeStyle = hot || chosen ? stage.palette.accent : stage.palette.line;
    context.lineWidth = hot ? 3 : chosen ? 2 : 1;
    context.strokeRect(x - 0.5, y - 0.5, size + 1, size + 1);
  }

  function cross(context, x, y, size) {
    context.strokeStyle = stage.palette.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y);
    context.lineTo(x, y + size);
    context.stroke();
  }

  /** A saturated unit has a thick bar on both flat ends. */
  function write_mark(context, x, y, size) {
    context.fillStyle = stage.palette.ink;
    context.fillRect(x, y - 4, size, 2.5);
    context.fillRect(x, y + size + 1.5, size, 2.5);
  }

  return { element, draw, hello: { panel: panel.name, kind: "hello" }, layout: () => (built = "") };
}
