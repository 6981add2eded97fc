// What a laptop's camera sees, and a button that takes a picture of it. (A phone opens its own camera.)
import { button, h, listen, put } from "./dom.js";

const NO_CAMERA = { NotFoundError: "camera_none", OverconstrainedError: "camera_none", NotReadableError: "camera_busy", AbortError: "camera_busy" };

function sentence(say, { name }) {
  const why = NO_CAMERA[name];
  if (why === "camera_none") return say.camera_none;
  return why ? say.camera_busy : say.camera_denied;
}

/** Take a picture in `place`. Gives back {file}, null if the child leaves it, or {sentence} if it cannot be. */
export async function camera(place, { words: say, announce, signal }) {
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1600 }, facingMode: { ideal: "environment" } } });
  } catch (error) {
    return { sentence: sentence(say, error) };
  }
  const off = () => stream.getTracks().forEach((track) => track.stop());
  if (signal.aborted) return off();
  const film = h("video", { class: "seen-now", autoplay: true, playsinline: true, "aria-label": say.camera_view });
  Object.assign(film, { muted: true, srcObject: stream });
  const still = h("canvas", { class: "seen-now", role: "img", "aria-label": say.camera_taken, hidden: true });
  const acts = h("div", { class: "row" });
  put(place, h("div", { class: "eye stack", role: "group", "aria-label": say.camera_view }, film, still, acts));
  await film.play().catch(() => {});
  if (signal.aborted) return off();
  return new Promise((done) => {
    const going = new AbortController();
    const leave = (made) => {
      off();
      going.abort();
      done(made);
    };
    const no = button(say.not_now, "", () => leave(null), { quiet: true });
    const look = () => {
      film.hidden = false;
      still.hidden = true;
      put(acts, button(say.camera_take, "camera", take, { class: "btn main" }), no);
      acts.firstElementChild.focus();
    };
    const take = () => {
      if (!film.videoWidth) return announce(say.camera_wait);
      Object.assign(still, { width: film.videoWidth, height: film.videoHeight });
      still.getContext("2d").drawImage(film, 0, 0);
      film.hidden = true;
      still.hidden = false;
      const keep = () => still.toBlob((file) => leave({ file }), "image/jpeg", 0.9);
      put(acts, button(say.keep_it, "tick", keep, { class: "btn main" }), button(say.camera_again, "camera", look, { quiet: true }), no);
      acts.firstElementChild.focus();
      return announce(say.camera_taken);
    };
    look();
    place.scrollIntoView({ block: "nearest" });
    listen(signal, "abort", going.signal, () => leave(null));
    stream.getVideoTracks().forEach((track) => listen(track, "ended", going.signal, () => leave({ sentence: say.camera_busy })));
  });
}
