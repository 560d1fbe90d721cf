import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import clauses, fold, load_spellings, normalize

SPELLINGS = load_spellings()
STANDARD_FRENCH = [
    "Je suis enceinte de quatre mois et je n'ai plus de quoi manger.",
    "Mon propriétaire a changé la serrure, je dors dans la voiture avec mes enfants.",
    "Où puis-je faire peser mon bébé ? Il a été hospitalisé à Clichy.",
    "La Caf me réclame un trop-perçu ; je n'ai pas compris pourquoi.",
    "Ma mère a levé la main sur ma sœur, c'est grave, je ne sais plus que faire.",
]


@given(st.text(max_size=300))
def test_normalize_is_idempotent(text: str) -> None:
    once = normalize(text, SPELLINGS)
    assert normalize(once, SPELLINGS) == once


@given(st.text(max_size=300))
def test_fold_leaves_no_accent_no_capital_no_double_blank(text: str) -> None:
    folded = fold(text)
    assert folded == fold(folded)
    assert "  " not in folded
    assert not re.search("[A-Zéèêàùçôîïœ’]", folded)


@pytest.mark.parametrize("sentence", STANDARD_FRENCH)
def test_standard_french_is_only_folded(sentence: str) -> None:
    assert normalize(sentence, SPELLINGS) == fold(sentence)


def test_accents_lost_on_a_phone_change_nothing() -> None:
    assert normalize("je suis hébergée, j'ai été expulsée", SPELLINGS) == normalize(
        "je suis hebergee j ai ete expulsee".replace("hebergee", "hebergee,"), SPELLINGS
    )


def test_sms_spellings_are_written_out() -> None:
    assert normalize("jsuis ds la rue avc mes enfan, koi fr", SPELLINGS) == (
        "je suis dans la rue avec mes enfants, quoi fr"
    )


def test_no_spelling_is_read_as_itself_nor_chained() -> None:
    for short, standard in SPELLINGS.items():
        assert short not in standard.split()
        assert not set(standard.split()) & set(SPELLINGS)


def test_clauses_part_thoughts() -> None:
    assert clauses("mon mari me frappe, mais ce matin il est parti. je veux un logement") == [
        "mon mari me frappe",
        "mais ce matin il est parti",
        "je veux un logement",
    ]


def test_words_that_are_no_sms_spelling_are_given_to_the_corrector() -> None:
    asked: list[str] = []
    assert normalize("jsuis Frapée, 3 fois", SPELLINGS, lambda word: asked.append(word) or word) == (
        "je suis frapee, 3 fois"
    )
    assert asked == ["frapee", "3", "fois"]
