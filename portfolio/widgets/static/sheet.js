// One section of the desk: cards of questions, and what happens to the cards.
import { addDrawings, anything, button, fill, h, icon, listen, put, send, tell } from "./dom.js";
import { drafts } from "./drafts.js";
import { question } from "./field.js";
import { gone, notesOn } from "./notes.js";
import { actions, shiftNode } from "./order.js";
import { outbox } from "./outbox.js";
import { leftOver, past, wordsIn } from "./past.js";
import { shorten } from "./rows.js";
import { seenBy } from "./seen.js";

/** A card that opens. While it is shut, what stands in it is told in a line beside its title. */
function folded(head, inside, card, questions) {
  const line = h("span", { class: "glimpse" });
  const look = () => {
    const told = questions.map((q) => shorten(q.tell())).filter(Boolean);
    put(line, !node.open && [card.told?.[0], card.told?.[0] && told.length > 0 && " · ", told.length > 0 && icon("tick"), told.join(" · ")].filter(Boolean));
  };
  const toggled = () => {
    look();
    if (node.open) questions.forEach((q) => q.wakeUp());
  };
  const node = h("details", { class: "fold", open: card.fold === "open", ontoggle: toggled }, h("summary", null, head, line), inside.filter(Boolean));
  look();
  return { node, look };
}

/** A card. Framed it is an item of a list; else its questions stand on the page by themselves. */
function makeCard(shared, card, framed, handles) {
  const title = h(card.icon ? "bdi" : "h2", !card.icon && { class: "item-title", dir: "auto" }, card.title);
  const head = card.icon ? h("h2", { class: "item-title" }, icon(card.icon), title) : title;
  const lines = card.told?.length > 0 && h("div", { class: "card-told" }, card.told.map((line) => h("p", null, line)));
  const followUp = (i) => i > 0 && card.fields[0].control === "scale"; // "because …" belongs to the face above
  const asked = card.fields.map((field, i) => question(shared, card, field, !framed && !followUp(i)));
  const questions = asked.flatMap((q) => [q, ...q.parts]); // the other ways to answer are saved by themselves
  const view = { id: card.entry_id, version: card.version, questions };
  const nodes = asked.map((q) => q.node);
  if (framed) {
    const name = () => title.textContent || fill(shared.words.line_n, { n: handles.place(view)[0] });
    const { place, move, remove } = handles;
    view.acts = actions({
      ...shared, name, place: () => place(view), precious: () => card.told?.length > 0 || questions.some((q) => anything(q.cell.value)),
      move: move && ((step) => move(view, step)), remove: card.removable && (() => remove(view)),
    });
    const inside = h("div", { class: "item-in" }, nodes);
    view.fold = card.fold && folded(head, [lines, inside], card, questions);
    view.node = h("li", { class: "item" }, view.fold ? view.fold.node : [head, lines, inside], view.acts.node);
  } else {
    const asks = nodes.filter((_, i) => !followUp(i)).map((node, i) => h("section", { class: "ask" }, node, i === 0 && nodes.filter((__, n) => followUp(n))));
    view.node = h("div", null, asks);
  }
  view.renew = (fresh) => {
    view.version = fresh.version;
    title.textContent = fresh.title;
    view.acts?.relabel();
    view.fold?.look();
    fresh.fields.flatMap((field) => [field, ...field.besides]).forEach((field) => questions.find((q) => q.cell.field === field.field)?.renew(field, fresh.version));
  };
  return view;
}

export async function sheet({ model, root, words: say, look, alias, mark, signal, tools }) {
  const form = model.get("form");
  const kept = drafts(alias, form.section);
  const box = outbox({ model, drafts: kept, mark, signal });
  const live = h("p", { class: "vh", role: "status" });
  const announce = (text) => (live.textContent = text === live.textContent ? `${text}\u00a0` : text);
  let made = 0;
  const shared = { box, words: say, announce, drafts: kept, tools, signal, lang: look.lang, band: look.band, id: () => `${mark}-${++made}` };
  const framed = form.movable || form.cards.some((card) => card.title);
  const grows = form.grows !== false && (form.addable || form.movable || form.cards.some((card) => card.removable));
  const most = Math.max(1, form.at_most - form.kept_for_the_table);
  const list = h(framed ? "ol" : "div", { class: framed && "items" });
  const more = h("p", { class: "item-add" });
  const bare = h("p", { class: "note", hidden: true }, form.bare ?? say.nothing_to_do); // the first time there is no last time
  const said = h("p", { class: "field-say", "data-state": "unsaved", hidden: true });
  let views = [];
  const draw = () => addDrawings(model.get("drawings")); // more of them come with the first card of an empty page
  draw();
  model.on("change:drawings", draw);

  /** Ask the kernel; give back its answer if it is one of this kind, else show its sentence. */
  async function ask(message, kind) {
    const answer = await box.ask(message);
    said.hidden = answer.type === kind;
    said.textContent = answer.sentence ?? "";
    if (answer.type === kind) return answer;
    announce(said.textContent);
    return null;
  }

  const handles = {
    place: (view) => [views.indexOf(view) + 1, views.length],
    move: form.movable && (async (view, step) => {
      const before = [...views];
      const from = views.indexOf(view);
      views.splice(from + step, 0, ...views.splice(from, 1));
      shiftNode(view.node, step);
      const answer = await ask({ type: "arrange", order: views.map((one) => one.id) }, "cards");
      if (answer) return arrange(answer.cards);
      views = before;
      list.append(...views.map((one) => one.node));
    }),
    remove: async (view) => {
      const place = views.indexOf(view);
      box.flush(true);
      const base = Math.max(view.version, ...view.questions.map((q) => q.cell.base));
      const answer = await ask({ type: "remove", entry: view.id, base }, "cards");
      if (!answer) return;
      box.forget(view.id);
      arrange(answer.cards);
      announce(say.taken_away);
      (views[Math.min(place, views.length - 1)]?.acts.node ?? more).querySelector("button")?.focus();
    },
  };

  function show(card) {
    const view = makeCard(shared, card, framed, handles);
    views.push(view);
    list.append(view.node);
  }

  async function add() {
    const answer = await ask({ type: "add" }, "card");
    if (!answer) return;
    show(answer.card);
    update();
    [...views.at(-1).node.querySelectorAll("textarea, input, .item-in button")].find((one) => one.checkVisibility() && !one.matches(".say")).focus();
  }

  /** Show exactly these cards in this order; those that are in place already are not touched. */
  function arrange(cards) {
    const gone = views.filter((view) => !cards.some((card) => card.entry_id === view.id));
    const waiting = gone.filter((view) => view.questions.some((q) => box.waits(q.cell))); // words nobody else has
    gone.filter((view) => !waiting.includes(view)).forEach((view) => {
      view.node.remove();
      box.forget(view.id);
    });
    const focused = document.activeElement;
    views = cards.map((card, i) => {
      const view = views.find((one) => one.id === card.entry_id) ?? makeCard(shared, card, framed, handles);
      if (list.children[i] !== view.node) list.insertBefore(view.node, list.children[i] ?? null);
      return view;
    });
    views.forEach((view, i) => view.renew(cards[i]));
    views.push(...waiting);
    if (list.contains(focused)) focused.focus();
    update();
  }

  function update() {
    views.forEach((view) => view.acts?.relabel());
    put(more, grows && views.length < most && button(form.add || say.add_card, "plus", add),
      form.kept_for_the_table > 0 && h("span", { class: "small" }, say.kept_for_the_table));
    more.hidden = !more.childElementCount;
    bare.hidden = views.length > 0 || !more.hidden;
    before.hidden = !bare.hidden && !form.bare;
  }

  const notes = notesOn(shared, ask);
  notes.show(form.notes ?? []);
  model.on("msg:custom", (answer) => {
    if (box.hear(answer)) return;
    if (answer.type === "notes") notes.show(answer.notes);
    if (answer.type === "cards") arrange(answer.cards);
    if (answer.type === "card") views.find((view) => view.id === answer.card.entry_id)?.renew(answer.card);
  });
  listen(document, "portfolio:turn", signal, ({ detail }) => {
    if (detail.id !== form.section) return;
    views.forEach((view) => view.questions.forEach((q) => q.wakeUp()));
    if (detail.again) send(model, { type: "renew" }); // a new piece of work to pick, words from another window
  });

  const before = past(shared, { model, form, ask, arrange, base: (entry) => {
    const view = views.find((one) => one.id === entry);
    return view ? Math.max(view.version, ...view.questions.map((q) => q.cell.base)) : 0;
  } });
  const ways = form.ways?.map(({ label, href, icon: drawing, main }) => h("a", { class: main ? "btn main" : "btn", href }, icon(drawing), h("span", null, label)));
  put(root, form.intro && [h("p", { class: "lede" }, form.intro), h("hr", { class: "rule", "aria-hidden": "true" })], ways && h("p", { class: "row page-ways" }, ways), notes.node, list, bare, more, said,
    gone(say, form.gone, form.gone_title), form.undo !== false && before, form.who_sees && seenBy(shared, form.who_sees, ask), live);
  form.cards.forEach(show);
  update();
  const strays = []; // words for a card that is not here any more
  for (const draft of await kept.found()) {
    const view = views.find((one) => one.id === draft.entry);
    const found = view?.questions.find((q) => q.cell.field === draft.field);
    if (found) found.restore(draft, view.version);
    else if (wordsIn(draft.value)) strays.push(draft);
    else kept.drop(draft.entry, draft.field, draft.parcel?.upload);
  }
  if (strays.length) root.prepend(leftOver(shared, strays));
  box.complete();
  tell("shown", { kind: "sheet", el: root });
}
