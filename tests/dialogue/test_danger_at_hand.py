"""A danger that is known and is no emergency: its number stands beside what was not understood."""

import pytest

from tests.dialogue.talk import Talk

NUMBER = {"violence_conjugale": "3919", "violence_familiale": "3977", "enfance_danger": "119"}


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("need", NUMBER)
def test_a_message_not_understood_recalls_the_number(talk: Talk, need: str, channel: str) -> None:
    talk.channel = channel
    talk.says("…", "decrire_situation", needs=[need], urgency="soon", commune="Clichy")
    talk.says("mon directeur me dit d'attendre")
    assert NUMBER[need] in talk.texts[0]


def test_other_needs_recall_no_number(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["impaye_loyer"], commune="Clichy").says("et voilà")
    assert not set(NUMBER.values()) & set(talk.text.split())


def test_anger_in_an_emergency_is_heard_and_gets_its_number(talk: Talk) -> None:
    talk.says(
        "je dors dehors",
        "decrire_situation",
        needs=["hebergement_urgence"],
        urgency="emergency",
        emergency_kind="shelter",
    )
    talk.says("votre 115 décroche pas, votre truc c'est de la merde", "insulter")
    assert "colère se comprend" in talk.text and "115" in talk.text


def test_a_town_told_with_a_new_need_tells_the_new_doors_by_text_message(sms: Talk) -> None:
    """The doors told before are the same in that town: they leave their room to the new ones."""
    sms.says("…", "decrire_situation", needs=["ase_suivi"])
    sms.says("Clichy. la caravane passe quand ?", "decrire_situation", needs=["caravane_solidaire"], commune="Clichy")
    assert "caravane" in sms.sms and "aide sociale" not in sms.sms


@pytest.mark.parametrize(
    "text",
    [
        "il va mentendre si jappelle",
        "elle m'entendrait",
        "je dois pas faire de bruit",
        "les murs sont fins",
        "il entend tout",
    ],
)
def test_who_would_be_overheard_gets_the_silent_number_first(talk: Talk, text: str) -> None:
    talk.says("…", "decrire_situation", needs=["enfance_danger"], urgency="emergency", emergency_kind="child")
    talk.says(text)
    assert talk.texts[0].startswith("Sans parler : envoyez un SMS au 114")


def test_who_is_not_heard_by_the_line_is_not_told_to_be_silent(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["enfance_danger"], urgency="emergency", emergency_kind="child")
    talk.says("on m'entend pas")
    assert "Sans parler" not in talk.text


def test_who_fears_to_bother_in_an_emergency_is_told_the_number_again(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["consultation_enfant"], urgency="emergency", emergency_kind="medical")
    talk.says(
        "vous êtes sûr ? je ne veux pas déranger pour rien", "avoir_honte", words="je ne veux pas deranger pour rien"
    )
    assert "15" in talk.texts[0] and "honte" not in talk.text
