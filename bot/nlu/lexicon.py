"""The lexicon of the field: which ideas a message holds, whatever words they are said in.

The lexicon (`data/lexicon/domaine.yml`) is data a social worker can extend. The learned model weighs its ideas; so a
form added there is understood without any message that uses it. Forms are matched by sound, so that misspellings,
plurals and endings need no form of their own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.phonetics import sound
from bot.nlu.text import fold

FIELD_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "domaine.yml"

_TOKEN = re.compile(r"[a-z0-9]+|[^\s\w]")
_SHORT = 3
"""Words up to this long are matched as they are written (marked "="): too many sound alike ("ex" and "ai")."""

_MARK = "marque_"

Sounds = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The forms of every idea, by the sound of their first word."""

    by_first_sound: Mapping[str, tuple[tuple[Sounds, str], ...]]
    mark_names: tuple[str, ...]
    """The ideas that say how something is told (denied, over, …) rather than what is told."""

    def ideas(self, normalized: str) -> tuple[str, ...]:
        """The ideas of a normalised text, in the order in which they are said; one said twice stands twice."""
        spoken = _sounds(normalized)
        return tuple(idea for start in range(len(spoken)) for idea in self._at(spoken, start))

    def marks(self, normalized: str) -> list[int]:
        """How often a normalised text holds each mark, in the order of `mark_names`."""
        held = Counter(self.ideas(normalized))
        return [held[name] for name in self.mark_names]

    def _at(self, spoken: Sounds, start: int) -> Iterator[str]:
        for form, idea in self.by_first_sound.get(spoken[start], ()):
            if spoken[start : start + len(form)] == form:
                yield idea


def load_lexicon(path: Path = FIELD_WORDS) -> Lexicon:
    """The lexicon of the field."""
    written: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    forms: dict[str, dict[tuple[Sounds, str], None]] = defaultdict(dict)  # a dict keeps order and drops doubles
    for idea, said in written.items():
        for form in said.split(","):
            heard = _sounds(fold(form))
            forms[heard[0]][heard, idea] = None
    marks = tuple(idea for idea in written if idea.startswith(_MARK))
    return Lexicon({first: tuple(found) for first, found in forms.items()}, marks)


def _sounds(text: str) -> Sounds:
    return tuple(f"={token}" if len(token) <= _SHORT else sound(token) for token in _TOKEN.findall(text))
