// words: short texts that the experiment says, each under a title; one without a title goes on under
// the last.  In a row, what stands under each title is a column.

import { el } from "../dom.js";

export function create(panel) {
  const element = el("div", { class: panel.options.row ? "words row" : "words", role: panel.options.live ? "status" : undefined });
  let known = "";

  function draw({ notes }) {
    const told = notes.words?.[panel.name];
    const key = JSON.stringify(told);
    if (!told || key === known) return;
    known = key;
    const parts = [];
    for (const { title, text } of told) {
      if (title || !parts.length) parts.push(el("div", {}, title ? el("h3", {}, title) : ""));
      parts.at(-1).append(el("p", {}, text));
    }
    element.replaceChildren(...parts);
    if (panel.options.size) for (const line of element.querySelectorAll("p")) line.style.fontSize = `${panel.options.size}px`;
    if (panel.options.height) element.style.minHeight = `${panel.options.height}px`;
  }

  return { element, draw, calm: true };
}
