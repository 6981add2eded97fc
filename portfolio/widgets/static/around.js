// The way out of the desk, and a sentence in place of a page that cannot be shown.
import { addDrawings, button, h, icon, listen, put, send, tell } from "./dom.js";
import { wipe } from "./drafts.js";

const LAST_CHANCE = 6000; // ms for the last words to be saved

/** "My book is ready", or not yet, on the last page: what is still open is said kindly and keeps nobody back. */
function readiness({ model, words: say, signal }) {
  const notes = h("div", { class: "stack" });
  const told = h("p", { class: "told", role: "status" });
  const press = button(say.my_book_is_ready, "book", () => {
    pressed = true;
    send(model, { type: "ready", ready: !there.ready });
  });
  const box = h("section", { class: "ready", "aria-label": say.is_it_ready, hidden: true }, h("h2", null, say.is_it_ready), notes, told, h("p", null, press));
  let there = { ready: false, final: false, empty: [], unshown: [], nudges: [] };
  let pressed = false;
  let waiting = 0;

  const list = (words, parts) => parts.length > 0 && h("div", { class: "room" }, h("p", null, words),
    h("ul", { class: "row" }, parts.map(({ id, title }) => h("li", null, h("a", { href: `#${id}` }, h("bdi", null, title))))));

  const steps = (nudges) => nudges.length > 0 && h("div", { class: "room" }, h("p", null, say.next_steps),
    h("ul", { class: "nexts" }, nudges.map(({ id, title, sentence }) =>
      h("li", null, h("a", { href: `#${id}` }, h("bdi", null, title)), h("p", null, sentence)))));

  function tellIt(words) {
    if (told.textContent !== words) told.textContent = words; // the same words are not read out again
  }

  function draw() {
    const { ready, final, empty, unshown, nudges = [] } = there;
    put(notes, !ready && [list(say.still_empty, empty), list(say.still_unshown, unshown), steps(nudges)]);
    tellIt(ready ? say.ready_told : pressed ? say.not_ready_told : "");
    press.lastChild.textContent = ready ? say.not_ready_yet : say.my_book_is_ready;
    press.classList.toggle("main", !ready);
    press.hidden = final;
    pressed = false;
    box.hidden = false;
  }

  function ask() {
    clearTimeout(waiting);
    waiting = setTimeout(() => send(model, { type: "standing" }), 300);
  }

  let last = true; // elsewhere than on our own page everything stands below each other
  model.on("msg:custom", ({ type, sentence, ...now }) => {
    if (type === "refused") {
      pressed = false;
      return tellIt(sentence);
    }
    there = now;
    if (last) draw();
  });
  listen(document, "portfolio:turn", signal, ({ detail: { n, of } }) => {
    last = n === of;
    box.hidden = true;
    if (last) ask();
  });
  listen(document, "portfolio:save", signal, ({ detail }) => last && detail.state === "saved" && ask());
  signal.addEventListener("abort", () => clearTimeout(waiting));
  if (!document.documentElement.classList.contains("pf")) ask();
  return box;
}

/** Links (the preview), and "I'm done", which leaves nothing behind in this browser. */
export function done({ model, root, words: say, signal }) {
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
  const asked = model.get("asks") && readiness({ model, words: say, signal });
  addDrawings(model.get("drawings"));
  const links = model.get("links").map(({ label, href, icon: drawing, main }) =>
    h("a", { class: main ? "btn main" : "btn", href }, icon(drawing), h("span", null, label)));
  put(root, asked, h("p", { class: "row" }, links, button(say.im_done, "tick", leave)), said);
  tell("shown", { kind: "done", el: root });
}

export function note({ model, root }) {
  put(root, h("p", { class: "note", role: "note" }, model.get("sentence")));
}
