// Small helpers to build elements. Text always goes in as text, never as HTML.
const SVG = "http://www.w3.org/2000/svg";

/** Make an element: h("p", {class: "hint", onclick: f}, "text", otherNode). Empty attributes are left out. */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false || value === "") continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  put(node, children);
  return node;
}

/** Replace what is in an element; empty children are left out. */
export function put(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const turning = new Set(); // names of drawings that point somewhere

/** Add drawings to the page's one hidden sprite. `drawings`: {name: [wash, line, dot, flip]}. */
export function addDrawings(drawings) {
  let sprite = document.getElementById("portfolio-drawings");
  if (!sprite) {
    sprite = svg("svg", { id: "portfolio-drawings", width: 0, height: 0, "aria-hidden": "true", focusable: "false" });
    sprite.style.position = "absolute";
    document.body.prepend(sprite);
  }
  for (const [name, [wash, line, dot, flip]] of Object.entries(drawings)) {
    if (flip) turning.add(name);
    if (document.getElementById(`i-${name}`)) continue;
    const paths = [["w", wash], ["l", line], ["d", dot]].filter(([, data]) => data);
    const drawn = paths.map(([kind, data]) => svg("path", { class: kind, d: data }));
    sprite.append(svg("symbol", { id: `i-${name}`, viewBox: "0 0 48 48" }, ...drawn));
  }
}

/** Show a drawing beside a word; nothing for an empty name. */
export function icon(name, also = "") {
  if (!name) return null;
  const shape = { class: `i ${turning.has(name) ? "flip" : ""} ${also}`.trim(), viewBox: "0 0 48 48" };
  return svg("svg", { ...shape, "aria-hidden": "true", focusable: "false" }, svg("use", { href: `#i-${name}` }));
}

/** Fill "{n} words" with values. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** A button; one without a word needs `aria-label` among its attributes. */
export function button(word, drawing, onclick, attributes = {}) {
  const kind = ["btn", attributes.quiet && "quiet", !word && "icon"].filter(Boolean).join(" ");
  return h("button", { type: "button", class: kind, onclick, ...attributes, quiet: null }, icon(drawing), word && h("span", null, word));
}

/** The same JSON? A missing key equals an empty one; what only travels to the page does not count. */
export function same(a, b) {
  if (a === b || typeof a !== "object" || typeof b !== "object" || !a || !b) return a === b;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => key === "thumb" || key === "src" || same(a[key], b[key]));
}

/** Is there anything in an answer? */
export function anything(value) {
  if (value && typeof value === "object") return Object.values(value).some(anything);
  return typeof value === "string" ? Boolean(value.trim()) : Boolean(value);
}

/** Tell the page what happened; other widgets and the page's own script listen. */
export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`portfolio:${name}`, { detail }));
}

/** Send a message to the kernel. A dead one makes this fail; silence is noticed anyway. */
export function send(model, message, buffers) {
  try {
    model.send(message, undefined, buffers);
  } catch {
    // the words wait in the browser
  }
}

/** Listen until `signal` aborts. */
export function listen(target, name, signal, handler, options) {
  target.addEventListener(name, handler, { ...options, signal });
}
