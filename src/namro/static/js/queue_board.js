// The board asks again every few seconds, says since when it could not, and goes on by itself when it can. A number that
// is called anew is chimed and spoken, once sound was switched on (browsers want somebody to press first).
"use strict";

(() => {
  const root = document.querySelector("[data-queue-board]");
  if (!root) return;
  const EVERY = 3000;
  const MOST = 30000;
  const part = (name) => root.querySelector(`[data-board-${name}]`);
  const sound = part("sound");
  let before = JSON.parse(document.getElementById("queue-board").textContent);
  let lostAt = null;
  let rest = EVERY;
  let chime = null;

  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const ring = () => {
    for (const [pitch, start] of [[660, 0], [880, 0.25]]) {
      const tone = chime.createOscillator();
      const loud = chime.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.25, chime.currentTime + start);
      loud.gain.exponentialRampToValueAtTime(0.001, chime.currentTime + start + 0.5);
      tone.connect(loud).connect(chime.destination);
      tone.start(chime.currentTime + start);
      tone.stop(chime.currentTime + start + 0.5);
    }
  };

  const announce = (called) => {
    const words = called.map((each) => filled(root.dataset.say, each)).join(". ");
    part("said").textContent = words;
    if (!chime) return;
    ring();
    if (window.speechSynthesis) {
      const spoken = new SpeechSynthesisUtterance(words);
      spoken.lang = "vi-VN";
      speechSynthesis.speak(spoken);
    }
  };

  const draw = (board) => {
    const known = new Map(before.called.map((each) => [each.number, each]));
    const fresh = board.called.filter((each) => known.get(each.number)?.calls !== each.calls || known.get(each.number)?.counter !== each.counter);
    const rows = board.called.map((each) => {
      const item = document.createElement("li");
      const number = document.createElement("b");
      const where = document.createElement("span");
      number.textContent = each.number;
      where.textContent = filled(root.dataset.counter, each);
      if (fresh.includes(each)) item.className = "is-new";
      item.append(number, " ", where);
      return item;
    });
    part("called").replaceChildren(...rows);
    part("empty").hidden = rows.length > 0;
    part("coming").textContent = board.coming.join("  ·  ");
    part("waiting").textContent = filled(root.dataset.waiting, { n: board.waiting });
    if (fresh.length) announce(fresh);
    before = board;
  };

  const clock = (at) => `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;

  const heard = (board) => {
    lostAt = null;
    rest = EVERY;
    part("line").hidden = true;
    root.classList.remove("is-lost");
    // The code to take a number by phone is the day's own: a screen that was left on shows the new one.
    if (board.day !== before.day) return location.reload();
    if (JSON.stringify(board) !== JSON.stringify(before)) draw(board);
  };

  const lost = () => {
    lostAt = lostAt || new Date();
    rest = Math.min(rest * 1.5, MOST);
    part("line").hidden = false;
    part("line").textContent = filled(root.dataset.lost, { at: clock(lostAt) });
    root.classList.add("is-lost");
  };

  const ask = async () => {
    try {
      const answer = await fetch(root.dataset.queueBoard, { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      heard(await answer.json());
    } catch {
      lost();
    }
    setTimeout(ask, rest);
  };

  sound.hidden = false;
  sound.addEventListener("click", () => {
    chime = chime ? null : new AudioContext();
    sound.setAttribute("aria-pressed", String(Boolean(chime)));
    sound.textContent = chime ? sound.dataset.on : sound.dataset.off;
    if (chime) ring();
  });
  window.addEventListener("online", () => (rest = EVERY));
  setTimeout(ask, rest);
})();
