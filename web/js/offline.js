// The page without a connection: gifts that are not sent yet, a form to write one, own pages that can be read.
//
// [data-unsent] takes rows made from <template id="unsent-row">; [data-kept-list] takes links; a form [data-unsent-form]
// gets a fresh id. Sending is a plain form to the giving page: the person goes on to the gateway's page, or not.

import { allUnsent, dropUnsent } from "../worker/unsent.js";

const lang = document.documentElement.lang;
const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const sum = (tenge) => `${Number(tenge).toLocaleString(lang)}\u00a0₸`;

function amountOf(fields) {
  const given = Object.fromEntries(fields);
  return given.amount ? sum(given.amount.replace(/\s/g, "").replace(",", ".")) : sum(Number(given.suggested ?? 0) / 100);
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function unsentRow(row) {
  const made = document.getElementById("unsent-row").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-unsent-sum]").textContent = amountOf(row.fields);
  made.querySelector("[data-unsent-at]").textContent = new Date(row.at).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  const form = made.querySelector("form");
  for (const [name, value] of row.fields) form.append(hidden(name, value));
  form.append(hidden("csrfmiddlewaretoken", csrf()));
  made.querySelector("[data-unsent-drop]").addEventListener("click", async () => {
    await dropUnsent(row.gift);
    await paint();
  });
  return made;
}

async function paint() {
  const rows = await allUnsent();
  document.querySelector("[data-unsent]").replaceChildren(...rows.map(unsentRow));
  document.querySelector("[data-unsent-some]").hidden = rows.length === 0;
  connection();
}

function titleOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const tiyn = page.querySelector("[data-gift-amount]")?.dataset.giftAmount;
  const title = page.title.split(" · ")[0];
  return tiyn ? `${title}, ${sum(Number(tiyn) / 100)}` : title;
}

function fileName(url) {
  const name = new URL(url).pathname.split("/").pop();
  return name === "receipt.pdf" ? document.querySelector("[data-kept-list]").dataset.receipt : name;
}

async function keptPages() {
  const found = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith("own-"))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push([request.url, await cache.match(request)]);
  }
  return Promise.all(
    found.map(async ([url, answer]) => {
      const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
      return { url, title: isPage ? titleOf(await answer.text()) : fileName(url) };
    }),
  );
}

async function paintKept() {
  const pages = await keptPages();
  const links = pages.map(({ url, title }) => {
    const [line, link] = [document.createElement("li"), document.createElement("a")];
    Object.assign(link, { href: url, textContent: title });
    line.append(link);
    return line;
  });
  document.querySelector("[data-kept-list]").replaceChildren(...links);
  document.querySelector("[data-kept-none]").hidden = links.length > 0;
}

function connection() {
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = (part.dataset.when === "online") !== navigator.onLine;
  }
}

for (const form of document.querySelectorAll("[data-unsent-form]")) {
  form.elements.gift.value = crypto.randomUUID();
  if (csrf()) form.elements.csrfmiddlewaretoken.value = csrf();
}
window.addEventListener("online", connection);
window.addEventListener("offline", connection);
paint();
paintKept();
