// Files that come with an answer: saved on the reader's own computer.
import { h } from "./dom.js";

/** Save each of `files`; `buffers` are what stands in them, in the same order. */
export function bringOut(files, buffers = []) {
  files.forEach(({ name, media_type: type }, i) => {
    const address = URL.createObjectURL(new Blob([buffers[i]], { type }));
    const link = h("a", { href: address, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  });
}
