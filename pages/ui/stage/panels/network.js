// network: a dense net on the plane.  Every unit is its own map; hover shows it large, click shows
// its sum; an edge is a weight, and a click on it opens it; units and layers come and go here.

import { Scale, short } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { cross } from "../marks.js";
import { edgeEditor } from "./network/editor.js";
import { curveAt, layOut, pointOf } from "./network/geometry.js";
import { heads as headsOf, put } from "./network/heads.js";

export function create(panel, stage) {
  const { width = 640, height = 470, fixed = false } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt });
  const heads = el("div");
  const nodes = el("div");
  const tip = el("span", { class: "tip", hidden: true });
  const element = el("div", { class: "network" }, canvas, heads, nodes, tip);
  const sheets = { features: document.createElement("canvas"), units: document.createElement("canvas") };
  let [news, built, geometry, theta, slopes, hovered, near] = [null, "", null, null, null, null, null];
  const narrow = () => stage.root.clientWidth < 760;
  const wide = () => (narrow() ? Math.min(width * stage.k, stage.root.clientWidth - 36) : width * stage.k);
  const tall = () => height * (narrow() ? 0.85 : stage.k);
  const say = (kind, more = {}) => stage.send({ panel: panel.name, kind, ...more });
  const act = (kind, more) => [say(kind, more), stage.rest()];
  const editor = edgeEditor({ say, rest: () => stage.rest(), dragged: (node) => stage.active === node });
  element.append(editor.element);

  function edgeAt(event) {
    const box = canvas.getBoundingClientRect();
    return curveAt(geometry?.curves ?? [], event.clientX - box.left, event.clientY - box.top);
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
    editor.open(edge, nameOf(edge));
    const [x, y] = pointOf(edge, 0.5);
    place(editor.element, x - 110, Math.min(y + 12, geometry.h - 120));
    editor.focus();
    stage.rest();
  });

  function place(node, x, y) {
    const most = geometry.w - (node.offsetWidth || 200);
    node.style.transform = `translate(${Math.max(0, Math.min(most, x))}px, ${Math.max(0, y)}px)`;
  }

  const sourceName = (layer, from) => (layer === 0 ? news.features[from].name : `unit ${from + 1}`);
  const unitName = (layer, unit) => (layer === news.layers.length - 1 ? `output ${unit + 1}` : `unit ${unit + 1} of layer ${layer + 1}`);
  const nameOf = (edge) => `${sourceName(edge.layer, edge.from)} → ${unitName(edge.layer, edge.unit)}`;

  /** Heads and the buttons over the tiles: made anew when the net's shape changes. */
  function dress() {
    const { tile, columns } = geometry;
    heads.replaceChildren(...headsOf(news.layers, geometry, { narrow: narrow(), fixed, act }));
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
      geometry = layOut(news, wide(), tall(), { narrow: narrow(), k: stage.k });
      if (!nodes.contains(nodes.getRootNode().activeElement) || built.length !== key.length) dress();
      built = key;
    }
    const { w, h } = geometry;
    const context = fit(canvas, w, h);
    context.clearRect(0, 0, w, h);
    edges(context);
    maps(context, frame);
    editor.refresh(geometry.curves, theta, slopes, news.frozen);
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
        if (spots.dead.has(`${i},${unit}`)) cross(context, x, y, tile, tile, stage.palette.ink);
        if (spots.saturated.has(`${i},${unit}`)) write_mark(context, x, y, tile);
      });
    });
  }

  function border(context, x, y, size, hot, chosen) {
    context.strokeStyle = hot || chosen ? stage.palette.accent : stage.palette.line;
    context.lineWidth = hot ? 3 : chosen ? 2 : 1;
    context.strokeRect(x - 0.5, y - 0.5, size + 1, size + 1);
  }

  /** A saturated unit has a thick bar on both flat ends. */
  function write_mark(context, x, y, size) {
    context.fillStyle = stage.palette.ink;
    context.fillRect(x, y - 4, size, 2.5);
    context.fillRect(x, y + size + 1.5, size, 2.5);
  }

  return { element, draw, hello: { panel: panel.name, kind: "hello" }, layout: () => (built = "") };
}
