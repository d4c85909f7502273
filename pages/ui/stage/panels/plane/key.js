// What stands under the plane: the colours' meaning, and what a click does.

import { short } from "../../colors.js";
import { el } from "../../dom.js";

/** The legend of a field: one scale from low to high, or a swatch for each of `classes`. */
export function legendOf(news, scale, classes, palette) {
  const text = (words) => el("span", { class: "range" }, words);
  const swatch = (color) => {
    const mark = el("span", { class: "swatch" });
    mark.style.background = color;
    return mark;
  };
  if (!scale) return classes.flatMap(([name, color]) => [swatch(palette[color]), text(name)]);
  const bound = short(scale.limit);
  const [low, high] = news.probability ? [`${news.word} 0`, "1"] : [`−${bound}`, bound];
  return [text(low), swatch(scale.gradient()), text(high)];
}

/** Buttons of which one is chosen: add a point of a class, or remove; `clear` acts at once. */
export function toolsOf(names, tool, pick, clear) {
  const choose = (label, chosen) => el("button", { type: "button", "data-tool": chosen, "aria-pressed": String(tool === chosen), onclick: (event) => press(event.target, chosen) }, label);
  const press = (button, chosen) => {
    pick(chosen);
    for (const other of button.parentElement.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", String(other === button));
  };
  return [...names.map((name, i) => choose(`add ${name}`, i)), choose("remove", "remove"), el("button", { type: "button", onclick: clear }, "clear")];
}
