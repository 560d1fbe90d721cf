"""Emergencies found by rule, beside what the model finds: either is enough.

The rules are the words of `data/lexicon/emergency.yml`. They are read clause by clause, so that "il y a dix ans" in
one sentence does not silence "il me frappe" in the next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normalizer import NORMALIZED
from bot.nlu.text import clauses

EMERGENCY_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "emergency.yml"
ALARMS = "alarms"
"""Attribute of a message: the kinds of emergency its words ring, in the order of the file."""
DOUBTS = "doubts"
"""Attribute of a message: the kinds of emergency its words make one ask about."""


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
    spoken = clauses(normalized)
    return tuple(kind for kind, alarm in alarms.items() if any(alarm.heard_in(clause) for clause in spoken))


def doubted(normalized: str, alarms: Alarms) -> tuple[str, ...]:
    """The kinds of emergency some clause of a normalised text makes one ask about."""
    spoken = clauses(normalized)
    return tuple(kind for kind, alarm in alarms.items() if any(alarm.doubted_in(clause) for clause in spoken))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EmergencyDetector(GraphComponent):
    """Gives each message the emergencies its words ring."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EmergencyDetector":
        """The component with the words of data/lexicon/emergency.yml."""
        return cls(load_alarms())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the alarms and the doubts of each message."""
        for message in messages:
            text = message.get(NORMALIZED) or ""
            message.set(ALARMS, heard(text, self._alarms))
            message.set(DOUBTS, doubted(text, self._alarms))
        return messages
