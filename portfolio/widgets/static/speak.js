// Reading a question aloud. Only with a voice of this computer: others would send the words away.
import { button, h } from "./dom.js";

const speech = globalThis.speechSynthesis;
const buttons = new Set();

function voice(lang) {
  const main = (lang || "en").split("-")[0].toLowerCase();
  return speech?.getVoices().find((v) => v.localService && v.lang.toLowerCase().replace("_", "-").split("-")[0] === main);
}

function refresh() {
  for (const { node, lang } of buttons) node.hidden = !voice(lang);
}
speech?.addEventListener?.("voiceschanged", refresh);

/** The button that reads `text`; it hides itself where no voice of this computer speaks the language. */
export function readAloud(text, words, lang) {
  const speak = () => {
    if (speech.speaking) return speech.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice(lang);
    spoken.lang = spoken.voice.lang;
    spoken.rate = 0.9;
    speech.speak(spoken);
  };
  const node = button(words.read_aloud, "speak", speak, { quiet: true });
  node.classList.add("say");
  node.querySelector("span").append(h("span", { class: "vh" }, `: ${text}`));
  buttons.add({ node, lang });
  node.hidden = !voice(lang);
  return node;
}
