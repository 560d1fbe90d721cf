import pytest

from bot.nlu.emergency import doubted, heard, load_alarms
from bot.nlu.text import load_spellings, normalize

ALARMS = load_alarms()
SPELLINGS = load_spellings()


def _heard(text: str) -> tuple[str, ...]:
    return heard(normalize(text, SPELLINGS), ALARMS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mon mari me frappe", "violence"),
        ("il va me tuer s'il me trouve", "violence"),
        ("mon père me tape tous les soirs", "child"),
        ("jai envie de mourir", "suicide"),
        ("J'AI PLUS ENVIE DE VIVRE", "suicide"),
        ("je perds du sang et je suis enceinte", "medical"),
        ("le bébé respire mal", "medical"),
        ("on dort dans la voiture", "shelter"),
        ("je sais pas ou dormir ce soir avec mes enfants", "shelter"),
        ("ça fait 3 mois que je paie plus. on m'a coupé l'eau. et ce soir mon mari me frappe", "violence"),
    ],
)
def test_an_emergency_is_heard(text: str, kind: str) -> None:
    assert kind in _heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "je meurs de faim mdr",
        "il me tue avec ses blagues",
        "je veux en finir avec les dettes",
        "quand j'étais petite mon père me frappait",
        "il y a dix ans j'ai dormi dehors",
        "plus de saignement, pas de contractions",
        "je cherche une crèche à Clichy",
        "dans la série son mari la frappe",
    ],
)
def test_what_is_over_figurative_or_denied_rings_nothing(text: str) -> None:
    assert _heard(text) == ()


def test_calm_words_silence_their_own_clause_only() -> None:
    assert "violence" in _heard("il y a dix ans il était gentil. maintenant il me frappe")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("il me fait peur quand il rentre", "violence"),
        ("la petite a encore un bleu", "child"),
        ("à quoi bon continuer", "suicide"),
        ("ma mère parle bizarrement depuis ce matin", "medical"),
        ("je ne sais pas où aller", "shelter"),
    ],
)
def test_words_that_ring_nothing_may_still_make_one_ask(text: str, kind: str) -> None:
    assert kind in doubted(normalize(text, SPELLINGS), ALARMS) and _heard(text) == ()


@pytest.mark.parametrize("text", ["dans le film il me fait peur", "mon fils a peur du noir", "je cherche une crèche"])
def test_ordinary_words_make_nobody_ask(text: str) -> None:
    assert doubted(normalize(text, SPELLINGS), ALARMS) == ()
