// At the desk: a number that is known brings its name and telephone; what was typed meanwhile is not overwritten.
// Without this file one types them.
"use strict";

(() => {
  const form = document.querySelector("form[data-known]");
  if (!form) return;
  const { number, kind, name, phone } = form.elements;
  const line = form.querySelector("[data-known-line]");

  const fill = (said) => {
    if (said.name && !name.value) name.value = said.name;
    if (said.phone && !phone.value) phone.value = said.phone;
    line.textContent = said.name ? form.dataset.knownWords : form.dataset.newWords;
  };

  const ask = async () => {
    line.textContent = "";
    if (!number.value.trim()) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("kind", kind.value);
    body.set("number", number.value);
    try {
      const answer = await fetch(form.dataset.known, { method: "POST", body });
      if (answer.ok) fill(await answer.json());
      else if (answer.status === 429) line.textContent = (await answer.json()).refused;
    } catch {
      line.textContent = ""; // the line is cut: one goes on typing
    }
  };

  number.addEventListener("change", ask);
  kind.addEventListener("change", ask);
})();
