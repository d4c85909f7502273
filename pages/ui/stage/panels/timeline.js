// timeline: scrub through the moments of a drawing or a training; a strip shows what was said when.

import { clamp, el, fit, write } from "../dom.js";

export function create(panel, stage) {
  const slider = el("input", { type: "range", min: 0, max: 0, step: 1, "aria-label": panel.alt });
  const strip = el("canvas", { role: "img", "aria-label": `${panel.title}: what the network said at each moment` });
  const count = el("output", { class: "number" });
  let [width, said] = [0, []];
  const step = (by) => {
    slider.value = stage.step(panel.name, Number(slider.value), (at) => clamp(at + by, 0, Number(slider.max)));
    ask();
    stage.rest();
  };
  const back = el("button", { type: "button", "aria-label": "one moment back", onclick: () => step(-1) }, "◀");
  const next = el("button", { type: "button", "aria-label": "one moment on", onclick: () => step(1) }, "▶");
  const ask = () => stage.send({ panel: panel.name, kind: "moment", value: Number(slider.value) });
  slider.addEventListener("input", ask);
  slider.addEventListener("change", () => stage.rest());

  function draw({ notes }) {
    const now = notes[panel.name];
    if (!now) return;
    slider.max = now.count;
    if (!stage.held(slider)) slider.value = now.at;
    write(count, now.told ?? `${now.at} / ${now.count}`);
    said = now.said ?? [];
    paint();
  }

  function paint() {
    if (!width) return;
    const context = fit(strip, width, 18);
    context.clearRect(0, 0, width, 18);
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "middle";
    const total = said.at(-1)?.[1] || 1;
    said.forEach(([label, until], i) => {
      const from = i ? said[i - 1][1] : 0;
      const [x, w] = [(from / total) * width, ((until - from) / total) * width];
      context.fillStyle = i % 2 ? stage.palette.line : stage.palette.background;
      context.fillRect(x, 0, w, 18);
      context.fillStyle = stage.palette.ink;
      if (w > context.measureText(label).width + 2) context.fillText(label, x + Math.min(4, w / 2 - 3), 9.5);
    });
  }

  const track = el("div", { class: "track" }, strip, slider);
  const resized = ([entry]) => {
    width = entry.contentRect.width; // also changes where a control beside it comes or goes
    requestAnimationFrame(paint);
  };
  new ResizeObserver(resized).observe(track);

  return {
    element: el("div", { class: "timeline" }, el("span", { class: "label" }, panel.title), track, count, el("span", { class: "pair" }, back, next)),
    calm: true,
    layout: paint,
    back: () => step(-1),
    next: () => step(1),
    draw,
  };
}
