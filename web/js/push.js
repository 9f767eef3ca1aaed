// Subscribes this browser to notices: fills a plain form with the subscription and sends it.
//
// <form data-push data-key="…" data-training="…"> inputs endpoint, p256dh, auth · <button data-push-start hidden>
//   <p data-push-say="asking|denied|failed|absent" hidden>
// Where the browser's own push service is out of reach, the demo names a training one (`data-training`).

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

async function ownSubscription(key) {
  const registration = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  return made.toJSON();
}

async function trainingSubscription(address, key) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ key }) });
  if (!answer.ok) throw new Error(`the training service answered ${answer.status}`);
  return answer.json();
}

async function subscription(form) {
  const { key, training } = form.dataset;
  const allowed = "Notification" in window && (await Notification.requestPermission()) === "granted";
  if (allowed) {
    try {
      return await ownSubscription(key);
    } catch (fault) {
      if (!training) throw fault;
    }
  }
  return training ? trainingSubscription(training, key) : null;
}

for (const form of document.querySelectorAll("[data-push]")) {
  const lines = [...form.querySelectorAll("[data-push-say]")];
  const say = (state) => lines.forEach((line) => (line.hidden = line.dataset.pushSay !== state));
  const button = form.querySelector("[data-push-start]");
  const able = "serviceWorker" in navigator && "PushManager" in window;
  if (!able && !form.dataset.training) {
    say("absent");
    continue;
  }
  button.hidden = false;
  say("");
  button.addEventListener("click", async () => {
    say("asking");
    try {
      const made = await subscription(form);
      if (!made) return say("denied");
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = made.keys.p256dh;
      form.elements.auth.value = made.keys.auth;
      form.submit();
    } catch {
      say("failed");
    }
  });
}
