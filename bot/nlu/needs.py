"""What the message asks for: a probability for each need, each dialogue act and each degree of urgency.

Two steps learn all three from `data/nlu`, the needs and the urgency from the metadata of the examples, the acts from
their intents. A linear scorer gives margins (bot/nlu/multilabel.py); a judge weighs those of the message and of its
parts into probabilities (bot/nlu/judge.py). The judge learns on margins of messages the scorer has not seen: the
examples are parted in folds, and each fold is scored by a scorer of the others.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from joblib import Parallel, delayed

from bot.nlu import judge, multilabel
from bot.nlu.augment import Labelled, accompanied, joined, mistyped
from bot.nlu.emergency import heard, load_alarms
from bot.nlu.judge import Evidence, Judge, gather
from bot.nlu.lexicon import Lexicon, load_lexicon
from bot.nlu.multilabel import LinearScorer

_FOLDS = 2


@dataclass(frozen=True)
class Settings:
    """`features`: blocks of bot/nlu/features.py; `joined` and the next two: messages added; `seed`: of every draw."""

    features: Sequence[str]
    joined: int
    accompanied: int
    mistyped: int
    seed: int


@dataclass(frozen=True)
class NeedsModel:
    """The two steps, and what they read with."""

    scorer: LinearScorer
    judge: Judge
    lexicon: Lexicon

    def probabilities(self, normalized: str, alarms: Sequence[str]) -> dict[str, float]:
        """Label → probability, for a normalised text and the kinds of emergency its words ring."""
        evidence = gather(self.scorer, [normalized], [alarms], [self.lexicon.marks(normalized)])
        return self.judge.probabilities(evidence)[0]


def learn(examples: Sequence[Labelled], settings: Settings) -> NeedsModel:
    """A model of these normalised messages."""
    labels = sorted({label for _, carried in examples for label in carried})
    draw = random.Random(settings.seed)
    fold_of = [draw.randrange(_FOLDS) for _ in examples]
    tasks = [delayed(_scorer)(examples, labels, settings)]  # the longest first
    tasks += [delayed(_unseen)(fold, fold_of, examples, labels, settings) for fold in range(_FOLDS)]
    scorer, *unseen = Parallel(n_jobs=-1)(tasks)  # processes: liblinear draws from one generator, which threads share
    evidence = judge.together([some for some, _ in unseen])
    truth = [carried for _, of_fold in unseen for carried in of_fold]
    return NeedsModel(scorer=scorer, judge=judge.train(evidence, truth, settings.seed), lexicon=load_lexicon())


def _unseen(
    fold: int, fold_of: Sequence[int], examples: Sequence[Labelled], labels: Sequence[str], settings: Settings
) -> tuple[Evidence, list[frozenset[str]]]:
    """The evidence on the messages of a fold from a scorer that has not seen them, and their labels."""
    lexicon, alarms = load_lexicon(), load_alarms()
    seen = [one for one, at in zip(examples, fold_of, strict=True) if at != fold]
    held_out = [one for one, at in zip(examples, fold_of, strict=True) if at == fold]
    held_out += _added(held_out, settings, settings.seed + fold, _FOLDS)
    texts = [text for text, _ in held_out]
    rung, marks = [heard(text, alarms) for text in texts], [lexicon.marks(text) for text in texts]
    return gather(_scorer(seen, labels, settings), texts, rung, marks), [carried for _, carried in held_out]


def _scorer(examples: Sequence[Labelled], labels: Sequence[str], settings: Settings) -> LinearScorer:
    added = _added(examples, settings, settings.seed)
    return multilabel.train([*examples, *added], labels, settings.features, load_lexicon(), settings.seed)


def _added(examples: Sequence[Labelled], settings: Settings, seed: int, parted: int = 1) -> list[Labelled]:
    """The messages made of these examples; fewer of them where the examples are one part of `parted`."""
    return [
        *joined(examples, settings.joined // parted, seed),
        *accompanied(examples, settings.accompanied // parted, seed),
        *mistyped(examples, settings.mistyped // parted, seed),
    ]
