// The HTML of a screen: put in, renewed in parts, and the way back to where somebody stood in it.
// The one place where HTML goes in as HTML: it comes from our own templates only (SafePage).
import { addDrawings } from "./dom.js";
import { fieldOf, keysOf } from "./room_forms.js";

const WRITTEN_IN = "textarea, select, [contenteditable], input:not([type=button], [type=submit], [type=checkbox], [type=radio])";

export function screenIn(body) {
  /** Does somebody write in a part of the screen? It must not go from under their hands; a button may, and one stands on it again. */
  const writesIn = (part) => Boolean(part?.contains(document.activeElement) && document.activeElement.matches(WRITTEN_IN));

  /** The way to an element that will be made anew: by its id, or as a field of a form. */
  function wayTo(node) {
    if (!node || !body.contains(node)) return null;
    const form = node.form ?? node.closest("form");
    const [key] = [...keysOf(body)].find(([, one]) => one === form) ?? [];
    const { id, name, value } = node;
    const summary = node.matches("summary") ? node.textContent : "";
    const href = node.getAttribute("href");
    return () => {
      const same = key && keysOf(body).get(key);
      const buttons = same && [...same.querySelectorAll("button")];
      return (id && document.getElementById(id))
        || (summary && [...body.querySelectorAll("summary")].find((one) => one.textContent === summary))
        || (href && [...body.querySelectorAll("a")].find((one) => one.getAttribute("href") === href))
        || (same && name && ([...same.elements].find((one) => one.name === name && one.value === value) ?? fieldOf(same, name)))
        || (same && (buttons.find((one) => one.textContent === node.textContent) ?? same.querySelector("button")));
    };
  }

  /** Keeps what one acted on where it stands in the window, whatever came in above it: called with it as it is made anew. */
  function holdStill(node) {
    if (!node || !body.contains(node)) return () => {};
    const key = (one) => (one.form ?? one.closest("form"))?.dataset.key;
    const [top, form] = [node.getBoundingClientRect().top, key(node)];
    return (now) => form !== undefined && key(now) === form && window.scrollBy(0, now.getBoundingClientRect().top - top);
  }

  /** Focus something, or the fold it is hidden in; scroll only if it is out of sight. */
  function standAt(node, still = () => {}) {
    const shut = "details:not([open])";
    for (let fold = node.closest(shut); fold; fold = fold.parentElement.closest(shut)) node = fold.querySelector("summary");
    if (!node.matches("a, button, input, select, textarea, summary, [tabindex]")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
    still(node);
    node.scrollIntoView({ block: "nearest" });
  }

  /** The folds that are open, to be opened again; not the one something was just done in. */
  function openFolds(but) {
    const of = (fold) => fold.id || fold.querySelector("summary")?.textContent;
    const open = [...body.querySelectorAll("details[open]")].filter((fold) => !but || !fold.contains(but)).map(of);
    return () => body.querySelectorAll("details").forEach((fold) => open.includes(of(fold)) && (fold.open = true));
  }

  return {
    wayTo, holdStill, standAt, openFolds,
    /** Put a whole screen in. */
    fill(html) {
      body.innerHTML = html;
    },
    /** Does somebody write in the part with this id? */
    standsIn: (id) => writesIn(body.querySelector(`#${CSS.escape(id)}`)),
    /** Parts of the screen that say something new; none that somebody writes in. Returns those that changed. */
    renew(asides, drawings) {
      const renewed = [];
      addDrawings(drawings);
      for (const [id, html] of Object.entries(asides)) {
        const part = body.querySelector(`#${CSS.escape(id)}`);
        if (!part || part.told === html || writesIn(part)) continue; // said once, read aloud once
        const back = part.contains(document.activeElement) && wayTo(document.activeElement);
        part.innerHTML = part.told = html;
        if (back) back()?.focus({ preventScroll: true });
        renewed.push(part);
      }
      return renewed;
    },
  };
}
