// Cut and turn a picture: four corners to pull, by finger, mouse or arrow keys, and a button that turns it.
import { filed, loaded } from "./bitmap.js";
import { button, h, listen, put } from "./dom.js";

const NUDGE = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };
const LEAST = 0.1; // of a side must stay
const MOST_SIDE = 1600; // px, as our pictures are kept
const corners = (say) => [[say.trim_top_left, 0, 1], [say.trim_top_right, 2, 1], [say.trim_bottom_left, 0, 3], [say.trim_bottom_right, 2, 3]];

/** Draw a part of a picture that has been turned by quarters. `box`: left, top, right, bottom, from 0 to 1. */
function drawPart(canvas, image, turned, box, side) {
  const [w, t] = [image.naturalWidth, image.naturalHeight];
  const [width, height] = turned % 2 ? [t, w] : [w, t];
  const scale = Math.min(1, side / Math.max(width * (box[2] - box[0]), height * (box[3] - box[1])));
  canvas.width = Math.max(1, Math.round(width * (box[2] - box[0]) * scale));
  canvas.height = Math.max(1, Math.round(height * (box[3] - box[1]) * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.scale(scale, scale);
  brush.translate(-width * box[0] + width / 2, -height * box[1] + height / 2);
  brush.rotate((turned * Math.PI) / 2);
  brush.drawImage(image, -w / 2, -t / 2);
}

/** The frame with its corners. `box` is changed in place; `changed()` is called after every step. */
function frameOf(say, mount, box, signal, changed) {
  const frame = h("div", { class: "trim-frame" });
  const show = () => {
    const set = { left: box[0], top: box[1], width: box[2] - box[0], height: box[3] - box[1] };
    for (const [name, part] of Object.entries(set)) {
      frame.style[name] = `${part * 100}%`;
      mount.style.setProperty(`--${name}`, `${part * 100}%`);
    }
  };
  const move = (sides, steps) => {
    sides.forEach((side, i) => {
      const far = (side + 2) % 4;
      const [least, most] = side < 2 ? [0, box[far] - LEAST] : [box[far] + LEAST, 1];
      box[side] = Math.round(Math.min(most, Math.max(least, box[side] + steps[i])) * 1000) / 1000;
    });
    show();
    changed();
  };
  const slide = (x, y) => {
    const within = (from, to, step) => Math.min(1 - to, Math.max(-from, step));
    const [dx, dy] = [within(box[0], box[2], x), within(box[1], box[3], y)];
    [dx, dy, dx, dy].forEach((step, i) => (box[i] += step));
    show();
    changed();
  };
  const pull = (node, go) => {
    let last = null;
    listen(node, "pointerdown", signal, (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.button > 0 || last) return;
      if (node.matches("button")) node.focus();
      node.setPointerCapture(event.pointerId);
      last = event;
    });
    listen(node, "pointermove", signal, (event) => {
      if (event.pointerId !== last?.pointerId) return;
      const { width, height } = mount.getBoundingClientRect();
      go((event.clientX - last.clientX) / width, (event.clientY - last.clientY) / height);
      last = event;
    });
    listen(node, "lostpointercapture", signal, () => (last = null));
  };
  pull(frame, slide);
  for (const [label, x, y] of corners(say)) {
    const corner = h("button", { type: "button", class: "trim-corner", "aria-label": label, "data-x": x, "data-y": y });
    listen(corner, "keydown", signal, (event) => {
      const step = NUDGE[event.key];
      if (!step) return;
      event.preventDefault();
      move([x, y], step);
    });
    pull(corner, (dx, dy) => move([x, y], [dx, dy]));
    frame.append(corner);
  }
  show();
  return { frame, show };
}

/**
 * Cut and turn the picture at an address, in `place`. Gives back {file, turned (quarters), box}, null if it stays
 * as it was, or {sentence}.
 */
export async function trim(place, { words: say, announce, signal, source }) {
  const image = await loaded(source);
  if (!image) return { sentence: say.picture_closed };
  const box = [0, 0, 1, 1];
  const going = new AbortController();
  const view = h("canvas", { class: "trim-picture", role: "img", "aria-label": say.trim_picture });
  const mount = h("div", { class: "trim-mount" }, view);
  let turned = 0;
  const { frame, show } = frameOf(say, mount, box, going.signal, () => {});
  const draw = () => {
    drawPart(view, image, turned, [0, 0, 1, 1], 1000);
    mount.dataset.tall = String(view.height > view.width);
  };
  const whole = () => {
    box.splice(0, 4, 0, 0, 1, 1);
    show();
    announce(say.trim_is_whole);
  };
  const turn = () => {
    turned = (turned + 1) % 4;
    box.splice(0, 4, 1 - box[3], box[0], 1 - box[1], box[2]);
    draw();
    show();
    announce(say.trim_turned);
  };
  mount.append(frame);
  draw();
  return new Promise((done) => {
    const leave = (made) => {
      going.abort();
      done(made);
    };
    const finish = async () => {
      if (!turned && box.every((side, i) => side === (i > 1 ? 1 : 0))) return leave(null);
      const canvas = h("canvas");
      drawPart(canvas, image, turned, box, MOST_SIDE);
      return leave({ file: await filed(canvas), turned, box: [...box] });
    };
    const turner = button(say.trim_turn, "undo", turn, { quiet: true });
    turner.classList.add("mirror");
    put(place, h("div", { class: "trim stack", role: "group", "aria-label": say.trim_picture, onkeydown: ({ key }) => key === "Escape" && leave(null) },
      h("p", { class: "hint" }, say.trim_how), h("div", { class: "trim-room" }, mount),
      h("div", { class: "row" }, turner, button(say.trim_whole, "picture", whole, { quiet: true })),
      h("div", { class: "row" }, button(say.keep_it, "tick", finish, { class: "btn main" }), button(say.trim_leave, "", () => leave(null), { quiet: true }))));
    frame.firstElementChild.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
    listen(signal, "abort", going.signal, () => leave(null));
  });
}
