// What is typed is not lost: a form with data-draft="name" is kept on this device until the server has taken it,
// bears an id made here (so that sending twice writes once), and cannot be sent by two clicks.
// Files and passwords are never kept. data-once alone only stops the second click.
"use strict";

(() => {
  const PREFIX = "namro-draft:";
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);
  const dirty = new Set();

  const key = (form) => PREFIX + form.dataset.draft;
  const kept = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));

  const newId = () => (crypto.randomUUID ? crypto.randomUUID() : fromRandom());

  // crypto.randomUUID exists only on https and loopback; an office may run on plain http inside its own network.
  const fromRandom = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const read = (form) => {
    try {
      const draft = JSON.parse(localStorage.getItem(key(form)));
      return draft && Date.now() - draft.at < WEEK ? draft : null;
    } catch {
      return null;
    }
  };

  const write = (form) => {
    const fields = kept(form).map((field) => [field.name, field.value, Boolean(field.checked)]);
    const id = form.elements.client_id ? form.elements.client_id.value : "";
    try {
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), id, fields, sent: form.dataset.sent || "" }));
    } catch {
      return; // storage full or shut: typing goes on, only the copy is missing
    }
    tell(form, document.body.dataset.draftKept);
  };

  const tell = (form, words) => {
    let line = form.querySelector(".draft-kept");
    if (!line) {
      line = document.createElement("p");
      line.className = "draft-kept";
      line.setAttribute("role", "status");
      form.append(line);
    }
    line.textContent = words;
  };

  const restore = (form, draft) => {
    kept(form).forEach((field, place) => {
      const [name, value, checked] = draft.fields[place] || [];
      if (name !== field.name) return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked && field.value === value;
      else field.value = value;
    });
    tell(form, document.body.dataset.draftRestored);
  };

  // An id belongs to what was sent with it: sent again unchanged it writes once, changed it is another act.
  const renew = (form) => {
    if (!form.dataset.sent) return;
    delete form.dataset.sent;
    if (form.elements.client_id) form.elements.client_id.value = newId();
  };

  // A form that comes back with refusals shows what the server got, which is newer than the draft.
  const begin = (form) => {
    const draft = form.querySelector(".errorlist") ? null : read(form);
    const id = form.elements.client_id;
    if (id) id.value = (draft && draft.id) || id.value || newId();
    if (draft) restore(form, draft);
    if (draft && draft.sent) form.dataset.sent = "yes";
    let timer = 0;
    form.addEventListener("input", () => {
      dirty.add(form);
      renew(form);
      clearTimeout(timer);
      timer = setTimeout(() => write(form), 400);
    });
  };

  const sendOnce = (event) => {
    const form = event.target;
    if (!form.matches("[data-draft], [data-once]") || event.defaultPrevented) return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    form.dataset.sent = "yes";
    if (form.dataset.draft) write(form);
    dirty.delete(form);
    // After the browser has gathered the fields, the button's own name and value included.
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
  };

  // The page after a success names the draft that is no longer needed: <meta name="draft-taken" content="name">.
  const forgetTaken = () => {
    for (const meta of document.querySelectorAll('meta[name="draft-taken"]')) {
      localStorage.removeItem(PREFIX + meta.content);
    }
  };

  const wakeAfterBack = () => {
    for (const form of document.querySelectorAll("[data-sending]")) {
      delete form.dataset.sending;
      form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    }
  };

  forgetTaken();
  document.querySelectorAll("form[data-draft]").forEach(begin);
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", wakeAfterBack);
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });
})();
