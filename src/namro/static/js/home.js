// A choice in a small form (map measure) acts at once; without this file its button does.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form.measure-choice")) {
    form.querySelector("button").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }
})();
