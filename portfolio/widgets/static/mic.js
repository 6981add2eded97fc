// The microphone as plain samples: one channel, 16,000 a second, 16 bits, no louder and no softer than it hears.

export const RATE = 16_000; // samples a second that are kept; speech loses nothing that matters below 8 kHz
const HEARD_AT_ONCE = 2048; // samples the microphone hands over together
const TAPS = 10; // weights to each side of a new sample, in new samples
const BETWEEN = 64; // places between two old samples for which there are weights

// Runs beside the page, so that nothing is missed while the page is busy.
const LISTENER = `registerProcessor("portfolio-mic", class extends AudioWorkletProcessor {
  kept = new Float32Array(${HEARD_AT_ONCE});
  at = 0;
  process([input]) {
    const samples = input[0] ?? [];
    if (this.at + samples.length > this.kept.length) {
      this.port.postMessage(this.kept.slice(0, this.at));
      this.at = 0;
    }
    if (samples.length) this.kept.set(samples, this.at);
    this.at += samples.length;
    return true;
  }
});`;

/** The weights of a filter that lets pass what fits into the new rate (a sinc under a raised cosine). */
function weights(step) {
  const wide = Math.max(1, step);
  const half = Math.ceil(TAPS * wide);
  const rows = [];
  for (let n = 0; n <= BETWEEN; n++) {
    const row = new Float32Array(2 * half);
    for (let k = 0; k < row.length; k++) {
      const x = k - half + 1 - n / BETWEEN;
      const turn = (Math.PI * 0.94 * x) / wide;
      row[k] = Math.abs(x) >= half ? 0 : (turn ? Math.sin(turn) / turn : 1) * (1 + Math.cos((Math.PI * x) / half));
    }
    const sum = row.reduce((all, one) => all + one, 0);
    rows.push(row.map((one) => one / sum));
  }
  return { half, rows };
}

/** Give back a function that turns samples of `rate` a second, piece by piece, into 16 bits at RATE. */
export function slower(rate) {
  const step = rate / RATE;
  const { half, rows } = weights(step);
  let known = new Float32Array(half); // silence before the first sample
  let at = half;
  return (piece) => {
    const all = new Float32Array(known.length + piece.length);
    all.set(known);
    all.set(piece, known.length);
    const made = new Int16Array(Math.max(0, Math.ceil((all.length - half - at) / step)));
    let n = 0;
    for (; at + half < all.length; at += step) {
      const from = Math.floor(at);
      const row = rows[Math.round((at - from) * BETWEEN)];
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k] * all[from - half + 1 + k];
      made[n++] = Math.max(-32_768, Math.min(32_767, Math.round(sum * 32_767)));
    }
    const done = Math.max(0, Math.floor(at) - half);
    known = all.slice(done);
    at -= done;
    return made.subarray(0, n);
  };
}

async function listener(sounds, take) {
  try {
    const address = URL.createObjectURL(new Blob([LISTENER], { type: "text/javascript" }));
    await sounds.audioWorklet.addModule(address).finally(() => URL.revokeObjectURL(address));
    const node = new AudioWorkletNode(sounds, "portfolio-mic");
    node.port.onmessage = ({ data }) => take(data);
    return node;
  } catch { // an old browser
    const node = sounds.createScriptProcessor(HEARD_AT_ONCE, 1, 1);
    node.onaudioprocess = ({ inputBuffer }) => take(inputBuffer.getChannelData(0));
    return node;
  }
}

/**
 * Ask for the microphone and listen. `heard(samples)` gets 16-bit samples, `gone()` is called when somebody
 * pulls the plug. Gives back {pause(yes), stop()}; fails as getUserMedia does.
 */
export async function microphone(heard, gone) {
  const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const tracks = stream.getAudioTracks();
  let sounds = null;
  let deaf = false;
  const stop = () => {
    deaf = true;
    tracks.forEach((track) => track.stop());
    sounds?.close();
  };
  try {
    sounds = new AudioContext();
    sounds.resume(); // nobody waits for it: some browsers answer only after the next press
    const convert = slower(sounds.sampleRate);
    const node = await listener(sounds, (samples) => deaf || heard(convert(samples)));
    sounds.createMediaStreamSource(stream).connect(node);
    node.connect(sounds.destination); // it says nothing, but only what leads somewhere is run
  } catch (error) {
    stop();
    throw error;
  }
  tracks.forEach((track) => track.addEventListener("ended", gone, { once: true }));
  const pause = (yes) => {
    deaf = yes;
    tracks.forEach((track) => (track.enabled = !yes));
  };
  return { pause, stop };
}

/** Put samples (a list of Int16Array) into a WAV file. */
export function wavFile(parts, name) {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const word = (at, text) => [...text].forEach((sign, n) => head.setUint8(at + n, sign.charCodeAt(0)));
  word(0, "RIFF");
  head.setUint32(4, 36 + size, true);
  word(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  [1, 1].forEach((number, n) => head.setUint16(20 + 2 * n, number, true)); // whole numbers, one channel
  [RATE, 2 * RATE].forEach((number, n) => head.setUint32(24 + 4 * n, number, true));
  [2, 16].forEach((number, n) => head.setUint16(32 + 2 * n, number, true)); // bytes and bits of a sample
  word(36, "data");
  head.setUint32(40, size, true);
  return new File([head, ...parts], name, { type: "audio/wav" });
}
