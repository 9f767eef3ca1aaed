// The page around the check: takes a file or a text, says what holds. Keeps nothing and asks nobody.

import { check, readKey } from "./checking.js";
import "./page.css";
import { proofIn } from "./reading.js";
import { LANGUAGES, WORDS } from "./words.js";

const at = (id) => document.getElementById(id);
const given = (name) => document.querySelector(`meta[name="${name}"]`).content.trim();
const asked = new URLSearchParams(location.search).get("lang");
const spoken = [asked, ...(navigator.languages ?? [])].map((tag) => (tag ?? "").slice(0, 2));
let words = WORDS[spoken.find((tag) => WORDS[tag]) ?? "ru"];
let last = () => {};

function speak(language) {
  words = WORDS[language];
  document.documentElement.lang = language;
  document.title = `${words.title} · Demeu`;
  for (const place of document.querySelectorAll("[data-say]")) place.textContent = words[place.dataset.say];
  for (const button of at("languages").children) button.setAttribute("aria-pressed", String(button.lang === language));
  last();
}

function put(parent, tag, text) {
  const made = parent.appendChild(document.createElement(tag));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Shows an answer, and shows it again when the language changes. */
function answer(verified, fill) {
  last = () => {
    const box = at("answer");
    box.replaceChildren();
    box.dataset.verified = verified ? "yes" : "no";
    box.hidden = false;
    fill(box);
  };
  last();
  at("answer").focus();
}

const refuse = (reason) => answer(false, (box) => put(box, "p", words[reason]));

function verify(text) {
  if (text === null) return refuse("nothing");
  const line = at("key").value.trim();
  if (!line) {
    at("keys").open = true;
    return refuse("keyMissing");
  }
  let key;
  try {
    key = readKey(line);
  } catch {
    at("keys").open = true;
    return refuse("keyWrong");
  }
  const witnesses = given("witness-keys").split(/\s+/).filter(Boolean).map(readKey);
  const found = check(text, key, witnesses);
  answer(found.proved !== null, (box) => show(box, found, witnesses.length > 0));
}

function show(box, { steps, proved }, withWitnesses) {
  put(box, "h2", proved ? words.yes : words.no);
  if (proved) put(box, "p", words.place.replace(/\{(\w+)\}/g, (_, name) => proved[name]));
  else put(box, "p", words.noHelp);
  const list = put(box, "ul");
  for (const [name, holds] of steps) put(list, "li", `${holds ? "✓" : "✗"} ${words[name]}`);
  if (!proved) return;
  put(box, "h2", words.facts);
  const facts = put(box, "dl");
  row(facts, words.kind, words[proved.kind] ?? proved.kind);
  row(facts, words.at, proved.at.replace("T", " ").replace("Z", ""));
  for (const name of Object.keys(proved.facts).sort()) row(facts, words[name] ?? name, fact(name, proved.facts[name]));
  if (!withWitnesses) return;
  put(box, "h2", words.witnesses);
  if (proved.cosigned.length === 0) put(box, "p", words.noWitnesses);
  for (const one of proved.cosigned) put(box, "p", `✓ ${one.name}, ${one.at.slice(0, 16).replace("T", " ")} UTC`);
}

function row(list, name, text) {
  const pair = put(list, "div");
  put(pair, "dt", name);
  put(pair, "dd", text);
}

function fact(name, value) {
  if (name === "amount_tiyn" && Number.isSafeInteger(value)) {
    const tongue = document.documentElement.lang === "en" ? "en" : "ru"; // few browsers know how Kazakh writes sums
    return `${(value / 100).toLocaleString(tongue, { minimumFractionDigits: value % 100 ? 2 : 0 })} ₸`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function take(file) {
  if (!file) return;
  const text = proofIn(new Uint8Array(await file.arrayBuffer()));
  at("text").value = text ?? "";
  verify(text);
}

at("key").value = given("log-key");
for (const [language, name] of Object.entries(LANGUAGES)) {
  const button = put(at("languages"), "button", name);
  button.type = "button";
  button.lang = language;
  button.addEventListener("click", () => speak(language));
}
at("file").addEventListener("change", (event) => take(event.target.files[0]));
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const written = at("text").value.replace(/\r\n/g, "\n");
  verify(written.trim() ? written.replace(/\s*$/, "\n").replace(/^\s+/, "") : null);
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files[0]);
  });
}
if (location.protocol.startsWith("http")) {
  at("save").href = `${location.pathname}?save=1`;
  at("save").hidden = false;
}
speak(Object.keys(WORDS).find((language) => WORDS[language] === words));
