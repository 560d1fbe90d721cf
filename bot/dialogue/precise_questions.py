"""Which fact answers a precise question in this conversation: the likeliest, and rather one of what is spoken of."""

from collections.abc import Collection, Mapping, Sequence

from bot.directory.models import Fact

_ABOUT_IT, _ABOUT_ANOTHER = 0.35, -0.25
"""What it adds to the margin of a fact that the conversation is about its need, or about others only: "ils sauront que
c'est moi ?" asks about the 119 once a child is in danger."""
_LEAST = -0.65
"""A fact below that is not told: "I do not know" is worth more than the answer to another question."""


_LEAST_OF_A_SECOND_READING = 0.0
"""The same, for a message that more likely asks one of the usual questions."""


def choose_fact(
    ranked: Sequence[tuple[str, float]], facts: Mapping[str, Fact], about: Collection[str], second: bool = False
) -> Fact | None:
    """The fact to tell, of those that may answer; `about` are the needs that the conversation speaks of.

    `second`: whether another reading of the question is likelier.
    """
    least = _LEAST_OF_A_SECOND_READING if second else _LEAST
    weighed = [(margin + _weight(facts[fact], about), fact) for fact, margin in ranked if fact in facts]
    margin, best = max(weighed, default=(least - 1, ""))
    return facts[best] if margin >= least else None


def _weight(fact: Fact, about: Collection[str]) -> float:
    if not fact.needs or not about:
        return 0.0
    return _ABOUT_IT if set(fact.needs) & set(about) else _ABOUT_ANOTHER
