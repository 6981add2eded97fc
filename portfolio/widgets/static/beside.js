// The other ways to answer a question for words: say it, draw it, show it. One small row, and what was added.
import { button, fill, h, put } from "./dom.js";

/** Which controls offer which ways, and how they are drawn; the order is the order of the buttons. */
const WAYS = [["record", "media", "mic"], ["draw", "photos", "drawing"], ["camera", "photos", "camera"], ["file", "photos", "picture"]];

export const waysOf = (control) => WAYS.filter(([, of]) => of === control).map(([way]) => way);

/** Can this computer take a picture? A phone opens its own camera, a laptop shows what its camera sees. */
const sees = () => globalThis.matchMedia?.("(pointer: coarse)").matches || Boolean(navigator.mediaDevices?.getUserMedia);

/** Those that fit: a six-year-old gets three and no files where there is a camera. */
function offered(band, has) {
  const camera = sees();
  return WAYS.filter(([way, control]) => has(control) && (way !== "camera" || camera) && (way !== "file" || !camera || band !== "k2"));
}

/**
 * `parts`: the questions beside this one, as question() of field.js makes them. Gives back the nodes: for the
 * youngest the row stands open, for the others one quiet button unfolds it.
 */
export function besides({ words: say, field, band, announce, id }, parts) {
  const of = (control) => parts.find((part) => part.control === control);
  const full = h("p", { class: "small", hidden: true });
  const small = band !== "k2";
  const names = { record: say.say_it, draw: say.draw_it, camera: say.take_photo, file: say.choose_picture };
  const called = (word) => ({ quiet: small, "aria-label": `${word}: ${field.ask}` });

  async function press(part, way, node) {
    const most = part.most;
    full.hidden = !most || part.count() < most;
    full.textContent = full.hidden ? "" : fill(say.enough_pictures, { n: most });
    if (!full.hidden) return announce(full.textContent);
    await part.open(way);
    if (document.activeElement === document.body) node.focus(); // what was open has closed itself
  }

  const buttons = offered(band, of).map(([way, control, drawing]) => {
    const node = button(names[way], drawing, () => press(of(control), way, node), called(names[way]));
    return node;
  });
  const row = h("div", {
    class: "other-ways row", role: "group", "aria-labelledby": `${id}-l`, hidden: small,
    onkeydown: (event) => event.key === "Escape" && small && row.contains(event.target) && unfold(false),
  }, buttons);
  const opener = small && button(say.other_ways, "mic", () => unfold(true), { ...called(say.other_ways), "aria-expanded": "false" });
  const unfold = (open) => {
    row.hidden = !open;
    opener.hidden = open;
    (open ? buttons[0] : opener).focus();
  };
  const node = h("div", { class: "besides" });
  put(node, opener, row, full, parts.map((part) => part.node));
  return node;
}
