// What was sent and is not answered yet: asked for again when the kernel lives again, and told to who waits.
import { listen, send, tell } from "./dom.js";
import { atWork } from "./status.js";

export const HOLD = { go: 6000, do: 30000, look: 6000 }; // ms without an answer until it is asked for again, once the kernel lives

export function underWay({ model, mark, signal }) {
  const open = new Map(); // rev → what the kernel has not answered
  const items = () => [...open.values()];

  function report() {
    const acts = items().filter((item) => item.message.type === "do");
    tell("save", { mark, state: acts.some((item) => item.late) ? "unsaved" : acts.length ? "waiting" : "saved", at: "" });
  }

  function hold(item) { // while the kernel is at work (the archive of a class takes a minute) we wait on
    clearTimeout(item.timer);
    item.timer = setTimeout(async () => {
      const busy = item.message.type === "do" && (await atWork());
      if (open.get(item.message.rev) !== item) return; // answered meanwhile
      item.late = !busy;
      (busy ? hold : report)(item);
    }, HOLD[item.message.type]);
  }

  function post(item) {
    const { message, buffers } = item;
    item.late = false;
    open.set(message.rev, item);
    send(model, message, buffers);
    hold(item);
    report();
  }

  /** An answer has come, or is waited for no more. Returns what was asked, if it still was. */
  function close({ rev }) {
    const item = open.get(rev);
    clearTimeout(item?.timer);
    open.delete(rev);
    return item;
  }

  listen(document, "portfolio:alive", signal, () => items().filter((item) => item.late).forEach(post));
  listen(document, "portfolio:report", signal, report);

  // A thing that takes long is no sign of a dead kernel: while we wait for one, nobody asks whether it lives.
  const alive = [];
  const heart = {
    get: (name) => model.get(name),
    on: (name, heard) => {
      alive.push(heard);
      model.on(name, heard);
    },
    send: (...message) => {
      const working = items().some(({ message: { type }, late }) => type === "do" && !late);
      if (working) setTimeout(() => alive.forEach((heard) => heard({}))); // after it has begun to wait
      else model.send(...message);
    },
  };

  return {
    post, close, report, heart,
    has: (rev) => open.has(rev),
    ways: () => items().filter(({ message }) => message.type === "go"),
  };
}
