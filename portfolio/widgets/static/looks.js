// "Look here": numbered marks on a picture, moved by finger, mouse or arrow keys, each with its words.
import { button, fill, h, put } from "./dom.js";
import { lineField } from "./text.js";

const MARKS = 3;
const STEP = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };
const PLACES = [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]]; // where a new mark may stand
const APART = 56; // px between the middles of two marks that do not cover each other
const inside = (n) => Math.min(1, Math.max(0, Math.round(n * 1000) / 1000));

/** Marks of a picture that has been turned by quarters and cut; those outside go to the nearest edge. */
export function moved(looks, { turned = 0, box: [left, top, right, bottom] = [0, 0, 1, 1] } = {}) {
  return looks.map((mark) => {
    let { x, y } = mark;
    for (let i = 0; i < turned; i += 1) [x, y] = [1 - y, x];
    return { ...mark, x: inside((x - left) / (right - left)), y: inside((y - top) / (bottom - top)) };
  });
}

/** Marks for one picture. `mount` is the element the picture fills; `change` gets the new list of marks. */
export function marks({ words: say, field, announce }, { id, mount, looks, change, name }) {
  const value = [...(looks ?? [])];
  const spots = h("div", { class: "spots" });
  const lines = h("ol", { class: "stack" });
  const add = h("p");
  const pull = h("p", { class: "small", hidden: true }, say.look_pull);
  const label = (i) => [fill(say.look_move, { n: i + 1, name: name() }), value[i].words].filter(Boolean).join(". ");
  const relabel = () => [...spots.children].forEach((node, i) => node.setAttribute("aria-label", label(i)));
  const set = (i, part) => {
    value[i] = { ...value[i], ...part };
    change([...value]);
  };

  function spot({ x, y }, i) {
    const node = h("button", { type: "button", class: "spot", "aria-label": label(i) }, String(i + 1));
    const place = (left, top) => {
      node.style.left = `${left * 100}%`;
      node.style.top = `${top * 100}%`;
    };
    const to = (left, top) => {
      set(i, { x: inside(left), y: inside(top) });
      place(value[i].x, value[i].y);
    };
    const follow = (event) => {
      const frame = mount.getBoundingClientRect();
      to((event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height);
    };
    node.addEventListener("keydown", (event) => {
      const step = STEP[event.key];
      if (!step) return;
      event.preventDefault();
      to(value[i].x + step[0], value[i].y + step[1]);
    });
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      node.focus();
      node.setPointerCapture(event.pointerId);
      node.addEventListener("pointermove", follow);
      node.addEventListener("lostpointercapture", () => node.removeEventListener("pointermove", follow), { once: true });
    });
    place(x, y);
    return node;
  }

  function line(mark, i) {
    const { box, node } = lineField(fill(say.look_words, { n: i + 1 }),
      { id: `${id}-look-${i}`, value: mark.words, lang: field.lang, onchange: (text) => set(i, { words: text }) });
    const away = () => {
      value.splice(i, 1);
      change([...value]);
      draw();
      announce(say.taken_away);
      (lines.querySelector("textarea") ?? add.firstElementChild).focus();
    };
    box.after(h("p", { class: "row" }, button(fill(say.look_take_away, { n: i + 1 }), "remove", away, { quiet: true })));
    return h("li", null, node);
  }

  function free() {
    const { width, height } = mount.getBoundingClientRect();
    const off = (x, y) => value.every((mark) => Math.hypot((mark.x - x) * width, (mark.y - y) * height) >= APART);
    return PLACES.find(([x, y]) => off(x, y)) ?? PLACES[value.length];
  }

  function more() {
    const [x, y] = free();
    set(value.length, { x, y, words: "" });
    draw();
    spots.lastElementChild.focus();
    announce(say.look_added);
  }

  function draw() {
    put(spots, value.map(spot));
    put(lines, value.map(line));
    lines.hidden = pull.hidden = !value.length;
    put(add, value.length < MARKS && button(say.look_add, "look", more, { quiet: true }));
  }
  draw();
  mount.append(spots);
  return { nodes: [pull, lines, add], relabel };
}
