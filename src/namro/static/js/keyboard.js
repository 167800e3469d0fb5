// "/" puts the cursor into the search field, that of the page where it has one; Escape closes an open menu. Nothing else is bound to a key.
"use strict";

(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const focusSearch = (event) => {
    const field = document.querySelector('main [data-shortcut="/"]') || document.querySelector('[data-shortcut="/"]');
    if (!field || field.offsetParent === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  };

  const closeMenus = () => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing(event.target)) focusSearch(event);
    if (event.key === "Escape") closeMenus();
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
})();
