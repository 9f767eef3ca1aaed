// Makes or shows a passkey (WebAuthn) and sends the form with the device's answer as JSON.
//
// <form data-passkey="make|use" data-options="JSON of WebAuthn"> with a hidden input `answer`,
// a [data-passkey-start] button and a [data-passkey-failed] line.
// It never keeps the answer and never talks to any other address.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function descriptors(list) {
  return (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
}

function options(form) {
  const asked = JSON.parse(form.dataset.options);
  const read = { ...asked, challenge: toBytes(asked.challenge) };
  if (asked.user) read.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.allowCredentials) read.allowCredentials = descriptors(asked.allowCredentials);
  if (asked.excludeCredentials) read.excludeCredentials = descriptors(asked.excludeCredentials);
  return { publicKey: read };
}

function answer(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = names.filter((name) => credential.response[name]);
  const response = Object.fromEntries(given.map((name) => [name, toText(credential.response[name])]));
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response };
}

async function ask(form) {
  if (!form.reportValidity()) return;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const kind = form.dataset.passkey === "make" ? "create" : "get";
    const credential = await navigator.credentials[kind](options(form));
    form.elements.answer.value = JSON.stringify(answer(credential));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.querySelector("[data-passkey-start]").addEventListener("click", () => ask(form));
}
