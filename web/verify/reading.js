// Finds the proof in what a person drops: a .tlog-proof text, or the text attached to a PDF receipt.
//
// A PDF is not understood, only searched: each stream is unpacked and looked at. Whatever is found is
// checked as strictly as a pasted text, so a wrong find can fail but can never pass.

import { unzlibSync } from "fflate";

export const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const BYTES_MAX = 20 << 20;
const STREAMS_MAX = 4000;

/** The proof's text, or null when the content holds none. */
export function proofIn(content) {
  if (content.length > BYTES_MAX) return null;
  if (!startsWith(content, 0, "%PDF")) return asProof(content);
  let found = null;
  let at = 0;
  for (let seen = 0; seen < STREAMS_MAX; seen += 1) {
    const begin = indexOf(content, "stream", at);
    if (begin < 0) break;
    const end = indexOf(content, "endstream", begin + 6);
    if (end < 0) break;
    found = asProof(unpacked(content.subarray(dataStart(content, begin + 6), end))) ?? found;
    at = end + 9;
  }
  return found && found.replace(/\s*$/, "\n");
}

function dataStart(content, at) {
  if (content[at] === 13 && content[at + 1] === 10) return at + 2;
  return content[at] === 10 ? at + 1 : at;
}

function unpacked(bytes) {
  if (startsWith(bytes, 0, FIRST_LINE)) return bytes;
  try {
    return unzlibSync(bytes);
  } catch {
    return new Uint8Array();
  }
}

function asProof(bytes) {
  if (!startsWith(bytes, 0, FIRST_LINE)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function startsWith(bytes, at, text) {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function indexOf(bytes, text, from) {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, at, text)) return at;
  }
  return -1;
}
