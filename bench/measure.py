"""Timing turns: one after the other, then with several clients at once."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

from bench.talkers import Caller


@dataclass(frozen=True)
class Timed:
    """One turn: how long it took, and whether its answer held a plan."""

    ms: float
    held_plan: bool


def alternately(callers: Mapping[str, Caller], turns: int, warm_up: int) -> dict[str, list[Timed]]:
    """Each caller says one line in turn, so that a slow moment of the machine falls on all alike."""
    timed: dict[str, list[Timed]] = {name: [] for name in callers}
    for number in range(-warm_up, turns):
        for name, caller in callers.items():
            turn = _timed(caller)
            if number >= 0:
                timed[name].append(turn)
    return timed


def milliseconds(turns: Sequence[Timed]) -> dict[str, float]:
    """Median and 95th centile."""
    times = [turn.ms for turn in turns]
    return {"median_ms": median(times), "p95_ms": quantiles(times, n=20)[-1]}


def under_load(make_caller: Callable[[int], Caller], clients: int, seconds: float) -> tuple[int, float]:
    """The turns answered to `clients` that speak at once, each without pause; and the seconds it took."""
    callers = [make_caller(number) for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        answered = pool.map(lambda caller: _answered_until(caller, began + seconds), callers)
        return sum(answered), time.perf_counter() - began


def _answered_until(caller: Caller, deadline: float) -> int:
    answered = 0
    while time.perf_counter() < deadline:
        caller.turn()
        answered += 1
    return answered


def _timed(caller: Caller) -> Timed:
    line = caller.ready()
    began = time.perf_counter()
    held_plan = caller.say(line)
    return Timed(1000 * (time.perf_counter() - began), held_plan)
