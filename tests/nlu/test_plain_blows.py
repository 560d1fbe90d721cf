"""Blows told in the plainest words."""

import pytest

from bot.nlu.plain_blows import blows_told


@pytest.mark.parametrize(
    ("words", "signs", "code"),
    [
        ("ma copine se fait frapper par son mec elle peut appeler qui", (), "violence_conjugale"),
        ("je me fais taper dessus par mon mari", (), "violence_conjugale"),
        ("ma voisine se fait tout le temps cogner par son ex", (), "violence_conjugale"),
        ("ma mere se fait taper par mon oncle je peux appeler qui", (), "violence_familiale"),
        ("mon pere m a encore mis une droite j ai 15 ans", ("mineur_seul",), "enfance_danger"),
        ("ma mere me met des claques tous les jours", ("mineur_seul",), "enfance_danger"),
        ("mes parents m ont mis une raclee j ai 20 ans", (), "violence_familiale"),
    ],
)
def test_plain_words_tell_whose_blows_they_are(words: str, signs: tuple[str, ...], code: str) -> None:
    assert blows_told(words, signs) == {code}


@pytest.mark.parametrize(
    "words",
    [
        "elle se fait pas frapper par son mari",
        "je me faisais frapper par mon ex en 2009",
        "mon fils se fait battre par son frere aux echecs",
        "je me fais taper sur les doigts par la caf",
        "ma mere m a donne un coup de main",
        "mon pere m a mis une couverture",
        "il se fait frapper par la grele",
    ],
)
def test_other_words_tell_no_blow(words: str) -> None:
    assert blows_told(words, ()) == frozenset()
