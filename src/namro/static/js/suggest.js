// Fields with data-suggest show what a name may mean while one types: marks or not, old names too. The server finds
// and writes the list (data-suggest-url on the form); without this file one types the name or the code.
"use strict";

(() => {
  const WAIT = 250;
  const LEAST = 2;
  let lists = 0;

  const open = (field, list) => {
    list.hidden = !list.children.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };

  const close = (field, list) => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (field, list, option) => {
    field.value = option.dataset.value;
    close(field, list);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const move = (field, list, step) => {
    const options = [...list.children];
    if (!options.length) return;
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[(now + step + options.length) % options.length];
    options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
    field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  const fill = async (field, list, url) => {
    const words = field.value.trim();
    if (words.length < LEAST) return close(field, list);
    const answer = await fetch(`${url}?q=${encodeURIComponent(words)}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || field.value.trim() !== words || document.activeElement !== field) return;
    list.innerHTML = await answer.text();
    [...list.children].forEach((option, place) => {
      option.id = `${list.id}-${place}`;
      option.setAttribute("aria-selected", "false");
    });
    open(field, list);
  };

  const onKey = (event, field, list) => {
    if (event.key === "Escape") return close(field, list);
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(field, list, event.key === "ArrowDown" ? 1 : -1);
    }
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      choose(field, list, chosen);
    }
  };

  const begin = (field) => {
    const url = field.form && field.form.dataset.suggestUrl;
    if (!url || field.dataset.suggesting) return;
    const list = document.createElement("ul");
    list.id = `suggestions-${++lists}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.body.dataset.suggestions);
    const frame = document.createElement("span");
    frame.className = "suggesting";
    field.before(frame);
    frame.append(field, list);
    field.dataset.suggesting = "yes";
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      field.setAttribute(name, value);
    }
    let timer = 0;
    field.addEventListener("input", (event) => {
      if (!event.isTrusted) return; // a choice from the list is no new question
      clearTimeout(timer);
      timer = setTimeout(() => fill(field, list, url).catch(() => close(field, list)), WAIT);
    });
    field.addEventListener("keydown", (event) => onKey(event, field, list));
    field.addEventListener("blur", () => setTimeout(() => close(field, list), 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) choose(field, list, option);
    });
  };

  // One more row of a list of fields, without asking the server for the whole page again.
  const addRow = (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    event.preventDefault();
    const rows = button.parentElement.querySelectorAll("[data-suggest]");
    const row = rows[rows.length - 1].cloneNode(false);
    row.value = "";
    row.id = `${rows[0].id.replace(/_\d+$/, "")}_${rows.length + 1}`;
    row.setAttribute("aria-label", rows[rows.length - 1].getAttribute("aria-label") || "");
    delete row.dataset.suggesting;
    button.before(row);
    begin(row);
    row.focus();
  };

  document.querySelectorAll("[data-suggest]").forEach(begin);
  document.addEventListener("click", addRow);
})();
