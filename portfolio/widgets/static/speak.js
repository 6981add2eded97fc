// Reading a question aloud: the teacher's own recording, else a voice of this computer. Other voices would
// send the words away; where there is neither, there is no button.
import { button, h, icon, listen, put } from "./dom.js";

const speech = globalThis.speechSynthesis;
let hush = null; // ends what is heard just now: one question at a time

function voice(lang) {
  const main = (lang || "en").split("-")[0].toLowerCase();
  return speech?.getVoices().find((v) => v.localService && v.lang.toLowerCase().replace("_", "-").split("-")[0] === main);
}

/** Read with a voice of this computer. This and `playFrom` give back how to stop; `ended` is called if nobody does. */
function readWith(found, text, ended) {
  let over = false;
  const end = () => over || ended();
  const spoken = new SpeechSynthesisUtterance(text);
  Object.assign(spoken, { voice: found, lang: found.lang, rate: 0.9, onend: end, onerror: end });
  speech.speak(spoken);
  return () => {
    over = true;
    speech.cancel();
  };
}

function playFrom(address, ended, failed) {
  let over = false;
  const once = (then) => () => {
    if (!over) then();
    over = true;
  };
  const sound = new Audio(address);
  Object.assign(sound, { onended: once(ended), onerror: once(failed) });
  sound.play().catch(once(failed));
  return () => {
    over = true;
    sound.pause();
  };
}

/**
 * The button that reads a question: pressed again it stops. `text()` is all that is read. `quiet`: only a
 * drawing, for children who mostly read by themselves.
 */
export function readAloud({ field, words: say, lang, announce, signal }, text, quiet) {
  let stop = null;
  let broken = false; // the recording could not be played
  const told = h("p", { class: "small", hidden: true });
  const node = button("", "speak", press, { class: `btn quiet say${quiet ? " icon" : ""}` });
  const offer = () => {
    node.hidden = !(field.spoken && !broken) && !voice(lang);
    if (!stop) show(say.read_aloud, "speak");
  };

  function show(what, drawing) {
    node.setAttribute("aria-label", `${what}: ${field.ask}`);
    if (node.hidden) node.removeAttribute("aria-label"); // nothing is called like the question that is not there
    put(node, icon(drawing), !quiet && h("span", null, what));
  }

  function end() {
    stop = hush = null;
    show(say.read_aloud, "speak");
  }

  function failed() {
    broken = true;
    if (voice(lang)) return void (stop = readWith(voice(lang), text(), end));
    end();
    put(told, say.cannot_be_heard);
    told.hidden = false; // the button stays until the next page: nobody loses the focus
    announce(say.cannot_be_heard);
  }

  function press() {
    if (stop) return hush();
    hush?.();
    told.hidden = true;
    hush = () => {
      stop();
      end();
    };
    show(say.stop_reading, "stop");
    stop = field.spoken && (!broken || !voice(lang)) ? playFrom(field.spoken, end, failed) : readWith(voice(lang), text(), end);
  }

  offer();
  if (speech?.addEventListener) listen(speech, "voiceschanged", signal, offer);
  listen(document, "portfolio:turn", signal, () => stop && hush());
  signal.addEventListener("abort", () => stop && hush());
  return [node, told];
}
