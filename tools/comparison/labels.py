"""Several needs as one intent: a stock pipeline gives a message one intent only."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from tools.evaluation.readings import SITUATION_INTENT, Example

JOIN = "+"
ENOUGH = 3
"""Messages without which a pair is no intent of its own."""

RULE = (
    "Un modèle courant donne une seule intention par message : un besoin seul en est une, une paire de besoins aussi "
    f"si au moins {ENOUGH} messages la portent ; un message à paire plus rare, ou à trois besoins et plus, a pour "
    "intention la paire la plus fréquente qu’il contient, à défaut son besoin le plus fréquent. Chaque acte, et le "
    "hors-sujet, en est une autre."
)

Needs = frozenset[str]


def intents(examples: Sequence[Example]) -> list[str]:
    """The intent that each example teaches; none is left out."""
    told = [example.expected for example in examples]
    frequency = Counter(reading.needs for reading in told if reading.intent == SITUATION_INTENT)
    kept = {needs: count for needs, count in frequency.items() if len(needs) == 1 or _is_pair(needs, count)}
    return [
        intent_of(reading.needs, kept) if reading.intent == SITUATION_INTENT else reading.intent for reading in told
    ]


def intent_of(needs: Needs, kept: Mapping[Needs, int]) -> str:
    """The intent of a situation: its needs if they are kept together, else the likeliest part of them that is."""
    if not needs:
        return SITUATION_INTENT
    pairs = [frozenset(pair) for pair in combinations(needs, 2) if frozenset(pair) in kept]
    singles = [frozenset({code}) for code in needs]
    parts = [needs] if needs in kept else pairs or singles
    return min((-kept.get(part, 0), _written(part)) for part in parts)[1]


def needs_of(intent: str, codes: Collection[str], codes_of_acts: Mapping[str, str]) -> Needs:
    """The needs that an intent stands for. An act stands for its code, if it has one."""
    if intent in codes_of_acts:
        return frozenset({codes_of_acts[intent]})
    return frozenset(intent.split(JOIN)) & frozenset(codes)


def _is_pair(needs: Needs, count: int) -> bool:
    return len(needs) == 2 and count >= ENOUGH


def _written(needs: Needs) -> str:
    return JOIN.join(sorted(needs))
