"""Rasa's stock pipelines beside ours: what can be checked without training them."""

from pathlib import Path

import pytest

from tests.tools.cases import situation
from tools.comparison.compare import figures_of, needs_read
from tools.comparison.data import training_messages, write_stock_data
from tools.comparison.digest import digest
from tools.comparison.kept import basis, keep, up_to_date
from tools.comparison.labels import intents, needs_of
from tools.comparison.pipelines import OURS, STOCK, expected_hours
from tools.evaluation.readings import Example, Reading
from tools.evaluation.report import TOGETHER

CODES = ("fsl", "ivg", "css_sante")
ACTS = {"info_horaires": "info_horaires_adresse"}


def said(*needs: str) -> Example:
    return Example("…", situation(*needs))


def test_a_pair_said_often_enough_is_an_intent():
    assert intents([said("ivg", "fsl")] * 3) == ["fsl+ivg"] * 3


def test_a_rare_pair_is_its_commonest_need():
    examples = [said("fsl"), said("ivg"), said("ivg"), said("ivg", "fsl")]

    assert intents(examples)[-1] == "ivg"


def test_three_needs_are_their_commonest_pair_even_when_said_often():
    pairs = [said("fsl", "ivg")] * 4 + [said("fsl", "css_sante")] * 3

    assert intents([*pairs, *[said("fsl", "ivg", "css_sante")] * 5])[-1] == "fsl+ivg"


def test_without_needs_the_intent_stands():
    assert intents([said(), Example("…", Reading("saluer"))]) == ["decrire_situation", "saluer"]


@pytest.mark.parametrize(
    ("intent", "needs"),
    [
        ("fsl", {"fsl"}),
        ("fsl+ivg", {"fsl", "ivg"}),
        ("decrire_situation", set()),
        ("saluer", set()),
        ("info_horaires", {"info_horaires_adresse"}),
    ],
)
def test_an_intent_stands_for_needs(intent: str, needs: set[str]):
    assert needs_of(intent, CODES, ACTS) == needs


def test_a_model_that_says_its_needs_is_taken_at_its_word():
    assert needs_read({"intent": "fsl", "needs": []}) == frozenset()
    assert needs_read({"intent": "fsl", "needs": None}) == {"fsl"}


def test_the_stock_data_hold_every_message_once(tmp_path: Path):
    examples = [Example("a : b", situation("fsl")), Example("# c", situation("fsl")), Example("oui", Reading("saluer"))]
    write_stock_data(examples, tmp_path / "nlu" / "stock.yml")

    read = training_messages(tmp_path / "nlu")

    assert [(each.expected.intent, each.text) for each in read] == [("fsl", "a : b"), ("fsl", "# c"), ("saluer", "oui")]


def test_figures_are_told_of_each_set_and_of_all_together():
    sets = {"ici.yml": [said("fsl"), said("ivg")], "ailleurs.yml": [said("fsl")]}

    told = figures_of(sets, [frozenset({"fsl"}), frozenset({"fsl"}), frozenset({"fsl"})])

    assert list(told) == ["ici.yml", "ailleurs.yml", TOGETHER]
    assert told["ici.yml"]["needs_micro_f1"]["value"] == 0.5
    assert told["ailleurs.yml"]["needs_micro_f1"]["value"] == 1


def test_the_digest_changes_with_a_name_or_a_content_and_with_nothing_else(tmp_path: Path):
    (tmp_path / "a.yml").write_text("un")
    first = digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("trace")

    assert digest([tmp_path]) == first
    (tmp_path / "a.yml").write_text("deux")
    second = digest([tmp_path])
    (tmp_path / "a.yml").rename(tmp_path / "b.yml")

    assert len({first, second, digest([tmp_path])}) == 3


def test_a_comparison_holds_until_the_data_or_the_sets_change(tmp_path: Path):
    data, judged, kept = tmp_path / "nlu", tmp_path / "set.yml", tmp_path / "stock.json"
    data.mkdir()
    (data / "a.yml").write_text("un")
    judged.write_text("un")
    assert up_to_date([judged], data, kept) is None

    keep({"rule": "…"}, basis([judged], data), {}, kept)
    assert up_to_date([judged], data, kept) == {"rule": "…", "ours_changed": False}

    (data / "a.yml").write_text("deux")
    assert up_to_date([judged], data, kept) is None


def test_the_stock_pipelines_learn_for_as_long_as_rasa_recommends():
    assert [pipeline.epochs for pipeline in STOCK] == [100]
    assert OURS.epochs is None


def test_how_long_to_expect_grows_with_the_messages():
    assert expected_hours(STOCK, 7200) == 4.0
