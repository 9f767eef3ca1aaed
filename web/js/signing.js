// Signs the form's text with ЭЦП through NCALayer and sends the form.
//
// <form data-signing data-ncalayer-url="wss://127.0.0.1:13579" data-mode="attached|detached" data-signer="auth|sign">
//   hidden inputs: attempt, to_sign (base64), cms; a [data-signing-start] button; a status line per state:
//   <p data-signing-say="connecting|choose|sending|offline|cancelled|failed|phone|over" hidden>
// With data-phone="address" a [data-signing-phone] button asks there for a code for eGov Mobile, shows it in the
// <img> of [data-signing-code] and waits for what the phone brings.
// A sandbox page adds <select data-signing-key>: the chosen key goes to the sandbox as ?key=.
// It never reads the key, never keeps the signature and never talks to any other address.

import ncalayer from "ncalayer-js-client";

const { NCALayerClient } = ncalayer;

const SIGNERS = { auth: NCALayerClient.basicsSignerAuthAny, sign: NCALayerClient.basicsSignerSignAny };
const LOCALES = { kk: "kz", ru: "ru", en: "en" };

const PHONE_ASKED_MS = 2000;

class Offline extends Error {}

function address(form) {
  const url = new URL(form.dataset.ncalayerUrl);
  const chosen = form.querySelector("[data-signing-key]");
  if (chosen?.value) url.searchParams.set("key", chosen.value);
  return url.href;
}

function parameters(form) {
  const attached = form.dataset.mode === "attached";
  return { decode: true, encapsulate: attached, digested: false };
}

function signer(form) {
  const any = form.querySelector("[data-signing-key]") ? NCALayerClient.basicsSignerTestAny : null;
  return any ?? SIGNERS[form.dataset.signer ?? "sign"];
}

async function connected(form) {
  const client = new NCALayerClient(address(form));
  try {
    await client.connect();
  } catch (error) {
    throw new Offline("NCALayer does not answer", { cause: error });
  }
  return client;
}

// An NCALayer without the module `basics` answers that it knows no such module: the older `commonUtils` signs then.
async function signedBy(client, form, locale) {
  const text = form.elements.to_sign.value;
  let isOlder = false;
  client.onResponseReady = (answer) => {
    isOlder = answer.includes("MODULE_NOT_FOUND");
  };
  try {
    return await client.basicsSignCMS(null, text, parameters(form), signer(form), locale);
  } catch (error) {
    if (!isOlder) throw error;
    const use = form.dataset.signer === "auth" ? "AUTHENTICATION" : "SIGNATURE";
    return client.createCMSSignatureFromBase64("PKCS12", text, use, form.dataset.mode === "attached");
  }
}

async function signature(form, say) {
  say("connecting");
  const client = await connected(form);
  say("choose");
  try {
    const locale = LOCALES[document.documentElement.lang] ?? "ru";
    const cms = await signedBy(client, form, locale);
    return cms.replace(/-----[A-Z ]+-----|\s/g, "");
  } finally {
    client.wsConnection?.close();
  }
}

function states(form) {
  const lines = [...form.querySelectorAll("[data-signing-say]")];
  return (state) => {
    for (const line of lines) line.hidden = line.dataset.signingSay !== state;
  };
}

async function sign(form, say) {
  const buttons = form.querySelectorAll("[data-signing-start]");
  for (const button of buttons) button.setAttribute("aria-busy", "true");
  try {
    form.elements.cms.value = await signature(form, say);
    say("sending");
    form.submit();
  } catch (error) {
    if (error instanceof Offline) say("offline");
    else if (error?.canceledByUser || error?.message?.includes("action.canceled")) say("cancelled");
    else say("failed");
  } finally {
    for (const button of buttons) button.removeAttribute("aria-busy");
  }
}

const after = (ms) => new Promise((done) => setTimeout(done, ms));

async function codeFor(form) {
  const body = new FormData();
  body.set("attempt", form.elements.attempt.value);
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.phone, { method: "POST", body, headers });
  if (!answer.ok) throw new Error("no code");
  return answer.json();
}

async function broughtBy(form, until) {
  const address = form.dataset.phone.replace(/code\/$/, `brought/${form.elements.attempt.value}/`);
  while (Date.now() < until) {
    const answer = await fetch(address);
    const cms = answer.ok ? (await answer.json()).cms : "";
    if (cms) return cms;
    await after(PHONE_ASKED_MS);
  }
  return "";
}

async function signOnPhone(form, say) {
  const figure = form.querySelector("[data-signing-code]");
  const button = form.querySelector("[data-signing-phone]");
  button.disabled = true;
  try {
    const code = await codeFor(form);
    figure.querySelector("img").src = code.picture;
    figure.querySelector("[data-signing-link]").href = code.link;
    figure.hidden = false;
    say("phone");
    const cms = await broughtBy(form, Date.parse(code.until));
    if (!cms) return say("over");
    form.elements.cms.value = cms.replace(/-----[A-Z ]+-----|\s/g, "");
    say("sending");
    form.submit();
  } catch {
    say("over");
  } finally {
    figure.hidden = true;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-signing]")) {
  const say = states(form);
  const phone = form.querySelector("[data-signing-phone]");
  if (phone && form.dataset.phone) {
    phone.hidden = false;
    phone.addEventListener("click", () => signOnPhone(form, say));
  }
  form.querySelectorAll("[data-signing-start]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!button.hasAttribute("aria-busy")) sign(form, say);
    });
  });
}
