// The thread on screen, and its copy in the tab's memory so that a reload keeps it.

import { renderCard } from "./cards.js";
import { element } from "./dom.js";
import { withPhoneLinks } from "./phones.js";
import { forgetThread, readThread, writeThread } from "./storage.js";

export function createTranscript({ log, list, onPress }) {
  let thread = [];

  function show(entry) {
    const item = entry.author === "user" ? userItem(entry) : botItem(entry, onPress);
    list.append(item);
    return item;
  }

  function keep(entry) {
    thread.push(entry);
    writeThread(thread);
    return show(entry);
  }

  /** Adds what the person said; earlier choices are closed. Returns how to take it back if it cannot be sent. */
  function ask(text) {
    const reopen = closeChoices(list);
    const entry = { author: "user", text };
    const item = keep(entry);
    const takeBack = () => {
      item.remove();
      thread = thread.filter((kept) => kept !== entry);
      writeThread(thread);
      reopen();
    };
    return { item, takeBack };
  }

  function answer(messages) {
    messages.forEach(({ text, buttons, card }) => keep({ author: "bot", text, buttons, card }));
  }

  function clear() {
    thread = [];
    forgetThread();
    list.replaceChildren();
  }

  /** Shows the kept thread again. Silently: it was announced when it was new. */
  function restore() {
    thread = readThread();
    log.setAttribute("aria-live", "off");
    thread.forEach((entry) => {
      if (entry.author === "user") closeChoices(list);
      show(entry);
    });
    setTimeout(() => log.removeAttribute("aria-live"), 1000);
  }

  return { ask, answer, clear, restore, isEmpty: () => thread.length === 0 };
}

function userItem({ text }) {
  return element("li", { className: "message vous" }, author("Vous"), element("p", { className: "bulle", dir: "auto" }, text));
}

function botItem({ text, buttons, card }, onPress) {
  const body = renderCard(card) ?? element("p", { className: "bulle", dir: "auto" }, ...withPhoneLinks(text ?? ""));
  return element("li", { className: "message assistant" }, author("Assistant"), body, choices(buttons, onPress));
}

function author(name) {
  return element("p", { className: "auteur" }, name, element("span", { className: "hors-ecran" }, " :"));
}

function choices(buttons, onPress) {
  if (!buttons?.length) return null;
  const group = element("div", { className: "choix", role: "group", "aria-label": "Réponses proposées" });
  buttons.forEach(({ title, payload }) => {
    const button = element("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      if (!isClosed(button)) onPress({ title, payload });
    });
    group.append(button);
  });
  return group;
}

const isClosed = (button) => button.disabled || button.getAttribute("aria-disabled") === "true";

/** Disables every open choice; returns how to open them again. */
function closeChoices(list) {
  const open = [...list.querySelectorAll(".choix button")].filter((button) => !isClosed(button));
  open.forEach(closeChoice);
  return () => open.forEach(openChoice);
}

/** The button under focus keeps it until the person moves on: disabling it at once would lose their place. */
function closeChoice(button) {
  button.setAttribute("aria-disabled", "true");
  if (document.activeElement !== button) {
    button.disabled = true;
    return;
  }
  button.addEventListener("blur", () => (button.disabled = isClosed(button)), { once: true });
}

function openChoice(button) {
  button.removeAttribute("aria-disabled");
  button.disabled = false;
}
