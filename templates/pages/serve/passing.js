// "Hello" and "See you": the browser forgets what other children's pages left in it, then goes on.
// Drafts of the child who comes in stay: its database is called "portfolio-<student id>", and its other
// keys begin with "<student id>/".
(() => {
  const link = document.getElementById("on");
  const keep = link.dataset.keep;
  const own = (name, start) => keep !== "" && name.startsWith(start);
  const step = (work) => { try { return Promise.resolve(work()).catch(() => {}); } catch { return Promise.resolve(); } };
  const empty = (shelf) => {
    for (const name of Object.keys(shelf)) if (!own(name, `${keep}/`)) shelf.removeItem(name);
  };
  const drop = (name) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    // "blocked": a tab of the other child is still open; the database goes when that tab does
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
  const databases = async () => {
    const all = indexedDB.databases ? await indexedDB.databases() : [];
    await Promise.all(all.filter(({ name }) => !(keep !== "" && name === `portfolio-${keep}`)).map(({ name }) => drop(name)));
  };
  const cached = async () => {
    if (!self.caches) return;
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  };
  const patience = new Promise((done) => setTimeout(done, 2000));
  const all = Promise.all([step(() => empty(localStorage)), step(() => empty(sessionStorage)), step(databases), step(cached)]);
  Promise.race([all, patience]).then(() => location.replace(link.href));
})();
