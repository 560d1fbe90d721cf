"""Which needs a short message names, and for whom it says to be."""

import pytest

from bot.directory.load import load_directory
from bot.nlu.beneficiary import ONESELF, beneficiary, load_beneficiaries
from bot.nlu.signs import shown
from bot.nlu.subjects import load_subjects
from bot.nlu.text import load_spellings, normalize
from bot.nlu.understand import ACT_CODES
from bot.orientation.table import load_table

SUBJECTS, BENEFICIARIES, SPELLINGS = load_subjects(), load_beneficiaries(), load_spellings()


def normalized(text: str) -> str:
    return normalize(text, SPELLINGS)


def test_every_need_has_words_that_name_it() -> None:
    assert set(SUBJECTS) == set(load_table()) - set(ACT_CODES.values())


def test_every_word_explained_leads_to_a_need_there_is() -> None:
    needs = {term.need for term in load_directory().terms.values() if term.need}
    assert needs <= set(load_table())


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("laissez tomber la crèche", "mode_garde"),
        ("et pour le RSA quels papiers ?", "rsa_demande"),
        ("la mutuelle c'est bon", "css_sante"),
        ("le loyer on a payé", "impaye_loyer"),
        ("finalement pas besoin de vaccins", "vaccination"),
    ],
)
def test_a_need_is_named(text: str, need: str) -> None:
    assert need in shown(normalized(text), SUBJECTS)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("c'est pour ma mère", "votre mère"),
        ("pas pour moi, pour ma voisine", "votre voisine"),
        ("ma grand-mère ne peut plus se laver seule", "votre grand-mère"),
        ("je suis avec une usagère à l'espace multimédia", "la personne que vous accompagnez"),
        ("c pour mon fils", "votre fils"),
        ("non c'est pour moi", ONESELF),
        ("mon mari me frappe", None),
        ("ma fille m'a dit d'écrire", None),
        ("j'ai deux loyers de retard", None),
    ],
)
def test_for_whom(text: str, whom: str | None) -> None:
    assert beneficiary(normalized(text), BENEFICIARIES) == whom
