// wave: a sound as its wave, with rows of coloured cells under it.  Press or drag in the wave to hear
// what is there; a click on a cell plays its part.  The part that plays is marked, here and, by the
// event "playhead" of the stage's root, wherever the same time axis is.
//
// values/name: (2, columns), the lowest and the highest sample of each column.  images/name: a WAV
// file.  notes[name] = {end: seconds, at, rows: [{name, cells: [[from, to, text, ink, share]]}]}; an
// ink is a number of the ten, or a name of the palette; share: how strong it is.

import { along } from "../axes.js";
import { alike, el, fit, write } from "../dom.js";
import { listen } from "../microphone.js";
import { X, cursor, leftTicks, moment, played, timeAxis, timeBox } from "../time.js";

const ROW = 22; // CSS pixels of a row of cells
const GRAIN = 0.09; // seconds that are heard of a place under the hand
const EVERY = 70; // milliseconds between two of them
const KEYS = ". Arrow keys go through it, Space plays.";

export function create(panel, stage) {
  const { width = 860, height = 96, rows: room = 3, speak = 0 } = panel.options; // speak: seconds at most
  const canvas = el("canvas", { role: "application", "aria-label": panel.alt + KEYS, tabindex: 0, class: "clickable" });
  const audio = el("audio", { preload: "auto" });
  const play = el("button", { type: "button", onclick: () => toggle() }, "▶ play");
  const mic = speak ? el("button", { type: "button", "aria-pressed": "false", onclick: () => (quiet ? hush() : record()) }, "● speak") : "";
  const said = el("span", { class: "range", role: "status" });
  const element = el("div", { class: "wave" }, played(stage, canvas, (seconds) => X(box, Math.min(seconds, told.end), told.end)), el("div", { class: "legend" }, mic, play, said), audio);
  let [state, told, box, file, url, until] = [null, null, null, new Uint8Array(), "", Infinity];
  let [samples, context, heard, held] = [null, null, 0, false];
  let [quiet, stopping] = [null, null]; // ends the recording, and the time at which it ends by itself

  const rowTop = (i) => box.bottom + 18 + 4 + i * ROW;

  function draw(frame) {
    const [tensor, news, wav] = [frame.tensors[`values/${panel.name}`], frame.notes[panel.name], frame.tensors[`images/${panel.name}`]];
    if (!tensor || !news) return;
    if (quiet && !element.isConnected) hush();
    [state, told] = [tensor, news];
    if (wav && !alike(file, wav.data)) load(wav.data);
    render();
  }

  function load(data) {
    file = data.slice();
    const at = audio.paused ? 0 : audio.currentTime;
    const playing = !audio.paused;
    URL.revokeObjectURL(url);
    audio.src = url = URL.createObjectURL(new Blob([file], { type: "audio/wav" }));
    samples = new Int16Array(file.buffer, 44, (file.length - 44) >> 1);
    if (playing) [audio.currentTime, until] = [at, Infinity], audio.play().catch(() => {});
  }

  function render() {
    const wide = stage.across(width, 36);
    box = timeBox(wide, height * (stage.narrow ? 1 : Math.min(stage.k, 1.3)));
    const tall = rowTop(room) + 2;
    const paper = fit(canvas, wide, tall);
    paper.clearRect(0, 0, wide, tall);
    const columns = state.shape[1];
    const middle = box.top + box.h / 2;
    const Y = (v) => along(v, [-1, 1], [box.bottom, box.top]);
    paper.strokeStyle = stage.palette.line;
    paper.strokeRect(box.left - 0.5, box.top - 0.5, box.w + 1, box.h + 1);
    paper.beginPath();
    paper.moveTo(box.left, middle);
    paper.lineTo(box.right, middle);
    paper.stroke();
    paper.fillStyle = stage.palette.accent;
    const [span, peak] = [told.sound / columns, told.peak || 1];
    for (let i = 0; i < columns; i++) {
      const [low, high] = [state.data[i] / peak, state.data[columns + i] / peak];
      const x = Math.min(X(box, i * span, told.end), box.right - 1);
      paper.fillRect(x, Y(high), Math.max(1, Math.min(X(box, (i + 1) * span, told.end), box.right) - x), Math.max(1, Y(low) - Y(high)));
    }
    leftTicks(paper, box, [[0, told.top], [0.5, "0"], [1, `−${told.top}`]], stage.palette);
    timeAxis(paper, box, told.end, stage.palette);
    told.rows.forEach((row, i) => strip(paper, row, i));
    if (told.at !== null) cursor(paper, { ...box, bottom: rowTop(told.rows.length) - 4 }, told.at, told.end, stage.palette.ink);
    if (audio.paused) write(said, told.said ?? "");
  }

  function strip(paper, { name, cells }, i) {
    const top = rowTop(i);
    leftTicks(paper, { ...box, top, bottom: top + ROW - 3, h: ROW - 3 }, [[0.5, name]], stage.palette);
    paper.strokeStyle = stage.palette.line;
    paper.lineWidth = 1;
    paper.strokeRect(box.left - 0.5, top - 0.5, box.w + 1, ROW - 2);
    cells.forEach(([from, to, text, ink, share], k) => {
      const x = X(box, Math.max(0, from), told.end);
      const w = X(box, Math.min(told.end, to), told.end) - x;
      const free = X(box, cells[k + 1]?.[0] ?? told.end, told.end) - x - w; // beside it, for a text that has no room in it
      paper.globalAlpha = share;
      paper.fillStyle = typeof ink === "number" ? stage.palette.ten[ink] : stage.palette[ink];
      paper.fillRect(x, top, Math.max(1, w - (w > 4 ? 1 : 0)), ROW - 3);
      paper.globalAlpha = 1;
      const beside = w < 6;
      if (!text || (beside && free < 9)) return;
      paper.font = `600 ${!beside && w < 9 ? 10 : 12}px system-ui, sans-serif`;
      paper.textAlign = beside ? "left" : "center";
      paper.textBaseline = "middle";
      paper.fillStyle = !beside && share > 0.45 && typeof ink === "number" ? "#ffffff" : stage.palette.dim;
      paper.fillText(text, beside ? x + w + 2 : x + w / 2, top + (ROW - 3) / 2 + 0.5);
    });
  }

  function toggle(from = 0, to = Infinity) {
    if (!audio.paused && to === Infinity) return audio.pause();
    if (!url) return;
    until = to;
    audio.currentTime = from;
    audio.play().then(follow, () => write(said, "This browser plays no sound."));
  }

  /** Show what plays, until it ends. */
  function follow() {
    const now = audio.currentTime;
    if (now >= until) audio.pause();
    const on = !audio.paused && !audio.ended;
    write(play, on ? "❚❚ pause" : "▶ play");
    if (on) {
      const cell = told.rows[0]?.cells.find(([a, b]) => a <= now && now < b);
      write(said, `${now.toFixed(2)} s${cell?.[2] ? `  ${cell[2]}` : ""}`);
      requestAnimationFrame(follow);
    } else write(said, told.said ?? "");
    stage.root.dispatchEvent(new CustomEvent("playhead", { detail: on ? now : null }));
  }
  audio.addEventListener("pause", follow);
  audio.addEventListener("ended", follow);

  async function record() {
    audio.pause();
    mic.disabled = true;
    try {
      quiet = await listen((data, rate, begin) => stage.send({ panel: panel.name, kind: "sound", data, rate, begin }));
      stopping = setTimeout(hush, 1000 * speak);
      write(mic, "■ stop");
      mic.setAttribute("aria-pressed", "true");
    } catch (fault) {
      write(said, fault.message);
    }
    mic.disabled = false;
  }

  function hush() {
    clearTimeout(stopping);
    quiet?.();
    quiet = null;
    write(mic, "● speak");
    mic.setAttribute("aria-pressed", "false");
    stage.send({ panel: panel.name, kind: "lift" });
    stage.rest();
  }

  /** Let a little of the sound be heard, faded in and out. */
  function grain(seconds) {
    if (!samples || performance.now() - heard < EVERY) return;
    heard = performance.now();
    context ??= new AudioContext();
    const [from, count] = [Math.round((seconds - GRAIN / 2) * told.rate), Math.round(GRAIN * told.rate)];
    const buffer = context.createBuffer(1, count, told.rate);
    const out = buffer.getChannelData(0);
    for (let i = 0; i < count; i++) out[i] = ((samples[from + i] ?? 0) / 32768) * Math.sin((Math.PI * i) / count);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
  }

  function go(seconds) {
    grain(seconds);
    stage.send({ panel: panel.name, kind: "moment", value: Number(seconds.toFixed(3)) });
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !told) return;
    const down = event.clientY - canvas.getBoundingClientRect().top;
    const seconds = moment(event, canvas, box, told.end);
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    const row = told.rows[Math.floor((down - rowTop(0)) / ROW)];
    if (down >= rowTop(0)) {
      const cell = row?.cells.find(([a, b]) => a <= seconds && seconds < b);
      if (!cell) return;
      toggle(Math.max(0, cell[0]), cell[1]);
      stage.send({ panel: panel.name, kind: "moment", value: Number(((cell[0] + cell[1]) / 2).toFixed(3)) });
      return stage.rest();
    }
    canvas.setPointerCapture(event.pointerId);
    held = true;
    go(seconds);
  });
  canvas.addEventListener("pointermove", (event) => held && go(moment(event, canvas, box, told.end)));
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, () => {
      if (held) stage.rest();
      held = false;
    });
  canvas.addEventListener("keydown", (event) => {
    const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!told || !(turn || event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!turn) return toggle();
    go(stage.step(`${panel.name} at`, told.at ?? 0, (v) => Math.min(told.end, Math.max(0, v + 0.02 * turn))));
    stage.rest();
  });

  return { element, draw, canvas };
}
