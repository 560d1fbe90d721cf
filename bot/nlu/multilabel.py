"""A message carries any number of labels: one linear score per label, made a probability.

Features are words, pairs of words, pieces of words (which absorb typing errors) and word vectors (which reach words
never seen in training). Each label has a linear support vector machine whose margin is calibrated by a sigmoid on
held-out folds. Why linear: it answers in a millisecond and says which words decided (docs/understanding.md).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_union
from sklearn.svm import LinearSVC

from bot.nlu.vectors import MessageVectors

Labelled = tuple[str, frozenset[str]]
"""A normalised message and its labels."""

_FOLDS = 3
_JOINTS = (" ", " et ", " en plus ", ". ", " et puis ", ", ")


@dataclass(frozen=True)
class MultilabelModel:
    """Scores every label of `labels` for a message."""

    labels: tuple[str, ...]
    sparse_features: FeatureUnion
    vectors: MessageVectors
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def probabilities(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each normalised text, label → calibrated probability that it carries the label."""
        features = _stack(self.sparse_features.transform(texts), self.vectors, texts)
        margins = np.asarray(features @ self.coefficients) + self.intercepts
        chances = 1 / (1 + np.exp(self.slopes * margins + self.offsets))
        return [dict(zip(self.labels, row, strict=True)) for row in chances.tolist()]

    def save(self, path: Path) -> None:
        """Write the model to a file."""
        joblib.dump(self, path)

    @classmethod
    def load(cls, path: Path) -> "MultilabelModel":
        """Read a model this project has trained; never one from elsewhere (the format runs code)."""
        model: MultilabelModel = joblib.load(path)
        return model


def train(examples: Sequence[Labelled], vectors: MessageVectors, mixed: int, seed: int) -> MultilabelModel:
    """A model of these examples and of `mixed` more, made by joining two of them into one message."""
    rows = [*examples, *_mixtures(examples, mixed, seed)]
    texts = [text for text, _ in rows]
    sparse_features = _sparse_features()
    features = _stack(sparse_features.fit_transform(texts), vectors, texts)
    labels = tuple(sorted({label for _, carried in rows for label in carried}))
    fit_each = (delayed(_fit)(features, np.array([label in carried for _, carried in rows]), seed) for label in labels)
    fitted = Parallel(n_jobs=-1, prefer="threads")(fit_each)
    coefficients, intercepts, slopes, offsets = (np.array(part, dtype=np.float32) for part in zip(*fitted, strict=True))
    by_feature = np.ascontiguousarray(coefficients.T)  # row by row: the product with a sparse message copies nothing
    return MultilabelModel(labels, sparse_features, vectors, by_feature, intercepts, slopes, offsets)


def _sparse_features() -> FeatureUnion:
    words = TfidfVectorizer(token_pattern=r"[a-z0-9]+", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
    return make_union(words, pieces)


def _stack(lexical: sparse.csr_matrix, vectors: MessageVectors, texts: Sequence[str]) -> sparse.csr_matrix:
    dense = sparse.csr_matrix(np.stack([vectors.of(text) for text in texts]))
    return sparse.hstack([lexical, dense], format="csr", dtype=np.float32)


def _fit(
    features: sparse.csr_matrix, carried: NDArray[np.bool_], seed: int
) -> tuple[NDArray[np.float64], float, float, float]:
    machine = LinearSVC(C=1.0, random_state=seed)
    calibrated = CalibratedClassifierCV(machine, method="sigmoid", cv=_FOLDS, ensemble=False).fit(features, carried)
    fitted = calibrated.calibrated_classifiers_[0]
    sigmoid = fitted.calibrators[0]
    return (
        fitted.base_estimator.coef_[0],
        float(fitted.base_estimator.intercept_[0]),
        float(sigmoid.a_),
        float(sigmoid.b_),
    )


def _mixtures(examples: Sequence[Labelled], count: int, seed: int) -> list[Labelled]:
    """Two messages joined carry the labels of both: the model learns that needs come together in any pair."""
    draw = random.Random(seed)
    pairs = (draw.sample(examples, 2) for _ in range(count))
    return [(first + draw.choice(_JOINTS) + second, one | other) for (first, one), (second, other) in pairs]
