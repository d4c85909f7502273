// blocks: a network as boxes from left to right.  A box is as tall as its maps and as wide as they
// are many; a module unfolds when it is clicked, a layer tells its arithmetic.

import { el, write } from "../dom.js";

const TALL = 66; // CSS pixels of the input's side
const WIDE = 6; // CSS pixels for each doubling of the maps

const compact = (n) => (n >= 1e9 ? `${(n / 1e9).toPrecision(3)} G` : n >= 1e6 ? `${(n / 1e6).toPrecision(3)} M` : n >= 1e3 ? `${(n / 1e3).toPrecision(3)} k` : String(n));

/** Which of the few families of layers a kind belongs to; each has its colour. */
function family(kind) {
  if (kind === "group") return "group";
  if (/conv/i.test(kind)) return "conv";
  if (/linear/i.test(kind)) return "dense";
  if (/pool|mean/i.test(kind)) return "pool";
  if (/norm/i.test(kind)) return "norm";
  if (/^(add|concatenate)$/.test(kind)) return "join";
  return "plain";
}

export function create(panel, stage) {
  const flow = el("div", { class: "flow", role: "group", "aria-label": panel.alt });
  const fault = el("p", { class: "fault", role: "status" });
  let [shown, side] = ["", 224];

  function draw({ notes }) {
    const told = notes[panel.name];
    if (!told) return;
    const plan = JSON.stringify(told);
    if (plan === shown) return;
    shown = plan;
    side = told.input[1];
    write(fault, told.fault);
    const held = stage.root.getRootNode().activeElement?.dataset?.path;
    flow.replaceChildren(input(told.input), ...told.blocks.map(box));
    if (held) flow.querySelector(`[data-path="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  const input = (shape) => el("span", { class: "block", "data-family": "input" }, prism(shape), el("span", { class: "name" }, "input"), el("span", { class: "dim" }, shape.join("×")));

  function prism(shape) {
    const maps = shape.length === 3;
    const tall = maps ? 8 + (TALL - 8) * Math.sqrt(Math.min(1, shape[1] / side)) : Math.min(TALL, 8 + 5 * Math.log2(shape[0] || 1));
    const wide = maps ? 6 + WIDE * Math.log2(1 + shape[0]) : 9;
    return el("span", { class: "prism", style: `height: ${Math.round(tall)}px; width: ${Math.round(wide)}px` });
  }

  function box(block) {
    const click = () => {
      stage.send({ panel: panel.name, kind: "block", path: block.path });
      stage.rest();
    };
    const numbers = [block.parameters ? `${compact(block.parameters)} par.` : "", block.macs ? `${compact(block.macs)} mul.` : ""].filter(Boolean).join(" · ");
    const say = `${block.name} ${block.kind}, output ${block.shape.join(" by ")}, ${block.parameters.toLocaleString("en")} parameters`;
    const common = { type: "button", onclick: click, "data-path": block.path, title: say, "aria-expanded": block.leaf ? undefined : String(block.open) };
    if (block.open)
      return el("div", { class: "nest" }, el("button", { ...common, class: "head" }, `▾ ${block.name}`, el("span", { class: "dim" }, ` ${numbers}`)), el("div", { class: "flow" }, ...block.children.map(box)));
    const kind = block.leaf ? block.kind.replace(/2d$/, "").replace("AdaptiveAvgPool", "AvgPool") : `▸ ${block.name}`;
    const classes = ["block", block.selected ? "selected" : "", block.broken ? "broken" : ""].join(" ");
    return el("button", { ...common, class: classes, "data-family": family(block.kind) }, prism(block.shape), el("span", { class: "name" }, kind), el("span", { class: "dim" }, block.shape.join("×")), numbers ? el("span", { class: "dim" }, numbers) : "");
  }

  const key = [["conv", "convolution"], ["dense", "dense"], ["pool", "pooling"], ["norm", "normalisation"], ["join", "sum, concatenation"], ["group", "module: click to unfold"], ["plain", "no parameters"]];
  const legend = el("div", { class: "legend" }, ...key.map(([name, text]) => el("span", { class: "kin", "data-family": name }, el("span", { class: "prism" }), text)), "tall: side of the maps, wide: how many");
  return { element: el("div", { class: "blocks" }, fault, flow, legend), draw, calm: true };
}
