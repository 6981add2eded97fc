// Everything a sheet sends waits here until the kernel has answered: "saved" means saved.
import { listen, same, send, tell } from "./dom.js";

const PAUSE = 500; // ms of quiet before words are sent,
const LONGEST = 4000; // and at most this long while somebody writes on and on
const ANSWER = 6000; // ms without an answer until we say so

let counter = Date.now() * 1000; // a number for each thing sent, new again after a reload

export const nextRev = () => ++counter;

export function outbox({ model, drafts, mark, signal }) {
  const cells = new Map(); // one for each answer: what the page shows, what is on disk, on which version
  const open = new Map(); // rev → what the kernel has not answered yet
  let quiet = 0;
  let latest = 0;
  let savedAt = "";
  let told = "";
  let whole = false; // what this browser kept from before stands on the page again
  let works = 0; // files on their way: between two of their messages nothing is open

  const at = ({ entry, field }) => cells.get(`${entry}|${field}`);
  const sent = (cell) => [...open.values()].filter((item) => item.cell === cell);

  function report() {
    const all = [...cells.values()];
    let state = "saved";
    if (all.some((c) => c.held || c.stuck)) state = "look";
    if (!whole || works || open.size || all.some((c) => c.dirty && !c.held && !c.stuck)) state = "waiting";
    if ([...open.values()].some((item) => item.late)) state = "unsaved";
    if (state + savedAt === told) return;
    told = state + savedAt;
    tell("save", { mark, state, at: savedAt });
  }

  function post(item) {
    item.late = false;
    open.set(item.message.rev, item);
    send(model, item.message, item.buffers);
    clearTimeout(item.timer);
    item.timer = setTimeout(() => {
      item.late = true;
      item.told?.();
      report();
    }, item.patience ?? ANSWER);
  }

  function close({ rev }) {
    const item = open.get(rev);
    clearTimeout(item?.timer);
    open.delete(rev);
    return item;
  }

  function keepDraft(cell) {
    const { entry, field, value, base, known } = cell;
    drafts.keep(entry, field, { value, base, was: known, sent: sent(cell).map((item) => item.message.value) });
  }

  /** Send what is new. `all`: also while an earlier value of the same answer is on its way. */
  function flush(all = false) {
    [quiet, latest].forEach(clearTimeout);
    quiet = latest = 0;
    for (const cell of cells.values()) {
      if (!cell.dirty || cell.held || cell.stuck) continue;
      const before = sent(cell).at(-1);
      if (before && (!all || same(before.message.value, cell.value))) continue;
      const { entry, field, value, base } = cell;
      post({ cell, message: { type: "save", entry, field, value, base, rev: nextRev() } });
      keepDraft(cell);
    }
    report();
  }

  function change(cell, value) {
    Object.assign(cell, { value, dirty: true, stuck: "" });
    keepDraft(cell);
    clearTimeout(quiet);
    quiet = setTimeout(flush, PAUSE);
    latest ||= setTimeout(flush, LONGEST);
    report();
  }

  /** The card has moved on; if nobody else wrote in it, that is true for all its answers. */
  function movedOn({ message }, answer) {
    savedAt = answer.at;
    for (const cell of cells.values()) {
      if (cell.entry !== message.entry) continue;
      if (!answer.merged && cell.base === message.base) cell.base = answer.version;
      if (answer.term) cell.school?.(answer);
    }
  }

  function saved(cell, item, answer) {
    const { message } = item;
    const value = answer.value ?? message.value;
    movedOn(item, answer);
    Object.assign(cell, { known: value, base: answer.version });
    sent(cell).filter((older) => older.message.rev < message.rev).forEach((older) => close(older.message)); // this one holds it too
    if (same(cell.value, message.value)) {
      cell.dirty = false;
      drafts.drop(cell.entry, cell.field);
      if (!same(value, message.value)) cell.show(value);
    } else if (!sent(cell).length) flush();
    if (answer.school_words) cell.school?.({ found: answer.school_words, text: message.value });
  }

  /** Somebody else wrote here: show both, send nothing until the child has chosen. */
  function hold(cell, theirs, version) {
    Object.assign(cell, { held: { theirs, version }, dirty: true });
    keepDraft(cell);
  }

  /** The child has chosen: `value` is what shall stand there, theirs if it is left out. */
  function decide(cell, value) {
    const { theirs, version } = cell.held;
    Object.assign(cell, { held: null, known: theirs, base: version });
    if (value !== undefined) {
      if (!same(value, cell.value)) cell.show(value, true);
      change(cell, value);
    }
    else {
      cell.dirty = false;
      drafts.drop(cell.entry, cell.field);
      cell.show(theirs, true);
    }
    flush();
    cell.say();
  }

  // The kernel lives: what it never answered is asked again. It knows what it has done already. But no value that
  // a newer one has followed: it might arrive last.
  listen(document, "portfolio:alive", signal, () => [...open.values()].filter((item) => item.late).forEach((item) => {
    if (item.cell && sent(item.cell).at(-1) !== item) close(item.message);
    else post(item);
  }));
  listen(document, "portfolio:flush", signal, () => flush(true));
  listen(document, "portfolio:report", signal, () => { // whoever comes later missed what was told before
    told = "";
    report();
  });
  listen(window, "pagehide", signal, () => flush(true));
  listen(document, "visibilitychange", signal, () => document.hidden && flush(true));
  signal.addEventListener("abort", () => {
    flush(true);
    open.forEach((item) => clearTimeout(item.timer));
  });
  report();

  return {
    cell(entry, field, value, base) {
      const fresh = { entry, field, value, known: value, base, dirty: false, held: null, stuck: "" };
      if (!at(fresh)) cells.set(`${entry}|${field}`, fresh);
      return at(fresh);
    },
    /** A card is gone: its answers need not be kept any more. */
    forget(entry) {
      for (const [key, cell] of cells) {
        if (cell.entry !== entry) continue;
        sent(cell).forEach((item) => close(item.message));
        Object.assign(cell, { dirty: false, held: null });
        drafts.drop(entry, cell.field);
        cells.delete(key);
      }
      report();
    },
    /**
     * Ask for something that is no plain save; the answer comes as a promise. `patience`: ms until it is
     * late; `late()` is called then. It is asked again once the kernel is back.
     */
    ask(message, buffers, { patience, late } = {}) {
      return new Promise((done) => {
        post({ message: { rev: nextRev(), ...message }, buffers, done, patience, told: late });
        report();
      });
    },
    /** Until this promise is kept, there is no "saved": a file is read, made small or brought. */
    async during(work) {
      works += 1;
      report();
      try {
        return await work;
      } finally {
        works -= 1;
        report();
      }
    },
    /** Hear an answer; false if nobody here has asked. */
    hear(answer) {
      const item = close(answer);
      const cell = item?.cell;
      if (answer.type === "word_chosen" && item) movedOn(item, answer);
      item?.done?.(answer);
      if (cell && cells.has(`${cell.entry}|${cell.field}`)) {
        if (answer.type === "saved") saved(cell, item, answer);
        if (answer.type === "refused") cell.stuck = answer.sentence;
        if (answer.type === "both") hold(cell, answer.theirs, answer.version);
        cell.say();
      }
      report();
      return Boolean(item);
    },
    /** The drafts stand on the page: from now on "saved" means all there is. */
    complete() {
      whole = true;
      report();
    },
    /** Send what waits; true once all of it was answered, false if nobody answers. */
    async settled() {
      flush(true);
      const saves = () => [...open.values()].filter((item) => item.cell);
      while (saves().length) {
        if (signal.aborted || saves().some((item) => item.late)) return false;
        await new Promise((go) => setTimeout(go, 40));
      }
      return true;
    },
    waits: (cell) => cell.dirty || sent(cell).length > 0,
    change, decide, flush, hold,
  };
}
