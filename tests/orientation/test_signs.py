"""The details that choose a door, read in the words of the project's facts and in how people write."""

import pytest

from bot.nlu.signs import load_signs, shown
from bot.nlu.text import load_spellings, normalize

SIGNS, SPELLINGS = load_signs(), load_spellings()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("J'ai reçu un commandement de payer", "commandement_payer"),
        ("jai recu un commandement a payer de l'huissier", "commandement_payer"),
        ("J'ai reçu un commandement de quitter les lieux", "quitter_les_lieux"),
        ("CQL signifié le 3, famille avec 2 enfants", "quitter_les_lieux"),
        ("Je suis convoqué au tribunal pour mon loyer", "tribunal"),
        ("g une audience mardi", "tribunal"),
        ("On m'expulse demain / la police vient", "force_publique"),
        ("concours de la force publique accordé", "force_publique"),
        ("Le propriétaire a changé la serrure", "serrure"),
        ("mon proprio m'a mis dehors", "serrure"),
        ("C'est l'hiver, peut-on m'expulser ?", "treve"),
        ("Plus de lait pour mon bébé", "bebe"),
        ("on va me couper l'électricité et j'ai un bb", "bebe"),
        ("Fin de mois difficile, je cherche une épicerie", "epicerie"),
        ("J'ai été violée", "viol"),
        ("mon oncle m'a violée quand j'étais petite", "viol_ancien"),
        ("on m'a violée il y a vingt ans", "viol_ancien"),
        ("Je veux partir mais je n'ai pas d'argent", "partir_sans_argent"),
        ("Mon père est maltraité par son aidant", "maltraitance_age"),
        ("Mon enfant est harcelé / photos en ligne", "harcelement"),
        ("C'est qui mon référent RSA ?", "rsa_referent"),
        ("Je suis obligé de faire 15 heures ?", "rsa_heures"),
        ("On m'a coupé le RSA", "rsa_coupe"),
        ("Enceinte de 5 mois, jamais vu de médecin", "jamais_vu"),
        ("Pilule du lendemain", "contraception_urgence"),
        ("préservatif craqué", "contraception_urgence"),
        ("Je suis aidant, je suis épuisé", "aidant"),
    ],
)
def test_a_detail_is_read(text: str, sign: str) -> None:
    assert sign in shown(normalize(text, SPELLINGS), SIGNS)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("on m'a violée il y a deux jours", "viol_ancien"),
        ("j'ai deux loyers de retard", "commandement_payer"),
        ("je suis expulsé vendredi", "quitter_les_lieux"),
        ("j'ai changé de travail", "serrure"),
        ("je cherche un colis alimentaire", "treve"),
        ("je suis enceinte de 2 mois", "jamais_vu"),
        ("je n'ai rien à manger", "bebe"),
        ("je voudrais demander le RSA", "rsa_coupe"),
    ],
)
def test_a_detail_that_is_not_there_is_not_read(text: str, sign: str) -> None:
    assert sign not in shown(normalize(text, SPELLINGS), SIGNS)
