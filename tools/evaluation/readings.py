"""What a message means: as an evaluation set says it, and as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

SITUATION_INTENT = "decrire_situation"
OUT_OF_SCOPE_INTENT = "hors_sujet"
OTHER_LANGUAGE_INTENT = "autre_langue"


@dataclass(frozen=True)
class Reading:
    """The meaning of a message."""

    intent: str
    needs: frozenset[str] = frozenset()
    urgency: str = "none"
    emergency_kind: str | None = None
    commune: str | None = None
    language: str = "fr"
    out_of_scope: bool = False

    @property
    def is_emergency(self) -> bool:
        """Whether a hotline comes before anything else."""
        return self.urgency == "emergency"

    @property
    def is_act(self) -> bool:
        """Whether it is a dialogue act: a situation, something out of scope or in another language is none."""
        return self.intent not in (SITUATION_INTENT, OUT_OF_SCOPE_INTENT, OTHER_LANGUAGE_INTENT)


@dataclass(frozen=True)
class Example:
    """One message of an evaluation set. `voice` is the manner of the writer, where the set tells it."""

    text: str
    expected: Reading
    voice: str | None = None


@dataclass(frozen=True)
class Case:
    """One message, and how it was read.

    `chances`: the probability given to each need, where the model gives any. `asks_safety`: whether the answer gives an
    emergency number and asks if one is safe.
    """

    text: str
    expected: Reading
    predicted: Reading
    voice: str | None = None
    chances: Mapping[str, float] | None = None
    asks_safety: bool = False

    @property
    def words(self) -> int:
        """The length of the message, in words."""
        return len(self.text.split())

    @property
    def is_missed_emergency(self) -> bool:
        """An emergency taken for something else."""
        return self.expected.is_emergency and not self.predicted.is_emergency

    @property
    def is_false_alarm(self) -> bool:
        """Something else taken for an emergency."""
        return self.predicted.is_emergency and not self.expected.is_emergency

    @property
    def is_right(self) -> bool:
        """Whether nothing differs. Intents count for acts only: a situation is known by its needs and urgency."""
        if self.expected.is_act:
            return self.predicted == self.expected
        return replace(self.predicted, intent=self.expected.intent) == self.expected
