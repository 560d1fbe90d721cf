"""A name and a number that were asked for, and are kept."""

import pytest

from bot.dialogue.withheld import withholds_contact, without_contact
from bot.directory.models import fold


@pytest.mark.parametrize(
    "text",
    "pas de téléphone, le mien est noyé|ni nom ni tel merci|je donne rien|Prénom oui, téléphone non"
    "|Françoise. Quant au téléphone, je préfère m'abstenir|Sandrine. Pour le tél, plus tard."
    "|Quant à mon nom et mon téléphone : non.|M. ne souhaite pas laisser d'identité"
    "|pa de tel dsl cé celui de ma bel mere|jdonne ni mon blaze ni mon 06|Ne pas noter l'identité de Mme"
    "|elle sappelle Deolinda. le tel non elle repond jamais|je préfère rester anonyme".split("|"),
)
def test_what_is_kept(text: str) -> None:
    assert withholds_contact(fold(text))


@pytest.mark.parametrize(
    "text",
    "Karima, 06 12 34 56 78|oui|c'est Marie|mon numéro c'est le 06 12 34 56 78, pas le soir|j'apporte quoi ?".split(
        "|"
    ),
)
def test_what_is_given_or_not_spoken_of(text: str) -> None:
    assert not withholds_contact(fold(text))


def test_a_yes_is_read_without_them() -> None:
    assert "non" not in without_contact("Quant à mon nom et mon téléphone : non.")
    assert "mardi" in without_contact("plutôt mardi, et pas de téléphone")
