"""What the training data must hold, and what must never leak into it."""

from collections import Counter
from itertools import combinations

import pytest
import yaml

from bot.directory.load import load_directory
from bot.nlu.questions import FACT, load_wordings
from bot.nlu.text import fold
from bot.orientation.table import load_table
from bot.settings import ROOT
from tests.nlu.examples import DEVELOPMENT, EVALUATIONS, TRAINING, examples
from tools.near_duplicates import near_pairs

AT_LEAST = 40
FEWEST_BY_FACT = 25
TRAIN = list(examples(*TRAINING))
ACTS = {"parler_humain", "rdv_annuler", "rdv_deplacer", "rdv_info", "rdv_prendre", "info_horaires_adresse"}
NEEDS = [code for code in load_table() if code not in ACTS]
KINDS = {"violence", "child", "suicide", "medical", "shelter"}


def _domain_intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])


@pytest.mark.parametrize("need", NEEDS)
def test_each_need_has_enough_examples(need: str) -> None:
    assert sum(need in example.needs for example in TRAIN) >= AT_LEAST


def test_each_act_has_enough_examples() -> None:
    counts = Counter(example.intent for example in TRAIN)
    learned = _domain_intents() - {"nlu_fallback", "autre_langue"}
    assert {intent for intent in learned if counts[intent] < AT_LEAST} == set()


def test_several_hundred_carry_two_needs_or_more_and_several_hundred_are_out_of_scope() -> None:
    assert sum(len(example.needs) > 1 for example in TRAIN) >= 300
    assert sum(example.intent == "hors_sujet" for example in TRAIN) >= 300


def test_labels_are_those_of_the_project() -> None:
    intents = _domain_intents()
    for example in TRAIN:
        assert example.intent in intents, example
        assert set(example.needs) <= set(NEEDS), example
        urgency, kind = example.metadata.get("urgency", "none"), example.metadata.get("emergency_kind")
        assert urgency in ("none", "soon", "emergency"), example
        assert (kind in KINDS) if urgency == "emergency" else kind is None, example


def test_every_precise_question_has_an_answer_and_examples() -> None:
    """A fact that nobody asks for is never told; a question without a fact is never answered."""
    asked = Counter(example.metadata["fact"] for example in TRAIN if "fact" in example.metadata)
    worded = {act.removeprefix(FACT) for act in load_wordings() if act.startswith(FACT)}
    assert set(asked) | worded == set(load_directory().facts)
    assert {fact: count for fact, count in asked.items() if count < FEWEST_BY_FACT} == {}


def test_no_message_stands_twice_with_other_labels() -> None:
    labelled: dict[str, tuple[str, frozenset[str]]] = {}
    for example in TRAIN:
        label = (example.intent, frozenset(example.needs))
        assert labelled.setdefault(fold(example.text), label) == label, example


def test_no_near_duplicates() -> None:
    assert list(near_pairs([example.text for example in TRAIN])) == []


def test_the_sets_that_judge_are_not_in_training() -> None:
    trained = {fold(example.text) for example in TRAIN if len(example.text.split()) > 3}
    for judge in (DEVELOPMENT, *EVALUATIONS):
        judged = {fold(example.text) for example in examples(judge)}
        assert judged & trained == set()


def test_development_and_evaluation_share_nothing() -> None:
    sets = [{fold(example.text) for example in examples(path)} for path in (DEVELOPMENT, *EVALUATIONS)]
    for one, other in combinations(sets, 2):
        assert {text for text in one & other if len(text.split()) > 2} == set()
