// The installed app: registers the worker, says what this page is (kept, outdated), what is not sent, how to install.
//
// The page holds hidden notes [data-app-note="kept|update|unsent|install"] in its own words; [data-app-time] in the
// first is filled with the moment, [data-app-do="update|install"] are its buttons. Links [data-keep] are read ahead.

import "../drawn/app-192.png?url&no-inline";
import "../drawn/app-512.png?url&no-inline";
import "../drawn/app-apple-180.png?url&no-inline";
import "../drawn/app-maskable-512.png?url&no-inline";
import { allUnsent } from "../worker/unsent.js";

const note = (name) => document.querySelector(`[data-app-note="${name}"]`);
const button = (name) => document.querySelector(`[data-app-do="${name}"]`);
const show = (name) => note(name)?.removeAttribute("hidden");

function sayKept() {
  const at = document.documentElement.dataset.kept;
  if (!at) return;
  const time = note("kept")?.querySelector("[data-app-time]");
  if (time) time.textContent = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  show("kept");
}

async function sayUnsent() {
  if ((await allUnsent()).length > 0) show("unsent");
}

function offerUpdate(registration) {
  const waiting = registration.waiting;
  if (!waiting || !navigator.serviceWorker.controller) return;
  show("update");
  button("update")?.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ do: "renew" });
  });
}

function watchUpdates(registration) {
  offerUpdate(registration);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next.addEventListener("statechange", () => next.state === "installed" && offerUpdate(registration));
  });
}

window.addEventListener("beforeinstallprompt", (event) => {
  if (!note("install")) return;
  event.preventDefault();
  show("install");
  button("install").addEventListener("click", async () => {
    await event.prompt();
    note("install").hidden = true;
  });
});

async function start() {
  watchUpdates(await navigator.serviceWorker.register("/sw.js"));
  const { active } = await navigator.serviceWorker.ready;
  const addresses = [...document.querySelectorAll("a[data-keep]")].map((link) => link.href);
  if (document.querySelector("[data-keep-page]")) addresses.unshift(location.href);
  if (addresses.length > 0) active.postMessage({ do: "keep", addresses });
}

sayKept();
sayUnsent().catch(() => {});
if ("serviceWorker" in navigator) start();
