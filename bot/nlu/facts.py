"""Which precise question a message asks, of those that a verified fact answers (data/directory/facts.yml).

That a message asks one at all is for the acts to say (`info_fait`, bot/nlu/needs.py). Here it is only told which: each
fact has a linear score, learned from the messages whose metadata names it, against those that ask something else. The
features are those of all messages: learned from the questions alone, they knew fewer words and chose worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlu import multilabel
from bot.nlu.features import Features
from bot.nlu.multilabel import LinearScorer

Asking = tuple[str, str | None]
"""A normalised message that asks something, and the fact that answers it, None when it is another question."""

RANKED = 6
"""How many facts are kept for a message: the conversation knows which of them it may be about."""


@dataclass(frozen=True)
class FactModel:
    """The score of every fact."""

    scorer: LinearScorer

    def ranked(self, normalized: str) -> list[tuple[str, float]]:
        """The facts that answer a message best, with their margins: above zero speaks for a fact."""
        margins = self.scorer.margins([normalized])[0]
        best = margins.argsort()[::-1][:RANKED]
        return [(self.scorer.labels[at], float(margins[at])) for at in best]


def learn_facts(asking: Sequence[Asking], features: Features, seed: int) -> FactModel:
    """A model of these questions."""
    carried = [frozenset({fact}) if fact else frozenset() for _, fact in asking]
    rows = features.of([text for text, _ in asking])
    return FactModel(multilabel.fit(features, rows, carried, sorted(frozenset().union(*carried)), seed))
