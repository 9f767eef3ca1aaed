/* The gateway's widget: halyk.pay({...}) brings the payer to the payment page by an ordinary form. */
(() => {
  "use strict";
  const page = new URL("/epay/payform/", document.currentScript.src).href;

  const field = (name, value) => {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
    return input;
  };

  const pay = (order) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = page;
    for (const [name, value] of Object.entries(order)) {
      if (value !== undefined && value !== null) form.append(field(name, value));
    }
    document.body.append(form);
    form.submit();
  };

  window.halyk = { pay };
})();
