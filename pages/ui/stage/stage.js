// The stage: cards of panels and knobs, drawn from frames.  It knows no lab.

import { Address } from "./address.js";
import { rgb } from "./colors.js";
import { el, write } from "./dom.js";
import { Fit, NARROW } from "./fit.js";
import { actionOf, isUndo } from "./keys.js";
import * as controls from "./knobs.js";
import { Link } from "./link.js";
import { reload } from "./reload.js";
import { savePng } from "./save.js";

const STAGES = new Set(); // those on the page; a presenter's keys are for the one most in sight
const CALM = 100; // milliseconds between two updates of what is read rather than watched
const SPLIT = 5000; // milliseconds between two attempts of a page whose channel is at another server
const REST = 250; // milliseconds of quiet after which the page is told

/** The entry of the Streamlit component: called at every change of data, on the same element.
 *  kinds: the modules of the panels that `data.cards` names, each with a `create(panel, stage)`. */
export default function mount({ data, parentElement, setTriggerValue }, kinds) {
  const stage = (parentElement.glassbox ??= new Stage(parentElement));
  stage.kinds = kinds;
  stage.update(data, setTriggerValue);
  return () => {
    stage.close();
    delete parentElement.glassbox;
  };
}

/** The stage of which most is on the screen. */
function inSight() {
  return [...STAGES].reduce((best, stage) => (stage.seen > best.seen ? stage : best));
}

class Stage {
  constructor(parent) {
    this.notice = el("div", { class: "notice", role: "status", hidden: true });
    this.spoken = el("div", { class: "spoken", "aria-live": "polite" });
    this.body = el("div", { class: "body" });
    this.root = el("div", { class: "stage" }, this.body, this.notice, this.spoken);
    parent.append(this.root);
    this.k = 1;
    this.room = Infinity; // CSS pixels that a picture may be wide
    this.measured = 0; // the stage's width when it was asked last; 0: to be asked
    this.known = Infinity; // its width when it last had one: a page that is being left has none
    this.unknown = 0; // how often in a row the channel did not know the token that the page gave
    this.restoring = false; // whether the session is yet to hear what this browser knows
    this.ahead = new Map(); // where keys have led values that the experiment was not heard about yet
    this.address = new Address();
    this.fit = new Fit(this);
    this.parts = []; // every panel and control: {element, draw?, layout?, set?, keep?}
    // In a frame of its own: a layout changes the height, and an observer that resizes what it
    // observes is an error to some browsers.
    this.watcher = new ResizeObserver(() => {
      this.measured = 0;
      cancelAnimationFrame(this.resized);
      this.resized = requestAnimationFrame(() => this.layout());
    });
    this.watcher.observe(this.root);
    this.visible = new Set(); // names of the cards in sight: the others need not be computed
    this.calmed = 0; // when text changed last
    this.sight = new IntersectionObserver((entries) => this.look(entries), { rootMargin: "150px" });
    this.root.addEventListener("pointerdown", (event) => (this.active = event.target));
    this.up = () => (this.active = null);
    this.key = (event) => this.press(event);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, this.up);
    addEventListener("keydown", this.key);
    STAGES.add(this);
  }

  close() {
    STAGES.delete(this);
    this.address.closes();
    this.link?.close();
    this.watcher.disconnect();
    cancelAnimationFrame(this.resized);
    this.sight.disconnect();
    clearTimeout(this.resting);
    clearTimeout(this.later);
    clearTimeout(this.again);
    for (const end of ["pointerup", "pointercancel"]) removeEventListener(end, this.up);
    removeEventListener("keydown", this.key);
    this.root.remove();
  }

  /** Take in what the page says now. */
  update(data, setTriggerValue) {
    this.trigger = setTriggerValue;
    const plan = JSON.stringify([data.cards, data.lab]);
    this.address.opens(data.lab);
    if (plan !== this.plan) this.build(data, plan);
    const [theme, presenter] = [this.theme(), data.presenter];
    if (theme !== this.themed || data.presenter !== this.data?.presenter) this.dress(data.palette[theme], theme, presenter);
    const answered = data.overs !== this.data?.overs; // the page has heard that its session is over
    this.data = data;
    if (data.token !== this.link?.token || (answered && this.root.dataset.link === "over")) this.connect(data.token);
    this.layout();
  }

  connect(token) {
    const again = this.link !== undefined;
    this.link?.close();
    clearTimeout(this.again);
    let opened = false;
    const url = `${location.origin.replace(/^http/, "ws")}${this.data.base}/live`;
    this.link = new Link(url, token, {
      frame: (frame) => {
        this.unknown = 0;
        if (!this.restoring) return this.draw(frame);
        this.restoring = false; // the next one will show what was given back; this one is not shown
        this.last = this.complete(frame);
      },
      fault: (sentence) => {
        this.restoring = false;
        this.tell(sentence, 6000);
      },
      state: (state) => {
        this.root.dataset.link = state;
        if (state === "open") {
          this.send({ setting: "visible", value: [...this.visible] });
          if (opened ? this.link.lost : again) this.restore();
          if (opened) this.rest();
          for (const part of this.parts) if (part.hello) this.send(part.hello);
          opened = true;
          this.tell("");
        } else if (state === "over") {
          this.over();
        } else if (state === "refused") {
          this.tell("The server refuses this page's live channel. A proxy between them must pass on the host that was called, from an address in GLASSBOX_TRUSTED_PROXIES (see the README).");
        } else if (state === "lost") this.tell("Connection lost. Trying again; what you drew is kept.");
      },
    });
  }

  /** The channel does not know the session: let the page make a new one.  If it does not know what
   *  the page then gives either, the two are with different servers; a page loaded anew is with one. */
  over() {
    if (++this.unknown < 2) {
      this.tell("This session ended; making a new one.");
      this.trigger("over", Date.now());
      return;
    }
    this.address.settle();
    if (reload()) return;
    this.tell("This page and its live channel are with two servers that do not know each other. Trying again.");
    this.again = setTimeout(() => this.connect(this.link.token), SPLIT);
  }

  /** Give a new session, or one that may not have heard all, what this browser still knows. */
  restore() {
    for (const part of this.parts) {
      const kept = part.keep?.();
      if (kept) this.send({ ...kept, again: true });
    }
    this.restoring = true;
    this.rest();
  }

  build(data, plan) {
    this.plan = plan;
    this.data = data;
    this.parts = [];
    this.last = null;
    this.ahead.clear();
    clearTimeout(this.later);
    this.dress(data.palette[this.theme()], this.theme(), data.presenter);
    this.sight.disconnect();
    this.visible.clear();
    this.body.replaceChildren(...data.cards.map((card) => this.card(card)));
    for (const card of this.body.children) this.sight.observe(card);
  }

  /** Tell the experiment which cards are in sight, and draw what came. */
  look(entries) {
    for (const { target, isIntersecting } of entries) this.visible[isIntersecting ? "add" : "delete"](target.dataset.card);
    this.send({ setting: "visible", value: [...this.visible] });
    this.redraw();
  }

  card(card) {
    const before = this.parts.length;
    const columns = card.columns.map((column) => el("div", { class: "column" }, ...column.map((panel) => this.panel(panel))));
    const row = card.controls.map((spec) => this.control(spec));
    for (const part of this.parts.slice(before)) part.card = card.name;
    return el(
      "section",
      { class: card.hold ? "card hold" : "card", style: `--span: ${card.span}`, "data-card": card.name },
      card.title ? el("h2", {}, card.title) : el("h2", { class: "unseen" }, card.columns.flat().find(({ title }) => title)?.title ?? card.name),
      card.text.length ? el("p", { class: "dim" }, ...card.text.map((piece) => this.piece(piece))) : "",
      el("div", { class: card.wrap ? "columns wrap" : "columns" }, ...columns),
      row.length ? el("div", { class: card.stack ? "controls stack" : "controls" }, ...row) : "",
    );
  }

  /** A piece of text; a term of the field opens its line in the glossary. */
  piece([text, term, meaning]) {
    if (!term) return text;
    const href = `${this.data.base}/terms?term=${encodeURIComponent(term)}`;
    return el("a", { class: "term", href, target: "_blank", title: meaning }, text);
  }

  panel(spec) {
    const part = this.kinds[spec.kind].create(spec, this);
    this.parts.push(part);
    const save = part.element.querySelector("canvas") && el("button", { type: "button", class: "save", title: "save as PNG", "aria-label": `save ${spec.title} as PNG`, onclick: () => savePng(part.element, spec.name) }, "png");
    const head = spec.title ? el("figcaption", {}, el("span", { class: "line" }, el("b", {}, spec.title), " ", el("span", { class: "dim" }, spec.shape)), el("span", { class: "dim note" }, spec.note || "\u00a0"), save || "") : "";
    return el("figure", { "data-panel": spec.name, "data-kind": spec.kind }, head, part.element);
  }

  control(spec) {
    const part = spec.control === "timeline" ? this.kinds.timeline.create(spec, this) : controls[spec.control](spec, this);
    part.name = spec.name;
    this.parts.push(part);
    part.element.dataset.knob = spec.name;
    return part.element;
  }

  /** A frame with what it leaves out: a tensor stays until a newer one. */
  complete(frame) {
    frame.tensors = { ...this.last?.tensors, ...frame.tensors };
    return frame;
  }

  /** Draw a frame, or these parts of it.  Cards out of sight wait for a pause. */
  draw(frame, parts = this.parts.filter((part) => this.visible.has(part.card))) {
    if (!this.waits()) this.ahead.clear(); // this frame knows
    this.last = this.complete(frame);
    frame.limit = 0; // the strongest value of all maps that share the global scale
    for (const [name, { data }] of Object.entries(frame.tensors))
      if (name.startsWith("range/") && !frame.notes.apart?.includes(name.slice(6))) for (const v of data) frame.limit = Math.max(frame.limit, Math.abs(v));
    const now = performance.now();
    const calm = now - this.calmed >= CALM; // whether text may change
    if (calm) this.calmed = now;
    for (const part of parts) if (calm || !part.calm) part.draw?.(frame, calm);
    this.address.later(frame.notes.address);
    if (calm) this.read(frame.notes);
    if (this.wasPlaying && !frame.playing) this.rest();
    this.wasPlaying = frame.playing;
    this.root.dataset.version = this.link.version;
    if (!this.fit.width) this.layout(); // now the pictures have a size
    clearTimeout(this.later);
    this.later = setTimeout(() => this.catchUp(calm), CALM);
  }

  /** The frames pause: draw the cards out of sight, and everything if text was left out. */
  catchUp(calm) {
    const parts = this.parts.filter((part) => !calm || !this.visible.has(part.card));
    const before = this.calmed;
    this.calmed = 0;
    if (parts.length) this.draw(this.last, parts);
    if (calm) this.calmed = before; // the text in sight is as it was
    clearTimeout(this.later);
  }

  /** Bring settings and captions up to what the experiment says. */
  read({ settings = {}, titles = {}, idle = [], hidden, away }) {
    for (const { name, element } of this.parts) {
      const off = idle.includes(name);
      if (!name || off === element.classList.contains("idle")) continue;
      element.classList.toggle("idle", off);
      element.setAttribute("aria-disabled", String(off));
    }
    if (hidden) for (const part of this.parts) if (part.name) part.element.hidden = hidden.includes(part.name);
    if (away) for (const figure of this.body.querySelectorAll("figure")) figure.hidden = away.includes(figure.dataset.panel);
    for (const part of this.parts) if (part.set && part.name in settings) part.set(settings[part.name]);
    if (!this.active) this.address.settle(this.last.playing);
    for (const [name, text] of Object.entries(titles)) {
      for (const note of this.body.querySelectorAll(`[data-panel="${CSS.escape(name)}"] .note`)) write(note, text || "\u00a0"); // its line stays
    }
  }

  redraw() {
    this.calmed = 0;
    if (this.last) this.draw(this.last);
  }

  send(event, since) {
    this.link.send(event, since);
  }

  /** Whether the hand is ahead of what is drawn. */
  waits() {
    return Boolean(this.link?.queue.length || this.link?.unanswered.length);
  }

  /** Whether a hand is at an input, by pointer or by keyboard: what the experiment says is then older. */
  held(input) {
    return this.active === input || (input.matches(":focus") && this.waits());
  }

  /** Where a key leads a value: on from where the keys before it led, or from what is shown. */
  step(name, shown, turn) {
    const value = turn(this.ahead.get(name) ?? shown);
    this.ahead.set(name, value);
    return value;
  }

  transport(command) {
    this.link.transport(command);
  }

  toggle() {
    this.transport({ playing: !this.last?.playing });
  }

  /** The hand rests: when the answer has come, let the page read the experiment. */
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.link.unanswered.length || this.active) return this.rest();
      this.address.settle();
      write(this.spoken, this.last?.notes.say ?? "");
      this.trigger("rest", Date.now());
    }, REST);
  }

  tell(sentence, vanish = 0) {
    clearTimeout(this.vanishing);
    write(this.notice, sentence);
    this.notice.hidden = !sentence;
    if (vanish) this.vanishing = setTimeout(() => (this.notice.hidden = true), vanish);
  }

  press(event) {
    const undo = isUndo(event) && this === inSight() && this.parts.find(({ name }) => name === "undo");
    if (undo) {
      event.preventDefault();
      return undo.press();
    }
    const action = this.data?.presenter ? actionOf(event) : null;
    if (!action || this !== inSight()) return;
    const does = (name) => this.parts.find((part) => part[name])?.[name];
    const act = does(action) ?? (action === "next" && does("step")); // a clicker has no other key
    if (!act) return; // the page scrolls
    event.preventDefault();
    act();
    this.rest();
  }

  /** How many CSS pixels the stage is wide, or was before it was hidden.  Asking the document forces
   *  a layout: once is enough. */
  get width() {
    this.measured ||= this.root.clientWidth;
    return (this.known = this.measured || this.known);
  }

  get narrow() {
    return this.width < NARROW;
  }

  /** A picture's width in CSS pixels at the stage's scale; on a narrow one, `margin` less than all. */
  across(width, margin) {
    return Math.min(width * this.k, this.narrow ? this.width - margin : Infinity);
  }

  /** How many CSS pixels of its height are on the screen. */
  get seen() {
    const { top, bottom } = this.root.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0);
  }

  theme() {
    const shown = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim() || "#ffffff";
    const [r, g, b] = rgb(shown);
    return r + g + b < 384 ? "dark" : "light";
  }

  dress(palette, theme, presenter) {
    this.palette = palette;
    this.themed = theme;
    this.root.dataset.theme = theme;
    this.root.classList.toggle("presenter", Boolean(presenter));
    this.fit.width = 0; // type of another size leaves another width
    for (const [name, color] of Object.entries(palette)) if (typeof color === "string") this.root.style.setProperty(`--${name.replaceAll("_", "-")}`, color);
    this.paint();
  }

  layout() {
    if (this.last) this.fit.layout(this.data.presenter);
  }

  /** Draw everything k times as large as declared, a picture at most `room` CSS pixels wide; in a
   *  trial only the first card. */
  scale(k, room, trial = false) {
    [this.k, this.room] = [k, room];
    this.paint(trial ? this.data.cards[0].name : null);
  }

  /** Lay out and draw everything anew, or one card. */
  paint(card = null) {
    const parts = this.parts.filter((part) => card === null || part.card === card);
    for (const part of parts) part.layout?.();
    this.calmed = 0;
    if (this.last) this.draw(this.last, parts);
  }
}
