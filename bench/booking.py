"""Measure the agenda on SQLite and PostgreSQL, beside a bare INSERT of the same rows in the same run.

Usage: python bench/booking.py [--calls 400] [--clients 8] [--out results/booking.json]

Fifty agents, one motif of thirty minutes. Listing sixty days of them, empty, half full and full; then the first free
times and the confirmation as the conversation asks them, by one client, by several who each want another time, and by
several who all want the same times. PostgreSQL is TEST_POSTGRES_URL or a throw-away server that waits for the disk.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy.engine import Engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from bench.agendas import AGENTS, LIEU, MONDAY_MORNING, MOTIF, fill, open_agenda  # noqa: E402
from bench.bookers import Calls, Clients, confirm, insert_bare, list_slots  # noqa: E402
from bench.machine import machine_facts  # noqa: E402
from bot.booking.consistency import faults  # noqa: E402
from bot.booking.slots import Slot, bookable_slots  # noqa: E402
from bot.database import engine_for  # noqa: E402
from tests.postgres import NoPostgres, empty_database, running_server  # noqa: E402

DAYS = 60
LISTINGS = 7
AIM_MS = 300
"""Listing fifty agents for sixty days takes less."""
BARE, SAME = "bare insert", " on the same slots"
ENGINES = "sqlite", "postgresql"
STEP = 1_000_000
"""Between the first ids of two measures."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    options = _options(arguments)
    results: dict[str, Any] = {"machine": machine_facts(), "calls": options.calls, "clients": options.clients}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        results["sqlite"] = _measure(f"sqlite:///{folder}/agenda.db", options.calls, options.clients)
    try:
        with running_server() as server, empty_database(server) as url:
            results["postgresql"] = _measure(url, options.calls, options.clients)
    except NoPostgres as missing:
        print(f"PostgreSQL not measured: {missing}", file=sys.stderr)
    results["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{_table(results)}\n\nresults: {options.out}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=400, help="calls of each measure, of all clients together")
    parser.add_argument("--clients", type=int, default=8, help="processes at once")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "booking.json")
    return parser.parse_args(arguments)


def _measure(url: str, calls: int, clients: int) -> dict[str, Any]:
    engine = engine_for(url)
    open_agenda(url, engine)
    free = _listing(engine)
    _tell(f"{engine.dialect.name}: listing {DAYS} days")
    listing = {"empty": _listing_ms(engine)}
    fill(engine, free[::2], STEP)
    listing["half full"] = _listing_ms(engine)
    shares = _share_out(free[1::2], calls, clients)
    fill(engine, shares.taken, 2 * STEP)
    processes = Clients(clients)
    measures = _with_clients(url, shares, processes, clients)
    processes.close()
    fill(engine, _listing(engine), 20 * STEP)
    listing["full"] = _listing_ms(engine)
    assert faults(engine) == []
    engine.dispose()
    return {"listing_ms": listing, "measures": measures}


@dataclass(frozen=True)
class _Shares:
    """Which slots each measure takes, so that no client meets another but where it is meant."""

    calm: list[Slot]
    """At times when about twenty-five agents are free."""
    bare: list[Slot]
    """At other times."""
    hot: list[Slot]
    """The only ones left at their times, once `taken` are."""
    taken: list[Slot]


def _share_out(free: Sequence[Slot], calls: int, clients: int) -> _Shares:
    by_time: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in free:
        by_time[slot.start].append(slot)
    times = list(by_time.values())
    contested = times[-(calls // clients) :]
    others = times[: -len(contested)]
    chance = Random(5)
    calm, bare = ([slot for at in half for slot in at] for half in (others[::2], others[1::2]))
    chance.shuffle(calm)
    chance.shuffle(bare)
    return _Shares(
        calm[: 2 * calls], bare[: 2 * calls], [at[0] for at in contested], [slot for at in contested for slot in at[1:]]
    )


def _with_clients(url: str, shares: _Shares, clients: Clients, processes: int) -> dict[str, dict[str, float]]:
    half = len(shares.calm) // 2
    calm, bare = shares.calm, shares.bare
    together = f", {processes} clients"
    plan: dict[str, tuple[Callable[..., Calls], list[list[Slot]]]] = {
        "list": (list_slots, [calm[:half]]),
        f"list{together}": (list_slots, [calm[number:half:processes] for number in range(processes)]),
        "confirm": (confirm, [calm[:half]]),
        f"confirm{together}": (confirm, [calm[half + number :: processes] for number in range(processes)]),
        f"confirm{together}{SAME}": (confirm, [shares.hot] * processes),
        BARE: (insert_bare, [bare[:half]]),
        f"{BARE}{together}": (insert_bare, [bare[half + number :: processes] for number in range(processes)]),
    }
    figures = {}
    for number, (name, (work, slots)) in enumerate(plan.items(), start=3):
        _tell(name)
        figures[name] = clients.measure(url, work, slots, number * STEP).figures()
    return figures


def _listing(engine: Engine) -> list[Slot]:
    with Session(engine, future=True) as session, session.begin():
        until = MONDAY_MORNING + timedelta(days=DAYS)
        return bookable_slots(session, MOTIF, LIEU, MONDAY_MORNING, until, MONDAY_MORNING)


def _listing_ms(engine: Engine) -> dict[str, float]:
    times = []
    for _ in range(LISTINGS):
        began = time.perf_counter()
        slots = len(_listing(engine))
        times.append(1000 * (time.perf_counter() - began))
    return {"median_ms": median(times), "slots": slots}


def _table(results: Mapping[str, Any]) -> str:
    return "\n".join(_lines(results))


def _lines(results: Mapping[str, Any]) -> Iterator[str]:
    facts = results["machine"]
    yield f"{facts['date']}, revision {facts['revision']}; {facts['processor']}, {facts['cores']} cores"
    yield f"load {facts['load_before']} before, {facts['load_after']} after"
    for name in ENGINES:
        if name in results:
            yield from ("", name, *_of_engine(results[name]))


def _of_engine(results: Mapping[str, Any]) -> Iterator[str]:
    for state, listing in results["listing_ms"].items():
        asked = f"{DAYS} days of {AGENTS} agents, {state} ({listing['slots']} free)"
        yield f"  {asked:<48}{listing['median_ms']:>10.0f} ms   (aim: under {AIM_MS})"
    yield f"  {'':<48}{'a second':>10}{'median ms':>11}{'p95 ms':>9}{'got it':>12}{'/ bare':>8}"
    for name, figures in results["measures"].items():
        bare = results["measures"][BARE + name[name.index(",") :].removesuffix(SAME) if "," in name else BARE]
        got = f"{figures['succeeded']:.0f}/{figures['calls']:.0f}"
        speed = f"{figures['per_second']:>10.0f}{figures['median_ms']:>11.1f}{figures['p95_ms']:>9.1f}"
        yield f"  {name:<48}{speed}{got:>12}{figures['per_second'] / bare['per_second']:>8.2f}"


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
