// Names and questions of the door, read aloud. Only by a voice of this computer: other voices would send the
// name away. Where there is none, there is no button.
(() => {
  const speech = window.speechSynthesis;
  const buttons = [...document.querySelectorAll("[data-say]")];
  const main = (tag) => tag.replace("_", "-").split("-")[0].toLowerCase();
  const voice = () => speech?.getVoices().find((one) => one.localService && main(one.lang) === main(document.documentElement.lang));
  const offer = () => buttons.forEach((button) => (button.hidden = !voice()));

  const read = ({ currentTarget }) => {
    const found = voice();
    speech.cancel();
    if (found) speech.speak(Object.assign(new SpeechSynthesisUtterance(currentTarget.dataset.say), { voice: found, lang: found.lang, rate: 0.9 }));
  };

  buttons.forEach((button) => button.addEventListener("click", read));
  speech?.addEventListener?.("voiceschanged", offer); // some browsers know their voices only later
  window.addEventListener("pagehide", () => speech?.cancel());
  offer();
})();
