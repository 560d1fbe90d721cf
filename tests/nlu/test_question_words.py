"""A usual question hardly heard is believed only when one of its words stands in the message."""

import pytest

from bot.nlu.question_words import fits


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("info_sans_rdv", "faut il qu un medecin atteste de son etat ?"),
        ("info_adresse", "c est a quelle frequence, la pesee ?"),
        ("info_papiers", "et faut etre a jeun ?"),
        ("info_accueil", "c est forcement un examen ?"),
        ("info_cout", "ils vont me payer le retard ou c est perdu"),
        ("info_cout", "y a une aide en argent pour les jeunes ?"),
        ("info_duree", "il faut combien de seances ?"),
        ("info_accompagnant", "son pere doit il etre d accord ?"),
    ],
)
def test_another_question_in_the_same_shape(question: str, words: str) -> None:
    assert not fits(question, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("info_sans_rdv", "faut il un rendez vous ?"),
        ("info_adresse", "c est ou ?"),
        ("info_papiers", "j amene quoi ?"),
        ("info_accueil", "qui me recoit ?"),
        ("info_cout", "ca coute combien ?"),
        ("info_duree", "c est long ?"),
        ("info_accompagnant", "je peux venir avec elle ?"),
        ("confidentialite", "et apres ?"),
    ],
)
def test_the_question_itself(question: str, words: str) -> None:
    assert fits(question, words)
