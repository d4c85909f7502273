// bars: one number a row, the largest in bold; beside it, on request, the number behind it, both
// under their names.  Click a row to choose it.  Names with a width of their own stand above the bars.

import { el, write } from "../dom.js";
import { short } from "../colors.js";

const TYPE = 12; // CSS pixels of type for which widths of names are declared

export function create(panel, stage) {
  const { labels, percent = false, click = true, width = 150, beside = "", heads = [], labelWidth = 0 } = panel.options;
  const rows = labels.map((label, unit) => {
    const fill = el("span", { class: "fill flat" });
    const number = el("span", { class: "number" });
    const behind = beside ? el("span", { class: "number dim" }) : "";
    const name = el("span", { class: "label" }, String(label));
    const row = el(click ? "button" : "div", { class: "bar", type: click ? "button" : undefined }, name, el("span", { class: "track" }, fill), behind, number);
    if (click) row.addEventListener("click", () => [stage.send({ panel: panel.name, kind: "click", unit, row: 0, col: unit }), stage.rest()]);
    return { row, fill, number, behind, name };
  });
  const names = beside ? el("div", { class: "heads dim" }, el("span"), ...heads.map((name) => el("span", {}, name))) : "";
  const element = el("div", { class: labelWidth ? "bars named" : "bars", role: "group", "aria-label": panel.alt }, names, ...rows.map(({ row }) => row));

  function draw(frame, calm) {
    const tensor = frame.tensors[`values/${panel.name}`];
    if (!tensor) return;
    const values = tensor.data;
    const largest = values.reduce((best, v, i) => (v > values[best] ? i : best), 0);
    const chosen = frame.notes.chosen?.[panel.name];
    const limit = percent ? 1 : values.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-9);
    const others = beside && calm ? frame.tensors[`values/${beside}`]?.data : null;
    const classes = calm ? frame.notes.labels?.[panel.name] : null; // where the rows' classes change
    if (classes) align(classes);
    rows.forEach(({ row, fill, number, behind, name }, i) => {
      if (classes) write(name, classes[i]);
      const share = Number.isFinite(values[i]) ? Math.min(1, Math.abs(values[i]) / limit) : 0;
      fill.style.backgroundSize = `${(100 * share).toFixed(2)}% 100%`;
      fill.classList.toggle("negative", values[i] < 0);
      write(number, percent ? `${(100 * values[i]).toFixed(1)} %` : short(values[i]));
      if (others) write(behind, short(others[i], 1));
      row.classList.toggle("top", i === largest);
      row.classList.toggle("chosen", i === chosen);
    });
  }

  /** Let all bars begin where the longest name ends. */
  function align(names) {
    const longest = Math.max(...names.map((name) => String(name).length));
    if (!labelWidth) element.style.setProperty("--label", `${0.57 * longest}em`);
  }
  align(labels);

  function layout() {
    const least = stage.across(width, 36);
    if (labelWidth) element.style.width = stage.narrow ? `${least}px` : `max(${least}px, ${labelWidth / TYPE}em)`;
    else element.style.minWidth = `${least}px`;
  }
  layout();

  return { element, draw, layout };
}
