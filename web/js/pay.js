// Opens the gateway's own payment page: loads the gateway's script and hands it the order.
//
// <div data-pay data-gateway-script="https://…/payment-api.js" data-order="pay-order">
//   <button data-pay-start hidden> · <a> for pages without scripts · <p data-pay-say="loading|failed" hidden>
// <script type="application/json" id="pay-order">{"invoiceId": …, "auth": {…}}</script>
// Card numbers never pass through this page; the script comes only from the address that the server named.

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`cannot load ${source}`)));
    document.head.append(script);
  });
}

async function pay(block, say) {
  say("loading");
  try {
    if (!window.halyk) await load(block.dataset.gatewayScript);
    const order = JSON.parse(document.getElementById(block.dataset.order).textContent);
    window.halyk.pay(order);
  } catch {
    say("failed");
  }
}

for (const block of document.querySelectorAll("[data-pay]")) {
  const lines = [...block.querySelectorAll("[data-pay-say]")];
  const say = (state) => lines.forEach((line) => (line.hidden = line.dataset.paySay !== state));
  const button = block.querySelector("[data-pay-start]");
  button.hidden = false;
  for (const link of block.querySelectorAll("[data-no-script]")) link.hidden = true;
  button.addEventListener("click", () => pay(block, say));
}
