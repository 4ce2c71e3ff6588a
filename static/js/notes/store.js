/* What waits on this phone: notes, photos and recordings, each under its own id, and what has arrived.

An item: {id, note, kind: "note"|"photo"|"recording", person, state: "draft"|"waiting"|"refused", at, name, type, box,
sentence}. `box` is sealed; all else says nothing about anybody. Keys lie in a database of their own, so that signing
out can throw them away without touching what is sealed. */

const ITEMS = "notes", KEYS = "notes-keys";

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });

let opened = null;

async function database() {
  if (opened) return opened;
  const request = indexedDB.open(ITEMS, 1);
  request.onupgradeneeded = () => {
    for (const name of ["items", "received", "leases"]) request.result.createObjectStore(name, { keyPath: "id" });
  };
  const db = await settled(request);
  // the browser may clear its data while the page is open: the next use opens it anew
  db.onclose = db.onversionchange = () => {
    db.close();
    opened = null;
  };
  opened = db;
  return db;
}

/* One transaction over the named stores; resolves when it is really written. */
async function within(names, mode, work) {
  const run = (db) =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(names, mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      Promise.resolve(work(...names.map((name) => transaction.objectStore(name)))).then((found) => (result = found), reject);
    });
  try {
    return await run(await database());
  } catch (error) {
    if (error?.name !== "InvalidStateError") throw error;
    opened = null; // closed under our hands
    return run(await database());
  }
}

const byAge = (one, other) => one.at - other.at || (one.kind === "note" ? -1 : 1);

/** Every item, the oldest first. */
export const items = () => within(["items"], "readonly", (store) => settled(store.getAll())).then((all) => all.sort(byAge));
export const item = (id) => within(["items"], "readonly", (store) => settled(store.get(id)));
export const put = (...rows) => within(["items"], "readwrite", (store) => Promise.all(rows.map((row) => settled(store.put(row)))));
export const remove = (...ids) => within(["items"], "readwrite", (store) => Promise.all(ids.map((id) => settled(store.delete(id)))));

/** New rows in the place of old ones, all or none. */
export const swap = (rows, ids) =>
  within(["items"], "readwrite", (store) =>
    Promise.all([...rows.map((row) => settled(store.put(row))), ...ids.map((id) => settled(store.delete(id)))]),
  );

/** Change an item that is still there, in one transaction; what is gone stays gone. */
export const change = (id, values) =>
  within(["items"], "readwrite", async (store) => {
    const row = await settled(store.get(id));
    if (row) await settled(store.put({ ...row, ...values }));
    return Boolean(row);
  });

/** A note and its files from draft to waiting, all or none. */
export const handIn = (note, at) =>
  within(["items"], "readwrite", async (store) => {
    const rows = (await settled(store.getAll())).filter((row) => row.note === note.id && row.kind !== "note");
    const waiting = [note, ...rows].map((row) => ({ ...row, state: "waiting", at, sentence: "" }));
    await Promise.all(waiting.map((row) => settled(store.put(row))));
  });

/** The server named it: it leaves the queue, and that it arrived is remembered for a month. */
export const arrived = (id) =>
  within(["items", "received"], "readwrite", async (store, received) => {
    await settled(received.put({ id, at: Date.now() }));
    await settled(store.delete(id));
    const old = (await settled(received.getAll())).filter((row) => row.at < Date.now() - 30 * 24 * 3600e3);
    await Promise.all(old.map((row) => settled(received.delete(row.id))));
  });
export const hasArrived = (id) => within(["received"], "readonly", (store) => settled(store.get(id))).then(Boolean);

/** Whether this storage was used before; it is from now on. What the browser clears does not remember. */
export const wasUsed = () =>
  within(["received"], "readwrite", async (store) => {
    const known = Boolean(await settled(store.get("known")));
    if (!known) await settled(store.put({ id: "known", at: Infinity }));
    return known;
  });

/** Take or renew a lease for so many milliseconds; false while somebody else holds it. */
export const lease = (id, holder, milliseconds) =>
  within(["leases"], "readwrite", async (store) => {
    const held = await settled(store.get(id));
    if (held && held.holder !== holder && held.until > Date.now()) return false;
    await settled(store.put({ id, holder, until: Date.now() + milliseconds }));
    return true;
  });
export const release = (id, holder) =>
  within(["leases"], "readwrite", async (store) => {
    if ((await settled(store.get(id)))?.holder === holder) await settled(store.delete(id));
  });

/* Keys: opened for one use and closed again, so that nothing hinders their removal. */
async function withKeys(mode, work) {
  const request = indexedDB.open(KEYS, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("keys", { keyPath: "person" });
  const db = await settled(request);
  try {
    return await settled(work(db.transaction("keys", mode).objectStore("keys")));
  } finally {
    db.close();
  }
}

/** Whose phone it is at present: {person, key, mandates, liaison}, or nothing after a sign-out. */
export const owner = () => withKeys("readonly", (store) => store.getAll()).then((all) => all[0]);

/** This person's phone from now on; another's key goes, what is sealed with it stays. */
export async function own(person) {
  await withKeys("readwrite", (store) => store.clear());
  await withKeys("readwrite", (store) => store.put(person));
}
