"""How likely each label is, weighing the margins of the whole message and of each of its parts.

The linear scorer reads a text as one bag: in a long story the words of one need drown among the others, and a need that
is strong alone may be mere colour beside a stronger one. The judge looks at the margins as a whole: how strong the
label is in the message and in its best part, what rivals it has, how strong every other label is, what rules ring,
and the marks of denial, past, supposition and laughter. It learns from margins the scorer gave to messages it had not
seen, so that what it gives is a probability one can believe (docs/understanding.md has the calibration).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bot.nlu.labels import FAMILIES, URGENCY_PREFIX, family
from bot.nlu.multilabel import LinearScorer
from bot.nlu.text import statements

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]

_HOPELESS = -0.8
"""A label below this margin in the message and in each of its parts, and that no rule rings, has no chance."""
_SURE = 1.2
"""Beyond this, for or against, a margin tells nothing more. The scorer that serves is surer than those the judge
learned from, which had not seen the messages: unbounded, "vaccin de ma fille", margin 2.5, had a chance of 0.39."""
_ROUNDS = 250
_LEARNING = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 15,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.3,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class Evidence:
    """What is known of some messages, a row each: margins, and what rules and marks say."""

    labels: tuple[str, ...]
    whole: Matrix
    """Margin of each label in the whole message."""
    best_part: Matrix
    """Highest margin of each label in a part of the message."""
    lengths: Matrix
    """Number of parts, number of words."""
    rings: Matrix
    """1 where a rule rings for the label (an emergency of this kind)."""
    marks: Matrix
    """How often the message holds each mark of the lexicon."""

    def of(self, wanted: str) -> list[int]:
        """The columns of a family of labels."""
        return _columns(self.labels)[wanted]


def gather(
    scorer: LinearScorer, texts: Sequence[str], alarms: Sequence[Sequence[str]], marks: Sequence[Sequence[int]]
) -> Evidence:
    """The evidence on normalised texts, given the kinds of emergency that rules ring for each and its marks."""
    parts = [statements(text) for text in texts]
    margins = scorer.margins([*texts, *(part for some in parts for part in some)]).clip(-_SURE, _SURE)
    whole, of_parts = margins[: len(texts)], margins[len(texts) :]
    ends = np.cumsum([len(some) for some in parts])
    best = [
        of_parts[end - len(some) : end].max(axis=0) if some else alone
        for some, end, alone in zip(parts, ends, whole, strict=True)
    ]
    return Evidence(
        labels=scorer.labels,
        whole=whole,
        best_part=np.array(best),
        lengths=np.array([[len(some), len(text.split())] for some, text in zip(parts, texts, strict=True)], np.float32),
        rings=np.array([[label in rung for label in scorer.labels] for rung in map(_rung, alarms)], np.float32),
        marks=np.array(marks, np.float32),
    )


@dataclass(frozen=True)
class Judge:
    """Gives the probability of every label."""

    trees: dict[str, lightgbm.Booster]
    """For each family of labels, what has learned to weigh its evidence."""

    def probabilities(self, evidence: Evidence) -> list[dict[str, float]]:
        """For each message, label → probability that it carries the label."""
        chances = np.zeros(evidence.whole.shape)
        for name, trees in self.trees.items():
            own = evidence.of(name)
            messages, labels = np.nonzero(_worth_weighing(evidence, own))
            if len(messages):
                of_labels = np.array(own)[labels]
                chances[messages, of_labels] = trees.predict(_rows(evidence, name, messages, labels), num_threads=1)
        return [dict(zip(evidence.labels, row, strict=True)) for row in chances.tolist()]


def train(evidence: Evidence, carried: Sequence[frozenset[str]], seed: int) -> Judge:
    """A judge of the families of labels. The scorer must not have learned from these messages."""
    return Judge({name: _fit(evidence, name, carried, seed) for name in FAMILIES})


def together(some: Sequence[Evidence]) -> Evidence:
    """The evidence on several sets of messages as one."""
    parts = ("whole", "best_part", "lengths", "rings", "marks")
    return Evidence(some[0].labels, *(np.concatenate([getattr(one, part) for one in some]) for part in parts))


def _fit(evidence: Evidence, name: str, carried: Sequence[frozenset[str]], seed: int) -> lightgbm.Booster:
    own = evidence.of(name)
    names = [evidence.labels[column] for column in own]
    truth = np.array([[label in some for label in names] for some in carried])
    messages, labels = np.nonzero(_worth_weighing(evidence, own))
    rows = _rows(evidence, name, messages, labels)
    known = lightgbm.Dataset(rows, truth[messages, labels], categorical_feature=[rows.shape[1] - 1])
    return lightgbm.train({**_LEARNING, "seed": seed}, known, _ROUNDS)


def _worth_weighing(evidence: Evidence, own: Sequence[int]) -> NDArray[np.bool_]:
    """For each message, which of these labels are not hopeless."""
    strongest = np.maximum(evidence.whole[:, own], evidence.best_part[:, own])
    worth: NDArray[np.bool_] = (strongest > _HOPELESS) | (evidence.rings[:, own] > 0)
    return worth


def _rows(evidence: Evidence, name: str, messages: Places, labels: Places) -> Matrix:
    """One row for each of these labels of the family in each of these messages; the last column says which label."""
    own = evidence.of(name)
    whole, part = evidence.whole[:, own], evidence.best_part[:, own]
    by_label = [whole, part, evidence.rings[:, own], _rival(whole), _rank(whole), _rank(part)]
    by_message = [
        *(evidence.whole[:, evidence.of(other)].max(axis=1, keepdims=True) for other in FAMILIES if other != name),
        evidence.whole,
        (whole > 0).sum(axis=1, keepdims=True, dtype=np.float32),
        (part > 0).sum(axis=1, keepdims=True, dtype=np.float32),
        evidence.lengths,
        evidence.marks,
    ]
    shared = np.concatenate(by_message, axis=1)[messages]
    return np.column_stack([*(of[messages, labels] for of in by_label), shared, labels.astype(np.float32)])


@cache
def _columns(labels: tuple[str, ...]) -> Mapping[str, list[int]]:
    """The columns of each family among these labels."""
    return {name: [at for at, label in enumerate(labels) if family(label) == name] for name in FAMILIES}


def _rival(margins: Matrix) -> Matrix:
    """For each label, the highest margin among the others of its family."""
    second, first = np.sort(margins, axis=1)[:, -2:].T
    rivals: Matrix = np.where(margins >= first[:, None], second[:, None], first[:, None])
    return rivals


def _rank(margins: Matrix) -> Matrix:
    """For each label, how many of its family have a higher margin."""
    return np.argsort(np.argsort(-margins, axis=1, kind="stable"), axis=1).astype(np.float32)


def _rung(kinds: Sequence[str]) -> set[str]:
    return {URGENCY_PREFIX + kind for kind in kinds}
