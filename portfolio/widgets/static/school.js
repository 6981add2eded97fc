// School words in what a child writes: a dotted line under each, and below the box what one may do with it.
import { button, fill, h, put } from "./dom.js";

const AT_ONCE = 3; // words offered at once: the next ones come when these are decided

/** Words of a text where they stand in the text it has become; those whose own letters have changed are left out. */
function follow(found, before, now) {
  const most = Math.min(before.length, now.length);
  let head = 0;
  let tail = 0;
  while (head < most && before[head] === now[head]) head += 1;
  while (tail < most - head && before.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const [same, by] = [before.length - tail, now.length - before.length];
  const letter = (at) => /[\p{L}\p{N}]/u.test(now[at] ?? ""); // one more letter makes it another word
  return found.flatMap((word) => {
    const from = Math.min(word.start, word.swap?.start ?? word.start);
    const to = Math.max(word.end, word.swap?.end ?? word.end);
    const step = from >= same ? by : 0;
    if ((from < same && to > head) || (from === same && letter(from + by - 1)) || (to === head && letter(to))) return [];
    const at = (place) => place && { ...place, start: place.start + step, end: place.end + step };
    return { ...at(word), swap: at(word.swap) };
  });
}

/** Shows the school words of a box (in `frame`), and a list in `place` below it. Gives back who hears what is new. */
export function schoolWords({ words: say, announce, cell, box: out }, box, frame, place) {
  const ghost = h("div", { class: `${box.className} ghost`, "aria-hidden": "true", lang: box.lang, dir: "auto" });
  const lead = h("p");
  const list = h("ul", { class: "stack" });
  const said = h("p", { hidden: true });
  const panel = h("div", { class: "offer", role: "group", "aria-label": say.school_words }, lead, list, said);
  const lines = new Map(); // what a line says → the line
  const fine = new Set(); // what was called fine while this page is open: that can be changed back
  let told = { found: [], text: "" }; // what the kernel has found,
  let now = told; // and where that stands in the box
  let done = []; // what was said plainly
  let count = 0;
  let drawn = "";
  frame.classList.add("mirror");
  frame.prepend(ghost);
  put(place, panel);

  /** Write as hands do: the browser can undo it, too. */
  function write({ start, end }, text) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      box.setRangeText(text, start, end, "end");
      box.dispatchEvent(new Event("input"));
    }
    out.flush();
  }

  function sayPlainly({ term }) {
    const swap = now.found.find((word) => word.term === term && !word.chosen).swap;
    const word = box.value.slice(swap.start, swap.end);
    write(swap, swap.text);
    done.push({ term, word, text: swap.text, start: swap.start, end: swap.start + swap.text.length, key: `done ${lines.size}` });
    draw();
    first(term)?.focus();
  }

  function putBack({ key }) {
    const one = done.find((other) => other.key === key);
    done = done.filter((other) => other !== one);
    write(one, one.word);
  }

  async function choose({ term }, how) {
    if (how) fine.add(term);
    const { entry, field, base } = cell;
    said.textContent = (await out.ask({ type: "word_choice", entry, field, term, how, base })).sentence ?? "";
    said.hidden = !said.textContent;
    announce(said.textContent || first(term)?.closest("li").firstChild.textContent);
  }

  const first = (term) => list.querySelector(`[data-term="${term}"] button`);

  /** One line of the list: what was done with a word, or what may be done. */
  function line(word) {
    const act = (text, does, ...more) => button(text, "", () => does(word, ...more), { "aria-label": `${text}: ${word.word}` });
    const whole = (about, ...acts) => h("li", { "data-term": word.term }, h("p", null, about), h("p", { class: "row" }, acts));
    const { swap, chosen, text } = word;
    if (text) return whole(fill(say.school_said, { name: word.word, word: text }), act(say.pad_undo, putBack));
    if (chosen) return whole(fill(chosen === "fine" ? say.school_left : say.school_told, { word: word.word }), act(say.pad_undo, choose, ""));
    return whole([h("b", null, h("bdi", null, word.word)), ": ", h("span", { lang: word.lang }, word.kid), word.draft && ` (${say.school_draft})`],
      swap && act(fill(say.school_plain, { word: swap.text }), sayPlainly),
      act(say.school_explain, choose, "explain"), act(say.school_fine, choose, "fine"));
  }

  function draw() {
    const text = box.value;
    done = follow(done, now.text, text);
    now = text === told.text ? told : { text, found: follow(now.found, now.text, text) };
    let at = 0;
    const open = now.found.filter((word) => !word.chosen);
    const marks = open.map(({ start, end }) => [text.slice(at, start), h("span", { class: "mark" }, text.slice(start, (at = end)))]);
    put(ghost, marks, `${text.slice(at)}\u200b`);
    ghost.scrollTop = box.scrollTop;
    const once = (all) => all.filter((word, i) => all.findIndex(({ term }) => term === word.term) === i);
    const offered = once(open);
    const kept = once(now.found.filter(({ term, chosen }) => chosen === "explain" || (chosen && fine.has(term))));
    const shown = [...done, ...kept, ...offered.slice(0, AT_ONCE)].sort((one, other) => one.start - other.start);
    count = offered.length;
    lead.textContent = fill(say.school_leave, { n: count });
    lead.hidden = !count;
    panel.hidden = !shown.length;
    drawLines(shown);
  }

  /** Lines that stay are not touched; hands on one that goes find what has come in its place. */
  function drawLines(shown) {
    const keys = shown.map((word) => word.key ?? [word.term, word.word, word.chosen, word.swap?.text].join("|"));
    if (keys.join() === drawn) return;
    drawn = keys.join();
    shown.forEach((word, i) => lines.has(keys[i]) || lines.set(keys[i], line(word)));
    const hands = list.contains(document.activeElement) && document.activeElement;
    const term = hands && hands.closest("li").dataset.term;
    put(list, keys.map((key) => lines.get(key)));
    if (hands) (list.contains(hands) ? hands : first(term) ?? list.querySelector("button") ?? box).focus();
  }

  box.addEventListener("input", draw);
  box.addEventListener("scroll", () => (ghost.scrollTop = box.scrollTop));
  return (news) => {
    if (news.found) told = now = { text: news.text, found: news.found.filter(({ start, end, word }) => news.text.slice(start, end) === word) };
    if (news.term) [...told.found, ...now.found].filter(({ term }) => term === news.term).forEach((word) => (word.chosen = news.how));
    const before = count;
    draw();
    if (count && !before && !news.opened) announce(lead.textContent);
  };
}
