"""How good readings are: pure functions from (expected, predicted) pairs to figures. No model, no file, no clock."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NONE = "aucun"
"""Stands in the confusion for no need at all."""

SITUATION_INTENT = "decrire_situation"
OUT_OF_SCOPE_INTENT = "hors_sujet"

Confusion = Mapping[tuple[str, str], int]
"""(expected need, predicted need) → how often."""


@dataclass(frozen=True)
class Reading:
    """What a message means: as the evaluation set says it, or as the assistant read it."""

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


@dataclass(frozen=True)
class Case:
    """One message of the evaluation set, and how it was read."""

    text: str
    expected: Reading
    predicted: Reading


@dataclass(frozen=True)
class Score:
    """How often something was rightly found, wrongly found, and missed. A figure without any case is None."""

    found: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.found + other.found, self.invented + other.invented, self.missed + other.missed)

    @property
    def support(self) -> int:
        """How often it was there to be found."""
        return self.found + self.missed

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that was there."""
        return _share(self.found, self.found + self.invented)

    @property
    def recall(self) -> float | None:
        """Of what was there, the share that was found."""
        return _share(self.found, self.support)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.found, 2 * self.found + self.invented + self.missed)


@dataclass(frozen=True)
class Tally:
    """How many of a number of cases are right."""

    right: int
    total: int

    @property
    def accuracy(self) -> float | None:
        """The share that is right, None without any case."""
        return _share(self.right, self.total)


def score_where(cases: Iterable[Case], holds: Callable[[Reading], bool]) -> Score:
    """The score of a yes-or-no question about a message."""
    answers = Counter((holds(case.expected), holds(case.predicted)) for case in cases)
    return Score(found=answers[True, True], invented=answers[False, True], missed=answers[True, False])


def need_scores(cases: Sequence[Case]) -> dict[str, Score]:
    """The score of every need code expected or predicted at least once, in the order of the codes."""
    codes = {code for case in cases for code in case.expected.needs | case.predicted.needs}
    return {code: _score_of_need(cases, code) for code in sorted(codes)}


def micro(scores: Mapping[str, Score]) -> Score:
    """All codes as one: every need of every message weighs the same."""
    return sum(scores.values(), Score())


def macro_f1(scores: Mapping[str, Score]) -> float | None:
    """The mean F1 of the codes that were there to be found: every code weighs the same."""
    figures = [score.f1 or 0.0 for score in scores.values() if score.support]
    return sum(figures) / len(figures) if figures else None


def wholly_right(cases: Iterable[Case], at_least: int = 2) -> Tally:
    """Among messages that carry several needs, those whose needs are all found and nothing else."""
    return _tally(case.expected.needs == case.predicted.needs for case in cases if len(case.expected.needs) >= at_least)


def emergencies(cases: Iterable[Case]) -> Score:
    """Whether emergencies are told from the rest."""
    return score_where(cases, lambda reading: reading.is_emergency)


def emergency_kinds(cases: Iterable[Case]) -> Tally:
    """Among emergencies found, those of the right kind."""
    found = (case for case in cases if case.expected.is_emergency and case.predicted.is_emergency)
    return agreement(found, lambda reading: reading.emergency_kind)


def missed_emergencies(cases: Iterable[Case]) -> list[Case]:
    """The emergencies taken for something else."""
    return [case for case in cases if case.expected.is_emergency and not case.predicted.is_emergency]


def false_alarms(cases: Iterable[Case]) -> list[Case]:
    """What was taken for an emergency and is none."""
    return [case for case in cases if case.predicted.is_emergency and not case.expected.is_emergency]


def out_of_scope(cases: Iterable[Case]) -> Score:
    """Whether messages that are nothing to do with the pôle are told from the rest."""
    return score_where(cases, lambda reading: reading.out_of_scope)


def agreement(cases: Iterable[Case], aspect: Callable[[Reading], object]) -> Tally:
    """The cases in which an aspect of the reading is exactly the expected one."""
    return _tally(aspect(case.expected) == aspect(case.predicted) for case in cases)


def act_intents(cases: Iterable[Case]) -> Tally:
    """The intent of dialogue acts: neither a situation described nor something out of scope."""
    acts = (case for case in cases if case.expected.intent not in (SITUATION_INTENT, OUT_OF_SCOPE_INTENT))
    return agreement(acts, lambda reading: reading.intent)


def confusion(cases: Iterable[Case]) -> Confusion:
    """Which need was taken for which. A need found counts on the diagonal.

    Each need missed is set against each need invented in the same message, or against `NONE` when nothing was
    invented; likewise for needs invented where nothing was missed.
    """
    return Counter(pair for case in cases for pair in _pairs(case.expected.needs, case.predicted.needs))


def _pairs(expected: frozenset[str], predicted: frozenset[str]) -> list[tuple[str, str]]:
    if not expected and not predicted:
        return [(NONE, NONE)]
    found = [(code, code) for code in expected & predicted]
    missed, invented = expected - predicted, predicted - expected
    if not missed and not invented:
        return found
    return found + [(wanted, got) for wanted in missed or {NONE} for got in invented or {NONE}]


def summary(cases: Sequence[Case]) -> dict[str, Any]:
    """Every figure of the report, ready for JSON."""
    needs = need_scores(cases)
    return {
        "messages": len(cases),
        "needs": {code: figures(score) for code, score in needs.items()},
        "needs_micro": figures(micro(needs)),
        "needs_macro_f1": macro_f1(needs),
        "several_needs_wholly_right": counted(wholly_right(cases)),
        "emergencies": figures(emergencies(cases)),
        "emergency_kind": counted(emergency_kinds(cases)),
        "urgency": counted(agreement(cases, lambda reading: reading.urgency)),
        "out_of_scope": figures(out_of_scope(cases)),
        "commune": counted(agreement(cases, lambda reading: reading.commune)),
        "commune_when_named": counted(_commune_when_named(cases)),
        "language": counted(agreement(cases, lambda reading: reading.language)),
        "language_when_not_french": counted(_language_when_not_french(cases)),
        "intent_of_acts": counted(act_intents(cases)),
        "missed_emergencies": [case.text for case in missed_emergencies(cases)],
        "false_alarms": [case.text for case in false_alarms(cases)],
    }


def figures(score: Score) -> dict[str, float | int | None]:
    """A score as the report writes it."""
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1, "support": score.support}


def counted(tally: Tally) -> dict[str, float | int | None]:
    """A tally as the report writes it."""
    return {"accuracy": tally.accuracy, "right": tally.right, "total": tally.total}


def _commune_when_named(cases: Iterable[Case]) -> Tally:
    """Communes of the messages that name one: the others would drown them."""
    named = (case for case in cases if case.expected.commune is not None)
    return agreement(named, lambda reading: reading.commune)


def _language_when_not_french(cases: Iterable[Case]) -> Tally:
    foreign = (case for case in cases if case.expected.language != "fr")
    return agreement(foreign, lambda reading: reading.language)


def _score_of_need(cases: Iterable[Case], code: str) -> Score:
    return score_where(cases, lambda reading: code in reading.needs)


def _tally(answers: Iterable[bool]) -> Tally:
    listed = list(answers)
    return Tally(sum(listed), len(listed))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
