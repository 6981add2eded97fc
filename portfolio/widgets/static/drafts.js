// Words and pictures that are not on disk yet, kept in this browser until they are.
// One database for each child, "portfolio-<alias>"; one record for each answer: {key, section, entry,
// field, value, base, was, sent}. A file on its way has `parcel: {upload, name, file}` instead of a value.
let ours = "portfolio-";
const STORE = "drafts";
const PATIENCE = 8000; // ms a page waits for what was kept; an old computer under load needs seconds
let alias = "";
let opening = null;
let base = null; // null until open; false if this browser does not let us, or takes its time
let unwritten = []; // what is to be written before the base is open
let onlyHere = 0; // files on their way that are too large to be kept in this browser as well
let failed = false; // something could not be kept: the database was wiped, or this computer is full
let forgotten = false; // somebody else came in, or wiped this browser, while this page stood open

/** Pages for others than the child keep theirs under another name: neither forgets what the other's hands began. */
export function keepUnder(name) {
  ours = name;
}

function forgetOthers(keep) {
  indexedDB.databases?.().then((all) =>
    all.filter(({ name }) => name.startsWith(ours) && name !== keep).forEach(({ name }) => indexedDB.deleteDatabase(name)));
}

function openBase() {
  opening ??= new Promise((done) => {
    const end = (found) => {
      base = found;
      if (base) unwritten.splice(0).forEach((go) => go());
      done(base);
    };
    try {
      const asked = indexedDB.open(ours + alias, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => {
        asked.result.onversionchange = () => {
          forgotten = true;
          asked.result.close(); // somebody wipes it: do not stand in the way
        };
        end(asked.result);
        forgetOthers(ours + alias);
      };
      asked.onerror = () => end(!(failed = true));
      setTimeout(() => base === null && end(false), PATIENCE); // it may still come: words wait for it
    } catch {
      end(!(failed = true));
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
      changes.onabort = () => (failed = true);
      work(changes.objectStore(STORE));
      changes.commit();
    } catch {
      failed = true; // closed under us, or never open: the words still stand on the page
    }
  };
  if (base || failed) return go();
  unwritten.push(go);
  openBase();
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
      if (!alias || !((await openBase()) || base)) return [];
      return new Promise((done) => {
        const asked = base.transaction(STORE, "readonly").objectStore(STORE).getAll();
        asked.onsuccess = () => done(asked.result.filter((draft) => draft.section === section));
        asked.onerror = () => done([]);
      });
    },
  };
}

/** A file too large to be kept here sets out (1), or is through (-1): until then this page must stay. */
export function holdsAlone(step) {
  onlyHere += step;
}

/** Were our drafts forgotten by a page of somebody else? Then what still stands here is not theirs to see. */
export const draftsForgotten = () => forgotten;

/** Is everything that is not on disk yet kept in this browser? Then the page may be loaded again. */
export async function draftsSafe() {
  if (!alias || onlyHere || !((await openBase()) || base) || failed || unwritten.length) return false;
  return new Promise((done) => {
    try {
      const asked = base.transaction(STORE, "readonly").objectStore(STORE).count();
      asked.onsuccess = () => done(!failed);
      asked.onerror = () => done(false);
    } catch {
      done(false);
    }
  });
}

/** Forget every draft of every child in this browser. */
export function wipe() {
  if (base) base.close();
  base = false;
  failed = true; // nothing is kept from here on
  sessionStorage.clear();
  forgetOthers("");
}
