// cells: a matrix of numbers.  Where it may be edited, drag a cell up or down, or use the arrows.

import { Scale } from "../colors.js";
import { cellAt, drawGrid, largest } from "../grid.js";
import { el, fit } from "../dom.js";
import { upright } from "../marks.js";

const PER_PIXEL = 0.01; // change of a value for a drag of one pixel
const TYPE = "11px system-ui, sans-serif"; // of titles and names

export function create(panel, stage) {
  const { cell = 34, map = "signed", edit = false, click = false, labels = null, columns: tops = labels, rowTitle = "", colTitle = "", digits = 2, limit = 0, box = 0, blank = false } = panel.options;
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt, tabindex: edit || click ? 0 : undefined, class: edit ? "editable" : click ? "clickable" : "" });
  const caption = el("div", { class: "legend" }, el("span", { class: "range" }));
  let [state, held, focus] = [null, null, 0];
  const named = labels ? 14 : 0; // pixels for the names of rows and columns
  const geometry = () => ({ x: (rowTitle ? 16 : 0) + named, y: (colTitle ? 16 : 0) + named, rows: state.shape[0], cols: state.shape[1], cell: Math.min((box ? box / Math.max(...state.shape) - 2 : cell) * stage.k, (stage.room - (rowTitle ? 16 : 0) - named) / state.shape[1] - 2) });

  function draw(frame) {
    const tensor = frame.tensors[`values/${panel.name}`];
    if (!tensor) return;
    state = tensor;
    const g = geometry();
    const context = fit(canvas, g.x + across(g), g.y + g.rows * (g.cell + 2));
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = new Scale(stage.palette, map, limit || largest(state.data));
    drawGrid(context, { ...g, values: state.data, scale, palette: stage.palette, digits, blank, ring: (edit || click) && canvas.matches(":focus") ? focus : (frame.notes.chosen?.[panel.name] ?? -1) });
    titles(context, g);
    for (const box of frame.notes.boxes?.[panel.name] ?? []) outline(context, g, box);
    caption.firstChild.textContent = frame.notes.captions?.[panel.name] ?? "";
  }

  /** Mark a window of the matrix: [top, left, bottom, right]. */
  function outline(context, g, [top, left, bottom, right]) {
    const step = g.cell + 2;
    context.strokeStyle = stage.palette.ink;
    context.lineWidth = 2.5;
    context.strokeRect(g.x + left * step + 1.5, g.y + top * step + 1.5, (right - left) * step - 5, (bottom - top) * step - 5);
  }

  /** The width of the columns, or of the title over them if that is longer. */
  function across(g) {
    const context = canvas.getContext("2d");
    context.font = TYPE;
    return Math.max(g.cols * (g.cell + 2), Math.ceil(context.measureText(colTitle).width));
  }

  function titles(context, g) {
    context.fillStyle = stage.palette.dim;
    context.font = TYPE;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const middle = (i) => i * (g.cell + 2) + g.cell / 2;
    const names = tops?.slice(0, g.cols) ?? [];
    const widest = Math.max(0, ...names.map((text) => context.measureText(text).width));
    const every = Math.max(1, Math.ceil((widest + 4) / (g.cell + 2))); // names that would touch are left out
    names.forEach((text, i) => i % every || context.fillText(text, g.x + middle(i), g.y - 7));
    labels?.slice(0, g.rows).forEach((text, i) => context.fillText(text, g.x - 8, g.y + middle(i)));
    if (colTitle) context.fillText(colTitle, g.x + across(g) / 2, 7);
    if (rowTitle) upright(context, rowTitle, 7, g.y + (g.rows * (g.cell + 2)) / 2);
  }

  function pick(index) {
    focus = index;
    stage.send({ panel: panel.name, kind: "click", row: Math.floor(index / state.shape[1]), col: index % state.shape[1] });
    stage.rest();
  }

  if (click) {
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      const index = state ? cellAt(geometry(), event.clientX - box.left, event.clientY - box.top) : -1;
      if (index >= 0) pick(index);
    });
    canvas.addEventListener("keydown", (event) => {
      if (!state) return;
      const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -state.shape[1], ArrowDown: state.shape[1] }[event.key];
      if (move === undefined && event.key !== "Enter") return;
      event.preventDefault();
      if (move === undefined) return pick(focus);
      focus = (focus + move + state.data.length) % state.data.length;
      stage.redraw();
    });
  }

  function tell(index, value) {
    state.data[index] = value;
    stage.send({ panel: panel.name, kind: "edit", index, value });
  }

  if (edit) {
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const box = canvas.getBoundingClientRect();
      const index = state ? cellAt(geometry(), event.clientX - box.left, event.clientY - box.top) : -1;
      if (index < 0) return;
      canvas.setPointerCapture(event.pointerId);
      [held, focus] = [{ index, y: event.clientY, value: state.data[index] }, index];
    });
    canvas.addEventListener("pointermove", (event) => {
      if (held) tell(held.index, held.value + (held.y - event.clientY) * PER_PIXEL);
    });
    const drop = () => {
      if (held) stage.rest();
      held = null;
    };
    canvas.addEventListener("pointerup", drop);
    canvas.addEventListener("pointercancel", drop);
    canvas.addEventListener("keydown", (event) => {
      if (!state) return;
      const [count, cols] = [state.data.length, state.shape[1]];
      const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -cols, ArrowDown: cols }[event.key];
      const turn = { "+": 0.05, "=": 0.05, "-": -0.05, 0: null }[event.key];
      if (move !== undefined) focus = (focus + move + count) % count;
      else if (turn !== undefined) tell(focus, stage.step(`${panel.name} ${focus}`, state.data[focus], (v) => (turn === null ? 0 : v + turn)));
      else return;
      event.preventDefault();
      stage.redraw();
      stage.rest();
    });
  }

  return { element: el("div", { class: "cells" }, canvas, caption), draw };
}
