// Words and pictures that are not on disk yet, kept in this browser until they are.
// One database for each child, "portfolio-<alias>"; one record for each answer: {key, section, entry,
// field, value, base, was, sent}. A file on its way has `parcel: {upload, name, file}` instead of a value.
const OURS = "portfolio-";
const STORE = "drafts";
let alias = "";
let opening = null;
let base = null; // null until open; false if this browser does not let us

function forgetOthers(keep) {
  indexedDB.databases?.().then((all) =>
    all.filter(({ name }) => name.startsWith(OURS) && name !== keep).forEach(({ name }) => indexedDB.deleteDatabase(name)));
}

function openBase() {
  opening ??= new Promise((done) => {
    const end = (found) => done((base = found));
    try {
      const asked = indexedDB.open(OURS + alias, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close(); // somebody wipes it: do not stand in the way
        end(asked.result);
        forgetOthers(OURS + alias);
      };
      asked.onerror = () => end(false);
      setTimeout(() => base === null && end(false), 2000);
    } catch {
      end(false);
    }
  });
  return opening;
}

// What is asked for while a page closes must be on its way at once: once the base is open, no `await`
// stands between the caller and the transaction.
function write(work) {
  const go = () => {
    try {
      const changes = base.transaction(STORE, "readwrite", { durability: "relaxed" });
      work(changes.objectStore(STORE));
      changes.commit();
    } catch {
      // closed under us, or never open: the words still stand on the page
    }
  };
  if (base === null) openBase().then(go);
  else go();
}

/** The drafts of one section of one child. Without an alias nothing is kept. */
export function drafts(whose, section) {
  alias = whose;
  const key = (entry, field, upload = "") => [section, entry, field, upload].join("|");
  return {
    keep(entry, field, draft) {
      if (alias) write((store) => store.put({ key: key(entry, field, draft.parcel?.upload), section, entry, field, ...draft }));
    },
    drop(entry, field, upload) {
      if (alias) write((store) => store.delete(key(entry, field, upload)));
    },
    /** Give back what this section has not saved yet. Other children's databases are forgotten. */
    async found() {
      if (!alias || !(await openBase())) return [];
      return new Promise((done) => {
        const asked = base.transaction(STORE, "readonly").objectStore(STORE).getAll();
        asked.onsuccess = () => done(asked.result.filter((draft) => draft.section === section));
        asked.onerror = () => done([]);
      });
    },
  };
}

/** Forget every draft of every child in this browser. */
export function wipe() {
  if (base) base.close();
  base = false;
  sessionStorage.clear();
  forgetOthers("");
}
