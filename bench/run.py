"""Measure our whole assistant beside Rasa's own starter, in one run, on this machine.

Usage: python bench/run.py [--turns 150] [--seconds 20] [--starter FOLDER] [--out bench/results/latest.json]

Both run at once and are spoken to in alternation; one message through each pipeline, without dialogue, is timed too.
The starter is `rasa init`'s moodbot on its REST channel, with conversations in memory and no action server; ours is
everything a resident goes through: gateway, Rasa, actions, database. Opening a conversation is a turn of ours too: it
takes its time in the concurrent part and is not counted.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench import scripts  # noqa: E402
from bench.machine import machine_facts  # noqa: E402
from bench.measure import Timed, alternately, milliseconds, under_load  # noqa: E402
from bench.ours import Ours, running_ours  # noqa: E402
from bench.processes import nothing_left_behind, processor_seconds  # noqa: E402
from bench.report import ratios, table  # noqa: E402
from bench.starter import ENVIRONMENT, Starter, running_starter, train_starter  # noqa: E402
from bench.talkers import (  # noqa: E402
    BenchError,
    Caller,
    GatewayTalker,
    RasaTalker,
    StarterTalker,
    UnderstandingTalker,
)

WARM_UP = 12
"""Turns: what is loaded at the first messages is not the time of a turn."""
CLIENTS = 8
ROUNDS = 2
"""How often the two take their turn under load."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    options = _options(arguments)
    os.environ.update(ENVIRONMENT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that everything started is stopped too
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, nothing_left_behind():
            results = _compare(Path(folder), options)
    except (BenchError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{table(results)}\n\nresults: {options.out}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=150, help="turns timed one after the other, of each")
    parser.add_argument("--seconds", type=float, default=20, help=f"time under {CLIENTS} clients, of each")
    parser.add_argument("--starter", type=Path, help="a starter already trained (rasa init), instead of a new one")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results" / "latest.json")
    return parser.parse_args(arguments)


def _compare(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    facts = machine_facts()
    home = options.starter or _new_starter(folder / "starter")
    _tell("starting both")
    with running_starter(home) as starter, running_ours(folder / "ours") as ours:
        _tell(f"{options.turns} turns each, one after the other")
        timed = alternately(_callers(starter, ours, home), options.turns, WARM_UP)
        _tell(f"{options.seconds:.0f} s each, {CLIENTS} clients")
        load = _loads(starter, ours, options.seconds)
        memory = {"starter": starter.memory_mib(), "ours": ours.memory_mib()}
    starts = {"starter": starter.start_s, "ours": ours.start_s}
    sides = {name: _figures(name, timed, load[name], memory[name], starts[name]) for name in starts}
    return {
        "machine": facts | {"load_after": round(os.getloadavg()[0], 2)},
        **sides,
        "ratios": ratios(sides["starter"], sides["ours"]),
        "breakdown": _breakdown(timed),
    }


def _new_starter(folder: Path) -> Path:
    _tell("training Rasa's starter (a minute or two)")
    train_starter(folder)
    return folder


def _callers(starter: Starter, ours: Ours, home: Path) -> dict[str, Caller]:
    """Starter and ours, then their parts, which say the same lines."""
    return {
        "starter": Caller(StarterTalker(starter.url), scripts.STARTER),
        "ours": Caller(GatewayTalker(ours.url), scripts.OURS),
        "rasa": Caller(RasaTalker(ours.rasa_url), scripts.OURS),
        "starter understanding": Caller(UnderstandingTalker(home / "models"), scripts.STARTER),
        "ours understanding": Caller(UnderstandingTalker(ROOT / "models"), scripts.OURS),
    }


def _loads(starter: Starter, ours: Ours, seconds: float) -> dict[str, dict[str, float]]:
    """Turns per second of each, and what each turn takes of the processor, under load in alternate rounds."""
    makers: dict[str, Callable[[int], Caller]] = {
        "starter": lambda number: Caller(StarterTalker(starter.url, _address(number)), scripts.STARTER, number),
        "ours": lambda number: Caller(GatewayTalker(ours.url, _address(number)), scripts.OURS, number),
    }
    processes = {"starter": starter.processes, "ours": ours.processes}
    rounds = [{name: _round(makers[name], processes[name], seconds / ROUNDS) for name in makers} for _ in range(ROUNDS)]
    return {name: _over_rounds([each[name] for each in rounds]) for name in makers}


def _round(
    make_caller: Callable[[int], Caller], processes: Sequence[psutil.Process], seconds: float
) -> tuple[int, float, float]:
    """The turns of one round, how long it took, and what it took of the processor."""
    before = processor_seconds(processes)
    turns, elapsed = under_load(make_caller, CLIENTS, seconds)
    return turns, elapsed, processor_seconds(processes) - before


def _over_rounds(rounds: Sequence[tuple[int, float, float]]) -> dict[str, float]:
    turns, elapsed, processor = (sum(part) for part in zip(*rounds, strict=True))
    return {"turns_per_second": turns / elapsed, "processor_ms": 1000 * processor / turns}


def _address(number: int) -> str:
    """Each client calls from a loopback address of its own, as residents do: openings are limited by address."""
    return f"127.0.0.{2 + number}"


def _figures(
    name: str,
    timed: Mapping[str, Sequence[Timed]],
    load: Mapping[str, float],
    memory: Mapping[str, float],
    start_s: float,
) -> dict[str, Any]:
    return {
        "understanding_ms": milliseconds(timed[f"{name} understanding"])["median_ms"],
        **milliseconds(timed[name]),
        **load,
        "rasa_memory_mib": memory["rasa"],
        "memory_mib": sum(memory.values()),
        "by_process": dict(memory),
        "start_s": start_s,
    }


def _breakdown(timed: Mapping[str, Sequence[Timed]]) -> dict[str, Any]:
    parts = {
        "gateway_plan": [turn for turn in timed["ours"] if turn.held_plan],
        "gateway_other": [turn for turn in timed["ours"] if not turn.held_plan],
        "gateway": timed["ours"],
        "rasa": timed["rasa"],
        "understanding": timed["ours understanding"],
    }
    return {name: milliseconds(turns) | {"turns": len(turns)} for name, turns in parts.items()}


def _tell(progress: str) -> None:
    print(f"… {progress}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
