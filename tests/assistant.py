"""A whole assistant run for tests: real processes, its own database and ports, a calendar clock that stands still."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.settings import ROOT
from tests.quick_folder import quick_folder

START_TIMEOUT_S = 300


@dataclass(frozen=True)
class Assistant:
    """A running assistant."""

    url: str
    database_url: str
    log: Path


@dataclass(frozen=True)
class Turn:
    """One exchange, kept for the tests that look over everything the suite was told."""

    conversation_id: str
    said: str
    answered: str
    commune: str | None


TURNS: list[Turn] = []
"""Every turn of the run so far."""


@dataclass
class Conversation:
    """A conversation through the API, as the resident's page has it."""

    http: httpx.Client
    conversation_id: str
    token: str
    messages: list[dict[str, Any]]
    orientation: dict[str, Any] | None = None
    rdv: dict[str, Any] | None = None
    transcript: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, assistant: Assistant, channel: str = "web") -> "Conversation":
        http = httpx.Client(base_url=assistant.url, timeout=60)
        answer = http.post("/api/conversations", json={"channel": channel})
        assert answer.status_code == 201, answer.text
        opened = answer.json()
        return cls(http, opened["conversation_id"], opened["token"], opened["messages"])

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say something; what came back is kept on the conversation."""
        path = f"/api/conversations/{self.conversation_id}/messages"
        answer = self.http.post(path, json={"text": text}, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text
        turn = answer.json()
        self.messages, self.orientation, self.rdv = turn["messages"], turn["orientation"], turn["rdv"]
        self.transcript += [f"> {text}", *self.texts]
        commune = self.orientation["commune"] if self.orientation else None
        TURNS.append(Turn(self.conversation_id, text, self.text, commune))
        return self.messages

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press the button whose title starts with this."""
        buttons = [button for message in self.messages for button in message["buttons"]]
        return self.say(next(button["payload"] for button in buttons if button["title"].startswith(title)))

    @property
    def texts(self) -> list[str]:
        """The texts of the last answer."""
        return [message["text"] for message in self.messages]

    @property
    def text(self) -> str:
        """The last answer as one text."""
        return "\n".join(self.texts)


def start_assistant(folder: Path, now: str, **settings: str) -> tuple[Assistant, subprocess.Popen[bytes]]:
    """Start an assistant whose clock stands at `now`, and wait until it is ready."""
    folder.mkdir(parents=True, exist_ok=True)
    port, rasa_port, actions_port = free_ports(3)
    environment = {
        **os.environ,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "RASA_PORT": str(rasa_port),
        "ACTIONS_PORT": str(actions_port),
        "DATABASE_URL": f"sqlite:///{quick_folder('assistant') / 'assistant.db'}",
        "SECRET_KEY": "a secret for tests only",
        "BOT_VAR": str(folder),
        "BOT_NOW": now,
        "DEMO": "1",
        **settings,
    }
    subprocess.run([sys.executable, "-m", "bot", "migrate"], cwd=ROOT, env=environment, check=True)
    log = folder / "log.txt"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    assistant = Assistant(f"http://127.0.0.1:{port}", environment["DATABASE_URL"], log)
    wait_until_ready(assistant, process)
    return assistant, process


def wait_until_ready(assistant: Assistant, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{assistant.url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the assistant did not start:\n" + assistant.log.read_text(errors="replace")[-3000:])


def stop_assistant(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
