// What stands around a screen of the teacher's desk: whose desk it is, the ways, the heading, what was said last.
import { addDrawings, button, h, icon, put } from "./dom.js";
import { screenIn } from "./room_screen.js";

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
  const screenful = screenIn(body);
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

  /** What stands at the top: the class, and who sits here. Returns the class. */
  function called([school, teacher]) {
    put(names, h("span", { dir: "auto" }, h("b", null, school), school && teacher && " · ", teacher));
    return school;
  }

  return {
    ...screenful, called, body, main, out, saving, unsaved, title, tell, hush,
    /** Show a screen: heading, ways, body. */
    draw(screen, named) {
      addDrawings(screen.drawings);
      Object.assign(root, { lang: screen.look.lang, dir: screen.look.dir });
      const school = called(screen.names);
      put(ways, screen.ways.map(([place, label, drawing]) =>
        h("li", null, h("a", { href: `#${place}`, "aria-current": place === screen.way && (place === screen.place ? "page" : "true") }, icon(drawing), h("span", null, label)))));
      nav.setAttribute("aria-label", say.ways);
      nav.hidden = !screen.ways.length;
      back.hidden = !screen.back;
      put(back, screen.back && h("a", { href: `#${screen.back[0]}` }, icon("back"), h("span", null, screen.back[1])));
      title.textContent = screen.title;
      main.dataset.place = screen.place;
      screenful.fill(screen.html);
      if (!named) return;
      document.title = [screen.title, school].filter(Boolean).join(" · ");
      Object.assign(document.documentElement, { lang: screen.look.lang, dir: screen.look.dir });
    },
  };
}
