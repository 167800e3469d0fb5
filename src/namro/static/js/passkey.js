// Passkeys: the form waits while the browser makes or uses one, then carries its answer to the server.
// Words come from the form: data-unable is said where the browser or the address cannot do it.
"use strict";

(() => {
  const options = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);

  const answer = (form) => form.querySelector("[data-passkey-answer]");

  const ask = (form) =>
    form.dataset.passkey === "make"
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options(form)) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options(form)) });

  const able = () => window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON;

  const say = (form) => (form.querySelector("[data-passkey-words]").textContent = form.dataset.unable);

  const send = async (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form || answer(form).value) return;
    event.preventDefault();
    if (!able()) return say(form);
    try {
      answer(form).value = JSON.stringify((await ask(form)).toJSON());
      form.submit();
    } catch {
      say(form); // the person said no, the time ran out, or the address may not have passkeys
    }
  };

  document.addEventListener("submit", send);
})();
