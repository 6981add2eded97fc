// One line, a long text, a day: where children write.
import { fill, h } from "./dom.js";

const LONG_TEXT = 100; // words: a letter, a plan; its box invites to more than a line
const grows = globalThis.CSS?.supports?.("field-sizing", "content");

/** Let a box be as high as its words, where the style sheet cannot. */
function grow(box) {
  if (grows || !box.offsetParent) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}

/** A box for words. `line`: it wraps like any text, but Enter makes no new line. */
export function wordsBox({ value, line, onchange, ...attributes }) {
  const box = h("textarea", {
    class: line ? "in one" : "in", rows: line ? 1 : 3, dir: "auto", ...attributes,
    oninput: () => {
      if (line && box.value.includes("\n")) box.value = box.value.replace(/\s*\n\s*/g, " ");
      grow(box);
      onchange(box.value);
    },
    onkeydown: (event) => line && event.key === "Enter" && !event.isComposing && event.preventDefault(),
    onfocus: () => grow(box),
  });
  box.value = value ?? "";
  return box;
}

/** A label and its box for words. */
export function lineField(ask, attributes) {
  const box = wordsBox({ line: true, ...attributes });
  return { box, node: h("div", { class: "field" }, h("label", { for: box.id }, ask), box) };
}

/** Words in a text, as people count them (also where no spaces stand between them). */
function countWords(text, lang) {
  if (!globalThis.Intl?.Segmenter) return text.split(/\s+/).filter(Boolean).length;
  const pieces = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
  return [...pieces].filter((piece) => piece.isWordLike).length;
}

/** A beginning that is a whole sentence stays as it is; one that wants an end gets room for it. */
function beginning(text) {
  const open = text.replace(/[\s…]+$|\s*\.{2,}$/u, "");
  return open === text && /[.!?。؟।]$/u.test(text) ? text : `${open} `;
}

function starters({ words: say, field, id }, box) {
  const begin = (text) => {
    const fresh = beginning(text);
    const open = field.starters.map(beginning).filter((one) => one.endsWith(" ")).map((one) => one.trim());
    let before = box.value.trimEnd();
    const ends = (one) => before === one || before.endsWith(` ${one}`) || before.endsWith(`\n${one}`);
    const idle = [...open, fresh].find(ends); // nothing was made of it yet: the new one takes its place
    if (idle) before = before.slice(0, -idle.length).trimEnd();
    box.value = (before && before + (field.control === "line" ? " " : "\n")) + fresh;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    box.dispatchEvent(new Event("input"));
  };
  const start = { type: "button", class: "btn quiet", lang: field.lang, dir: "auto" };
  const buttons = field.starters.map((text) => h("li", null, h("button", { ...start, onclick: () => begin(text) }, text)));
  return h("div", { class: "starters" },
    h("p", { class: "hint", id: `${id}-b` }, say.starters), h("ul", { class: "row", "aria-labelledby": `${id}-b` }, buttons));
}

/** Hears of the school words in a box; what shows them is fetched with the first one. `frame` holds the box, `place` is below. */
function schoolWords(ctx, box, frame, place) {
  let show = null;
  let waiting = null;
  return async (news = waiting) => {
    if (news?.found) waiting = news;
    if (!show && waiting?.found.length) {
      const tools = await ctx.tools();
      show ??= tools?.schoolWords(ctx, box, frame, place);
      news = waiting; // the newest
    }
    if (news) show?.(news);
  };
}

/** Words, with a fixed beginning if there is one, ways to begin, and a kind word when it gets long. */
export function words(ctx) {
  const { field, id, change } = ctx;
  const lead = field.lead && h("p", { class: "lead", id: `${id}-lead`, lang: field.lang, dir: "auto" }, field.lead);
  const box = wordsBox({
    ...ctx.named, id, value: field.value, lang: field.lang, line: field.control === "line", onchange: change,
    "aria-labelledby": `${id}-l${lead ? ` ${id}-lead` : ""}`,
  });
  const [frame, place] = [h("div", null, box), h("div")];
  const school = schoolWords(ctx, box, frame, place);
  ctx.cell.school = school;
  school({ found: field.school_words ?? [], text: field.value, opened: true });
  box.classList.toggle("tall", field.control === "long" && field.words >= LONG_TEXT);
  return {
    nodes: [lead, frame, field.starters.length > 0 && starters(ctx, box), place],
    set: (value) => {
      box.value = value ?? "";
      grow(box);
      school({});
    },
    writing: () => document.activeElement === box,
    wakeUp: () => {
      grow(box);
      school(); // it could not be fetched before
    },
    remark: (value) => field.words && countWords(value ?? "", field.lang) > field.words && fill(ctx.words.too_long, { n: field.words }),
    tell: (value) => value,
  };
}

/** A day, in the browser's own calendar. */
export function day({ field, id, change, named }) {
  const box = h("input", { ...named, type: "date", class: "in", id, onchange: () => change(box.value || null) });
  const set = (value) => (box.value = value ?? "");
  set(field.value);
  return { nodes: [box], set, writing: () => document.activeElement === box, tell: (value) => value };
}
