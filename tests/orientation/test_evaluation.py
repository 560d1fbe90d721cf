"""The évaluation asks one question, and only one whose answer changes the plan."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from bot.directory.load import load_directory
from bot.nlu.signs import load_signs
from bot.orientation.evaluation import Question, load_questions, worth_asking
from bot.orientation.plan import Situation, make_plan
from bot.orientation.table import load_table
from tests.conftest import MONDAY_MORNING

NOW, DIRECTORY, TABLE, QUESTIONS = (
    datetime.fromisoformat(MONDAY_MORNING),
    load_directory(),
    load_table(),
    load_questions(),
)


def asked(*needs: str, signs: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> str | None:
    known = Situation(needs, commune="Clichy", signs=frozenset(signs))
    question = worth_asking(known, before, NOW, "web", DIRECTORY, TABLE, QUESTIONS)
    return question.id if question else None


@pytest.mark.parametrize(
    ("need", "question"),
    [
        ("hebergement_urgence", "shelter"),
        ("impaye_loyer", "acte"),
        ("energie_impayes", "bebe_ou_appareil"),
        ("aide_alimentaire", "bebe_a_nourrir"),
        ("rsa_suivi", "manger"),
        ("grossesse_suivi", "suivi"),
        ("mode_garde", None),
        ("ivg", None),
    ],
)
def test_the_question_of_a_need(need: str, question: str | None) -> None:
    assert asked(need) == question


def test_what_is_known_or_was_asked_is_not_asked() -> None:
    assert asked("aide_alimentaire", signs=("bebe",)) is None
    assert asked("hebergement_urgence", before=("shelter",)) is None
    assert asked("impaye_loyer", "expulsion", signs=("force_publique",)) != "acte"


def test_of_two_the_one_that_presses_most() -> None:
    assert asked("grossesse_suivi", "hebergement_urgence") == "shelter"


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_its_telling_answer_changes_some_plan(question: Question) -> None:
    for need in question.about:
        known = Situation((need,), commune="Clichy")
        before, after = (make_plan(one, NOW, "web", DIRECTORY, TABLE) for one in (known, question.told(known)))
        if before.lines != after.lines:
            return
    pytest.fail(f"« {question.id} » ne change aucun plan")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_it_is_made_of_what_there_is(question: Question) -> None:
    responses = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["responses"]
    assert question.about | set(question.needs) <= set(TABLE)
    assert question.signs <= set(load_signs())
    assert f"utter_evaluer_{question.id}" in responses
