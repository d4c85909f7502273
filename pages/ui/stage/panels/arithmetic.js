// arithmetic: how one number was made, term by term, with the numbers that the network used.

import { Scale, short } from "../colors.js";
import { cellAt, drawGrid, largest } from "../grid.js";
import { el, fit, reducedMotion, write } from "../dom.js";

const LEAST = 64; // CSS pixels for a grid and the words over it
const READABLE = 24; // CSS pixels of a cell; smaller ones scroll instead
const BEAT = 160; // milliseconds a term

export function create(panel, stage) {
  const { height, cell: usual = 34 } = panel.options;
  const title = el("h3");
  const lead = el("p", { class: "dim" });
  const canvas = el("canvas", { role: "img", "aria-label": panel.alt });
  const table = el("table");
  const parts = el("div", { class: "parts" });
  const sum = el("p", { class: "sum" });
  const play = el("button", { type: "button", onclick: () => (timer ? stop() : start()) }, "▶ term by term");
  const scrub = el("input", { type: "range", min: 0, max: 1, value: 1, "aria-label": "terms added so far" });
  const player = el("div", { class: "player" }, play, scrub);
  let [told, tensors, at, timer, shown] = [null, {}, 0, null, ""];

  const count = () => (told?.form === "product" ? tensors.patch.data.length : told?.form === "sum" ? told.labels.length : 0);

  function stop() {
    clearInterval(timer);
    timer = null;
    write(play, "▶ term by term");
  }

  function start() {
    if (at >= count()) at = 0;
    write(play, "❚❚ pause");
    timer = setInterval(() => {
      at = Math.min(count(), at + 1);
      render();
      if (at >= count()) stop();
    }, reducedMotion() ? 4 * BEAT : BEAT);
  }

  scrub.addEventListener("input", () => {
    stop();
    at = Number(scrub.value);
    render();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (told?.form !== "product" || !told.geometry) return;
    const box = canvas.getBoundingClientRect();
    for (const g of told.geometry) {
      const cell = cellAt(g, event.clientX - box.left, event.clientY - box.top);
      if (cell < 0) continue;
      stop();
      const size = g.rows * g.cols;
      at = Math.floor(Math.min(count() - 1, Math.max(0, at - 1)) / size) * size + cell + 1;
      return render();
    }
  });

  function draw(frame) {
    const news = frame.notes[panel.name];
    if (!news) return;
    told = news;
    tensors = {};
    for (const part of ["patch", "kernel", "product", "rows"]) {
      const tensor = frame.tensors[`values/${panel.name}.${part}`];
      if (tensor) tensors[part] = tensor;
    }
    if (news.title !== shown) {
      stop();
      shown = news.title;
      at = count();
    }
    if (!timer) at = Math.min(at, count());
    scrub.max = count();
    render();
  }

  function render() {
    if (!told) return;
    write(title, told.title);
    write(lead, told.text);
    scrub.value = at;
    player.hidden = count() === 0;
    canvas.hidden = !["product", "pool"].includes(told.form);
    table.hidden = !["sum", "softmax"].includes(told.form);
    parts.hidden = !(told.form === "product" && told.parts.length > 1);
    ({ product, pool, sum: dense, softmax, none: () => write(sum, told.sum ?? "") })[told.form]();
  }

  function product() {
    const [channels, rows, cols] = tensors.patch.shape;
    const size = rows * cols;
    const channel = Math.min(channels - 1, Math.floor(Math.max(0, at - 1) / size));
    const room = canvas.closest(".columns")?.clientWidth || stage.room; // for three side by side
    const cell = Math.max(READABLE, Math.min(usual * stage.k, (room - 2 * 30) / (3 * cols) - 2));
    const block = Math.max(cols * (cell + 2), LEAST);
    const wide = 3 * block + 2 * 30;
    const context = fit(canvas, wide, rows * (cell + 2) + 20);
    context.clearRect(0, 0, wide, rows * (cell + 2) + 20);
    const from = channel * size;
    const slice = (name) => tensors[name].data.subarray(from, from + size);
    const scales = {
      patch: new Scale(stage.palette, told.map ?? (told.ink ? "ink" : "signed"), told.ink ? 1 : largest(tensors.patch.data)),
      kernel: new Scale(stage.palette, "signed", largest(tensors.kernel.data)),
      product: new Scale(stage.palette, "signed", largest(tensors.product.data)),
    };
    told.geometry = [];
    const done = at - from;
    ["patch", "kernel", "product"].forEach((name, i) => {
      const g = { x: i * (block + 30), y: 18, rows, cols, cell };
      told.geometry.push(g);
      drawGrid(context, { ...g, values: slice(name), scale: scales[name], palette: stage.palette, on: (j) => j < done, ring: at < count() || done < size ? done - 1 : -1 });
      context.fillStyle = stage.palette.dim;
      context.font = "12px system-ui, sans-serif";
      context.textAlign = "left";
      context.fillText({ patch: `input: ${told.parts[channel]}`, kernel: "kernel", product: "product" }[name], g.x, 7);
      context.textAlign = "center";
      context.font = "16px system-ui, sans-serif";
      if (i < 2) context.fillText("×="[i], g.x + block + 14, 18 + (rows * (cell + 2)) / 2);
    });
    parts.replaceChildren(
      ...told.parts.map((label, i) => {
        const total = tensors.product.data.subarray(i * size, Math.min(at, (i + 1) * size)).reduce((a, b) => a + b, 0);
        const jump = () => {
          stop();
          at = (i + 1) * size;
          render();
        };
        return el("button", { type: "button", class: i === channel ? "on" : "", onclick: jump }, `${label} ${at > i * size ? short(total) : "…"}`);
      }),
    );
    const running = tensors.product.data.subarray(0, at).reduce((a, b) => a + b, 0);
    write(sum, at < count() ? `running sum of ${at} terms = ${short(running, 3)}` : told.sum);
  }

  function pool() {
    const [, rows, cols] = tensors.patch.shape;
    const cell = 44 * stage.k;
    const context = fit(canvas, cols * (cell + 2), rows * (cell + 2));
    context.clearRect(0, 0, canvas.width, canvas.height);
    drawGrid(context, { values: tensors.patch.data, rows, cols, x: 0, y: 0, cell, scale: new Scale(stage.palette, "signed", largest(tensors.patch.data)), palette: stage.palette, ring: told.winner, digits: 3 });
    write(sum, told.sum);
  }

  function dense() {
    const { data } = tensors.rows;
    const limit = Math.max(...told.labels.map((_, i) => Math.abs(data[3 * i + 2])), 1e-9);
    const scale = new Scale(stage.palette, "signed", limit);
    const body = told.labels.map((label, i) => {
      const [a, w, p] = data.subarray(3 * i, 3 * i + 3);
      const fill = el("span", { class: p < 0 ? "fill negative" : "fill" });
      fill.style.transform = `scaleX(${Math.abs(p) / limit})`;
      return el("tr", { class: i < at ? "" : "off" }, el("td", {}, label), el("td", {}, short(a)), el("td", {}, `× ${short(w)}`), el("td", {}, `= ${short(p)}`), el("td", { class: "wide" }, el("span", { class: "track" }, fill)));
    });
    table.replaceChildren(el("thead", {}, head(["from", "activation", "weight", "product", ""])), el("tbody", {}, ...body));
    const running = told.labels.slice(0, at).reduce((total, _, i) => total + data[3 * i + 2], 0);
    write(sum, at < count() ? `running sum of ${at} terms = ${short(running, 3)}` : told.sum);
  }

  function softmax() {
    const { data } = tensors.rows;
    const body = told.labels.map((label, i) => {
      const [logit, power, p] = data.subarray(3 * i, 3 * i + 3);
      const line = row("td", [label, short(logit), short(power, 3), `${(100 * p).toFixed(2)} %`]);
      line.classList.toggle("chosen", i === told.winner);
      return line;
    });
    table.replaceChildren(el("thead", {}, head(["class", "logit z", "exp(z − max z)", "share of the sum"])), el("tbody", {}, ...body));
    write(sum, told.sum);
  }

  const head = (texts) => el("tr", {}, ...texts.map((text) => el(text ? "th" : "td", {}, text)));
  const row = (tag, texts) => el("tr", {}, ...texts.map((text) => el(tag, {}, text)));

  return { element: el("div", { class: "arithmetic", style: height ? `min-height: ${height}px` : undefined }, title, lead, parts, canvas, table, sum, player), draw, calm: true };
}
