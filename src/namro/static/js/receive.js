// At the desk: a number that is known brings its name and telephone; what was typed by hand is not overwritten, what
// came with another number does not stay. Another case shows its papers
// at once, another way of submission its sum. Without this file one types, and presses.
"use strict";

(() => {
  const form = document.querySelector("form[data-known]");
  if (!form) return;
  const { number, kind, name, phone } = form.elements;
  const line = form.querySelector("[data-known-line]");

  const brought = new Map(); // what came with a number, by its field
  let turn = 0;

  const put = (field, value) => {
    if (field.value && field.value !== brought.get(field)) return; // typed by hand
    field.value = value;
    brought.set(field, value);
  };

  const fill = (said) => {
    put(name, said.name || "");
    put(phone, said.phone || "");
    line.textContent = said.name ? form.dataset.knownWords : form.dataset.newWords;
  };

  const ask = async () => {
    const mine = ++turn;
    fill({}); // also when the line is cut, nobody's name stays beside another's number
    line.textContent = "";
    if (!number.value.trim()) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("kind", kind.value);
    body.set("number", number.value);
    try {
      const answer = await fetch(form.dataset.known, { method: "POST", body });
      const said = answer.ok || answer.status === 429 ? await answer.json() : null;
      if (!said || mine !== turn) return; // another number has been typed meanwhile
      if (answer.ok) fill(said);
      else line.textContent = said.refused;
    } catch {
      line.textContent = ""; // the line is cut: one goes on typing
    }
  };

  number.addEventListener("change", ask);
  kind.addEventListener("change", ask);
  for (const choice of form.querySelectorAll("[data-shows-anew]")) {
    choice.addEventListener("change", () => form.requestSubmit(form.querySelector("button[value='show']")));
  }
})();
