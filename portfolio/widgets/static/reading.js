// How I like to read: four small questions. Every page of ours follows at once; the kernel keeps the answer.
import { h, icon, listen, put, send, tell } from "./dom.js";

let worn = null; // how this page is read

/** Show every page of ours as its child likes to read. */
export function wearReading(reading) {
  worn = reading ?? worn;
  if (!worn) return;
  for (const page of document.querySelectorAll(".pf[data-band]")) Object.assign(page.dataset, worn);
}

/** The same, unless something has been chosen on this page already. */
export function wearFirst(reading) {
  wearReading(worn ?? reading);
}

export function reading({ model, root, words: say, mark, signal }) {
  const said = h("p", { class: "small", role: "status" });

  function choose(name, choice) {
    wearReading({ ...model.get("chosen"), ...worn, [name]: choice });
    send(model, { type: "reading", name, choice });
  }

  const one = (name, [choice, word]) =>
    h("label", { class: "check" },
      h("input", { type: "radio", name: `${mark}-${name}`, value: choice, checked: model.get("chosen")[name] === choice, onchange: () => choose(name, choice) }),
      h("span", { "data-read": `${name}-${choice}` }, word));
  const group = ([name, ask, choices]) =>
    h("fieldset", { class: "field" }, h("legend", null, ask), h("div", { class: "checks" }, choices.map((choice) => one(name, choice))));
  put(root, h("details", { class: "reading" }, h("summary", null, icon("eye"), say.how_i_read), model.get("asks").map(group), said));

  function tick(now) {
    for (const [name, choice] of Object.entries(now)) {
      const box = root.querySelector(`input[name="${mark}-${name}"][value="${choice}"]`);
      if (box) box.checked = true;
    }
  }

  model.on("msg:custom", ({ type, reading: now, sentence }) => {
    said.textContent = type === "refused" ? sentence : say.saved;
    said.className = type === "refused" ? "told" : "small";
    if (type === "refused") {
      tick(now);
      wearReading(now);
    }
  });
  listen(document, "portfolio:rendered", signal, () => wearReading());
  tell("shown", { kind: "reading", el: root });
}
