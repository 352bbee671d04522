// Keeps what a phone on a hillside needs: the frame of the shop, passports that were opened, one's own orders.
// Pages come from the network first; a new version takes over by itself and throws the old stores away.
const VERSION = "{{ version }}";
const FRAME = `frame-${VERSION}`;
const PAGES = "pages-1";
const KEPT = [{% for address in kept %}"{{ address|escapejs }}", {% endfor %}"/mat-mang/", "/en/mat-mang/"];
const PASSPORT = /^(\/en)?\/(01|8006|t)\//;
const ORDER = /^(\/en)?\/don-hang\/[^/]+\/$/;
const MOST = 40;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FRAME).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== FRAME && name !== PAGES) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  // After signing out a shared phone keeps no orders.
  if (event.data === "forget") event.waitUntil(caches.delete(PAGES));
  if (event.data === "kept") event.waitUntil(kept().then((list) => event.source.postMessage({ kept: list })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (KEPT.includes(url.pathname)) event.respondWith(frame(request));
});

async function frame(request) {
  return (await caches.match(request, { cacheName: FRAME, ignoreSearch: true })) ?? fetch(request);
}

async function page(event, url) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    if (worthKeeping(url) && answer.ok && !answer.redirected) event.waitUntil(keep(url, answer.clone()));
    if (worthKeeping(url) && [403, 404, 410].includes(answer.status)) event.waitUntil(drop(url));
    return answer;
  } catch {
    const found = worthKeeping(url) && (await caches.match(name(url), { cacheName: PAGES }));
    if (found) return marked(found);
    const offline = url.pathname.startsWith("/en/") ? "/en/mat-mang/" : "/mat-mang/";
    return (await caches.match(offline, { cacheName: FRAME })) ?? Response.error();
  }
}

function worthKeeping(url) {
  return PASSPORT.test(url.pathname) || ORDER.test(url.pathname);
}

// The secret of an order's address is not written into the store; the path alone finds it again.
function name(url) {
  return url.origin + url.pathname;
}

async function keep(url, answer) {
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) return;
  const cache = await caches.open(PAGES);
  await cache.delete(name(url));
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await cache.put(name(url), new Response(await answer.blob(), { status: 200, headers }));
  for (const old of (await cache.keys()).slice(0, -MOST)) await cache.delete(old);
}

async function drop(url) {
  await (await caches.open(PAGES)).delete(name(url));
}

// A kept page says so: what it shows of a lot was true when it was kept.
async function marked(answer) {
  const since = answer.headers.get("X-Kept-At") ?? "";
  const html = (await answer.text()).replace("<html ", `<html data-kept="${since}" `);
  return new Response(html, { status: 200, headers: answer.headers });
}

async function kept() {
  const cache = await caches.open(PAGES);
  const found = [];
  for (const request of (await cache.keys()).reverse()) {
    const html = await (await cache.match(request)).text();
    const path = new URL(request.url).pathname;
    const title = html.match(/<title>\s*([^<]*?)\s*(?:·[^<]*)?<\/title>/)?.[1] ?? path;
    found.push({ path, title, order: ORDER.test(path) });
  }
  return found;
}
