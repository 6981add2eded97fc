// The front door of the joined module: which widget shows what.
import { addDrawings, h, tell } from "./dom.js";
import { done, note } from "./around.js";
import { cloths } from "./cloths.js";
import { dress, wear } from "./dress.js";
import { path } from "./path.js";
import { readiness } from "./ready.js";
import { reading, wearFirst } from "./reading.js";
import { sheet } from "./sheet.js";
import { status } from "./status.js";

const SHOWS = { sheet, path, status, done: (given) => done({ ...given, readiness }), note, cloths, reading };

let toolbox = null;

/** The tools (recorder, drawing pad …), fetched once; null if the kernel does not answer. */
function fetchTools(kit) {
  toolbox ??= new Promise((go) => {
    const late = setTimeout(() => go((toolbox = null)), 8000);
    kit.on("msg:custom", ({ tools }) => {
      if (!tools) return;
      clearTimeout(late);
      const address = URL.createObjectURL(new Blob([tools], { type: "text/javascript" }));
      import(address).then(({ TOOLS }) => go(TOOLS), () => go((toolbox = null))).finally(() => URL.revokeObjectURL(address));
    });
    kit.send({ type: "tools" });
  });
  return toolbox;
}

/** Fill a widget's element. Gives back what must be done when it goes. */
export async function show(what, { model, el, kit }) {
  const leaving = new AbortController();
  const look = kit.get("look");
  const section = model.get("form")?.section;
  const root = h("div", {
    class: "pf", lang: look.lang, dir: look.dir, "data-band": look.band, "data-cloth": look.cloth, "data-section": section,
    // JupyterLab would run the cell on Enter and move it on other keys.
    "data-lm-suppress-shortcuts": "true", onkeydown: (event) => event.stopPropagation(),
  });
  wear("portfolio-controls", kit.get("css"));
  await dress(kit);
  addDrawings(kit.get("drawings"));
  el.replaceChildren(root);
  wearFirst(look.reading);
  const given = { words: kit.get("words"), alias: kit.get("alias"), mark: model.get("mark"), tools: () => fetchTools(kit) };
  await SHOWS[what]({ model, root, look, signal: leaving.signal, ...given });
  root.dataset.rendered = "true";
  tell("rendered");
  return () => leaving.abort();
}
