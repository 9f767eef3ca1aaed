// The staff desk: fragments, and keys. J and K walk the queue; a letter shown in a button presses it.

import Alpine from "@alpinejs/csp";
import "./fragments.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function walk(step) {
  const rows = [...document.querySelectorAll(".desk-row")];
  const here = rows.findIndex((row) => row.hasAttribute("aria-current"));
  rows[Math.min(Math.max(here + step, 0), rows.length - 1)]?.click();
}

Alpine.data("deskKeys", () => ({
  press(event) {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toUpperCase();
    if (key === "J") walk(1);
    else if (key === "K") walk(-1);
    else if (key === "/") {
      event.preventDefault();
      document.querySelector("[data-desk-search]")?.focus();
    } else document.querySelector(`[data-key="${CSS.escape(key)}"]:not([aria-disabled="true"])`)?.click();
  },
}));

Alpine.start();
