// Pictures, in order: drawn here, from the camera or from a file, several at once, each with words for a friend
// who cannot see it. They are made small here, before they travel: no place, no camera name, no megabytes.
import { bring, parcel, shrink } from "./bring.js";
import { button, fill, h, icon, listen, put, tell } from "./dom.js";
import { marks, moved } from "./looks.js";
import { ordered } from "./order.js";
import { nextRev } from "./outbox.js";
import { shorten } from "./rows.js";
import { lineField, wordsBox } from "./text.js";

const PICTURES = 12; // as many as the model lets a template ask for
// The size of our drawing paper. Photos are kept 1600 px long, so a picture of this size is a drawing of ours.
const PAPER = { width: 1592, height: 1194 };
const drawn = ({ width, height }) => width === PAPER.width && height === PAPER.height;
// A computer without a touch screen has no camera app to open, but perhaps a camera that we can show.
const hand = globalThis.matchMedia?.("(pointer: coarse)").matches;
const devices = navigator.mediaDevices;
let webcam = null;
const hasWebcam = () => (webcam ??= Promise.resolve(devices?.getUserMedia && devices.enumerateDevices()).then(
  (all) => Boolean(all?.some(({ kind }) => kind === "videoinput")), () => false));

/** What is written in a picture, for whoever cannot read it there: offered, and folded away until somebody wants it. */
function writtenIn({ band, field, words: say }, id, value, onchange) {
  const hint = h("p", { class: "hint", id: `${id}-h` }, say.picture_word_for_word);
  const box = wordsBox({ id, value, lang: field.lang, "aria-describedby": hint.id, onchange });
  return h("details", { class: "written", open: Boolean(value) }, h("summary", null, band === "k2" ? say.picture_write_for : say.picture_write_down),
    h("div", { class: "field" }, h("label", { for: id }, say.picture_written), hint, box));
}

/**
 * `ctx.ways`: which of "camera", "file", "draw" there are (all). `ctx.beside`: it stands under a question for
 * words, whose buttons call `open(way)`; `count()`: how many pictures there are.
 */
export function photos(ctx) {
  const { field, words: say, announce, beside, box, drafts, entry } = ctx;
  const ways = ctx.ways ?? ["camera", "file", "draw"];
  const most = field.at_most ?? PICTURES;
  const thumbs = new Map();
  const plans = new Map(); // upload → what the file stands for: a picture that is there already, a drawing
  const begun = new Map(); // drawings that are not finished: what they are drawn on ("": paper) → their strokes
  let sentence = "";
  let coming = 0;
  let busy = false;
  const node = h("ol", { class: "items", ...ctx.named });
  const waiting = h("div", { class: "stack coming" });
  const desk = h("div", { class: "tool" });
  const full = h("span", { class: "small" }, fill(say.enough_pictures, { n: most }));
  const empty = h("p", { class: "drop" }, icon("camera", "big"), say.no_picture);
  const changed = () => {
    update();
    ctx.change(list.items.map(({ photo: { thumb, ...rest } }) => rest));
  };
  const list = ordered({ ...ctx, node, changed, empty: () => home()?.focus() });
  const tellUs = (text) => {
    sentence = text;
    ctx.cell.say();
    if (text) announce(text);
  };

  function chooser(word, drawing, more) {
    const input = h("input", {
      type: "file", accept: "image/*", "aria-describedby": `${ctx.id}-s`, ...more,
      onchange: () => {
        put(desk);
        take([...input.files]);
        input.value = "";
      },
    });
    return h("label", { class: "btn file" }, input, icon(drawing), h("span", null, word));
  }
  const file = chooser(say.choose_picture, "picture", { multiple: true });
  const shot = hand ? chooser(say.take_photo, "camera", { capture: "environment" }) : button(say.take_photo, "camera", () => live(), { hidden: true });
  const pencil = button("", "drawing", () => draw(), { class: "btn" });
  const choosers = Object.entries({ camera: shot, file, draw: pencil }).filter(([way]) => ways.includes(way)).map(([, made]) => made);
  const frame = h("div", null, empty, h("div", { class: "photo-acts", role: "group", "aria-labelledby": `${ctx.id}-l` }, choosers, full));
  const home = () => (beside ? node.closest(".field, .ask") : frame)?.querySelector("button:not([hidden]), textarea, input");
  let camera = Boolean(hand);
  if (!hand && ways.includes("camera") && !beside) hasWebcam().then((sees) => {
    camera = sees;
    update();
  });

  async function take(files) {
    const room = Math.max(0, most - list.items.length - coming);
    tellUs(files.length > room ? full.textContent : "");
    for (const one of files.slice(0, room)) {
      const small = await box.during(shrink(one));
      if (list.items.length + coming >= most) return tellUs(full.textContent); // others were quicker
      resume(parcel(small, one.name));
    }
  }

  /** Open a tool in a place; `hide` steps aside meanwhile. Gives back what it made, or null. */
  async function use(name, place, hide, given) {
    if (busy) return void (node.parentElement ?? frame).querySelector(".tool button")?.focus();
    const from = document.activeElement;
    busy = true;
    tellUs("");
    const tools = await ctx.tools();
    hide.hidden = Boolean(tools);
    const made = tools ? await tools[name](place, { ...ctx, ...given }).catch(() => ({ sentence: say.tool_missing })) : { sentence: say.tool_missing };
    put(place);
    hide.hidden = busy = false;
    if (!made?.file) {
      if (made?.sentence) tellUs(made.sentence);
      if (document.activeElement === document.body) (from.isConnected && from.checkVisibility?.() !== false ? from : home())?.focus();
    }
    return made?.file ? made : null;
  }

  async function live() {
    const made = await use("camera", desk, frame);
    if (made) resume(parcel(made.file, "photo.jpg"));
    else if (sentence && beside) put(desk, file);
  }

  /** A kept picture in its full size. */
  async function whole({ sha256 }) {
    const answer = await box.ask({ type: "media_whole", entry, field: field.field, sha256 }, [], { late: () => tellUs(say.tool_missing) });
    tellUs(answer.sentence ?? "");
    return answer.picture;
  }

  async function change(item) {
    const source = await whole(item.photo);
    const made = source && (await use("trim", item.desk, item.inner, { source }));
    if (!made) return;
    resume(parcel(made.file, "part.jpg"), { over: item.photo.sha256, turned: made.turned, box: made.box });
  }

  /** Draw on empty paper, on a drawing that is kept, or go on with one that is not finished. */
  async function draw(item, quiet) {
    const over = item?.photo.sha256 ?? "";
    const there = begun.get(over) ?? { strokes: [], under: item && (await whole(item.photo)) };
    if (item && !there.under) return;
    const keep = (strokes, open = true) => {
      const known = { ...there, upload: `draw-${over}`, over, strokes, open };
      const something = Boolean(strokes.at(-1)?.points.length); // an empty paper needs not wait for anybody
      if (something) drafts.keep(entry, field.field, { parcel: known });
      else drafts.drop(entry, field.field, known.upload);
      if (something) begun.set(over, known);
      else begun.delete(over);
    };
    const made = await use("pad", item?.desk ?? desk, item?.inner ?? frame, { ...there, size: PAPER, quiet, keep });
    const { strokes } = begun.get(over) ?? { strokes: [] };
    keep(strokes, false);
    update();
    if (!made && strokes.length) announce(say.drawing_waits);
    if (made) resume(parcel(made.file, "drawing.png"), { over, drawing: true });
  }

  // "I'm done" wipes this browser: what is drawn and not kept yet comes into the book before.
  listen(document, "portfolio:flush", ctx.signal, async ({ detail }) => {
    if (!detail?.leaving || !begun.size) return;
    const told = (state) => tell("save", { mark: `${ctx.id}-drawing`, state, at: "" });
    told("waiting");
    const tools = await ctx.tools();
    for (const [over, there] of tools ? [...begun] : []) {
      await resume(parcel(await tools.drawing(PAPER, there), "drawing.png"), { over, drawing: true });
    }
    told(begun.size ? "look" : "saved");
  });

  /** A file is there: it takes the place of the picture it was made from, or comes last. */
  function land(medium, plan) {
    if (plan?.drawing) {
      begun.delete(plan.over);
      drafts.drop(entry, field.field, `draw-${plan.over}`);
    }
    const item = plan?.over && list.items.find(({ photo }) => photo.sha256 === plan.over);
    if (!item) return show(medium);
    const { sha256, width, height, thumb } = medium;
    thumbs.set(sha256, thumb);
    item.dress({ ...item.photo, sha256, width, height, looks: moved(item.photo.looks, plan) });
    list.relabel();
    return item;
  }

  /** Bring a file in, or take up what was left when this page was last open. */
  async function resume(given, plan) {
    if (given.plan) return void plans.set(given.of, given.plan);
    if (given.strokes) return unfinished(given);
    const { upload } = given;
    if (plan) {
      plans.set(upload, plan);
      drafts.keep(entry, field.field, { parcel: { upload: `plan-${upload}`, of: upload, plan } });
    }
    coming += 1;
    const address = URL.createObjectURL(given.file);
    const preview = h("img", { src: address, alt: "", class: "shadow", onerror: () => preview.remove() });
    const told = h("p", { class: "small" }, say.picture_coming);
    const shadow = h("div", { class: "row", tabindex: -1 }, preview, told);
    waiting.append(shadow);
    const held = frame.contains(document.activeElement);
    update();
    if (held && choosers.every((one) => one.hidden)) shadow.focus(); // there is no room for more: what was pressed is gone
    announce(say.picture_coming);
    const late = () => announce((told.textContent = say.file_waits));
    const on = () => (told.textContent = say.picture_coming);
    const answer = await bring(ctx, given, { part: on, looking: on, late });
    coming -= 1;
    const waits = shadow.contains(document.activeElement);
    shadow.remove();
    URL.revokeObjectURL(address);
    if (answer.medium) {
      const item = land(answer.medium, plans.get(upload));
      changed();
      const hands = document.activeElement; // nobody who writes elsewhere is called away
      const ours = beside ? node.closest(".besides")?.contains(hands) && hands.matches("button") : frame.contains(hands);
      if (hands === document.body || ours || waits) item.focus();
    } else {
      update();
      if (waits) home()?.focus();
    }
    if (plans.delete(upload)) drafts.drop(entry, field.field, `plan-${upload}`);
    sentence = answer.sentence ?? "";
    announce(sentence || say.picture_there);
    ctx.cell.say();
  }

  function unfinished(given) {
    const item = list.items.find(({ photo }) => photo.sha256 === given.over);
    if (given.over && !item) return drafts.drop(entry, field.field, given.upload); // what it was drawn on is gone
    begun.set(given.over, given);
    update();
    return given.open && draw(item, true);
  }

  function show(photo) {
    const item = { moves: true, precious: () => true, nodes: h("div"), desk: h("div", { class: "tool" }), inner: h("div", { class: "photo" }) };
    const id = `${ctx.id}-${nextRev()}`;
    const numbered = () => fill(say.picture_n, { n: list.items.indexOf(item) + 1 });
    item.name = () => shorten(item.photo.alt) || numbered();
    if (photo.thumb) thumbs.set(photo.sha256, photo.thumb);
    item.dress = (now) => {
      const { width, height, sha256 } = (item.photo = { ...now });
      const image = h("img", { src: thumbs.get(sha256), width, height, alt: now.alt || say.no_words_yet });
      const set = (part) => {
        Object.assign(item.photo, part);
        image.alt = item.photo.alt || numbered();
        list.relabel();
        looks.relabel();
        changed();
      };
      const mount = h("span", { class: "mount" }, image);
      const line = (part, ask) => lineField(ask, { id: `${id}-${part}`, value: now[part], lang: field.lang, onchange: (text) => set({ [part]: text }) });
      const alt = line("alt", drawn(now) ? say.drawing_alt : say.picture_alt);
      const caption = ctx.band !== "k2" && line("caption", say.picture_caption).node;
      const written = writtenIn(ctx, `${id}-written`, now.written, (text) => set({ written: text }));
      const looks = marks(ctx, { id, mount, looks: now.looks, name: item.name, change: (all) => set({ looks: all }) });
      const others = h("input", { type: "checkbox", checked: now.others, onchange: () => set({ others: others.checked }) });
      const tick = h("label", { class: "check" }, others, h("span", null, say.picture_others));
      const acts = h("p", { class: "row" }, drawn(now) && button(say.draw_more, "drawing", () => draw(item), { quiet: true }),
        button(say.change_picture, "edit", () => change(item), { quiet: true }));
      item.focus = () => alt.box.focus();
      put(item.inner, h("div", { class: "stack" }, h("figure", { class: "tip" }, mount), acts), h("div", { class: "stack" }, alt.node, caption, written, looks.nodes, tick));
    };
    item.dress(photo);
    put(item.nodes, item.inner, item.desk);
    list.add(item);
    return item;
  }

  function update() {
    empty.hidden = list.items.length + coming > 0;
    frame.className = empty.hidden ? "photo more" : "photo empty";
    full.hidden = list.items.length + coming < most;
    put(pencil, icon("drawing"), h("span", null, begun.has("") ? say.draw_on : say.draw_it));
    choosers.forEach((one) => (one.hidden = !full.hidden || (one === shot && !camera)));
  }

  function set(all) {
    list.clear();
    (all ?? []).forEach(show);
    update();
  }
  set(field.value);
  const open = { camera: () => (hand ? shot.querySelector("input").click() : live()), file: () => file.querySelector("input").click(), draw: () => draw() };
  return {
    nodes: [node, waiting, desk, !beside && frame], set, resume, remark: () => sentence,
    open: (way) => open[way]?.(), count: () => list.items.length + coming,
    writing: () => busy || node.contains(document.activeElement),
    tell: (all) => fill(say.n_pictures, { n: all.length }),
  };
}
