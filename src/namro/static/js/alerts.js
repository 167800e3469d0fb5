// The list of alerts by keyboard: j and k move, x picks, a s c open what is done with those picked, Enter opens, ? helps.
// Single keys can be switched off on the page (WCAG 2.1.4); without this script everything is a form.
"use strict";

(() => {
  const list = document.querySelector("[data-alerts]");
  if (!list) return;
  const OFF = "namro-keys-off";
  const rows = () => [...list.querySelectorAll("[data-alert]")];
  const boxes = () => [...list.querySelectorAll('input[name="alert"]')];
  const all = document.querySelector("[data-pick-all]");
  const told = document.querySelector("[data-picked]");
  const keys = document.querySelector("[data-keys]");
  let place = -1;

  const tell = () => {
    const picked = boxes().filter((box) => box.checked).length;
    if (told) told.textContent = picked ? told.dataset.words.replace("{n}", picked) : "";
    if (all) {
      all.checked = picked > 0 && picked === boxes().length;
      all.indeterminate = picked > 0 && picked < boxes().length;
    }
  };

  const move = (step) => {
    const every = rows();
    if (!every.length) return;
    place = Math.min(Math.max(place + step, 0), every.length - 1);
    every.forEach((row, at) => row.classList.toggle("is-here", at === place));
    const link = every[place].querySelector("a");
    link.focus({ preventScroll: true });
    every[place].scrollIntoView({ block: "nearest" });
  };

  const pick = () => {
    const box = rows()[place] && rows()[place].querySelector('input[name="alert"]');
    if (!box) return;
    box.checked = !box.checked;
    tell();
  };

  // What is to be done with those picked; with none picked the row one stands on is.
  const open = (name) => {
    const part = document.querySelector(`details[data-deed="${name}"]`);
    if (!part) return;
    if (!boxes().some((box) => box.checked)) pick();
    document.querySelectorAll("details[data-deed]").forEach((each) => (each.open = each === part));
    const field = part.querySelector("input:not([type=hidden]), textarea, select");
    if (field) field.focus();
  };

  const help = () => {
    const part = document.querySelector("details[data-keys-help]");
    part.open = !part.open;
    if (part.open) part.querySelector("summary").focus();
  };

  const DOES = {
    j: () => move(1),
    k: () => move(-1),
    x: pick,
    a: () => open("nhan"),
    s: () => open("tam-im"),
    c: () => open("dong"),
    "?": help,
  };

  const off = () => {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  };

  const choose = () => {
    try {
      if (keys.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    } catch {
      return; // storage shut: the choice holds for this page
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (keys && !keys.checked)) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const does = DOES[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  list.addEventListener("change", tell);
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-alert]");
    if (row) place = rows().indexOf(row);
  });
  if (all) {
    all.closest("[hidden]").hidden = false;
    all.addEventListener("change", () => {
      boxes().forEach((box) => (box.checked = all.checked));
      tell();
    });
  }
  if (keys) {
    keys.checked = !off();
    keys.addEventListener("change", choose);
  }
  tell();
})();
