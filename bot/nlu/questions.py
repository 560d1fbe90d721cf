"""Usual questions read by their plain words: "et c'est gratuit ?", "mes parents vont le savoir ?".

The model reads a message whole, and a question at its end drowns among the other words. These are the few that
everybody asks in much the same words; those of `data/lexicon/questions.yml` are read in each sentence by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.text import sentences_with_stops

QUESTION_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "questions.yml"
_NOTHING = "(?!)"


@dataclass(frozen=True)
class Wording:
    """The words of one question: those that ask by themselves, and those that ask before a question mark."""

    always: re.Pattern[str]
    asked: re.Pattern[str]

    def asks(self, sentence: str) -> bool:
        """Whether a normalised sentence puts the question."""
        return bool(self.always.search(sentence) or ("?" in sentence and self.asked.search(sentence)))


Wordings = Mapping[str, Wording]
"""Act → the words that ask it."""


def load_wordings(path: Path = QUESTION_WORDS) -> Wordings:
    """Every question of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {act: Wording(_any(words.get("always")), _any(words.get("asked"))) for act, words in written.items()}


def asked_in_words(normalized: str, wordings: Wordings) -> tuple[str, ...]:
    """The acts that a normalised text asks in plain words, in the order of its sentences."""
    sentences = sentences_with_stops(normalized)
    return tuple(dict.fromkeys(act for one in sentences for act, wording in wordings.items() if wording.asks(one)))


def _any(patterns: list[str] | None) -> re.Pattern[str]:
    return re.compile("|".join(patterns or [_NOTHING]))
