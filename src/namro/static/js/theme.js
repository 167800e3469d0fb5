// Light or dark at once, without loading the page again. Without this file the form posts and the page reloads.
"use strict";

(() => {
  const YEAR = 365 * 24 * 60 * 60;
  const root = document.documentElement;

  const keep = (theme) => {
    const age = theme === "auto" ? 0 : YEAR;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=${age}; SameSite=Lax${secure}`;
  };

  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("form.theme button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    root.dispatchEvent(new CustomEvent("namro:theme", { bubbles: true }));
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.theme") || !event.submitter) return;
    event.preventDefault();
    keep(event.submitter.value);
    show(event.submitter.value);
  });
})();
