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
from bot.nlu.asides import Asides, load_asides
from bot.nlu.emergency import heard, load_alarms
from bot.nlu.facts import Asking, FactModel, learn_facts
from bot.nlu.judge import Evidence, Judge, gather
from bot.nlu.labels import Labelled
from bot.nlu.lexicon import Lexicon, load_lexicon
from bot.nlu.multilabel import LinearScorer
from bot.nlu.telling_words import TellingWords, learn_telling_words

_FOLDS = 2
_HALVES = 2
"""The labels of the scorer that serves are learned in two tasks, so that two processors have as much to do."""


@dataclass(frozen=True)
class Settings:
    """`features`: blocks of bot/nlu/features.py; `seed`: of every draw."""

    features: Sequence[str]
    seed: int


@dataclass(frozen=True)
class NeedsModel:
    """The two steps, and what they read with."""

    scorer: LinearScorer
    judge: Judge
    lexicon: Lexicon
    asides: Asides
    facts: FactModel
    telling: TellingWords

    def probabilities(self, normalized: str, alarms: Sequence[str]) -> dict[str, float]:
        """Label → probability, for a normalised text and the kinds of emergency its words ring."""
        return self._weighed([normalized], [alarms])[0]

    def probabilities_alone(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """The same for each of several sentences, read by itself and without the rules of the message."""
        return self._weighed(sentences, [()] * len(sentences)) if sentences else []

    def _weighed(self, texts: Sequence[str], alarms: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        told = [self.asides.removed_from(text) for text in texts]
        return self.judge.probabilities(gather(self.scorer, told, alarms, [self.lexicon.marks(text) for text in told]))

    def knows(self, normalized: str) -> bool:
        """Whether any word of a text stands in the messages that were learned from."""
        places, _ = self.scorer.features.blocks["words"].of(normalized)
        return bool(len(places))

    def told_in_words(self, normalized: str) -> tuple[str, ...]:
        """The needs and degrees of urgency that some word of a text tells by itself."""
        return self.telling.told_in(self.asides.removed_from(normalized))

    def ranked_facts(self, normalized: str) -> list[tuple[str, float]]:
        """The facts that would answer a message best, if it asks for one, with their margins."""
        return self.facts.ranked(self.asides.removed_from(normalized))


def learn(examples: Sequence[Labelled], settings: Settings, asking: Sequence[Asking]) -> NeedsModel:
    """A model of these normalised messages; `asking` are those of them that ask something, with the fact asked for."""
    asides = load_asides()
    told = [(asides.removed_from(text), carried) for text, carried in examples]
    labels = sorted({label for _, carried in told for label in carried})
    draw = random.Random(settings.seed)
    fold_of = [draw.randrange(_FOLDS) for _ in told]
    tasks = [delayed(_unseen)(fold, fold_of, told, labels, settings) for fold in range(_FOLDS)]  # the longest first
    tasks += [delayed(_scorer)(told, labels[half::_HALVES], settings) for half in range(_HALVES)]
    done = Parallel(n_jobs=-1)(tasks)  # processes: liblinear draws from one generator, which threads share
    unseen, halves = done[:_FOLDS], done[_FOLDS:]
    evidence = judge.together([some for some, _ in unseen])
    truth = [carried for _, of_fold in unseen for carried in of_fold]
    weighed = judge.train(evidence, truth, settings.seed)
    scorer = multilabel.together(halves, labels)
    facts = learn_facts([(asides.removed_from(text), fact) for text, fact in asking], scorer.features, settings.seed)
    telling = learn_telling_words(told)
    return NeedsModel(scorer=scorer, judge=weighed, lexicon=load_lexicon(), asides=asides, facts=facts, telling=telling)


def _unseen(
    fold: int, fold_of: Sequence[int], examples: Sequence[Labelled], labels: Sequence[str], settings: Settings
) -> tuple[Evidence, list[frozenset[str]]]:
    """The evidence on the messages of a fold from a scorer that has not seen them, and their labels."""
    lexicon, alarms = load_lexicon(), load_alarms()
    seen = [one for one, at in zip(examples, fold_of, strict=True) if at != fold]
    held_out = [one for one, at in zip(examples, fold_of, strict=True) if at == fold]
    texts = [text for text, _ in held_out]
    rung, marks = [heard(text, alarms) for text in texts], [lexicon.marks(text) for text in texts]
    return gather(_scorer(seen, labels, settings), texts, rung, marks), [carried for _, carried in held_out]


def _scorer(examples: Sequence[Labelled], labels: Sequence[str], settings: Settings) -> LinearScorer:
    return multilabel.train(examples, labels, settings.features, load_lexicon(), settings.seed)
