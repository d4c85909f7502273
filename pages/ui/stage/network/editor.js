// A small window on the edge that was chosen: its weight as a slider and a number, freeze and cut.

import { short } from "../colors.js";
import { el, write } from "../dom.js";

/** `say(kind, {layer, unit, source, ...})` tells the experiment; `left()` is called on Escape. */
export function edgeEditor({ say, rest, left, reach = 3, plain = false }) {
  const name = el("b");
  const input = el("input", { type: "number", step: 0.1, "aria-label": "weight of the chosen edge" });
  const slider = el("input", { type: "range", min: -reach, max: reach, step: 0.01, "aria-label": "weight of the chosen edge, as a slider" });
  const slope = el("span", { class: "dim" });
  const act = (kind, text) => el("button", { type: "button", onclick: () => [send(kind), rest()] }, text);
  const freeze = act("freeze", "freeze");
  const more = plain ? "" : el("div", { class: "row" }, freeze, act("cut", "cut"), slope);
  const shut = el("button", { type: "button", "aria-label": "close", onclick: () => [close(), left()] }, "×");
  const box = el("div", { class: "editor", hidden: true, role: "dialog", "aria-label": "edge" }, el("div", { class: "row" }, name, shut), el("div", { class: "row" }, slider, input), more);
  let edge = null;

  const send = (kind, told = {}) => edge && say(kind, { layer: edge.layer, unit: edge.unit, source: edge.source, ...told });
  for (const field of [input, slider]) {
    field.addEventListener("input", () => Number.isFinite(field.valueAsNumber) && send("weight", { value: field.valueAsNumber }));
    field.addEventListener("change", rest);
  }
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    left();
  });
  const close = () => [(edge = null), (box.hidden = true)];

  return {
    element: box,
    close,
    edge: () => edge,
    open(chosen, title) {
      edge = chosen;
      box.hidden = false;
      write(name, title);
      slider.focus({ preventScroll: true });
    },
    /** Show the edge as it is now, but for an input that is `held`; close when the net no longer has it. */
    refresh(curves, theta, frozen, slopes, held) {
      if (!edge) return;
      edge = curves.find((c) => c.layer === edge.layer && c.unit === edge.unit && c.source === edge.source) ?? null;
      if (!edge) return close();
      const w = theta[edge.at];
      if (!input.matches(":focus")) input.value = w.toFixed(3);
      if (!held(slider)) slider.value = w;
      freeze.setAttribute("aria-pressed", String(frozen.includes(edge.at)));
      write(slope, slopes ? `gradient ${short(slopes[edge.at], 4)}` : "");
    },
  };
}
