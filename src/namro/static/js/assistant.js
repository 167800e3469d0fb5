// The conversation without waiting for a whole page: sentences appear as they pass the checks, then the answer as the
// server drew it. Without this script the same form sends the same question. Voice is the browser's own.
"use strict";

(() => {
  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  const turns = talk.querySelector("#turns");
  const box = talk.querySelector("#id_words");

  const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : "");

  const element = (name, className, words) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = words;
    return made;
  };

  // The place where the answer grows until the server's own drawing takes it.
  const growing = (words) => {
    const turn = element("article", "turn", "");
    const answer = element("div", "answer", "");
    answer.append(element("p", "small muted waiting", talk.dataset.waiting));
    turn.append(element("h2", "asked", words), answer);
    turns.append(turn);
    turn.scrollIntoView({ block: "start" });
    return turn;
  };

  const grow = (turn, line) => {
    const said = JSON.parse(line);
    if (said.sentence) {
      turn.querySelector(".waiting")?.remove();
      turn.querySelector(".answer").append(element("p", "told", said.sentence));
    }
    if (said.html) settle(turn, said.html);
  };

  // What is drawn last may still be turned away from by "the last": its fold closes, its opinion form goes.
  const settle = (turn, html) => {
    const before = turns.querySelector("#cuoi");
    if (before) {
      before.removeAttribute("id");
      before.querySelector(".opinion")?.remove();
      before.querySelector(".sources")?.removeAttribute("open");
    }
    const holder = document.createElement("template");
    holder.innerHTML = html; // drawn and escaped by the server
    turn.replaceWith(holder.content);
    const drawn = turns.querySelector("#cuoi");
    offerVoice(drawn);
    drawn.focus({ preventScroll: true });
    talk.querySelector(".examples")?.closest("section").remove();
  };

  const read = async (answer, turn) => {
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop();
      lines.filter(Boolean).forEach((line) => grow(turn, line));
      if (done) return;
    }
  };

  const fail = (turn, words, typed) => {
    turn.querySelector(".answer").replaceChildren(element("p", "doubt", words));
    if (!box.value) box.value = typed;
  };

  const ask = async (form) => {
    const said = new FormData(form);
    const words = String(said.get("words") || "").trim();
    if (!words) return;
    said.set("key", newKey());
    const buttons = talk.querySelectorAll("form[data-ask] button");
    buttons.forEach((button) => (button.disabled = true));
    const turn = growing(words);
    if (form.contains(box)) box.value = "";
    try {
      const answer = await fetch(talk.dataset.stream, { method: "POST", body: said });
      if (!answer.ok) fail(turn, await answer.text(), words);
      else await read(answer, turn);
      if (turn.isConnected && answer.ok) fail(turn, talk.dataset.failed, words);
    } catch {
      fail(turn, talk.dataset.failed, words);
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  };

  talk.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ask]") || !window.ReadableStream) return;
    event.preventDefault();
    ask(event.target);
  });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });

  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const listen = talk.querySelector("[data-listen]");
  if (Recognition && listen) {
    listen.hidden = false;
    listen.addEventListener("click", () => {
      const ears = new Recognition();
      ears.lang = "vi-VN";
      ears.onresult = (event) => {
        box.value = event.results[0][0].transcript;
        box.focus();
      };
      ears.start();
    });
  }

  const offerVoice = (turn) => {
    const button = turn && turn.querySelector("[data-speak]");
    if (!button || !window.speechSynthesis) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      const parts = turn.querySelectorAll(".answer-title, .notice-words, h4, .told .lines");
      const words = new SpeechSynthesisUtterance([...parts].map((part) => part.textContent).join(". "));
      words.lang = "vi-VN";
      speechSynthesis.speak(words);
    });
  };

  offerVoice(turns.querySelector("#cuoi"));
})();
