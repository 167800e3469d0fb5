// The page of a number asks where it stands, and says aloud when the turn is near, has come or was missed, if that was
// wished for; while it is, the screen stays on (where the browser lets it), since a page that sleeps says nothing.
"use strict";

(() => {
  const root = document.querySelector("[data-queue-ticket]");
  if (!root || "over" in root.dataset) return;
  const EVERY = 8000;
  const part = (name) => root.querySelector(`[data-ticket-${name}]`);
  const wish = part("sound");
  const isWished = () => wish !== null && wish.getAttribute("aria-pressed") === "true";
  let told = "";
  let chime = null;
  let awake = null;
  let timer = null;
  let asking = false;

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

  // Once for each step: the turn is near, the call, each call again, nobody came.
  const stepOf = (now) => {
    if (now.called) return `called ${now.calls}`;
    if (now.missed) return `missed ${now.calls}`;
    return now.near ? "near" : "";
  };
  const tell = (now) => {
    const step = stepOf(now);
    const isNew = step && step !== told;
    told = step;
    if (!isNew || !isWished()) return;
    ring();
    notify(now.words);
  };

  const draw = (now) => {
    // A reader of the screen is interrupted for the call alone.
    part("words").setAttribute("aria-live", now.called ? "assertive" : "polite");
    if (part("words").textContent !== now.words) part("words").textContent = now.words;
    part("wait").textContent = now.wait;
    part("basis").textContent = now.basis;
    root.classList.toggle("is-near", now.near || now.called);
    document.title = now.words;
    tell(now);
  };

  const ask = async () => {
    if (asking) return;
    asking = true;
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
    asking = false;
    timer = setTimeout(ask, EVERY);
  };

  // The browser lets the screen sleep again by itself whenever the page is hidden; refused (battery, plain http), it may.
  const stayAwake = async () => {
    try {
      if (isWished() && navigator.wakeLock) awake = await navigator.wakeLock.request("screen");
    } catch {
      awake = null;
    }
  };

  // It rings once at the press: so one hears whether the phone is loud enough, and some phones then let it ring later.
  const listen = () => {
    chime = new AudioContext();
    if (window.Notification) Notification.requestPermission();
    stayAwake();
    ring();
  };
  const fallSilent = () => {
    chime?.close();
    awake?.release();
    chime = awake = null;
  };

  if (wish) {
    wish.hidden = false;
    wish.addEventListener("click", () => {
      const isOn = !isWished();
      wish.setAttribute("aria-pressed", String(isOn));
      wish.textContent = isOn ? wish.dataset.on : wish.dataset.off;
      if (isOn) listen();
      else fallSilent();
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    stayAwake();
    clearTimeout(timer);
    ask();
  });
  timer = setTimeout(ask, EVERY);
})();
