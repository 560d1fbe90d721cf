"""Who is spoken to, and how: the starter, our gateway, our Rasa alone, the understanding of either alone."""

import json
import subprocess
import sys
import uuid
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Protocol

import httpx

from bot.settings import ROOT

TIMEOUT_S = 60


class BenchError(Exception):
    """The benchmark cannot go on; the message is one clear line."""


class Talker(Protocol):
    """Somebody in conversation with an assistant."""

    def open(self) -> None:
        """Begin a new conversation."""

    def say(self, text: str) -> bool:
        """Say something and wait for the answer; whether it held a plan."""


class StarterTalker:
    """Speaks to the starter through Rasa's REST channel."""

    def __init__(self, url: str, address: str = "127.0.0.1") -> None:
        self._http = _client(url, address)
        self._sender = ""

    def open(self) -> None:
        """A conversation begins with its first message: only its name changes."""
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> bool:
        """Say something; away from its stories the starter may answer nothing, and that too is a turn."""
        _checked(self._http.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text}))
        return False


class GatewayTalker:
    """Speaks to our assistant as the resident's page does. `address` is where it calls from: limits go by address."""

    def __init__(self, url: str, address: str = "127.0.0.1") -> None:
        self._http = _client(url, address)
        self._path = ""

    def open(self) -> None:
        """Open a conversation; it is greeted."""
        opened = _checked(self._http.post("/api/conversations", json={"channel": "web"})).json()
        self._path = f"/api/conversations/{opened['conversation_id']}/messages"
        self._http.headers["Authorization"] = f"Bearer {opened['token']}"

    def say(self, text: str) -> bool:
        """Say something; the assistant must answer."""
        messages = _checked(self._http.post(self._path, json={"text": text})).json()["messages"]
        if not messages:
            raise BenchError(f"our assistant had no answer to {text!r}")
        return any(message["card"] for message in messages)


class RasaTalker:
    """Speaks to our Rasa as the gateway does: the turn without the gateway."""

    def __init__(self, url: str) -> None:
        self._http = _client(url, "127.0.0.1")
        self._conversation = ""

    def open(self) -> None:
        """A new conversation, greeted as the gateway has it greeted."""
        self._conversation = f"bench-{uuid.uuid4().hex}"
        self.say("/saluer")

    def say(self, text: str) -> bool:
        """Say something."""
        turn = {"conversation_id": self._conversation, "text": text, "channel": "web", "may_book": True}
        messages = _checked(self._http.post("/webhooks/gateway/message", json=turn)).json()["messages"]
        return any(message["card"] for message in messages)


class UnderstandingTalker:
    """Has messages read by the last model of a folder: the understanding without the dialogue."""

    def __init__(self, models: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "bench" / "reading.py"), str(models)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def open(self) -> None:
        """Nothing is remembered from one message to the next."""

    def say(self, text: str) -> bool:
        """Have a message read."""
        source, sink = self._process.stdin, self._process.stdout
        assert source is not None and sink is not None  # both were asked for as pipes
        source.write(json.dumps(text) + "\n")
        source.flush()
        if not sink.readline():
            raise BenchError("the reading of messages stopped: is there a trained model?")
        return False


class Caller:
    """One resident after another: a conversation is opened, its lines are said, the next one is opened."""

    def __init__(self, talker: Talker, scripts: Sequence[Sequence[str]], first: int = 0) -> None:
        self._talker = talker
        self._scripts = cycle([*scripts[first % len(scripts) :], *scripts[: first % len(scripts)]])
        self._left: list[str] = []

    def ready(self) -> str:
        """The next line, in an open conversation."""
        if not self._left:
            self._left = list(next(self._scripts))
            self._talker.open()
        return self._left.pop(0)

    def turn(self) -> bool:
        """Say the next line; whether the answer held a plan."""
        return self._talker.say(self.ready())

    def say(self, line: str) -> bool:
        """Say a line that `ready` gave."""
        return self._talker.say(line)


def _client(url: str, address: str) -> httpx.Client:
    return httpx.Client(
        base_url=url,
        timeout=TIMEOUT_S,
        transport=httpx.HTTPTransport(local_address=address),
    )


def _checked(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        raise BenchError(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:200]}")
    return answer
