// Things to pick: several pictures, one picture or word, a scale of faces or words, a piece of work.
import { fill, h, icon } from "./dom.js";

const LONG = 6; // letters that fit below a face on a phone, where five stand in a row

// Which shape the styles know: five faces in a row, thumbs, four words in a row, big pictures.
function shape({ control, choices }) {
  if (control !== "scale") return "picks";
  const long = choices.some(({ label }) => label.split(/[\s-]+/u).some((word) => word.length > LONG));
  if (choices.every((choice) => choice.icon)) return choices.length === 5 ? `faces${long ? " long" : ""}` : choices.length < 4 ? "thumbs" : "picks";
  return choices.length > 4 ? "picks" : "four";
}

function pick({ id }, choice, type, onclick) {
  const input = h("input", { type, name: id, value: choice.id, onclick });
  const tick = h("span", { class: "on", "aria-hidden": "true" }, icon("tick"));
  const inside = h("span", { class: "pick-in" }, icon(choice.icon), h("span", null, choice.label), tick);
  return { input, node: h("label", { class: "pick" }, input, inside) };
}

function group({ field, named }, role, picks) {
  return [h("div", { ...named, class: shape(field), role }, picks.map((one) => one.node))];
}

const tellChosen = (field) => (ids) => field.choices.filter((c) => [ids].flat().includes(c.id)).map((c) => c.label).join(", ");

/** Several: as many as `at_most`. One more than that is not taken, and we say why. */
export function several(ctx) {
  const { field, change, words: say, announce } = ctx;
  let value = [];
  let full = "";
  const chosen = (choice) => (event) => {
    const { checked } = event.target;
    // what is not offered any more stays, and takes nobody's room
    const offered = picks.filter(({ input }) => value.includes(input.value)).length;
    full = checked && offered >= (field.at_most ?? Infinity) ? fill(say.picked_enough, { n: field.at_most }) : "";
    if (full) {
      event.preventDefault();
      announce(full);
      return ctx.cell.say();
    }
    value = checked ? [...value, choice.id] : value.filter((id) => id !== choice.id);
    change(value);
  };
  const picks = field.choices.map((choice) => pick(ctx, choice, "checkbox", chosen(choice)));
  const set = (ids) => {
    value = [...(ids ?? [])];
    picks.forEach(({ input }) => (input.checked = value.includes(input.value)));
  };
  set(field.value);
  return { nodes: group(ctx, "group", picks), set, writing: () => false, remark: () => full, tell: tellChosen(field) };
}

/** One, or none: choosing the chosen one again takes the choice back. */
export function one(ctx) {
  const { field, change, words: say } = ctx;
  let value = null;
  const chosen = (choice) => (event) => {
    value = value === choice.id ? null : choice.id;
    event.target.checked = value !== null;
    change(value);
  };
  const picks = field.choices.map((choice) => pick(ctx, choice, "radio", chosen(choice)));
  const set = (id) => {
    value = id ?? null;
    picks.forEach(({ input }) => (input.checked = input.value === value));
  };
  set(field.value);
  const nothing = h("p", { class: "note" }, field.control === "piece" ? say.no_pieces : say.nothing_to_pick);
  return { nodes: picks.length ? group(ctx, "radiogroup", picks) : [nothing], set, writing: () => false, tell: tellChosen(field) };
}
