// The service worker: built files from the device, own pages without a connection, gifts written without one, notices.
// It stores nothing but what the server marked as the reader's own, and sends nothing by itself.
//
// The server puts `self.BUILT = {version, files, offline, give, signOut}` before this script (portal/patron).

import { FILES, forgetOwn, isFresh, isOwn, keep, kept, timesForgotten } from "./kept.js";
import { dropAllUnsent, dropUnsent, keepUnsent } from "./unsent.js";

const { version, files, offline, give, signOut } = self.BUILT;
const CACHE = `${FILES}-${version}`;
const KEPT_AGAIN_H = 12;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...files, new Request(offline, { cache: "reload" })])));
});

async function dropOlderFiles() {
  const names = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlderFiles().then(() => self.clients.claim()));
});

async function builtFile(request) {
  return (await caches.match(request)) ?? fetch(request);
}

const offlinePage = () => caches.match(offline, { ignoreSearch: true }).then((page) => page ?? Response.error());

// A page that turned into the way to sign in: the session is over, so what was kept for it goes.
async function page(event) {
  const { request } = event;
  const since = timesForgotten();
  try {
    const answer = await fetch(request);
    const ended = answer.type === "opaqueredirect" && new URL(request.url).pathname.startsWith("/my/");
    if (ended) event.waitUntil(isKnown(request).then((known) => known && forgetOwn()));
    else if (isOwn(answer)) event.waitUntil(keep(request, answer.clone(), since));
    return answer;
  } catch {
    return (await kept(request)) ?? offlinePage();
  }
}

const isKnown = (request) => isFresh(request.url, 24 * 365);

async function own(request) {
  const since = timesForgotten();
  try {
    const answer = await fetch(request);
    if (isOwn(answer)) await keep(request, answer.clone(), since);
    return answer;
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

async function giving(request) {
  const form = request.clone().formData();
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect") await dropUnsent((await form).get("gift"));
    return answer;
  } catch {
    await keepUnsent(await form);
    return Response.redirect(`${offline}?unsent`, 303);
  }
}

// Forgotten twice: pages may come in until the server has ended the session.
async function signingOut(request) {
  await Promise.all([forgetOwn(), dropAllUnsent()]);
  try {
    return await fetch(request);
  } finally {
    await forgetOwn();
  }
}

function answerTo(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return null;
  if (request.method === "POST" && request.mode === "navigate") {
    if (url.pathname === signOut) return signingOut(request);
    return url.pathname === give ? giving(request) : null;
  }
  if (request.method !== "GET") return null;
  if (url.pathname.startsWith("/static/")) return builtFile(request);
  if (url.pathname === offline) return caches.match(offline, { ignoreSearch: true }).then((known) => known ?? fetch(request));
  if (request.mode === "navigate") return page(event);
  return null;
}

self.addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

// Own pages named by an open page of the cabinet: fetched so that they can be read without a connection.
async function keepAll(addresses) {
  for (const address of addresses) {
    const request = new Request(address, { credentials: "same-origin" });
    if (!(await isFresh(request.url, KEPT_AGAIN_H))) await own(request);
  }
}

self.addEventListener("message", (event) => {
  if (event.data?.do === "renew") self.skipWaiting();
  if (event.data?.do === "keep") event.waitUntil(keepAll(event.data.addresses));
});

self.addEventListener("push", (event) => {
  const notice = event.data.json();
  const body = notice.check ? `${notice.text}\n${notice.check}` : notice.text;
  event.waitUntil(self.registration.showNotification(notice.title, { body, lang: notice.lang, tag: notice.tag }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/my/notices/"));
});
