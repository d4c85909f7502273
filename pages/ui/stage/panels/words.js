// words: short texts that the experiment says, each under a title.

import { el } from "../dom.js";

export function create(panel) {
  const element = el("div", { class: "words", role: panel.options.live ? "status" : undefined });
  let known = "";

  function draw({ notes }) {
    const told = notes.words?.[panel.name];
    const key = JSON.stringify(told);
    if (!told || key === known) return;
    known = key;
    element.replaceChildren(...told.flatMap(({ title, text }) => [title ? el("h3", {}, title) : "", el("p", {}, text)]).filter(Boolean));
    if (panel.options.height) element.style.minHeight = `${panel.options.height}px`;
  }

  return { element, draw, calm: true };
}
