// Pages that a person may read without a connection. Only what the server marked with `Demeu-Keep: <owner>` is kept,
// in a cache of that owner; another owner, or signing out, removes it. Nobody else's page ever gets in.

const PREFIX = "own-";
export const FILES = "files";
const DAYS_MAX = 30;

const ownerOf = (answer) => answer.headers.get("Demeu-Keep") ?? "";

/** Whether the server marked the answer as its reader's own; asked before a long download would be copied for nothing. */
export const isOwn = (answer) => ownerOf(answer) !== "";

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

let forgotten = 0;

/** How often own pages were forgotten: what was asked for before the last time must not be kept after it. */
export const timesForgotten = () => forgotten;

/** Forget every own page. */
export async function forgetOwn() {
  forgotten += 1;
  await Promise.all((await ownCaches()).map((name) => caches.delete(name)));
}

function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set("Demeu-Kept-At", new Date().toISOString());
  return headers;
}

/** Keep an answer if the server says whose it is. `since`: `timesForgotten()` when it was asked for. */
export async function keep(request, answer, since) {
  const owner = ownerOf(answer);
  if (since !== forgotten || !owner || answer.status !== 200 || request.method !== "GET") return false;
  const mine = PREFIX + owner;
  await Promise.all((await ownCaches()).filter((name) => name !== mine).map((name) => caches.delete(name)));
  const cache = await caches.open(mine);
  await cache.put(request.url, new Response(await answer.blob(), { status: 200, headers: dated(answer) }));
  if (since !== forgotten) await caches.delete(mine);
  return since === forgotten;
}

const tooOld = (answer) => Date.now() - Date.parse(answer.headers.get("Demeu-Kept-At")) > DAYS_MAX * 86_400_000;

async function found(url) {
  for (const name of await ownCaches()) {
    const answer = await (await caches.open(name)).match(url);
    if (answer && !tooOld(answer)) return answer;
  }
  return undefined;
}

/** Whether this address was kept within the last `hours`. */
export async function isFresh(url, hours) {
  const answer = await found(url);
  return Boolean(answer) && Date.now() - Date.parse(answer.headers.get("Demeu-Kept-At")) < hours * 3_600_000;
}

/** The kept answer; a page says of itself when it was kept. */
export async function kept(request) {
  const answer = await found(request.url);
  if (!answer || !(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) return answer;
  const text = await answer.text();
  const at = answer.headers.get("Demeu-Kept-At");
  const headers = new Headers(answer.headers);
  headers.delete("Content-Length");
  return new Response(text.replace("<html ", `<html data-kept="${at}" `), { headers });
}
