// The wall shows one finding a screen and goes on by itself, service group by group; without it, it is a long page.
// Keys: left and right a chart, up and down a group, space halts, T all at once, F the whole screen.
"use strict";

(() => {
  const REST = 12000; // long enough to read a sentence twice across a room
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const body = document.body;
  const where = document.querySelector("[data-wall-where]");
  const keys = document.querySelector("[data-wall-keys]");
  const button = (name) => keys.querySelector(`[data-wall="${name}"]`);
  const cards = () => [...document.querySelectorAll(".wall-group .chart-card")];
  let current = 0;
  let timer = null;

  const show = (place) => {
    const all = cards();
    if (!all.length) return;
    current = (place + all.length) % all.length;
    document.querySelectorAll(".is-current, .has-current").forEach((each) => each.classList.remove("is-current", "has-current"));
    const card = all[current];
    const group = card.closest(".wall-group");
    card.classList.add("is-current");
    group.classList.add("has-current");
    const inside = [...group.querySelectorAll(".chart-card")];
    where.textContent = `${group.dataset.group} · ${inside.indexOf(card) + 1}/${inside.length}`;
  };

  const groupFrom = (step) => {
    const all = cards();
    const groups = [...new Set(all.map((card) => card.closest(".wall-group")))];
    const here = groups.indexOf(all[current].closest(".wall-group"));
    const next = groups[(here + step + groups.length) % groups.length];
    show(all.indexOf(next.querySelector(".chart-card")));
  };

  const running = () => timer !== null;

  const run = (on) => {
    clearInterval(timer);
    timer = on ? setInterval(() => show(current + 1), REST) : null;
    const halt = button("pause");
    halt.setAttribute("aria-pressed", String(!on));
    halt.textContent = on ? halt.dataset.halt : halt.dataset.run;
  };

  const one = (on) => {
    body.classList.toggle("wall-one", on);
    where.hidden = !on;
    const every = button("all");
    every.setAttribute("aria-pressed", String(!on));
    every.textContent = on ? every.dataset.every : every.dataset.one;
    if (on) show(current);
    run(on && !calm);
  };

  const whole = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

  const deeds = {
    back: () => show(current - 1),
    next: () => show(current + 1),
    group: () => groupFrom(1),
    before: () => groupFrom(-1),
    pause: () => run(!running()),
    all: () => one(!body.classList.contains("wall-one")),
    full: () => whole().catch(() => undefined),
  };

  const KEYS = { ArrowRight: "next", ArrowLeft: "back", ArrowDown: "group", ArrowUp: "before", " ": "pause", t: "all", f: "full" };

  document.addEventListener("keydown", (event) => {
    const deed = KEYS[event.key];
    const typing = event.target.closest("input, select, textarea, button, a");
    const moves = event.key.startsWith("Arrow");
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && typing) return;
    if (moves && (typing?.matches("input, select, textarea") || !body.classList.contains("wall-one"))) return;
    event.preventDefault();
    deeds[deed]();
  });

  keys.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-wall]");
    if (pressed) deeds[pressed.dataset.wall]();
  });

  keys.hidden = false;
  const asked = new URLSearchParams(location.search).get("xem");
  one(asked !== "tat-ca" && matchMedia("(min-width: 48rem)").matches);
})();
