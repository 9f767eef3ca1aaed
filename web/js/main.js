// Every page: the stylesheet, the theme switch, "copy link", focus on the error summary. No library.

import "../css/main.css";
import "../drawn/map.svg?url&no-inline";
import "../drawn/sprite.svg?url&no-inline";

const root = document.documentElement;

function remembered() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Private windows may refuse storage: the choice then lasts for this page only.
  }
}

function paint(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === (root.dataset.theme ?? "auto")));
  }
}

paint(remembered());

for (const group of document.querySelectorAll("[data-theme-switch]")) group.hidden = false;

document.addEventListener("click", async (event) => {
  const themed = event.target.closest("[data-set-theme]");
  if (themed) {
    remember(themed.dataset.setTheme);
    paint(themed.dataset.setTheme);
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(copier.dataset.copy);
    const said = document.getElementById(copier.getAttribute("aria-describedby"));
    if (said) said.textContent = copier.dataset.copied;
  }
});

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

document.querySelector(".ds-error-summary")?.focus();
