// Signs the form's text with ЭЦП through NCALayer and sends the form.
//
// <form data-signing data-ncalayer-url="wss://127.0.0.1:13579" data-mode="attached|detached" data-signer="auth|sign">
//   hidden inputs: attempt, to_sign (base64), cms; a [data-signing-start] button; a status line per state:
//   <p data-signing-say="connecting|choose|sending|offline|cancelled|failed" hidden>
// A sandbox page adds <select data-signing-key>: the chosen key goes to the sandbox as ?key=.
// It never reads the key, never keeps the signature and never talks to any other address.

import ncalayer from "ncalayer-js-client";

const { NCALayerClient } = ncalayer;

const SIGNERS = { auth: NCALayerClient.basicsSignerAuthAny, sign: NCALayerClient.basicsSignerSignAny };
const LOCALES = { kk: "kz", ru: "ru", en: "en" };

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

async function signature(form, say) {
  say("connecting");
  const client = await connected(form);
  say("choose");
  try {
    const locale = LOCALES[document.documentElement.lang] ?? "ru";
    const cms = await client.basicsSignCMS(null, form.elements.to_sign.value, parameters(form), signer(form), locale);
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
    else if (error?.canceledByUser) say("cancelled");
    else say("failed");
  } finally {
    for (const button of buttons) button.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-signing]")) {
  const say = states(form);
  form.querySelectorAll("[data-signing-start]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!button.hasAttribute("aria-busy")) sign(form, say);
    });
  });
}
