"""Rasa's own starter, as `rasa init` makes it: the English moodbot on its REST channel."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bench.processes import family_of, nothing_left_behind, resident_mib
from bench.talkers import BenchError, StarterTalker
from tests.assistant import free_ports

START_TIMEOUT_S = 300
POLL_S = 0.1
ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


@dataclass(frozen=True)
class Starter:
    """The running starter."""

    url: str
    processes: tuple[psutil.Process, ...]
    start_s: float
    """From spawn to the first answered turn."""

    def memory_mib(self) -> dict[str, float]:
        """Memory by process: it has only one."""
        return {"rasa": sum(resident_mib(process) for process in self.processes)}


def train_starter(folder: Path) -> None:
    """Make and train the starter in `folder`. Raises BenchError."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)]
    with (folder.parent / "init.log").open("wb") as log:
        done = subprocess.run(command, cwd=folder, env=os.environ | ENVIRONMENT, stdout=log, stderr=log, check=False)
    if done.returncode or not any((folder / "models").glob("*.tar.gz")):
        raise BenchError(f"rasa init failed: see {log.name}")


@contextmanager
def running_starter(folder: Path) -> Iterator[Starter]:
    """The trained starter of `folder`, run on loopback and stopped at the end."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    with nothing_left_behind(), (folder.parent / "starter.log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=os.environ | ENVIRONMENT, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}"
        _wait_for_an_answer(url, process)
        yield Starter(url, family_of(process.pid), time.monotonic() - began)


def _wait_for_an_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            talker = StarterTalker(url)
            talker.open()
            talker.say("hello")
            return
        except (httpx.HTTPError, BenchError):
            time.sleep(POLL_S)
    raise BenchError("the starter did not start")
