"""How near, how old or how earnest a danger is, by its words."""

from collections.abc import Callable

import pytest

from bot.nlu.danger_degrees import (
    bleeds_in_the_heart,
    blows_are_past,
    fever_of_a_newborn,
    flees_tonight,
    holds_by_a_thread,
    jokes_of_death,
    means_to_die,
    out_within_days,
    weeps_after_birth,
)


@pytest.mark.parametrize(
    ("decided", "words", "so"),
    [
        (out_within_days, "si vous faites rien le 16 je dors dehors", True),
        (out_within_days, "vendredi je suis a la rue", True),
        (out_within_days, "le 16 on nous a mis dehors et depuis on dort dans la voiture", False),
        (out_within_days, "ce soir je dors dehors", False),
        (out_within_days, "mon bail finit dans 6 mois apres je pars", False),
        (holds_by_a_thread, "sobre depuis 8 mois mais je tiens a un fil", True),
        (holds_by_a_thread, "mon contrat tient a un fil", False),
        (weeps_after_birth, "je pleure tous les jours depuis que la petite est nee", True),
        (weeps_after_birth, "mon bebe de 3 mois pleure toute la nuit", False),
        (fever_of_a_newborn, "bebe de 5 semaines a 38,7", True),
        (fever_of_a_newborn, "la petite a 2 mois et pas de fievre", False),
        (fever_of_a_newborn, "mon fils de 40 jours pese 4 kilos", False),
        (means_to_die, "je vais sauter du pont mdr, non mais serieux j y pense", True),
        (means_to_die, "serieux j y pense depuis longtemps a apprendre le francais", False),
        (jokes_of_death, "j ai envie de mourir de rire", True),
        (jokes_of_death, "adieu et merci, a jeudi", True),
        (jokes_of_death, "le moteur m a coute un bras, novembre risque de sauter aussi", True),
        (jokes_of_death, "je vais sauter, ca m a coute un bras", False),
        (jokes_of_death, "adieu et merci pour tout", False),
        (jokes_of_death, "adieu, embrassez mes enfants lundi", False),
        (bleeds_in_the_heart, "j ai le coeur qui saigne", True),
        (bleeds_in_the_heart, "je saigne beaucoup", False),
        (blows_are_past, "il y a 5 ans mon ex me battait, aujourd hui je cherche un psy", True),
        (blows_are_past, "il y a 5 ans il me battait, hier il est revenu", False),
    ],
)
def test_dangers_and_their_looks_alike(decided: Callable[[str], bool], words: str, so: bool) -> None:
    assert decided(words) is so


def test_leaving_a_violent_home_tonight_needs_the_violence() -> None:
    leaving = "je veux partir de la maison cette nuit avec le petit"
    assert flees_tonight(leaving, 0.9)
    assert not flees_tonight(leaving, 0.1)
