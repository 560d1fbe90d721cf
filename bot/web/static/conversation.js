// The conversation as the server knows it: opened once, spoken to, forgotten.

import { forgetSession, readSession, writeSession } from "./storage.js";

const TIMEOUT_MS = 30000;
const UNKNOWN_TO_SERVER = [401, 404];
const NOT_WORTH_RETRYING = [413, 415, 422];

const NETWORK_LOST = "La connexion ne passe pas. Votre message est gardé.";
const SERVER_LOST = "L’assistant ne répond pas. Votre message est gardé.";

export class ServiceError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }

  get canRetry() {
    return !NOT_WORTH_RETRYING.includes(this.status);
  }

  get conversationIsGone() {
    return UNKNOWN_TO_SERVER.includes(this.status);
  }
}

/** Raised to whoever waits for an answer that nobody wants any more. */
export class Abandoned extends Error {}

export function createConversation({ onOpened, onReplaced }) {
  let session = readSession();
  let opening = null;
  let life = new AbortController();

  async function create() {
    const opened = await call("POST", "/api/conversations", { body: { channel: "web" }, life });
    session = { id: opened.conversation_id, token: opened.token };
    writeSession(session);
    return opened.messages;
  }

  /** Opens the conversation unless it is open; two callers at once share one opening. */
  function open() {
    if (session) return Promise.resolve();
    opening ??= create()
      .then(onOpened)
      .finally(() => {
        opening = null;
      });
    return opening;
  }

  async function post(text) {
    const answer = await call("POST", `${pathOf(session)}/messages`, { body: { text }, token: session.token, life });
    return answer.messages;
  }

  /** The answer's messages. `words` is what is said again when the server has forgotten the conversation. */
  async function say(text, words) {
    await open();
    try {
      return await post(text);
    } catch (error) {
      if (!error.conversationIsGone) throw error;
    }
    drop();
    await create();
    onReplaced();
    return post(words);
  }

  /** Has the server forget the conversation, then forgets it here. */
  async function forget() {
    abandon();
    try {
      if (session) await call("DELETE", pathOf(session), { token: session.token, life });
    } catch (error) {
      if (!error.conversationIsGone) throw error;
    }
    drop();
  }

  function abandon() {
    life.abort();
    life = new AbortController();
  }

  function drop() {
    session = null;
    forgetSession();
  }

  function leave() {
    abandon();
    drop();
  }

  return { open, say, forget, leave };
}

const pathOf = ({ id }) => `/api/conversations/${encodeURIComponent(id)}`;

async function call(method, path, { body, token, life }) {
  const patience = new AbortController();
  const stop = () => patience.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  life.signal.addEventListener("abort", stop);
  try {
    return await exchange(path, { method, headers: headersFor(body, token), body: body && JSON.stringify(body), signal: patience.signal });
  } catch (error) {
    if (life.signal.aborted) throw new Abandoned();
    throw error instanceof ServiceError ? error : new ServiceError(NETWORK_LOST);
  } finally {
    clearTimeout(timer);
    life.signal.removeEventListener("abort", stop);
  }
}

async function exchange(path, request) {
  const response = await fetch(path, request);
  if (!response.ok) throw new ServiceError(await refusalOf(response), response.status);
  return response.status === 204 ? null : response.json();
}

function headersFor(body, token) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  return headers;
}

async function refusalOf(response) {
  const said = await response.json().catch(() => null);
  return said?.error?.message ?? SERVER_LOST;
}
