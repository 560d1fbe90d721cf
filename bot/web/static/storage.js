// What this tab remembers, in sessionStorage only: gone when the tab closes, or at once on "Quitter vite".

const SESSION = "assistant.session";
const THREAD = "assistant.thread";

// Once the person has left, an answer still on its way must not write anything back.
let sealed = false;

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  if (sealed) return;
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused in some framed or private pages: the conversation then lives as long as the page.
  }
}

function remove(...keys) {
  try {
    keys.forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Refused storage holds nothing to remove.
  }
}

export const readSession = () => read(SESSION);
export const writeSession = (session) => write(SESSION, session);
export const readThread = () => read(THREAD) ?? [];
export const writeThread = (thread) => write(THREAD, thread);

export function forgetSession() {
  remove(SESSION);
}

export function forgetThread() {
  remove(THREAD);
}

export function wipeAndSeal() {
  sealed = true;
  try {
    sessionStorage.clear();
  } catch {
    // Refused storage holds nothing to clear.
  }
}

export function unseal() {
  sealed = false;
}
