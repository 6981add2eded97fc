// The contents of the book: its pages, what is on them, and where we are.
import { addDrawings, button, fill, h, icon, listen, put, tell } from "./dom.js";

const CLASS = { filled: "done", started: "started", empty: "later" };

export function path({ model, root, words: say, look, alias, signal }) {
  addDrawings(model.get("drawings")); // before the first of them is shown
  const page = document.documentElement;
  const ours = page.classList.contains("pf"); // our own page, not JupyterLab
  const parts = () => model.get("parts");
  let pages = []; // what the page's script found: [{id, title}], also a teacher's own pages
  let here = "";
  let all = false; // the youngest see three pages at a time, and so does everybody where there is little room
  const small = matchMedia("(max-width: 60rem)"); // as in desk.css
  const list = h("ol");
  const toggle = button(say.all_pages, "", () => {
    all = !all;
    draw();
  }, { class: "btn quiet path-more" });
  const begun = h("p", { class: "begun" });
  const start = h("p", { class: "start" });
  const letter = h("p", { class: "start" });
  const ways = (model.get("ways") ?? []).map(({ label, href, icon: drawing }) => h("p", { class: "to-meeting" }, h("a", { class: "btn", href }, icon(drawing), h("span", null, label))));
  const nav = h("nav", { class: "path", "aria-label": say.contents }, list);

  function go(event, id) {
    if (ours) return; // the page's own script turns to it
    event.preventDefault();
    document.querySelector(`[data-section="${CSS.escape(id)}"]`)?.scrollIntoView();
  }

  function line({ id, title, icon: drawing, state, word, note }, i, near) {
    const current = id === here;
    const name = h("span", { class: "pt" }, h("bdi", null, title), h("span", { class: "st" }, current ? say.you_are_here : word),
      note && h("span", { class: "st" }, icon("seat-teacher"), say.note_for_you));
    const link = h("a", { href: `#${id}`, "aria-current": current && "step", onclick: (event) => go(event, id) },
      icon(drawing), name, h("span", { class: "pn", "aria-hidden": "true" }, String(i + 1)));
    return h("li", { class: [CLASS[state], current && "here", near && "near"].filter(Boolean).join(" ") }, link);
  }

  /** The way to another page where a note of a teacher waits. */
  function mail() {
    const first = parts().find(({ id, note }) => note && id !== here);
    put(letter, first && h("a", { class: "btn", href: `#${first.id}`, onclick: (event) => go(event, first.id) }, icon("seat-teacher"), h("span", null, fill(say.note_open, { name: first.title }))));
  }

  /** Where one wrote last, or where one begins: only until one has found a page by oneself. */
  function lead() {
    const last = parts().find(({ id }) => id === model.get("last"));
    const { id, title } = last ?? parts()[0] ?? {};
    const named = Boolean(location.hash) || !id || (last && here === id);
    const words = fill(last ? say.go_on : say.begin_here, { name: title });
    put(start, !named && h("a", { class: "btn", href: `#${id}`, onclick: (event) => go(event, id) }, icon("next"), h("span", null, words)));
  }

  function draw() {
    const done = parts().filter(({ state }) => state !== "empty");
    mail();
    begun.textContent = fill(say.begun, { n: done.length, of: parts().length });
    const known = (id, title) => parts().find((part) => part.id === id) ?? { id, title, icon: "paper" };
    const shown = pages.length ? pages.map(({ id, title }) => known(id, title)) : parts();
    const at = shown.findIndex((part) => part.id === here);
    const middle = Math.min(Math.max(at, 1), shown.length - 2); // three lines, also at both ends
    const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
    put(list, shown.map((part, i) => line(part, i, Math.abs(i - middle) <= 1)));
    if (focused) list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    nav.classList.toggle("three", !all && look.band === "k2");
    nav.classList.toggle("folded", !all);
    toggle.setAttribute("aria-expanded", String(all));
    const line_ = list.querySelector(".here")?.getBoundingClientRect();
    if (!line_) return;
    list.scrollLeft += line_.left - list.getBoundingClientRect().left - 8; // a strip on a phone,
    const column = nav.closest(".side-in") ?? nav;
    const frame = column.getBoundingClientRect(); // a column elsewhere
    if (line_.bottom > frame.bottom || line_.top < frame.top) column.scrollTop += line_.top - frame.top - frame.height / 2;
  }

  if (ours) {
    Object.assign(page, { lang: look.lang, dir: look.dir });
    Object.assign(page.dataset, { band: look.band, cloth: look.cloth });
  }
  const owner = model.get("owner");
  put(root, h("div", { class: "plate" }, icon("book"), h("p", null, h("bdi", null, owner), h("small", null, model.get("round")))), toggle, letter, start, ways, begun, nav);
  draw();
  if (!ours) lead(); // our own page says where we are first
  model.on("change:parts", () => {
    addDrawings(model.get("drawings"));
    draw();
  });
  listen(document, "portfolio:pages", signal, ({ detail }) => {
    pages = detail.pages;
  });
  listen(document, "portfolio:turn", signal, ({ detail }) => {
    here = detail.id;
    if (small.matches) all = false; // one has found one's page
    draw();
    if (detail.again) start.remove();
    else lead();
  });
  tell("shown", { kind: "path", el: root, parts: parts(), words: say, alias, owner });
}
