/**
 * What the work page keeps in the browser belongs to the person who signed in: signing out clears
 * it, and whoever comes to sign in finds nothing of anybody else.
 */
const CACHES = "atelier-work-";
const DATABASE = "atelier-work";

export function startLeftBehind(): void {
  if (location.pathname === "/sign-in") void forgetPages();
  const form = document.querySelector<HTMLFormElement>('form[action="/sign-out"]');
  let clear = false;
  form?.addEventListener("submit", (event) => {
    if (clear) return;
    event.preventDefault();
    void unsent().then(async (count) => {
      const answers = count === 1 ? "1 answer has" : `${count} answers have`;
      if (count > 0 && !confirm(`${answers} not reached the server yet. Signing out throws them away. Sign out?`)) return;
      await Promise.allSettled([forgetPages(), forgetAnswers()]);
      clear = true;
      form.requestSubmit();
    });
  });
}

/** Deletes kept pages and pictures, and ends the workers that would serve them. */
async function forgetPages(): Promise<void> {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
  await Promise.all(names.map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}

function forgetAnswers(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** How many answers and skips wait in this browser. */
async function unsent(): Promise<number> {
  const known = await indexedDB.databases?.().catch(() => []);
  if (!known?.some((one) => one.name === DATABASE)) return 0;
  return new Promise((resolve) => {
    const request = indexedDB.open(DATABASE);
    request.onerror = () => resolve(0);
    request.onsuccess = () => {
      const database = request.result;
      if (!database.objectStoreNames.contains("outbox")) return resolve(0);
      const count = database.transaction("outbox").objectStore("outbox").count();
      count.onsuccess = () => {
        database.close();
        resolve(count.result);
      };
      count.onerror = () => resolve(0);
    };
  });
}
