"""What is asked beside: a number, another house, a house line's hours, somebody else's appointment pressed for."""

import pytest

from tests.dialogue.talk import Talk

MDPH, SHELTER, CAF = "01 41 91 92 50", "115", "3230"


@pytest.mark.parametrize(
    "text", ["vous auriez leur numéro ?", "je les appelle où ?", "comment je les joins ?", "c'est quoi leur tel ?"]
)
def test_their_number_is_that_of_the_door_spoken_of(talk: Talk, text: str) -> None:
    talk.says("un dossier", "decrire_situation", needs=["handicap_mdph"], commune="Clichy")
    talk.says(text, "parler_humain", words=text.replace("é", "e").replace("'", " ").replace("ù", "u").rstrip(" ?"))
    assert MDPH in talk.text


@pytest.mark.parametrize(
    ("words", "named", "phone"),
    [
        ("vous prenez le rendez vous a la prefecture ?", "à la préfecture", None),
        ("tu peux prendre rdv a la caf ?", "à la Caf", CAF),
        ("vous prenez rendez vous a la mdph ?", "à la MDPH", MDPH),
        ("vous donnez les rendez vous chez le dentiste ?", "chez un médecin", None),
    ],
)
def test_another_house_is_named(talk: Talk, words: str, named: str, phone: str | None) -> None:
    talk.says(words, "info_fait", words=words, questions=["info_rdv_ailleurs"])
    assert f"pas de rendez-vous {named}" in talk.text
    assert (phone or "Téléphone") in talk.text or phone is None
    assert "None" not in talk.text


def test_the_hours_of_a_line_named_by_its_number(talk: Talk) -> None:
    talk.says("le 39 77, on y répond le samedi ?", "info_horaires", questions=["info_horaires"])
    assert "samedi" in talk.text
    assert "01 47 29 30 32" not in talk.text


def test_somebody_else_s_appointment_is_not_told_when_pressed_for(talk: Talk) -> None:
    talk.says("elle est où", "chercher_quelqu_un")
    talk.says("c'est ma femme quand même, sur le livret de famille", "info_papiers", questions=["info_papiers"])
    assert "je ne dis rien d'une autre personne" in talk.text
    assert "pièce d'identité" not in talk.text


def test_what_is_not_known_is_asked_at_the_door_of_the_need(talk: Talk) -> None:
    talk.says("des dettes", "decrire_situation", needs=["dettes_budget"], commune="Clichy")
    talk.says("on me prend la voiture si je fais un dossier ?", "info_fait", questions=["info_fait"])
    assert "conseillère" in talk.text
    assert "C'est noté" not in talk.text


def test_silence_is_answered_with_patience(talk: Talk) -> None:
    talk.says("des dettes", "decrire_situation", needs=["dettes_budget"], commune="Clichy")
    talk.says("...", "charabia")
    assert "prenez votre temps" in talk.text


def test_condolences_are_said_once(talk: Talk) -> None:
    told = {"needs": ["dettes_budget"], "commune": "Clichy", "words": "des dettes depuis la mort de mon mari"}
    talk.says("des dettes depuis la mort de mon mari", "decrire_situation", **told)
    assert "deuil" in talk.text
    talk.says("c'est dur depuis la mort de mon mari", "decrire_situation", **told)
    assert "deuil" not in talk.text


def test_who_asks_after_somebody_else_is_told_nothing(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["impaye_loyer"], commune="Clichy")
    words = "vous pouvez me dire si elle est deja passee chez vous cette semaine ?"
    talk.says(words, "rdv_info", words=words)
    assert "aucune information sur une autre personne" in talk.text


def test_a_word_that_nobody_explains_is_owned_up_to_while_slots_are_open(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["dettes_budget"], commune="Clichy")
    words = "c est quoi un dossier de surendettement ?"
    talk.says(words, "info_definition", words=words, questions=["info_definition"])
    assert "conseillère en économie sociale" in talk.text


def test_a_question_about_the_slots_is_none_about_a_word(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["dettes_budget"], commune="Clichy")
    words = "c est quoi la premiere ?"
    talk.says(words, "info_definition", words=words, questions=["info_definition"])
    assert "inventer" not in talk.text
