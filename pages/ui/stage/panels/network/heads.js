// The heads of a net's columns: names, and the buttons that add or remove layers and units.

import { el } from "../../dom.js";

const FUNCTIONS = ["identity", "sigmoid", "tanh", "relu", "leaky relu", "elu", "gelu", "silu", "sine", "softplus"];
const WIDEST = 118; // CSS pixels

/** Put a node at (x, y) CSS pixels. */
export function put(node, x, y) {
  node.style.transform = `translate(${x}px, ${y}px)`;
  return node;
}

/** One head for each column.  fixed: the net's shape cannot be changed; act(kind, more) does it. */
export function heads(layers, { w, tile, columns }, { narrow, fixed, act }) {
  const last = layers.length - 1;
  const step = columns.length > 1 ? columns[1][0].x - columns[0][0].x : w;
  const middle = Math.min(step, WIDEST);
  const button = (text, label, kind, layer, title = label) => el("button", { type: "button", title, "aria-label": label, onclick: () => act(kind, { layer }) }, text);

  function only(text, kind = "head") {
    return el("div", { class: kind, style: `width: ${middle}px` }, el("b", {}, text));
  }

  function features() {
    const more = button(narrow ? "+" : "+ layer", "add a layer after the features", "add_layer", 0, "add a hidden layer here");
    return el("div", { class: "head" }, el("b", {}, narrow ? "in" : "features"), el("div", { class: "pair" }, more));
  }

  function hidden(layer) {
    const c = layer + 1;
    const list = el("select", { "aria-label": `activation of layer ${c}`, onchange: (event) => act("activation", { layer, value: event.target.value }) }, ...FUNCTIONS.map((f) => el("option", { value: f }, f)));
    list.value = layers[layer].activation;
    const name = el("b", { title: `layer ${c}` }, narrow ? `${c}` : `layer ${c}`);
    return el(
      "div",
      { class: "head", style: `width: ${middle}px` },
      el("span", { class: "pair" }, name, button("×", `remove layer ${c}`, "remove_layer", layer), button("»", `add a layer after layer ${c}`, "add_layer", c)),
      el("span", { class: "pair" }, list, button("+", `add a unit to layer ${c}`, "add_unit", layer), button("−", `remove a unit from layer ${c}`, "remove_unit", layer)),
    );
  }

  return columns.map(([{ x }], c) => {
    const left = Math.max(0, Math.min(w - middle, x + tile / 2 - middle / 2));
    if (fixed) return put(only(c === 0 ? "inputs" : c - 1 === last ? "output" : `layer ${c}`), left, 0);
    if (c === 0) return put(features(), 0, 0);
    if (c - 1 === last) return put(only(narrow ? "out" : "output", "head last"), Math.max(0, w - middle), 0);
    return put(hidden(c - 1), left, 0);
  });
}
