// One's own board by dragging: the order of the cards is the order of the form's hidden fields, sent when one is dropped.
// The buttons beside each card do the same without it, and by keyboard.
"use strict";

(() => {
  const form = document.querySelector("form[data-arrange]");
  if (!form) return;
  const grid = form.querySelector(".chart-grid");
  const told = form.querySelector("[data-arrange-told]");
  let held = null;

  const clear = () => grid.querySelectorAll(".is-aim").forEach((each) => each.classList.remove("is-aim"));

  const keep = async () => {
    const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.ok) told.textContent = told.dataset.kept;
    else location.reload();
  };

  // First and last change with the order: what cannot move is not offered.
  const offer = () => {
    const places = [...grid.querySelectorAll("[data-own]")];
    places.forEach((place, number) => {
      place.querySelector("[name=len]").disabled = number === 0;
      place.querySelector("[name=xuong]").disabled = number === places.length - 1;
    });
  };

  grid.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-own]");
    held?.classList.add("is-held");
    event.dataTransfer.effectAllowed = "move";
  });

  grid.addEventListener("dragover", (event) => {
    const aim = event.target.closest("[data-own]");
    if (!held || !aim) return;
    event.preventDefault();
    clear();
    if (aim !== held) aim.classList.add("is-aim");
  });

  grid.addEventListener("drop", (event) => {
    const aim = event.target.closest("[data-own]");
    if (!held || !aim || aim === held) return;
    event.preventDefault();
    const places = [...grid.children];
    aim[places.indexOf(held) < places.indexOf(aim) ? "after" : "before"](held);
    offer();
    keep().catch(() => location.reload());
  });

  grid.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    held = null;
    clear();
  });

  grid.querySelectorAll("[data-own]").forEach((place) => (place.draggable = true));
  form.querySelector("[data-arrange-hint]").hidden = false;
})();
