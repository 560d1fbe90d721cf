"""Blows told in the plainest words, which no chance of the model may pass over: "elle se fait frapper par son mec".

Read in normalised words, of the present only: what one used to suffer is told in another tense.
"""

import re
from collections.abc import Collection

from bot.nlu.people import names_a_partner, names_a_relative

BELIEVED = 0.9
"""The chance of a danger told so plainly."""

_STRIKE = r"(?:frapp|tap|cogn|tabass|gifl|maltrait)er|battre|violer"
_SUFFERED_FROM = re.compile(
    rf"\b(?:se|me|nous|vous) (?:fait|fais|font|faisons) (?!pas |jamais |plus )(?:\w+ ){{0,3}}?"
    rf"(?:{_STRIKE})(?: dessus)?(?: \w+){{0,3}}? par (?P<by>(?:son|sa|ses|mon|ma|mes|le|la|un) (?:\w+ ){{0,2}}?\w+)\b"
)
_GIVEN_BY = re.compile(
    r"\b(?P<by>(?:mon|ma|mes) (?:beau |belle )?(?:pere|mere|daronn?e?|papa|maman|parents|frere|oncle|tante))"
    r" (?:\w+ ){0,2}?(?:m (?:a|ont)|me|ma|mon) (?:\w+ )?(?:mis?|mettent|met|donne\w*|colle\w*|fout\w*)"
    r" (?:\w+ )?(?:une |des |un )(?:droites?|claques?|baffes?|gifles?|coups?|patates?|beignes?|raclees?|rouste)\b"
    r"(?! (?:de|d) )"
)
_TOLD_WITH_IT = re.compile(r"\b(?:echecs?|match|jeu|fifa|console|ping pong|tennis|foot\w*|belote|cartes)\b")


def blows_told(words: str, signs: Collection[str]) -> frozenset[str]:
    """The danger that plain words tell: whose violence it is decides its code (needs.md), a minor's is a child's."""
    told = _SUFFERED_FROM.search(words) or _GIVEN_BY.search(words)
    if not told or _TOLD_WITH_IT.search(words):
        return frozenset()
    if names_a_partner(told["by"]):
        return frozenset({"violence_conjugale"})
    if not names_a_relative(told["by"]):
        return frozenset()
    return frozenset({"enfance_danger" if "mineur_seul" in signs else "violence_familiale"})
