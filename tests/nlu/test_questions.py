"""The questions that everybody asks in much the same words are heard wherever they stand."""

import pytest

from bot.nlu.questions import asked_in_words, load_wordings
from bot.nlu.text import load_spellings, normalize

WORDINGS, SPELLINGS = load_wordings(), load_spellings()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("attendez avant que je choisisse, c'est combien ? le pédiatre c'était déjà 60", ("info_cout",)),
        ("oui. je dois apporter quoi", ("info_papiers",)),
        ("qu'est-ce que j'apporte, le jugement ?", ("info_papiers",)),
        ("Et le papa peut venir quand même ?", ("info_accompagnant",)),
        ("la 2. je peux venir avec ma soeur ?", ("info_accompagnant",)),
        ("comment j'enlève cette conversation", ("confidentialite",)),
        ("mes daron recoive un truc ? g 16 ans", ("info_signalement",)),
        ("On va me le retirer si je viens ?", ("info_signalement",)),
        ("saura-t-elle que c'est moi ?", ("info_signalement",)),
        ("Puis-je donc attendre le printemps avant de m'en soucier ?", ("fact:treve-hivernale",)),
        ("moi pas papier france c probleme?", ("info_sans_papiers",)),
        ("et voila. un num. t un robot en vrai ?", ("qui_es_tu",)),
        ("j'ai pas de papiers. vous êtes ouverts samedi ?", ("info_horaires",)),
    ],
)
def test_asked(text: str, acts: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS) == acts


@pytest.mark.parametrize(
    "text",
    [
        "le loyer est trop cher pour nous",
        "ils m'ont pris mes enfants en mars",
        "je n'ai pas de papiers",
        "je peux venir avec mon ordinateur ?",
        "mon mari est venu avec moi",
        "il faut payer le loyer avant lundi",
        "la caf a suspendu mes droits",
        "oui la 2",
    ],
)
def test_not_asked(text: str) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS) == ()
