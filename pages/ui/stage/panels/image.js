// image: one picture, an 8-bit map or a photograph.

import * as maps from "./maps.js";
import { alike, el, fit } from "../dom.js";

export function create(panel, stage) {
  const { size = 100, click = false } = panel.options;
  const map = maps.create({ ...panel, options: { columns: 1, tile: size, gap: 0, click, ...panel.options } }, stage);

  let shape = 1; // height by width of the last photograph: the stage lays out before it is decoded
  let [shown, at] = [new Uint8Array(), 0]; // the last photograph's file, and the side it was drawn at
  function draw(frame, calm) {
    const photo = frame.tensors[`images/${panel.name}`];
    if (!photo) return map.draw(frame, calm);
    if (at === size * stage.k && alike(shown, photo.data)) return;
    [shown, at] = [photo.data, size * stage.k];
    map.element.classList.add("photo");
    fit(map.canvas, size * stage.k, size * stage.k * shape);
    createImageBitmap(new Blob([photo.data])).then((bitmap) => {
      const side = size * stage.k;
      shape = bitmap.height / bitmap.width;
      const tall = side * shape;
      const context = fit(map.canvas, side, tall);
      context.imageSmoothingEnabled = true;
      context.drawImage(bitmap, 0, 0, side, tall);
    });
  }

  return { element: el("div", { class: "image" }, map.element), canvas: map.canvas, draw };
}
