// One line for the whole page: saved, one moment, not saved yet. And a heartbeat, because a kernel that
// has died says nothing.
import { h, icon, listen, put, send, tell } from "./dom.js";

const BEAT = 15000; // ms
const SILENCE = 6000;
const WORST = ["unsaved", "waiting", "look", "saved"];

export function status({ model, root, words: say, look, signal }) {
  const sheets = new Map(); // mark → {state, at}
  const line = h("p", { class: "save", role: "status" });
  let away = false;
  let beat = 0;
  let doubt = 0;
  let shown = "";

  function clock(at) {
    return new Intl.DateTimeFormat(look.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
  }

  function draw() {
    const all = [...sheets.values()];
    const of = (state) => all.some((one) => one.state === state);
    const state = away ? "unsaved" : WORST.find(of) ?? "saved";
    const at = all.map((one) => one.at).sort().at(-1);
    const [strong, rest] = {
      saved: at ? [say.saved, `${say.saved_at.replace("{time}", clock(at))} ${say.may_close}`] : ["", say.saved_so_far],
      waiting: ["", say.saving],
      look: ["", say.not_all_saved],
      unsaved: of("unsaved") || of("waiting") ? [say.not_saved_yet, say.keep_open] : ["", say.lost],
    }[state];
    if (shown === state + rest) return;
    shown = state + rest;
    line.dataset.state = state === "look" ? "unsaved" : state;
    line.toggleAttribute("data-urgent", state === "unsaved"); // stays in sight wherever one writes
    // "One moment" is not read out: it would interrupt at every word.
    line.setAttribute("aria-live", state === "waiting" ? "off" : "polite");
    put(line, icon({ saved: "save", waiting: "wait" }[state] ?? "unsaved"), h("span", null, strong && h("b", null, strong), strong && " ", rest));
  }

  function ping() {
    clearTimeout(beat);
    beat = setTimeout(ping, BEAT);
    if (document.hidden) return;
    send(model, { type: "ping" });
    doubt ||= setTimeout(() => {
      away = true;
      doubt = 0;
      draw();
    }, SILENCE);
  }

  model.on("msg:custom", () => {
    clearTimeout(doubt);
    doubt = 0;
    away = false;
    tell("alive");
    draw();
  });
  listen(document, "portfolio:save", signal, ({ detail }) => {
    const before = sheets.get(detail.mark)?.state;
    sheets.set(detail.mark, detail);
    if (detail.state === "unsaved" && before !== "unsaved") ping();
    draw();
  });
  listen(document, "visibilitychange", signal, ping);
  signal.addEventListener("abort", () => [beat, doubt].forEach(clearTimeout));

  const who = model.get("who").map(([when, whom]) => [h("dt", null, when), h("dd", null, whom)]);
  put(root, line, who.length > 0 && h("details", { class: "seen" }, h("summary", null, icon("eye"), say.who_sees), h("dl", { class: "who" }, who)));
  draw();
  beat = setTimeout(ping, 1000);
  tell("shown", { kind: "status", el: root });
}
