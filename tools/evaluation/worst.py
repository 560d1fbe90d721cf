"""The errors to look at first: missed emergencies, false alarms, then needs by how sure the model was of them."""

from collections.abc import Iterable
from typing import Any

from tools.evaluation.readings import Case, Reading

LISTED = 20
MISSED, ALARM, OTHER = "urgence manquée", "fausse alerte", "autre erreur"


def worst(cases: Iterable[Case], listed: int = LISTED) -> list[dict[str, Any]]:
    """The worst errors as the report writes them, worst first; equals stay in the order of the set."""
    wrong = [case for case in cases if not case.is_right]
    return [told(case) for case in sorted(wrong, key=_rank)[:listed]]


def missed_emergencies(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """The emergencies taken for something else, in the order of the set."""
    return [told(case) for case in cases if case.is_missed_emergency]


def false_alarms(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """What was taken for an emergency and is none, in the order of the set."""
    return [told(case) for case in cases if case.is_false_alarm]


def told(case: Case) -> dict[str, Any]:
    """One case as the report writes it."""
    return {
        "text": case.text,
        "voice": case.voice,
        "error": error_of(case),
        "gap": gap(case),
        "expected": _reading(case.expected),
        "predicted": _reading(case.predicted),
    }


def error_of(case: Case) -> str:
    """The family of an error."""
    return MISSED if case.is_missed_emergency else ALARM if case.is_false_alarm else OTHER


def gap(case: Case) -> float:
    """The greatest probability given to a wrong need or withheld from a right one.

    Needs without a probability of their own (dialogue acts) count for nothing; without any probabilities, the
    number of needs wrong or lacking stands for it.
    """
    wrong, lacking = case.predicted.needs - case.expected.needs, case.expected.needs - case.predicted.needs
    if case.chances is None:
        return float(len(wrong) + len(lacking))
    given = [case.chances[code] for code in wrong if code in case.chances]
    withheld = [1 - case.chances[code] for code in lacking if code in case.chances]
    return max([*given, *withheld], default=0.0)


def _rank(case: Case) -> tuple[int, float]:
    return (MISSED, ALARM, OTHER).index(error_of(case)), -gap(case)


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "intent": reading.intent,
        "needs": sorted(reading.needs),
        "urgency": reading.urgency,
        "emergency_kind": reading.emergency_kind,
        "commune": reading.commune,
        "language": reading.language,
        "out_of_scope": reading.out_of_scope,
    }
