"""Telephone numbers, when they are asked for and only then."""

import pytest

from tests.dialogue.talk import Talk

PMI, POLE = "0 806 00 00 92", "01 47 29 30 32"


@pytest.mark.parametrize(
    "text",
    [
        "c'est quoi le numéro de la pmi",
        "je veux le téléphone de la PMI",
        "le numero pour la pmi svp",
        "vous avez le tel de la pmi ?",
        "tel de la pmi",
    ],
)
def test_the_number_of_a_service_named(talk: Talk, text: str) -> None:
    talk.says(text, "parler_humain")
    assert PMI in talk.text


def test_the_number_of_what_is_being_spoken_of(talk: Talk) -> None:
    talk.says("un vaccin", "decrire_situation", needs=["vaccination"], commune="Clichy")
    talk.says("et c'est quoi le numéro ?", "parler_humain")
    assert PMI in talk.text
    assert POLE not in talk.text


@pytest.mark.parametrize(
    "text",
    [
        "mon numéro c'est le même",
        "je prends le numéro 2",
        "le téléphone est coupé chez elle",
        "elle entend mal au téléphone",
        "je n'ai plus de téléphone",
        "j'ai oublié mon numéro de dossier",
    ],
)
def test_a_number_that_is_not_asked_for(talk: Talk, text: str) -> None:
    talk.says("un vaccin", "decrire_situation", needs=["vaccination"], commune="Clichy")
    talk.says(text, "se_confier")
    assert PMI not in talk.text
