"""The processes of a benchmark: what they weigh, and that none of them outlives it."""

from collections.abc import Iterable, Iterator
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


def family_of(pid: int) -> tuple[psutil.Process, ...]:
    """A process and its descendants."""
    process = psutil.Process(pid)
    return (process, *process.children(recursive=True))


def resident_mib(process: psutil.Process) -> float:
    """Resident memory of a process, in MiB."""
    return float(process.memory_info().rss) / MEBIBYTE


def processor_seconds(processes: Iterable[psutil.Process]) -> float:
    """What processes have used of the processor so far: unlike time on a clock, others at work change it little."""
    spent = [process.cpu_times() for process in processes]
    return float(sum(times.user + times.system for times in spent))


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
