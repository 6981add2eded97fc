// One question: its words, its control, and what has to be said beside it.
import { button, fill, h, icon, put, same } from "./dom.js";
import { one, several } from "./choices.js";
import { media } from "./media.js";
import { photos } from "./photos.js";
import { days, rows } from "./rows.js";
import { readAloud } from "./speak.js";
import { day, words } from "./text.js";

// A control gives back: nodes · set(value) · writing(): are hands in it? · tell(value): in words · and perhaps
// remark(value): a kind word beside it · wakeUp(): it is visible now · resume(parcel).
const CONTROLS = {
  line: words, long: words, picks: several, one, scale: one, piece: one,
  photos, media, rows, date: day, dates: days,
};

function heading({ field, id, words: say, band, lang }, big) {
  const kind = big ? "h2" : ["line", "long", "date"].includes(field.control) ? "label" : "p";
  const title = h(kind, { id: `${id}-l`, for: kind === "label" && id, class: big ? "" : "lab" }, field.ask);
  const spoken = band === "k2" && readAloud(field.ask, say, lang);
  return big || spoken ? h("div", { class: "ask-head" }, title, spoken) : title;
}

/** Two people wrote in the same place: show both, and let the child choose. */
function bothPanel({ words: say, field, cell, box }, control) {
  const choose = (word, mine) => h("li", null, button(word, "", () => box.decide(cell, mine)));
  return h("div", { class: "offer", role: "group", "aria-label": say.both_title },
    h("p", null, h("b", null, say.both_title), " ", say.both_now),
    h("blockquote", { class: "quote", lang: field.lang, dir: "auto" }, h("p", null, control.tell(cell.held.theirs ?? "") || say.both_nothing)),
    h("ul", { class: "row" }, choose(say.keep_mine, true), choose(say.take_theirs, false)));
}

/** Build one question. `big`: it stands by itself on the page, with a heading. */
export function question(shared, card, field, big) {
  const id = shared.id();
  const { box, words: say, announce } = shared;
  const cell = box.cell(card.entry_id, field.field, field.value, card.version);
  const hint = [field.hint, field.words && fill(say.about_words, { n: field.words })].filter(Boolean).join(" ");
  const said = h("p", { class: "field-say", id: `${id}-s`, hidden: true });
  const panel = h("div", { hidden: true });
  const ctx = {
    ...shared, id, field, cell, entry: card.entry_id,
    named: { "aria-labelledby": `${id}-l`, "aria-describedby": `${hint && `${id}-h `}${id}-s` },
    change: (value) => {
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
    if (cell.stuck && cell.stuck !== told) announce(cell.stuck);
    told = cell.stuck;
  };
  const make = () => (CONTROLS[field.control] ?? words)(ctx);
  control = make();
  const leave = ({ relatedTarget }) => {
    if (node.contains(relatedTarget)) return;
    if (cell.dirty) box.flush();
    else if (later) cell.show(later.value, true);
  };
  const node = h("div", { class: big ? "" : "field", "data-field": field.field, onfocusout: leave });
  const above = [heading(ctx, big), hint && h("p", { class: "hint", id: `${id}-h` }, hint)];
  const draw = () => put(node, above, control.nodes, said, panel);
  draw();
  cell.say();

  return {
    node, cell,
    wakeUp: () => control.wakeUp?.(),
    /** Take over a newer answer, unless there is an unsaved one here. */
    renew(fresh, version) {
      if (box.waits(cell)) return;
      const changed = !same(fresh.value, cell.value);
      Object.assign(cell, { known: fresh.value, base: version });
      if (changed) cell.show(fresh.value);
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
