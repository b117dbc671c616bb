/*
 * Brings the work page back while there is no network: the page itself, what it is made of, and the
 * pictures of the items that are here. One worker per person (?person=…) and work page; nothing
 * else of the application passes through it, and requests that change something never do.
 */
const PERSON = new URL(self.location.href).searchParams.get("person") ?? "nobody";
const PREFIX = "atelier-work-";
const NAME = PREFIX + PERSON;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination !== "") event.respondWith(part(request));
});

/** How long a person looks at an empty window before the page as it was last is shown instead. */
const PATIENCE_MILLIS = 8000;

/**
 * The page from the server when it can be reached, else as it was last. A server that takes the
 * request and says nothing counts as out of reach, unless there is nothing else to show.
 */
async function page(request) {
  const kept = async () => (await caches.open(NAME)).match(request.url, { ignoreSearch: true });
  const answer = fetch(request);
  // Told below when it matters; by then the page may have been shown without it.
  answer.catch(() => undefined);
  try {
    const response = await Promise.race([answer, after(PATIENCE_MILLIS)]);
    // A server without its database cannot give the page either.
    if (response && response.status < 500) return response;
  } catch {
    // No network: shown as it was last.
  }
  return (await kept()) ?? answer;
}

function after(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

/** Scripts, styles, fonts and pictures never change under their address: what is here is used. */
async function part(request) {
  const kept = await (await caches.open(NAME)).match(request.url);
  return kept ?? fetch(request);
}

/**
 * The page says what it needs: its own address, what it is made of, the pictures of the items that
 * are here. What is not named any more is forgotten.
 */
self.addEventListener("message", (event) => {
  if (event.data?.kind === "keep") event.waitUntil(keep(event.data));
  if (event.data?.kind === "farewell") event.waitUntil(farewell(event.data));
});

/** What a page says that goes away: by itself it could not wait until it has left. */
async function farewell({ url, headers, body }) {
  try {
    await fetch(url, { method: "POST", headers, body });
  } catch {
    // Without network nobody hears it; what the page held is free when its time is over.
  }
}

async function keep({ page, parts, fresh }) {
  const cache = await caches.open(NAME);
  const wanted = new Set([page, ...parts].map((address) => new URL(address, self.location.href).href));
  for (const request of await cache.keys()) {
    const isPage = request.url === new URL(page, self.location.href).href;
    if (!wanted.has(request.url)) await cache.delete(request);
    else if (!isPage || !fresh) wanted.delete(request.url);
  }
  await Promise.all([...wanted].map((address) => add(cache, address, new URL(page, self.location.href).href)));
}

async function add(cache, address, page) {
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    // The sign-in page in place of the work page, or of anything else, is not what was asked for.
    const ours = address !== page || (await response.clone().text()).includes(PERSON);
    if (response.ok && !response.redirected && ours) await cache.put(address, response);
  } catch {
    // Asked for again with the next items.
  }
}
