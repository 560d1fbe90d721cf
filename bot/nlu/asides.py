"""Asides: where one lives, a greeting, thanks. They are set aside before needs are read; the commune is read apart.

"Bonjour, j'ai plein de dettes, j'habite Clichy, merci" asks what "j'ai plein de dettes" asks. In a short message these
words weigh as much as the need, and few of the messages there are to learn from hold them.
"""

import re
from collections.abc import Iterable

from bot.directory.load import load_directory
from bot.nlu.communes import commune_names

_FEWEST_WORDS_LEFT = 2
"""A message that says little else is about the town, or is the courtesy itself."""
_FEWEST_BESIDE_A_NAME_OR_A_GREETING = 3
"""Of "ah non, Clichy" or "bonjour à vous" too little would be left."""
_LIVING = (
    r"(?<!que )(?<!quand )(?<!si )(?:et )?(?:moi )?"
    r"(?:(?:j|on|nous) ?h?abit(?:e|ons)|(?:je|on) (?:vis|vit|loge)|nous (?:vivons|logeons)"
    r"|je reside|je suis domiciliee?|(?:je|j|on|nous) (?:est|suis|sommes|sui|some)(?= (?:a|sur|de|dans) ))"
)
_GREETING = (
    r"^(?:bonjour|bonsoir|salut|coucou|hello|allo)"
    r"(?: (?:madame|monsieur|messieurs dames|mesdames messieurs))?\b[\s,.!:]*"
)
_THANKS_FIRST = r"^merci(?: (?:beaucoup|bien|bcp|infiniment))?\s*[,.!]+\s*"
_THANKS = (
    r"[\s,.!]*\b(?:merci|svp|stp|s il (?:vous|te) plait|cordialement|bonne (?:journee|soiree))"
    r"(?: (?:beaucoup|bien|a vous|(?:d|par) avance|(?:de|pour) votre (?:aide|reponse)))*[\s.!]*$"
)
_WORD = re.compile(r"\w+")


class Asides:
    """Sets aside, in a normalised text, what is said beside the need."""

    def __init__(self, communes: Iterable[str]) -> None:
        """`communes`: every folded spelling of every commune."""
        names = "|".join(map(re.escape, sorted(communes, key=len, reverse=True)))
        said = rf"\b{_LIVING} (?:(?:a|sur|dans|bien|de) )?(?:{names})(?: \d{{5}})?\b"
        led = r"^(?:je suis |c est |oui |alors )?(?:a |de |sur )?"
        first = rf"{led}(?:{names})(?: \d{{5}})?(?: oui)?\s*[,.;!]+\s+(?:et |mais )?"
        last = rf"(?<=[.,;!?]) (?:(?:je suis )?(?:a|de|sur) )?(?:{names})(?: \d{{5}})?(?=[\s.!]*$)"
        end = rf" (?:(?:a|de|sur|ici|ville) )?(?:{names}) \d{{5}}(?=[\s.!]*$)|(?<=[.,;!?]) (?:{names}) ici(?=[\s.!]*$)"
        self._fewest_left = {
            re.compile(_THANKS_FIRST): _FEWEST_WORDS_LEFT,
            re.compile(_THANKS): _FEWEST_WORDS_LEFT,
            re.compile(first): _FEWEST_WORDS_LEFT,
            re.compile(said): _FEWEST_WORDS_LEFT,
            re.compile(end): _FEWEST_BESIDE_A_NAME_OR_A_GREETING,
            re.compile(last): _FEWEST_BESIDE_A_NAME_OR_A_GREETING,
            re.compile(_GREETING): _FEWEST_BESIDE_A_NAME_OR_A_GREETING,
        }

    def removed_from(self, normalized: str) -> str:
        """The text without them; each stays when it is nearly all that the text says."""
        for aside, fewest in self._fewest_left.items():
            left = " ".join(aside.sub(" ", normalized).split()).strip(" ,")
            normalized = left if len(_WORD.findall(left)) >= fewest else normalized
        return normalized


def load_asides() -> Asides:
    """Those that name the communes of the directory, and courtesies."""
    return Asides(commune_names(load_directory()))
