"""A danger that is said to be over is over; one that goes on, is feared again or is only asked about is not."""

import pytest

from bot.dialogue.aftermath import calmed, is_over, load_aftermath, never_was, relieved
from bot.dialogue.memory import Heard
from bot.nlu.text import load_spellings, normalize
from bot.orientation.plan import Situation
from bot.orientation.table import EmergencyKind

AFTERMATH, SPELLINGS = load_aftermath(), load_spellings()


def _over(text: str, kind: EmergencyKind) -> bool:
    return is_over(normalize(text, SPELLINGS), kind, AFTERMATH)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("c bon le samu est venu il est a lhopital il va mieu", "medical"),
        (
            "Bonjour c'est encore moi, le bébé va bien, je sors de l'hôpital. On peut reprendre le rendez-vous ?",
            "medical",
        ),
        ("ça saigne plus, la sage-femme a dit que tout va bien", "medical"),
        ("c moi. rentré de lhopital le bb a tenu", "medical"),
        ("le 115 nous a trouvé un hôtel pour cette nuit", "shelter"),
        ("C bon ma soeur de Creil me prend jusqu'à mercredi. Ouf", "shelter"),
        ("ça y est ils ont répondu, ils prolongent l'hôtel jusqu'à jeudi", "shelter"),
        ("la police l'a embarqué, je suis chez ma voisine", "violence"),
        ("je suis chez Mme Pereira au deuxième. porte fermée. la police est en bas", "violence"),
        ("ils ont pris ma déposition", "violence"),
        ("c bon un grand du foyer me prend jusqua mardi dieu merci", "shelter"),
        ("attends le pote vient de m'écrire, sa mère est ok jusqu'à mercredi", "shelter"),
        ("115 a trouvé l'hôtel, sept nuits", "shelter"),
        ("il joue dans sa chambre", "child"),
        ("ma sœur est arrivée, elle l'a pris avec elle", "child"),
        ("on l'a retrouvée, elle était chez une copine", "child"),
        ("j'ai parlé au 3114, ça va mieux maintenant", "suicide"),
        ("Fausse alerte, c'était un film", "child"),
        ("embarqué. menotté dans l'escalier, les voisins ont applaudi", "violence"),
        ("C'est fini pour ce soir, la police l'a emmené, je suis avec ma voisine.", "violence"),
        ("jai fait 114 ils st venu. on dort chez la prof ce soir", "child"),
        ("ils l'ont mis sous oxygène dans le camion, il part à Bichat", "medical"),
        ("Ma voisine Odette est montée. Elle l'a dans les bras", "child"),
        ("Mon fils arrive ce soir, il emportera le fusil", "suicide"),
        ("Oups, relu ma phrase : il est scout ! Et toujours pas de crèche", "shelter"),
        ("personne n'est en danger, c'est un jeu vidéo", "violence"),
        ("mon chef nous prête son studio jusque vendredi", "shelter"),
    ],
)
def test_over(text: str, kind: EmergencyKind) -> None:
    assert _over(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("le samu est pas venu", "medical"),
        ("ça va pas mieux du tout", "medical"),
        ("ça va mieux mais il saigne encore, toujours du sang", "medical"),
        ("est-ce que ça va mieux aller ?", "medical"),
        ("il est parti mais il va revenir", "violence"),
        ("ça va mieux mais j'ai encore peur de lui", "violence"),
        ("je suis dehors, personne me prend", "shelter"),
        ("j'ai appelé le 115 ça répond pas", "shelter"),
        ("je vais en finir", "suicide"),
        ("c'est fini, adieu", "suicide"),
        ("si ma sœur me prend ça ira", "shelter"),
        ("il est parti chercher ma fille", "violence"),
        ("c'est fini entre nous mais il est devant la porte", "violence"),
        ("il s'est fait arrêter hier et il revient ce soir", "violence"),
    ],
)
def test_not_over(text: str, kind: EmergencyKind) -> None:
    assert not _over(text, kind)


def test_a_false_alarm_was_no_danger() -> None:
    assert never_was(normalize("oh la honte, c'était la télé à fond", SPELLINGS), AFTERMATH)
    assert not never_was(normalize("les pompiers sont venus, elle va mieux", SPELLINGS), AFTERMATH)


def test_what_brought_a_danger_stays_pressing_but_for_an_illness_that_was_treated() -> None:
    assert calmed(Situation(("hebergement_urgence",), "emergency", "shelter")).urgency == "soon"
    assert calmed(Situation(("grossesse_suivi",), "emergency", "medical")).urgency == "none"
    assert calmed(Situation(("sante_mentale",), "emergency", "suicide")).emergency_kind is None


def test_words_of_relief_raise_no_other_danger() -> None:
    known = Situation(("violence_conjugale",), "emergency", "violence")
    heard = Heard(needs=("hebergement_urgence",), urgency="emergency", emergency_kind="shelter")
    assert relieved(heard, known, ()) == Heard()
    assert relieved(heard, known, ("shelter",)) == heard


def test_a_death_wish_is_not_relieved() -> None:
    known = Situation(("violence_conjugale",), "emergency", "violence")
    heard = Heard(needs=("sante_mentale",), urgency="emergency", emergency_kind="suicide")
    assert relieved(heard, known, ()) == heard
