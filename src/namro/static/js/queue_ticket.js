// The page of a number asks where it stands, and says aloud when the turn is near or has come, if that was wished for.
"use strict";

(() => {
  const root = document.querySelector("[data-queue-ticket]");
  if (!root || "over" in root.dataset) return;
  const EVERY = 8000;
  const part = (name) => root.querySelector(`[data-ticket-${name}]`);
  const wish = part("sound");
  let told = "";
  let chime = null;

  const ring = () => {
    if (navigator.vibrate) navigator.vibrate([200, 100, 200]);
    if (!chime) return;
    const tone = chime.createOscillator();
    tone.frequency.value = 740;
    tone.connect(chime.destination);
    tone.start();
    tone.stop(chime.currentTime + 0.6);
  };

  // Some browsers of phones have the word but refuse to make a notice from a page: the sound and the page are enough.
  const notify = (words) => {
    try {
      if (window.Notification && Notification.permission === "granted") new Notification(words, { tag: "namro-queue" });
    } catch {
      // It has rung already.
    }
  };

  // Once for each step: the turn is near, the call, each call again.
  const tell = (now) => {
    const step = now.called ? `called ${now.calls}` : now.near ? "near" : "";
    const isNew = step && step !== told;
    told = step;
    if (!isNew || !wish || wish.getAttribute("aria-pressed") !== "true") return;
    ring();
    notify(now.words);
  };

  const draw = (now) => {
    if (part("words").textContent !== now.words) part("words").textContent = now.words;
    part("wait").textContent = now.wait;
    part("basis").textContent = now.basis;
    root.classList.toggle("is-near", now.near || now.called);
    document.title = now.words;
    tell(now);
  };

  const ask = async () => {
    try {
      const answer = await fetch(root.dataset.queueTicket, { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = await answer.json();
      part("line").hidden = true;
      if (now.over) return location.reload();
      draw(now);
    } catch {
      part("line").hidden = false;
      part("line").textContent = root.dataset.lost;
    }
    setTimeout(ask, EVERY);
  };

  if (wish) {
    wish.hidden = false;
    wish.addEventListener("click", () => {
      chime = new AudioContext();
      if (window.Notification) Notification.requestPermission();
      wish.setAttribute("aria-pressed", "true");
      wish.textContent = wish.dataset.on;
    });
  }
  setTimeout(ask, EVERY);
})();
