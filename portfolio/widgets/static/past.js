// What was on a page before: taking back, doing again, and how it was on earlier days.
import { button, fill, h, put } from "./dom.js";

/** "Yesterday", "Monday", "Monday, 3 November": what a day is called from here. */
function dayName(day, lang, yesterday) {
  const now = new Date();
  const then = Date.parse(`${day}T00:00Z`);
  const ago = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - then) / 86_400_000);
  if (ago === 1) return yesterday;
  const date = { day: "numeric", month: "long", ...(ago > 200 && { year: "numeric" }) };
  return new Intl.DateTimeFormat(lang, { weekday: "long", ...((ago < 1 || ago > 6) && date), timeZone: "UTC" }).format(then);
}

/**
 * The foot of a section. `ask(message, kind)` asks the kernel, `arrange(cards)` shows its cards, `base(entry)`
 * is the version of a card one sees.
 */
export function past(shared, { model, form, ask, arrange, base }) {
  const { words: say, announce, box, lang, id } = shared;
  let cards = form.cards;
  let can = form.steps;
  const told = h("p", { class: "small", hidden: true });
  const title = h("h2", { id: id(), class: "lab", tabindex: -1 }, say.before);
  const days = h("div", { class: "stack" });
  const panel = h("section", { class: "note days", id: id(), "aria-labelledby": title.id, hidden: true }, title, days,
    h("p", { class: "row" }, button(say.close_days, "close", () => fold(true))));
  const back = button(say.take_back, "undo", () => move("take_back", can.back, say.nothing_back, say.took_back), { quiet: true });
  const forth = button(say.do_again, "undo", () => move("do_again", can.forth, say.nothing_again, say.did_again), { quiet: true });
  const open = button(say.before, "calendar", () => (panel.hidden ? look() : fold(true)), { quiet: true, "aria-expanded": "false", "aria-controls": panel.id });
  forth.classList.add("forth");

  function tell(text) {
    told.textContent = text;
    told.hidden = !text;
    announce(text);
  }

  function stand(steps) {
    can = steps;
    back.setAttribute("aria-disabled", String(!can.back));
    forth.setAttribute("aria-disabled", String(!can.forth));
  }

  /** What a card is called: its title, else its first question. */
  function called(entry) {
    const card = cards.find((one) => one.entry_id === entry);
    return card?.title || card?.fields[0].ask || form.title;
  }

  /** Show what the kernel has put there, and say what happened to which card. */
  function show(answer, phrase) {
    const before = called(answer.entry);
    cards = answer.cards;
    const now = cards.some((card) => card.entry_id === answer.entry) ? called(answer.entry) : before;
    arrange(cards);
    stand(answer.steps);
    tell(fill(phrase, { name: now }));
  }

  let busy = false; // a second press in the same moment steps no further
  async function move(type, possible, nothing, phrase) {
    if (busy) return;
    busy = true;
    const sent = await box.settled(); // the last words are a step too
    if (!sent) tell(say.not_saved_yet);
    else if (!possible && !(type === "take_back" ? can.back : can.forth)) tell(nothing);
    else {
      const answer = await ask({ type }, "cards");
      if (answer) show(answer, phrase);
    }
    busy = false;
  }

  function fold(shut) {
    panel.hidden = shut;
    open.setAttribute("aria-expanded", String(!shut));
    (shut ? open : title).focus();
  }

  function oneCard(card, day) {
    const name = card.title || card.lines[0][0];
    const word = button(say.bring_back, "undo", () => bringBack(card, name));
    word.querySelector("span").append(h("span", { class: "vh" }, `: ${name}, ${day}`));
    const lines = card.lines.map(([question, answer]) => [
      h("dt", { dir: "auto" }, question), answer.split("\n").map((line) => h("dd", { dir: "auto" }, line)),
    ]);
    return h("div", { class: "card" }, card.title && h("h4", { dir: "auto" }, card.title), h("dl", null, lines), h("p", { class: "row" }, word));
  }

  async function look() {
    if (!(await box.settled())) return tell(say.not_saved_yet);
    const answer = await ask({ type: "past" }, "past");
    if (!answer) return;
    const all = answer.days.map((one) => {
      const day = dayName(one.day, lang, say.yesterday);
      return h("div", { class: "stack" }, h("h3", null, day), one.cards.map((card) => oneCard(card, day)));
    });
    put(days, all.length ? all : h("p", null, say.no_days));
    fold(false);
  }

  async function bringBack(card, name) {
    if (!(await box.settled())) return tell(say.not_saved_yet);
    const answer = await ask({ type: "bring_back", entry: card.entry, version: card.version, base: base(card.entry) }, "cards");
    if (!answer) return;
    await look(); // the list is another now
    show(answer, say.brought_back);
  }

  model.on("msg:custom", (answer) => {
    if (["saved", "card", "word_chosen"].includes(answer.type)) stand({ back: true, forth: false });
    if (answer.type === "card") cards = [...cards.filter((card) => card.entry_id !== answer.card.entry_id), answer.card];
    if (answer.type === "cards" && !answer.entry) {
      if (answer.steps) stand(answer.steps);
      else if (answer.cards.length < cards.length) stand({ back: true, forth: false }); // one was taken away
      cards = answer.cards;
    }
  });
  stand(can);
  return h("div", { class: "past" }, h("p", { class: "row past-acts" }, back, forth, open), told, panel);
}

/** The words in an answer: a text, or the small lines of rows; none in pictures and picks. */
export function wordsIn(value) {
  if (typeof value === "string") return value.trim();
  if (!Array.isArray(value)) return "";
  const rows = value.filter((row) => row && typeof row === "object" && !row.sha256 && !row.kind);
  return rows.map((row) => Object.values(row).filter((cell) => typeof cell === "string" && cell.trim()).join(", ")).join("\n").trim();
}

/** Words this browser kept for a card that somebody took away meanwhile: shown until one has seen them. */
export function leftOver({ words: say, drafts }, strays) {
  const panel = h("div", { class: "offer", role: "group", "aria-label": say.stray_title },
    h("p", null, h("b", null, say.stray_title), " ", say.stray_copy),
    strays.map(({ value }) => h("blockquote", { class: "quote", dir: "auto" }, wordsIn(value).split("\n").map((line) => h("p", null, line)))),
    h("p", { class: "row" }, button(say.stray_seen, "tick", () => {
      strays.forEach(({ entry, field }) => drafts.drop(entry, field));
      panel.remove();
    })));
  return panel;
}
