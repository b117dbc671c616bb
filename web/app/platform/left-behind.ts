/**
 * What the work page keeps in the browser belongs to the person who signed in: signing out clears
 * it, and whoever comes to sign in, or signed in before this could run, finds nothing of anybody else.
 */
const CACHES = "atelier-work-";
const DATABASE = "atelier-work";

export function startLeftBehind(): void {
  const person = document.body.dataset.person;
  if (location.pathname === "/sign-in") void forgetPages();
  else if (person) void forgetPages(person);
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

/** Deletes kept pages and pictures, and ends the workers that would serve them; one person's may stay. */
async function forgetPages(spared?: string): Promise<void> {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHES + spared);
  await Promise.all(names.map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.filter((worker) => personOf(worker) !== spared).map((worker) => worker.unregister()));
}

function personOf(registration: ServiceWorkerRegistration): string | null {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return worker && new URL(worker.scriptURL).searchParams.get("person");
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
