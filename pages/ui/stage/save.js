// A picture as a file.

import { el } from "./dom.js";

/** Let the browser save the first canvas of an element. */
export function savePng(element, name) {
  const canvas = element.querySelector("canvas");
  el("a", { href: canvas.toDataURL("image/png"), download: `glassbox-${name}.png` }).click();
}
