"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const state = { shown: [], at: 0, isBack: false, isNight: false, isPhone: false, noteType: null };
  const rank = { error: 3, warning: 2, lint: 1 };

  // ---- building blocks -------------------------------------------------------------------
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  function plural(count, word) {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const counts = {};
  for (const card of data.cards) {
    card.worst = card.messages.reduce((worst, item) =>
      rank[item.severity] > (rank[worst] || 0) ? item.severity : worst, "");
    card.words = fold([card.question, card.deck, card.id, card.path].join("\n"));
    card.place = (counts[card.file] = (counts[card.file] ?? -1) + 1);
  }

  // ---- both sides of the cards, file by file ----------------------------------------------
  const files = new Map(); // number → [front, back, words of the answer] of each card
  const waiting = new Map();
  const KEPT = 8; // files at a time

  function withFile(number, then) {
    if (files.has(number)) return then(files.get(number));
    if (waiting.has(number)) return waiting.get(number).push(then);
    waiting.set(number, [then]);
    const name = `cards-${String(number).padStart(4, "0")}.js`;
    document.head.append(element("script", { src: name, "data-file": number }));
  }

  window.admonkiCards = (number, cards) => {
    document.querySelector(`script[data-file="${number}"]`)?.remove();
    files.set(number, cards);
    for (const old of files.keys()) if (files.size > KEPT && old !== number) files.delete(old);
    const thens = waiting.get(number) ?? [];
    waiting.delete(number);
    for (const then of thens) then(cards);
  };

  // Words of answers are read when somebody searches, one file after the other.
  let read = -1;
  function readAnswers() {
    if (read >= 0 || !data.cards.length) return;
    const last = data.cards[data.cards.length - 1].file;
    const next = () => withFile(++read, (cards) => {
      for (const card of data.cards.filter((card) => card.file === read)) {
        card.words += `\n${fold(cards[card.place][2])}`;
      }
      if (read < last) setTimeout(next, 0);
      if (read === last || read % 20 === 0) refilter();
    });
    next();
  }

  // ---- the card --------------------------------------------------------------------------
  const frame = $("card");

  // One skeleton a note type: the sandbox lets no script of a card run, and we may still look in.
  function loadFrame(noteType, then) {
    if (state.noteType === noteType && frame.contentDocument?.getElementById("qa")) return then();
    state.noteType = noteType;
    frame.addEventListener("load", () => { listenInside(); then(); }, { once: true });
    frame.srcdoc = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title>`
      + `<style>${data.ankiCss}</style><style>${data.noteTypes[noteType]}</style></head>`
      + `<body><main id="qa"></main></body></html>`;
  }

  // The classes that Anki's desktop reviewer and AnkiDroid set (aqt/theme.py, card_template.html).
  function dress(card) {
    const page = frame.contentDocument;
    const body = ["card", `card${card.ordinal}`];
    if (state.isNight) body.push(...(state.isPhone ? ["night_mode", "ankidroid_dark_mode"] : ["nightMode", "night_mode"]));
    if (!state.isPhone) body.push("isLin");
    page.body.className = body.join(" ");
    const root = state.isPhone ? ["mobile", "android", "linux", "js"] : [];
    if (state.isNight) root.push("night-mode");
    page.documentElement.className = root.join(" ");
  }

  function showCard() {
    const card = state.shown[state.at];
    $("device").hidden = !card;
    $("none").hidden = Boolean(card);
    for (const id of ["previous", "flip", "next"]) $(id).disabled = !card;
    $("about").replaceChildren();
    $("where").textContent = card ? card.deck.split("::").join(" › ") : "";
    if (!card) return;
    $("previous").disabled = state.at === 0;
    $("next").disabled = state.at === state.shown.length - 1;
    $("flip").textContent = state.isBack ? "Show question" : "Show answer";
    markCurrent(card);
    about(card);
    remember(card);
    withFile(card.file, (cards) => {
      if (card !== state.shown[state.at]) return; // another one was chosen meanwhile
      loadFrame(card.noteType, () => fill(card, cards[card.place]));
    });
  }

  function fill(card, [front, back]) {
    const page = frame.contentDocument;
    dress(card);
    page.getElementById("qa").innerHTML = state.isBack ? back : front;
    frame.title = `${state.isBack ? "Answer" : "Question"} side of card ${state.at + 1}`;
    const target = state.isBack && page.getElementById("answer");
    admonkiFinish(page);
    page.scrollingElement.scrollTop = 0;
    if (target && target.getBoundingClientRect().top > frame.clientHeight * 0.8) target.scrollIntoView();
    document.body.dataset.ready = `${card.id}/${card.ordinal}/${state.isBack ? "back" : "front"}`;
  }

  function listenInside() {
    const page = frame.contentDocument;
    page.addEventListener("keydown", onKey);
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link) {
        event.preventDefault();
        if (/^https?:/.test(link.href)) window.open(link.href, "_blank", "noopener");
      } else if (!event.target.closest("summary, audio, video, input, label") && !page.getSelection().toString()) {
        flip();
      }
    });
  }

  // ---- beside the card -------------------------------------------------------------------
  function about(card) {
    const rows = element("dl");
    const row = (name, ...value) => rows.append(element("dt", {}, name), element("dd", {}, ...value));
    row("Source", element("a", { href: card.href, id: "source" }, `${card.path}:${card.line}`));
    if (card.editor) row("Editor", element("a", { href: card.editor }, "open at this line"));
    row("Card", `${card.template}${card.isUnanswered ? ", unanswered" : ""}${card.isBank ? ", from a question bank" : ""}`);
    if (card.id) row("ID", card.id);
    if (card.tags.length) row("Tags", tagButtons(card));
    $("about").append(rows);
    if (card.messages.length) $("about").append(element("h2", {}, "Messages"), messageList(card.messages));
  }

  function tagButtons(card) {
    const box = element("div", { class: "tags" });
    for (const tag of card.tags) {
      const button = element("button", { type: "button" }, tag);
      button.addEventListener("click", () => { $("tag").value = tag; refilter(); });
      box.append(button);
    }
    return box;
  }

  function messageList(messages) {
    return element("ul", { class: "messages" }, ...messages.map((item) => {
      const place = element("a", { href: item.href }, `${item.path}:${item.line}`);
      const line = element("li", { class: item.severity }, element("span", { class: `badge ${item.severity}` },
        `${item.severity}[${item.code}]`), " ", place, ` ${item.message}`);
      if (item.hint) line.append(element("span", { class: "hint" }, item.hint));
      return line;
    }));
  }

  // ---- the list --------------------------------------------------------------------------
  function matches(card) {
    const words = fold($("search").value).split(/\s+/).filter(Boolean);
    const deck = $("deck").value;
    const tag = $("tag").value;
    return words.every((word) => card.words.includes(word))
      && (!deck || card.deck === deck || card.deck.startsWith(`${deck}::`))
      && (!tag || card.tags.includes(tag))
      && kinds[$("only").value](card);
  }

  const kinds = {
    "": () => true,
    open: (card) => kinds.wrong(card) || card.isUnanswered,
    wrong: (card) => rank[card.worst] >= rank.warning,
    unanswered: (card) => card.isUnanswered,
    messages: (card) => card.messages.length > 0,
  };

  function toggleKind(kind) {
    $("only").value = $("only").value === kind ? "" : kind;
    refilter();
  }

  function clearFilters() {
    for (const id of ["search", "deck", "tag", "only"]) $(id).value = "";
    refilter();
  }

  function refilter() {
    if ($("search").value.trim()) readAnswers();
    const current = state.shown[state.at];
    state.shown = data.cards.filter(matches);
    const kept = state.shown.indexOf(current);
    state.at = Math.max(kept, 0);
    if (kept < 0) state.isBack = false;
    drawList();
    showCard();
  }

  function drawList() {
    const list = $("list");
    state.drawn = 0;
    list.replaceChildren();
    drawMore(Math.max(ROWS, state.at + ROWS));
    $("found").textContent = state.shown.length === data.cards.length
      ? `All ${plural(data.cards.length, "card")}` : `${state.shown.length} of ${plural(data.cards.length, "card")}`;
  }

  // As many rows as one may see: the rest follows when the end of the list comes into view.
  const ROWS = 300;
  const end = element("li", { class: "more", "aria-hidden": "true" });
  new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) drawMore(state.drawn + ROWS);
  }).observe(end);

  function drawMore(count) {
    const rows = [];
    let deck = state.drawn ? state.shown[state.drawn - 1].deck : null;
    const from = state.drawn;
    state.drawn = Math.min(count, state.shown.length);
    state.shown.slice(from, state.drawn).forEach((card, offset) => {
      const index = from + offset;
      if (card.deck !== deck) {
        deck = card.deck;
        rows.push(element("li", { class: "deck" }, deck.split("::").join(" › ")));
      }
      const button = element("button", { type: "button", "data-index": index },
        element("span", { class: "text" }, card.question || "(no question)"));
      if (card.worst) button.append(element("span", { class: `badge ${card.worst}` }, card.worst));
      if (card.isUnanswered) button.append(element("span", { class: "badge unanswered" }, "unanswered"));
      rows.push(element("li", {}, button));
    });
    end.remove();
    $("list").append(...rows);
    if (state.drawn < state.shown.length) $("list").append(end);
  }

  function markCurrent() {
    const list = $("list");
    if (state.at >= state.drawn) drawMore(state.at + ROWS);
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const button = list.querySelector(`[data-index="${state.at}"]`);
    if (!button) return;
    button.setAttribute("aria-current", "true");
    if (matchMedia("(min-width: 761px)").matches) button.scrollIntoView({ block: "nearest" });
  }

  // ---- acts ------------------------------------------------------------------------------
  function flip() {
    if (!state.shown.length) return;
    state.isBack = !state.isBack;
    showCard();
    say();
  }

  function go(step) {
    const at = state.at + step;
    if (at < 0 || at >= state.shown.length) return;
    state.at = at;
    state.isBack = false;
    showCard();
    say();
  }

  function say() {
    const side = state.isBack ? "answer" : "question";
    $("said").textContent = `Card ${state.at + 1} of ${state.shown.length}, ${side} side`;
  }

  function setNight(isNight) {
    state.isNight = isNight;
    document.documentElement.classList.toggle("night", isNight);
    $("night").setAttribute("aria-pressed", isNight);
  }

  function setPhone(isPhone) {
    state.isPhone = isPhone;
    $("device").classList.toggle("phone", isPhone);
    $("phone").setAttribute("aria-pressed", isPhone);
  }

  const keys = {
    " ": flip,
    Enter: flip,
    ArrowRight: () => go(1),
    ArrowLeft: () => go(-1),
    "/": () => $("search").focus(),
    n: () => { setNight(!state.isNight); showCard(); },
    p: () => { setPhone(!state.isPhone); showCard(); },
    m: () => toggleKind("open"),
    u: () => toggleKind("unanswered"),
    Escape: clearFilters,
    s: () => $("source")?.click(),
    "?": () => $("help").showModal(),
  };

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    const target = event.target;
    if (event.key === "Escape" && target === $("search")) {
      event.preventDefault();
      clearFilters();
      return target.blur();
    }
    if (target.closest?.("input, select, textarea")) return;
    const acts = (event.key === " " || event.key === "Enter") && target.closest?.("button, a, summary");
    const act = keys[event.key];
    if (!act || acts) return;
    event.preventDefault();
    act();
  }

  // ---- where we are, kept over a reload --------------------------------------------------
  let place = "";
  let timer = 0;

  function remember(card) {
    const hash = new URLSearchParams({ card: `${card.key}/${card.ordinal}` });
    if (state.isBack) hash.set("side", "back");
    if (state.isNight) hash.set("night", "1");
    if (state.isPhone) hash.set("phone", "1");
    place = `#${hash}`;
    clearTimeout(timer);
    // browsers refuse more than a few hundred changes in a minute
    timer = setTimeout(keepPlace, 100);
  }

  function keepPlace() {
    if (place && place !== location.hash) history.replaceState(null, "", place);
  }

  function recall() {
    const hash = new URLSearchParams(location.hash.slice(1));
    setNight(hash.has("night") || (!location.hash && matchMedia("(prefers-color-scheme: dark)").matches));
    setPhone(hash.has("phone"));
    const wanted = hash.get("card");
    const at = data.cards.findIndex((card) => `${card.key}/${card.ordinal}` === wanted);
    state.at = Math.max(at, 0);
    state.isBack = at >= 0 && hash.get("side") === "back";
  }

  function options(select, all, values) {
    select.append(element("option", { value: "" }, all), ...values.map((value) =>
      element("option", { value }, value.split("::").join(" › "))));
  }

  function start() {
    options($("deck"), "All decks", data.decks);
    options($("tag"), "All tags", data.tags);
    const open = data.cards.filter((card) => card.isUnanswered).length;
    $("totals").textContent = `${plural(data.cards.length, "card")}, ${open} unanswered, ${data.summary}`;
    if (data.elsewhere.length) {
      $("elsewhere").append(element("h2", {}, "Messages that belong to no card"), messageList(data.elsewhere));
    }
    $("filters").addEventListener("input", refilter);
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("list").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) go(Number(button.dataset.index) - state.at);
    });
    $("flip").addEventListener("click", flip);
    $("next").addEventListener("click", () => go(1));
    $("previous").addEventListener("click", () => go(-1));
    $("night").addEventListener("click", keys.n);
    $("phone").addEventListener("click", keys.p);
    $("help-open").addEventListener("click", () => $("help").showModal());
    $("help-close").addEventListener("click", () => $("help").close());
    document.addEventListener("keydown", onKey);
    addEventListener("pagehide", keepPlace);
    recall();
    state.shown = data.cards;
    drawList();
    showCard();
  }

  start();
})();
