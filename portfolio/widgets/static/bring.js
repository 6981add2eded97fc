// Files on their way to the kernel: in parts, each acknowledged before the next one goes. What has arrived
// stays there: after a lost line, a dead server or a reload we ask how much is there, and go on.

import { fill } from "./dom.js";
import { holdsAlone } from "./drafts.js";

const PART = 1_000_000; // bytes that travel in one message
const LARGEST_FILE = 64_000_000; // bytes; store/uploads.py says the same, and a test holds the two together
const LARGEST_DRAFT = 20_000_000; // bytes of a file that is also kept in this browser until the kernel has it
const LOOK = 60_000; // ms the kernel may look at a film or a document, until we say that it does not answer

let queue = Promise.resolve(); // one file after the other: two at once would only take turns

/** A file as it is kept in this browser until the kernel has it: {upload, name, file}. */
export function parcel(file, name) {
  const upload = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  return { upload, name, file };
}

async function deliver(box, about, { file, name, still }, tell) {
  const size = file.size;
  const of = Math.max(1, Math.ceil(size / PART));
  let answer = await box.ask({ type: "media_where", ...about, size }, [], { late: tell.late });
  while (answer.type === "media_have" && answer.have < size) {
    const offset = answer.have;
    tell.part(Math.floor(offset / PART) + 1, of);
    const bytes = await file.slice(offset, offset + PART).arrayBuffer();
    answer = await box.ask({ type: "media_part", ...about, size, offset }, [bytes], { late: tell.late });
  }
  if (answer.type !== "media_have") return answer;
  tell.looking();
  const picture = still ? [await still] : [];
  return box.ask({ type: "media_take", ...about, size, name }, picture.filter(Boolean), { patience: LOOK, late: tell.late });
}

/** The refusal of a file that is too large: it is known before anything travels. */
function tooLarge(file, words) {
  const mega = (bytes) => Math.ceil(bytes / 1_000_000);
  return { type: "refused", sentence: fill(words.file_too_large, { size: mega(file.size), most: mega(LARGEST_FILE) }) };
}

/**
 * Bring a parcel to the kernel; the answer has `medium` or `sentence`. `tell`: part(n, of), looking(), late()
 * say how far it is; stay(), if there is one, that the page must stay open: so large a file is not kept here.
 */
export function bring(ctx, given, tell) {
  const { box, drafts, entry, field } = ctx;
  const about = { entry, field: field.field, upload: given.upload };
  if (given.file.size > LARGEST_FILE) return Promise.resolve(tooLarge(given.file, ctx.words));
  const alone = given.file.size > LARGEST_DRAFT ? 1 : 0;
  holdsAlone(alone);
  if (alone) tell.stay?.();
  else drafts.keep(entry, field.field, { parcel: { upload: given.upload, name: given.name, file: given.file } });
  const turn = queue.then(() => deliver(box, about, given, tell)).catch(() => ({ type: "refused", sentence: ctx.words.file_unread }));
  queue = turn;
  return box.during(turn.then((answer) => {
    holdsAlone(-alone);
    drafts.drop(entry, field.field, given.upload);
    return answer;
  }));
}

/** Make a picture small: an upright JPEG, or the file itself if this browser cannot open it. */
export async function shrink(file) {
  if (file.size > LARGEST_FILE) return file; // it does not set out, so nobody needs to open it
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const small = await jpeg(picture, picture.width, picture.height, 1600);
    picture.close();
    return small ?? file;
  } catch {
    return file; // no picture this browser knows: the kernel says what to do
  }
}

/** Give back a JPEG of something drawable, no side longer than `side` px. */
function jpeg(source, width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // see-through drawings stand on paper
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
}

/** A picture that stands for a film: what is seen after a second. Null if this browser cannot show it. */
export async function stillOf(file) {
  if (!file.type.startsWith("video/") || file.size > LARGEST_FILE) return null;
  const film = document.createElement("video");
  const happens = (what) => new Promise((go, stop) => {
    film.addEventListener(what, go, { once: true });
    film.addEventListener("error", stop, { once: true });
    setTimeout(stop, 5000);
  });
  try {
    Object.assign(film, { muted: true, playsInline: true, preload: "auto", src: URL.createObjectURL(file) });
    await happens("loadeddata");
    const there = happens("seeked");
    film.currentTime = Math.min(1, Number.isFinite(film.duration) ? film.duration / 2 : 0);
    await there;
    const still = await jpeg(film, film.videoWidth, film.videoHeight, 1280);
    return await still.arrayBuffer();
  } catch {
    return null; // a film without a still is as good a film
  } finally {
    URL.revokeObjectURL(film.src);
    film.removeAttribute("src");
  }
}
