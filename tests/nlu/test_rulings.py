"""What plain words decide of a reading, whatever the model believes (needs.md, "Rulings")."""

import pytest

from bot.nlu.rulings import roof_until_later, ruled, ruled_out, threatens

CHANCES = dict.fromkeys(("expulsion", "impaye_loyer", "domiciliation"), 0.5)


@pytest.mark.parametrize(
    ("needs", "words", "left"),
    [
        (["expulsion", "impaye_loyer"], "je dois deux mois de loyer", ["impaye_loyer"]),
        (["expulsion"], "il a change la serrure je lui dois un mois", ["expulsion", "impaye_loyer"]),
        (["violence_conjugale", "violence_familiale"], "mon frere me tape", ["violence_familiale"]),
        (
            ["violence_conjugale", "violence_familiale"],
            "mon mari et mon frere",
            ["violence_conjugale", "violence_familiale"],
        ),
        (["parentalite"], "je lui ai mis une gifle", ["enfance_danger", "parentalite"]),
        (["rsa_suivi"], "rsa coupe et plus d adresse", ["rsa_suivi", "domiciliation"]),
        (["rsa_suivi"], "je n ai pas d adresse mail", ["rsa_suivi"]),
        (["ivg", "grossesse_suivi"], "test positif", ["grossesse_suivi"]),
        (["ivg", "grossesse_suivi"], "je sais pas si je le garde", ["ivg"]),
    ],
)
def test_a_ruling(needs: list[str], words: str, left: list[str]) -> None:
    assert ruled(needs, CHANCES, words, ()) == left


def test_a_pupil_sent_away_is_not_evicted() -> None:
    assert ruled_out("mon fils est expulse trois jours de son college") == {"expulsion"}
    assert ruled_out("on nous expulse de notre logement pres de l ecole") == set()


def test_a_threat_to_find_somebody() -> None:
    assert threatens("quand je la trouve je lui regle son compte")
    assert not threatens("je vais la trouver a la sortie de l ecole")


def test_a_roof_that_ends_later_is_no_night_outside() -> None:
    assert roof_until_later("chez un pote jusqu a dimanche")
    assert not roof_until_later("apres ca je dors dehors ce soir")
