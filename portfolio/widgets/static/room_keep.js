// Forms that keep themselves while one writes. "Saved" is said when the kernel has answered, never before; what it
// has not answered waits here and in this browser. Two who write at once are shown both.
import { button, h, listen, tell } from "./dom.js";
import { asked, changed, fieldOf, fillIn, forgetWrong, grouped, grow, labelOf, pairsOf, sayWrong } from "./room_forms.js";

const QUIET = 700; // ms without typing before words are sent,
const LONG = 4000; // and at most this long while somebody writes on and on
const PATIENT = 6000; // ms without an answer until we say so
const SOON = 50;

/** `post(message)` sends; `kept` are the drafts of this browser; `waiting` those found when the page opened. */
export function keeper({ post, kept, waiting, words: say, clock, mark, signal, nextRev }) {
  const cells = new Map(); // one for each form: what stands there, what is on disk, on which version
  let savedAt = "";
  let told = "";

  const busy = (cell) => cell.dirty || cell.sent.size > 0;
  const late = (cell) => [...cell.sent.values()].some((item) => item.late);
  const names = (cell) => changed(grouped(cell.now), cell.known);

  function report() {
    const all = [...cells.values()];
    const state = all.some(late) ? "unsaved"
      : all.some((one) => one.sent.size || (one.dirty && !one.held && !one.stuck)) ? "waiting"
        : all.some((one) => one.held || one.stuck) ? "look" : "saved";
    if (state + savedAt === told) return;
    told = state + savedAt;
    tell("save", { mark, state, at: savedAt });
  }

  /** Say in the form how it stands. */
  function draw(cell) {
    const { form } = cell;
    if (!form?.isConnected) return;
    const line = form.querySelector("[data-kept]") ?? form.appendChild(h("p", { class: "kept", "data-kept": true }));
    const urgent = late(cell) || cell.stuck || cell.held;
    const text = cell.stuck || (cell.held ? "" : late(cell) ? `${say.not_saved_yet} ${say.keep_open}` : busy(cell) ? say.saving
      : cell.at ? `${say.saved} ${say.saved_at.replace("{time}", clock(cell.at))}` : form === document.querySelector("form[data-keep]") ? say.saved_so_far : "");
    line.toggleAttribute("data-urgent", Boolean(urgent));
    if (line.textContent !== text) line.textContent = text;
    const box = cell.held && (cell.held.box ??= both(cell)); // made once: a button must not go while it is pressed
    const there = form.querySelector(".both");
    if (there === box) return;
    there?.remove();
    const field = box && fieldOf(form, Object.keys(cell.held.theirs).find((name) => fieldOf(form, name)));
    if (box) (field?.closest(".field") ?? form.lastElementChild).after(box);
  }

  /** Both texts, and whose shall stand. */
  function both(cell) {
    const { theirs, sentence } = cell.held;
    const mine = grouped(cell.now);
    const shown = (values) => values?.filter(Boolean).map((text) => h("p", { dir: "auto" }, text));
    const parts = Object.keys(theirs).filter((name) => changed({ [name]: theirs[name] }, { [name]: mine[name] ?? [] }).length)
      .map((name) => h("div", null, h("p", { class: "lab" }, labelOf(cell.form, name)), h("p", { class: "small" }, say.both_now),
        h("blockquote", { class: "theirs" }, theirs[name].some(Boolean) ? shown(theirs[name]) : h("p", null, say.both_nothing))));
    return h("div", { class: "both stack", role: "group", "aria-label": say.both_title }, h("p", { role: "status" }, h("b", null, sentence || say.both_title)), parts,
      h("p", { class: "row" }, button(say.keep_mine, "edit", () => decide(cell, true)), button(say.take_theirs, "tick", () => decide(cell, false), { quiet: true })));
  }

  function decide(cell, mine) {
    const { theirs, version } = cell.held;
    Object.assign(cell, { held: null, version: version ?? cell.version, known: { ...cell.known, ...theirs } });
    if (!mine) {
      fillIn(cell.form, theirs, Object.keys(theirs));
      cell.now = pairsOf(cell.form);
    }
    cell.dirty = names(cell).length > 0;
    if (cell.dirty) send(cell);
    else kept.drop(cell.place, cell.key);
    cell.form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    draw(cell);
    report();
  }

  function remember(cell) {
    kept.keep(cell.place, cell.key, { value: { now: cell.now, known: cell.known, title: cell.title, keep: true }, base: cell.version });
  }

  /** Send what is new; words sent before an earlier answer is here say which save they were written on. */
  function send(cell) {
    [cell.quiet, cell.longest].forEach(clearTimeout);
    cell.quiet = cell.longest = 0;
    if (cell.held || cell.stuck || !cell.dirty) return;
    const after = [...cell.sent.keys()].at(-1) ?? null;
    const item = { values: cell.now, message: { type: "do", keep: true, place: cell.place, what: cell.what, values: cell.now, version: cell.version, after, rev: nextRev() } };
    cell.sent.set(item.message.rev, item);
    cell.dirty = false;
    remember(cell);
    ask(cell, item);
  }

  function ask(cell, item) {
    item.late = false;
    post(item.message);
    clearTimeout(item.timer);
    item.timer = setTimeout(() => {
      item.late = true;
      draw(cell);
      report();
    }, PATIENT);
  }

  function saved(cell, item, answer) {
    Object.assign(cell, { version: answer.version ?? cell.version, known: grouped(item.values), at: answer.at });
    savedAt = answer.at;
    if (cell.form) cell.form.dataset.version = cell.version ?? "";
    if (!busy(cell)) kept.drop(cell.place, cell.key);
  }

  function refused(cell, item, answer) {
    // half a word that was refused, and the whole one stands there now: that one is on its way
    if (answer.theirs === undefined && JSON.stringify(cell.now) !== JSON.stringify(item.values)) return;
    cell.dirty = true;
    if (answer.theirs === undefined) {
      cell.stuck = answer.sentence;
      if (cell.form?.isConnected && sayWrong(cell.form, answer.field, answer.sentence)) cell.stuck = say.not_all_saved;
      return;
    }
    const field = answer.field || names(cell)[0] || "";
    const theirs = typeof answer.theirs === "string" ? { [field]: [answer.theirs] } : answer.theirs;
    cell.held = { theirs, version: answer.base, sentence: answer.sentence };
  }

  function flush(all = false) {
    for (const cell of cells.values()) if (cell.dirty && (all || !cell.sent.size)) send(cell);
    report();
  }

  // The kernel lives: what it never answered is asked again. It knows what it has done already.
  listen(document, "portfolio:alive", signal, () => cells.forEach((cell) => [...cell.sent.values()].filter((item) => item.late).forEach((item) => ask(cell, item))));
  listen(document, "portfolio:flush", signal, () => flush(true));
  listen(document, "portfolio:report", signal, () => {
    told = "";
    report();
  });
  listen(window, "pagehide", signal, () => flush(true));
  listen(document, "visibilitychange", signal, () => document.hidden && flush(true));
  signal.addEventListener("abort", () => flush(true));

  return {
    flush,
    busy: () => [...cells.values()].some((cell) => busy(cell) && !cell.held && !cell.stuck),
    /** A form stands on the page: what was written in it and is not on disk goes back into it. */
    adopt(form, place, key, title) {
      const id = `${place} ${key}`;
      const version = form.dataset.version ? Number(form.dataset.version) : null;
      const fresh = { place, key, title, what: asked(form), now: pairsOf(form), known: grouped(pairsOf(form)), version, sent: new Map(), dirty: false, held: null, stuck: "", at: "" };
      let cell = cells.get(id);
      const draft = waiting.get(id);
      waiting.delete(id);
      if (cell && (busy(cell) || cell.held)) {
        if (cell.form !== form) fillIn(form, grouped(cell.now), names(cell));
      } else if (draft?.value.keep) {
        const wrote = grouped(draft.value.now);
        fillIn(form, wrote, changed(wrote, draft.value.known));
        cell = { ...fresh, now: pairsOf(form), known: draft.value.known, version: draft.base };
        cell.dirty = changed(grouped(cell.now), fresh.known).length > 0;
        if (cell.dirty) {
          form.prepend(h("p", { class: "note again" }, say.back_again));
          cell.quiet = setTimeout(() => send(cell), SOON);
        } else {
          kept.drop(place, key);
          cell = fresh;
        }
      } else cell = { ...fresh, at: cell?.at ?? "" };
      cells.set(id, Object.assign(cell, { form, now: pairsOf(form) }));
      [...form.elements].forEach(grow);
      draw(cell);
      report();
    },
    /** Somebody writes in a form; `now`: a field was left. */
    wrote(form, now) {
      const cell = [...cells.values()].find((one) => one.form === form);
      if (!cell) return;
      const values = pairsOf(form);
      if (JSON.stringify(values) !== JSON.stringify(cell.now)) {
        if (cell.stuck) forgetWrong(form);
        Object.assign(cell, { now: values, dirty: true, stuck: "" });
        remember(cell);
      }
      if (!cell.dirty) return;
      clearTimeout(cell.quiet);
      cell.quiet = setTimeout(() => !cell.sent.size && send(cell), now ? 0 : QUIET);
      cell.longest ||= setTimeout(() => !cell.sent.size && send(cell), LONG);
      draw(cell);
      report();
    },
    /** Hear an answer; give back the form's place, or null if none of ours has asked. */
    hear(answer) {
      const cell = [...cells.values()].find((one) => one.sent.has(answer.rev));
      if (!cell) return null;
      const item = cell.sent.get(answer.rev);
      for (const [rev, older] of cell.sent) {
        if (rev > answer.rev) continue;
        clearTimeout(older.timer);
        cell.sent.delete(rev);
      }
      if (answer.type === "kept") saved(cell, item, answer);
      else refused(cell, item, answer);
      draw(cell);
      if (cell.dirty && !cell.sent.size) send(cell);
      report();
      return { place: cell.place };
    },
  };
}
