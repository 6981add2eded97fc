// Children's pages to try out: they look like something and keep nothing.

const LATE = 10000; // ms until we say that the children's controls do not come
const TRYING = "pf-try";
let sheets = null; // the children's script, once it is here

function fetchSheets(kit) {
  sheets ??= new Promise((go) => {
    const late = setTimeout(() => go((sheets = null)), LATE);
    kit.on("msg:custom", ({ sheets: given }) => {
      if (!given) return;
      clearTimeout(late);
      const address = URL.createObjectURL(new Blob([given.source], { type: "text/javascript" }));
      import(address).then(({ show }) => go({ ...given, show }), () => go((sheets = null))).finally(() => URL.revokeObjectURL(address));
    });
    kit.send({ type: "sheets" });
  });
  return sheets;
}

/** Stands in for a section of a child's desk: it says that all is saved, and keeps nothing. */
function pretended(told, say, mark) {
  const hearing = [];
  const answer = (message) => hearing.forEach((hear) => hear(message, []));
  const traits = { form: told.form, drawings: told.drawings ?? {}, mark, shows: "sheet" };
  return {
    get: (name) => traits[name],
    on: (event, hear) => event === "msg:custom" && hearing.push(hear),
    off: () => {},
    send({ type, rev, entry, field, base }) {
      const reply = type === "save" ? { type: "saved", rev, entry, field, version: base, at: "", merged: false } : { type: "refused", rev, sentence: say.try_only };
      setTimeout(() => answer(reply), 60);
    },
  };
}

/** Fill every `data-sheet` of a screen with the control a child would see. */
function tryOut(body, { kit, words: say, look, signal }) {
  [...body.querySelectorAll("[data-sheet]")].forEach(async (place, n) => {
    place.textContent = say.try_wait;
    const mark = `${TRYING}-${Date.now()}-${n}`;
    try {
      const told = JSON.parse(place.dataset.sheet);
      const given = await fetchSheets(kit);
      if (!place.isConnected) return;
      const traits = { ...given, look: { ...look, ...told.look }, alias: "" };
      const shell = { get: (name) => traits[name], on: (...args) => kit.on(...args), send: (...args) => kit.send(...args) };
      const leave = await given.show("sheet", { model: pretended(told, say, mark), el: place, kit: shell });
      signal.addEventListener("abort", leave);
    } catch {
      place.textContent = say.try_missing;
    }
  });
}

/** What is tried out on a screen: it ends when another screen comes, or when the page it shows has changed. */
export function trying({ kit, words }) {
  let trial = new AbortController();
  function begin(parts, look) {
    trial.abort();
    trial = new AbortController();
    parts.forEach((part) => tryOut(part, { kit, words, look, signal: trial.signal }));
  }
  return {
    begin,
    /** Parts of the screen were made anew: what is tried in them, too. */
    again(parts, look) {
      const changed = parts.filter((part) => part.querySelector("[data-sheet]"));
      if (changed.length) begin(changed, look);
    },
    end: () => trial.abort(),
  };
}

/** What is only tried out is nothing to be saved: the desk's own line must not speak of it. */
export function onlyTrying(signal) {
  const hush = (event) => String(event.detail?.mark).startsWith(TRYING) && event.stopImmediatePropagation();
  document.addEventListener("portfolio:save", hush, { capture: true, signal });
}
