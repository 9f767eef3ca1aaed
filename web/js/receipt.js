// The page that checks a receipt: a chosen PDF or .tlog-proof is read in the browser and only its proof is sent.
//
// A picture of a receipt is looked through for its QR code; the code leads to the record. Nothing else leaves the device.
// <input type="file" data-receipt data-target="ID" data-nothing="…" data-record="…"> · [data-receipt-say]

import { proofIn } from "../verify/reading.js";

const PIXELS_MAX = 1600;

async function codeIn(file) {
  const [{ default: decode }, picture] = await Promise.all([import("qr/decode.js"), createImageBitmap(file)]);
  const scale = Math.min(1, PIXELS_MAX / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0, width, height);
  const { data } = brush.getImageData(0, 0, width, height);
  return decode({ width, height, data }, { timeLimit: 3000 });
}

/** The number of the record that the code names, or null. Addresses of other sites are never followed. */
function recordIn(text) {
  try {
    const record = new URL(text).searchParams.get("record");
    return /^\d{1,15}$/.test(record) ? record : null;
  } catch {
    return null;
  }
}

async function take(input) {
  const file = input.files[0];
  const say = document.querySelector("[data-receipt-say]");
  if (!file) return;
  if (file.type.startsWith("image/")) {
    const record = recordIn(await codeIn(file).catch(() => ""));
    say.textContent = record ? input.dataset.record.replace("{record}", record) : input.dataset.nothing;
    if (record) location.assign(`${location.pathname}?record=${record}`);
    return;
  }
  const text = proofIn(new Uint8Array(await file.arrayBuffer()));
  say.textContent = text ? "" : input.dataset.nothing;
  if (!text) return;
  const field = document.getElementById(input.dataset.target);
  field.value = text;
  input.value = "";
  field.form.requestSubmit();
}

for (const input of document.querySelectorAll("[data-receipt]")) input.addEventListener("change", () => take(input));
