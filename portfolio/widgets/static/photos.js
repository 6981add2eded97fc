// Pictures, in order: from the camera or from a file, several at once, each with words for a friend who
// cannot see it. They are made small here, before they travel: no place, no camera name, no megabytes.
import { bring, parcel, shrink } from "./bring.js";
import { fill, h, icon } from "./dom.js";
import { marks } from "./looks.js";
import { ordered } from "./order.js";
import { nextRev } from "./outbox.js";
import { shorten } from "./rows.js";
import { lineField } from "./text.js";

const PICTURES = 12; // as many as the model lets a template ask for

export function photos(ctx) {
  const { field, words: say, announce } = ctx;
  const most = field.at_most ?? PICTURES;
  const thumbs = new Map();
  let sentence = "";
  let coming = 0;
  const node = h("ol", { class: "items", ...ctx.named });
  const waiting = h("div", { class: "stack coming" });
  const full = h("span", { class: "small" }, fill(say.enough_pictures, { n: most }));
  const empty = h("p", { class: "drop" }, icon("camera", "big"), say.no_picture);
  const changed = () => {
    update();
    ctx.change(list.items.map(({ photo: { thumb, ...rest } }) => rest));
  };
  const list = ordered({ ...ctx, node, changed, empty: () => choosers[0].querySelector("input").focus() });

  function chooser(word, drawing, more) {
    const input = h("input", {
      type: "file", accept: "image/*", "aria-describedby": `${ctx.id}-s`, ...more,
      onchange: () => {
        take([...input.files]);
        input.value = "";
      },
    });
    return h("label", { class: "btn file" }, input, icon(drawing), h("span", null, word));
  }
  // A computer without a touch screen has no camera app to open: there both would do the same.
  const hand = globalThis.matchMedia?.("(pointer: coarse)").matches;
  const choosers = [chooser(say.choose_picture, "picture", { multiple: true })];
  if (hand) choosers.unshift(chooser(say.take_photo, "camera", { capture: "environment" }));
  const frame = h("div", null, empty, h("div", { class: "photo-acts", role: "group", "aria-labelledby": `${ctx.id}-l` }, choosers, full));

  async function take(files) {
    const room = Math.max(0, most - list.items.length - coming);
    sentence = files.length > room ? full.textContent : "";
    ctx.cell.say();
    for (const file of files.slice(0, room)) resume(parcel(await shrink(file), file.name));
  }

  async function resume(given) {
    coming += 1;
    const address = URL.createObjectURL(given.file);
    const preview = h("img", { src: address, alt: "", class: "shadow", onerror: () => preview.remove() });
    const told = h("p", { class: "small" }, say.picture_coming);
    const shadow = h("div", { class: "row" }, preview, told);
    waiting.append(shadow);
    update();
    announce(say.picture_coming);
    const late = () => announce((told.textContent = say.file_waits));
    const on = () => (told.textContent = say.picture_coming);
    const answer = await bring(ctx, given, { part: on, looking: on, late });
    coming -= 1;
    shadow.remove();
    URL.revokeObjectURL(address);
    if (answer.medium) {
      show(answer.medium);
      changed();
      const hands = document.activeElement; // nobody who writes elsewhere is called away
      if (hands === document.body || frame.contains(hands)) list.items.at(-1).focus();
    } else update();
    sentence = answer.sentence ?? "";
    announce(sentence || say.picture_there);
    ctx.cell.say();
  }

  function show(photo) {
    if (photo.thumb) thumbs.set(photo.sha256, photo.thumb);
    const item = { photo: { ...photo }, moves: true, precious: () => true };
    const id = `${ctx.id}-${nextRev()}`;
    const numbered = () => fill(say.picture_n, { n: list.items.indexOf(item) + 1 });
    const set = (part) => {
      Object.assign(item.photo, part);
      image.alt = item.photo.alt || numbered();
      list.relabel();
      changed();
    };
    item.name = () => shorten(item.photo.alt) || numbered();
    const { width, height, sha256 } = photo;
    const image = h("img", { src: thumbs.get(sha256), width, height, alt: photo.alt || say.no_words_yet });
    const mount = h("span", { class: "mount" }, image);
    const line = (part, ask) => lineField(ask, { id: `${id}-${part}`, value: photo[part], lang: field.lang, onchange: (text) => set({ [part]: text }) });
    const alt = line("alt", say.picture_alt);
    const caption = ctx.band !== "k2" && line("caption", say.picture_caption).node;
    const looks = marks(ctx, { id, mount, looks: photo.looks, name: item.name, change: (all) => set({ looks: all }) });
    const others = h("input", { type: "checkbox", checked: photo.others, onchange: () => set({ others: others.checked }) });
    const tick = h("label", { class: "check" }, others, h("span", null, say.picture_others));
    item.focus = () => alt.box.focus();
    item.nodes = h("div", { class: "photo" }, h("figure", { class: "tip" }, mount), h("div", { class: "stack" }, alt.node, caption, looks, tick));
    list.add(item);
  }

  function update() {
    empty.hidden = list.items.length + coming > 0;
    frame.className = empty.hidden ? "photo more" : "photo empty";
    full.hidden = list.items.length + coming < most;
    choosers.forEach((one) => (one.hidden = !full.hidden));
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
    tell: (all) => fill(say.n_pictures, { n: all.length }),
  };
}
