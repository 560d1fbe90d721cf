"""A linear score for every label of a message: the first of the two steps that read it.

Each label has a linear support vector machine over the features (bot/nlu/features.py). Why linear: it answers in
a millisecond, learns in seconds, and says which words decided. Its margins are no probabilities yet: bot/nlu/judge.py
weighs those of the whole message and of its parts together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from bot.nlu import features
from bot.nlu.features import Features
from bot.nlu.labels import Labelled
from bot.nlu.lexicon import Lexicon

_REGULARISATION = 0.5
_PRECISION = 0.1
"""Of the optimum, relative: a finer one took twice as long on the development set and read no better."""
_AGAINST = -1.0
"""Margin of a label that no example carries."""


@dataclass(frozen=True)
class LinearScorer:
    """Scores every label of `labels` for a message: above zero speaks for the label, below against."""

    labels: tuple[str, ...]
    features: Features
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def margins(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The margin of each label, in the order of `labels`, a row for each normalised text."""
        if not texts:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return np.asarray(self.features.of(texts) @ self.coefficients + self.intercepts, dtype=np.float32)


def train(
    examples: Sequence[Labelled], labels: Sequence[str], blocks: Sequence[str], lexicon: Lexicon, seed: int
) -> LinearScorer:
    """A scorer of these labels, learned from these examples by the named blocks of features."""
    learned, rows = features.learn(blocks, [text for text, _ in examples], lexicon)
    return fit(learned, rows, [carried for _, carried in examples], labels, seed)


def fit(
    learned: Features, rows: sparse.csr_matrix, carried: Sequence[frozenset[str]], labels: Sequence[str], seed: int
) -> LinearScorer:
    """A scorer of these labels, from rows of features already learned and the labels that each row carries."""
    fitted = [_fit(rows, np.array([label in of_row for of_row in carried]), seed) for label in labels]
    weights, intercepts = (np.array(part, dtype=np.float32) for part in zip(*fitted, strict=True))
    by_feature = np.ascontiguousarray(weights.T)  # row by row: the product with a sparse message copies nothing
    return LinearScorer(tuple(labels), learned, by_feature, intercepts)


def together(some: Sequence[LinearScorer], labels: Sequence[str]) -> LinearScorer:
    """One scorer of `labels`, of several that learned some of them each from the same messages."""
    learned = [label for scorer in some for label in scorer.labels]
    order = [learned.index(label) for label in labels]
    coefficients = np.concatenate([scorer.coefficients for scorer in some], axis=1)[:, order]
    intercepts = np.concatenate([scorer.intercepts for scorer in some])[order]
    return LinearScorer(tuple(labels), some[0].features, np.ascontiguousarray(coefficients), intercepts)


def _fit(rows: sparse.csr_matrix, carried: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.float32], float]:
    if not carried.any():
        return np.zeros(rows.shape[1], dtype=np.float32), _AGAINST
    machine = LinearSVC(C=_REGULARISATION, tol=_PRECISION, random_state=seed).fit(rows, carried)
    return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])
