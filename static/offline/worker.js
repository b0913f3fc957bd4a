// Shows what a visitor has asked to keep when there is no network. It keeps nothing by itself: the page does that, when a
// button is pressed (static/js/offline.js). What is kept is fetched anew each time it is opened with a network.

const KEPT = "utan-nat";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});

// The network first: a programme changes. A kept page that could be fetched takes the place of the older copy.
async function page(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request, { ignoreVary: true });
  if (!known) return fetch(request);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await kept.put(request, dated(await fresh.clone().text()));
    else if (fresh.status === 404 || fresh.status === 410) await kept.delete(request);
    return fresh;
  } catch {
    return known;
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const known = await caches.match(request, { ignoreVary: true });
    if (known) return known;
    throw error;
  }
}

// Says in the page itself when it was fetched, so that it can be shown without asking anybody.
function dated(html) {
  const body = html.replace("<html ", `<html data-fetched="${new Date().toISOString()}" `);
  return new Response(body, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
