"""What is said in passing gets the word that fits it; what asks or tells something does not."""

import pytest

from bot.dialogue.remarks import comes_back_to_it, protests_of_sector, remark_in
from bot.directory.models import fold


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Pardon. J'écris, j'efface.", "utter_remarque_temps"),
        ("c'est pas facile à dire", "utter_remarque_temps"),
        ("Enfin, façon de parler !", "utter_remarque_image"),
        ("Je ne veux pas vous déranger", "utter_remarque_deranger"),
        ("elle vous écrira elle-même, elle a sa fierté", "utter_remarque_a_votre_rythme"),
        ("on me balade de bureau en bureau", "utter_remarque_attente"),
        ("je suis épuisée", "utter_remarque_fatigue"),
        ("c'est mon petit-fils qui m'a mis ce téléphone", "utter_remarque_premiers_pas"),
        ("je ne sais pas si j'écris au bon endroit", "utter_remarque_bon_endroit"),
        ("c'est la première fois qu'on me parle normalement", "utter_remarque_merci"),
    ],
)
def test_a_remark_gets_its_word(text: str, answer: str) -> None:
    assert remark_in(fold(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "j'efface mes données",
        "la première",
        "lundi matin",
        "mon fils a fait une bêtise",
        "mon fils m'a mis dehors",
        "j'habite à Clichy",
        "oui",
    ],
)
def test_no_remark(text: str) -> None:
    assert remark_in(fold(text)) is None


@pytest.mark.parametrize(
    "text", ["je suis à 10 min à pied de chez vous frère", "vous pouvez pas faire une exception ?", "c'est pas juste"]
)
def test_a_sector_is_protested(text: str) -> None:
    assert protests_of_sector(fold(text))


@pytest.mark.parametrize("text", ["d'accord merci", "ma mère habite Clichy", "et pour le RSA ?"])
def test_no_protest(text: str) -> None:
    assert not protests_of_sector(fold(text))


@pytest.mark.parametrize(
    "text",
    ["Et mes visites alors ?", "et pour la garde de la petite alors, on fait comment ?", "et le loyer ?"],
)
def test_a_subject_is_come_back_to(text: str) -> None:
    assert comes_back_to_it(fold(text))


@pytest.mark.parametrize("text", ["et la crèche, c'est combien ?", "et pour le loyer quels papiers ?", "mon loyer ?"])
def test_another_question_comes_back_to_nothing(text: str) -> None:
    assert not comes_back_to_it(fold(text))
