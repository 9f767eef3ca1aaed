// Shows what vault encrypted for this browser. Holds nothing, asks nothing, opens only the cabinet.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const notice = event.data.json();
  const body = notice.check ? `${notice.text}\n${notice.check}` : notice.text;
  event.waitUntil(self.registration.showNotification(notice.title, { body, lang: notice.lang, tag: notice.tag }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/my/notices/"));
});
