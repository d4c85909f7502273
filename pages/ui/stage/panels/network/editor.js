// A small window on one edge of the net: its weight by number or slider, its gradient, frozen or cut.

import { short } from "../../colors.js";
import { el, write } from "../../dom.js";

/** say(kind, more) tells the experiment; rest() says that the hand rests; dragged(node) is whether
 * the hand holds that node now.  Returns {element, edge, open, focus, close, refresh}. */
export function edgeEditor({ say, rest, dragged }) {
  const name = el("b");
  const slope = el("span", { class: "dim" });
  const input = el("input", { type: "number", step: 0.1, "aria-label": "weight of the chosen edge" });
  const slider = el("input", { type: "range", min: -3, max: 3, step: 0.01, "aria-label": "weight of the chosen edge, as a slider" });
  const act = (kind, text) => el("button", { type: "button", onclick: () => [send(kind), rest()] }, text);
  const freeze = act("freeze", "freeze");
  const shut = el("button", { type: "button", "aria-label": "close", onclick: () => close() }, "×");
  const row = (...parts) => el("div", { class: "row" }, ...parts);
  const element = el("div", { class: "editor", hidden: true, role: "dialog", "aria-label": "edge" }, row(name, shut), row(slider, input), row(freeze, act("cut", "cut"), slope));
  let edge = null;

  const send = (kind, more = {}) => edge && say(kind, { layer: edge.layer, unit: edge.unit, source: edge.source, ...more });
  const close = () => [(edge = null), (element.hidden = true)];
  for (const field of [input, slider])
    field.addEventListener("input", () => Number.isFinite(field.valueAsNumber) && send("weight", { value: field.valueAsNumber }));
  element.addEventListener("keydown", (event) => event.key === "Escape" && close());

  function open(chosen, title) {
    edge = chosen;
    element.hidden = false;
    write(name, title);
  }

  /** Show the weight as it is now; a curve that has gone closes the window. */
  function refresh(curves, theta, slopes, frozen) {
    if (!edge) return;
    edge = curves.find((c) => c.layer === edge.layer && c.unit === edge.unit && c.source === edge.source) ?? null;
    if (!edge) return close();
    const w = theta[edge.at];
    if (!input.matches(":focus")) input.value = w.toFixed(3);
    if (!dragged(slider)) slider.value = w;
    freeze.setAttribute("aria-pressed", String(frozen.includes(edge.at)));
    write(slope, slopes ? `gradient ${short(slopes[edge.at], 4)}` : "");
  }

  return { element, edge: () => edge, open, focus: () => slider.focus(), close, refresh };
}
