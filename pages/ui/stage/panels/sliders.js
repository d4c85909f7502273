// sliders: one slider and one number for each value that the experiment has at the moment.
//
// notes[name] = [{name, value, reach}]; a slider goes from -reach to reach.

import { el } from "../dom.js";

export function create(panel, stage) {
  const { width = 240 } = panel.options;
  const element = el("div", { class: "sliders", role: "group", "aria-label": panel.alt });
  let [rows, shape] = [[], ""];

  function make({ name }) {
    const send = (kind, value) => Number.isFinite(value) && stage.send({ panel: panel.name, kind, name, value });
    const slider = el("input", { type: "range", step: "any", "aria-label": name });
    const box = el("input", { type: "number", step: "any", "aria-label": `${name} as a number` });
    slider.addEventListener("input", () => {
      box.value = Number(slider.value).toFixed(2);
      send("slide", Number(Number(slider.value).toFixed(2)));
    });
    slider.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!turn) return;
      event.preventDefault();
      send("slide", stage.step(`${panel.name} ${name}`, Number(slider.value), (v) => Number((v + 0.05 * turn).toFixed(2))));
      stage.rest();
    });
    slider.addEventListener("change", () => stage.rest());
    box.addEventListener("change", () => {
      send("type", box.valueAsNumber);
      stage.rest();
    });
    return { name, slider, box, row: el("label", { class: "sliderow" }, el("b", {}, name), slider, box) };
  }

  function draw({ notes }) {
    const told = notes[panel.name];
    if (!told) return;
    const now = told.map(({ name }) => name).join();
    if (now !== shape) {
      shape = now;
      rows = told.map(make);
      element.replaceChildren(...rows.map(({ row }) => row));
    }
    told.forEach(({ value, reach }, i) => {
      const { slider, box } = rows[i];
      slider.min = -reach;
      slider.max = reach;
      if (!stage.held(slider) && Number(slider.value) !== value) slider.value = value;
      if (!stage.held(slider) && !box.matches(":focus")) box.value = String(value);
    });
  }

  const layout = () => (element.style.width = `${width}px`);
  layout();
  const keep = () => ({ panel: panel.name, kind: "restore", values: Object.fromEntries(rows.map(({ name, slider }) => [name, Number(slider.value)])) });
  return { element, draw, layout, keep };
}
