"""Usual questions read by their plain words: "et c'est gratuit ?", "mes parents vont le savoir ?".

The model reads a message whole, and a question at its end drowns among the other words. These are the few that
everybody asks in much the same words; those of `data/lexicon/questions.yml` are read in each sentence by itself.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.text import sentences_with_stops

QUESTION_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "questions.yml"
FACT = "fact:"
"""Before the id of a fact that plain words ask for."""
_NOTHING = "(?!)"


@dataclass(frozen=True)
class Wording:
    """The words of one question: those that ask by themselves, and those that ask before a question mark."""

    always: re.Pattern[str]
    asked: re.Pattern[str]
    known: re.Pattern[str]
    """Words that ask it only where one of its `needs` is spoken of: "et y a quoi comme conditions"."""
    needs: frozenset[str]

    def asks(self, sentence: str, about: Collection[str] = ()) -> bool:
        """Whether a normalised sentence puts the question, in a conversation `about` some needs."""
        return bool(
            self.always.search(sentence)
            or ("?" in sentence and self.asked.search(sentence))
            or (self.needs.intersection(about) and self.known.search(sentence))
        )


Wordings = Mapping[str, Wording]
"""Act → the words that ask it."""


def load_wordings(path: Path = QUESTION_WORDS) -> Wordings:
    """Every question of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {act: _wording(words) for act, words in written.items()}


def asked_in_words(normalized: str, wordings: Wordings, about: Collection[str] = ()) -> tuple[str, ...]:
    """The acts that a normalised text asks in plain words, in the order of its sentences."""
    sentences = sentences_with_stops(normalized)
    return tuple(dict.fromkeys(act for one in sentences for act in _asked_in(one, wordings, about)))


def asks_beside(normalized: str, wordings: Wordings, about: Collection[str] = ()) -> bool:
    """Whether a text asks in plain words, and something else before another mark: "c'est trop jeune ? et combien ?"."""
    read = [(one, _asked_in(one, wordings, about)) for one in sentences_with_stops(normalized)]
    return any(acts for _, acts in read) and any("?" in one and not acts for one, acts in read)


def _asked_in(sentence: str, wordings: Wordings, about: Collection[str]) -> list[str]:
    """The acts that one sentence asks; what a fact answers precisely is no longer a usual question."""
    acts = [act for act, wording in wordings.items() if wording.asks(sentence, about)]
    return [act for act in acts if act.startswith(FACT)] or acts


def _wording(words: Mapping[str, list[str]]) -> Wording:
    always, asked, known = (re.compile("|".join(words.get(kind, [_NOTHING]))) for kind in ("always", "asked", "known"))
    return Wording(always, asked, known, frozenset(words.get("needs", ())))
