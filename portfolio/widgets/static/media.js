// Recordings, films, documents, texts and links, in order, each with words for whoever cannot see or hear it.
import { bring, parcel, stillOf } from "./bring.js";
import { button, fill, h, icon, put, tell } from "./dom.js";
import { kinds, shown, ticked, writingBox } from "./medium.js";
import { ordered } from "./order.js";
import { nextRev } from "./outbox.js";
import { shorten } from "./rows.js";
import { lineField, wordsBox } from "./text.js";

const THINGS = 12; // as many as the model lets a template ask for
const WAV_HEAD = 44; // bytes before the samples in a recording of ours
const SOUNDS = "audio/*,.m4a,.mp3,.wav,.ogg,.weba";
const FILES = "audio/*,video/*,image/*,application/pdf,text/*,.m4a,.py,.js,.java,.c,.cpp,.r,.sql,.ino,.ipynb";

/** Can this page use a microphone? Over plain http, as in a class room without certificate, no browser lets it. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.AudioContext);

/**
 * `ctx.ways`: which of "record", "file", "link", "write" are offered (left out: all) · `ctx.beside`: it stands under
 * a question for words, whose own row of buttons calls `open(way)`.
 */
export function media(ctx) {
  const { field, words: say, announce, box, entry, beside, ways = ["record", "file", "link", "write"] } = ctx;
  const most = field.at_most ?? THINGS;
  let sentence = "";
  let coming = 0;
  const node = h("ol", { class: "items media", ...ctx.named });
  const waiting = h("div", { class: "stack coming" });
  const full = h("p", { class: "small" }, fill(say.enough_pictures, { n: most }));
  const chooser = (word, drawing, more) => {
    const input = h("input", {
      type: "file", "aria-describedby": `${ctx.id}-s`, ...more,
      onchange: () => {
        take([...input.files]);
        input.value = "";
      },
    });
    return h("label", { class: "btn file" }, input, icon(drawing), h("span", null, word));
  };
  const soundFile = () => chooser(say.choose_recording, "mic", { accept: SOUNDS, capture: "user" });
  const anyFile = chooser(say.choose_file, "plus", { accept: FILES, multiple: true });
  const linkButton = button(say.paste_link, "look", () => askLink(link.hidden), { "aria-expanded": "false" });
  const buttons = {
    record: canRecord() ? button(say.record, "mic", () => record(), { class: "btn record" }) : soundFile(),
    file: anyFile, link: linkButton, write: button(say.write_text, "writing", () => write()),
  };
  const place = h("div", null);
  const acts = h("div", { class: "row", role: "group", "aria-labelledby": `${ctx.id}-l` }, ways.map((way) => buttons[way]));
  const link = linkForm();
  const frame = h("div", { class: beside ? "media-acts beside" : "media-acts" }, acts, place, link, full);
  const changed = () => {
    update();
    ctx.change(values());
    if (left.size) offer(); // perhaps there is room for it now
  };
  const first = () => acts.querySelector("button, input");
  const list = ordered({ ...ctx, node, changed, empty: () => first()?.focus() });
  const values = () => list.items.map((item) => item.medium).filter((one) => one.kind !== "writing" || one.text.trim());
  const room = () => Math.max(0, most - list.items.length - coming);
  const tellUs = (text) => {
    sentence = text;
    ctx.cell.say();
    if (text) announce(text);
  };

  const write = () => begin({ kind: "writing", text: "", sort: "text", language: "", caption: "" });
  let recording = false;
  const hold = (state) => tell("save", { mark: `${ctx.id}-recording`, state, at: "" }); // "I'm done" waits for it
  const left = new Map(); // recordings that were not finished when this page was last open: name → parts

  /** Record a voice, or go on with `parts` of one. Gives back when that is over. */
  async function record(name = parcel().upload, parts = []) {
    if (recording) return place.querySelector("button:not([hidden])")?.focus();
    recording = true;
    const quiet = parts.length > 0; // nobody has pressed anything: leave hands where they are
    const soon = h("p", { class: "small", tabindex: "-1" }, say.file_waits_its_turn);
    put(place, soon);
    if (!quiet) soon.focus();
    update();
    const tools = await ctx.tools();
    let n = parts.length;
    const key = (number) => `${name}.${String(number).padStart(4, "0")}`;
    const kept = {
      add: (part) => ctx.drafts.keep(entry, field.field, { parcel: { upload: key(n++), recording: name, name: "", file: part } }),
      forget: () => {
        while (n > 0) ctx.drafts.drop(entry, field.field, key(--n));
      },
      wait: () => hold("waiting"),
    };
    const file = tools && (await tools.recorder(place, { ...ctx, kept, left: parts, quiet, instead: soundFile() }));
    put(place);
    recording = false;
    update();
    if (file) {
      resume(parcel(file, file.name)).then(async (here) => {
        if (!here) { // it was refused, and there is no other: it is offered once more
          const again = new Int16Array(await file.slice(WAV_HEAD).arrayBuffer());
          kept.add(again);
          left.set(name, [again]);
        }
        hold(left.size ? "look" : "saved");
        offer();
      });
      kept.forget();
      return waiting.lastElementChild?.focus();
    }
    if (!tools && quiet) left.set(name, parts); // not heard yet: it stays in this browser
    hold(left.size ? "look" : "saved");
    tellUs(tools ? "" : say.rec_late);
    if (!ctx.signal.aborted && document.activeElement === document.body) first()?.focus();
    return tools && offer();
  }

  /** Offer what an earlier visit has left, one recording after the other. */
  function offer() {
    const [next] = left;
    if (!next || recording || ctx.signal.aborted) return;
    if (!room()) {
      hold("look"); // "I'm done" does not wipe it before somebody has made room, or heard it
      return tellUs(full.textContent);
    }
    left.delete(next[0]);
    record(...next);
  }

  /** A part of a recording that was not finished; all parts come in one go, in their order. */
  function remember({ recording: name, file }) {
    if (!left.size) setTimeout(offer);
    left.set(name, [...(left.get(name) ?? []), file]);
  }

  /** Where this page may not use the microphone: say so, and show the other way. */
  function otherWay() {
    const instead = soundFile();
    put(place, h("div", { class: "recorder" }, h("p", null, say.rec_no_way), instead));
    instead.querySelector("input").focus();
  }

  function open(way) {
    if (!room()) return tellUs(full.textContent);
    if (way === "record") return canRecord() ? record() : otherWay();
    if (way === "link") return askLink(true);
    return way === "write" ? write() : anyFile.querySelector("input").click();
  }

  function take(chosen) {
    if (!recording) put(place);
    const free = room();
    tellUs(chosen.length > free ? full.textContent : "");
    chosen.slice(0, free).forEach((file) => resume(parcel(file, file.name)));
  }

  /** Bring a file in, and say how far it is. */
  async function resume(given) {
    if (given.recording) return remember(given);
    coming += 1;
    const told = h("p", { class: "small" }, say.file_waits_its_turn);
    const bar = h("progress", { "aria-label": given.name });
    const shadow = h("div", { class: "stack", role: "group", tabindex: "-1", "aria-label": given.name }, h("b", { dir: "auto" }, given.name), told, bar);
    waiting.append(shadow);
    update();
    const progress = (text, aloud) => {
      told.textContent = text;
      if (aloud) announce(text);
    };
    const answer = await bring(ctx, { ...given, still: stillOf(given.file) }, {
      part: (n, of) => {
        Object.assign(bar, { max: of, value: n - 1 });
        progress(fill(say.media_coming, { n, of }), n % Math.ceil(of / 4) === 1 || of < 4);
      },
      looking: () => {
        bar.removeAttribute("value");
        progress(say.media_looking, true);
      },
      late: () => progress(say.file_waits, true),
      stay: () => shadow.append(h("p", { class: "small" }, say.file_stay)),
    });
    coming -= 1;
    const mine = shadow.contains(document.activeElement);
    shadow.remove();
    tellUs(answer.sentence ?? "");
    if (answer.medium) begin(answer.medium);
    else update();
    if (mine && document.activeElement === document.body) first()?.focus();
    return Boolean(answer.medium);
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
    const young = ctx.band === "k2"; // who cannot write yet is not asked to
    const asks = Object.entries(kind.asks).filter(([part]) => part !== "caption" || !young || medium.kind === "link");
    const lines = asks.map(([part, ask]) => {
      const attributes = { id: `${id}-${part}`, value: medium[part], lang: field.lang, onchange: (text) => set({ [part]: text }) };
      if (part !== "transcript") return lineField(ask, attributes).node;
      return h("div", { class: "field" }, h("label", { for: attributes.id }, ask), wordsBox(attributes));
    });
    const seen = h("div", { class: "stack player" });
    const own = medium.kind === "writing" ? writingBox(ctx, `${id}-text`, medium, set) : [seen];
    const others = "others" in medium && ticked(say.media_others, medium.others, ({ target }) => set({ others: target.checked }));
    const folded = young && lines.length > 0
      && h("details", { open: asks.some(([part]) => medium[part]) }, h("summary", null, say.grown_up_writes), h("div", { class: "stack" }, lines));
    item.focus = () => item.node.querySelector(folded ? "audio, video, summary" : "textarea").focus();
    item.nodes = h("div", { class: "stack" }, own, folded || lines, others);
    list.add(item);
    put(seen, shown(ctx, given, numbered()));
    return item;
  }

  function update() {
    frame.hidden = coming > 0 && !room();
    acts.hidden = beside || recording || !room();
    full.hidden = beside || recording || room() > 0;
    if (!room()) askLink(false);
  }

  function set(all) {
    list.clear();
    (all ?? []).forEach(show);
    update();
  }
  set(field.value);
  return {
    nodes: [node, waiting, frame], set, resume, open, count: () => list.items.length + coming, remark: () => sentence,
    writing: () => node.contains(document.activeElement),
    wakeUp: () => node.querySelectorAll("textarea").forEach((one) => one.dispatchEvent(new Event("focus"))),
    tell: (all) => fill(say.n_media, { n: all.length }),
  };
}
