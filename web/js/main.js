// Every page: the stylesheet, the theme switch, "copy link", focus on the error summary. No library.
// The chosen theme is a cookie, so that the server paints the page right from the start.

import "../css/main.css";
import "../drawn/icon.svg?url&no-inline";
import "../drawn/map.svg?url&no-inline";
import "../drawn/sprite.svg?url&no-inline";

const root = document.documentElement;

function remember(theme) {
  const age = theme === "auto" ? 0 : 31536000;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
}

function paint(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === (root.dataset.theme ?? "auto")));
  }
}

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
