// A button with data-print prints the page; without this file the browser's own command does.
"use strict";

(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
})();
