// What stands around a screen of the teacher's desk: whose desk it is, the ways, the heading, what was said last.
// The one place of this desk where HTML goes in as HTML: the kernel takes it from our own templates only (SafePage).
import { addDrawings, button, h, icon, put } from "./dom.js";
import { fieldOf, keysOf } from "./room_forms.js";

export function frame({ root, words: say }) {
  const names = h("p", { class: "tnames" });
  const ways = h("ul", { class: "tways" });
  const nav = h("nav", { "aria-label": say.ways }, ways);
  const out = h("div", { class: "tout" });
  const back = h("p", { class: "tback noprint", hidden: true });
  const title = h("h1", { tabindex: -1 });
  const saving = h("div", { class: "tsave noprint" });
  const told = h("p", { role: "status" });
  const trouble = h("p", { role: "alert" });
  const unsaved = h("div", { class: "note noprint", hidden: true });
  const close = button("", "close", () => hush(true), { quiet: true, "aria-label": say.close });
  const saidBox = h("div", { class: "told", hidden: true }, h("div", null, told, trouble), close);
  const body = h("div", { class: "tbody stack" });
  const main = h("main", { class: "leaf", id: "here", tabindex: -1 }, back, saving, h("div", { class: "thead" }, title), saidBox, unsaved, body);
  put(root, h("div", { class: "tdesk book" }, h("header", { class: "tbar noprint" }, names, nav, out), main));

  function hush(byHand) {
    if (byHand) title.focus({ preventScroll: true });
    told.textContent = trouble.textContent = "";
    saidBox.hidden = true;
  }

  /** Say what was done, or why it was not. It stays until something else is said. */
  function tell({ said = "", wrong = "" }) {
    saidBox.hidden = !said && !wrong;
    saidBox.toggleAttribute("data-wrong", Boolean(wrong));
    told.textContent = said;
    trouble.textContent = wrong;
  }

  /** The way to an element that will be made anew: by its id, or as a field of a form. */
  function wayTo(node) {
    if (!node || !body.contains(node)) return null;
    const form = node.form ?? node.closest("form");
    const [key] = [...keysOf(body)].find(([, one]) => one === form) ?? [];
    const { id, name, value } = node;
    const summary = node.matches("summary") ? node.textContent : "";
    const href = node.getAttribute("href");
    return () => {
      const same = key && keysOf(body).get(key);
      const buttons = same && [...same.querySelectorAll("button")];
      return (id && document.getElementById(id))
        || (summary && [...body.querySelectorAll("summary")].find((one) => one.textContent === summary))
        || (href && [...body.querySelectorAll("a")].find((one) => one.getAttribute("href") === href))
        || (same && name && ([...same.elements].find((one) => one.name === name && one.value === value) ?? fieldOf(same, name)))
        || (same && (buttons.find((one) => one.textContent === node.textContent) ?? same.querySelector("button")));
    };
  }

  /** Keeps what one acted on where it stands in the window, whatever came in above it: called with it as it is made anew. */
  function holdStill(node) {
    if (!node || !body.contains(node)) return () => {};
    const key = (one) => (one.form ?? one.closest("form"))?.dataset.key;
    const [top, form] = [node.getBoundingClientRect().top, key(node)];
    return (now) => form !== undefined && key(now) === form && window.scrollBy(0, now.getBoundingClientRect().top - top);
  }

  /** Focus something, or the fold it is hidden in; scroll only if it is out of sight. */
  function standAt(node, still = () => {}) {
    const shut = "details:not([open])";
    for (let fold = node.closest(shut); fold; fold = fold.parentElement.closest(shut)) node = fold.querySelector("summary");
    if (!node.matches("a, button, input, select, textarea, summary, [tabindex]")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
    still(node);
    node.scrollIntoView({ block: "nearest" });
  }

  /** The folds that are open, to be opened again; not the one something was just done in. */
  function openFolds(but) {
    const of = (fold) => fold.id || fold.querySelector("summary")?.textContent;
    const open = [...body.querySelectorAll("details[open]")].filter((fold) => !but || !fold.contains(but)).map(of);
    return () => body.querySelectorAll("details").forEach((fold) => open.includes(of(fold)) && (fold.open = true));
  }

  /** What stands at the top: the class, and who sits here. Returns the class. */
  function called([school, teacher]) {
    put(names, h("span", { dir: "auto" }, h("b", null, school), school && teacher && " · ", teacher));
    return school;
  }

  return {
    called, body, main, out, saving, unsaved, title, tell, hush, wayTo, openFolds, holdStill, standAt,
    /** Show a screen: heading, ways, body. */
    draw(screen, named) {
      addDrawings(screen.drawings);
      Object.assign(root, { lang: screen.look.lang, dir: screen.look.dir });
      const school = called(screen.names);
      put(ways, screen.ways.map(([place, label, drawing]) =>
        h("li", null, h("a", { href: `#${place}`, "aria-current": place === screen.way && (place === screen.place ? "page" : "true") }, icon(drawing), h("span", null, label)))));
      nav.setAttribute("aria-label", say.ways);
      back.hidden = !screen.back;
      put(back, screen.back && h("a", { href: `#${screen.back[0]}` }, icon("back"), h("span", null, screen.back[1])));
      title.textContent = screen.title;
      main.dataset.place = screen.place;
      body.innerHTML = screen.html;
      if (!named) return;
      document.title = [screen.title, school].filter(Boolean).join(" · ");
      Object.assign(document.documentElement, { lang: screen.look.lang, dir: screen.look.dir });
    },
    /** Parts of the screen that say something new; none that somebody stands in. Returns those that changed. */
    renew(asides, drawings) {
      const renewed = [];
      addDrawings(drawings);
      for (const [id, html] of Object.entries(asides)) {
        const part = body.querySelector(`#${CSS.escape(id)}`);
        if (!part || part.told === html || part.contains(document.activeElement)) continue; // said once, read aloud once
        part.innerHTML = part.told = html;
        renewed.push(part);
      }
      return renewed;
    },
  };
}
