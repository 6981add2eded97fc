// Says goodbye for a page of a notebook. Load it in the head, not deferred: it must listen before the
// notebook has run, or a page that is left early leaves its kernel behind.
//
// 1. When the page goes, its kernel may stop. Not when the page is only put aside to come back (bfcache).
// 2. When such a page comes back and its kernel is gone, or another child is in, it is loaded again.
// 3. Voila's own goodbye is kept from running: it hangs up at "beforeunload", before anybody can send
//    last words, and also when a mail link is pressed and the page stays. Ours must come first to do so.
// 4. A form to /done gets the token that the server wants to see: <form method="post" action="/done">.
(() => {
  const config = () => {
    const element = document.getElementById("jupyter-config-data");
    try { return JSON.parse(element.textContent); } catch { return {}; }
  };
  const token = () => (document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/) || ["", ""])[1];

  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });

  addEventListener("pagehide", (event) => {
    const { kernelId, baseUrl } = config();
    if (event.persisted || !kernelId) return;
    const form = new FormData();
    form.set("_xsrf", token());
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
  });

  addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    const { kernelId, baseUrl } = config();
    const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store" }).catch(() => null);
    if (answer && !answer.ok) location.reload(); // no answer at all: the page itself says what is not saved
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname !== "/done") return;
    const field = form.elements.namedItem("_xsrf") || form.appendChild(document.createElement("input"));
    field.type = "hidden";
    field.name = "_xsrf";
    field.value = token();
  });
})();
