// image: one picture, an 8-bit map or a photograph.

import * as maps from "./maps.js";
import { alike, el, fit } from "../dom.js";

export function create(panel, stage) {
  const { size = 100, tall = 0, click = false } = panel.options; // tall: at most so high, in a box of its own
  const map = maps.create({ ...panel, options: { columns: 1, tile: size, gap: 0, click, ...panel.options } }, stage);

  const side = () => Math.min(size * stage.k, stage.room);
  const wide = () => (tall && stage.room === Infinity ? Math.min(side(), (tall * stage.k) / shape) : side());
  let shape = 1; // height by width of the last photograph: the stage lays out before it is decoded
  let [shown, at, turn] = [new Uint8Array(), 0, 0]; // the last photograph's file, how wide it was drawn, how many there were
  function draw(frame, calm) {
    const photo = frame.tensors[`images/${panel.name}`];
    if (!photo) {
      if (frame.tensors[`maps/${panel.name}`] && at) [at, turn] = [0, turn + 1]; // what is still being decoded comes too late
      return map.draw(frame, calm, String(turn));
    }
    if (at === side() && alike(shown, photo.data)) return;
    [shown, at] = [photo.data, side()];
    const mine = ++turn;
    map.element.classList.add("photo");
    if (tall && stage.room === Infinity) [map.element.style.width, map.element.style.height] = [`${side()}px`, `${Math.min(side(), tall * stage.k)}px`];
    fit(map.canvas, wide(), wide() * shape);
    createImageBitmap(new Blob([photo.data])).then((bitmap) => {
      if (mine !== turn) return; // a newer one was decoded sooner
      shape = bitmap.height / bitmap.width;
      const context = fit(map.canvas, wide(), wide() * shape);
      context.clearRect(0, 0, wide(), wide() * shape); // a picture may be clear in places
      context.imageSmoothingEnabled = true;
      context.drawImage(bitmap, 0, 0, wide(), wide() * shape);
    });
  }

  return { element: el("div", { class: "image" }, map.element), canvas: map.canvas, draw };
}
