"""Messages written twice are found, and only those."""

import pytest

from tools.near_duplicates import near_pairs

LOYER = "je n'arrive plus à payer mon loyer depuis le mois de septembre"
AGAIN = "je n'arrive plus à payer mon loyer depuis le mois de novembre"
OTHER = "ma fille de quatre ans tousse beaucoup et le médecin est parti"


def test_two_messages_that_differ_by_a_word_are_one() -> None:
    assert list(near_pairs([LOYER, OTHER, AGAIN])) == [(LOYER, AGAIN)]


@pytest.mark.parametrize("texts", [[], [LOYER, OTHER], ["frigo vide", "frigo vide"]])
def test_different_or_short_messages_are_none(texts: list[str]) -> None:
    assert list(near_pairs(texts)) == []


def test_pairs_far_apart_are_found() -> None:
    between = [
        f"message {number} qui parle de tout autre chose que {number * 7} et {number * 13}" for number in range(1200)
    ]
    assert (LOYER, AGAIN) in set(near_pairs([LOYER, *between, AGAIN]))
