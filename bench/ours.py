"""Our whole assistant, as tests run it: real processes, its own database and ports, a Monday morning."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.processes import family_of, nothing_left_behind, resident_mib
from bench.talkers import GatewayTalker
from tests.assistant import start_assistant, stop_assistant

MONDAY_MORNING = "2026-11-23T10:00:00+01:00"


@dataclass(frozen=True)
class Ours:
    """Our running assistant."""

    url: str
    processes: tuple[psutil.Process, ...]
    start_s: float
    """From the first command (migration and demonstration agenda included) to the first answered turn."""

    @property
    def rasa_url(self) -> str:
        """Where Rasa listens, read from its command line."""
        command = next(process.cmdline() for process in self.processes if _role(process) == "rasa")
        return f"http://127.0.0.1:{command[command.index('--port') + 1]}"

    def memory_mib(self) -> dict[str, float]:
        """Resident memory by role."""
        memory: dict[str, float] = {}
        for process in self.processes:
            memory[_role(process)] = memory.get(_role(process), 0) + resident_mib(process)
        return memory


@contextmanager
def running_ours(folder: Path) -> Iterator[Ours]:
    """Our assistant, with a fresh database in `folder`, stopped at the end."""
    with nothing_left_behind():
        began = time.monotonic()
        assistant, process = start_assistant(folder, MONDAY_MORNING)
        talker = GatewayTalker(assistant.url)
        talker.open()
        talker.say("bonjour")
        started = time.monotonic() - began
        yield Ours(assistant.url, family_of(process.pid), started)
        stop_assistant(process)


def _role(process: psutil.Process) -> str:
    """What a process does: web, actions, rasa, supervisord or serve."""
    command = process.cmdline()
    if "uvicorn" in command:
        return "web"
    if "rasa" in command:
        return "actions" if "actions" in command else "rasa"
    return "supervisord" if any("supervisor" in word for word in command) else "serve"
