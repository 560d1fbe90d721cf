"""The two steps of the model, learned from a few examples of the real data: small, quick, and for what holds whatever
the size. How well the whole model reads is measured by `make evaluate`."""

import pytest

from bot.nlu.labels import labels_of
from bot.nlu.needs import NeedsModel, Settings, learn
from bot.nlu.text import load_spellings, normalize
from tests.nlu.examples import TRAINING, examples

SETTINGS = Settings(features=("words", "pieces", "sounds", "ideas"), seed=7)
SPELLINGS = load_spellings()
SOME = [
    (normalize(example.text, SPELLINGS), labels_of(example.intent, example.metadata))
    for example in list(examples(*TRAINING))[::12]
]

ASKING = [
    (normalize(example.text, SPELLINGS), example.metadata.get("fact"))
    for example in examples(*TRAINING)
    if example.intent == "info_fait"
]


@pytest.fixture(scope="module")
def model() -> NeedsModel:
    return learn(SOME, SETTINGS, ASKING)


def test_every_label_has_a_probability(model: NeedsModel) -> None:
    chances = model.probabilities("j ai recu un commandement de payer", ())
    assert set(chances) == {label for _, carried in SOME for label in carried}
    assert all(0 <= chance <= 1 for chance in chances.values())


def test_a_need_drowned_in_a_story_is_found_in_its_part(model: NeedsModel) -> None:
    story = (
        "nous sommes arrives en 2009 et mon mari travaillait sur les chantiers, le dimanche on allait au parc, "
        "les voisins etaient gentils, la vie etait belle, j ai recu un commandement de quitter les lieux, "
        "ma fille dessine beaucoup, elle aime les chevaux et la mer, voila je vous raconte tout cela"
    )
    assert model.probabilities(story, ())["expulsion"] > 0.3


def test_a_rule_that_rings_raises_the_chance(model: NeedsModel) -> None:
    text = "je suis dans la salle de bain il est la"
    kind = "urgence:violence"
    assert model.probabilities(text, ("violence",))[kind] >= model.probabilities(text, ())[kind]


def test_learning_twice_gives_the_same_probabilities(model: NeedsModel) -> None:
    again = learn(SOME, SETTINGS, ASKING)
    for text, _ in SOME[::40]:
        assert again.probabilities(text, ()) == model.probabilities(text, ())


def test_a_precise_question_finds_its_fact(model: NeedsModel) -> None:
    assert model.ranked_facts("est ce que le 119 est anonyme")[0][0] == "appel-119"
