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
