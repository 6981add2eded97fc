// The drawing pad: white paper, eight colors, three pens, an eraser. A drawing is a list of strokes, so that each
// can be taken back, and a drawing that is not finished survives a closed tab.
import { filed, loaded } from "./bitmap.js";
import { button, h, listen, put } from "./dom.js";

const MOST = 450_000; // numbers in all strokes: half an hour of drawing without a pause
const STEP = 16; // px of the paper the arrow keys move the pen; with Shift a quarter of it
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WHITE = "#ffffff";

const inks = (say) => [
  [say.ink_black, "#25211c"], [say.ink_blue, "#1f5fa8"], [say.ink_red, "#c4261d"], [say.ink_green, "#2b7a3d"],
  [say.ink_yellow, "#f4b800"], [say.ink_orange, "#dd6a0c"], [say.ink_brown, "#7a4a21"], [say.ink_purple, "#7b3fa0"],
];
const pens = (say) => [[say.pen_thin, 7], [say.pen_medium, 16], [say.pen_thick, 36], [say.pen_eraser, 72]];

/** Draw a stroke from its number `from` on. `points`: x, y and pressure in hundredths, again and again. */
function ink(brush, { color, width, points }, from = 0) {
  Object.assign(brush, { strokeStyle: color, fillStyle: color, lineCap: "round", lineJoin: "round" });
  for (let i = from; i < points.length; i += 3) {
    const [x, y] = [points[i], points[i + 1]];
    brush.lineWidth = (width * points[i + 2]) / 100;
    brush.beginPath();
    if (i === 0) {
      brush.arc(x, y, brush.lineWidth / 2, 0, 7);
      brush.fill();
      continue;
    }
    // From the middle of the last two points to the middle of these two, bent by the point between: no corners.
    const [x1, y1] = [points[i - 3], points[i - 2]];
    if (i === 3) brush.moveTo(x1, y1);
    else brush.moveTo((points[i - 6] + x1) / 2, (points[i - 5] + y1) / 2);
    brush.quadraticCurveTo(x1, y1, (x1 + x) / 2, (y1 + y) / 2);
    brush.stroke();
  }
}

/** The last half step of a stroke, which waits while nobody knows where it goes. */
function end(brush, { points }) {
  const n = points.length;
  if (n < 6) return;
  brush.beginPath();
  brush.moveTo((points[n - 6] + points[n - 3]) / 2, (points[n - 5] + points[n - 2]) / 2);
  brush.lineTo(points[n - 3], points[n - 2]);
  brush.stroke();
}

/** The sheet itself: what stands on it, and what has been taken back. A stroke without points empties it. */
function sheetOf(canvas, { strokes, under }, changed) {
  const brush = canvas.getContext("2d");
  const undone = [];
  let size = strokes.reduce((sum, { points }) => sum + points.length, 0);
  function render() {
    const empty = strokes.findLastIndex(({ points }) => !points.length);
    brush.fillStyle = WHITE;
    brush.fillRect(0, 0, canvas.width, canvas.height);
    if (under && empty < 0) brush.drawImage(under, 0, 0, canvas.width, canvas.height);
    for (const stroke of strokes.slice(empty + 1)) {
      ink(brush, stroke);
      end(brush, stroke);
    }
  }
  const shift = (from, to) => {
    if (!from.length) return false;
    to.push(from.pop());
    render();
    changed();
    return true;
  };
  render();
  return {
    brush, render, strokes,
    add(stroke) {
      stroke.points = Int16Array.from(stroke.points); // a drawing is kept after each stroke: it must be small
      strokes.push(stroke);
      size += stroke.points.length;
      undone.length = 0;
      if (!stroke.points.length) render();
      changed();
    },
    back: () => shift(strokes, undone), forth: () => shift(undone, strokes),
    can: () => [strokes.length > 0, undone.length > 0],
    full: () => size > MOST,
    bare: () => !strokes.at(-1)?.points.length && !(under && !strokes.length),
  };
}

/** A drawing that is not open, as a file. */
export async function drawing(size, { strokes, under }) {
  const canvas = h("canvas", size);
  sheetOf(canvas, { strokes, under: await loaded(under) }, () => {});
  return filed(canvas);
}

/** A finger, a pen or the mouse draws. One at a time; a pen that touches the paper sends a resting hand away. */
function byHand(canvas, page, tool, signal) {
  let now = null;
  const place = ({ clientX, clientY, pointerType, pressure }) => {
    const frame = canvas.getBoundingClientRect();
    const force = pointerType === "pen" ? Math.round(40 + 120 * pressure) : 100;
    const within = (n, most) => Math.round(Math.min(most, Math.max(0, n)));
    return [
      within(((clientX - frame.left) / frame.width) * canvas.width, canvas.width),
      within(((clientY - frame.top) / frame.height) * canvas.height, canvas.height), force,
    ];
  };
  listen(canvas, "pointerdown", signal, (event) => {
    if (event.button > 0 || (now && !(event.pointerType === "pen" && now.kind === "touch"))) return;
    if (page.full()) return tool.full();
    if (now) page.render();
    event.preventDefault();
    canvas.focus({ preventScroll: true, focusVisible: false });
    canvas.setPointerCapture(event.pointerId);
    now = { id: event.pointerId, kind: event.pointerType, stroke: { ...tool.now(), points: place(event) } };
    ink(page.brush, now.stroke);
  });
  listen(canvas, "pointermove", signal, (event) => {
    if (event.pointerId !== now?.id) return;
    const { stroke } = now;
    const from = stroke.points.length;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) {
      const [x, y, force] = place(one);
      const n = stroke.points.length;
      if (Math.hypot(x - stroke.points[n - 3], y - stroke.points[n - 2]) >= 2 && n < MOST) stroke.points.push(x, y, force);
    }
    ink(page.brush, stroke, from);
  });
  const lift = ({ pointerId }) => {
    if (pointerId !== now?.id) return;
    const { stroke } = now;
    now = null;
    end(page.brush, stroke);
    page.add(stroke);
  };
  ["pointerup", "pointercancel", "lostpointercapture"].forEach((name) => listen(canvas, name, signal, lift));
  listen(window, "pagehide", signal, () => now && lift({ pointerId: now.id }));
}

/** The arrow keys move a pen over the paper, Space puts it down and lifts it. */
function byKeys(canvas, page, tool, signal) {
  const at = { x: canvas.width / 2, y: canvas.height / 2, node: h("span", { class: "pad-pen", "aria-hidden": "true" }) };
  let stroke = null;
  const show = () => {
    at.node.style.left = `${(at.x / canvas.width) * 100}%`;
    at.node.style.top = `${(at.y / canvas.height) * 100}%`;
    at.node.dataset.down = String(Boolean(stroke));
  };
  const lift = () => {
    if (!stroke) return;
    page.add(stroke);
    stroke = null;
    show();
  };
  listen(canvas, "keydown", signal, (event) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(arrow || event.key === " ")) return;
    event.preventDefault();
    if (arrow) {
      const step = event.shiftKey ? STEP / 4 : STEP;
      at.x = Math.min(canvas.width, Math.max(0, at.x + arrow[0] * step));
      at.y = Math.min(canvas.height, Math.max(0, at.y + arrow[1] * step));
      if (stroke && stroke.points.length < MOST) {
        stroke.points.push(at.x, at.y, 100);
        ink(page.brush, stroke, stroke.points.length - 3);
        end(page.brush, stroke);
      }
      return show();
    }
    if (event.repeat) return;
    if (stroke) lift();
    else if (page.full()) return tool.full();
    else {
      stroke = { ...tool.now(), points: [at.x, at.y, 100] };
      ink(page.brush, stroke);
    }
    show();
    tool.down(Boolean(stroke));
  });
  listen(canvas, "blur", signal, lift);
  show();
  return { node: at.node, lift };
}

/** One of several, with its name under it. `look(value)` draws it. */
function choose(legend, name, all, chosen, look, onchange) {
  const one = ([word, value], i) => h("label", { class: "cl" },
    h("input", { type: "radio", name, value, checked: i === chosen, onchange: () => onchange(value) }), h("span", null, look(value), word));
  return h("fieldset", { class: "pad-set" }, h("legend", { class: "vh" }, legend), all.map(one));
}

function dab(value) {
  const node = h("i", { class: "dab" });
  node.style.backgroundColor = value;
  return node;
}

function tip(width) {
  const node = h("i", { class: width > 60 ? "tip-eraser" : "tip-pen" });
  node.style.blockSize = `${Math.max(3, width / 2.5)}px`;
  return node;
}

/**
 * Draw in `place`. `size` of the paper in px · `strokes` and `under` (an address of a picture): what is there
 * already · `keep(strokes)` is called after every stroke · `quiet`: do not take the focus. Gives back {file}, or null.
 */
export async function pad(place, { words: say, announce, id, signal, size, strokes, under, keep, quiet }) {
  const canvas = h("canvas", { ...size, class: "pad-paper", tabindex: 0, role: "application", "aria-label": say.pad_paper, "aria-describedby": `${id}-keys` });
  const keys = h("p", { class: "hint pad-keys", id: `${id}-keys` }, say.pad_keys);
  const going = new AbortController();
  const ends = AbortSignal.any ? AbortSignal.any([signal, going.signal]) : going.signal;
  const now = { color: inks(say)[0][1], width: pens(say)[1][1] };
  const tool = {
    now: () => (now.width > 60 ? { color: WHITE, width: now.width } : { ...now }),
    full: () => announce(say.pad_full), down: (down) => announce(down ? say.pad_down : say.pad_up),
  };
  const page = sheetOf(canvas, { strokes: [...(strokes ?? [])], under: await loaded(under) }, () => {
    keep([...page.strokes]);
    light();
  });
  const step = (does, done) => {
    hand.lift();
    announce(does() ? done : say.pad_nothing);
  };
  const undo = button(say.pad_undo, "undo", () => step(page.back, say.pad_undone), { quiet: true });
  const redo = button(say.pad_redo, "undo", () => step(page.forth, say.pad_redone), { quiet: true });
  redo.classList.add("mirror");
  const light = () => page.can().forEach((can, i) => [undo, redo][i].setAttribute("aria-disabled", String(!can)));
  byHand(canvas, page, tool, ends);
  const hand = byKeys(canvas, page, tool, ends);
  const colors = choose(say.pad_colors, `${id}-ink`, inks(say), 0, dab, (color) => {
    now.color = color;
    if (now.width > 60) node.querySelector(`input[value="${(now.width = pens(say)[1][1])}"]`).checked = true; // a color is no eraser
  });
  const widths = choose(say.pad_pens, `${id}-pen`, pens(say), 1, tip, (width) => (now.width = width));
  const anew = startAgain(say, page);
  const node = h("div", { class: "pad stack", role: "group", "aria-label": say.pad_paper },
    h("div", { class: "pad-tools" }, colors, widths), h("div", { class: "pad-sheet" }, canvas, hand.node), keys,
    h("div", { class: "row" }, undo, redo, anew));
  listen(node, "keydown", ends, (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo.click();
    else undo.click();
  });
  light();
  put(place, node);
  if (!quiet) {
    node.scrollIntoView({ block: "nearest" });
    canvas.focus({ preventScroll: true });
  }
  return new Promise((done) => {
    const leave = (made) => {
      hand.lift();
      going.abort();
      done(made);
    };
    const finish = () => {
      hand.lift();
      if (page.bare()) return announce(say.pad_empty);
      return filed(canvas).then((file) => leave({ file }));
    };
    node.append(h("div", { class: "row" }, button(say.keep_it, "tick", finish, { class: "btn main" }), button(say.not_now, "", () => leave(null), { quiet: true })));
    listen(signal, "abort", going.signal, () => leave(null));
  });
}

/** "Start again" asks first; and even then it can be taken back. */
function startAgain(say, page) {
  const node = h("div", { class: "pad-anew" });
  const draw = () => put(node, button(say.pad_anew, "paper", () => !page.bare() && ask(), { quiet: true }));
  const back = () => {
    draw();
    node.firstElementChild.focus();
  };
  const ask = () => {
    const yes = button(say.pad_yes_anew, "paper", () => {
      page.add({ color: WHITE, width: 0, points: [] });
      back();
    });
    put(node, h("div", { class: "row", role: "group", "aria-label": say.pad_really_anew, onkeydown: ({ key }) => key === "Escape" && back() },
      h("p", { class: "small" }, say.pad_really_anew), yes, button(say.pad_no_anew, "", back, { quiet: true })));
    yes.focus();
  };
  draw();
  return node;
}
