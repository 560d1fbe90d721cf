import pytest

from tests.tools.cases import case, situation
from tools.evaluation.confusion import NONE, confusion, most_frequent


@pytest.mark.parametrize(
    ("expected", "predicted", "pairs"),
    [
        (["fsl"], ["fsl"], {("fsl", "fsl")}),
        (["fsl"], [], {("fsl", NONE)}),
        ([], ["fsl"], {(NONE, "fsl")}),
        ([], [], {(NONE, NONE)}),
        (["fsl", "ivg"], ["fsl"], {("fsl", "fsl"), ("ivg", NONE)}),
        (["fsl"], ["ivg"], {("fsl", "ivg")}),
        (["fsl", "ivg"], ["fsl", "ase_suivi"], {("fsl", "fsl"), ("ivg", "ase_suivi")}),
        (["fsl"], ["ivg", "ase_suivi"], {("fsl", "ivg"), ("fsl", "ase_suivi")}),
    ],
)
def test_the_confusion_sets_what_was_missed_against_what_was_invented(
    expected: list[str], predicted: list[str], pairs: set[tuple[str, str]]
):
    counted = confusion([case(situation(*expected), situation(*predicted))])

    assert counted == dict.fromkeys(pairs, 1)


def test_the_most_frequent_pairs_come_first_and_what_is_right_is_left_out():
    told = most_frequent({("fsl", "fsl"): 9, ("fsl", "ivg"): 1, ("ivg", NONE): 2, ("css_sante", NONE): 1})

    assert [(pair["expected"], pair["predicted"], pair["count"]) for pair in told] == [
        ("ivg", NONE, 2),
        ("css_sante", NONE, 1),
        ("fsl", "ivg", 1),
    ]
