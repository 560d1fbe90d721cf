"""Choose the thresholds of the reading on the development set, and print them as config.yml writes them.

Usage: python tools/choose_thresholds.py

One threshold for all needs is the one with the best micro-F1; a code gets its own only where that spares at least
`SPARED` errors, so that the few examples of a code do not decide by chance. An emergency missed weighs as much as
`MISSED` false alarms. Sets of the report are never read here.
"""

import asyncio
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from rasa.utils.log_utils import configure_structlog  # noqa: E402

from bot.nlu.command import load_trained, read  # noqa: E402
from bot.nlu.labels import KINDS  # noqa: E402
from tools.evaluation.readings import Example  # noqa: E402
from tools.evaluation.sets import DEVELOPMENT, load_set  # noqa: E402

GRID = np.arange(0.1, 0.85, 0.05)
SPARED = 2
MISSED = 5

Column = NDArray[np.float64]
Truth = NDArray[np.bool_]


def main() -> int:
    """Print the thresholds; returns the exit code."""
    configure_structlog(logging.ERROR)
    examples = load_set(DEVELOPMENT)
    readings = asyncio.run(_read(examples))
    for line in _chosen(examples, readings):
        print(line)
    return 0


async def _read(examples: Sequence[Example]) -> list[Mapping[str, Mapping[str, float]]]:
    agent = await load_trained()
    return [await read(agent, example.text) for example in examples]


def _chosen(examples: Sequence[Example], readings: Sequence[Mapping[str, Mapping[str, float]]]) -> list[str]:
    codes = list(readings[0]["chances"])
    chances = np.array([[reading["chances"][code] for code in codes] for reading in readings])
    truth = np.array([[code in example.expected.needs for code in codes] for example in examples])
    need = min(GRID, key=lambda at: _errors(chances, truth, at))
    own = {code: _own(chances[:, column], truth[:, column], need) for column, code in enumerate(codes)}
    apart = {code: float(round(at, 2)) for code, at in own.items() if at != need}
    dangers = np.array([max(reading["danger_chances"][kind] for kind in KINDS) for reading in readings])
    emergency = np.array([example.expected.is_emergency for example in examples])
    return [f"  need: {need:.2f}", f"  needs: {apart}", f"  emergency: {_alert(dangers, emergency):.2f}"]


def _own(chances: Column, truth: Truth, need: float) -> float:
    """The threshold of one code: that of all needs unless another spares it enough errors."""
    best = min(GRID, key=lambda at: (_errors(chances, truth, at), abs(at - need)))
    return float(best) if _errors(chances, truth, need) - _errors(chances, truth, best) >= SPARED else need


def _alert(chances: Column, emergency: Truth) -> float:
    return float(
        min(
            GRID,
            key=lambda at: MISSED * ((chances < at) & emergency).sum() + ((chances >= at) & ~emergency).sum(),
        )
    )


def _errors(chances: Column, truth: Truth, at: float) -> int:
    return int(((chances >= at) != truth).sum())


if __name__ == "__main__":
    sys.exit(main())
