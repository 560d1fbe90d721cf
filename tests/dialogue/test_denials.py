"""What was seen where it is not is taken back at the first word, and said again to nobody."""

import pytest

from bot.dialogue.denials import Denied, added_last, denied_in, load_denials, says_misread, without_denied
from bot.dialogue.memory import Heard
from bot.nlu.subjects import load_subjects
from bot.nlu.text import load_spellings, normalize
from tests.dialogue.talk import Talk

DENIALS, SUBJECTS, SPELLINGS = load_denials(), load_subjects(), load_spellings()


def _denied(text: str) -> Denied:
    return denied_in(normalize(text, SPELLINGS), DENIALS, SUBJECTS, "")


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("non il ma jamais tapée hein", "violence_conjugale"),
        ("mais personne la frappe, elle est vieille c'est tout", "violence_familiale"),
        ("il n'y a aucune violence", "violence_conjugale"),
        ("mais non il est pas en danger !!", "enfance_danger"),
        ("quel enfant ? c'est mon mari", "enfance_danger"),
        ("mais g un toit !", "hebergement_urgence"),
        ("mais elle dort chez nous !", "hebergement_urgence"),
        ("Mais non je dois rien du tout, je suis à jour !", "impaye_loyer"),
        ("mais j'ai pas de facture en retard", "energie_impayes"),
        ("oui on mange bien", "aide_alimentaire"),
        ("mais quelle grossesse !!! je suis un homme", "grossesse_suivi"),
        ("non pas de bébé", "premiere_pesee"),
        ("mais qui parle d'expulsion ?", "expulsion"),
        ("non ce n'est pas la solitude c'est le vol", "isolement_senior"),
        ("la dépression c'est fini", "sante_mentale"),
        ("non pas la facture", "energie_impayes"),
        ("c'est pas un logement que je cherche", "recherche_logement"),
        ("le loyer nn tkt il est payé chaque mois", "impaye_loyer"),
        ("pour ma femme laissez, elle est suivie à Beaujon", "grossesse_suivi"),
    ],
)
def test_a_need_is_denied(text: str, need: str) -> None:
    assert need in _denied(text).needs


@pytest.mark.parametrize(
    "text",
    [
        "je peux pas payer le loyer",
        "j'ai pas de logement",
        "on n'a pas à manger",
        "il m'a pas tapée cette fois",
        "j'ai un toit jusqu'à vendredi",
        "on a à manger jusqu'à demain",
        "je ne touche pas le RSA",
        "pas de chauffage depuis lundi",
        "il veut pas me donner la carte",
        "il me frappe et personne fait rien",
        "il me frappe pas que moi, les petits aussi",
        "il tape pas fort",
        "il est pas gentil avec moi",
        "il m'a pas touchée depuis dimanche",
        "il est pas violent d'habitude",
        "le pire c'est pas les coups, c'est les insultes",
        "ce n'est pas de la violence mais il me gifle",
        "il m'a jamais frappée mais il m'étrangle",
        "pas un toit, pas un euro, on dort à la gare",
        "je veux pas mourir mais j'y pense tout le temps",
        "c'est pas moi qui veux mourir c'est mon fils",
        "ce n'est pas de la violence quand même, si ?",
        "c'est pas de la violence, hein ?",
        "il m'a jamais tapée, alors c'est pas grave ?",
    ],
)
def test_a_need_told_with_a_not_is_no_denial(text: str) -> None:
    assert _denied(text) == Denied(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mais non je veux pas mourir !", "suicide"),
        ("je n'ai pas d'idées noires", "suicide"),
        ("personne est en danger", "child"),
        ("personne m'a tapé", "violence"),
        ("pas de 115 !!", "shelter"),
    ],
)
def test_a_danger_is_denied(text: str, kind: str) -> None:
    assert kind in _denied(text).kinds


def test_who_is_controlled_and_was_never_hit_is_still_controlled() -> None:
    words = normalize("Personne m'a frappé, hein.", SPELLINGS)
    assert denied_in(words, DENIALS, SUBJECTS, "elle garde ma carte bleue").needs == frozenset()
    assert "violence_conjugale" in denied_in(words, DENIALS, SUBJECTS, "on se dispute").needs


def test_what_the_model_is_sure_of_is_believed_against_a_denial() -> None:
    heard = Heard(needs=("violence_conjugale",), urgency="emergency", emergency_kind="violence")
    denied = Denied(frozenset({"violence_conjugale"}), frozenset({"violence"}))
    unsure = {"chances": {"violence_conjugale": 0.5}, "danger_chances": {"violence": 0.5}}
    sure = {"chances": {"violence_conjugale": 0.9}, "danger_chances": {"violence": 0.9}}
    assert without_denied(heard, denied, unsure) == Heard(doubt="violence")
    assert without_denied(heard, denied, sure) == heard


@pytest.mark.parametrize("text", ["n'importe quoi", "vous mélangez tout", "rien à voir !", "vous m'avez pas compris"])
def test_people_say_that_they_were_misread(text: str) -> None:
    assert says_misread(normalize(text, SPELLINGS))


@pytest.mark.parametrize(
    "text",
    [
        "j'ai jamais parlé de ça à personne",
        "il raconte n'importe quoi à la police",
        "ils ont pas compris ce que je vis",
        "c'est ma fille qui parle de disparaître",
    ],
)
def test_what_victims_say_is_no_complaint_of_being_misread(text: str) -> None:
    assert not says_misread(normalize(text, SPELLINGS))


@pytest.mark.parametrize("text", ["n'importe quoi", "rien à voir", "vous vous trompez"])
def test_a_danger_told_is_not_taken_back_unnamed(talk: Talk, text: str) -> None:
    talk.says("…", "decrire_situation", needs=["violence_familiale"], urgency="emergency", emergency_kind="violence")
    talk.says(text, "se_plaindre")
    assert talk.slots["besoins"] == ["violence_familiale"]
    assert talk.slots["type_urgence"] == "violence"


def test_another_danger_beside_a_denial_is_asked_about(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["violence_conjugale"], urgency="soon")
    talk.says("il m'a jamais frappée, je sers à rien", "se_confier", doubt="suicide")
    assert "3114" in talk.text
    assert talk.slots["attente"] == "securite"


def test_the_needs_of_the_message_before() -> None:
    def slot(needs: list[str]) -> dict[str, object]:
        return {"event": "slot", "name": "besoins", "value": needs}

    user = {"event": "user"}
    assert added_last([user, slot(["fsl"]), user, slot(["expulsion", "fsl"]), user]) == ("expulsion",)
    assert added_last([user, slot(["fsl"]), user, user]) == ()
    assert added_last([user]) == ()


def test_a_violence_denied_leaves_no_trace_of_it(talk: Talk) -> None:
    talk.says("j'ai quitté mon mari", "decrire_situation", needs=["violence_conjugale"], urgency="soon")
    talk.says("il m'a jamais touchée, je cherche un logement", "decrire_situation", needs=["recherche_logement"])
    assert talk.slots["besoins"] == ["recherche_logement"]
    assert "j'avais mal compris" in talk.text


def test_an_alarm_denied_is_over(talk: Talk) -> None:
    talk.says("…", "decrire_situation", needs=["enfance_danger"], urgency="emergency", emergency_kind="child")
    talk.says("mais non il est pas en danger, il va bien", "rassurer")
    assert (talk.slots["besoins"], talk.slots["urgence"], talk.slots["type_urgence"]) == ([], "none", None)


def test_said_to_be_misread_the_last_need_goes_and_the_others_stay(talk: Talk) -> None:
    talk.says("j'ai des loyers en retard", "decrire_situation", needs=["impaye_loyer"])
    talk.says("je sors jeudi", "decrire_situation", needs=["ase_suivi"])
    talk.says("n'importe quoi, rien à voir", "se_plaindre")
    assert talk.slots["besoins"] == ["impaye_loyer"]


def test_who_was_never_beaten_may_be_controlled() -> None:
    told = "il garde ma carte et il surveille mon telephone"
    denied = denied_in("mais il m a jamais frappee hein", DENIALS, SUBJECTS, told)
    assert "violence_conjugale" not in denied.needs
