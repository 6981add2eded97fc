// Rooms: shows screens that come, and carries what links and forms ask. Whoever uses it gives the frame around them.
import { addDrawings, fill, h, listen, put, send, tell } from "./dom.js";
import { drafts } from "./drafts.js";
import { status } from "./status.js";
import { done } from "./around.js";
import { dress } from "./dress.js";
import { asked, filesOf, forgetWrong, grow, keepsItself, keysOf, pairsOf, sayWrong } from "./room_forms.js";
import { keeper } from "./room_keep.js";
import { beginnings } from "./room_began.js";
import { bringOut } from "./room_files.js";
import { underWay } from "./room_under_way.js";
import { watching } from "./room_watch.js";

const SLOW = 400; // ms until a way that takes long is seen to be under way

let count = Date.now() * 1000; // a number for each thing sent, new again after a reload
const next = () => ++count;

const noTrial = { begin() {}, again() {}, end() {} };

/** `frame` draws what stands around a screen; `trying` shows a child's controls; `routed`: addresses lead to places. */
function rooms({ model, root, words: say, look, alias, mark, signal, kit }, { frame, trying, routed = true }) {
  const ours = routed && document.documentElement.classList.contains("pf"); // our own page, not JupyterLab
  const first = model.get("first");
  const view = frame({ root, words: say, model, signal, turned: () => others.watch() });
  const kept = drafts(alias, "teacher");
  const waiting = new Map(); // what this browser kept of forms, by place and form
  const sent = underWay({ model, mark, signal });
  const scrolled = new Map(); // place → where one stood
  let here = "";
  let shown = null; // the screen
  let going = 0; // rev of the last way asked for
  const trial = trying?.({ kit, words: say }) ?? noTrial;
  const clock = (at) => new Intl.DateTimeFormat(look.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
  const began = beginnings({ kept, waiting, words: say });
  const keep = keeper({ post: (message) => send(model, message), kept, waiting, words: say, clock, mark: `${mark}-keep`, signal, nextRev: next });

  // -------------------------------------------------------------------------------- sending

  function go(to, { back = false } = {}) {
    keep.flush(true);
    if (shown) scrolled.set(here, window.scrollY);
    going = next();
    sent.ways().forEach((item) => sent.close(item.message)); // only the last way counts
    sent.post({ message: { type: "go", to, rev: going }, back });
    const mine = going;
    setTimeout(() => sent.has(mine) && view.main.setAttribute("aria-busy", "true"), SLOW);
  }

  async function act(form, pressed) {
    if (form.hasAttribute("aria-busy")) return;
    forgetWrong(form);
    const { files, tooLarge, most } = filesOf(form);
    if (tooLarge) return refuse(form, { field: tooLarge[0], sentence: fill(say.file_too_large, { name: tooLarge[1].name, n: most }) });
    form.setAttribute("aria-busy", "true");
    pressed?.setAttribute("aria-disabled", "true");
    const place = here;
    const values = pairsOf(form, pressed);
    const way = view.wayTo(form.contains(document.activeElement) ? document.activeElement : pressed);
    let buffers;
    try {
      buffers = await Promise.all(files.map(([, file]) => file.arrayBuffer()));
    } catch {
      return refuse(form, { field: files[0][0], sentence: say.file_unread });
    }
    keep.flush(true);
    const told = files.map(([field, { name }]) => ({ field, name }));
    const version = form.dataset.version ? Number(form.dataset.version) : null;
    sent.post({ message: { type: "do", keep: false, place, what: asked(form), values, files: told, version, rev: next() }, buffers, form, way, from: pressed ?? form, place, written: began.of(form) });
  }

  function dressForms() {
    for (const [key, form] of keysOf(view.body)) {
      if (keepsItself(form)) keep.adopt(form, here, key, shown.title);
      else began.adopt(form, here, key, shown.title);
    }
  }

  /** Where words wait that are not on this screen. */
  function tellUnsaved() {
    const places = new Map([...waiting.values()].map((draft) => [draft.entry, draft.value.title]));
    view.unsaved.hidden = !places.size;
    put(view.unsaved, h("p", null, say.unsaved_here), h("ul", { class: "row" }, [...places].map(([place, title]) => h("li", null, h("a", { href: `#${place}` }, title)))));
  }

  // ------------------------------------------------------------------------------- showing

  function apply(screen, { way, form, from, back } = {}) {
    const same = shown && screen.place === here;
    const stood = same ? way ?? view.wayTo(document.activeElement) : null;
    const files = same ? [...view.body.querySelectorAll("input[type=file]")].filter((input) => input.files.length && input.form !== form) : [];
    const folds = same ? view.openFolds(form) : null;
    const still = view.holdStill(same && (from?.isConnected ? from : document.activeElement));
    const scroll = same ? window.scrollY : back ? scrolled.get(screen.place) ?? 0 : 0;
    const begins = !shown;
    trial.end();
    if (screen.words) Object.assign(say, screen.words);
    here = screen.place;
    shown = screen;
    view.draw(screen, ours);
    view.main.removeAttribute("aria-busy");
    dressForms();
    files.forEach((old) => [...view.body.querySelectorAll("input[type=file]")].find(({ id, name }) => id === old.id && name === old.name)?.replaceWith(old));
    folds?.();
    tellUnsaved();
    trial.begin([view.body], screen.look);
    if (screen.say || screen.trouble || !same) view.tell({ said: screen.say, wrong: screen.trouble });
    if (begins) return;
    const wanted = screen.focus && view.body.querySelector(`#${CSS.escape(screen.focus)}`);
    window.scrollTo(0, scroll);
    if (wanted) view.standAt(wanted, still);
    else if (!same) view.title.focus({ preventScroll: true });
    else if (form || stood) view.standAt(stood?.() || view.title, still);
  }

  /** Some parts of the screen say something new; one somebody stands in waits until it is left. */
  const waitingParts = {};
  function renew(asides = {}, drawings = {}) {
    Object.assign(waitingParts, asides);
    if (!Object.keys(waitingParts).length) return;
    const parts = view.renew(waitingParts, drawings);
    for (const id of Object.keys(waitingParts)) if (!view.standsIn(id)) delete waitingParts[id];
    if (!parts.length) return;
    dressForms();
    trial.again(parts, shown.look);
  }

  const others = watching({
    model, view, signal, nextRev: next, place: () => here, shown: () => shown,
    heard: ({ asides, drawings }) => renew(asides, drawings),
  });

  /** What became of a form that acts on a screen that stays. */
  function finish(item, answer) {
    const { form } = item;
    form?.removeAttribute("aria-busy");
    form?.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
    if (item.place === here) {
      const inside = form?.isConnected && form.contains(document.activeElement);
      if (form?.isConnected) form.reset();
      if (inside) document.activeElement.blur(); // its part may be made anew
      renew(answer.asides, answer.drawings);
      const wanted = answer.focus && view.body.querySelector(`#${CSS.escape(answer.focus)}`);
      if (wanted) view.standAt(wanted);
      else if (inside) view.standAt(item.way?.() || view.title);
    }
    view.tell({ said: answer.say });
  }

  function refuse(form, { field, sentence }) {
    form?.removeAttribute("aria-busy");
    form?.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
    if (form?.isConnected && sayWrong(form, field, sentence)) {
      view.hush();
      [...form.elements].find((one) => one.getAttribute("aria-invalid"))?.focus();
    } else view.tell({ wrong: sentence });
  }

  function hear(answer, buffers) {
    if (answer.type === "looked") return others.seen(answer);
    const kept = answer.type !== "screen" && keep.hear(answer);
    if (kept) {
      if (answer.names) view.called(answer.names);
      if (kept.place === here) renew(answer.asides, answer.drawings);
      if (answer.say) view.tell({ said: answer.say });
      return;
    }
    const item = sent.close(answer);
    if (!item) return;
    sent.report();
    if (answer.type === "refused") return refuse(item.form, answer);
    if (item.message.type === "go") {
      if (item.message.rev === going) apply(answer, item);
      return;
    }
    began.forget(item.written);
    bringOut(answer.downloads, buffers);
    if (answer.type === "done") return finish(item, answer);
    if (item.place !== here || sent.ways().length) return view.tell({ said: answer.say, wrong: answer.trouble }); // somebody has gone on
    if (ours && answer.place !== here) history.pushState(null, "", `#${answer.place}`);
    apply(answer, item);
  }

  // --------------------------------------------------------------------------------- hands

  const place = (hash) => {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  };
  const wanted = () => place(location.hash);
  let byLink = false;

  function follow(event, link) {
    const to = place(link.getAttribute("href"));
    const inside = to && view.body.querySelector(`#${CSS.escape(to)}`);
    event.preventDefault();
    if (inside) {
      view.standAt(inside);
      inside.scrollIntoView();
    } else if (ours && to !== wanted()) {
      byLink = true;
      location.hash = to;
    } else go(to);
  }

  function pageLinks(event) {
    const link = event.target.closest('a[href^="#"]');
    if (event.target.closest("[data-print]")) window.print();
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (routed && !link.closest("[data-sheet]")) follow(event, link);
  }

  listen(root, "click", signal, pageLinks);
  if (ours) listen(window, "hashchange", signal, () => {
    const to = wanted();
    if (to === "here") { // the skip link
      history.replaceState(null, "", `#${here}`);
      return view.main.focus();
    }
    go(to, { back: !byLink });
    byLink = false;
  });
  listen(root, "submit", signal, (event) => {
    const form = event.target.closest("form[data-do], form[data-keep]");
    if (!form) return;
    event.preventDefault();
    const acts = form.hasAttribute("data-do") && (!keepsItself(form) || event.submitter);
    if (acts) act(form, event.submitter);
    else keep.wrote(form, true);
  });
  const wrote = (now) => ({ target }) => {
    const form = target.closest?.("form[data-do], form[data-keep]");
    if (!form || target.closest("[data-sheet]")) return;
    grow(target);
    if (keepsItself(form)) keep.wrote(form, now);
    else began.note(form);
  };
  listen(root, "input", signal, wrote(false));
  listen(root, "change", signal, wrote(true));
  listen(root, "focusout", signal, wrote(true));

  // ------------------------------------------------------------------------------- opening

  status({ model: sent.heart, root: view.saving, words: say, look, signal });
  if (model.get("leave")) {
    done({ model, root: view.out, words: say, signal });
    let warned = false;
    view.out.addEventListener("click", (event) => {
      if (!began.any() || warned) return;
      warned = true;
      event.stopPropagation();
      view.tell({ wrong: say.unsent_leave });
    }, { capture: true, signal });
  }
  model.on("msg:custom", hear);
  const to = ours ? wanted() : "";
  if (model.seen || (to && to !== first.place && to !== "here")) {
    view.draw({ ...first, place: "", title: say.one_moment, html: "", back: null }, ours);
    shown = null;
    go(to || first.place);
  } else apply(first);
  others.watch();
  model.seen = true; // a second view of this widget asks how it stands now
  kept.found().then((found) => {
    found.forEach((draft) => waiting.set(`${draft.entry} ${draft.field}`, draft));
    if (!found.length || !shown) return;
    dressForms();
    tellUnsaved();
  });
}

/** Fill a widget's element. Gives back what must be done when it goes. */
export async function fillRooms({ model, el, kit }, ways) {
  const leaving = new AbortController();
  const look = kit.get("look");
  // JupyterLab would run the cell on Enter and move it on other keys.
  const root = h("div", {
    class: "pf", lang: look.lang, dir: look.dir, "data-band": look.band, "data-cloth": look.cloth,
    "data-lm-suppress-shortcuts": "true", onkeydown: (event) => event.stopPropagation(),
  });
  await dress(kit);
  addDrawings({ ...kit.get("drawings"), ...model.get("drawings") });
  put(el, root);
  const given = { words: { ...kit.get("words") }, alias: kit.get("alias"), mark: model.get("mark") };
  rooms({ model, root, look, kit, signal: leaving.signal, ...given }, ways);
  ways.began?.(leaving.signal);
  root.dataset.rendered = "true";
  tell("rendered");
  return () => leaving.abort();
}
