// camera: pictures from the camera while it is on, from files, and from the clipboard, each cut to its
// middle square and made small before it is sent as a JPEG.

import { el, write } from "../dom.js";

const PERIOD = 100; // milliseconds between two pictures of the camera
const QUALITY = 0.8;
const SECURE = "Browsers give a camera to https pages and to localhost, to no others.";

/** The middle square of a picture that is `width` x `height`, as base64 of a JPEG `side` pixels wide. */
export function square(source, width, height, side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const short = Math.min(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff"; // behind what is transparent
  context.fillRect(0, 0, side, side);
  context.drawImage(source, (width - short) / 2, (height - short) / 2, short, short, 0, 0, side, side);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}

/** The pictures among files, as `square` returns them; `failed(name)` for each that is none. */
export async function squares(files, side, failed) {
  const found = [];
  for (const file of files) {
    try {
      const bitmap = await createImageBitmap(file);
      found.push(square(bitmap, bitmap.width, bitmap.height, side));
      bitmap.close();
    } catch {
      failed(file.name);
    }
  }
  return found;
}

export function create(panel, stage) {
  const { side = 192 } = panel.options;
  const video = el("video", { muted: true, playsinline: true, hidden: true });
  const sentence = el("span", { class: "dim", role: "status" });
  const file = el("input", { type: "file", accept: "image/*", hidden: true, onchange: () => bring(file.files) });
  const toggle = el("button", { type: "button", "aria-pressed": "false", onclick: () => (timer ? stop() : start()) }, "camera");
  const choose = el("button", { type: "button", onclick: () => file.click() }, "a file");
  const paste = el("button", { type: "button", title: "or Ctrl+V while the pointer is over the page", onclick: clipboard }, "paste");
  const element = el("div", { class: "camera" }, el("div", { class: "tools" }, toggle, choose, paste, file), sentence, video);
  let [timer, stream, last] = [null, null, null];

  const none = (name) => write(sentence, `${name} is no picture that this browser can read.`);

  function show(data) {
    last = data;
    stage.send({ panel: panel.name, kind: "picture", data });
  }

  async function bring(files) {
    write(sentence, "");
    const [data] = await squares([...files].slice(0, 1), side, none);
    if (!data) return;
    show(data);
    stage.rest();
  }

  async function clipboard() {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((name) => name.startsWith("image/"));
        if (type) return bring([new File([await item.getType(type)], "the clipboard", { type })]);
      }
      write(sentence, "There is no picture in the clipboard.");
    } catch {
      write(sentence, "This browser keeps the clipboard to itself here: press Ctrl+V instead.");
    }
  }

  function pasted(event) {
    if (!element.isConnected) return removeEventListener("paste", pasted);
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (files.length) bring(files);
  }
  addEventListener("paste", pasted);

  async function start() {
    if (!navigator.mediaDevices) return write(sentence, SECURE);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 } });
    } catch {
      return write(sentence, "The browser gave no camera: there is none, or it was not allowed.");
    }
    write(sentence, "");
    video.srcObject = stream;
    await video.play();
    toggle.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      if (!element.isConnected) return stop();
      if (video.videoWidth && !stage.waits()) show(square(video, video.videoWidth, video.videoHeight, side));
    }, PERIOD);
  }

  function stop() {
    clearInterval(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    [timer, stream] = [null, null];
    toggle.setAttribute("aria-pressed", "false");
    stage.rest();
  }

  /** What a new session must be told: the picture that is looked at. */
  const keep = () => (last && stage.last?.notes.settings?.source === "yours" ? { panel: panel.name, kind: "picture", data: last } : null);

  return { element, keep };
}
