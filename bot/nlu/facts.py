"""Which precise question a message asks, of those that a verified fact answers (data/directory/facts.yml).

That a message asks one at all is for the acts to say (`info_fait`, bot/nlu/needs.py). Here it is only told which: each
fact has a linear score, learned from the messages whose metadata names it, against those that ask something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlu import multilabel
from bot.nlu.lexicon import load_lexicon
from bot.nlu.multilabel import LinearScorer

NO_FACT: frozenset[str] = frozenset()

Asking = tuple[str, str | None]
"""A normalised message that asks something, and the fact that answers it, None when it is another question."""


@dataclass(frozen=True)
class FactModel:
    """The score of every fact."""

    scorer: LinearScorer

    def likeliest(self, normalized: str) -> tuple[str, float]:
        """The fact that answers a message best, and its margin: above zero speaks for it."""
        margins = self.scorer.margins([normalized])[0]
        best = int(margins.argmax())
        return self.scorer.labels[best], float(margins[best])


def learn_facts(asking: Sequence[Asking], features: Sequence[str], seed: int) -> FactModel:
    """A model of these questions."""
    labelled = [(text, frozenset({fact}) if fact else NO_FACT) for text, fact in asking]
    labels = sorted({fact for _, fact in asking if fact})
    return FactModel(multilabel.train(labelled, labels, features, load_lexicon(), seed))
