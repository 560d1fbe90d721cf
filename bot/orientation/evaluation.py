"""The évaluation: which one question is worth asking after the first answer.

A question is worth asking when one of its answers would change the plan; the one that would change it most is asked.
The table of questions is `data/orientation/evaluation/questions.yml`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.directory.models import Directory
from bot.orientation.plan import Channel, Plan, Situation, make_plan
from bot.orientation.table import TABLE, EmergencyKind, Table, Urgency

QUESTIONS = TABLE / "evaluation" / "questions.yml"


@dataclass(frozen=True)
class Question:
    """A question with a yes or a no for an answer; `then` is what is known once the telling answer is given."""

    id: str
    about: frozenset[str]
    telling: bool
    """Whether it is the yes that tells something."""
    needs: tuple[str, ...]
    signs: frozenset[str]
    urgency: Urgency | None
    kind: EmergencyKind | None

    def told(self, known: Situation) -> Situation:
        """The situation once the telling answer is given."""
        return replace(
            known,
            needs=tuple(dict.fromkeys((*self.needs, *known.needs))),
            signs=known.signs | self.signs,
            urgency=self.urgency or known.urgency,
            emergency_kind=self.kind or known.emergency_kind,
        )


def load_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of the table, in its order."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_question(name, record) for name, record in written.items())


def worth_asking(
    known: Situation,
    asked: Collection[str],
    moment: datetime,
    channel: Channel,
    directory: Directory,
    table: Table,
    questions: Sequence[Question],
) -> Question | None:
    """The question whose telling answer changes the plan most, among those not `asked`; None when none changes it."""
    plan = make_plan(known, moment, channel, directory, table)
    gains = {
        question: _gain(plan, make_plan(question.told(known), moment, channel, directory, table))
        for question in questions
        if question.about & set(known.needs) and question.id not in asked
    }
    best = max(gains, key=lambda question: gains[question], default=None)
    return best if best and gains[best] > (0, 0) else None


def _gain(plan: Plan, other: Plan) -> tuple[int, int]:
    """How much more pressing the other plan is, then how many of its doors are new."""
    doors = {(line.need, line.service, line.mode, line.why) for line in plan.lines}
    new = [line for line in other.lines if (line.need, line.service, line.mode, line.why) not in doors]
    return _level(other) - _level(plan), len(new)


def _level(plan: Plan) -> int:
    return max((line.level for line in plan.lines), default=0)


def _question(name: str, record: dict[str, Any]) -> Question:
    then = record["then"]
    return Question(
        id=name,
        about=frozenset(record["about"]),
        telling=bool(record["telling"]),
        needs=tuple(then.get("needs", ())),
        signs=frozenset(then.get("signs", ())),
        urgency=then.get("urgency"),
        kind=then.get("kind"),
    )
