// One question: its words, its control, what has to be said beside it, and the other ways to answer it.
import { besides, waysOf } from "./beside.js";
import { anything, button, fill, h, icon, put, same } from "./dom.js";
import { one, several } from "./choices.js";
import { media } from "./media.js";
import { photos } from "./photos.js";
import { days, rows } from "./rows.js";
import { readAloud } from "./speak.js";
import { day, words } from "./text.js";

// A control gives back: nodes · set(value) · writing(): are hands in it? · tell(value): in words · and perhaps
// remark(value): a kind word beside it · wakeUp(): it is visible now · resume(parcel) · open(way) · count().
const CONTROLS = {
  line: words, long: words, picks: several, one, scale: one, piece: one,
  photos, media, rows, date: day, dates: days,
};

/** All that is heard when a question is read aloud: each part as a sentence of its own. */
function aloud({ ask, hint, lead, choices }, title) {
  const parts = [title, ask, hint, lead, ...choices.map((choice) => choice.label)].filter(Boolean);
  return parts.map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`)).join(" ");
}

function heading(ctx, big) {
  const { field, id, band, beside } = ctx;
  if (beside) return h("p", { id: `${id}-l`, class: "vh" }, field.ask);
  const kind = big ? "h2" : ["line", "long", "date"].includes(field.control) ? "label" : "p";
  const title = h(kind, { id: `${id}-l`, for: kind === "label" && id, class: big ? "" : "lab" }, field.ask);
  const spoken = ["k2", "35"].includes(band) && readAloud(ctx, () => aloud(field, ctx.title), band !== "k2");
  return big || spoken ? h("div", { class: "ask-head" }, title, spoken) : title;
}

/** A picture that helps with the question; one that cannot be shown leaves no gap. */
function helpPicture({ help }) {
  return help && h("img", { class: "help-pic", src: help.src, alt: help.alt, onerror: ({ target }) => target.remove() });
}

/** What was said to the same question in earlier rounds: one calm line each, nothing is compared. */
function earlierLines({ words: say, field, id }) {
  const last = field.earlier.length - 1;
  const line = ({ round, word, icon: drawing }, i) =>
    h("li", null, icon(drawing), h("span", null, fill(i === last ? say.last_time : say.earlier, { round, word })));
  return last >= 0 && h("ul", { class: "earlier", id: `${id}-e` }, field.earlier.map(line));
}

/** Theirs, then mine; what stands in the other already is not said twice. */
function bothOf(theirs, mine, together) {
  if (mine.includes(theirs.trim())) return mine;
  return theirs.includes(mine.trim()) ? theirs : theirs.trimEnd() + together + mine.trimStart();
}

/** Two people wrote in the same place: show both, and let the child choose. */
function bothPanel({ words: say, field, cell, box }, control) {
  const choose = (word, value) => h("li", null, button(word, "", ({ currentTarget }) => {
    const home = currentTarget.closest("[data-field]");
    box.decide(cell, value());
    const boxes = [...home.querySelectorAll("textarea, input, select"), ...home.querySelectorAll("button")];
    boxes.find((one) => one.offsetParent)?.focus(); // the button is gone with the panel
  }));
  const together = field.control === "long" ? "\n\n" : " ";
  const text = typeof cell.held.theirs === "string" && cell.held.theirs.trim();
  return h("div", { class: "offer", role: "group", "aria-label": say.both_title },
    h("p", null, h("b", null, say.both_title), " ", say.both_now),
    h("blockquote", { class: "quote", lang: field.lang, dir: "auto" }, h("p", null, control.tell(cell.held.theirs ?? "") || say.both_nothing)),
    h("ul", { class: "row" }, choose(say.keep_mine, () => cell.value), choose(say.take_theirs, () => undefined),
      text && choose(say.keep_both, () => bothOf(cell.held.theirs, cell.value, together))));
}

/**
 * Build one question. `big`: it stands by itself on the page, with a heading. With `shared.beside` it is another
 * way to answer a question: its control shows what was added, and opens when the buttons above ask it to.
 */
export function question(shared, card, field, big) {
  const id = shared.id();
  const { box, words: say, announce } = shared;
  const cell = box.cell(card.entry_id, field.field, field.value, card.version);
  const about = field.words && shared.band !== "k2" && fill(say.about_words, { n: field.words });
  const hint = [field.hint, about].filter(Boolean).join(" ");
  const before = earlierLines({ ...shared, field, id });
  const said = h("p", { class: "field-say", id: `${id}-s`, hidden: true });
  const panel = h("div", { hidden: true });
  const ctx = {
    ...shared, id, field, cell, entry: card.entry_id, title: card.fold && card.title,
    named: { "aria-labelledby": `${id}-l`, "aria-describedby": [hint && `${id}-h`, before && `${id}-e`, `${id}-s`].filter(Boolean).join(" ") },
    change: (value) => {
      later = null; // what is written now is laid over what stood there before: the kernel sees who else wrote
      box.change(cell, value);
      cell.say();
    },
  };
  let later = null; // a newer value that must not be put in under somebody's hands
  let told = "";
  let control = null;

  cell.show = (value, now = false) => {
    if (!now && control.writing()) return void (later = { value });
    later = null;
    cell.value = value;
    control.set(value);
  };
  cell.say = () => {
    const text = cell.stuck || control?.remark?.(cell.value) || "";
    said.hidden = !text;
    said.dataset.state = cell.stuck ? "unsaved" : "too-long";
    put(said, icon(cell.stuck ? "unsaved" : "lamp"), h("span", null, text));
    if (Boolean(cell.held) === panel.hidden) {
      put(panel, cell.held && bothPanel(ctx, control));
      panel.hidden = !cell.held;
      if (cell.held) announce(say.both_title);
    }
    if (cell.held || cell.stuck) node.closest("details.fold")?.setAttribute("open", ""); // must be seen
    if (cell.stuck && cell.stuck !== told) announce(cell.stuck);
    told = cell.stuck;
  };
  const make = () => (CONTROLS[field.control] ?? words)(ctx);
  control = make();
  const leave = ({ target, relatedTarget }) => {
    if (cell.dirty && target.matches("textarea")) box.flush(); // whoever leaves the words has finished them
    if (node.contains(relatedTarget)) return;
    if (cell.dirty) box.flush();
    else if (later) {
      if (later.version) Object.assign(cell, { known: later.value, base: later.version });
      cell.show(later.value, true);
    }
  };
  const node = h("div", { class: shared.beside ? "beside" : big ? "" : "field", "data-field": field.field, onfocusout: leave });
  const above = [heading(ctx, big), helpPicture(field), hint && h("p", { class: "hint", id: `${id}-h` }, hint)];
  const parts = field.besides.map((one) => question({ ...shared, beside: true, ways: waysOf(one.control) }, card, one, false));
  const others = parts.length > 0 && besides(ctx, parts);
  const [first, last] = shared.band === "k2" ? [others, null] : [null, others]; // the youngest say it before they write it
  const draw = () => put(node, above, first, control.nodes, before, said, panel, last);
  draw();
  cell.say();

  return {
    node, cell, parts, control: field.control, most: field.at_most,
    wakeUp: () => control.wakeUp?.(),
    tell: () => (anything(cell.value) ? control.tell?.(cell.value) ?? "" : ""),
    open: (way) => control.open?.(way),
    count: () => control.count?.() ?? cell.value?.length ?? 0,
    /** Take over a newer answer, unless there is an unsaved one here. */
    renew(fresh, version) {
      if (box.waits(cell)) return;
      const changed = !same(fresh.value, cell.value);
      if (changed && control.writing()) later = { value: fresh.value, version };
      else {
        Object.assign(cell, { known: fresh.value, base: version });
        if (changed) cell.show(fresh.value);
      }
      cell.school?.({ found: fresh.school_words ?? [], text: fresh.value, opened: true });
      if (same(fresh.choices, field.choices) || node.contains(document.activeElement)) return;
      Object.assign(field, { choices: fresh.choices, value: cell.value });
      control = make();
      draw();
    },
    /** Put back what was not saved when this page was last open. */
    restore(draft, version) {
      if (draft.parcel) return control.resume?.(draft.parcel);
      const now = cell.known;
      if (same(draft.value, now)) return shared.drafts.drop(cell.entry, cell.field);
      control.set(draft.value);
      Object.assign(cell, { value: draft.value, base: version });
      // Does what stands there now come from us? Else somebody else has written since.
      if (draft.base === version || [draft.was, ...draft.sent].some((value) => same(value, now))) box.change(cell, draft.value);
      else box.hold(cell, now, version);
      cell.say();
    },
  };
}
