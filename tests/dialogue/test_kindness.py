"""A word for a death or an apology; thanks that are none; a statement that no question answers."""

import pytest

from actions.answers import may_ask
from bot.dialogue.kindness import apologises, grieves, kind_word, thanks_bitterly
from bot.dialogue.professionals import writes_as_professional
from bot.directory.models import fold
from bot.nlu.understand import erases


@pytest.mark.parametrize(
    "text",
    [
        "lundi j'enterre mon tonton",
        "J'ai perdu mon mari le 3 mars",
        "ma mère vient de mourir",
        "je ne peux pas, c'est l'enterrement de mon collègue",
        "depuis la mort de mon père on ne s'en sort plus",
    ],
)
def test_grief_is_heard(text: str) -> None:
    assert grieves(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "j'ai perdu mon emploi",
        "je suis mort de fatigue",
        "mon père est mort il y a vingt ans",
        "j'ai perdu ma carte Vitale",
    ],
)
def test_no_grief(text: str) -> None:
    assert not grieves(fold(text))


def test_an_apology_is_for_a_manner() -> None:
    assert apologises(fold("dsl pr les guignols, chui a bout"))
    assert apologises(fold("Bon. Je m'emporte."))
    assert not apologises(fold("désolée, la 2 plutôt"))
    assert not apologises(fold("pardon, j'habite à Levallois"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("j'ai honte, je suis veuf", "utter_condoleances"),
        ("annule. jai trop la honte de montrer mes releves", "utter_mot_honte"),
        ("me jugez pas svp", "utter_mot_juge"),
        ("pardon. je suis juste stressé", "utter_excuses"),
        ("j'ai pas honte", None),
        ("vous devriez avoir honte", None),
        ("pardon, lundi plutôt", None),
    ],
)
def test_the_word_that_comes_first(text: str, word: str | None) -> None:
    assert kind_word(fold(text).replace("jai", "j ai")) == word


def test_bitter_thanks() -> None:
    assert thanks_bitterly(fold("ah ben bravo, merci"))
    assert thanks_bitterly(fold("merci pour rien"))
    assert not thanks_bitterly(fold("merci quand même, vous êtes aimable"))
    assert not thanks_bitterly(fold("bravo à vous, merci"))


@pytest.mark.parametrize(
    "text", ["mme k., clichy, cql signifié le 12/11", "je suis assistante sociale", "Bjr, collègue du CCAS"]
)
def test_a_professional_writes(text: str) -> None:
    assert writes_as_professional(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "mon assistante sociale m'a dit de venir",
        "je suis suivie par une AS",
        "je suis avec mme k., elle pleure",
        "bonsoir, asso de quartier. mme k. : vif par conjoint. resume svp je lui lis a voix haute",
    ],
)
def test_a_resident_writes(text: str) -> None:
    assert not writes_as_professional(fold(text))


@pytest.mark.parametrize("text", ["ok merci. effacer", "efface tout stp", "effacez la conversation"])
def test_erased_at_once(text: str) -> None:
    assert erases(text)


@pytest.mark.parametrize("text", ["comment effacer ?", "il efface mes messages", "n'efface rien", "oui la 2"])
def test_not_erased(text: str) -> None:
    assert not erases(text)


def test_a_statement_is_no_question() -> None:
    assert not may_ask("Merci. Je rappellerai lundi entre deux trains.")
    assert may_ask("ya pas une aide")
    assert may_ask("Avez-vous un bureau")
