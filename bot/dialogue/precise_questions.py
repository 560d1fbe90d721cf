"""Which fact answers a precise question in this conversation: one of what is spoken of, or none.

The model ranks the facts without knowing the conversation: "Mon conjoint devra-t-il payer mes dettes ?" looks like the
protection order. Once needs are known, a fact of another need is told only when plain words name it.
"""

import re
from collections.abc import Mapping, Sequence

from bot.directory.models import Fact

_NAMED = 1.0
"""The margin of a fact that plain words ask for (bot/nlu/understand.py)."""
_LEAST = -0.65
"""A fact below that is not told: "I do not know" is worth more than the answer to another question."""
_LEAST_OF_A_SECOND_READING = 0.0
"""The same, for a message that more likely asks one of the usual questions."""
_SPOKEN_OF = 0.35
"""What is taken off that, for a fact of what the conversation is about, when the message holds a word of it."""
_WITHOUT_A_WORD = -0.35
"""The least for a fact none of whose words stands in the message, in a conversation that has a subject."""
_WHOLE_WORD = 3
"""Up to so many letters, a word of a fact is a whole one: "où", not "ouvrir"."""


def choose_fact(
    ranked: Sequence[tuple[str, float]],
    facts: Mapping[str, Fact],
    about: Sequence[str],
    second: bool = False,
    words: str = "",
) -> Fact | None:
    """The fact to tell, of those that may answer.

    `about`: the needs that the conversation speaks of, those of the message first. `second`: whether another reading
    of the question is likelier. `words`: the normalised message.
    """
    fitting = [
        (margin + _SPOKEN_OF * _is_about(facts[fact], about), -_place(facts[fact], about), -rank, fact)
        for rank, (fact, margin) in enumerate(ranked)
        if fact in facts and margin >= _least_for(facts[fact], about, second, words)
    ]
    return facts[max(fitting)[-1]] if fitting else None


def _least_for(fact: Fact, about: Sequence[str], second: bool, words: str) -> float:
    """The margin from which this fact is told."""
    least = _LEAST_OF_A_SECOND_READING if second else _LEAST
    if not about:
        return least
    if fact.needs and not _is_about(fact, about):
        return _NAMED
    if not _speaks_of(fact, words):
        return max(least, _WITHOUT_A_WORD)
    return least - _SPOKEN_OF * bool(fact.needs)


def _is_about(fact: Fact, about: Sequence[str]) -> bool:
    return bool(set(fact.needs) & set(about))


def _place(fact: Fact, about: Sequence[str]) -> int:
    """How late a fact's need comes among those spoken of: what is most pressing is answered first."""
    return next((place for place, need in enumerate(about) if need in fact.needs), len(about))


def _speaks_of(fact: Fact, words: str) -> bool:
    """Whether a message holds a word of the fact; a fact without words asks for none."""
    said = re.findall(r"\w+", words)
    return not fact.words or any(
        word == stem or (len(stem) > _WHOLE_WORD and word.startswith(stem)) for stem in fact.words for word in said
    )
