// "Hello" and "See you": the browser forgets what pages left in it, then goes on.
// Who comes in keeps the databases whose names begin with data-keep: the desk itself knows which of these
// are another child's, and forgets them. Who leaves keeps nothing. The header Clear-Site-Data says the
// same then, but browsers hear it only on https and on this computer itself.
(() => {
  const PATIENCE = 2000; // ms
  const link = document.getElementById("on");
  const keep = link.dataset.keep;
  const step = (work) => { try { return Promise.resolve(work()).catch(() => {}); } catch { return Promise.resolve(); } };
  const drop = (name) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    // "blocked": another tab of the child is still open; the database goes when that tab does
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
  const databases = async () => {
    const all = indexedDB.databases ? await indexedDB.databases() : [];
    await Promise.all(all.filter(({ name }) => !keep || !name.startsWith(keep)).map(({ name }) => drop(name)));
  };
  const cached = async () => {
    if (self.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  };
  const work = [step(() => localStorage.clear()), step(databases), step(cached)];
  if (!keep) work.push(step(() => sessionStorage.clear())); // else: the page this tab had open last
  const patience = new Promise((done) => setTimeout(done, PATIENCE));
  Promise.race([Promise.all(work), patience]).then(() => location.replace(link.href));
})();
