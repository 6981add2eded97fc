// Forms that act: what somebody began to write in one outlives the screen, and a loss of the page.
import { button, h } from "./dom.js";
import { changed, fillIn, grouped, grow, pairsOf } from "./room_forms.js";

export function beginnings({ kept, waiting, words: say }) {
  const began = new Map(); // id → {values, names, title, place, key}: what stands there, other than at first
  const shown = new WeakMap(); // form → {place, key, title, before}: what stood in it when it was shown

  const of = (form) => {
    const { place, key } = shown.get(form) ?? {};
    return place === undefined ? "" : `${place} ${key}`;
  };

  function forget(id) {
    const item = began.get(id);
    began.delete(id);
    if (item) kept.drop(item.place, item.key);
  }

  /** Words from before the page was loaded again: say so, and how to be rid of them. */
  function again(form, names) {
    const note = h("div", { class: "note again row" }, h("p", null, say.not_sent), button(say.forget_it, "close", () => {
      forget(of(form));
      fillIn(form, shown.get(form).before, names);
      note.remove();
      form.querySelector("textarea, input:not([type=hidden])")?.focus();
    }, { quiet: true }));
    form.prepend(note);
  }

  return {
    of, forget,
    any: () => began.size > 0,
    /** A form stands on the page: what somebody had begun in it goes back into it. */
    adopt(form, place, key, title) {
      const id = `${place} ${key}`;
      if (!shown.has(form)) shown.set(form, { place, key, title, before: grouped(pairsOf(form)) });
      const draft = waiting.get(id);
      waiting.delete(id);
      if (draft?.value.keep === false) began.set(id, { ...draft.value, place, key });
      const item = began.get(id);
      if (item) {
        fillIn(form, item.values, item.names);
        for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true; // what is begun is seen
        if (draft) again(form, item.names);
      }
      [...form.elements].forEach(grow);
    },
    /** Somebody writes in a form. */
    note(form) {
      if (!shown.has(form) || form.hasAttribute("aria-busy")) return; // what is under way is not begun
      const { place, key, title, before } = shown.get(form);
      const values = grouped(pairsOf(form));
      const names = changed(values, before);
      const id = of(form);
      if (!names.length) return forget(id);
      began.set(id, { values, names, title, place, key });
      if (form.querySelector("textarea")) kept.keep(place, key, { value: { values, names, title, keep: false } });
    },
  };
}
