// checklist: the page's challenges, ticked while they hold or once they held.

import { el, write } from "../dom.js";

export function create(panel, stage) {
  const { items } = panel.options;
  const rows = items.map(({ key, text, hint }) => {
    const tick = el("span", { class: "tick", "aria-hidden": "true" });
    const state = el("span", { class: "spoken" }, "not done");
    const answer = el("details", { class: "answer" }, el("summary", {}, "hint"), hint);
    return { key, tick, state, row: el("li", {}, tick, el("div", {}, text, " ", state, answer)) };
  });

  function draw({ notes }) {
    const met = new Set(notes.met ?? []);
    for (const { key, tick, state, row } of rows) {
      const done = met.has(key);
      if (done && !row.classList.contains("done")) stage.rest(); // tell the page
      row.classList.toggle("done", done);
      write(tick, done ? "✓" : "");
      write(state, done ? "done" : "not done");
    }
  }

  return { element: el("ul", { class: "checklist" }, ...rows.map(({ row }) => row)), draw, calm: true };
}
