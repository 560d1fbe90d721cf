"""The report as JSON holds it: figures that the same model and the same sets always give, and how it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.calibration import calibration
from tools.evaluation.confusion import confusion, most_frequent
from tools.evaluation.figures import ASKED, DETAILS, against_targets, figures, per_need, targets_of
from tools.evaluation.readings import Case
from tools.evaluation.slices import by_length, by_voice
from tools.evaluation.worst import false_alarms, missed_emergencies, worst

TOGETHER = "ensemble"
"""Names all sets as one."""
DECIMALS = 4


def whole_report(
    sets: Mapping[str, Sequence[Case]], stock: Mapping[str, Any] | None, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Each set apart, then all together; `made`, last, is all that changes from one run to the next."""
    figures_of = {name: section(cases, targets_of(name)) for name, cases in sets.items()}
    if len(sets) > 1:
        figures_of[TOGETHER] = section(all_cases(sets), targets_of(None))
    return {"sets": figures_of, "stock": stock, "made": made}


def all_cases(sets: Mapping[str, Sequence[Case]]) -> list[Case]:
    """The cases of every set."""
    return [case for cases in sets.values() for case in cases]


def section(cases: Sequence[Case], targets: Mapping[str, float | None]) -> dict[str, Any]:
    """All there is to say of one set."""
    bootstrap = Bootstrap(len(cases))
    return {
        "messages": len(cases),
        "asked": against_targets(figures(cases, bootstrap, ASKED), targets),
        "details": _written(figures(cases, bootstrap, DETAILS)),
        "needs": {code: _written(scores) for code, scores in per_need(cases, bootstrap).items()},
        "calibration": calibration(cases, bootstrap),
        "confusions": most_frequent(confusion(cases)),
        "by_voice": by_voice(cases),
        "by_length": by_length(cases),
        "missed_emergencies": missed_emergencies(cases),
        "false_alarms": false_alarms(cases),
        "worst": worst(cases),
    }


def rounded(value: Any) -> Any:
    """The same, its numbers with four decimals."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list | tuple) else value


def _written(measured: Mapping[str, Any]) -> dict[str, Any]:
    return {key: asdict(figure) for key, figure in measured.items()}
