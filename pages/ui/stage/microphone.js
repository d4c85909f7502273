// A microphone that is heard while it is on: pieces of its sound as they come, as 16-bit numbers.

const SECURE = "Browsers give a microphone to https pages and to localhost, to no others.";
const NONE = "The browser gave no microphone: there is none, or it was not allowed.";
const PIECE = 0.1; // seconds
const TAP = `registerProcessor("tap", class extends AudioWorkletProcessor {
  process([input]) {
    if (input[0]) this.port.postMessage(input[0].slice());
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
  const tap = new AudioWorkletNode(context, "tap");
  let [parts, count, first] = [[], 0, true];

  function flush() {
    const samples = new Int16Array(count);
    let at = 0;
    for (const part of parts) for (const v of part) samples[at++] = Math.max(-1, Math.min(1, v)) * 32767;
    heard(base64(new Uint8Array(samples.buffer)), context.sampleRate, first);
    [parts, count, first] = [[], 0, false];
  }

  tap.port.onmessage = ({ data }) => {
    parts.push(data);
    count += data.length;
    if (count >= PIECE * context.sampleRate) flush();
  };
  context.createMediaStreamSource(stream).connect(tap);

  return () => {
    tap.port.onmessage = null;
    flush();
    for (const track of stream.getTracks()) track.stop();
    context.close();
  };
}
