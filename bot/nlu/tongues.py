"""What the words of a message say of its language, among languages written alike.

Each word votes for the languages it is common in (`data/lexicon/languages.yml`; for French also the words of our own
examples), less for each the more they are.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.nlu.letters import FRENCH
from bot.nlu.text import fold

COMMON_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "languages.yml"
ARABIC = "ar"

_WORD = re.compile(r"\w*[^\W\d]\w*")
_LATIN_ARABIC = re.compile(r"[a-z]+[379][a-z379]*[a-z]|[379](?P<rest>[a-z]{3,})")
"""Digits that stand for Arabic letters: "ma3andich", "7amla"; not "3mois", whose rest is French."""


def words_of(text: str) -> list[str]:
    """The words of a text in any script, folded; Turkish "ı" is an "i", as phones write it. Numbers are no words."""
    return _WORD.findall(fold(text.replace("ı", "i")))


class Tongues:
    """Reads the votes of words. `french_words` are the commonest of our own examples, SMS spellings included."""

    def __init__(self, french_words: Collection[str]) -> None:
        words = {language: set(listed) for language, listed in load_common_words().items()}
        words[FRENCH] |= set(french_words)
        self._languages = _languages_of_words(words)

    def votes(self, words: Iterable[str]) -> dict[str, float]:
        """The weight of each language that some word speaks for."""
        votes: dict[str, float] = {}
        for word in words:
            languages = self._languages_of(word)
            for language in languages:
                votes[language] = votes.get(language, 0.0) + 1 / len(languages)
        return votes

    def _languages_of(self, word: str) -> Collection[str]:
        listed = self._languages.get(word, ())
        spelt = _LATIN_ARABIC.fullmatch(word) if not listed else None
        if spelt and FRENCH not in self._languages.get(spelt["rest"] or "", ()):
            return (ARABIC,)
        return listed


def _languages_of_words(words: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for language, listed in words.items():
        for word in listed:
            languages.setdefault(word, []).append(language)
    return languages


@cache
def load_common_words() -> Mapping[str, tuple[str, ...]]:
    """Language → its words in the lexicon."""
    written = yaml.safe_load(COMMON_WORDS.read_text(encoding="utf-8"))
    return {language: tuple(words.split()) for language, words in written.items()}
