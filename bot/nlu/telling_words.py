"""Words that tell a need by themselves: most messages that hold "frigo vide" are of someone who has nothing to eat.

A conversation goes on with "Clichy, il dit" or "pardon pour tout à l'heure". The model, that learned from messages
which nearly all tell something, reads a likely need there: so some word is asked to stand by what it believes.
Learned from the training messages: no list of words is kept by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.features import words_and_pairs
from bot.nlu.labels import ACT, NEED, Labelled, family

_SHARE_OF_A_NEED, _SHARE_OF_A_DANGER = 0.55, 0.4
"""Of the messages that hold a word, those that carry the label, from which it tells it (docs/understanding.md).

Less for a danger: dangers are told in the words of everyday.
"""
_UNSEEN = 3
"""Messages without the label that each word is taken to stand in besides: what stands in two of two proves little."""


@dataclass(frozen=True)
class TellingWords:
    """Label → the words and pairs of words that tell it."""

    words: Mapping[str, frozenset[str]]

    def told_in(self, normalized: str) -> tuple[str, ...]:
        """The needs and degrees of urgency that some word of a normalised text tells."""
        said = set(words_and_pairs(normalized))
        return tuple(label for label, words in self.words.items() if not words.isdisjoint(said))


def learn_telling_words(examples: Sequence[Labelled]) -> TellingWords:
    """The telling words of these normalised messages."""
    holding: Counter[str] = Counter()
    carrying: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, labels in examples:
        said = set(words_and_pairs(text))
        holding.update(said)
        for label in labels:
            if family(label) != ACT:
                carrying[label].update(said)
    return TellingWords({label: _telling(label, of_label, holding) for label, of_label in carrying.items()})


def _telling(label: str, of_label: Mapping[str, int], holding: Mapping[str, int]) -> frozenset[str]:
    share = _SHARE_OF_A_NEED if family(label) == NEED else _SHARE_OF_A_DANGER
    return frozenset(word for word, count in of_label.items() if count >= share * (holding[word] + _UNSEEN))
