"""Where one lives, a greeting, thanks: they take nothing away from what one needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.load import load_directory
from bot.nlu.asides import load_asides
from bot.nlu.communes import commune_names

ASIDES = load_asides()
TOWNS = sorted(filter(str.isascii, commune_names(load_directory())))
SAID = [
    "{need}, j habite {town}",
    "{need}. {town}",
    "bonjour, j habite a {town} et {need}",
    "{need} et on vit a {town}, merci d avance",
    "bonsoir madame {need} svp",
]


@given(st.sampled_from(TOWNS), st.sampled_from(SAID))
def test_what_is_said_beside_any_aside_is_left_as_it_is_alone(town: str, said: str) -> None:
    left = ASIDES.removed_from(said.format(need="j ai plein de dettes", town=town))
    assert left.removeprefix("et ").rstrip(". ") == "j ai plein de dettes"


@pytest.mark.parametrize(
    "text",
    [
        "j habite clichy",
        "clichy",
        "bonjour, levallois",
        "bonjour",
        "merci beaucoup",
        "non merci",
        "moi j habite a levallois",
        "ah non, a saint ouen",
        "je n habite pas clichy mais j y travaille",
        "il vous faut la preuve que j habite a levallois ?",
        "c est ou la mission locale quand on habite levallois",
        "ma mere vit seule a clichy et elle tombe souvent",
        "il m a dit merci et il est parti",
    ],
)
def test_what_the_message_is_about_stays(text: str) -> None:
    assert ASIDES.removed_from(text) == text


def test_what_follows_the_town_stays() -> None:
    text = "on habite a clichy sous bois depuis trois ans dans un taudis"
    assert ASIDES.removed_from(text) == "depuis trois ans dans un taudis"
