// A deck: slides of which one is open. Turned by keys, a clicker, a finger and links; the address says which.
import { listen } from "./dom.js";

const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const BUSY = "a, button, input, textarea, select, summary, audio, video, [contenteditable], dialog";

/** `root` holds the deck; `turned(slide)` is told which slide is open, also the first one. */
export function deckTurning({ root, signal, turned }) {
  const whole = document.documentElement.classList.contains("pf"); // our own page, not JupyterLab
  const deck = () => root.querySelector(".deck") ?? root;
  const slides = () => [...root.querySelectorAll(".slide")];
  const mirrored = () => getComputedStyle(deck()).direction === "rtl";
  const open = () => Math.max(0, slides().findIndex((slide) => `#${slide.id}` === decodeURIComponent(location.hash)));
  const to = (n) => {
    const slide = slides()[Math.min(Math.max(n, 0), slides().length - 1)];
    if (slide && slide !== slides()[open()]) location.hash = slide.id;
  };

  function keys(event) {
    const { key, target, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !(key in STEPS)) return;
    if (document.querySelector("dialog[open]")) return; // whatever stands in front of the leaf
    if (target !== deck() && target.closest(BUSY)) return; // Space on a button does the button's own job
    event.preventDefault();
    const back = (key === " " && shiftKey) || (key.startsWith("Arrow") && mirrored());
    to(open() + STEPS[key] * (back ? -1 : 1));
  }

  let start = null;
  function sweep({ changedTouches: [end] }) {
    const x = end.clientX - (start?.clientX ?? end.clientX);
    const steep = Math.abs(x) < 2 * Math.abs(end.clientY - start?.clientY);
    start = null;
    if (window.visualViewport?.scale > 1.05) return; // who has drawn the leaf larger moves about on it
    if (Math.abs(x) >= 60 && !steep) to(open() + (x < 0 !== mirrored() ? 1 : -1));
  }

  listen(whole ? document : root, "keydown", signal, keys, { capture: true }); // the page around keeps keys of a widget from JupyterLab
  listen(root, "touchstart", signal, ({ touches, target }) => {
    start = touches.length === 1 && !target.closest("input, textarea, select, audio, video, .tablebox, dialog") ? touches[0] : null;
  }, { passive: true });
  listen(root, "touchend", signal, sweep, { passive: true });
  listen(window, "hashchange", signal, () => {
    window.scrollTo(0, 0);
    deck().focus({ preventScroll: true });
    turned(slides()[open()]);
  });
  return {
    /** The slides have come: the one the address names is open. */
    begin() {
      if (location.hash) location.replace(location.hash); // :target knows only what stood there when it looked
      if (slides().length) turned(slides()[open()]);
    },
    slide: () => slides()[open()],
    /** Open the slide of a scene. */
    show(scene) {
      const there = slides().findIndex((slide) => slide.dataset.scene === scene);
      if (there >= 0) to(there);
    },
  };
}
