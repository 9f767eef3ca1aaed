// What changes while a page is open: one stream of server-sent events, polling where a stream is not to be had.
//
// <meta name="live" content="address of the stream" data-now="address for polling" data-last="id known to the page">
// [data-live-topic="case:26-10482"]: sums of an event are painted into its [data-live-sum] and its bar
// (data-live-words: the names of the states); without sums the element is taken anew from the same page.
// Events name what changed and hold public sums only; whatever is personal is fetched from the page itself.

const feed = document.querySelector('meta[name="live"]');
const POLL_MS = 20_000;
const STREAM_AGAIN_MS = 300_000;
const HIDDEN_MS = 60_000;
const SPREAD_MS = 1_500;
const ORDER = ["delivered", "paid", "held", "received"];
const SVG = "http://www.w3.org/2000/svg";
const lang = document.documentElement.lang;

const state = { last: Number(feed?.dataset.last ?? 0), stream: null, timer: 0, again: 0, paused: false };
const tenge = (tiyn) => `${(tiyn / 100).toLocaleString(lang, { maximumFractionDigits: 2 })}\u00a0₸`;
const later = (ms) => ms * (0.7 + 0.6 * Math.random());

function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function paintBar(bar, sums, whole, words) {
  let start = 0;
  const parts = ORDER.filter((key) => sums[key] > 0).map((key) => {
    const width = (100 * sums[key]) / whole;
    const place = { x: `${start}%`, width: `${width}%`, height: "100%" };
    start += width;
    return drawn("rect", key === "received" ? { ...place, fill: "url(#hatch)" } : { ...place, "data-money": key });
  });
  const edge = (x, name) => drawn("line", { class: name, x1: x, x2: x, y1: "0", y2: "100%" });
  const gaps = parts.slice(1).map((part) => edge(part.getAttribute("x"), "bar-gap"));
  const tick = start > 0 && start < 99.999 ? [edge(`${start}%`, "bar-tick")] : [];
  bar.replaceChildren(...parts, ...gaps, ...tick);
  bar.setAttribute("aria-label", ORDER.map((key) => `${words[key] ?? key}: ${tenge(sums[key])}`).join(". "));
}

function paint(element, sums) {
  const collected = ORDER.reduce((all, key) => all + sums[key], 0);
  const shown = { ...sums, collected, rest: Math.max(sums.needed - collected, 0) };
  for (const place of element.querySelectorAll("[data-live-sum]")) {
    if (place.dataset.liveSum in shown) place.textContent = tenge(shown[place.dataset.liveSum]);
  }
  const words = JSON.parse(element.dataset.liveWords ?? "{}");
  for (const bar of element.querySelectorAll("svg.bar")) paintBar(bar, sums, Math.max(sums.needed, collected, 1), words);
}

async function takeAnew(topic) {
  const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const query = `[data-live-topic="${CSS.escape(topic)}"]`;
  const fresh = page.querySelectorAll(query);
  [...document.querySelectorAll(query)].forEach((old, index) => {
    if (!fresh[index] || old.contains(document.activeElement)) return;
    old.replaceWith(document.importNode(fresh[index], true));
  });
}

const soon = new Map();

function changed(topic) {
  if (soon.has(topic)) return;
  soon.set(topic, setTimeout(() => { soon.delete(topic); takeAnew(topic); }, Math.random() * SPREAD_MS));
}

function take({ id, topic, sums }) {
  state.last = Math.max(state.last, id);
  const elements = document.querySelectorAll(`[data-live-topic="${CSS.escape(topic)}"]`);
  if (sums) for (const element of elements) paint(element, sums);
  else if (elements.length > 0) changed(topic);
  document.dispatchEvent(new CustomEvent("demeu:live", { detail: { topic } }));
}

const withLast = (address) => `${address}${address.includes("?") ? "&" : "?"}after=${state.last}`;

async function poll() {
  const answer = await fetch(withLast(feed.dataset.now)).catch(() => null);
  if (answer?.ok) (await answer.json()).updates.forEach(take);
  state.timer = setTimeout(poll, later(answer?.ok ? POLL_MS : 4 * POLL_MS));
}

function pause() {
  state.stream?.close();
  state.stream = null;
  clearTimeout(state.timer);
  clearTimeout(state.again);
  state.paused = true;
}

function follow() {
  pause();
  state.paused = false;
  if (!window.EventSource) return poll();
  state.stream = new EventSource(withLast(feed.content));
  state.stream.addEventListener("message", (event) => take({ id: Number(event.lastEventId), ...JSON.parse(event.data) }));
  state.stream.addEventListener("error", () => {
    if (state.stream?.readyState !== EventSource.CLOSED) return;
    pause();
    state.paused = false;
    poll();
    state.again = setTimeout(follow, later(STREAM_AGAIN_MS));
  });
  return undefined;
}

if (feed) {
  let away = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(away);
    if (document.hidden) away = setTimeout(pause, HIDDEN_MS);
    else if (state.paused) follow();
  });
  follow();
}
