"""A yes that comes with a slot, and what is none."""

from datetime import datetime

import pytest

from bot.clock import PARIS
from bot.dialogue.agreeing import agrees_with_it, asks_to_wait, leaves_free

AT_NINE = datetime(2026, 11, 23, 9, tzinfo=PARIS)


@pytest.mark.parametrize(
    "text",
    "le premier. oui c bon|la 3 alors. oui je confirme direct|la première, oui, parfait|la 1 oui|oui le premier"
    "|Le premier que vous proposez. Oui, réservez.|la 2, je valide|ouais la 2|la 1. oui. pas de numéro surtout"
    "|la 2 oui s'il vous plaît|la 1 oui, pas de souci|c koi la 3 deja ? bon la 2, oui|confirmez la 2".split("|"),
)
def test_a_slot_and_its_yes(text: str) -> None:
    assert agrees_with_it(text)


@pytest.mark.parametrize(
    "text",
    "ok le 1|d'accord, la première|la 2|parfait la 2|la 1, oui, mais c'est gratuit ?|la 2 oui si c'est une femme"
    "|la 2, oui ?|oui plutôt la 2|un rendez-vous lundi oui, le premier|n'importe lequel, oui|la 1 oui, enfin non"
    "|oui la 2 mais je demande d'abord à ma mère|oui peut-être la 3".split("|"),
)
def test_a_slot_whose_yes_is_still_to_come(text: str) -> None:
    assert not agrees_with_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "oui ça ira je commence à 14h ce jour-là",
        "oui j'embauche à midi",
        "oui, je dois être au boulot pour 13 h 30",
        "ok je finis à 8h",
        "oui ma nuit se termine à 7h",
    ],
)
def test_the_hour_of_a_reason_leaves_the_slot_free(text: str) -> None:
    assert leaves_free(text, AT_NINE)


@pytest.mark.parametrize(
    "text",
    [
        "oui je commence à 9h",
        "oui mais plutôt 14h",
        "oui je finis à 14h",
        "oui à 14h",
        "oui de 14h à 16h je dors",
        "oui",
    ],
)
def test_an_hour_that_takes_the_slot_or_asks_for_another(text: str) -> None:
    assert not leaves_free(text, AT_NINE)


@pytest.mark.parametrize("text", ["oui mais attendez", "ok une seconde", "oui attends", "oui mais pas tout de suite"])
def test_a_yes_put_off(text: str) -> None:
    assert asks_to_wait(text)


@pytest.mark.parametrize("text", ["oui", "oui je vous attends", "oui mon mari m'attend", "oui, j'attends un enfant"])
def test_a_yes_that_stands(text: str) -> None:
    assert not asks_to_wait(text)
