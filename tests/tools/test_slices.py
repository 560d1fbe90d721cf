import pytest

from tests.tools.cases import case, situation
from tools.evaluation.slices import UNTOLD, by_length, by_voice, length_of


@pytest.mark.parametrize(
    ("words", "name"),
    [(1, "1–5"), (5, "1–5"), (6, "6–15"), (15, "6–15"), (16, "16–40"), (40, "16–40"), (41, "41+"), (300, "41+")],
)
def test_a_length_has_a_name(words: int, name: str):
    assert length_of(words) == name


def test_each_voice_has_its_figures():
    both = situation("fsl", "ivg")
    cases = [
        case(both, both, voice="sms"),
        case(both, situation("fsl"), voice="sms"),
        case(situation("ivg"), situation("ivg"), voice="bref"),
        case(situation("ivg"), situation()),
    ]

    told = by_voice(cases)

    assert list(told) == ["bref", UNTOLD, "sms"]
    assert told["sms"]["messages"] == 2
    assert told["sms"]["needs_micro_f1"]["value"] == pytest.approx(6 / 7)
    assert told["sms"]["several_needs_exact"]["value"] == 0.5
    assert told["bref"]["several_needs_exact"]["n"] == 0


def test_a_set_that_tells_no_voice_has_none():
    assert by_voice([case(situation(), situation())]) == {}


def test_lengths_come_shortest_first_and_those_that_do_not_occur_are_left_out():
    texts = ["mot " * 50, "mot", "mot " * 10]

    assert list(by_length([case(situation(), situation(), text) for text in texts])) == ["1–5", "6–15", "41+"]
