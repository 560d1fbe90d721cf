// "Quitter vite": blank the page, forget everything, go to a neutral page that takes this one's place.
// The browser's own history is out of reach, and nothing here pretends otherwise.

import { readSession, unseal, wipeAndSeal } from "./storage.js";

export const LEFT = "assistant:left";

const SHIFT_PRESSES = 3;
const SHIFT_WINDOW_MS = 5000;

const button = document.querySelector("[data-exit-url]");

export function leave() {
  coverPage();
  forgetEverything();
  goTo(button.dataset.exitUrl);
}

function coverPage() {
  const cover = document.createElement("div");
  cover.className = "voile";
  cover.setAttribute("role", "alert");
  cover.textContent = "Chargement";
  document.documentElement.classList.add("parti");
  document.body.append(cover);
}

function uncoverPage() {
  document.documentElement.classList.remove("parti");
  document.querySelectorAll(".voile").forEach((cover) => cover.remove());
  unseal();
}

function forgetEverything() {
  const session = readSession();
  wipeAndSeal();
  document.dispatchEvent(new Event(LEFT));
  if (session) forgetOnServer(session);
  closeAppointments();
}

/** An appointment seen in this browser is asked a question about again. */
function closeAppointments() {
  fetch("/rdv/oublier", { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
}

function forgetOnServer({ id, token }) {
  fetch(`/api/conversations/${encodeURIComponent(id)}`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${token}` },
    keepalive: true,
  }).catch(() => {});
}

function goTo(url) {
  if (window.parent === window) {
    window.location.replace(url);
    return;
  }
  // A framed page may not always move its host: the widget is asked as well.
  window.parent.postMessage({ assistant: "exit", url }, "*");
  try {
    window.top.location.replace(url);
  } catch {
    window.location.replace(url);
  }
}

function onShiftThreeTimes(action) {
  let presses = 0;
  let alone = false;
  let timer;

  const startAgain = () => {
    presses = 0;
    clearTimeout(timer);
  };
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone) startAgain();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(startAgain, SHIFT_WINDOW_MS);
    if (presses < SHIFT_PRESSES) return;
    startAgain();
    action();
  });
}

if (button) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  onShiftThreeTimes(leave);
  window.addEventListener("pageshow", uncoverPage);
}
