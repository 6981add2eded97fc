// Comfort for the answer form of a file that goes home: copy, send by mail, save. The file is whole without it.
// It keeps nothing, asks nobody, and says only what stands in the page. Its hash is in the page's policy.
(() => {
const doc = document, root = doc.querySelector(".sends"), words = root.dataset;
const all = (what) => [...doc.querySelectorAll(what)];
const make = (name, more) => Object.assign(doc.createElement(name), more);
const told = doc.querySelector(".sends-told");
let soon;
const hush = () => { clearTimeout(soon); told.textContent = ""; };
const tell = (text) => { hush(); soon = setTimeout(() => { told.textContent = text; }, 60); };
// what could be taken for a label of ours gets a stroke before it; the teacher's program takes it away again
const held = (text) => text.replace(/\\*[[［【〔][^\p{L}\p{N}]{0,60}\p{Nd}/gu, "\\$&");
// something is written that has not left this page: the browser asks before it is lost
let open = false;
// and what was told of the words before is true no more
const changed = () => { open = true; hush(); };
doc.addEventListener("input", changed);
// pressed again, a choice is taken back
doc.addEventListener("click", ({ target }) => {
  if (target.type !== "radio") return;
  if (target.was) {
    target.checked = false;
    changed();
  }
  for (const one of all(`[name="${target.name}"]`)) one.was = one.checked;
});
addEventListener("beforeunload", (event) => { if (open && answer()) event.preventDefault(); });
const done = (text) => { open = false; tell(text); };
const answer = () => {
  const who = [...all("[data-who]:checked").map((box) => box.value), doc.getElementById("r-from").value.trim()];
  const lines = [], apart = [], names = who.filter(Boolean).join(", ");
  let said = false;
  for (const one of all("[data-l]")) {
    const box = one.type === "radio" || one.type === "checkbox";
    const text = box ? "" : one.value.trim();
    if (box ? !one.checked : !text) continue;
    const part = "apart" in one.dataset ? apart : lines;
    part.push("", one.dataset.l, ...(text ? [held(text)] : []));
    said ||= one.name !== "read";
  }
  if (!said) return "";
  const head = [words.title, ...(names ? ["", words.from, held(names)] : [])];
  // in its label, where the teacher's program reads past it
  if (apart.length) apart[1] = apart[1].replace(" ", () => ` ${words.apart}\n`);
  return [...head, ...lines, ...apart, ...(words.code ? ["", words.code] : []), ""].join("\n");
};
const byHand = (text) => {
  const old = doc.querySelector(".sends-text");
  const box = old || make("textarea", { className: "in sends-text noprint", readOnly: true, rows: 8, dir: "auto" });
  open = true;
  box.oncopy = () => { open = false; };
  box.setAttribute("aria-label", words.byhand);
  box.value = text;
  if (!old) told.after(box);
  box.focus();
  box.select();
  tell(words.byhand);
};
const copy = async (text, then) => {
  try {
    await navigator.clipboard.writeText(text);
    done(then);
  } catch {
    byHand(text);
  }
};
const press = (act) => (event) => {
  const text = answer();
  if (text) return act(text, event);
  event.preventDefault();
  tell(words.empty);
};
const copies = make("button", { type: "button", className: "btn", textContent: words.copy });
copies.onclick = press((text) => copy(text, words.copied));
const mails = make("a", { className: "btn", textContent: words.mails, href: "mailto:" });
mails.onclick = press((text) => {
  const to = `mailto:${words.mail}?subject=${encodeURIComponent(words.title)}&body=`;
  const body = encodeURIComponent(text.replace(/\n/g, "\r\n"));
  // some mail programs cut a long address off in silence
  const long = body.length > 1800;
  mails.href = to + (long ? "" : body);
  // the mail program is not another page: nobody is asked whether to leave
  done(long ? "" : words.mailed);
  if (long) copy(text, words.long);
});
const saves = make("button", { type: "button", className: "btn", textContent: words.saves });
saves.onclick = press((text) => {
  const url = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: url, download: words.file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 9000);
  done(words.saved);
});
root.append(copies, mails, saves);
for (const one of all(".sends-without")) one.hidden = true;
for (const one of all(".sends-with")) one.hidden = false;
// browsers that do not let a field grow by themselves
const grow = (box) => { box.style.height = "auto"; box.style.height = `${box.scrollHeight}px`; };
if (!CSS.supports("field-sizing", "content")) doc.addEventListener("input", (event) => { if (event.target.dataset.l) grow(event.target); });
})();
