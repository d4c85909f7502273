// weights: one unit's sum, row by row; every weight may be typed, frozen or cut.

import { short } from "../colors.js";
import { el, write } from "../dom.js";

export function create(panel, stage) {
  const target = panel.options.of; // the panel whose edges these are
  const title = el("h3");
  const lead = el("p", { class: "dim" });
  const body = el("tbody");
  const sum = el("p", { class: "sum" });
  const head = el("tr", {}, ...["from", "input", "weight", "product", "", ""].map((text) => el(text ? "th" : "td", {}, text)));
  let [rows, built, told] = [[], "", null];

  function say(kind, source, more = {}) {
    stage.send({ panel: target, kind, layer: told.layer, unit: told.unit, source, ...more });
    stage.rest();
  }

  function row(name, source) {
    const input = el("td");
    const product = el("td");
    const fill = el("span", { class: "fill" });
    const weight = el("input", { type: "number", step: 0.1, "aria-label": `weight from ${name}` });
    const send = () => weight.value !== "" && Number.isFinite(weight.valueAsNumber) && say("weight", source, { value: weight.valueAsNumber });
    weight.addEventListener("input", send);
    const toggle = (kind, text) => el("button", { type: "button", "aria-pressed": "false", "aria-label": `${text} the weight from ${name}`, onclick: () => say(kind, source) }, text);
    const [freeze, cut] = [toggle("freeze", "freeze"), toggle("cut", "cut")];
    const line = el("tr", {}, el("td", {}, name), input, el("td", {}, weight), product, el("td", { class: "wide" }, el("span", { class: "track" }, fill)), panel.options.plain ? "" : el("td", {}, freeze, " ", cut));
    return { line, input, product, fill, weight, freeze };
  }

  function draw(frame) {
    told = frame.notes[panel.name];
    const tensor = frame.tensors[`values/${panel.name}`];
    if (!told || !tensor || tensor.shape[0] !== told.names.length) return;
    const key = JSON.stringify([told.layer, told.unit, told.names]);
    if (key !== built) {
      built = key;
      rows = told.names.map(row);
      body.replaceChildren(...rows.map(({ line }) => line));
    }
    write(title, told.title);
    write(lead, told.text);
    write(sum, told.sum);
    const frozen = new Set(told.frozen);
    const limit = rows.reduce((m, _, i) => Math.max(m, Math.abs(tensor.data[3 * i + 2])), 1e-9);
    rows.forEach(({ line, input, product, fill, weight, freeze }, i) => {
      const [a, w, p] = tensor.data.subarray(3 * i, 3 * i + 3);
      write(input, short(a));
      write(product, short(p));
      if (!weight.matches(":focus")) weight.value = w.toFixed(3);
      fill.style.transform = `scaleX(${Math.min(1, Math.abs(p) / limit) || 0})`;
      fill.classList.toggle("negative", p < 0);
      freeze.setAttribute("aria-pressed", String(frozen.has(i)));
      line.classList.toggle("chosen", i === told.chosen);
    });
  }

  const table = el("table", {}, el("thead", {}, head), body);
  return { element: el("div", { class: "weights", style: `width: ${panel.options.width ?? 620}px` }, title, lead, el("div", { class: "scroll" }, table), sum), draw, calm: true };
}
