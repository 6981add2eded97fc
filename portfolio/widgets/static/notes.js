// What a teacher says to the child, "I have read it", and words whose question is gone.
import { button, fill, h, icon, listen, put } from "./dom.js";
import { readAloud } from "./speak.js";

const lines = (text, lang) => text.split(/\n+/).filter((line) => line.trim()).map((line) => h("p", { lang, dir: "auto" }, line));

/** The notes on a page. `ask(message, kind)` asks the kernel. Gives back where they stand and how to show others. */
export function notesOn(shared, ask) {
  const { words: say, announce, band, id, signal } = shared;
  const node = h("div", { class: "notes" });
  let leaving = new AbortController();

  function one(note) {
    const [good, what] = note.back ? [say.note_good, say.note_try] : ["", ""];
    const all = [good, note.good, what, note.words].filter(Boolean).join(" ");
    const who = h("bdi", { id: id() }, note.who);
    const talk = readAloud({ ...shared, field: { spoken: "", ask: note.who }, lang: note.lang, signal: leaving.signal }, () => all, band !== "k2");
    const read = note.seen ? h("p", { class: "small" }, icon("tick"), say.note_seen)
      : button(say.note_read, "tick", async () => {
        const answer = await ask({ type: "note_read", entry: note.entry }, "notes");
        if (!answer) return;
        show(answer.notes);
        announce(say.note_seen);
        (node.querySelector("button:not([hidden])") ?? node).focus();
      }, { class: "btn main", "aria-describedby": who.id });
    return h("div", { class: "said said-teacher note-said" },
      h("div", { class: "said-words" }, note.about && !note.back && h("p", { class: "by" }, fill(say.note_about, { name: note.about })),
        note.good && [h("p", { class: "by" }, good), lines(note.good, note.lang)], what && h("p", { class: "by" }, what), lines(note.words, note.lang),
        note.page && h("p", null, h("a", { href: `#${note.page}` }, fill(say.note_page, { name: note.about })))),
      h("div", { class: "said-who" }, icon("seat-teacher"), who, talk), h("p", { class: "row" }, read));
  }

  function show(notes) {
    leaving.abort();
    leaving = new AbortController();
    const [read, fresh] = [notes.filter((note) => note.seen), notes.filter((note) => !note.seen)];
    put(node, fresh.map(one), read.length > 0 && h("details", null, h("summary", null, icon("seat-teacher"), h("span", null, say.notes_seen)), read.map(one)));
    node.hidden = !notes.length;
  }

  node.tabIndex = -1;
  listen(signal, "abort", signal, () => leaving.abort());
  return { node, show };
}

/** Words and pictures that no question asks for any more: nothing a child wrote is out of its sight. `folded`: a title to open. */
export function gone(say, parts, folded) {
  const head = folded ? [h("summary", null, icon("paper"), h("span", null, folded))] : h("p", { class: "lab" }, say.gone_title);
  return parts?.length > 0 && h(folded ? "details" : "section", { class: "note gone", "aria-label": !folded && say.gone_title }, head,
    parts.map((part) => h("div", { class: "card" }, part.title && h("h3", { dir: "auto" }, part.title),
      part.lines.map((text) => lines(text, part.lang)), part.pictures.map(({ thumb, alt }) => h("img", { src: thumb, alt })))));
}
