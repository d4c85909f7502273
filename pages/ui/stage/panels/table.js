// table: rows of words and numbers under one sentence.  The first column names, the others tell.

import { el, write } from "../dom.js";

export function create(panel, stage) {
  const { head = [], rows = 4, lines = 2, width = 0 } = panel.options;
  const sentence = el("p", { class: "said", style: `--lines: ${lines}`, role: "status" });
  const columns = head.length || 2;
  const cells = [...Array(rows)].map(() => [...Array(columns)].map((_, i) => el(i ? "td" : "th", i ? {} : { scope: "row" }, "\u00a0")));
  const top = head.length ? el("thead", {}, el("tr", {}, ...head.map((text) => (text ? el("th", { scope: "col" }, text) : el("td"))))) : "";
  const body = cells.map((row) => el("tr", { "aria-hidden": "true" }, ...row)); // until it has words
  const table = rows ? el("table", {}, top, el("tbody", {}, ...body)) : "";

  function draw({ notes }) {
    const told = notes.tables?.[panel.name];
    if (!told) return;
    write(sentence, told.said ?? "");
    sentence.classList.toggle("good", told.good === true);
    sentence.hidden = lines === 0;
    cells.forEach((row, i) => {
      row.forEach((cell, j) => write(cell, String(told.rows?.[i]?.[j] ?? "\u00a0")));
      body[i].ariaHidden = told.rows?.[i] ? null : "true";
      body[i].classList.toggle("chosen", told.chosen === i);
    });
  }

  return { element: el("div", { class: "table", role: "group", "aria-label": panel.alt, style: width ? `width: ${width}px` : undefined }, sentence, table), draw, calm: true };
}
