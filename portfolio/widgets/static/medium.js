// What one sees or hears of a recording, film, document, text or link.
import { fill, h } from "./dom.js";
import { lineField, wordsBox } from "./text.js";

/** What each kind is called, and which words are asked for beside it. */
export const kinds = (say) => ({
  sound: { called: say.sound_n, asks: { transcript: say.media_transcript, caption: say.media_caption } },
  video: { called: say.video_n, asks: { alt: say.picture_alt, transcript: say.media_transcript, caption: say.media_caption } },
  document: { called: say.document_n, asks: { alt: say.picture_alt, caption: say.media_caption } },
  writing: { called: say.writing_n, asks: { caption: say.media_caption } },
  link: { called: say.link_n, asks: { caption: say.link_caption } },
});

/** "1 minute 5 seconds" in the reader's language. */
function lasting(seconds, lang) {
  const whole = Math.max(1, Math.round(seconds));
  const say = (n, unit) => n > 0 && new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(n);
  return [say(Math.floor(whole / 60), "minute"), say(whole % 60, "second")].filter(Boolean).join(" ");
}

/** What one sees or hears of a medium. */
export function shown({ words: say, lang }, medium, name) {
  const { kind, src, thumb } = medium;
  const small = (...parts) => h("p", { class: "small" }, parts.filter(Boolean).join(" · "));
  if (kind === "link") return h("p", null, h("a", { href: medium.address, target: "_blank", rel: "noreferrer noopener", dir: "ltr" }, medium.address));
  if (kind === "document") {
    const { width, height } = medium.pages[0];
    const page = h("img", { src: thumb, width, height, alt: medium.alt || name });
    return [h("span", { class: "mount sheet" }, page), medium.page_count > 1 && small(fill(say.pages_of, { n: medium.pages.length, of: medium.page_count }))];
  }
  const told = small(lasting(medium.seconds, lang), medium.plays === "some" && say.plays_some);
  if (!src) return [h("p", { class: "note" }, say.media_no_player), told];
  const given = { src, controls: true, "aria-label": name };
  if (kind === "sound") return [h("audio", { ...given, preload: "metadata" }), told];
  return [h("video", { ...given, preload: thumb ? "none" : "metadata", poster: thumb, playsinline: true, width: medium.width, height: medium.height }), told];
}

/** A text or a program, written here or brought in. */
export function writingBox({ words: say, field }, id, medium, set) {
  const label = h("label", { for: id }, say.writing_text);
  const box = wordsBox({ id, value: medium.text, lang: field.lang, onchange: (text) => set({ text }) });
  const language = lineField(say.writing_language, { id: `${id}-in`, value: medium.language, onchange: (text) => set({ language: text }) });
  const dress = (code) => {
    box.classList.toggle("code", code);
    Object.assign(box, { dir: code ? "ltr" : "auto", spellcheck: !code });
    language.node.hidden = !code;
  };
  const onchange = ({ target: { checked } }) => {
    dress(checked);
    set({ sort: checked ? "code" : "text", language: checked ? language.box.value : "" });
  };
  dress(medium.sort === "code");
  return [h("div", { class: "field" }, label, box), ticked(say.writing_code, medium.sort === "code", onchange), language.node];
}

export function ticked(word, checked, onchange) {
  return h("label", { class: "check" }, h("input", { type: "checkbox", checked, onchange }), h("span", null, word));
}
