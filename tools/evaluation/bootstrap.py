"""How sure a figure is: messages are drawn again, with replacement, and the figure computed each time."""

from dataclasses import dataclass

import numpy as np

from tools.evaluation.counts import Array
from tools.evaluation.formulas import Formula

SEED = 20261121
RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Measured:
    """A figure with its confidence interval, and how many things it is a share of. None: there is nothing to share."""

    value: float | None
    low: float | None
    high: float | None
    n: int


class Bootstrap:
    """Draws the same messages for every figure, so that figures of one set can be compared."""

    def __init__(self, messages: int, seed: int = SEED, resamples: int = RESAMPLES) -> None:
        even = np.full(messages, 1 / messages)
        draws = np.random.default_rng(seed).multinomial(messages, even, size=resamples)
        self._times_drawn = draws.astype(np.float64)

    def measure(self, counts: Array, formula: Formula) -> Measured:
        """The figure on all messages, and the range of 95 % of the resamples in which it exists."""
        sums = counts.sum(axis=0)
        resampled = formula.value(np.tensordot(self._times_drawn, counts, axes=1))
        existing = resampled[~np.isnan(resampled)]
        value, basis = float(formula.value(sums)), int(formula.basis(sums))
        if np.isnan(value) or not existing.size:
            return Measured(None, None, None, basis)
        outside = 50 * (1 - CONFIDENCE)
        low, high = np.percentile(existing, [outside, 100 - outside])
        return Measured(value, float(low), float(high), basis)
