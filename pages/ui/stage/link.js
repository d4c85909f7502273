// The link: one WebSocket to one experiment.  It sends what the hand does at once, never more
// than a few batches ahead of the answer, and asks for the next frame when the last is on the screen.

import { decode } from "./safetensors.js";

const PROTOCOL = "glassbox";
const UNKNOWN_TOKEN = 4404;
const FULL = 1013; // too many connections: the server has said so in a sentence
const ABNORMAL = 1006; // what a browser says of a connection that broke, or that never opened
const LATEST = new Set(["hover", "leave", "move", "weight", "handle", "moment", "slide", "start", "edit"]); // of these, as of a knob, only the newest counts
const SAME = ["setting", "kind", "panel", "name", "index", "layer", "unit", "source"];
const AHEAD = 2; // batches on their way: a busy server puts them all into its next frame
const RETRY = [250, 500, 1000, 2000, 4000]; // milliseconds between attempts

const MEASURE = "glassbox:input-to-paint";
const KEPT = 10000; // intervals that the browser keeps
let measured = 0;

/** Keep for the browser's tools how long the hand has waited for its picture. */
function record(since) {
  if (++measured % KEPT === 0) performance.clearMeasures(MEASURE);
  performance.measure(MEASURE, { start: since, end: performance.now() });
}

/** Whether an event is a value that a newer one of the same knob replaces. */
const isValue = ({ kind, setting, value }) => LATEST.has(kind) || (setting !== undefined && typeof value === "number");

/** Take the value that `event` replaces out of the queue, unless something else came after it. */
function replace(queue, event) {
  for (let i = queue.length - 1; i >= 0 && isValue(queue[i]) && isValue(event); i--)
    if (SAME.every((key) => queue[i][key] === event[key])) return queue.splice(i, 1);
}

export class Link {
  /** handlers: frame(frame), fault(sentence), state("open" | "lost" | "full" | "refused" | "over") */
  constructor(url, token, handlers) {
    this.url = url;
    this.token = token; // travels as a subprotocol: addresses stand in the logs of proxies
    this.handlers = handlers;
    this.closed = false;
    this.attempts = 0; // since the last frame
    this.refused = false; // whether the server is there and lets nobody in
    this.connect();
  }

  connect() {
    this.queue = this.queue ?? []; // events that wait for an answer
    this.seq = 0;
    this.lost ||= Boolean(this.unanswered?.length); // whether the server may not have heard something
    this.unanswered = []; // {seq, since} of the batches on their way
    this.pulling = false;
    this.heard = false; // a socket may open and close without a server behind it: what it is given is lost
    this.version = 0;
    const socket = (this.socket = new WebSocket(this.url, [PROTOCOL, this.token]));
    let opened = false;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      opened = true;
      this.refused = false;
      this.handlers.state("open");
      this.lost = false;
      if (this.ordered) this.transport(this.ordered);
      this.ordered = null;
      this.pull();
    };
    socket.onmessage = ({ data }) => {
      this.heard = true;
      if (typeof data === "string") this.worded(data);
      else this.painted(data);
    };
    socket.onclose = ({ code }) => {
      if (this.closed || socket !== this.socket) return;
      if (code === UNKNOWN_TOKEN) return this.handlers.state("over");
      if (!this.refused) this.handlers.state(code === FULL ? "full" : "lost");
      if (!opened && code === ABNORMAL && this.attempts > 1) this.doubt(socket);
      const wait = RETRY[Math.min(this.attempts++, RETRY.length - 1)];
      this.timer = setTimeout(() => this.connect(), wait);
    };
  }

  /** A browser does not say why nothing opens.  Where the server answers otherwise, it was refused. */
  async doubt(socket) {
    const answer = await fetch(this.url.replace(/^ws(.*)live$/, "http$1_stcore/health")).catch(() => null);
    if (this.closed || socket.readyState !== WebSocket.CLOSED || this.socket.readyState === WebSocket.OPEN) return;
    this.refused = Boolean(answer?.ok);
    if (this.refused) this.handlers.state("refused");
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
  }

  /** Send an event; points of a stroke that is still waiting are added to it instead. */
  send(event, since = performance.now()) {
    const last = this.queue.at(-1);
    if (last && event.kind === "stroke" && last.kind === "stroke" && last.panel === event.panel && !event.begin) last.points.push(...event.points);
    else {
      replace(this.queue, event);
      this.queue.push(event);
    }
    this.since = this.since ?? since;
    this.flush();
  }

  /** Play, pause, step, speed, until; pressed while there is no connection, it is said when there is. */
  transport(command) {
    if (this.socket.readyState !== WebSocket.OPEN) this.ordered = { ...this.ordered, ...command };
    else this.say({ transport: command, ...this.request() });
  }

  flush() {
    if (this.queue.length === 0 || this.unanswered.length >= AHEAD) return;
    if (!this.heard || this.socket.readyState !== WebSocket.OPEN) return;
    const events = this.queue.splice(0, 64);
    this.unanswered.push({ seq: ++this.seq, since: this.since });
    this.since = undefined;
    this.say({ seq: this.seq, events, ...this.request() });
  }

  pull() {
    if (!this.pulling && this.socket.readyState === WebSocket.OPEN) this.say(this.request());
  }

  request() {
    if (this.pulling) return {};
    this.pulling = true;
    return { pull: this.version };
  }

  say(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  worded(text) {
    const { error, ack = 0 } = JSON.parse(text);
    this.answered(ack);
    this.handlers.fault(error);
    this.flush();
  }

  /** Take the batches up to this one off the list. */
  answered(ack) {
    return this.unanswered.splice(0, this.unanswered.filter(({ seq }) => seq <= ack).length);
  }

  painted(buffer) {
    const { tensors, meta } = decode(buffer);
    const number = (key) => Number(meta[key] ?? 0);
    this.version = number("version");
    this.attempts = 0;
    this.pulling = false;
    const answered = this.answered(number("ack"));
    this.handlers.frame({
      tensors,
      notes: JSON.parse(meta.notes ?? "{}"),
      steps: number("steps"),
      playing: number("playing") === 1,
      speed: number("speed"),
      until: number("until"),
    });
    for (const { since } of answered) record(since);
    this.flush();
    // one frame a display refresh is all that eyes can use
    requestAnimationFrame(() => this.pull());
  }
}
