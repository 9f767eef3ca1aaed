// Pages that swap fragments: htmx without eval and without injected style, so a strict CSP holds.
// Filters: `<form data-autosubmit hx-get=… hx-target=…>`; their submit button is for pages without scripts.

import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4..", swap: true, error: true },
  { code: "...", swap: false, error: true },
];

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

for (const button of document.querySelectorAll("form[data-autosubmit] [data-no-script]")) button.hidden = true;
