"""The evaluation report as a person reads it in a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]

_TALLIES = {
    "several_needs_wholly_right": "messages with two needs or more, wholly right",
    "emergency_kind": "kind of the emergencies found",
    "urgency": "urgency",
    "commune": "commune",
    "commune_when_named": "commune, where one is named",
    "language": "language",
    "language_when_not_french": "language, where it is not French",
    "intent_of_acts": "intent of dialogue acts",
}


def table(report: Figures) -> str:
    """The whole report, needs first."""
    return "\n".join([*_needs(report), "", *_questions(report), "", *_tallies(report), "", *_emergency_texts(report)])


def _needs(report: Figures) -> Iterator[str]:
    yield _header("need")
    for code, score in report["needs"].items():
        yield _row(code, score)
    yield _row("ALL (micro)", report["needs_micro"])
    yield f"{'ALL (macro F1)':<24}{'':>20}{_percent(report['needs_macro_f1']):>10}"


def _questions(report: Figures) -> Iterator[str]:
    yield _header("question")
    yield _row("is it an emergency?", report["emergencies"])
    yield _row("is it out of scope?", report["out_of_scope"])


def _tallies(report: Figures) -> Iterator[str]:
    for key, title in _TALLIES.items():
        tally = report[key]
        yield f"{title:<48}{_percent(tally['accuracy']):>8}   {tally['right']} of {tally['total']}"
    yield f"{'median time per message':<48}{report['median_ms']:>6.1f} ms   {report['messages']} messages"


def _emergency_texts(report: Figures) -> Iterator[str]:
    yield from _listed("emergencies missed", report["missed_emergencies"])
    yield from _listed("false alarms", report["false_alarms"])


def _listed(title: str, texts: list[str]) -> Iterator[str]:
    yield f"{title}: {len(texts) or 'none'}"
    yield from (f"  - {text}" for text in texts)


def _header(first: str) -> str:
    return f"{first:<24}{'precision':>10}{'recall':>10}{'F1':>10}{'support':>10}"


def _row(name: str, score: Figures) -> str:
    shares = "".join(f"{_percent(score[key]):>10}" for key in ("precision", "recall", "f1"))
    return f"{name:<24}{shares}{score['support']:>10}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f} %"
