// Checks a proof step by step against the log's public key. Pure: no page, no network, no storage.
//
// Formats: C2SP tlog-proof, signed-note, tlog-checkpoint, tlog-cosignature; tree of RFC 6962 with SHA-256.
// Everything is read in its one form, so that no byte of a proof can be changed unnoticed.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { FIRST_LINE } from "./reading.js";

const utf8 = new TextEncoder();
const LOG = 1;
const WITNESS = 4;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A key in its one line: name+hash+base64(kind ‖ 32 bytes). Throws when it is none. */
export function readKey(line) {
  const [name, hash, ...rest] = line.trim().split("+");
  const raw = fromBase64(rest.join("+"));
  const key = { name, kind: raw[0], bytes: raw.subarray(1) };
  need(name && (key.kind === LOG || key.kind === WITNESS) && key.bytes.length === 32, "key");
  need(hex(idOf(key)) === hash, "key");
  return { ...key, id: idOf(key) };
}

/** {steps: [[name, holds]], proved}: the steps up to the first that fails; proved is null unless all hold. */
export function check(text, key, witnesses = []) {
  const steps = [];
  const known = {};
  for (const [name, attempt] of STEPS) {
    try {
      attempt(known, text, key);
      steps.push([name, true]);
    } catch {
      steps.push([name, false]);
      return { steps, proved: null };
    }
  }
  const cosigned = witnesses.map((one) => cosignature(known.checkpoint, one)).filter(Boolean);
  return { steps, proved: { ...known.opening, index: known.index, size: known.size, origin: key.name, cosigned } };
}

const STEPS = [
  ["readable", readProof],
  ["signature", openCheckpoint],
  ["commitment", readOpening],
  ["inclusion", followPath],
];

function readProof(known, text) {
  const cut = text.indexOf("\n\n");
  need(cut > 0);
  const lines = text.slice(0, cut).split("\n");
  need(lines.shift() === FIRST_LINE);
  known.extra = lines[0]?.startsWith("extra ") ? lines.shift().slice(6) : "";
  need(/^index (0|[1-9]\d{0,14})$/.test(lines[0] ?? ""));
  known.index = Number(lines.shift().slice(6));
  known.path = lines.map((line) => hashOf(line));
  known.checkpoint = text.slice(cut + 2);
}

function openCheckpoint(known, _text, key) {
  const { body, signatures } = noteOf(known.checkpoint);
  const ours = signatures.find((line) => line.name === key.name && same(line.raw.subarray(0, 4), key.id));
  need(ours && ed25519.verify(ours.raw.subarray(4), utf8.encode(body), key.bytes, { zip215: false }));
  const lines = body.split("\n");
  need(lines[0] === key.name && /^(0|[1-9]\d{0,14})$/.test(lines[1]));
  known.size = Number(lines[1]);
  known.root = hashOf(lines[2]);
}

function readOpening(known) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(fromBase64(known.extra));
  const plain = JSON.parse(text);
  need(canonical(plain) === text && Object.keys(plain).sort().join() === "at,facts,kind,salt");
  need(MOMENT.test(plain.at) && typeof plain.kind === "string" && /^([0-9a-f]{2})+$/.test(plain.salt));
  const commitment = hex(sha256(join(fromHex(plain.salt), utf8.encode(canonical(plain.facts)))));
  known.opening = { kind: plain.kind, at: plain.at, facts: plain.facts };
  known.entry = utf8.encode(canonical({ at: plain.at, commitment, kind: plain.kind, v: 1 }));
}

function followPath(known) {
  let position = known.index;
  let last = known.size - 1;
  need(position >= 0 && position <= last);
  let found = sha256(join(Uint8Array.of(0), known.entry));
  for (const sibling of known.path) {
    need(last > 0);
    if (position % 2 === 1 || position === last) {
      found = sha256(join(Uint8Array.of(1), sibling, found));
      while (position % 2 === 0 && position > 0) [position, last] = [half(position), half(last)];
    } else {
      found = sha256(join(Uint8Array.of(1), found, sibling));
    }
    [position, last] = [half(position), half(last)];
  }
  need(last === 0 && same(found, known.root));
}

/** {name, at} when this witness cosigned the checkpoint (cosignature/v1), else null. */
function cosignature(checkpoint, witness) {
  const { body, signatures } = noteOf(checkpoint);
  for (const { name, raw } of signatures) {
    if (name !== witness.name || raw.length !== 76 || !same(raw.subarray(0, 4), witness.id)) continue;
    const seconds = new DataView(raw.buffer, raw.byteOffset + 4, 8).getBigUint64(0);
    const said = utf8.encode(`cosignature/v1\ntime ${seconds}\n${body}`);
    if (ed25519.verify(raw.subarray(12), said, witness.bytes, { zip215: false })) {
      return { name, at: new Date(Number(seconds) * 1000).toISOString() };
    }
  }
  return null;
}

function noteOf(text) {
  const cut = text.indexOf("\n\n");
  need(cut > 0 && text.endsWith("\n"));
  const signatures = text.slice(cut + 2, -1).split("\n").map((line) => {
    const parts = line.split(" ");
    need(parts.length === 3 && parts[0] === "\u2014");
    return { name: parts[1], raw: fromBase64(parts[2]) };
  });
  return { body: text.slice(0, cut + 1), signatures };
}

/** JSON with sorted keys and no spaces: one text for one meaning. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

const half = (number) => Math.floor(number / 2);
const idOf = (key) => sha256(join(utf8.encode(`${key.name}\n`), Uint8Array.of(key.kind), key.bytes)).subarray(0, 4);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

function fromBase64(text) {
  const binary = atob(text);
  need(btoa(binary) === text);
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function hashOf(text) {
  const bytes = fromBase64(text);
  need(bytes.length === 32);
  return bytes;
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function need(holds, what = "proof") {
  if (!holds) throw new Error(what);
}
