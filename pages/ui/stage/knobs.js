// Knobs act while they are dragged; on release they write themselves into the address.

import { el, write } from "./dom.js";

const FINE = 1000; // positions of a logarithmic slider
const LONG = 60; // options beyond which a list is searched

/** Show a value in an input that nobody is at; writing what is there already costs a layout. */
function put(input, value) {
  if (input.value !== String(value) && !input.matches(":focus")) input.value = value;
}

/** A slider over a range, linear or logarithmic. */
export function knob(spec, stage) {
  const { name, label, low, high, log, unit } = spec;
  const slider = el("input", { type: "range", "aria-label": label, min: log ? 0 : low, max: log ? FINE : high, step: log ? 1 : spec.step });
  const digits = spec.digits;
  const output = el("output", { class: "number" });
  const toValue = (v) => Number(log ? (low * (high / low) ** (v / FINE)).toPrecision(3) : v);
  const toPosition = (v) => (log ? (FINE * Math.log(v / low)) / Math.log(high / low) : v);
  let value = spec.default;

  const words = (v) => spec.words[String(v)] ?? `${spec.whole ? Math.round(v) : log ? v.toPrecision(2) : v.toFixed(digits).replace("-", "−")}${unit}`;
  const show = () => {
    write(output, words(value));
    slider.setAttribute("aria-valuetext", words(value));
  };
  slider.addEventListener("input", () => {
    value = toValue(slider.value);
    show();
    stage.send({ setting: name, value });
  });
  slider.addEventListener("change", () => stage.rest());
  const field = el("input", { type: "text", class: "number", inputmode: "decimal", "aria-label": `${label}, typed` });
  let typing = false;
  /** Let the value be typed: a click on it, or Enter on its slider. */
  function type() {
    field.value = String(value);
    typing = true;
    output.replaceWith(field);
    field.focus();
    field.select();
  }
  function typed(keep) {
    if (!typing) return; // to be taken out is a blur, too
    typing = false;
    const v = Number(field.value.replace("−", "-").replace(",", "."));
    field.replaceWith(output);
    if (!keep || !field.value.trim() || !Number.isFinite(v)) return;
    value = Math.min(Math.max(v, low), Number(high));
    slider.value = toPosition(value);
    show();
    stage.send({ setting: name, value });
    stage.rest();
  }
  output.title = "click to type a value";
  output.addEventListener("click", (event) => (event.preventDefault(), type()));
  slider.addEventListener("keydown", (event) => event.key === "Enter" && type());
  field.addEventListener("blur", () => typed(true));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    typed(event.key === "Enter");
    slider.focus();
  });
  const set = (v) => {
    if (v === undefined || stage.held(slider)) return;
    value = v;
    slider.value = toPosition(v);
    show();
  };
  set(spec.default);
  // a value that the experiment found on this slider: notes.ticks = {name: {value, text}}
  const tick = el("span", { class: "found", hidden: true, "aria-hidden": "true" });
  function draw({ notes }) {
    const top = notes.tops?.[name]; // where the slider ends now
    if (top !== undefined && Number(slider.max) !== top) {
      slider.max = top;
      slider.value = toPosition(value);
    }
    const found = notes.ticks?.[name];
    if (!found) return void (tick.hidden = true);
    tick.hidden = false;
    tick.title = tick.dataset.text = found.text;
    const [from, to] = [Number(slider.min), Number(slider.max)];
    tick.style.setProperty("--at", ((toPosition(found.value) - from) / (to - from)).toFixed(4));
  }
  const track = el("span", { class: "slide" }, slider, tick);
  return { element: el("label", { class: spec.wide ? "knob wide" : "knob" }, el("span", { class: "label" }, label), track, output), set, draw, calm: true, keep: () => ({ setting: name, value }) };
}

/** A row of options, one of which holds. */
export function choice(spec, stage) {
  const { name, label, options } = spec;
  let value = spec.default;
  const buttons = options.map(([key, text]) =>
    el("button", { type: "button", onclick: () => pick(key) }, text),
  );
  function pick(key) {
    set(key);
    stage.send({ setting: name, value: key });
    stage.rest();
  }
  function set(key) {
    if (key === undefined) return;
    value = key;
    options.forEach(([option], i) => buttons[i].setAttribute("aria-pressed", String(option === key)));
  }
  set(spec.default);
  const group = el("span", { class: "choice", role: "group", "aria-label": label }, ...buttons);
  const element = el("span", { class: "labelled" }, spec.shown ? el("span", { class: "label" }, label) : "", group);
  return { element, set, keep: () => ({ setting: name, value }) };
}

/** A list to choose from, for more options than a row holds; a long one is searched by typing. */
export function select(spec, stage) {
  const { name, label, options } = spec;
  if (options.length > LONG) return search(spec, stage);
  const list = el("select", { "aria-label": label, onchange: pick }, ...options.map(([value, text]) => el("option", { value }, text)));
  list.value = spec.default;
  function pick() {
    stage.send({ setting: name, value: list.value });
    stage.rest();
  }
  const set = (value) => {
    if (value !== undefined && !stage.held(list)) list.value = value;
  };
  return { element: el("label", { class: "labelled" }, el("span", { class: "label" }, label), list), set, keep: () => ({ setting: name, value: list.value }) };
}

/** A list of hundreds: what is typed finds the option of that text, or the first that contains it. */
function search(spec, stage) {
  const { name, label, options } = spec;
  const texts = new Map(options);
  const list = el("datalist", { id: `options:${name}` }, ...options.map(([, text]) => el("option", { value: text })));
  const field = el("input", { type: "search", class: "search", list: list.id, "aria-label": label, spellcheck: "false", autocomplete: "off" });
  let value = spec.default;
  const show = () => (field.value = texts.get(value));
  function take(...tests) {
    const typed = field.value.trim().toLowerCase();
    const option = typed && tests.map((test) => options.find(([, text]) => test(text.toLowerCase(), typed))).find(Boolean);
    if (!option || option[0] === value) return;
    [value] = option;
    stage.send({ setting: name, value });
    stage.rest();
  }
  const same = (text, typed) => text === typed;
  field.addEventListener("focus", () => {
    field.placeholder = texts.get(value);
    field.value = ""; // the list then offers all
  });
  field.addEventListener("input", () => take(same)); // one was chosen from the list
  field.addEventListener("change", () => {
    take(same, (text, typed) => text.startsWith(typed), (text, typed) => text.includes(typed));
    show();
  });
  field.addEventListener("blur", show);
  field.addEventListener("keydown", (event) => event.key === "Enter" && field.blur());
  const set = (now) => {
    if (now === undefined) return;
    value = now;
    if (!field.matches(":focus")) show();
  };
  show();
  return { element: el("label", { class: "labelled" }, el("span", { class: "label" }, label), field, list), set, keep: () => ({ setting: name, value }) };
}

/** A button that asks the experiment for something. */
export function button(spec, stage) {
  const act = () => {
    stage.send({ setting: spec.name, value: true });
    stage.rest();
  };
  return { element: el("button", { type: "button", class: "action", onclick: act }, spec.label), press: act };
}

/** The paces that there are to choose: the usual ones, and the one that a session begins with. */
function paces(begins) {
  const usual = [1, 5, 25];
  if (begins && !usual.includes(begins)) usual.push(begins);
  return [["", "full speed"], ...usual.sort((a, b) => a - b).map((pace) => [String(pace), `${pace} a second`])];
}

/** Play, step, speed: the channel's business. */
export function transport(spec, stage) {
  const play = el("button", { type: "button", class: "play", onclick: () => stage.toggle() }, "▶");
  const step = el("button", { type: "button", class: "action", onclick: () => stage.transport({ step: true }) }, spec.step);
  const speed = el(
    "select",
    { "aria-label": "speed", onchange: () => stage.transport({ speed: Number(speed.value) || null }) },
    ...paces(spec.speed).map(([value, text]) => el("option", { value }, text)),
  );
  speed.value = spec.speed ?? "";
  const until = el("input", { type: "number", min: 1, step: 1, placeholder: "never", "aria-label": `pause at ${spec.step}`, onchange: () => stage.transport({ until: Number(until.value) || null }) });
  const count = el("output", { class: "number wide" });
  return {
    element: el("span", { class: "transport" }, play, step, speed, ...(spec.until ? [el("label", { class: "until" }, `until ${spec.step}`, until), count] : [])),
    toggle: () => stage.toggle(),
    step: () => stage.transport({ step: true }),
    draw({ playing, steps, speed: pace, until: end }) {
      put(speed, pace || "");
      put(until, end || "");
      write(play, playing ? "❚❚" : "▶");
      play.setAttribute("aria-label", playing ? "pause" : "play");
      write(count, `${spec.step} ${steps.toLocaleString("en")}`);
    },
  };
}
