"""The same figures on parts of a set: by the voice of the writer, by the length of the message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.figures import OF_A_SLICE, figures
from tools.evaluation.readings import Case

LENGTHS = {"1–5": 5, "6–15": 15, "16–40": 40}
"""Name of a length → its last number of words."""
LONGEST = "41+"
UNTOLD = "non dite"


def by_voice(cases: Sequence[Case]) -> dict[str, Any]:
    """The figures of each voice; nothing where the set tells no voice."""
    if not any(case.voice for case in cases):
        return {}
    return _told(_grouped(cases, lambda case: case.voice or UNTOLD))


def by_length(cases: Sequence[Case]) -> dict[str, Any]:
    """The figures of each length that occurs, shortest first."""
    grouped = _grouped(cases, lambda case: length_of(case.words))
    return _told({name: grouped[name] for name in [*LENGTHS, LONGEST] if name in grouped})


def length_of(words: int) -> str:
    """The name of a length."""
    return next((name for name, last in LENGTHS.items() if words <= last), LONGEST)


def _grouped(cases: Sequence[Case], name_of: Callable[[Case], str]) -> dict[str, list[Case]]:
    groups: dict[str, list[Case]] = {name: [] for name in sorted(set(map(name_of, cases)))}
    for case in cases:
        groups[name_of(case)].append(case)
    return groups


def _told(groups: Mapping[str, Sequence[Case]]) -> dict[str, Any]:
    return {name: _figures(cases) for name, cases in groups.items()}


def _figures(cases: Sequence[Case]) -> dict[str, Any]:
    measured = figures(cases, Bootstrap(len(cases)), OF_A_SLICE)
    return {"messages": len(cases)} | {key: asdict(figure) for key, figure in measured.items()}
