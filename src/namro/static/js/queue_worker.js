// The page of a counter opens without a line too (a machine that was cut off from power and line at once): as it was
// last seen on this device, with what draws it; js/queue_desk.js then goes on from what this device keeps. It works where
// browsers let it, on https and loopback. js/forget.js throws the page away when somebody signs out.
"use strict";

(() => {
  const KEPT = "namro-counter";
  const COUNTER = /^\/hang-doi\/[^/]+\/quay\/\d+\/$/;
  // A dead zone answers nothing at all: so long a page is waited for.
  const PATIENCE = 8000;
  // Styles and scripts change their names with each version; what is older than these is thrown away.
  const MOST = 60;

  const inTime = () => new Promise((_, refuse) => setTimeout(() => refuse(new Error("no answer")), PATIENCE));

  const keep = async (request, answer) => {
    const kept = await caches.open(KEPT);
    await kept.delete(request, { ignoreVary: true });
    await kept.put(request, answer);
    const names = await kept.keys();
    await Promise.all(names.slice(0, Math.max(0, names.length - MOST)).map((old) => kept.delete(old)));
  };

  const answered = async (event) => {
    const { request } = event;
    try {
      const answer = await Promise.race([fetch(request), inTime()]);
      if (answer.ok && answer.type === "basic" && !answer.redirected) event.waitUntil(keep(request, answer.clone()));
      return answer;
    } catch (fault) {
      const known = await caches.match(request, { cacheName: KEPT, ignoreVary: true });
      if (known) return known;
      throw fault;
    }
  };

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    const isPage = request.mode === "navigate" && COUNTER.test(url.pathname) && !url.search;
    if (isPage || url.pathname.startsWith("/static/")) event.respondWith(answered(event));
  });
})();
