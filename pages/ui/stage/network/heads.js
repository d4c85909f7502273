// The names of a net's columns, with the buttons by which layers and units come and go.

import { el } from "../dom.js";

const FUNCTIONS = ["identity", "sigmoid", "tanh", "relu", "leaky relu", "elu", "gelu", "silu", "sine", "softplus"];
const WIDE = 118; // CSS pixels that a head may have

/** `build(kind, more)` returns what a click does; `choose(layer, name)` sets an activation. */
export function heads(news, { columns, tile, w }, { fixed, narrow, build, choose }) {
  const last = news.layers.length - 1;
  const step = columns.length > 1 ? columns[1][0].x - columns[0][0].x : w;
  const width = Math.min(step, WIDE);
  const put = (node, x) => {
    node.style.transform = `translate(${x}px, 0)`;
    return node;
  };
  const head = (column, ...parts) => put(el("div", { class: "head", style: `width: ${width}px` }, ...parts), Math.max(0, Math.min(w - width, column[0].x + tile / 2 - width / 2)));
  const button = (text, label, kind, layer) => el("button", { type: "button", title: label, "aria-label": label, onclick: build(kind, { layer }) }, text);

  return columns.map((column, c) => {
    const layer = c - 1;
    if (fixed) return head(column, el("b", {}, c === 0 ? "inputs" : layer === last ? "output" : `layer ${c}`));
    if (c === 0) {
      const add = button(narrow ? "+" : "+ layer", "add a layer after the features", "add_layer", 0);
      return put(el("div", { class: "head" }, el("b", {}, narrow ? "in" : "features"), el("div", { class: "pair" }, add)), 0);
    }
    if (layer === last) return put(el("div", { class: "head last", style: `width: ${width}px` }, el("b", {}, narrow ? "out" : "output")), Math.max(0, w - width));
    const list = el("select", { "aria-label": `activation of layer ${c}`, onchange: (event) => choose(layer, event.target.value) }, ...FUNCTIONS.map((f) => el("option", { value: f }, f)));
    list.value = news.layers[layer].activation;
    const name = el("b", { title: `layer ${c}` }, narrow ? `${c}` : `layer ${c}`);
    const units = [button("+", `add a unit to layer ${c}`, "add_unit", layer), button("−", `remove a unit from layer ${c}`, "remove_unit", layer)];
    const pair = (...parts) => el("span", { class: "pair" }, ...parts);
    return head(
      column,
      pair(name, button("×", `remove layer ${c}`, "remove_layer", layer), button("»", `add a layer after layer ${c}`, "add_layer", layer + 1)),
      ...(narrow ? [pair(list), pair(...units)] : [pair(list, ...units)]),
    );
  });
}
