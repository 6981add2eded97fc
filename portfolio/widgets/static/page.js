// A finished page of ours: the presentation. The one place where HTML goes in as HTML: the kernel takes it
// from our own templates only (SafePage).
import { addDrawings, h, icon, listen, put } from "./dom.js";

const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const BUSY = "a, button, input, textarea, select, summary, audio, video, [contenteditable]";

export function page({ model, root, signal }) {
  const talk = h("div", null);
  const ways = model.get("links").map(({ label, href, icon: drawing }) => h("a", { class: "btn quiet", href }, icon(drawing), h("span", null, label)));
  addDrawings(model.get("drawings"));
  put(root, ways.length > 0 && h("p", { class: "row talk-ways noprint" }, ways), talk);
  talk.innerHTML = model.get("html");
  const ours = document.documentElement.classList.contains("pf"); // our own page, not JupyterLab
  const deck = root.querySelector(".deck") ?? root;
  const slides = () => [...root.querySelectorAll(".slide")];
  const mirrored = () => getComputedStyle(deck).direction === "rtl";

  const open = () => Math.max(0, slides().findIndex((slide) => `#${slide.id}` === decodeURIComponent(location.hash)));
  const turn = (step) => {
    const to = Math.min(Math.max(open() + step, 0), slides().length - 1);
    if (to !== open()) location.hash = slides()[to].id;
  };

  function keys(event) {
    const { key, target, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !(key in STEPS)) return;
    if (target !== deck && target.closest(BUSY)) return; // Space on a button does the button's own job
    event.preventDefault();
    const back = (key === " " && shiftKey) || (key.startsWith("Arrow") && mirrored());
    turn(STEPS[key] * (back ? -1 : 1));
  }

  let start = null;
  function sweep({ changedTouches: [end] }) {
    const x = end.clientX - (start?.clientX ?? end.clientX);
    const steep = Math.abs(x) < 2 * Math.abs(end.clientY - start?.clientY);
    start = null;
    if (Math.abs(x) >= 60 && !steep) turn(x < 0 !== mirrored() ? 1 : -1);
  }

  model.on("change:html", () => (talk.innerHTML = model.get("html")));
  if (!slides().length) return;
  listen(ours ? document : root, "keydown", signal, keys);
  listen(root, "touchstart", signal, ({ touches, target }) => {
    start = touches.length === 1 && !target.closest("input, textarea, audio, video, .tablebox") ? touches[0] : null;
  }, { passive: true });
  listen(root, "touchend", signal, sweep, { passive: true });
  listen(window, "hashchange", signal, () => {
    window.scrollTo(0, 0);
    deck.focus({ preventScroll: true });
  });
  if (location.hash) location.replace(location.hash); // :target knows only what stood there when it looked
}
