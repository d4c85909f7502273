// examples: classes by name, each with its examples as small pictures.  A button that is held makes what
// is seen an example, ten times a second; files come in by a button, by paste or by drop.
//
// notes[name] = {names, labels, columns, shown, most, remark}; images[name] is the sheet of examples.

import { INKS, inked } from "../colors.js";
import { el, fit, write } from "../dom.js";
import { squares } from "./camera.js";

const PERIOD = 100; // milliseconds between two examples while the button is held
const [THUMB, GAP] = [40, 3]; // CSS pixels of a small picture

export function create(panel, stage) {
  const { side = 128, width = 420 } = panel.options;
  const rows = el("div", { class: "classes" });
  const remark = el("p", { class: "dim", role: "status" });
  const more = el("button", { type: "button", onclick: () => act("class") }, "another class");
  const element = el("div", { class: "examples", role: "group", "aria-label": panel.alt }, rows, more, remark);
  let [told, sheet, data, lines, holding] = [null, null, null, [], null];
  let asked = false; // whether a held button waits for a frame: more would only queue

  const say = (kind, more = {}) => stage.send({ panel: panel.name, kind, ...more });
  const act = (kind, more) => [say(kind, more), stage.rest()];

  async function bring(unit, files) {
    const found = await squares([...files], side, (name) => write(remark, `${name} is no picture that this browser can read.`));
    for (const picture of found) say("bring", { unit, data: picture });
    stage.rest();
  }

  /** A class's row: colour, name, number, buttons, pictures. */
  function row(unit) {
    const name = el("input", { type: "text", maxlength: 24, "aria-label": `name of class ${unit + 1}`, onchange: () => act("name", { unit, value: name.value }) });
    const count = el("span", { class: "dim" });
    const file = el("input", { type: "file", accept: "image/*", multiple: true, hidden: true, onchange: () => bring(unit, file.files) });
    const hold = el("button", { type: "button", class: "hold-add" }, "add, or hold");
    const canvas = el("canvas", { tabindex: 0, role: "img", "aria-label": "examples; click one to look at it, Delete removes the one that is looked at" });
    const end = () => {
      clearInterval(holding);
      if (holding) stage.rest();
      holding = null;
    };
    hold.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      hold.setPointerCapture(event.pointerId);
      const add = () => ((asked = true), say("add", { unit }));
      add();
      holding = setInterval(() => (hold.isConnected ? asked || add() : end()), PERIOD);
    });
    for (const kind of ["pointerup", "pointercancel"]) hold.addEventListener(kind, end);
    hold.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), act("add", { unit })));
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      const across = perRow();
      const at = Math.floor((event.clientY - box.top) / (THUMB + GAP)) * across + Math.floor((event.clientX - box.left) / (THUMB + GAP));
      const index = mine(unit)[at];
      if (index !== undefined) act("click", { index });
    });
    canvas.addEventListener("keydown", (event) => {
      const all = mine(unit);
      const at = all.indexOf(told.shown);
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) act("click", { index: all[(at + step + all.length) % all.length] });
      else if (["Delete", "Backspace"].includes(event.key) && at >= 0) act("remove", { index: told.shown });
      else return;
      event.preventDefault();
    });
    const node = el(
      "div",
      { class: "class", style: inked(INKS[unit]) },
      el("div", { class: "tools" }, el("span", { class: "dot" }), name, count, hold, el("button", { type: "button", onclick: () => file.click() }, "files"), file, el("button", { type: "button", title: "forget this class", "aria-label": `forget class ${unit + 1}`, onclick: () => act("drop", { unit }) }, "×")),
      canvas,
    );
    node.addEventListener("dragover", (event) => event.preventDefault());
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      bring(unit, event.dataTransfer.files);
    });
    return { node, name, count, canvas };
  }

  const mine = (unit) => told.labels.flatMap((label, i) => (label === unit ? [i] : []));
  const room = () => stage.across(width, 60);
  const perRow = () => Math.max(1, Math.floor((room() + GAP) / (THUMB + GAP)));

  function paint() {
    if (!told) return;
    if (lines.length !== told.names.length) {
      lines = told.names.map((_, unit) => row(unit));
      rows.replaceChildren(...lines.map(({ node }) => node));
    }
    more.hidden = told.names.length >= told.most;
    const across = perRow();
    lines.forEach(({ name, count, canvas }, unit) => {
      const all = mine(unit);
      if (!name.matches(":focus")) name.value = told.names[unit];
      write(count, String(all.length));
      const context = fit(canvas, across * (THUMB + GAP) - GAP, Math.max(1, Math.ceil(all.length / across)) * (THUMB + GAP) - GAP);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingEnabled = true;
      all.forEach((index, i) => {
        const [x, y] = [(i % across) * (THUMB + GAP), Math.floor(i / across) * (THUMB + GAP)];
        const source = sheet ? sheet.width / told.columns : 0;
        if (sheet) context.drawImage(sheet, (index % told.columns) * source, Math.floor(index / told.columns) * source, source, source, x, y, THUMB, THUMB);
        if (index !== told.shown) return;
        context.strokeStyle = stage.palette.accent;
        context.lineWidth = 3;
        context.strokeRect(x + 1.5, y + 1.5, THUMB - 3, THUMB - 3);
      });
    });
  }

  function draw(frame) {
    asked = false;
    told = frame.notes[panel.name] ?? told;
    if (!told) return;
    if (told.remark) write(remark, told.remark);
    const now = frame.tensors[`images/${panel.name}`]?.data;
    if (now && now !== data) {
      data = now;
      createImageBitmap(new Blob([now])).then((bitmap) => {
        if (data !== now) return;
        sheet = bitmap;
        paint();
      });
    }
    paint();
  }

  return { element, draw, layout: paint, hello: { panel: panel.name, kind: "hello" } };
}
