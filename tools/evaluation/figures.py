"""Every figure of the report that counts messages or needs, and the target the project set for some of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tools.evaluation.bootstrap import Bootstrap, Measured
from tools.evaluation.counts import Array, codes_of, need_counts, score_counts, tally_counts
from tools.evaluation.formulas import (
    ACCURACY,
    F1,
    MACRO_F1,
    MICRO_F1,
    MICRO_PRECISION,
    MICRO_RECALL,
    PRECISION,
    RECALL,
    Formula,
)
from tools.evaluation.readings import Case, Reading

MICRO = "needs_micro_f1"
WORDED_ELSEWHERE = {"jugement_ailleurs.yml": {MICRO: 0.85}}
"""Targets of a set that differ from the others."""


@dataclass(frozen=True)
class Figure:
    """A figure of the report: how it is named and computed, and what it should reach."""

    key: str
    title: str
    counts: Callable[[Sequence[Case]], Array]
    formula: Formula
    target: float | None = None


def figures(cases: Sequence[Case], bootstrap: Bootstrap, asked: Sequence[Figure]) -> dict[str, Measured]:
    """Each of the figures asked for, by its key."""
    return {figure.key: bootstrap.measure(figure.counts(cases), figure.formula) for figure in asked}


def against_targets(measured: Mapping[str, Measured], targets: Mapping[str, float | None]) -> dict[str, Any]:
    """Figures beside what they should reach, as the report writes them. `reached` is None where nothing says."""
    return {key: {**asdict(figure), **_verdict(figure.value, targets[key])} for key, figure in measured.items()}


def targets_of(set_name: str | None) -> dict[str, float | None]:
    """The targets of a set; of all sets together (None), those that are the same everywhere."""
    everywhere = {figure.key: figure.target for figure in ASKED}
    if set_name is None:
        return everywhere | {MICRO: None}
    return everywhere | WORDED_ELSEWHERE.get(set_name, {})


def per_need(cases: Sequence[Case], bootstrap: Bootstrap) -> dict[str, dict[str, Measured]]:
    """Precision, recall and F1 of each need."""
    codes = codes_of(cases)
    counts = need_counts(cases, codes)
    asked = {"precision": PRECISION, "recall": RECALL, "f1": F1}
    return {
        code: {name: bootstrap.measure(counts[:, column], formula) for name, formula in asked.items()}
        for column, code in enumerate(codes)
    }


def _verdict(value: float | None, target: float | None) -> dict[str, float | bool | None]:
    reached = None if value is None or target is None else value >= target
    return {"target": target, "reached": reached}


def _needs(cases: Sequence[Case]) -> Array:
    return need_counts(cases, codes_of(cases))


def _several_exact(cases: Sequence[Case]) -> Array:
    """Among messages that carry several needs, those whose needs are all found and nothing else."""
    return tally_counts(
        cases, lambda case: case.expected.needs == case.predicted.needs if len(case.expected.needs) > 1 else None
    )


def _emergencies(cases: Sequence[Case]) -> Array:
    return score_counts(cases, lambda reading: reading.is_emergency)


def _not_left_alone(cases: Sequence[Case]) -> Array:
    """Among emergencies, those answered with an emergency number: found, or in doubt."""
    return tally_counts(
        cases,
        lambda case: case.predicted.is_emergency or case.asks_safety if case.expected.is_emergency else None,
    )


def _asked_in_vain(cases: Sequence[Case]) -> Array:
    """Among messages without an emergency, those answered by asking whether one is safe."""
    return tally_counts(cases, lambda case: None if case.expected.is_emergency else case.asks_safety)


def _kind(cases: Sequence[Case]) -> Array:
    """Among emergencies found, those of the right kind."""

    def is_right(case: Case) -> bool | None:
        found = case.expected.is_emergency and case.predicted.is_emergency
        return case.expected.emergency_kind == case.predicted.emergency_kind if found else None

    return tally_counts(cases, is_right)


def _out_of_scope(cases: Sequence[Case]) -> Array:
    return score_counts(cases, lambda reading: reading.out_of_scope)


def _agreement(
    aspect: Callable[[Reading], object], among: Callable[[Reading], bool] = lambda expected: True
) -> Callable[[Sequence[Case]], Array]:
    """Counts the cases in which an aspect is exactly the expected one, among those that are expected to be so."""

    def is_right(case: Case) -> bool | None:
        return aspect(case.expected) == aspect(case.predicted) if among(case.expected) else None

    return lambda cases: tally_counts(cases, is_right)


def _commune(reading: Reading) -> object:
    return reading.commune


def _language(reading: Reading) -> object:
    return reading.language


ASKED = (
    Figure(MICRO, "Besoins, micro-F1", _needs, MICRO_F1, 0.90),
    Figure("needs_macro_f1", "Besoins, macro-F1", _needs, MACRO_F1, 0.85),
    Figure("several_needs_exact", "Messages à deux besoins ou plus, tout juste", _several_exact, ACCURACY, 0.75),
    Figure("emergencies_recall", "Urgences, rappel", _emergencies, RECALL, 1.00),
    Figure("emergencies_precision", "Urgences, précision", _emergencies, PRECISION, 0.90),
    Figure("urgency", "Degré d’urgence, exactitude", _agreement(lambda reading: reading.urgency), ACCURACY, 0.90),
    Figure("out_of_scope_f1", "Hors sujet, F1", _out_of_scope, F1, 0.92),
    Figure("commune", "Commune, exactitude", _agreement(_commune), ACCURACY, 0.98),
    Figure("language", "Langue, exactitude", _agreement(_language), ACCURACY, 0.98),
)
"""What the project set itself to reach."""

DETAILS = (
    Figure("needs_micro_precision", "Besoins, micro-précision", _needs, MICRO_PRECISION),
    Figure("needs_micro_recall", "Besoins, micro-rappel", _needs, MICRO_RECALL),
    Figure("emergencies_or_doubt", "Urgences, trouvées ou question de sécurité", _not_left_alone, ACCURACY),
    Figure("doubt_in_vain", "Question de sécurité sans urgence", _asked_in_vain, ACCURACY),
    Figure("emergency_kind", "Nature des urgences trouvées", _kind, ACCURACY),
    Figure("out_of_scope_precision", "Hors sujet, précision", _out_of_scope, PRECISION),
    Figure("out_of_scope_recall", "Hors sujet, rappel", _out_of_scope, RECALL),
    Figure(
        "commune_when_named",
        "Commune, quand le message en nomme une",
        _agreement(_commune, lambda expected: expected.commune is not None),
        ACCURACY,
    ),
    Figure(
        "language_when_not_french",
        "Langue, quand ce n’est pas le français",
        _agreement(_language, lambda expected: expected.language != "fr"),
        ACCURACY,
    ),
    Figure(
        "acts",
        "Actes du dialogue, exactitude",
        _agreement(lambda reading: reading.intent, lambda expected: expected.is_act),
        ACCURACY,
    ),
)
"""What explains them: no target."""

OF_A_SLICE = tuple(figure for figure in ASKED if figure.key in (MICRO, "several_needs_exact"))
"""What is told of each voice and length."""
OF_NEEDS = ASKED[:3]
"""What can be asked of a pipeline that gives needs only."""
