import pytest

from bot.directory.load import load_directory
from bot.nlu.communes import CommuneFinder, commune_names

FINDER = CommuneFinder(commune_names(load_directory()))


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("j'habite Clichy", "Clichy"),
        ("je suis à clichi", "Clichy"),
        ("92110", "Clichy"),
        ("levalois", "Levallois-Perret"),
        ("LEVALLOIS PERRET", "Levallois-Perret"),
        ("92300 svp", "Levallois-Perret"),
        ("j'habite Clichy-sous-Bois", "Clichy-sous-Bois"),
        ("clichy sous bois", "Clichy-sous-Bois"),
        ("vers la place de Clichy", "Paris"),
        ("métro Porte de Clichy", "Paris"),
        ("je suis d'asnieres", "Asnières-sur-Seine"),
        ("issy", "Issy-les-Moulineaux"),
        ("je travaille à Paris mais j'habite Levallois", "Levallois-Perret"),
        ("я живу в Клиши", "Clichy"),
        ("c'est un cliché", None),
        ("je cherche un logement", None),
    ],
)
def test_the_commune_of_a_message(text: str, commune: str | None) -> None:
    assert FINDER.find(text) == commune
