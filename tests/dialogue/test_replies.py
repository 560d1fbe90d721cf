"""A yes, a no, "it is settled", a near date on a paper: read in the words of the message."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.deadlines import near_deadline
from bot.dialogue.replies import says_no, says_settled, says_yes
from tests.conftest import MONDAY_MORNING

NOW = datetime.fromisoformat(MONDAY_MORNING)


@pytest.mark.parametrize(
    "text", ["oui", "OUI !", "ouais vas-y", "ok pour ça", "bah oui", "👍", "c'est bien cela", "nickel", "tout à fait"]
)
def test_a_yes(text: str) -> None:
    assert says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize("text", ["non", "nan merci", "nn pas la peine", "bah non", "finalement non", "👎"])
def test_a_no(text: str) -> None:
    assert says_no(text)
    assert not says_yes(text)


@pytest.mark.parametrize("text", ["je suis enceinte", "nous sommes quatre", "le 2", "oublié"])
def test_neither(text: str) -> None:
    assert not says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize(
    "text", ["non ça c'est réglé", "laissez tomber la crèche", "le loyer c'est bon", "oubliez le rsa"]
)
def test_settled(text: str) -> None:
    assert says_settled(text)


@pytest.mark.parametrize("text", ["je n'arrive plus à payer", "on me coupe l'électricité mercredi", "ça ne va pas"])
def test_not_settled(text: str) -> None:
    assert not says_settled(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("c'est marqué avant le 28 novembre", True),
        ("le délai c'est jusqu'au 25/11", True),
        ("c'est écrit le 20 décembre", False),
        ("mercredi 25 à 10h", False),
        ("je ne sais pas", False),
    ],
)
def test_a_near_date_on_a_paper(text: str, near: bool) -> None:
    assert near_deadline(text, NOW) is near


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert not (says_yes(text) and says_no(text))
    near_deadline(text, NOW)
    says_settled(text)
