// A page without a kernel: what its rooms send goes to the server over plain HTTP, what it answers comes back to them.
// What a hand did is sent in order and until it is answered (the server does nothing twice); what the page asks by
// itself is sent once. A body is four bytes that say how long the JSON is, the JSON, and the files behind it.
import { h, tell } from "./dom.js";
import { draftsForgotten, draftsSafe, keepUnder } from "./drafts.js";
import { fillRooms } from "./rooms.js";
import { guestFrame } from "./room_guest.js";

const IN_TIME = 20000; // ms until a small question is asked again
const WITH_FILES = 150000; // … and one with files
const RESTS = [700, 1500, 3000, 6000, 10000]; // ms between tries
const LIGHT = 60000; // bytes
const HEAVIEST = 15.5e6; // bytes of a question: the server takes a little more
const ONLY_ONCE = 60000; // ms in which the page is loaded again by itself only once
const OPENED = "portfolio-room-opened";
const AWAY = 2; // tries in a row without an answer, until we say so

/** A body, and back. */
function packed(content, buffers) {
  const parts = buffers.map((one) => new Uint8Array(one.buffer ?? one, one.byteOffset ?? 0, one.byteLength));
  const head = new TextEncoder().encode(JSON.stringify({ content, sizes: parts.map((one) => one.length) }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, head.length);
  return new Blob([length, head, ...parts]);
}

function unpacked(body) {
  const end = 4 + new DataView(body).getUint32(0);
  const { answer, sizes } = JSON.parse(new TextDecoder().decode(body.slice(4, end)));
  let at = end;
  return [answer, sizes.map((size) => body.slice(at, (at += size)))];
}

/** What stands in for a widget's model: `get`, `on`, `off`, `send`. */
function doorway({ told, traits }) {
  const heard = new Set();
  const lane = []; // what a hand did, in order
  const revs = new Set(); // … and what of it is not answered yet
  let carrying = false;
  let failed = 0;
  let leaving = false;
  let over = false;
  let probing = 0;

  const hear = (answer, files = []) => [...heard].forEach((one) => one(answer, files));
  const rest = (n) => new Promise((go) => setTimeout(go, RESTS[Math.min(n, RESTS.length - 1)]));

  /** The server has nobody for this page any more, or somebody else: it says so itself, at our address. */
  async function closed() {
    if (over) return;
    tell("flush"); // what was typed in this moment goes into the drafts
    over = true;
    const before = Number(sessionStorage.getItem(OPENED));
    if (draftsForgotten() || (Date.now() - before > ONLY_ONCE && (await draftsSafe()))) {
      sessionStorage.setItem(OPENED, Date.now());
      return location.replace(told.address);
    }
    revs.forEach((rev) => hear({ type: "refused", rev, sentence: told.words.here_open, field: "" }));
  }

  /** One try: the answer, or null if none came. A number is a refusal of the server. */
  async function ask(body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), body.size > LIGHT ? WITH_FILES : IN_TIME);
    try {
      const answer = await fetch(`${told.address}/ask`, {
        method: "POST", body, signal: stop.signal, cache: "no-store", redirect: "error", credentials: "same-origin",
        keepalive: (leaving || document.hidden) && body.size <= LIGHT,
        headers: { "Content-Type": "application/octet-stream", "X-XSRFToken": told.xsrf, "X-Portfolio-Page": `${told.mark}.${told.page}` },
      });
      return answer.ok ? unpacked(await answer.arrayBuffer()) : answer.status;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What a try has brought; true if there is nothing more to do. */
  function taken(found, { rev = 0 } = {}) {
    if (found === 403) return !closed();
    if ([400, 411, 413].includes(found)) {
      hear({ type: "refused", rev, sentence: found === 413 ? told.words.too_much : told.words.general, field: "" });
      return true;
    }
    if (!Array.isArray(found)) {
      if (found !== 429 && (failed += 1) >= AWAY) lost();
      return false;
    }
    failed = 0;
    hear(...found);
    return true;
  }

  /** Nobody answers: say so, and look from time to time whether that is over. */
  function lost() {
    if (over || leaving) return;
    tell("away");
    probing ||= setTimeout(async () => {
      probing = 0;
      if (document.hidden) return lost();
      if (!taken(await ask(packed({ type: "ping" }, [])))) lost();
    }, RESTS[Math.min(failed, RESTS.length - 1)]);
  }

  async function carry() {
    if (carrying) return;
    carrying = true;
    while (lane.length && !over) {
      const { content, body } = lane[0];
      for (let n = 0; !over && lane.length; n += 1) {
        if (taken(await ask(body), content)) break;
        await rest(n);
      }
      lane.shift();
      revs.delete(content.rev);
    }
    carrying = false;
  }

  async function byItself(content) {
    const found = await ask(packed(content, []));
    if (Array.isArray(found) || found === 403 || found === null) taken(found, content);
  }

  function send(content, _callbacks, buffers = []) {
    if (over) return;
    if (content.type === "look" || content.type === "ping") return void byItself(content);
    if (revs.has(content.rev)) return; // on its way already
    const body = packed(content, buffers);
    if (body.size > HEAVIEST) return void setTimeout(() => hear({ type: "refused", rev: content.rev, sentence: told.words.too_much, field: "" }));
    if (leaving || document.hidden) return void ask(body).then((found) => Array.isArray(found) && hear(...found)); // there may be no later
    revs.add(content.rev);
    lane.push({ content, body });
    carry();
  }

  addEventListener("pagehide", () => (leaving = true), true);
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // somebody else may sit here now
  return {
    get: (name) => traits[name],
    on: (name, listener) => name === "msg:custom" && heard.add(listener),
    off: (name, listener) => heard.delete(listener),
    send,
  };
}

function begin() {
  const told = JSON.parse(document.getElementById("told").textContent);
  const { first, words, look, drawings, leave, mark } = told;
  const traits = { first, words, look, drawings, leave, mark: "room", alias: mark, links: [], who: [], asks: false };
  keepUnder(`portfolio.${told.address.slice(1)}-`);
  addEventListener("submit", ({ target }) => {
    if (target.method === "post" && target.getAttribute("action") === leave) target.append(h("input", { type: "hidden", name: "_xsrf", value: told.xsrf }));
  }, true);
  const model = doorway({ told, traits });
  const room = document.getElementById("room");
  return fillRooms({ model, el: room, kit: model }, { frame: guestFrame });
}

export const opened = begin();
