// The end of the desk: what is still open, what goes to the next teacher, and "my book is ready".
import { button, h, icon, listen, put, send, tell } from "./dom.js";
import { gone } from "./notes.js";

/** "What should my next teacher know?": a page to pick goes along once the kernel has kept it. */
function forNext({ model, words: say, mark }) {
  const told = h("p", { class: "small", role: "status" });
  const list = h("div", { class: "picks" });
  const node = h("fieldset", { class: "next", hidden: true }, h("legend", null, h("h2", null, say.next_title)), h("p", null, say.next_how), list, told);
  const inputs = new Map();
  let waits = 0;
  const state = (word) => tell("save", { mark: `${mark}-next`, state: word, at: "" });

  function choose({ target }) {
    waits++;
    told.textContent = say.saving;
    state("waiting");
    send(model, { type: "for_next", id: target.value, on: target.checked });
  }

  const pick = ({ id, title, icon: drawing }) => {
    const input = h("input", { type: "checkbox", value: id, onchange: choose });
    inputs.set(id, input);
    return h("label", { class: "pick" }, input, h("span", { class: "pick-in" }, icon(drawing), h("bdi", null, title), h("span", { class: "on", "aria-hidden": "true" }, icon("tick"))));
  };

  return {
    node,
    /** An answer to a pick is here: kept, or a sentence why not. */
    heard(sentence) {
      if (!waits) return;
      waits--;
      if (sentence || !waits) told.textContent = sentence ?? `${say.saved}.`;
      if (!waits) state("saved");
    },
    draw(pages) {
      if (pages.map(({ id }) => id).join() !== [...inputs.keys()].join()) {
        inputs.clear();
        put(list, pages.map(pick));
      }
      if (!waits) pages.forEach(({ id, on }) => (inputs.get(id).checked = on));
      node.hidden = !pages.length;
    },
  };
}

/** "My book is ready", or not yet, on the last page: what is still open is said kindly and keeps nobody back. */
export function readiness({ model, words: say, mark, signal }) {
  const notes = h("div", { class: "stack" });
  const told = h("p", { class: "told", role: "status" });
  const press = button(say.my_book_is_ready, "book", () => {
    pressed = true;
    send(model, { type: "ready", ready: !there.ready });
  });
  const lost = h("div", null);
  const next = forNext({ model, words: say, mark });
  const box = h("div", { class: "ready", hidden: true }, lost, next.node,
    h("section", { class: "ready", "aria-label": say.is_it_ready }, h("h2", null, say.is_it_ready), notes, told, h("p", null, press)));
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
    const { ready, final, empty, unshown, nudges = [], pages = [] } = there;
    put(lost, gone(say, there.gone));
    next.draw(pages);
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
  model.on("msg:custom", ({ type, sentence, about, ...now }) => {
    if (about) next.heard(sentence);
    if (about && sentence) return ask();
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
