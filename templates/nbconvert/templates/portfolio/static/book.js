// Turns a notebook into a book: one page at a time, by contents, buttons, address and the browser's Back.
// Loaded in the head, so that nothing half-made is ever shown; without it all pages stand below each other.
(() => {
  const root = document.documentElement;
  const LATE = 20000; // ms after which we begin once more, and after as many more show what there is
  const AGAIN = "portfolio/again"; // this tab has begun once more already
  let parts = []; // what the contents know of each page: {id, title, icon, kick}
  let words = {};
  let owner = "";
  let memory = ""; // where this tab remembers the page last open
  let pages = [];
  let here = -1;

  root.dataset.js = "true";
  // Voilà's server writes calls of these into a page whose notebook is slow.
  window.voila_heartbeat = () => {};

  const $ = (selector) => document.querySelector(selector);
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`portfolio:${name}`, { detail }));

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter(Boolean));
    return node;
  }

  function drawing(name, big = false) {
    if (!name || !document.getElementById(`i-${name}`)) return null;
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const flip = ["next", "back"].includes(name) ? " flip" : "";
    const given = { class: `i${big ? " big" : ""}${flip}`, viewBox: "0 0 48 48", "aria-hidden": "true", focusable: "false" };
    Object.entries(given).forEach(([key, value]) => svg.setAttribute(key, value));
    svg.append(document.createElementNS(space, "use"));
    svg.firstChild.setAttribute("href", `#i-${name}`);
    return svg;
  }

  // -------------------------------------------------------------------------------- pages

  const title = (page) => page.querySelector("h1").textContent;
  const known = (page) => parts.find((part) => part.id === page.id) ?? {};

  function dressHead(page) {
    const head = page.querySelector(".head");
    const { icon, kick, title: said } = known(page);
    const ours = head.querySelector("h1[data-ours]");
    if (ours && said) ours.textContent = said; // a heading no teacher changed speaks the child's language
    head.querySelectorAll(".i, .kick").forEach((old) => old.remove());
    if (kick) head.prepend(make("p", { class: "kick" }, drawing(icon), kick));
    else if (icon) head.prepend(...[drawing(icon, true)].filter(Boolean));
  }

  /** A page of the book is called like its section, so that #strengths finds it. */
  function name(page) {
    const section = page.querySelector("[data-section]")?.dataset.section;
    if (section && !document.getElementById(section)) page.id = section;
  }

  function button(page, on) {
    const word = make("span", { class: "vh" }, `${on ? words.turn_on : words.turn_back}: `);
    const label = make("span", {}, word, make("bdi", {}, title(page)));
    const svg = drawing(on ? "next" : "back");
    return make("a", { class: on ? "btn main" : "btn", href: `#${page.id}` }, ...(on ? [label, svg] : [svg, label]));
  }

  function drawFoot() {
    const turn = $("main > .turn");
    const folio = $("main > .folio");
    if (!turn || !words.folio) return;
    const of = pages.length;
    turn.replaceChildren(
      here > 0 ? button(pages[here - 1], false) : document.createElement("span"),
      here < of - 1 ? button(pages[here + 1], true) : document.createElement("span"));
    folio.textContent = words.folio.replace("{n}", here + 1).replace("{of}", of);
    turn.hidden = folio.hidden = of < 2;
  }

  function show(to, byHand) {
    if (!pages.length) return;
    here = to;
    pages.forEach((page, i) => (page.hidden = i !== here));
    const page = pages[here];
    document.title = [title(page), owner].filter(Boolean).join(" · ");
    drawFoot();
    tell("turn", { id: page.id, n: here + 1, of: pages.length, again: byHand });
    if (memory) sessionStorage.setItem(memory, page.id);
    if (!byHand) return;
    window.scrollTo(0, 0);
    page.querySelector("h1").focus({ preventScroll: true });
  }

  const wanted = () => pages.findIndex((page) => page.id === decodeURIComponent(location.hash.slice(1)));

  addEventListener("hashchange", () => {
    const to = wanted();
    if (to >= 0 && root.dataset.ready) show(to, true);
    else if (!location.hash && root.dataset.ready) show(0, true);
  });

  // ------------------------------------------------------------------- what the widgets say

  document.addEventListener("portfolio:shown", ({ detail }) => {
    const slot = { path: ".side-in", cloths: ".side-in", reading: ".side-in", status: ".top", done: ".ways" }[detail.kind];
    if (slot && $(slot)) {
      detail.el.parentElement.setAttribute("data-moved", "");
      $(slot).append(detail.el);
    }
    if (detail.kind === "path") {
      ({ parts, words, owner } = detail);
      memory = detail.alias ? `${detail.alias}/page` : "";
    }
  });
  document.addEventListener("portfolio:rendered", () => look());
  document.addEventListener("portfolio:parts", ({ detail }) => {
    parts = detail.parts;
  });

  // ------------------------------------------------------------------------------- opening

  let complete = false; // the whole page has arrived
  const filled = (out) => {
    const view = out.querySelector(".jp-OutputArea-output > .lm-Widget"); // before it comes: "Loading widget..."
    return view && !out.querySelector(".lm-Widget:empty:not([data-moved]), .pf:not([data-rendered], [data-rendered] .pf)");
  };

  function look() {
    if (root.dataset.ready || !complete) return;
    if (document.querySelector('script[type="application/vnd.voila.cell-output+json"]')) return;
    if ([...document.querySelectorAll("[data-view]")].every(filled)) open("true");
  }

  function open(how) {
    if (root.dataset.ready) return;
    watcher.disconnect();
    pages = [...document.querySelectorAll("main > .part")];
    pages.forEach(name);
    pages.forEach(dressHead);
    tell("pages", { pages: pages.map((page) => ({ id: page.id, title: title(page) })) });
    root.dataset.ready = how;
    sessionStorage.removeItem(AGAIN);
    if (how === "late") $("#page").prepend(make("p", { class: "note trouble", role: "alert" }, document.body.dataset.late));
    const remembered = memory && pages.findIndex((page) => page.id === sessionStorage.getItem(memory));
    show(Math.max(wanted() >= 0 ? wanted() : remembered || 0, 0), false);
    // Begin at the top, where "Go on where you stopped" stands: while the page was put together, it may have moved.
    window.scrollTo(0, 0);
  }

  /** Something was lost on the way here: nobody has written yet, so the page may simply begin once more. */
  function late() {
    if (root.dataset.ready) return;
    if (sessionStorage.getItem(AGAIN)) return open("late");
    sessionStorage.setItem(AGAIN, "true");
    location.reload();
  }

  const watcher = new MutationObserver(look);
  document.addEventListener("DOMContentLoaded", () => {
    complete = true;
    watcher.observe(document.body, { childList: true, subtree: true });
    look();
    setTimeout(late, LATE);
  });
})();
