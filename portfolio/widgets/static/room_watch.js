// A screen that is watched: every moment we ask what others did meanwhile.
import { send } from "./dom.js";
import { HOLD } from "./room_under_way.js";

const EVERY = 1000; // ms between two looks

/** `place()` and `shown()`: the screen that is open; `heard(answer)` is told what there is to see. */
export function watching({ model, view, signal, nextRev, place, shown, heard }) {
  let looking = 0; // rev of the look that is under way
  let timer = 0;

  function watch() {
    clearTimeout(timer);
    if (signal.aborted) return;
    timer = setTimeout(watch, EVERY);
    if (document.hidden || !shown()?.seen || looking) return;
    const mine = (looking = nextRev());
    send(model, { type: "look", rev: mine, place: place(), seen: shown().seen, here: view.here?.() ?? "" });
    setTimeout(() => looking === mine && (looking = 0), HOLD.look);
  }

  signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    watch,
    seen(answer) {
      if (answer.rev !== looking) return;
      looking = 0;
      if (answer.seen) shown().seen = answer.seen;
      heard(answer);
      if (answer.at) view.turnTo?.(answer.at);
    },
  };
}
