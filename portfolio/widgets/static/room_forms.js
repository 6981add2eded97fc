// What stands in a form of the teacher's desk: reading it, filling it, saying what is wrong with a field.
import { h } from "./dom.js";

const MOST = 5; // MB of a file
const FILES = "input[type=file]";

export const keepsItself = (form) => form.hasAttribute("data-keep");
export const asked = (form) => (keepsItself(form) ? form.dataset.keep : form.dataset.do) ?? "";
export const formsIn = (body) => [...body.querySelectorAll("form[data-do], form[data-keep]")];

/** What a form is known by when the screen is shown anew: what it does, and what it carries along. */
export function keysOf(body) {
  const seen = new Map();
  return new Map(formsIn(body).map((form) => {
    const hidden = [...form.querySelectorAll("input[type=hidden][name]")].map(({ name, value }) => `${name}=${value}`);
    const plain = [keepsItself(form) ? "keep" : "do", asked(form), form.dataset.key ?? hidden.join("&")].join("|");
    const nth = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, nth);
    return [nth > 1 ? `${plain}|${nth}` : plain, form];
  }));
}

/** The texts of a form as pairs of name and value; the button that was pressed is among them if it has a name. */
export function pairsOf(form, pressed) {
  const found = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  if (pressed?.name) found.push([pressed.name, pressed.value]);
  return found.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
}

/** The files somebody chose, or the first one that is too large: {files: [[field, File]], tooLarge}. */
export function filesOf(form) {
  const files = [...form.querySelectorAll(FILES)].flatMap((input) => [...(input.files ?? [])].map((file) => [input.name, file]));
  return { files, tooLarge: files.find(([, { size }]) => size > MOST * 1e6), most: MOST };
}

export function grouped(pairs) {
  const found = {};
  for (const [name, value] of pairs) (found[name] ??= []).push(value);
  return found;
}

/** The names whose values differ. */
export function changed(now, before) {
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  return [...names].filter((name) => JSON.stringify(now[name] ?? []) !== JSON.stringify(before[name] ?? []));
}

/** Put values into the fields with these names; what is ticked or chosen too. */
export function fillIn(form, values, names) {
  const nth = {};
  for (const field of form.elements) {
    if (!names.includes(field.name) || ["hidden", "file", "submit", "button"].includes(field.type)) continue;
    const given = values[field.name] ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (field.options) [...field.options].forEach((one) => (one.selected = given.includes(one.value)));
    else {
      nth[field.name] = (nth[field.name] ?? -1) + 1;
      field.value = given[nth[field.name]] ?? "";
    }
  }
}

/** The first field of a form with this name. */
export const fieldOf = (form, name) => (name ? [...form.elements].find((one) => one.name === name && one.type !== "hidden") : null);

/** What a field is called, for the reader. */
export function labelOf(form, name) {
  const field = fieldOf(form, name);
  const words = field?.closest("fieldset")?.querySelector("legend") ?? field?.labels?.[0];
  return words?.textContent.trim() ?? "";
}

/** Say what is wrong below a field; false if the form has no such field. */
export function sayWrong(form, name, sentence) {
  const field = fieldOf(form, name);
  if (!field) return false;
  const place = field.closest(".field") ?? field.parentElement;
  const id = `${field.id || `f-${name}`}-wrong`;
  place.querySelector(":scope > .wrong")?.remove();
  place.append(h("p", { class: "wrong", id }, sentence));
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.setAttribute("aria-invalid", "true");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  field.setAttribute("aria-describedby", [...others, id].join(" "));
  return true;
}

export function forgetWrong(form) {
  form.querySelectorAll(".wrong").forEach((one) => one.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
}

/** Where `field-sizing` is not known, a field for some lines grows by hand. */
export function grow(field) {
  if (field.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 4}px`;
}
