"""Emergencies told in another language than French, found by the rules of `data/lexicon/foreign_emergency.yml`.

The model knows French only, so these rules are all there is for the other languages. They are read clause by clause,
as the French ones are, so that "years ago" in one sentence does not silence "he is beating me" in the next.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.nlu.text import fold

FOREIGN_EMERGENCY_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "foreign_emergency.yml"

_CLAUSE_END = re.compile(r"[.!?;:,\n،؛؟。！？，]+")


class ForeignRules:
    """What rings one kind of emergency in one language, and what silences it in the same clause."""

    def __init__(self, written: Mapping[str, list[str]]) -> None:
        self._rings = [re.compile(_folded(pattern)) for pattern in written["alarms"]]
        self._calms = [re.compile(_folded(pattern)) for pattern in written["calm"]]

    def heard_in(self, clause: str) -> bool:
        """Whether this clause rings and is not silenced."""
        rings = any(pattern.search(clause) for pattern in self._rings)
        return rings and not any(pattern.search(clause) for pattern in self._calms)


def foreign_alarms(text: str, language: str) -> tuple[str, ...]:
    """The kinds of emergency a text in this language rings; none for a language without rules."""
    rules = load_foreign_rules().get(language, {})
    clauses = [fold(clause.replace("ı", "i")) for clause in _CLAUSE_END.split(text)]
    return tuple(kind for kind, rule in rules.items() if any(rule.heard_in(clause) for clause in clauses))


@cache
def load_foreign_rules() -> Mapping[str, Mapping[str, ForeignRules]]:
    """Language → kind of emergency → its rules."""
    written = yaml.safe_load(FOREIGN_EMERGENCY_WORDS.read_text(encoding="utf-8"))
    return {
        language: {kind: ForeignRules(words) for kind, words in kinds.items()} for language, kinds in written.items()
    }


def _folded(pattern: str) -> str:
    """A pattern without the accents its writer may have put, which folded texts have lost."""
    decomposed = unicodedata.normalize("NFD", pattern.replace("ı", "i"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
