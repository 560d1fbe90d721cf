"""The report as a person reads it in a terminal: what was asked, the needs, the emergencies by name."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.evaluation.figures import ASKED, DETAILS
from tools.evaluation.page import percent, set_title

_TITLES = {figure.key: figure.title for figure in (*ASKED, *DETAILS)}
_VERDICTS = {True: "atteint", False: "manqué", None: ""}


def table(report: Mapping[str, Any]) -> str:
    """Every set of the report, one after the other."""
    return "\n\n".join("\n".join(_section(name, section)) for name, section in report["sets"].items())


def _section(name: str, section: Mapping[str, Any]) -> Iterator[str]:
    yield f"── {set_title(name)} : {section['messages']} messages"
    for key, figure in (section["asked"] | section["details"]).items():
        yield _figure(_TITLES[key], figure)
    yield f"\n{'besoin':<28}{'précision':>10}{'rappel':>10}{'F1':>10}{'attendu':>10}"
    for code, scores in section["needs"].items():
        shares = "".join(f"{percent(scores[key]['value']):>10}" for key in ("precision", "recall", "f1"))
        yield f"{code:<28}{shares}{scores['recall']['n']:>10}"
    yield ""
    if section["calibration"] is None:
        yield "calibration : le modèle n’a pas donné ses probabilités"
    else:
        yield f"calibration : écart moyen {percent(section['calibration']['expected_error'])}"
    yield from _listed("urgences manquées", section["missed_emergencies"])
    yield from _listed("fausses alertes", section["false_alarms"])


def _figure(title: str, figure: Mapping[str, Any]) -> str:
    interval = f"[{percent(figure['low'])} ; {percent(figure['high'])}]"
    target = f"objectif {percent(figure['target'])}" if figure.get("target") is not None else ""
    verdict = _VERDICTS[figure.get("reached")]
    return f"{title:<46}{percent(figure['value']):>8}  {interval:<20} {target:<17} {verdict:<8} n = {figure['n']}"


def _listed(title: str, cases: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"{title} : {len(cases) or 'aucune'}"
    yield from (f"  - {case['text']}" for case in cases)
