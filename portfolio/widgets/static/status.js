// One line for the whole page: saved, one moment, not saved yet. And a heartbeat, because a kernel that has died
// says nothing. While it does not answer, we ask the server; when that is there again, so is the book.
import { button, h, icon, listen, put, send, tell } from "./dom.js";
import { draftsSafe } from "./drafts.js";

const BEAT = 15000; // ms
const SILENCE = 6000;
const ASK_FIRST = 2000; // ms until we ask the server for the first time,
const ASK_SLOWEST = 20000; // and never less often than this
const MUTE = 3; // times a kernel that has nothing to do leaves us without an answer: it is not ours any more
const IDLE = 5000; // ms without hands in a box, until a page that is lost opens by itself
const ONCE = 60000; // ms in which that happens only once
const WORST = ["unsaved", "waiting", "look", "saved"];
const HANDS = "textarea, input, select, [contenteditable], .recorder, .tool, dialog";

/** Where the server tells about our kernel; nothing on a page that is not our server's (JupyterLab). */
function places() {
  try {
    const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    return kernelId ? { kernel: `${baseUrl}api/kernels/${kernelId}`, ready: `${baseUrl}ready` } : null;
  } catch {
    return null;
  }
}

/** Ask the server: "away" (it does not answer), "gone" (our kernel is not there), "busy" or "mute". */
async function askServer({ kernel }) {
  try {
    const answer = await fetch(kernel, { cache: "no-store" });
    if ([403, 404].includes(answer.status)) return "gone";
    if (!answer.ok) return "away"; // something on the way to our server
    return ["busy", "starting"].includes((await answer.json()).execution_state) ? "busy" : "mute";
  } catch {
    return "away";
  }
}

/** Is our kernel at work on something? Not where nobody can tell. */
export async function atWork() {
  const where = places();
  return where !== null && (await askServer(where)) === "busy";
}

/** Is it our own server that answers, and not something on the way? */
async function ourServer({ ready }) {
  try {
    return (await (await fetch(ready, { cache: "no-store" })).text()).trim() === "ready";
  } catch {
    return false;
  }
}

/** The panel while the book does not answer. `ping()` asks the kernel; `unsaved()`: is anything not on disk? */
function awayPanel({ words: say, signal, ping, unsaved }) {
  const where = places();
  const text = h("p", { role: "status" });
  const node = h("div", { class: "offer away", hidden: true }, text,
    h("p", { class: "row" }, where && button(say.open_again, "book", () => openAgain())));
  let on = false;
  let gone = false;
  let mute = 0;
  let wait = ASK_FIRST;
  let timer = 0;
  let hands = 0; // when hands were last in a box
  const busyHands = () => document.activeElement?.closest(HANDS);

  async function draw(said = "") {
    const safe = !unsaved() || (await draftsSafe());
    if (on) text.textContent = said || (gone ? (safe ? say.here_again : say.here_open) : (safe ? say.away_kept : say.away_open));
    const writing = document.activeElement?.closest("main");
    const before = writing && document.activeElement.getBoundingClientRect().top;
    node.hidden = !on;
    if (writing) scrollBy(0, document.activeElement.getBoundingClientRect().top - before); // nobody's line jumps away
  }

  async function look() {
    clearTimeout(timer);
    if (!on || !where || signal.aborted) return;
    if (!document.hidden) {
      const found = await askServer(where);
      if (!on) return;
      mute = found === "mute" ? mute + 1 : 0;
      const now = found === "gone" || mute >= MUTE;
      if (now !== gone) {
        gone = now;
        draw();
      }
      if (gone && (await maybeOpen())) return;
      if (found === "mute") ping();
    }
    timer = setTimeout(look, gone ? 1000 : (wait = Math.min(wait * 1.5, ASK_SLOWEST)));
  }

  /** Nobody writes and nothing can be lost: open the book again, once. */
  async function maybeOpen() {
    if (busyHands()) hands = Date.now();
    const before = Number(sessionStorage.getItem("portfolio-opened"));
    if (Date.now() - hands < IDLE || Date.now() - before < ONCE) return false;
    if ((unsaved() && !(await draftsSafe())) || !(await ourServer(where)) || busyHands() || !on) return false;
    sessionStorage.setItem("portfolio-opened", Date.now());
    location.reload();
    return true;
  }

  async function openAgain() {
    tell("flush"); // what was typed in this moment goes into the drafts
    const found = await askServer(where);
    if (found === "away") return draw(say.not_yet);
    if (unsaved() && !(await draftsSafe())) return draw(say.here_open);
    location.reload();
  }

  listen(document, "visibilitychange", signal, look);
  listen(window, "online", signal, () => {
    wait = ASK_FIRST;
    look();
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    node,
    set(away) {
      if (away === on) return;
      on = away;
      gone = false;
      mute = 0;
      wait = ASK_FIRST;
      hands = Date.now();
      clearTimeout(timer);
      if (on) timer = setTimeout(look, wait);
      draw();
    },
  };
}

export function status({ model, root, words: say, look, signal }) {
  const sheets = new Map(); // mark → {state, at}
  const line = h("p", { class: "save", role: "status", tabindex: -1 });
  let away = false;
  let beat = 0;
  let doubt = 0;
  let shown = "";
  const of = (state) => [...sheets.values()].some((one) => one.state === state);
  const unsaved = () => of("unsaved") || of("waiting") || of("look");
  const panel = awayPanel({ words: say, signal, ping, unsaved });

  function clock(at) {
    return new Intl.DateTimeFormat(look.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
  }

  function draw() {
    const state = away ? "unsaved" : WORST.find(of) ?? "saved";
    const at = [...sheets.values()].map((one) => one.at).sort().at(-1);
    const [strong, rest] = {
      saved: at ? [say.saved, `${say.saved_at.replace("{time}", clock(at))} ${say.may_close}`] : ["", say.saved_so_far],
      waiting: ["", say.saving],
      look: ["", say.not_all_saved],
      unsaved: !of("unsaved") && !of("waiting") ? ["", say.lost] : [say.not_saved_yet, away ? "" : say.keep_open], // away, the panel says more
    }[state];
    if (shown === state + strong + rest) return;
    shown = state + strong + rest;
    line.dataset.state = state === "look" ? "unsaved" : state;
    line.toggleAttribute("data-urgent", state === "unsaved"); // stays in sight wherever one writes
    // "One moment" is not read out: it would interrupt at every word.
    line.setAttribute("aria-live", state === "waiting" ? "off" : "polite");
    put(line, icon({ saved: "save", waiting: "wait" }[state] ?? "unsaved"), h("span", null, strong && h("b", null, strong), strong && " ", rest));
  }

  function be(now) {
    const left = away && !now && panel.node.contains(document.activeElement);
    away = now;
    panel.set(away);
    draw();
    if (left) line.focus(); // the button one stood on is gone
  }

  function ping() {
    clearTimeout(beat);
    beat = setTimeout(ping, BEAT);
    if (document.hidden) return;
    send(model, { type: "ping" });
    doubt ||= setTimeout(() => {
      doubt = 0;
      be(true);
    }, SILENCE);
  }

  model.on("msg:custom", () => {
    clearTimeout(doubt);
    doubt = 0;
    be(false);
    tell("alive");
  });
  listen(document, "portfolio:save", signal, ({ detail }) => {
    const before = sheets.get(detail.mark)?.state;
    sheets.set(detail.mark, detail);
    if (detail.state === "unsaved" && before !== "unsaved") ping();
    draw();
  });
  listen(document, "visibilitychange", signal, ping);
  listen(document, "portfolio:away", signal, () => be(true)); // whoever carries messages knows already
  listen(window, "offline", signal, ping);
  listen(window, "online", signal, ping);
  signal.addEventListener("abort", () => [beat, doubt].forEach(clearTimeout));

  const who = model.get("who").map(([when, whom]) => [h("dt", null, when), h("dd", null, whom)]);
  put(root, line, who.length > 0 && h("details", { class: "seen" }, h("summary", null, icon("eye"), say.who_sees), h("dl", { class: "who" }, who)), panel.node);
  draw();
  tell("report"); // sheets that stand already have told before anybody listened
  beat = setTimeout(ping, 1000);
  tell("shown", { kind: "status", el: root });
}
