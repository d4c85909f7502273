// entry: a line of text that acts while it is typed; a fault is told below, at its character.
//
// notes[name] = {text, fault: {at, text, typed} | null}.

import { el, write } from "../dom.js";

export function create(panel, stage) {
  const { label = "" } = panel.options;
  const input = el("input", { type: "text", class: "entry", spellcheck: "false", autocomplete: "off", autocapitalize: "off", maxlength: panel.options.longest ?? 400, "aria-label": panel.alt });
  const caret = el("span", { class: "caret", "aria-hidden": "true" });
  const fault = el("div", { class: "fault", role: "status" });
  let typing = false;

  input.addEventListener("input", () => {
    typing = true;
    stage.send({ panel: panel.name, kind: "text", value: input.value });
    stage.rest();
  });
  input.addEventListener("change", () => (typing = false));
  input.addEventListener("blur", () => (typing = false));

  function draw({ notes }) {
    const told = notes[panel.name];
    if (!told) return;
    if (!typing) {
      const text = told.fault?.typed ?? told.text;
      if (input.value !== text) input.value = text;
    }
    write(caret, told.fault ? `${"\u00a0".repeat(told.fault.at)}^` : "\u00a0");
    fault.style.visibility = told.fault ? "" : "hidden"; // it keeps its line
    write(fault, told.fault?.text ?? "\u00a0");
    input.setAttribute("aria-invalid", String(Boolean(told.fault)));
  }

  const keep = () => (input.value ? { panel: panel.name, kind: "text", value: input.value } : null);
  return { element: el("div", { class: "entrybox" }, label ? el("span", { class: "label" }, label) : "", el("div", { class: "field" }, input, caret, fault)), draw, keep };
}
