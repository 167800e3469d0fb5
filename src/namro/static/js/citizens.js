// A file is sent as soon as it is chosen: on a weak line one paper at a time, so that what broke off is one paper.
// Without this file one presses the button beside it.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-send-on-choice]")) {
    const field = form.querySelector('input[type="file"]');
    field.addEventListener("change", () => {
      if (field.files.length) form.requestSubmit();
    });
  }
})();
