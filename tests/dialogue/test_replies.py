"""A yes, a no, "it is settled", a near date on a paper: read in the words of the message."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.deadlines import near_deadline
from bot.dialogue.replies import keeps_it, only_thanks, puts_off, says_no, says_settled, says_yes, takes_back_yes
from tests.conftest import MONDAY_MORNING

NOW = datetime.fromisoformat(MONDAY_MORNING)


@pytest.mark.parametrize(
    "text",
    "oui|OUI !|ouais vas-y|ok pour ça|bah oui|👍|c'est bien cela|nickel|tout à fait|ouais vasi|vazy|banco|entendu"
    "|en fait oui annule le".split("|"),
)
def test_a_yes(text: str) -> None:
    assert says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize("text", ["non", "nan merci", "nn pas la peine", "bah non", "finalement non", "👎"])
def test_a_no(text: str) -> None:
    assert says_no(text)
    assert not says_yes(text)


@pytest.mark.parametrize("text", ["je suis enceinte", "nous sommes quatre", "le 2", "oublié"])
def test_neither(text: str) -> None:
    assert not says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "non ça c'est réglé",
        "laissez tomber la crèche",
        "le loyer c'est bon",
        "oubliez le rsa",
        "pour le mot de passe laissez tomber",
    ],
)
def test_settled(text: str) -> None:
    assert says_settled(text)


@pytest.mark.parametrize(("text", "taken_back"), [("oui enfin non", True), ("oui. joli, non ?", False)])
def test_a_yes_taken_back(text: str, taken_back: bool) -> None:
    assert takes_back_yes(text) is taken_back


@pytest.mark.parametrize(
    "text",
    [
        "Non. Pas maintenant. Plus tard peut-être.",
        "Mmh non, mon mari dit qu'on attend la réponse du bailleur lundi. On laisse pour l'instant.",
        "je verrai",
        "une autre fois",
        "je vais voir avec mon mari",
        "on va réfléchir",
        "pas tout de suite",
        "ne réservez rien",
        "faut que je réfléchisse",
    ],
)
def test_put_off(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize(
    "text",
    ["pas maintenant, jeudi plutôt", "je voudrais voir quelqu'un", "on laisse la 2, la 3", "plus tard dans la journée"],
)
def test_not_put_off(text: str) -> None:
    assert not puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Je pourrais le déplacer ? Non, oubliez, on garde celui-là.",
        "Non laissez, elle gardera le petit, je garde lundi finalement",
        "non laissez tomber",
        "ne changez rien",
        "on laisse comme ça",
        "gardez le rdv de lundi",
        "laissez-le comme prévu",
        "je garde mon rendez-vous",
    ],
)
def test_what_stands_is_kept(text: str) -> None:
    assert keeps_it(text)


@pytest.mark.parametrize("text", ["je garde mon neveu mardi", "oui", "mardi plutôt", "la 2", "je reste chez ma mère"])
def test_nothing_is_kept(text: str) -> None:
    assert not keeps_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "je n'arrive plus à payer",
        "on me coupe l'électricité mercredi",
        "ça ne va pas",
        "j'ai oublié ce que vous avez dit pour la mutuelle",
    ],
)
def test_not_settled(text: str) -> None:
    assert not says_settled(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("c'est marqué avant le 28 novembre", True),
        ("le délai c'est jusqu'au 25/11", True),
        ("c'est écrit le 20 décembre", False),
        ("mercredi 25 à 10h", False),
        ("je ne sais pas", False),
    ],
)
def test_a_near_date_on_a_paper(text: str, near: bool) -> None:
    assert near_deadline(text, NOW) is near


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert not (says_yes(text) and says_no(text))
    near_deadline(text, NOW)
    says_settled(text)


@pytest.mark.parametrize(
    "text",
    [
        "je réfléchis et je reviens demain",
        "Je vais d'abord en parler à mon épouse. Je vous remercie.",
        "on en discute avec mon mari et je reviens",
        "je vous redis",
        "Super… Merci quand même",
        "ok je vais réfléchir bizz",
        "Je verrai avec lui, merci, pas aujourd'hui",
        "elle vous écrira elle-même, elle a sa fierté",
    ],
)
def test_thinking_it_over_puts_off(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "je parle à qui ?",
        "je veux parler à quelqu'un",
        "je dois en parler à ma référente, la 2",
        "mardi, je vous remercie",
        "je reviens de l'hôpital, mardi plutôt",
        "je reviens lundi",
        "pas aujourd'hui, jeudi",
        "elle viendra lundi",
    ],
)
def test_what_is_said_while_choosing_puts_nothing_off(text: str) -> None:
    assert not puts_off(text)


@pytest.mark.parametrize(
    "text", ["merci", "ok merci bcp", "Merci beaucoup madame", "merci. c la 1ère fois qu'on me parle normalement"]
)
def test_thanks_and_nothing_else(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text", ["merci, la 2", "oui merci", "merci. lundi alors", "merci de me rappeler", "ok", "..."]
)
def test_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)
