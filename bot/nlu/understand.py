"""What is understood of a message: the witnesses of the pipeline weighed into one reading.

`decide` is a pure function of what the components found; the last component of the pipeline applies it, sets the
Rasa intent from it and leaves the whole reading on the message for the actions and for `python -m bot understand`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.communes import COMMUNE
from bot.nlu.emergency import ALARMS
from bot.nlu.language import FRENCH, LANGUAGE
from bot.nlu.needs import ACT_PREFIX, PROBABILITIES, SITUATION_INTENT, URGENCY_PREFIX
from bot.nlu.signs import SIGNS
from bot.orientation.table import Table, load_table

UNDERSTANDING = "understanding"
"""Attribute of a message: its reading, as a dictionary."""

FALLBACK_INTENT = "nlu_fallback"
OTHER_LANGUAGE_INTENT = "autre_langue"
OUT_OF_SCOPE_INTENT = "hors_sujet"
ACT_CODES = {
    "info_horaires": "info_horaires_adresse",
    "info_adresse": "info_horaires_adresse",
    "info_papiers": "info_horaires_adresse",
    "rdv_prendre": "rdv_prendre",
    "rdv_annuler": "rdv_annuler",
    "rdv_deplacer": "rdv_deplacer",
    "rdv_info": "rdv_info",
    "parler_humain": "parler_humain",
}
"""The dialogue acts that needs.md counts among the codes."""

_MEANS = frozenset({"rdv_prendre", "parler_humain"})
"""Acts that are only the means when a need is clear (needs.md)."""

_KINDS = ("suicide", "medical", "violence", "child", "shelter")
_NEEDS_OF_KIND = {
    "violence": ("violence_conjugale", "violence_familiale", "enfance_danger"),
    "child": ("enfance_danger", "violence_familiale"),
    "suicide": ("sante_mentale", "post_natal"),
    "shelter": ("hebergement_urgence", "expulsion"),
}
_RULE_WEIGHT = 1.0
_CLEAR_ACT = 0.5
_ELSEWHERE = frozenset({OUT_OF_SCOPE_INTENT, "signaler_agression"})
"""What people tell in the words of emergencies: a theft in the street, a film, a game."""


@dataclass(frozen=True)
class Thresholds:
    """The probability from which each family of labels is believed; chosen on the development set only."""

    need: float
    act: float
    soon: float
    emergency: float
    candidate: float
    corroborated: float


@dataclass(frozen=True)
class Witnesses:
    """What the components found in one message."""

    probabilities: Mapping[str, float]
    alarms: Sequence[str] = ()
    signs: Sequence[str] = ()
    commune: str | None = None
    language: str = FRENCH


@dataclass(frozen=True)
class Understanding:
    """The reading of a message (contract.md, `understand`). `candidates` are needs to ask about when unsure."""

    intent: str
    confidence: float
    needs: list[str]
    urgency: str
    emergency_kind: str | None
    commune: str | None
    out_of_scope: bool
    language: str
    signs: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)


def decide(witnesses: Witnesses, thresholds: Thresholds, table: Table) -> Understanding:
    """Weigh what was found into one reading."""
    chances = {code: witnesses.probabilities.get(code, 0.0) for code in table if code not in ACT_CODES.values()}
    act, act_chance = _best_act(witnesses.probabilities)
    kind = _kind(witnesses, thresholds, act_chance if act in _ELSEWHERE else 0.0)
    needs = [code for code, chance in chances.items() if chance >= thresholds.need]
    needs = _with_need_of(kind, needs or _corroborated(chances, witnesses, thresholds, table), chances)
    intent, confidence = _intent(needs, act, act_chance, chances, kind, witnesses.language, thresholds)
    urgency = "emergency" if kind else _calm_urgency(needs, witnesses, thresholds)
    if intent not in (SITUATION_INTENT, OTHER_LANGUAGE_INTENT):
        needs = [ACT_CODES[intent]] if intent in ACT_CODES else []
        urgency = "none"
    return Understanding(
        intent=intent,
        confidence=confidence,
        needs=_most_pressing_first(needs, kind, table),
        urgency=urgency,
        emergency_kind=kind,
        commune=witnesses.commune,
        out_of_scope=intent == OUT_OF_SCOPE_INTENT,
        language=witnesses.language,
        signs=list(witnesses.signs),
        candidates=_candidates(chances, thresholds),
    )


def _corroborated(
    chances: Mapping[str, float], witnesses: Witnesses, thresholds: Thresholds, table: Table
) -> list[str]:
    """The likeliest of the needs that a detail speaks for: "15 heures" for someone who may mean the RSA."""
    shown = set(witnesses.signs)
    spoken_for = [code for code in chances if any(shown & row.signs for row in table[code].rows)]
    likeliest = max(spoken_for, key=lambda code: chances[code], default=None)
    return [likeliest] if likeliest and chances[likeliest] >= thresholds.corroborated else []


def _kind(witnesses: Witnesses, thresholds: Thresholds, elsewhere: float) -> str | None:
    """The likeliest kind of emergency that a rule or the model reports.

    The model alone is believed at little chance, unless the message is more clearly of something else (`elsewhere`).
    """
    chances = {kind: witnesses.probabilities.get(URGENCY_PREFIX + kind, 0.0) for kind in _KINDS}
    weights = {kind: chance + _RULE_WEIGHT * (kind in witnesses.alarms) for kind, chance in chances.items()}
    likeliest = max(weights, key=lambda kind: weights[kind])
    enough = max(thresholds.emergency, elsewhere if elsewhere >= _CLEAR_ACT else 0.0)
    return likeliest if weights[likeliest] >= enough else None


def _with_need_of(kind: str | None, needs: list[str], chances: Mapping[str, float]) -> list[str]:
    """An emergency never stands without a need that opens its door."""
    expected = _NEEDS_OF_KIND.get(kind or "", ())
    if not expected or any(code in needs for code in expected):
        return needs
    return [*needs, max(expected, key=lambda code: chances.get(code, 0.0))]


def _best_act(probabilities: Mapping[str, float]) -> tuple[str, float]:
    acts = {label: chance for label, chance in probabilities.items() if label.startswith(ACT_PREFIX)}
    best = max(acts, key=lambda label: acts[label])
    return best.removeprefix(ACT_PREFIX), acts[best]


def _intent(
    needs: list[str],
    act: str,
    act_chance: float,
    chances: Mapping[str, float],
    kind: str | None,
    language: str,
    thresholds: Thresholds,
) -> tuple[str, float]:
    strongest = max(chances.values())
    if kind:
        return SITUATION_INTENT, 1.0
    if language != FRENCH:
        return OTHER_LANGUAGE_INTENT, 1.0
    if needs and (act in _MEANS or act_chance <= strongest):
        return SITUATION_INTENT, strongest
    if act_chance >= thresholds.act:
        return act, act_chance
    if needs:
        return SITUATION_INTENT, strongest
    return FALLBACK_INTENT, 1.0 - max(strongest, act_chance)


def _calm_urgency(needs: list[str], witnesses: Witnesses, thresholds: Thresholds) -> str:
    chance = witnesses.probabilities.get(URGENCY_PREFIX + "soon", 0.0)
    return "soon" if needs and chance >= thresholds.soon else "none"


def _most_pressing_first(needs: list[str], kind: str | None, table: Table) -> list[str]:
    saving = _NEEDS_OF_KIND.get(kind or "", ())
    return sorted(needs, key=lambda code: (code not in saving, table[code].rank if code in table else 0))


def _candidates(chances: Mapping[str, float], thresholds: Thresholds) -> list[str]:
    likeliest = sorted(chances, key=lambda code: -chances[code])[:3]
    return [code for code in likeliest if chances[code] >= thresholds.candidate]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Reader(GraphComponent):
    """Gives each message its reading, and the Rasa intent that follows from it."""

    def __init__(self, thresholds: Thresholds, table: Table) -> None:
        self._thresholds = thresholds
        self._table = table

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds of the families of labels (see Thresholds)."""
        return {"need": 0.4, "act": 0.4, "soon": 0.4, "emergency": 0.5, "candidate": 0.06, "corroborated": 0.02}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Reader":
        """The component with the thresholds of config.yml and the needs of data/orientation."""
        return cls(Thresholds(**{name: config[name] for name in cls.get_default_config()}), load_table())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the reading and the intent of each message."""
        for message in messages:
            reading = decide(_witnesses(message), self._thresholds, self._table)
            message.set(UNDERSTANDING, asdict(reading), add_to_output=True)
            intent = {INTENT_NAME_KEY: reading.intent, PREDICTED_CONFIDENCE_KEY: reading.confidence}
            message.set(INTENT, intent, add_to_output=True)
        return messages


def _witnesses(message: Message) -> Witnesses:
    return Witnesses(
        probabilities=message.get(PROBABILITIES),
        alarms=message.get(ALARMS),
        signs=message.get(SIGNS),
        commune=message.get(COMMUNE),
        language=message.get(LANGUAGE),
    )
