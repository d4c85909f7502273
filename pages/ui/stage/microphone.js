// A microphone that is heard while it is on: pieces of its sound as they come, as 16-bit numbers.  Only
// every fourth sample or so is sent, after all that is too high for so few was filtered out.

const SECURE = "Browsers give a microphone to https pages and to localhost, to no others.";
const NONE = "The browser gave no microphone: there is none, or it was not allowed.";
const PIECE = 0.1; // seconds
const ENOUGH = 11000; // samples a second that are sent at least, and less than twice as many; a server reads 40,000 characters a second
const RESONANCES = [-5.85, -4.42, -0.92, 8.17]; // in dB, of four low-pass filters that together are Butterworth's of order 8
const TAP = `registerProcessor("tap", class extends AudioWorkletProcessor {
  constructor({ processorOptions: { every } }) {
    super();
    this.every = every;
    this.skip = 0;
  }
  process([[samples]]) {
    if (!samples) return true;
    const kept = samples.filter((_, i) => i % this.every === this.skip);
    this.skip = (((this.skip - samples.length) % this.every) + this.every) % this.every;
    this.port.postMessage(kept);
    return true;
  }
});`;

/** Bytes as base64. */
function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Call `heard(data, rate, first)` with pieces in base64 until the returned function is called, which
 *  hands over what is left.  Rejects with a sentence where there is no microphone. */
export async function listen(heard) {
  if (!navigator.mediaDevices) throw new Error(SECURE);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true } });
  } catch {
    throw new Error(NONE);
  }
  const context = new AudioContext();
  const code = URL.createObjectURL(new Blob([TAP], { type: "text/javascript" }));
  await context.audioWorklet.addModule(code);
  URL.revokeObjectURL(code);
  const every = Math.max(1, Math.floor(context.sampleRate / ENOUGH));
  const rate = Math.round(context.sampleRate / every);
  const tap = new AudioWorkletNode(context, "tap", { processorOptions: { every } });
  let [parts, count, first] = [[], 0, true];

  function flush() {
    const samples = new Int16Array(count);
    let at = 0;
    for (const part of parts) for (const v of part) samples[at++] = Math.max(-1, Math.min(1, v)) * 32767;
    heard(base64(new Uint8Array(samples.buffer)), rate, first);
    [parts, count, first] = [[], 0, false];
  }

  tap.port.onmessage = ({ data }) => {
    parts.push(data);
    count += data.length;
    if (count >= PIECE * rate) flush();
  };
  let sound = context.createMediaStreamSource(stream);
  for (const Q of RESONANCES) sound = sound.connect(new BiquadFilterNode(context, { type: "lowpass", frequency: 0.4 * rate, Q }));
  sound.connect(tap);

  return () => {
    tap.port.onmessage = null;
    flush();
    for (const track of stream.getTracks()) track.stop();
    context.close();
  };
}
