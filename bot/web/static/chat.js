// The resident's conversation: wires the field, the thread and the server together.

import { Abandoned, createConversation } from "./conversation.js";
import { LEFT, leave } from "./exit.js";
import { readSession } from "./storage.js";
import { createTranscript } from "./transcript.js";

const part = (name) => document.querySelector(`[data-${name}]`);

const chat = part("chat");
const form = part("form");
const field = part("field");
const status = part("status");
const invitation = part("invitation");
const eraseButton = part("erase");
const errorText = part("error-text");
const retryButton = part("retry");
const remaining = part("remaining");
const remainingSpoken = part("remaining-spoken");

const LEAVE_WORDS = /^quitter(?: vite)?[\s.!]*$/i;
const WRITING = "L’assistant est en train d’écrire…";
const REMAINING_SHOWN_FROM = 200;
const REMAINING_SPOKEN_AT = [200, 100, 50, 20, 0];

const transcript = createTranscript({ log: part("log"), list: part("messages"), onPress: pressChoice });
const conversation = createConversation({ onOpened: showGreeting, onReplaced: noteReplaced });

let waiting = false;
let retry = null;

function showGreeting(messages) {
  if (transcript.isEmpty()) transcript.answer(messages);
  refresh();
  showEnd();
}

function noteReplaced() {
  status.textContent = "La conversation précédente avait expiré : une nouvelle a commencé.";
}

function refresh() {
  invitation.hidden = !transcript.isEmpty();
  eraseButton.hidden = transcript.isEmpty() && !readSession();
}

function setWaiting(now) {
  waiting = now;
  form.classList.toggle("en-attente", now);
  if (now || status.textContent === WRITING) status.textContent = now ? WRITING : "";
}

async function say({ text, words, giveBack, again }) {
  if (waiting) return;
  showFailure("", null);
  const { item, takeBack } = transcript.ask(words);
  setWaiting(true);
  refresh();
  item.scrollIntoView({ block: "nearest" });
  try {
    transcript.answer(await conversation.say(text, words));
    bringUp(item);
  } catch (error) {
    if (error instanceof Abandoned) return;
    takeBack();
    giveBack();
    showFailure(error.message, error.canRetry ? again : null);
  } finally {
    setWaiting(false);
    refresh();
  }
}

function submit() {
  const text = field.value.trim();
  if (!text) {
    showFailure("Écrivez d’abord votre message.", null);
    field.focus();
    return;
  }
  if (LEAVE_WORDS.test(text)) {
    leave();
    return;
  }
  if (waiting) return;
  setField("");
  say({ text, words: text, giveBack: () => putBack(text), again: submit });
}

function pressChoice({ title, payload }) {
  say({ text: payload, words: title, giveBack: () => {}, again: () => pressChoice({ title, payload }) });
}

/** What was typed while waiting stays, after what could not be sent. */
function putBack(text) {
  setField([text, field.value].filter(Boolean).join("\n"));
}

function showFailure(message, again) {
  errorText.textContent = message;
  retry = again;
  if (!again && document.activeElement === retryButton) field.focus();
  retryButton.hidden = !again;
}

async function erase() {
  showFailure("", null);
  try {
    await conversation.forget();
  } catch (error) {
    if (!(error instanceof Abandoned)) showFailure("La conversation n’a pas pu être effacée. Réessayez dans un instant.", erase);
    return;
  }
  resetView();
  status.textContent = "Conversation effacée.";
  // Not the field: entering it opens the next conversation.
  part("title").focus();
}

function resetView() {
  transcript.clear();
  setField("");
  showFailure("", null);
  refresh();
}

function openQuietly() {
  // Only a first step: if it fails, sending says so.
  conversation.open().catch(() => {});
}

function showEnd() {
  part("messages").lastElementChild?.scrollIntoView({ block: "nearest" });
}

/** The question at the top of the screen, so that its answer is read from its beginning. */
function bringUp(item) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function setField(text) {
  field.value = text;
  onTyping();
}

function onTyping() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  countRemaining(field.maxLength - field.value.length);
}

function countRemaining(left) {
  remaining.textContent = left > REMAINING_SHOWN_FROM ? "" : remainingWords(left);
  const step = REMAINING_SPOKEN_AT.filter((threshold) => left <= threshold).pop();
  const words = step === undefined ? "" : remainingWords(step);
  if (remainingSpoken.textContent !== words) remainingSpoken.textContent = words;
}

function remainingWords(left) {
  if (left <= 0) return "Votre message a atteint la longueur maximale.";
  return left === 1 ? "Il reste 1 caractère." : `Il reste ${left} caractères.`;
}

function onKey(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
}

function onLeft() {
  conversation.leave();
  resetView();
}

/** A page brought back by "Précédent" must not show a thread that was wiped meanwhile. */
function onBroughtBack(event) {
  if (!event.persisted || readSession()) return;
  conversation.leave();
  resetView();
}

function closeWithEscape(event) {
  if (event.key === "Escape") window.parent.postMessage({ assistant: "close" }, "*");
}

function start() {
  chat.hidden = false;
  transcript.restore();
  setField("");
  refresh();
  showEnd();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", onTyping);
  field.addEventListener("focus", openQuietly);
  retryButton.addEventListener("click", () => retry?.());
  eraseButton.addEventListener("click", erase);
  document.addEventListener(LEFT, onLeft);
  window.addEventListener("pageshow", onBroughtBack);
  if (window.parent !== window) document.addEventListener("keydown", closeWithEscape);
}

start();
