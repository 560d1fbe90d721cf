import pytest

from tests.tools.cases import WEATHER, case, emergency, situation
from tools.evaluation.readings import Reading
from tools.evaluation.worst import gap, worst

CHANCES = {"fsl": 0.9, "ivg": 0.3}


def test_missed_emergencies_then_false_alarms_then_the_surest_errors():
    cases = [
        case(situation("ivg"), situation("ivg", urgency="soon"), "urgence", chances=CHANCES),
        case(situation("ivg", "fsl"), situation("fsl"), "peu sûr", chances=CHANCES),
        case(situation(), situation("fsl"), "très sûr", chances=CHANCES),
        case(situation(), emergency("shelter"), "alerte", chances=CHANCES),
        case(emergency("suicide"), situation(), "manquée", chances=CHANCES),
        case(situation("fsl"), situation("fsl"), "juste", chances=CHANCES),
    ]

    assert [each["text"] for each in worst(cases)] == ["manquée", "alerte", "très sûr", "peu sûr", "urgence"]
    assert len(worst(cases, listed=2)) == 2


@pytest.mark.parametrize(
    ("expected", "predicted", "expected_gap"),
    [
        (["ivg"], ["fsl"], 0.9),
        (["ivg"], [], 0.7),
        (["fsl"], [], pytest.approx(0.1)),
        ([], ["ivg"], 0.3),
        (["rdv_prendre"], [], 0),
    ],
)
def test_the_gap_is_what_was_given_to_a_wrong_need_or_withheld_from_a_right_one(
    expected: list[str], predicted: list[str], expected_gap: float
):
    assert gap(case(situation(*expected), situation(*predicted), chances=CHANCES)) == expected_gap


def test_without_probabilities_the_needs_wrong_or_lacking_are_counted():
    assert gap(case(situation("fsl", "ivg"), situation("ase_suivi"))) == 3


def test_the_intent_of_a_situation_is_no_error_that_of_an_act_is():
    assert case(situation(), Reading("nlu_fallback")).is_right
    assert not case(Reading("saluer"), Reading("remercier")).is_right
    assert not case(WEATHER, situation()).is_right
