// Rows of small lines (steps: what, when, where), and several days.
import { anything, button, fill, h, put } from "./dom.js";
import { ordered } from "./order.js";
import { lineField } from "./text.js";

const MOST = 12; // as many as the model lets a template ask for

/** A list whose items are made by `line(value, number)` → {nodes, focus, name, value()}. */
function growing(ctx, { line, add, tell, moves }) {
  const { words: say, field } = ctx;
  const most = field.at_most ?? MOST;
  const node = h("ol", { class: "items", ...ctx.named });
  const more = h("p", { class: "item-add" });
  const values = () => list.items.map((item) => item.value());
  const changed = () => {
    update();
    ctx.change(values().filter((one) => one !== ""));
  };
  const list = ordered({ ...ctx, node, changed, empty: () => more.firstElementChild.focus() });
  let made = 0;
  const update = () => put(more, list.items.length < most
    ? button(add, "plus", () => show().focus())
    : h("span", { class: "small" }, fill(say.enough, { n: most })));
  function show(value) {
    const item = line(value, `${ctx.id}-${++made}`, () => {
      list.relabel();
      changed();
    });
    const number = () => list.items.indexOf(item) + 1;
    const called = item.name;
    Object.assign(item, { moves, precious: () => moves && anything(item.value()), name: () => called() || fill(say.line_n, { n: number() }) });
    list.add(item);
    update();
    return item;
  }
  const set = (all) => {
    list.clear();
    (all?.length ? all : [undefined]).forEach(show);
  };
  set(field.value);
  return { nodes: [node, more], set, writing: () => node.contains(document.activeElement), tell };
}

/** A label and a short list to choose from; its first line chooses nothing. */
function choiceField(ask, { id, value, choices, onchange }) {
  const lines = choices.map((choice) => h("option", { value: choice.id }, choice.label));
  const box = h("select", { class: "in", id, onchange: () => onchange(box.value) }, h("option"), lines);
  box.value = value;
  return { box, node: h("div", { class: "field" }, h("label", { for: id }, ask), box) };
}

export function rows(ctx) {
  const { columns, lang } = ctx.field;
  const line = (row, id, changed) => {
    const now = Object.fromEntries(columns.map((c) => [c.field, row?.[c.field] ?? ""]));
    const fields = columns.map(({ field, ask, choices }) => (choices ? choiceField : lineField)(ask, {
      id: `${id}-${field}`, value: now[field], ...(choices ? { choices } : { lang }),
      onchange: (text) => {
        now[field] = text;
        changed();
      },
    }));
    const nodes = h("div", { class: "lines" }, fields.map((one) => one.node));
    return { nodes, focus: () => fields[0].box.focus(), name: () => shorten(now[columns[0].field]), value: () => ({ ...now }) };
  };
  const word = ({ field, choices }, row) => choices?.find((choice) => choice.id === row[field])?.label ?? row[field];
  const tell = (value) => value.map((row) => columns.map((c) => word(c, row)).filter(Boolean).join(", ")).join("\n");
  return growing(ctx, { line, add: ctx.words.add_line, tell, moves: true });
}

export function days(ctx) {
  const line = (value, id, changed) => {
    const box = h("input", { ...ctx.named, type: "date", class: "in", id, onchange: changed });
    box.value = value ?? "";
    return { nodes: box, focus: () => box.focus(), name: () => box.value, value: () => box.value };
  };
  return growing(ctx, { line, add: ctx.words.add_day, tell: (value) => value.join(", ") });
}

export function shorten(text) {
  const plain = text.trim().replace(/\s+/g, " ");
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
}
