// Recording a voice: Start, Pause, Go on, Stop; then Listen, Again, Keep it. What is recorded waits in this
// browser from the third second on, and nothing throws it away but two presses in a row.
import { button, fill, h, listen, put } from "./dom.js";
import { RATE, microphone, wavFile } from "./mic.js";

const MINUTES = 3; // the longest recording
const MOST_SAMPLES = MINUTES * 60 * RATE;
const PART_SAMPLES = 2 * RATE; // what is handed on to be kept, at a time
const LEAST_SAMPLES = RATE / 2; // below that somebody pressed twice
const QUIET_PEAK = 650; // of 32,767: a breath, or a room in which nobody speaks
const QUIET_AFTER = 3 * RATE; // samples until we say so

/** Why there is no microphone, by the name of the browser's error, as a sentence. */
function whyNot(say, name) {
  if (name === "NotAllowedError" || name === "SecurityError") return say.rec_denied;
  return name === "NotFoundError" || name === "OverconstrainedError" ? say.rec_no_mic : say.rec_busy;
}

/** Samples as one piece. */
function joined(pieces) {
  const all = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function peakOf(samples) {
  let peak = 0;
  for (const one of samples) peak = Math.max(peak, Math.abs(one));
  return peak;
}

/** "0:12" in the reader's digits. */
function clock(samples, lang) {
  const seconds = Math.floor(samples / RATE);
  const digits = (n, least) => new Intl.NumberFormat(lang, { minimumIntegerDigits: least }).format(n);
  return `${digits(Math.floor(seconds / 60), 1)}:${digits(seconds % 60, 2)}`;
}

/** What is heard just now: how long, and how loud, as a bar and in words. Nothing of it talks by itself. */
function meterOf({ words: say, lang, announce }) {
  const bar = h("progress", { max: 60, value: 0, "aria-hidden": "true" });
  const told = h("p", { class: "small" });
  const time = h("p", { class: "rec-time", role: "timer" });
  let quiet = 0;
  const write = (node, text) => node.textContent === text || (node.textContent = text);
  return {
    nodes: [time, h("div", { class: "meter" }, bar), told],
    still: (samples) => write(time, fill(say.rec_time, { n: clock(samples, lang), of: clock(MOST_SAMPLES, lang) })),
    hear(samples, peak, all) {
      quiet = peak < QUIET_PEAK ? quiet + samples : 0;
      const soft = quiet >= QUIET_AFTER;
      const loud = 60 + 20 * Math.log10(Math.max(1, peak) / 32_767); // decibels above a whisper
      bar.value = Math.max(0, loud, bar.value - 2); // it falls slowly: nothing flickers
      if (soft && told.textContent !== say.rec_quiet) announce(say.rec_quiet);
      write(told, soft ? say.rec_quiet : say.rec_hear);
      this.still(all);
    },
  };
}

/** A recording to listen to; the button stops it too. */
function listenButton(say, file) {
  const sound = new Audio(URL.createObjectURL(file));
  const word = (text) => (node.querySelector("span").textContent = text);
  const end = () => {
    sound.pause();
    sound.currentTime = 0;
    word(say.rec_listen);
  };
  const node = button(say.rec_listen, "play", () => {
    if (!sound.paused) return end();
    word(say.rec_listen_stop);
    return sound.play().catch(end);
  });
  sound.addEventListener("ended", end);
  const forget = () => {
    end();
    URL.revokeObjectURL(sound.src);
  };
  return { node, forget };
}

/**
 * Fill `place` with a recorder; gives back the file, or null if the child leaves without one. `kept`: add(part)
 * puts samples (Int16Array) where they survive a closed page, forget() throws them away, wait() says that they come
 * into the book although nobody pressed "Keep it" · `left`: such parts of
 * a recording that was not finished · `quiet`: leave the focus where it is · `instead`: another way, shown where the microphone cannot be used.
 */
export function recorder(place, { words: say, announce, signal, lang, kept, left = [], quiet, instead }) {
  const going = new AbortController();
  let silent = quiet;
  const late = left.length > 0; // it was not finished when the page was last open
  const meter = meterOf({ words: say, lang, announce });
  const said = h("p", { class: "rec-said" });
  const acts = h("div", { class: "row" });
  const node = h("div", { class: "recorder", role: "group", "aria-label": say.record, "data-state": "idle" }, said, meter.nodes, instead, acts);
  let parts = [...left];
  let fresh = []; // pieces that are in no part yet
  let taken = parts.reduce((sum, part) => sum + part.length, 0);
  let loudest = 0;
  let mic = null;
  let player = null;
  let finish = null;

  const leave = (file) => {
    hush();
    player?.forget();
    going.abort();
    node.remove();
    finish(file);
  };
  const pack = () => {
    const part = joined(fresh);
    fresh = [];
    if (!part.length) return;
    parts.push(part);
    kept.add(part);
  };
  const hush = () => {
    mic?.stop();
    mic = null;
    pack();
  };
  /** Show a state: its sentence, said aloud, and its buttons; the first gets the focus if hands were here. */
  const show = (state, sentence, ...buttons) => {
    const mine = !silent && (node.contains(document.activeElement) || document.activeElement === document.body);
    silent = false;
    node.dataset.state = state;
    said.textContent = sentence;
    announce(sentence);
    if (instead) instead.hidden = state !== "trouble";
    player?.forget();
    player = state === "done" ? listenButton(say, file()) : null;
    put(acts, player?.node, buttons);
    meter.still(taken);
    if (mine) acts.querySelector("button")?.focus();
  };
  const main = { class: "btn main" };
  const file = () => wavFile(parts, say.rec_name);
  const idle = (sentence = fill(say.rec_intro, { n: MINUTES })) =>
    show("idle", sentence, button(say.rec_start, "mic", start, main), button(say.not_now, "", () => leave(null), { quiet: true }));
  const recording = () =>
    show("recording", say.rec_on, button(say.rec_stop, "stop", () => stop(), main), button(say.rec_pause, "wait", () => pause(true), { quiet: true }));
  const pause = (yes) => {
    mic.pause(yes);
    if (!yes) return recording();
    pack();
    return show("paused", say.rec_paused, button(say.rec_go_on, "mic", () => pause(false), main), button(say.rec_stop, "stop", () => stop(), { quiet: true }));
  };
  const done = (sentence) => show("done", sentence, button(say.keep_it, "tick", () => leave(file()), main),
    late ? button(say.rec_throw, "remove", () => sure(say.rec_throw_ask, say.rec_throw_yes, sentence), { quiet: true })
      : button(say.rec_again, "mic", () => sure(say.rec_again_ask, say.rec_again_yes, sentence), { quiet: true }));
  const sure = (question, yes, sentence) =>
    show("sure", question, button(say.go_back, "", () => done(sentence)), button(yes, "remove", afresh, { quiet: true }));
  const afresh = () => {
    [parts, fresh, taken, loudest] = [[], [], 0, 0];
    kept.forget();
    if (late) leave(null);
    else idle();
  };
  const stop = (sentence = loudest < QUIET_PEAK ? say.rec_nothing : say.rec_stopped) => {
    hush();
    if (taken >= LEAST_SAMPLES) return done(sentence);
    afresh();
    return idle(say.rec_short);
  };
  const heard = (all) => {
    if (node.dataset.state !== "recording") return;
    const samples = all.subarray(0, MOST_SAMPLES - taken);
    const peak = peakOf(samples);
    const soon = MOST_SAMPLES - 30 * RATE;
    if (taken < soon && taken + samples.length >= soon) announce(say.rec_nearly);
    fresh.push(samples);
    taken += samples.length;
    loudest = Math.max(loudest, peak);
    meter.hear(samples.length, peak, taken);
    if (fresh.reduce((sum, piece) => sum + piece.length, 0) >= PART_SAMPLES) pack();
    if (taken >= MOST_SAMPLES) stop(fill(say.rec_full, { n: MINUTES }));
    else if (!node.getClientRects().length) pause(true); // the child has turned the page
  };
  const start = async () => {
    show("asking", say.rec_asking, button(say.not_now, "", () => leave(null), { quiet: true }));
    try {
      const found = await microphone(heard, () => mic && stop());
      if (going.signal.aborted || signal.aborted) return found.stop();
      mic = found;
      document.dispatchEvent(new CustomEvent("portfolio:recording", { detail: node }));
      return recording();
    } catch ({ name }) {
      if (going.signal.aborted) return null;
      return show("trouble", whyNot(say, name), button(say.rec_try, "mic", start), button(say.not_now, "", () => leave(null), { quiet: true }));
    }
  };

  listen(document, "portfolio:recording", going.signal, ({ detail }) => detail !== node && node.dataset.state === "recording" && pause(true));
  listen(window, "pagehide", going.signal, pack);
  listen(signal, "abort", going.signal, () => leave(null));
  // "I'm done" wipes this browser: what is recorded and not kept yet comes into the book before.
  listen(document, "portfolio:flush", going.signal, ({ detail }) => {
    if (!detail?.leaving || taken < LEAST_SAMPLES) return;
    kept.wait();
    hush();
    leave(file());
  });
  listen(node, "keydown", going.signal, (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // Escape throws nothing away
    if (["idle", "trouble", "asking"].includes(node.dataset.state)) leave(null);
  });
  put(place, node);
  return new Promise((resolve) => {
    finish = resolve;
    if (taken) done(say.rec_left);
    else idle();
    if (quiet) return;
    acts.querySelector("button").focus();
    node.scrollIntoView({ block: "nearest" });
  });
}
