// Up, down, take away: the same three buttons for cards, rows and pictures, by mouse, finger or keys.
import { button, fill, h, put } from "./dom.js";

/**
 * The buttons of one thing in an ordered list. `name()`: what it is called just now · `place()`: [number, of
 * how many] · `move(step)`, `remove()`: do it · `precious()`: is there anything in it? Then we ask first.
 */
export function actions({ words: say, announce, name, place, move, remove, precious }) {
  const acts = h("div", { class: "item-acts" });
  const label = (text, more) => fill(text, { name: name(), ...more });
  let buttons = [];
  const shift = (step) => (event) => {
    const [n, of] = place();
    if (n + step < 1 || n + step > of) return announce(label(step < 0 ? say.first_already : say.last_already));
    const pressed = event.currentTarget;
    move(step);
    pressed.focus(); // moving an element in the page takes the focus from it
    announce(label(say.moved, { n: place()[0], of }));
  };
  // Names change while one writes; the buttons stay, so that none loses the focus.
  const relabel = () => buttons.forEach(([node, text]) => node.setAttribute("aria-label", label(text)));
  const draw = () => {
    const make = (drawing, text, onclick) => [button("", drawing, onclick, { quiet: true, "data-act": drawing }), text];
    buttons = move ? [make("up", say.move_up, shift(-1)), make("down", say.move_down, shift(1))] : [];
    if (remove) buttons.push(make("remove", say.take_away, () => (precious() ? ask() : remove())));
    relabel();
    put(acts, buttons.map(([node]) => node));
  };
  const ask = () => {
    const keep = () => {
      draw();
      acts.lastElementChild.focus();
    };
    const question = label(say.really_take_away);
    const yes = button(say.yes_take_away, "remove", remove);
    const panel = { class: "stack", role: "group", "aria-label": question, onkeydown: (event) => event.key === "Escape" && keep() };
    put(acts, h("div", panel, h("p", { class: "small" }, question), yes, button(say.keep_it, "", keep, { quiet: true })));
    yes.focus();
  };
  draw();
  return { node: acts, relabel };
}

/**
 * An ordered list of things that are shown and moved together. `nodes`: their element · `changed()` is called
 * after every move or removal · `empty()` gets the focus when nothing is left.
 */
export function ordered({ node, words: say, announce, changed, empty }) {
  const items = [];
  const relabel = () => items.forEach((item) => item.acts.relabel());
  return {
    items, relabel,
    clear() {
      items.length = 0;
      put(node);
    },
    /** Show an item: {name(), nodes, focus(), precious(), moves}; it gets its buttons and its <li>. */
    add(item) {
      const number = () => items.indexOf(item) + 1;
      item.acts = actions({
        words: say, announce, name: item.name, precious: item.precious, place: () => [number(), items.length],
        move: item.moves && ((step) => {
          const from = number() - 1;
          items.splice(from + step, 0, ...items.splice(from, 1));
          shiftNode(item.node, step);
          relabel();
          changed();
        }),
        remove: () => {
          const from = number() - 1;
          items.splice(from, 1);
          item.node.remove();
          relabel();
          changed();
          announce(say.taken_away);
          (items[Math.min(from, items.length - 1)]?.focus ?? empty)();
        },
      });
      item.node = h("li", { class: "item" }, h("div", { class: "item-in" }, item.nodes), item.acts.node);
      items.push(item);
      node.append(item.node);
      relabel();
    },
  };
}

/** Move an element one place among its like, without touching the others. */
export function shiftNode(node, step) {
  if (step < 0) node.previousElementSibling?.before(node);
  else node.nextElementSibling?.after(node);
}
