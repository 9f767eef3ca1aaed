// Gifts that were written without a connection and are not sent yet. Each keeps the id of its form, so that sending it
// twice is one gift; nothing is charged before the gateway's own page. No name, card or phone stands in the form.

const STORE = "gifts";
const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("demeu", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "gift" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = database.transaction(STORE, mode);
      const asked = work(change.objectStore(STORE));
      change.oncomplete = () => resolve(asked.result);
      change.onabort = () => reject(change.error);
    });
  } finally {
    database.close();
  }
}

/** Write down the form of a gift; the same form again is the same row. Throws on a form without an id. */
export async function keepUnsent(form) {
  const fields = [...form].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string" && value);
  const gift = fields.find(([name]) => name === "gift")?.[1];
  if (!gift) throw new Error("the form has no id");
  await inStore("readwrite", (store) => store.put({ gift, fields, at: new Date().toISOString() }));
}

/** All of them, the oldest first. */
export async function allUnsent() {
  const rows = await inStore("readonly", (store) => store.getAll());
  return rows.sort((one, other) => one.at.localeCompare(other.at));
}

/** The server has it, or the person took it back. */
export const dropUnsent = (gift) => inStore("readwrite", (store) => store.delete(gift));

/** Signed out: nothing stays on this device. */
export const dropAllUnsent = () => inStore("readwrite", (store) => store.clear());
