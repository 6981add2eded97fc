// The way out of the desk, and a sentence in place of a page that cannot be shown.
import { addDrawings, button, h, icon, listen, put, send, tell } from "./dom.js";
import { wipe } from "./drafts.js";

const LAST_CHANCE = 6000; // ms for the last words to be saved

/** Links (the preview), and "I'm done", which leaves nothing behind in this browser. `readiness` asks a child for its book. */
export function done({ model, root, words: say, mark, signal, readiness }) {
  const states = new Map();
  const said = h("p", { class: "field-say", "data-state": "unsaved", role: "status" });
  const settled = () => [...states.values()].every((state) => state === "saved");

  async function leave() {
    said.textContent = "";
    tell("flush", { leaving: true });
    const until = Date.now() + LAST_CHANCE;
    while (!settled() && Date.now() < until) await new Promise((go) => setTimeout(go, 100));
    if (!settled()) return void (said.textContent = `${say.not_saved_yet} ${say.keep_open}`);
    wipe();
    const address = model.get("leave");
    if (!address) return void (said.textContent = say.may_close);
    const form = h("form", { method: "post", action: address, hidden: true });
    root.append(form);
    form.requestSubmit(); // the page's own script adds what the server wants to see
  }

  listen(document, "portfolio:save", signal, ({ detail }) => states.set(detail.mark, detail.state));
  const asked = readiness && model.get("asks") && readiness({ model, words: say, mark, signal });
  addDrawings(model.get("drawings"));
  const links = model.get("links").map(({ label, href, icon: drawing, main, apart }) =>
    h("a", { class: main ? "btn main" : "btn", href, target: apart && "_blank" }, icon(drawing), h("span", null, label)));
  put(root, asked, h("p", { class: "row" }, links, button(say.im_done, "tick", leave)), said);
  tell("shown", { kind: "done", el: root });
}

export function note({ model, root }) {
  put(root, h("p", { class: "note", role: "note" }, model.get("sentence")));
}
