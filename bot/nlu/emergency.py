"""Emergencies found by rule, beside what the model finds: either is enough.

The rules are the words of `data/lexicon/emergency.yml`. They are read clause by clause, so that "il y a dix ans" in
one sentence does not silence "il me frappe" in the next.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.text import clauses

EMERGENCY_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "emergency.yml"


@dataclass(frozen=True)
class Alarm:
    """What rings one kind of emergency, what leaves it in doubt, and what silences both in the same clause."""

    rings: re.Pattern[str]
    doubts: re.Pattern[str]
    calms: re.Pattern[str]

    def heard_in(self, clause: str) -> bool:
        """Whether this clause rings and is not silenced."""
        return bool(self.rings.search(clause)) and not self.calms.search(clause)

    def doubted_in(self, clause: str) -> bool:
        """Whether this clause makes one ask."""
        return bool(self.doubts.search(clause)) and not self.calms.search(clause)


Alarms = Mapping[str, Alarm]


def load_alarms(path: Path = EMERGENCY_WORDS) -> Alarms:
    """The alarms of each kind of emergency."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        kind: Alarm(_any(words["alarms"]), _any(words["doubts"]), _any(words["calm"]))
        for kind, words in written.items()
    }


def heard(normalized: str, alarms: Alarms) -> tuple[str, ...]:
    """The kinds of emergency whose alarm rings in some clause of a normalised text."""
    return _kinds(normalized, alarms, Alarm.heard_in)


def doubted(normalized: str, alarms: Alarms) -> tuple[str, ...]:
    """The kinds of emergency some clause of a normalised text makes one ask about."""
    return _kinds(normalized, alarms, Alarm.doubted_in)


def _kinds(normalized: str, alarms: Alarms, told_in: Callable[[Alarm, str], bool]) -> tuple[str, ...]:
    spoken = clauses(normalized)
    return tuple(kind for kind, alarm in alarms.items() if any(told_in(alarm, clause) for clause in spoken))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
