// "Who can see this page?": the present state always in sight, the choice behind it.
import { h, icon, listen, put } from "./dom.js";

/** For each state: its drawing, the words to choose it by, the words when it is so. */
const states = (say) => ({
  home: ["home", say.seen_home, say.seen_now_home],
  table: ["seat-family", say.seen_table, say.seen_now_table],
  teacher: ["lock", say.seen_teacher, say.seen_now_teacher],
});

/** `who` is the state now; `ask(message, kind)` tells the kernel and gives back its answer, or null. */
export function seenBy({ words: say, band, announce, id, signal }, who, ask) {
  const name = id();
  const known = states(say);
  let now = who;
  let last = 0;
  const state = h("span");
  const summary = h("summary", null, state);
  // The youngest choose between two; a third stands there only if somebody chose it.
  const offered = Object.keys(known).filter((one) => band !== "k2" || one !== "table" || who === "table");
  const choices = offered.map((one) => {
    const input = h("input", { type: "radio", name, value: one, "aria-describedby": `${name}-t` });
    listen(input, "change", signal, () => choose(one));
    const inside = h("span", { class: "pick-in" }, icon(known[one][0]), h("span", null, known[one][1]), h("span", { class: "on", "aria-hidden": "true" }, icon("tick")));
    return { input, node: h("label", { class: "pick" }, input, inside) };
  });

  function show() {
    choices.forEach(({ input }) => (input.checked = input.value === now));
    put(state, icon(now === "teacher" ? "lock" : "eye"), h("span", null, known[now][2]));
  }

  async function choose(one) {
    const mine = ++last;
    put(state, icon("wait"), h("span", null, say.saving));
    const answer = await ask({ type: "show_to", who: one }, "shown_to");
    if (answer) now = answer.who;
    if (mine !== last) return; // another choice is on its way
    show();
    if (answer) announce(known[now][2]);
  }

  show();
  return h("details", { class: "seen-by" }, summary,
    h("fieldset", null, h("legend", null, say.seen_ask), h("div", { class: "picks" }, choices.map(({ node }) => node))),
    h("p", { class: "small", id: `${name}-t` }, say.seen_always));
}
