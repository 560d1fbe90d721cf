"""Which needs a short message names, and for whom it says to be."""

import pytest

from bot.directory.load import load_directory
from bot.nlu.beneficiary import ONESELF, beneficiary, load_beneficiaries
from bot.nlu.signs import shown
from bot.nlu.subjects import load_subjects, slips
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


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("refaire mon cv d adulte, pardon, mon dossier de surendettement, j habite clichy.", ("insertion_emploi",)),
        ("mon cv, oups, non, ma declaration caf", ("insertion_emploi",)),
        ("mon loyer, pardon, et mon electricite", ()),
        ("j ai perdu mon travail. pardon, je pleure. mes dettes", ()),
        ("mon mari, pardon, mon rsa", ()),
        ("pour mon cv, pardon, vous etes ouverts ?", ()),
    ],
)
def test_a_slip_is_what_the_same_sentence_puts_right(words: str, wrong: tuple[str, ...]) -> None:
    assert slips(words, load_subjects()) == wrong


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Ma mère de 84 ans est tombée deux fois", "votre mère"),
        ("mon père, 82 ans, est tombé", "votre père"),
        ("Moi je suis couvert. Mais ma mère, elle a rien du tout", "votre mère"),
        ("je dis rien mais mon mari il me frappe", None),
        ("Mon fils est autiste, AESH et AEEH c'est la même chose ?", "votre fils"),
        ("Timéo est autiste, c'est la même chose ?", None),
    ],
)
def test_whom_it_is_for_when_an_age_or_a_contrast_tells_it(text: str, whom: str | None) -> None:
    assert beneficiary(normalized(text), BENEFICIARIES) == whom
