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


@pytest.mark.parametrize(
    ("text", "about", "acts"),
    [
        ("c'est obligatoire le vaccin méningite ?", (), ("fact:vaccins-obligatoires",)),
        ("est ce que c'est obligatoire celui la", ("vaccination",), ("fact:vaccins-obligatoires",)),
        ("ya quoi comme condition", ("domiciliation",), ("fact:domiciliation-conditions",)),
        ("ya quoi comme condition", ("vaccination",), ()),
        ("115 c'est pour les clochards non ?", (), ("fact:numero-115-qui",)),
        ("le 115 décroche pas", (), ("fact:numero-115-sature",)),
        ("le rsa a 20 ans on la ou pas", ("rsa_demande",), ("fact:rsa-conditions",)),
        ("c combien de semaine max", ("ivg",), ("fact:ivg-delai",)),
        ("c combien de semaine max", (), ()),
        ("et la MDPH j'y vais ou j'appelle", (), ("fact:mdph-joindre",)),
        ("Faut-il être dans la gêne pour y prétendre ?", (), ("fact:apa-conditions",)),
        ("Viendrait-on constater son état à domicile ?", ("perte_autonomie",), ("fact:apa-comment",)),
        ("mon compagnon lit mes messages", (), ("fact:effacer-traces",)),
        ("si j'appelle ça se voit sur la facture ?", (), ("fact:appel-119", "fact:appel-3919")),
        (
            "Une assistante maternelle, comment savoir si elle est agréée ?",
            ("mode_garde",),
            ("fact:assistante-maternelle",),
        ),
        ("Je préviens qui si elle recommence ?", (), ("fact:si-ca-recommence",)),
        ("c cher ? la pharmacienne va appeler mes parents ?", ("contraception",), ("info_cout", "info_signalement")),
        ("ma mere elle me tue si elle sait", ("contraception",), ("info_signalement",)),
        ("Et la cantine de la grande, c'est vous ?", ("mode_garde",), ("info_mairie",)),
        ("Vous faites les passeports", (), ("info_mairie",)),
        ("C'est accessible ?", (), ("info_adresse",)),
        ("Je peux rester anonyme ?", (), ("confidentialite",)),
    ],
)
def test_asked_of_what_is_spoken_of(text: str, about: tuple[str, ...], acts: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS, about) == acts


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("j'habite Levallois, c'est écrit sur ma facture", ()),
        ("vaccin rage chiot pour aller en Italie ?", ()),
        ("comment demander la carte de stationnement ?", ("handicap_mdph",)),
        ("il ne dit rien, il regarde", ("violence_conjugale",)),
        ("norme APA septième édition, comment citer une page ?", ()),
        ("ma fille peut appeler à ma place ?", ()),
        ("il a pris mon passeport", ("violence_conjugale",)),
    ],
)
def test_not_asked_of_what_is_spoken_of(text: str, about: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS, about) == ()


def test_words_that_ask_only_of_a_need_say_of_which() -> None:
    assert [act for act, words in WORDINGS.items() if bool(words.needs) < bool(words.known.pattern != "(?!)")] == []
