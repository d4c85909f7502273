// ledger: a table of formulas and numbers; click a row to choose it.
//
// notes[name] = {title?, text?, head, rows: [[text]], ink?: ["" | "up" | "down"], on?, sum?}.

import { el, write } from "../dom.js";

export function create(panel, stage) {
  const { click = false, width = 0, rows: least = 0, room = 0 } = panel.options; // room: CSS pixels at any scale
  const title = el("h3");
  const lead = el("p", { class: "dim" });
  const head = el("tr");
  const body = el("tbody");
  const sum = el("p", { class: "sum" });
  const table = el("table", {}, el("thead", {}, head), body);
  const scroll = el("div", { class: "scroll" }, table);
  const element = el("div", { class: "ledger", role: "group", "aria-label": panel.alt }, title, lead, scroll, sum);
  let shape = "";

  function draw({ notes }) {
    const told = notes[panel.name];
    if (!told) return;
    title.hidden = told.title === undefined;
    lead.hidden = told.text === undefined;
    sum.hidden = told.sum === undefined;
    write(title, told.title ?? "");
    write(lead, told.text ?? "");
    write(sum, told.sum ?? "");
    fill(told);
  }

  /** Bring the cells up to date; rows are made anew only when their number changes. */
  function fill({ head: titles, rows, ink = [], on }) {
    const now = `${titles.map(Boolean)} ${rows.length}`;
    if (now !== shape) {
      shape = now;
      head.replaceChildren(...titles.map((text) => el(text ? "th" : "td")));
      body.replaceChildren(...Array.from({ length: Math.max(rows.length, least) }, (_, i) => line(i, titles.length, i < rows.length)));
      requestAnimationFrame(() => (scroll.tabIndex = scroll.scrollWidth > scroll.clientWidth ? 0 : -1)); // scrolled by keyboard
    }
    titles.forEach((text, i) => write(head.children[i], text));
    rows.forEach((cells, i) => {
      const row = body.children[i];
      row.classList.toggle("chosen", i === on);
      cells.forEach((text, j) => {
        write(row.children[j], text);
        row.children[j].className = ink[j] ?? "";
      });
    });
  }

  function line(i, columns, full) {
    const cells = Array.from({ length: columns }, () => el("td", {}, "\u00a0"));
    if (!click || !full) return el("tr", {}, ...cells);
    const choose = () => {
      stage.send({ panel: panel.name, kind: "click", unit: i });
      stage.rest();
    };
    const press = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), choose());
    return el("tr", { class: "row", tabindex: 0, onclick: choose, onkeydown: press }, ...cells);
  }

  function layout() {
    if (width) element.style.width = `${width * stage.k}px`;
    if (room) element.style.minWidth = `${Math.min(room, stage.width - 36)}px`;
  }
  layout();
  return { element, draw, layout, calm: true };
}
