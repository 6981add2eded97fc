// The cloth of the book: the child chooses. The page changes at once and says so once the kernel has kept it.
import { h, icon, listen, put, send, tell } from "./dom.js";

/** Bind every page of ours in this cloth. */
function bind(cloth) {
  for (const page of document.querySelectorAll(".pf[data-cloth]")) page.dataset.cloth = cloth;
}

export function cloths({ model, root, words: say, mark, signal }) {
  const said = h("p", { class: "field-say", role: "status" });
  const choose = ({ target }) => {
    bind(target.value);
    send(model, { type: "cloth", cloth: target.value });
  };
  const cloth = ([name, word]) =>
    h("label", { class: "cl" },
      h("input", { type: "radio", name: `${mark}-cloth`, value: name, checked: name === model.get("chosen"), onchange: choose }),
      h("span", null, h("b", { "data-cloth": name, "aria-hidden": "true" }), word));
  const group = h("div", { class: "cloths", role: "radiogroup", "aria-label": say.my_cloth }, model.get("choices").map(cloth));
  put(root, h("details", null, h("summary", null, icon("book"), say.my_cloth), group, said));
  model.on("msg:custom", ({ type, cloth: kept, sentence }) => {
    said.textContent = type === "refused" ? sentence : say.saved;
    said.dataset.state = type === "refused" ? "unsaved" : "saved";
    if (kept) bind(kept);
  });
  listen(document, "portfolio:rendered", signal, () => bind(group.querySelector(":checked")?.value ?? model.get("chosen")));
  tell("shown", { kind: "cloths", el: root });
}
