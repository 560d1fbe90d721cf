"""The processes of a benchmark: what they weigh, and that none of them outlives it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

MEBIBYTE = 2**20
STOP_TIMEOUT_S = 30


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Whatever was started inside is stopped at the end, even on error; what ran before is left alone."""
    before = set(_descendants())
    try:
        yield
    finally:
        _stop([process for process in _descendants() if process not in before])


def resident_mib(pid: int) -> float:
    """Resident memory of a process and its descendants, in MiB."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(member.memory_info().rss for member in family)) / MEBIBYTE


def _descendants() -> list[psutil.Process]:
    return list(psutil.Process().children(recursive=True))


def _stop(processes: list[psutil.Process]) -> None:
    for process in processes:
        _signal(process, "terminate")
    _, stubborn = psutil.wait_procs(processes, timeout=STOP_TIMEOUT_S)
    for process in stubborn:
        _signal(process, "kill")
    psutil.wait_procs(stubborn, timeout=STOP_TIMEOUT_S)


def _signal(process: psutil.Process, how: str) -> None:
    try:
        getattr(process, how)()
    except psutil.NoSuchProcess:
        pass
