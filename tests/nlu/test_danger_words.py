"""What plain words tell of dangers: a threat or a joke, a mishap or a night outside."""

import pytest

from bot.nlu.danger_words import (
    denies_dark_thoughts,
    ill_long_ago,
    jests_of_killing,
    no_night_outside,
    roof_until_later,
    shut_out_by_mishap,
    tells_a_story,
    threatens,
    unresponsive,
)
from bot.nlu.people import names_a_partner


def test_a_threat_to_find_somebody() -> None:
    assert threatens("quand je la trouve je lui regle son compte")
    assert not threatens("je vais la trouver a la sortie de l ecole")


def test_a_roof_that_ends_later_is_no_night_outside() -> None:
    assert roof_until_later("chez un pote jusqu a dimanche")
    assert not roof_until_later("apres ca je dors dehors ce soir")


def test_a_note_that_denies_dark_thoughts() -> None:
    assert denies_dark_thoughts("mme d cql signifie ids niees ce jour")
    assert denies_dark_thoughts("pas d ids")
    assert not denies_dark_thoughts("ids niees mais ecrit qu elle veut en finir")
    assert not denies_dark_thoughts("ids verbalisees")


@pytest.mark.parametrize(
    "words",
    [
        "si je le revois il va me tuer",
        "il a dit je vais la tuer ma soeur a peur",
        "mon mari me frappe je vais le tuer un jour",
        "je vais le tuer mon proprio , je plaisante",
        "si mon voisin continue sa perceuse je le tue",
        "quand je la trouve , la bonne adresse , je vous la donne",
    ],
)
def test_a_victim_a_quotation_or_a_joke_threatens_nobody(words: str) -> None:
    assert not threatens(words)


def test_a_thing_is_killed_in_jest() -> None:
    assert jests_of_killing("je vais le tuer ce frigo il marche plus jamais")
    assert not jests_of_killing("je vais la tuer , elle a pris la voiture")


def test_a_book_hurts_nobody() -> None:
    assert tells_a_story("j ecris un polar , dans le chapitre 7 un mari etrangle sa femme")
    assert not tells_a_story("j ecris un livre et mon mari me frappe")
    assert not tells_a_story("je chuchote il est dans la piece a cote")


def test_a_key_that_broke_puts_nobody_on_the_street() -> None:
    assert shut_out_by_mishap("j attends le serrurier , j ai casse ma cle , je suis dehors sur le paillasson")
    assert not shut_out_by_mishap("mon proprio a change la serrure et casse ma cle")
    assert not shut_out_by_mishap("j ai perdu mes cles et je dors dehors ce soir")
    assert no_night_outside("on est a la rue niveau garde")
    assert not no_night_outside("on est a la rue cote clichy ce soir")


def test_a_dated_night_is_not_tonight() -> None:
    assert roof_until_later("le 3 au soir je dors ou")
    assert not roof_until_later("depuis le 3 novembre je dors dans ma voiture")


def test_an_illness_of_long_ago_calls_no_doctor() -> None:
    assert ill_long_ago("il a fait un avc a 58 ans")
    assert ill_long_ago("mon bebe ne se reveille plus la nuit")
    assert not ill_long_ago("il a eu un infarctus il y a deux heures")
    assert not ill_long_ago("il a fait un avc il y a deux ans et la maintenant il parle plus")


def test_who_does_not_wake_up_needs_a_doctor() -> None:
    assert unresponsive("maman dort depuis hier elle se reveille pas")
    assert not unresponsive("on est tout seul depuis hier , maman repond pas")


def test_a_monsieur_is_a_partner_in_notes_only() -> None:
    assert names_a_partner("vif , monsieur est ivre")
    assert not names_a_partner("le fils de mon voisin, monsieur a., 88 ans")
    assert not names_a_partner("bonjour monsieur")
    assert not names_a_partner("le monsieur est chez la dame du deuxieme")
