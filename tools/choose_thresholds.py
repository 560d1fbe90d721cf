"""What the thresholds of needs and emergencies would give on the development set, to choose those of config.yml.

Usage: python tools/choose_thresholds.py

Three tables: one threshold for all needs; the codes for which a threshold of their own would spare enough errors, and
what such thresholds are worth on messages that did not choose them; the threshold of emergencies, the model alone. Sets
of the report are never read here.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.nlu.command import load_trained, read  # noqa: E402
from bot.nlu.labels import KINDS  # noqa: E402
from bot.nlu.understand import Thresholds  # noqa: E402
from bot.quiet_rasa import only_answers  # noqa: E402
from tools.evaluation.readings import Example  # noqa: E402
from tools.evaluation.sets import DEVELOPMENT, load_set  # noqa: E402
from tools.laboratory import settings_of  # noqa: E402

GRID = np.arange(0.25, 0.7, 0.05)
SPARED = (2, 3, 4)
"""Errors that a threshold of its own must spare a code: fewer, and a handful of messages decides by chance."""
DRAWS = 20
SEED = 20261121

Chances = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Needs:
    """What the model gives each need in each message, and which it should find."""

    codes: tuple[str, ...]
    chances: Chances
    truth: Truth

    def some(self, rows: NDArray[np.intp]) -> "Needs":
        """The same of some messages."""
        return Needs(self.codes, self.chances[rows], self.truth[rows])

    def scores(self, thresholds: float | Chances) -> str:
        """Micro-F1, and the share of messages of several needs whose needs are all found and none invented."""
        found = self.chances >= thresholds
        micro = 2 * (found & self.truth).sum() / (found.sum() + self.truth.sum())
        several = self.truth.sum(axis=1) > 1
        return f"micro-F1 {micro:.4f}  several {(found == self.truth).all(axis=1)[several].mean():.4f}"

    def own_thresholds(self, common: float, spared: int) -> Chances:
        """The threshold of each code: the common one unless another spares so many errors."""
        return np.array([self._own(column, common, spared) for column in range(len(self.codes))])

    def _own(self, column: int, common: float, spared: int) -> float:
        errors = {float(at): self._errors(column, at) for at in (*GRID, common)}
        best = min(errors, key=lambda at: (errors[at], abs(at - common)))
        return best if errors[common] - errors[best] >= spared else common

    def _errors(self, column: int, at: float) -> int:
        return int(((self.chances[:, column] >= at) != self.truth[:, column]).sum())


def main() -> int:
    """Print the tables; returns the exit code."""
    examples = load_set(DEVELOPMENT)
    with only_answers():
        readings = asyncio.run(_read(examples))
    common = Thresholds(**settings_of("bot.nlu.components.Reader")).need
    needs = _needs(examples, readings)
    print("one threshold for all needs")
    for at in GRID:
        print(f"  {at:.2f}  {needs.scores(at)}")
    print(f"thresholds of their own, beside {common}")
    for spared in SPARED:
        _print_own(needs, common, spared)
    print("emergencies, by the model alone")
    _print_emergencies(examples, readings)
    return 0


async def _read(examples: Sequence[Example]) -> list[Mapping[str, Mapping[str, float]]]:
    agent = await load_trained()
    return [await read(agent, example.text) for example in examples]


def _needs(examples: Sequence[Example], readings: Sequence[Mapping[str, Mapping[str, float]]]) -> Needs:
    codes = tuple(readings[0]["chances"])
    chances = np.array([[reading["chances"][code] for code in codes] for reading in readings])
    truth = np.array([[code in example.expected.needs for code in codes] for example in examples])
    return Needs(codes, chances, truth)


def _print_own(needs: Needs, common: float, spared: int) -> None:
    """The codes that would get their own, and both ways on halves that did not choose."""
    own = needs.own_thresholds(common, spared)
    apart = {code: float(round(at, 2)) for code, at in zip(needs.codes, own, strict=True) if at != common}
    draw = np.random.default_rng(SEED)
    chosen, read = zip(*(np.array_split(draw.permutation(len(needs.truth)), 2) for _ in range(DRAWS)), strict=True)
    unseen = needs.some(np.concatenate(read))
    thresholds = np.concatenate(
        [
            np.broadcast_to(needs.some(one).own_thresholds(common, spared), (len(other), len(needs.codes)))
            for one, other in zip(chosen, read, strict=True)
        ]
    )
    print(f"  {spared} errors spared: {apart}")
    print(f"    chosen on one half, read on the other: {unseen.scores(thresholds)}")
    print(f"    the common one, on the same halves:    {unseen.scores(common)}")


def _print_emergencies(examples: Sequence[Example], readings: Sequence[Mapping[str, Mapping[str, float]]]) -> None:
    dangers = np.array([max(reading["danger_chances"][kind] for kind in KINDS) for reading in readings])
    emergency = np.array([example.expected.is_emergency for example in examples])
    for at in GRID:
        rung = dangers >= at
        print(f"  {at:.2f}  recall {rung[emergency].mean():.3f}  precision {emergency[rung].mean():.3f}")


if __name__ == "__main__":
    sys.exit(main())
