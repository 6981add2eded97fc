// What stands around a deck: a thin line with the way out, the time, a pause; a picture grows when it is pressed.
import { addDrawings, button, fill, h, icon, listen, put } from "./dom.js";
import { screenIn } from "./room_screen.js";
import { deckTurning } from "./deck.js";

const HIDDEN = "portfolio/clock"; // this tab keeps the time out of sight
const SMALLER = 0.25; // of a screen's height: a leaf that is too tall by less is drawn smaller, if it then fits
const TICK = 5000; // ms; nobody watches seconds run

/** The time of this part, in words and as a line that fills. It says so once when it is over, and nothing rings. */
function clockOf({ words: say, signal }) {
  const line = h("progress", { max: 1, value: 0, "aria-hidden": "true" });
  const text = h("span", null);
  const box = h("span", { class: "clock", role: "timer", "aria-live": "off" }, icon("clock"), text, line);
  const hide = button("", "eye", () => show(!box.hidden), { quiet: true });
  const node = h("span", { class: "deckclock", hidden: true }, box, hide);
  let step = null; // {began, minutes}

  function show(off) {
    box.hidden = off;
    sessionStorage.setItem(HIDDEN, off ? "1" : "");
    hide.setAttribute("aria-label", off ? say.show_clock : say.hide_clock);
    hide.title = off ? say.show_clock : say.hide_clock;
  }

  function draw() {
    node.hidden = !step?.minutes;
    if (node.hidden) return;
    const gone = (Date.now() - step.began) / 60000;
    const left = Math.ceil(step.minutes - gone);
    text.textContent = left > 1 ? fill(say.minutes_left, { n: left }) : left === 1 ? say.minute_left : say.time_over;
    line.value = Math.min(1, gone / step.minutes);
  }

  const timer = setInterval(draw, TICK);
  signal.addEventListener("abort", () => clearInterval(timer));
  show(Boolean(sessionStorage.getItem(HIDDEN)));
  return {
    node,
    /** A part begins: when (ms since 1970, by this computer's clock), and how many minutes it has. */
    begin(began, minutes) {
      step = { began, minutes };
      draw();
    },
  };
}

/** A picture as large as the window, with its marks; Escape or the button closes it. */
function zoomOf({ root, words: say, signal }) {
  const box = h("div", { class: "zoom-in" });
  const close = button(say.smaller, "close", () => node.close());
  const node = h("dialog", { class: "zoom", "aria-label": say.larger }, h("p", { class: "row" }, close), box);
  root.append(node);
  listen(node, "click", signal, ({ target }) => target === node && node.close());
  return (slide) => {
    for (const mount of slide.querySelectorAll(".mount:not([data-zoom])")) {
      mount.dataset.zoom = "";
      const alt = mount.querySelector("img")?.alt ?? "";
      mount.append(button("", "plus", () => {
        const whole = mount.cloneNode(true);
        whole.querySelectorAll("button").forEach((one) => one.remove());
        put(box, whole);
        node.showModal();
      }, { quiet: true, class: "btn quiet zoomer noprint", "aria-label": `${say.larger}: ${alt}`, title: say.larger }));
    }
  };
}

/** A moment of rest: the book is closed, and whoever needed it says when to go on. */
function pauseOf({ words: say }) {
  const node = h("dialog", { class: "pause", "aria-label": say.pause },
    icon("quiet-place"), h("p", { class: "big" }, say.paused), h("p", null, button(say.go_on, "next", () => node.close())));
  return { node, begin: () => !node.open && node.showModal() };
}

/** A leaf a little too tall for its screen is drawn smaller; one that is taller says that it goes on below. */
function fittingOf({ body, words: say, signal }) {
  const over = (slide) => slide.offsetHeight - parseFloat(getComputedStyle(slide).minHeight);
  const scrolls = (node) => !node.parentElement || (node.scrollHeight > node.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(node).overflowY));
  const further = button(say.further, "down", () => {
    let node = further;
    while (!scrolls(node)) node = node.parentElement;
    node.scrollBy({ top: innerHeight * 0.6 });
  }, { class: "btn further noprint" });
  let slide = null;

  function sign() {
    const foot = slide?.querySelector(".foot");
    if (foot) further.hidden = foot.previousElementSibling.getBoundingClientRect().bottom < foot.getBoundingClientRect().top + 8;
  }

  function fit() {
    if (!slide) return;
    slide.removeAttribute("data-tight");
    const much = over(slide);
    if (much > 1 && much < SMALLER * innerHeight) {
      slide.setAttribute("data-tight", "");
      if (over(slide) > 1) slide.removeAttribute("data-tight");
    }
    sign();
  }

  const grown = new ResizeObserver(sign);
  signal.addEventListener("abort", () => grown.disconnect());
  listen(document, "scroll", signal, sign, { capture: true, passive: true });
  listen(window, "resize", signal, fit);
  listen(body, "load", signal, fit, { capture: true }); // a picture came
  document.fonts.ready.then(fit);
  return (open) => {
    grown.disconnect();
    slide = open;
    slide.querySelector(".foot")?.children[1]?.append(further);
    grown.observe(slide);
    fit();
  };
}

export function deckFrame({ root, words: say, model, signal, turned }) {
  const out = h("span", null);
  const saving = h("div", { class: "tsave" });
  const title = h("span", { class: "vh", tabindex: -1 }); // slides have headings of their own
  const told = h("p", { role: "status" });
  const trouble = h("p", { role: "alert" });
  const close = button("", "close", () => hush(true), { quiet: true, "aria-label": say.close });
  const saidBox = h("div", { class: "told noprint", hidden: true }, h("div", null, told, trouble), close);
  const unsaved = h("div", { class: "note noprint", hidden: true });
  const body = h("div", { class: "talk" });
  const main = h("div", { class: "table", tabindex: -1 });
  const screenful = screenIn(body);
  const clock = clockOf({ words: say, signal });
  addDrawings(model.get("drawings"));
  const links = model.get("links").map(({ label, href, icon: drawing, apart }) => h("a", { class: "btn quiet", href, target: apart && "_blank" }, icon(drawing), h("span", null, label)));
  const pause = pauseOf({ words: say });
  const wide = button("", "whole", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {})), { quiet: true, "aria-label": say.whole_screen, title: say.whole_screen });
  wide.hidden = !document.fullscreenEnabled;
  listen(document, "fullscreenchange", signal, () => wide.setAttribute("aria-pressed", Boolean(document.fullscreenElement)));
  const bar = h("div", { class: "deckbar noprint" }, links, out, clock.node, h("span", { class: "deckways" }, button(say.pause, "quiet-place", pause.begin, { quiet: true }), wide), saving);
  put(root, bar, main);
  put(main, title, saidBox, unsaved, body);
  root.append(pause.node);
  const grow = zoomOf({ root, words: say, signal });
  const fits = fittingOf({ body, words: say, signal });
  const tall = new ResizeObserver(() => root.style.setProperty("--bar", `${bar.offsetHeight}px`)); // many words, a narrow phone: two lines
  tall.observe(bar);
  signal.addEventListener("abort", () => tall.disconnect());
  let step = ""; // what part is open
  let followed = "";
  let offset = 0; // ms by which the class's clock is ahead of this computer's

  function hush() {
    told.textContent = trouble.textContent = "";
    saidBox.hidden = true;
  }

  /** Another slide is open: the time begins with another part of the meeting. */
  function opened(slide) {
    grow(slide);
    fits(slide);
    const deck = body.querySelector(".deck");
    const { step: now, minutes } = slide.dataset;
    if (now !== step) {
      const known = now === deck?.dataset.step ? Date.parse(deck.dataset.turned) - offset : NaN; // the page was loaded anew
      clock.begin(Number.isNaN(known) ? Date.now() : known, Number(minutes));
      deck?.removeAttribute("data-step");
      step = now;
      hush();
    }
    turned();
  }
  const turn = deckTurning({ root: body, signal, turned: opened });
  listen(root, "keydown", signal, (event) => {
    if ((event.key === "b" || event.key === ".") && !event.target.closest("input, textarea, select, dialog")) pause.begin(); // clickers have a key for it
  });

  return {
    ...screenful, body, main, out, saving, unsaved, title, hush,
    called: () => "",
    here: () => (pause.node.open ? "" : turn.slide()?.dataset.scene ?? ""), // a rest is nobody's time
    /** Another page of this meeting asks for a scene, or for a rest: "3 work-2" is the third wish. Each is followed once. */
    turnTo(wish) {
      if (wish === followed) return;
      followed = wish;
      const wanted = wish.slice(wish.indexOf(" ") + 1);
      if (wanted === ":pause") return pause.begin();
      pause.node.close();
      if (wanted !== ":go-on") turn.show(wanted);
    },
    tell({ said = "", wrong = "" }) {
      saidBox.hidden = !said && !wrong;
      saidBox.toggleAttribute("data-wrong", Boolean(wrong));
      told.textContent = said;
      trouble.textContent = wrong;
    },
    draw(screen) {
      addDrawings(screen.drawings);
      Object.assign(root, { lang: screen.look.lang, dir: screen.look.dir });
      title.textContent = screen.title;
      screenful.fill(screen.html);
      const deck = body.querySelector(".deck");
      if (!deck) return;
      offset = deck.dataset.now ? Date.parse(deck.dataset.now) - Date.now() : 0;
      document.title = screen.title;
      const goesOn = !location.hash && deck.dataset.open && [...deck.querySelectorAll(".slide")].find((slide) => slide.dataset.scene === deck.dataset.open);
      if (goesOn) location.replace(`#${goesOn.id}`);
      turn.begin();
    },
  };
}
