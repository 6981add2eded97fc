// What a page wears: our styles, wherever no server has linked them.
import { h } from "./dom.js";

let dressed = null;

export function wear(id, css) {
  if (css && !document.getElementById(id)) document.head.append(h("style", { id }, css));
}

/** The book's styles. A page of our server links them; elsewhere (JupyterLab) the kernel is asked, once. */
export function dress(kit) {
  if (document.documentElement.dataset.styles === "linked") return null;
  dressed ??= new Promise((go) => {
    kit.on("msg:custom", ({ css }) => {
      if (!css) return;
      wear("portfolio-styles", css);
      go();
    });
    kit.send({ type: "styles" });
    setTimeout(go, 4000);
  });
  return dressed;
}
