// A counter goes on when the line is cut. What is pressed is kept on this device with an id and the time it was
// pressed, done here at once, and sent in order when the house answers again; each is done there once, however often it
// is sent. Of the device's clock only "how long ago" is told. Without this script each button is a plain form.
"use strict";

(() => {
  const root = document.querySelector("[data-queue-desk]");
  if (!root) return;
  const EVERY = 4000;
  const say = root.dataset;
  const state = root.querySelector("[data-queue-state]");
  const line = root.querySelector("[data-queue-line]");
  const refusals = root.querySelector("[data-queue-refusals]");
  const offline = root.querySelector("[data-queue-offline]");
  const PENDING = `namro-queue-pending:${say.queueDesk}`;
  const KEPT = `namro-queue-kept:${say.queueDesk}`;
  // What the house said last, without what was pressed here since: from it a page that is opened again begins.
  const TOLD = `namro-queue-told:${say.queueDesk}`;
  let cut = false;
  let busy = false;
  let again = false;
  let pointedAt = 0;
  // Acts go in batches, so that a day's work without a line goes through too; what was answered waits for the last.
  const AT_ONCE = 200;
  let answered = [];

  const read = (key, none) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? none;
    } catch {
      return none;
    }
  };
  const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));
  const pending = () => read(PENDING, []);
  const newId = () => (crypto.randomUUID ? crypto.randomUUID() : fromRandom());
  // crypto.randomUUID exists only on https and loopback; an office may run on plain http inside its own network.
  const fromRandom = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // `page`: where the number that was given can be printed.
  const tell = (words, page) => {
    line.hidden = !words;
    line.textContent = words;
    line.classList.toggle("notice-warning", !page);
    line.classList.toggle("notice-success", Boolean(page));
    if (!page) return;
    const slip = document.createElement("a");
    slip.href = page;
    slip.target = "_blank";
    slip.textContent = say.slip;
    line.append(" ", slip);
  };

  const refuse = (sentences) => {
    refusals.replaceChildren(
      ...sentences.map((sentence) => {
        const shown = document.createElement("p");
        shown.className = "notice notice-refused";
        shown.textContent = sentence;
        return shown;
      }),
    );
  };

  // --- Drawing: nothing is taken from under a hand, and whoever works by keyboard stays where they were -----------------
  const fragmentOf = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    return made.content;
  };
  // What a drawing shows: without the marks that are others each time.
  const seen = (fragment) => {
    const box = document.createElement("div");
    box.append(fragment.cloneNode(true));
    for (const field of box.querySelectorAll("[name=csrfmiddlewaretoken], [name=id]")) field.removeAttribute("value");
    return box.innerHTML;
  };
  const nameOf = (part) =>
    [part.localName, part.name, part.localName === "button" ? part.value : "", part.form?.querySelector("[name=ticket]")?.value,
     part.closest("section")?.getAttribute("aria-labelledby")].join("|");
  let drawn = seen(fragmentOf(state.innerHTML));

  // A press that is not over (at most two seconds: not every browser tells its end), a choice, an act not yet answered.
  const inUse = () => Date.now() - pointedAt < 2000 || state.querySelector("select:focus, form[aria-busy]") !== null;

  // `must`: something was done, or the line was lost or found; else only what has changed is drawn, when no hand is on it.
  const draw = (fresh, must) => {
    const now = seen(fresh);
    if (!must && (now === drawn || inUse())) return;
    const held = state.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    const chosen = new Map([...state.querySelectorAll("form:not([aria-busy]) select")].map((each) => [nameOf(each), each.value]));
    state.replaceChildren(fresh);
    drawn = now;
    for (const each of state.querySelectorAll("select")) {
      const value = chosen.get(nameOf(each));
      if ([...each.options].some((option) => option.value === value)) each.value = value;
    }
    if (held !== null) focusOn(held);
  };

  // The same button where it is still there, else the headline, which then is read out: the number, or who waits.
  const focusOn = (name) => {
    const head = state.querySelector("h1");
    head.tabIndex = -1;
    const same = [...state.querySelectorAll("button, select")].find((each) => !each.hidden && nameOf(each) === name);
    (same || head).focus({ preventScroll: true });
  };

  // --- Without a line: what the house would do, done on what was kept of it -----------------------------------------
  const STATES = { serve: "serving", recall: "called" };

  const applied = (kept, act) => {
    const from = (rows) => rows.find((row) => row.id === act.ticket);
    if (act.verb === "issue") {
      const service = kept.services.find(([code]) => code === act.service);
      kept.given += 1;
      kept.waiting.push({ id: act.id, number: act.number, service: service ? service[1] : "", mine: true });
    } else if (act.verb === "next" || act.verb === "call") {
      const row = from(kept.waiting) || from(kept.held);
      if (row) kept.current = { ...row, state: "called" };
      kept.waiting = kept.waiting.filter((row) => row.id !== act.ticket);
      kept.held = kept.held.filter((row) => row.id !== act.ticket);
    } else if (kept.current?.id !== act.ticket) {
      return kept;
    } else if (STATES[act.verb]) {
      kept.current.state = STATES[act.verb];
    } else if (["finish", "no_show", "hold"].includes(act.verb)) {
      if (act.verb === "hold") kept.held.push(kept.current);
      kept.current = null;
    }
    return kept;
  };

  // Whom to call without a line: those who fall to this counter, so that no other counter calls them too.
  const nextOf = (kept) => kept.waiting.find((row) => row.mine);

  const speak = (row, counter) => {
    if (!row || !window.speechSynthesis) return;
    const words = new SpeechSynthesisUtterance(say.please.replace("{number}", row.number).replace("{counter}", counter));
    words.lang = "vi-VN";
    speechSynthesis.speak(words);
  };

  const showOffline = (must) => {
    const kept = read(KEPT, null);
    if (!kept) return;
    const shown = offline.content.cloneNode(true);
    const current = kept.current;
    shown.querySelector("[data-number]").textContent = current ? current.number : nextOf(kept) ? "…" : say.none;
    shown.querySelector("[data-about]").textContent = current ? current.service : "";
    const shows = { next: !current, serve: current?.state === "called", no_show: current?.state === "called", finish: current, hold: current };
    for (const button of shown.querySelectorAll("form button[name=verb]")) {
      if (button.value in shows) button.hidden = !shows[button.value];
    }
    const rows = kept.waiting.map((row) => {
      const item = document.createElement("li");
      const number = document.createElement(row.mine ? "b" : "span");
      const about = document.createElement("span");
      number.textContent = row.number;
      about.textContent = row.service;
      item.append(number, " ", about);
      return item;
    });
    shown.querySelector("[data-waiting]").replaceChildren(...rows);
    draw(shown, must);
  };

  // What was pressed and not yet done here: the device decides now what the house would have decided. Returns that.
  const settle = () => {
    let kept = read(KEPT, null);
    const acts = pending();
    const fresh = acts.filter((each) => !each.applied);
    for (const act of fresh) {
      if (act.verb === "next") act.ticket = act.ticket || nextOf(kept)?.id;
      else if (act.verb === "issue") act.number = act.number || `${kept.counter}-${String(kept.given + 1).padStart(2, "0")}`;
      else act.ticket = act.ticket || kept.current?.id;
      if (act.verb !== "issue" && !act.ticket) act.void = true;
      else kept = applied(kept, act);
      if (act.verb === "next" && !act.void) speak(kept.current, kept.counter);
      act.applied = true;
    }
    write(KEPT, kept);
    write(PENDING, acts.filter((act) => !act.void));
    return fresh;
  };

  const goOffline = () => {
    const done = settle();
    showOffline(done.length > 0 || !cut);
    cut = true;
    const waiting = pending();
    const given = waiting.filter((act) => act.verb === "issue").at(-1);
    const words = [say.cut, waiting.length ? say.kept + waiting.length : "", given ? say.given.replace("{number}", given.number) : ""];
    tell(words.filter(Boolean).join(" "));
  };

  // --- With a line ----------------------------------------------------------------------------------------------------
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const csrf = token();

  const ask = async (acts) => {
    const now = Date.now();
    const sent = acts.map(({ at, applied, ...act }) => ({ ...act, ago: Math.max(0, (now - at) / 1000) }));
    const options = acts.length
      ? { method: "POST", body: JSON.stringify({ acts: sent }), headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } }
      : {};
    const answer = await fetch(say.sync, { ...options, redirect: "manual", signal: AbortSignal.timeout(acts.length > 20 ? 30000 : 8000) });
    if (answer.type === "opaqueredirect" || answer.status === 403) return { signedOut: true };
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // `told`: what became of each act that was sent since the page last showed it, with the act.
  const showOnline = (got, told) => {
    const wasCut = cut;
    cut = false;
    write(KEPT, got.kept);
    draw(fragmentOf(got.html), wasCut || told.length > 0);
    const refused = told.filter((each) => each.refusal).map((each) => each.refusal);
    const renamed = told.filter((each) => each.act?.number && !each.refusal && each.act.number !== each.number);
    if (told.length) refuse([...new Set(refused), ...renamed.map((each) => `${each.act.number} → ${each.number}`)]);
    if (wasCut) tell(told.length ? say.sent + told.length : "");
    else if (told.length) tellOf(told);
  };

  const tellOf = (told) => {
    const given = told.filter((each) => each.page).at(-1);
    if (given) tell(say.given.replace("{number}", given.number), given.page);
    else tell(told.some((each) => !each.number && !each.refusal) ? say.none : "");
  };

  const flush = async () => {
    if (busy) {
      again = pending().length > 0;
      return;
    }
    busy = true;
    const sent = pending().slice(0, AT_ONCE);
    try {
      const got = await ask(sent);
      if (got.signedOut) return tell(say.signedOut);
      write(TOLD, got.kept);
      answered.push(...got.outcomes.map((each, place) => ({ ...each, act: sent[place] })));
      const gone = new Set(sent.map((act) => act.id));
      write(PENDING, pending().filter((act) => !gone.has(act.id)));
      if (pending().length) return setTimeout(flush);
      const told = answered;
      answered = [];
      showOnline(got, told);
    } catch {
      goOffline();
    } finally {
      busy = false;
      if (again) setTimeout(flush);
      again = false;
    }
  };

  const press = (act) => {
    write(PENDING, [...pending(), act]);
    if (cut) goOffline();
    flush();
  };

  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-queue-form]");
    const button = event.submitter;
    if (!form || !button || "plain" in button.dataset) return;
    event.preventDefault();
    // One press is one act: until it is answered, the same form takes no other.
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const said = Object.fromEntries(new FormData(form, button));
    press({ id: newId(), verb: said.verb, ticket: said.ticket, service: said.service, priority: said.priority, at: Date.now() });
  });

  // The second click of a double one, or a key held down, would press whatever the first has put in its place.
  root.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("[data-queue-form] button")) event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    const isPress = ["Enter", " "].includes(event.key) && event.target.matches("[data-queue-form] button");
    if (event.repeat && isPress) event.preventDefault();
  });
  state.addEventListener("pointerdown", () => (pointedAt = Date.now()));
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setTimeout(() => (pointedAt = 0)));

  // What another person pressed at this counter waits for that person: nobody sends it in their own name.
  const [counter] = say.queueDesk.split(":");
  const ofOthers = Object.keys(localStorage)
    .filter((key) => key.startsWith(`namro-queue-pending:${counter}:`) && key !== PENDING)
    .reduce((n, key) => n + read(key, []).length, 0);
  const others = root.querySelector("[data-queue-others]");
  others.hidden = !ofOthers;
  others.textContent = ofOthers ? say.others + ofOthers : "";

  // A page that the device had kept (js/queue_worker.js) may be older than what the house said after it.
  const inPage = JSON.parse(document.getElementById("queue-kept").textContent);
  const told = read(TOLD, inPage);
  const isOld = told.at > inPage.at || !navigator.onLine;
  write(TOLD, told.at > inPage.at ? told : inPage);
  write(KEPT, read(TOLD, inPage));
  write(PENDING, pending().map((act) => ({ ...act, applied: false })));
  if (isOld || pending().length) flush();
  setInterval(() => document.visibilityState === "visible" && flush(), EVERY);
  window.addEventListener("online", flush);
  window.addEventListener("offline", goOffline);

  // --- So that this page opens without a line ---------------------------------------------------------------------------
  const beKept = async () => {
    const { scope } = await navigator.serviceWorker.register(say.worker);
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    // The first time the worker comes after the page: what is there already is asked for once more.
    const parts = performance.getEntriesByType("resource").map((each) => each.name).filter((name) => name.includes("/static/"));
    const kept = await caches.open("namro-counter");
    if (location.href.startsWith(scope)) await kept.addAll([location.pathname, ...new Set(parts)]);
  };
  if ("serviceWorker" in navigator) beKept().catch(() => {});
})();
