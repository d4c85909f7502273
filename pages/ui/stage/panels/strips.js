// strips: a histogram for every layer, as columns of a picture; click a column to choose it.
//
// maps/<name> (1, bins, layers), largest value on top; notes[name] = {low, high, chosen?}.

import { along, axes, inner, thirds } from "../axes.js";
import { rgb, short } from "../colors.js";
import { clamp, el, fit, write } from "../dom.js";

const MARGINS = [56, 34, 5]; // CSS pixels at the left, below, and at the other sides

export function create(panel, stage) {
  const { width = 420, height = 170, xTitle = "layer", yTitle = "", power = false, click = false, ink = "accent" } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: click ? 0 : undefined, class: click ? "clickable" : "" });
  const bar = el("span", { class: "swatch" });
  const readout = el("span", { class: "range" });
  const element = el("div", { class: "strips" }, canvas, el("div", { class: "legend" }, "share of the layer: 0", bar, "largest", readout));
  const sheet = document.createElement("canvas");
  let [told, state, room] = [null, null, 0];

  function draw(frame) {
    const tensor = frame.tensors[`maps/${panel.name}`];
    if (!tensor || !frame.notes[panel.name]) return;
    state = tensor;
    told = frame.notes[panel.name];
    render();
  }

  const place = () => inner(Math.min(width * stage.k, (room ||= element.clientWidth || Infinity)), height * stage.k, MARGINS);

  function render() {
    const box = place();
    const [, bins, layers] = state.shape;
    const context = fit(canvas, box.width, box.height);
    context.clearRect(0, 0, box.width, box.height);
    paint(bins, layers);
    context.drawImage(sheet, box.left, box.top, box.w, box.h);
    const step = box.w / layers;
    const range = [told.low, told.high];
    axes(context, box, {
      x: [...new Set([0, Math.floor((layers - 1) / 2), layers - 1])].map((layer) => [box.left + (layer + 0.5) * step, String(layer + 1)]),
      y: thirds(range).map((v) => [along(v, range, [box.bottom, box.top]), power ? `1e${Math.round(v)}`.replace("-", "−") : short(v)]),
      titles: [xTitle, yTitle],
    }, stage.palette);
    if (told.chosen !== undefined && click) {
      context.strokeStyle = stage.palette.ink;
      context.lineWidth = 1.5;
      context.strokeRect(box.left + told.chosen * step, box.top, step, box.h);
    }
    bar.style.background = `linear-gradient(to right, ${stage.palette.card}, ${stage.palette[ink]})`;
  }

  /** Each column by its own largest share: a layer with one value is as visible as one with many. */
  function paint(bins, layers) {
    sheet.width = layers;
    sheet.height = bins;
    const context = sheet.getContext("2d");
    const image = context.createImageData(layers, bins);
    const [from, to] = [stage.palette.card, stage.palette[ink]].map(rgb);
    for (let layer = 0; layer < layers; layer++) {
      let top = 1;
      for (let bin = 0; bin < bins; bin++) top = Math.max(top, state.data[bin * layers + layer]);
      for (let bin = 0; bin < bins; bin++) {
        const share = Math.sqrt(state.data[bin * layers + layer] / top);
        const at = 4 * (bin * layers + layer);
        for (let q = 0; q < 3; q++) image.data[at + q] = from[q] + share * (to[q] - from[q]);
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }

  function layerAt(event) {
    const { left, w } = place();
    const layers = state?.shape[2] ?? 0;
    const at = Math.floor(((event.clientX - canvas.getBoundingClientRect().left - left) / w) * layers);
    return at >= 0 && at < layers ? at : -1;
  }

  canvas.addEventListener("pointermove", (event) => {
    const layer = layerAt(event);
    write(readout, layer < 0 ? "" : `layer ${layer + 1}`);
  });
  function choose(unit) {
    stage.send({ panel: panel.name, kind: "click", unit });
    stage.rest();
  }
  if (click) {
    canvas.addEventListener("click", (event) => layerAt(event) >= 0 && choose(layerAt(event)));
    canvas.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!turn || !state) return;
      event.preventDefault();
      choose(stage.step(panel.name, told.chosen ?? 0, (layer) => clamp(layer + turn, 0, state.shape[2] - 1)));
    });
  }

  const layout = () => {
    element.style.width = `${width * stage.k}px`;
    room = 0;
  };
  layout();
  return { element, draw, layout };
}
