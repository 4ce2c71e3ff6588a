/* Opens the page of a note, and the first page, where there is no network. It keeps no page of anybody: one page that
knows nobody, and the files it needs. All else goes to the portal as if this were not here. */

const KEPT = {{ kept|safe }};
const CACHE = `notes-${KEPT.version}`;
const PATIENCE = 6000; // ms, then the kept page is shown instead of a blank one

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

/* Without cookies: what is kept must not depend on who is signed in. */
async function keep() {
  const cache = await caches.open(CACHE);
  const fetched = [KEPT.shell, ...KEPT.files].map(async (address) => {
    const answer = await fetch(address, { cache: "reload", credentials: "omit" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  });
  await Promise.all(fetched);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("notes-") && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && KEPT.pages.includes(address.pathname)) event.respondWith(page(request, address.pathname));
  else if (KEPT.files.includes(address.pathname)) event.respondWith(file(address.pathname, request));
});

async function page(request, path) {
  try {
    const answer = await inTime(fetch(request));
    if (answer.status < 500 || path !== KEPT.note) return answer;
  } catch {
    /* no network, or too slow */
  }
  return (await caches.match(KEPT.shell, { cacheName: CACHE })) ?? Response.error();
}

function inTime(answer) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("slow")), PATIENCE);
    answer.then(resolve, reject);
  });
}

async function file(path, request) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}
