// Recordings, films, documents, texts and links, in order, each with words for whoever cannot see or hear it.
import { bring, parcel, stillOf } from "./bring.js";
import { button, fill, h, icon, put } from "./dom.js";
import { ordered } from "./order.js";
import { nextRev } from "./outbox.js";
import { shorten } from "./rows.js";
import { lineField, wordsBox } from "./text.js";

const THINGS = 12; // as many as the model lets a template ask for
const FILES = "audio/*,video/*,image/*,application/pdf,text/*,.m4a,.py,.js,.java,.c,.cpp,.r,.sql,.ino,.ipynb";

/** What each kind is called, and which words are asked for beside it. */
const kinds = (say) => ({
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
function shown({ words: say, lang }, medium, name) {
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
function writingBox({ words: say, field }, id, medium, set) {
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

function ticked(word, checked, onchange) {
  return h("label", { class: "check" }, h("input", { type: "checkbox", checked, onchange }), h("span", null, word));
}

export function media(ctx) {
  const { field, words: say, announce, box, entry } = ctx;
  const most = field.at_most ?? THINGS;
  let sentence = "";
  let coming = 0;
  const node = h("ol", { class: "items media", ...ctx.named });
  const waiting = h("div", { class: "stack coming" });
  const full = h("p", { class: "small" }, fill(say.enough_pictures, { n: most }));
  const files = h("input", {
    type: "file", accept: FILES, multiple: true, "aria-describedby": `${ctx.id}-s`,
    onchange: () => {
      take([...files.files]);
      files.value = "";
    },
  });
  const linkButton = button(say.paste_link, "look", () => askLink(link.hidden), { "aria-expanded": "false" });
  const acts = h("div", { class: "row", role: "group", "aria-labelledby": `${ctx.id}-l` },
    h("label", { class: "btn file" }, files, icon("plus"), h("span", null, say.choose_file)),
    linkButton, button(say.write_text, "writing", () => begin({ kind: "writing", text: "", sort: "text", language: "", caption: "" })));
  const link = linkForm();
  const frame = h("div", { class: "media-acts" }, acts, link, full);
  const changed = () => {
    update();
    ctx.change(values());
  };
  const list = ordered({ ...ctx, node, changed, empty: () => files.focus() });
  const values = () => list.items.map((item) => item.medium).filter((one) => one.kind !== "writing" || one.text.trim());
  const room = () => Math.max(0, most - list.items.length - coming);
  const tellUs = (text) => {
    sentence = text;
    ctx.cell.say();
    if (text) announce(text);
  };

  function take(chosen) {
    const free = room();
    tellUs(chosen.length > free ? full.textContent : "");
    chosen.slice(0, free).forEach((file) => resume(parcel(file, file.name)));
  }

  /** Bring a file in, and say how far it is. */
  async function resume(given) {
    coming += 1;
    const told = h("p", { class: "small" }, say.file_waits_its_turn);
    const bar = h("progress", { "aria-label": given.name });
    const shadow = h("div", { class: "stack", role: "group", "aria-label": given.name }, h("b", { dir: "auto" }, given.name), told, bar);
    waiting.append(shadow);
    update();
    const write = (text, aloud) => {
      told.textContent = text;
      if (aloud) announce(text);
    };
    const answer = await bring(ctx, { ...given, still: stillOf(given.file) }, {
      part: (n, of) => {
        Object.assign(bar, { max: of, value: n - 1 });
        write(fill(say.media_coming, { n, of }), n % Math.ceil(of / 4) === 1 || of < 4);
      },
      looking: () => {
        bar.removeAttribute("value");
        write(say.media_looking, true);
      },
      late: () => write(say.file_waits, true),
    });
    coming -= 1;
    shadow.remove();
    tellUs(answer.sentence ?? "");
    if (answer.medium) begin(answer.medium);
    else update();
  }

  /** Show something new, and go to it unless somebody writes elsewhere. */
  function begin(medium) {
    const bytes = (one) => `${one.kind}${one.sha256 ?? one.pages?.[0].sha256}`;
    const there = medium.kind in { sound: 1, video: 1, document: 1 } && list.items.find((item) => bytes(item.medium) === bytes(medium));
    const item = there || show(medium);
    if (there) update();
    else changed();
    if (medium.kind !== "writing") announce(say.media_there);
    const hands = document.activeElement;
    if (hands === document.body || frame.contains(hands)) item.focus();
  }

  function linkForm() {
    const input = h("input", { type: "text", inputmode: "url", class: "in", id: `${ctx.id}-link`, "aria-describedby": `${ctx.id}-s`, dir: "ltr", autocapitalize: "off", autocomplete: "off", spellcheck: "false" });
    const form = h("form", {
      hidden: true, class: "stack", novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        const answer = await box.ask({ type: "media_link", entry, field: field.field, address: input.value });
        tellUs(answer.sentence ?? "");
        if (!answer.medium) return input.focus();
        input.value = "";
        begin(answer.medium);
        askLink(false);
      },
      onkeydown: (event) => {
        if (event.key !== "Escape") return;
        askLink(false);
        linkButton.focus();
      },
    }, h("div", { class: "field" }, h("label", { for: input.id }, say.link_address), input), h("p", null, h("button", { class: "btn" }, icon("tick"), h("span", null, say.link_add))));
    return form;
  }

  function askLink(open) {
    link.hidden = !open;
    linkButton.setAttribute("aria-expanded", String(open));
    if (open) link.querySelector("input").focus();
  }

  function show(given) {
    const { thumb, src, ...medium } = given;
    const kind = kinds(say)[medium.kind];
    const item = { medium, moves: true, precious: () => medium.kind !== "writing" || item.medium.text.trim() };
    const id = `${ctx.id}-${nextRev()}`;
    const numbered = () => fill(kind.called, { n: list.items.indexOf(item) + 1 });
    const set = (part) => {
      item.medium = { ...item.medium, ...part };
      list.relabel();
      changed();
    };
    item.name = () => shorten(item.medium.caption || item.medium.alt || item.medium.transcript || "") || numbered();
    const asks = Object.entries(kind.asks).filter(([part]) => part !== "caption" || ctx.band !== "k2" || medium.kind === "link");
    const lines = asks.map(([part, ask]) => {
      const attributes = { id: `${id}-${part}`, value: medium[part], lang: field.lang, onchange: (text) => set({ [part]: text }) };
      if (part !== "transcript") return lineField(ask, attributes).node;
      return h("div", { class: "field" }, h("label", { for: attributes.id }, ask), wordsBox(attributes));
    });
    const seen = h("div", { class: "stack player" });
    const own = medium.kind === "writing" ? writingBox(ctx, `${id}-text`, medium, set) : [seen];
    const others = "others" in medium && ticked(say.media_others, medium.others, ({ target }) => set({ others: target.checked }));
    item.focus = () => item.node.querySelector("textarea").focus();
    item.nodes = h("div", { class: "stack" }, own, lines, others);
    list.add(item);
    put(seen, shown(ctx, given, numbered()));
    return item;
  }

  function update() {
    frame.hidden = coming > 0 && !room();
    acts.hidden = !room();
    full.hidden = room() > 0;
    if (!room()) askLink(false);
  }

  function set(all) {
    list.clear();
    (all ?? []).forEach(show);
    update();
  }
  set(field.value);
  return {
    nodes: [node, waiting, frame], set, resume, remark: () => sentence,
    writing: () => node.contains(document.activeElement),
    wakeUp: () => node.querySelectorAll("textarea").forEach((one) => one.dispatchEvent(new Event("focus"))),
    tell: (all) => fill(say.n_media, { n: all.length }),
  };
}
