"""What a message brings, and what it answers to « Êtes-vous en sécurité maintenant ? »."""

from typing import Any, get_args

import pytest

from bot.dialogue.memory import (
    ONESELF,
    Heard,
    age_alone,
    aged,
    answering,
    asks_for_a_midwife,
    bruise_seen,
    bursts_out,
    doubt_open,
    doubt_to_ask,
    heard_in,
    in_situation,
    known_kind,
    linked_by_work,
    no_roof_either,
    of_known_twin,
    of_that_age,
    owned_up,
    read_safety,
    room_found_elsewhere,
    town_alone,
    town_left_open,
    town_of_the_child,
    town_of_the_one_spoken_of,
)
from bot.orientation.plan import Situation
from bot.orientation.table import EmergencyKind, load_table

KINDS: tuple[EmergencyKind, ...] = get_args(EmergencyKind)
YES_IS_SAFE = ("violence", "child", "shelter")
TABLE = load_table()


def said(text: str, intent: str = "nlu_fallback") -> dict[str, Any]:
    return {"text": text, "intent": {"name": intent}}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["oui", "Oui.", "OUIII", "ui", "ouais", "oui oui", "bien sûr", "👍"])
def test_a_yes(text: str, kind: EmergencyKind) -> None:
    assert read_safety(text, kind) == ("safe" if kind in YES_IS_SAFE else "danger")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["non", "Non !", "nan", "nn", "NON NON", "pas du tout", "👎"])
def test_a_no(text: str, kind: EmergencyKind) -> None:
    assert read_safety(text, kind) == ("danger" if kind in YES_IS_SAFE else "safe")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "je sais pas",
        "je ne sais pas",
        "jsp",
        "chais pas",
        "peut-être",
        "pas vraiment",
        "pas trop",
        "oui mais j'ai peur",
        "non mais ça peut recommencer",
        "ça dépend",
        "bof",
        "un peu",
        "j'ai peur",
    ],
)
def test_what_is_not_clear_counts_as_danger(text: str, kind: EmergencyKind) -> None:
    assert read_safety(text, kind) == "danger"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("violence", "non il est encore là"),
        ("violence", "il est dans le salon"),
        ("violence", "il dort à côté"),
        ("violence", "oui je suis cachée"),
        ("violence", "pas en sécurité"),
        ("child", "non elle est toujours là-bas, toute seule"),
        ("suicide", "j'y pense"),
        ("suicide", "oui souvent"),
        ("suicide", "non pas moi, mon fils"),
        ("medical", "oui elle respire mal"),
        ("shelter", "nulle part"),
        ("shelter", "dans ma voiture"),
        ("shelter", "chez ma sœur mais pas longtemps"),
    ],
)
def test_danger_in_other_words(kind: EmergencyKind, text: str) -> None:
    assert read_safety(text, kind) == "danger"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("violence", "oui il est au travail"),
        ("violence", "oui, il est parti"),
        ("violence", "je suis en sécurité"),
        ("violence", "oui merci ça va"),
        ("child", "oui elle est avec moi"),
        ("suicide", "non ça va"),
        ("suicide", "non, jamais"),
        ("medical", "non elle va mieux"),
        ("medical", "ça va"),
        ("shelter", "chez ma sœur"),
        ("shelter", "oui à l'hôtel"),
    ],
)
def test_safe_in_other_words(kind: EmergencyKind, text: str) -> None:
    assert read_safety(text, kind) == "safe"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["…", "bonjour", "je voudrais un rendez-vous", "c'est où ?", "j'habite Clichy", ""])
def test_another_topic_or_silence_answers_nothing(text: str, kind: EmergencyKind) -> None:
    assert read_safety(text, kind) is None


def test_a_need_of_its_own_keeps_its_own_but() -> None:
    heard = Heard(needs=("dettes_budget",))
    assert answering(heard, said("non mais j'ai plein de dettes"), "suicide", TABLE).safe_from == "suicide"
    assert answering(heard, said("je sais pas comment payer mes dettes"), "suicide", TABLE) == heard


def test_a_need_of_the_danger_does_not() -> None:
    heard = Heard(needs=("violence_conjugale",))
    assert answering(heard, said("oui mais il me tape des fois"), "violence", TABLE).emergency_kind == "violence"


@pytest.mark.parametrize("intent", ["affirmer", "refuser"])
def test_a_yes_or_a_no_said_otherwise_is_not_clear(intent: str) -> None:
    assert answering(Heard(), said("laisse tomber", intent), "suicide", TABLE).urgency == "emergency"


def test_a_second_doubt_in_answer_is_danger() -> None:
    assert answering(Heard(doubt="violence"), said("il regarde"), "violence", TABLE).urgency == "emergency"
    assert answering(Heard(doubt="medical"), said("il regarde"), "violence", TABLE) == Heard(doubt="medical")


def test_the_buttons_name_their_danger() -> None:
    pressed = {"text": "/decrire_situation", "entities": [{"entity": "danger", "value": "shelter"}]}
    heard = heard_in(pressed)
    assert (heard.urgency, heard.emergency_kind, heard.needs) == ("emergency", "shelter", ("hebergement_urgence",))
    assert heard_in({"entities": [{"entity": "hors_danger", "value": "child"}]}).safe_from == "child"


def test_a_reading_without_doubt_is_read() -> None:
    """Models trained before `doubt` was written."""
    old = {"needs": [], "urgency": "none", "emergency_kind": None, "commune": None, "signs": [], "candidates": []}
    assert heard_in({"understanding": old | {"language": "fr"}}).doubt is None


def test_each_danger_is_asked_about_once_and_never_in_an_emergency() -> None:
    heard = Heard(doubt="violence")
    assert doubt_to_ask({}, heard) == "violence"
    assert doubt_to_ask({"doutes": ["child"]}, heard) == "violence"
    assert doubt_to_ask({"doutes": ["violence"]}, heard) is None
    assert doubt_to_ask({"urgence": "emergency"}, heard) is None
    assert doubt_to_ask({}, Heard(doubt="violence", french=False)) is None


def test_the_question_is_open_until_something_else_is_asked() -> None:
    assert doubt_open({"attente": "securite", "doutes": ["child", "violence"]}) == "violence"
    assert doubt_open({"attente": "rdv", "doutes": ["violence"]}) is None
    assert doubt_open({"attente": "securite"}) is None


def _reading(text: str, chances: dict[str, float], **dangers: float) -> dict[str, Any]:
    understanding = {"chances": chances, "danger_chances": dangers, "words": text}
    return {"text": text, "intent": {"name": "decrire_situation"}, "understanding": understanding}


def test_the_town_that_was_asked_for_brings_no_need_that_is_only_likely() -> None:
    known = Situation(("css_sante",))
    heard = Heard(needs=("hebergement_urgence",), commune="Levallois-Perret", doubt="shelter")
    told = town_alone(known, heard, _reading("on est a levallois derriere la gare", {"hebergement_urgence": 0.5}))
    assert (told.needs, told.doubt, told.commune) == ((), None, "Levallois-Perret")
    sure = town_alone(known, heard, _reading("levallois et on dort dehors", {"hebergement_urgence": 0.9}))
    assert sure.needs == ("hebergement_urgence",)


def test_a_danger_told_in_few_words_with_the_town_is_believed_when_it_is_sure_and_asked_about_when_it_is_likely() -> (
    None
):
    known = Situation(("caf_prestations",))
    heard = Heard(urgency="emergency", emergency_kind="suicide", commune="Clichy")
    text = "clichy tout au bout vers le pont"
    assert town_alone(known, heard, _reading(text, {}, suicide=0.95)).urgency == "emergency"
    likely = town_alone(known, heard, _reading(text, {}, suicide=0.8))
    assert (likely.urgency, likely.doubt) == ("none", "suicide")
    assert town_alone(known, heard, _reading(text, {}, suicide=0.5)).doubt is None


def test_a_danger_that_bursts_out_is_that_of_whom_was_spoken_of() -> None:
    elder = Situation(("violence_familiale",))
    screams = Heard(needs=("enfance_danger",), urgency="emergency", emergency_kind="child")
    told = known_kind(elder, screams, _reading("j entends hurler on tape", {"enfance_danger": 0.7}))
    assert (told.emergency_kind, told.needs) == ("violence", ("violence_familiale",))
    girl = Situation(("enfance_danger",))
    steps = Heard(needs=("violence_conjugale",), urgency="emergency", emergency_kind="violence")
    told = known_kind(girl, steps, _reading("il monte l escalier en gueulant", {"violence_conjugale": 0.6}))
    assert (told.emergency_kind, told.needs) == ("child", ("enfance_danger",))
    wife = known_kind(girl, steps, _reading("mon mari monte l escalier", {"violence_conjugale": 0.6}))
    assert wife.emergency_kind == "violence"


@pytest.mark.parametrize(
    "text", ["non mais c'est une expression, il est adorable", "je plaisante", "Aucun danger immédiat"]
)
def test_a_figure_of_speech_is_no_danger(text: str) -> None:
    assert read_safety(text, "violence") == "safe"


def test_the_blows_of_a_father_named_before_are_a_childs() -> None:
    blows = Heard(needs=("violence_conjugale",), urgency="emergency", emergency_kind="violence")
    reading = _reading("il m a pete le nez il rentre a midi", {"violence_conjugale": 0.9})
    schoolboy = known_kind(Situation(("insertion_emploi",)), blows, reading, "j ai 16 ans. mon pere sait pas encore")
    assert (schoolboy.needs, schoolboy.emergency_kind) == (("enfance_danger",), "child")
    wife = known_kind(Situation(("insertion_emploi",)), blows, reading, "mon mari sait pas encore")
    assert wife.needs == ("violence_conjugale",)


def test_a_companion_who_comes_to_help_is_no_violence() -> None:
    known = Situation(("sante_mentale",), "emergency", "suicide")
    comes = Heard(needs=("violence_conjugale",), urgency="emergency", emergency_kind="violence")
    helped = in_situation(known, comes, _reading("mon compagnon vient de rentrer il a lu", {}) | {"text": "il a lu"})
    assert (helped.needs, helped.urgency) == ((), "none")
    struck = in_situation(known, comes, _reading("mon compagnon vient de me frapper", {}) | {"text": "il me frappe"})
    assert struck.urgency == "emergency"


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("j ai 16 ans", 16),
        ("17 ans", 17),
        ("elle a 16 ans", 16),
        ("j ai 16 ans et je suis enceinte", None),
        ("le 16", None),
    ],
)
def test_an_age_alone(words: str, age: int | None) -> None:
    assert age_alone(words) == age


def test_a_minor_who_suffers_violence_is_a_child_in_danger() -> None:
    alarmed = Heard(needs=("sante_mentale",), urgency="emergency", emergency_kind="child")
    assert aged(Situation(("violence_familiale",)), alarmed, 17).needs == ("enfance_danger",)
    assert aged(Situation(("violence_familiale",)), alarmed, 19).needs == ()
    assert aged(Situation(()), alarmed, 13).urgency == "none"


def test_an_age_decides_between_a_disability_and_old_age() -> None:
    stroke = Situation(("perte_autonomie",))
    assert of_that_age(stroke, Heard(), "il a 57 ans", "") == ("perte_autonomie", "handicap_mdph")
    assert of_that_age(Situation(("handicap_mdph",)), Heard(), "elle a 67 ans", "") == (
        "handicap_mdph",
        "perte_autonomie",
    )
    assert of_that_age(Situation(("handicap_mdph",)), Heard(), "elle a 67 ans", "renouveler son aah") is None


def test_the_victim_who_owns_up_is_asked_about() -> None:
    known = Situation(("violence_conjugale",))
    told = owned_up(known, Heard(), "la copine c est moi")
    assert (told.beneficiary, told.doubt) == (ONESELF, "violence")
    assert owned_up(Situation(("rsa_suivi",)), Heard(), "la copine c est moi").doubt is None


def test_a_doubt_about_a_danger_that_is_known_bursts_out() -> None:
    doubt = Heard(doubt="violence")
    assert bursts_out(Situation(("violence_familiale",)), doubt, "mon dieu il est la").urgency == "emergency"
    assert bursts_out(Situation(("rsa_suivi",)), doubt, "mon dieu il est la").urgency == "none"


def test_who_is_locked_out_with_nobody_to_go_to_needs_a_roof_too() -> None:
    locked_out = Situation(("expulsion",), "emergency", "shelter")
    assert no_roof_either(locked_out, Heard(), "ce soir je sais pas j ai personne").needs == ("hebergement_urgence",)
    assert no_roof_either(locked_out, Heard(), "je vais chez ma soeur").needs == ()


@pytest.mark.parametrize(
    ("known", "needs", "chance", "told"),
    [
        ("rsa_suivi", ("rsa_demande",), 0.5, ("rsa_suivi",)),
        ("rsa_demande", ("rsa_suivi",), 0.71, ("rsa_demande",)),
        ("rsa_demande", ("rsa_suivi",), 0.95, ("rsa_suivi",)),
        ("fsl", ("rsa_suivi",), 0.5, ("rsa_suivi",)),
    ],
)
def test_one_word_for_two_needs_is_the_known_one(
    known: str, needs: tuple[str, ...], chance: float, told: tuple[str, ...]
) -> None:
    message = said("et pour le rsa, jeudi ?") | {"understanding": {"chances": {needs[0]: chance}}}
    assert of_known_twin(Situation((known,)), Heard(needs=needs), message).needs == told


@pytest.mark.parametrize(
    ("words", "needs", "kind"),
    [
        ("elle a des marques de doigts aux bras", ("violence_familiale",), "violence"),
        ("son petit fils l enfant a des bleus", ("enfance_danger",), "child"),
    ],
)
def test_known_for_an_elder_the_bruises_are_the_elder_s(words: str, needs: tuple[str, ...], kind: str) -> None:
    known = Situation(("perte_autonomie",))
    heard = Heard(needs=("enfance_danger",), urgency="emergency", emergency_kind="child")
    read = known_kind(known, heard, said(words) | {"understanding": {"words": words}})
    assert (read.needs, read.emergency_kind) == (needs, kind)


def test_a_midwife_asked_for_once_the_baby_is_there() -> None:
    words = "je voudrais voir la sage femme"
    mother = Situation(("parentalite",), signs=frozenset({"bebe"}))
    assert asks_for_a_midwife(mother, Heard(), words).needs == ("post_natal",)
    assert asks_for_a_midwife(Situation(("parentalite",)), Heard(), words).needs == ()
    assert asks_for_a_midwife(mother, Heard(), "la sage femme elle veut qu on le pese").needs == ()
    assert asks_for_a_midwife(Situation(("grossesse_suivi",), signs=frozenset({"bebe"})), Heard(), words).needs == ()


def test_work_in_a_town_is_a_link_for_who_has_no_address() -> None:
    works = Heard(work_commune="Clichy")
    assert linked_by_work(Situation(("domiciliation",)), works).commune == "Clichy"
    assert linked_by_work(Situation(("rsa_suivi",)), works).commune is None
    assert linked_by_work(Situation(("domiciliation",), commune="Levallois-Perret"), works).commune is None


def test_the_town_of_the_one_spoken_of() -> None:
    both = Heard(commune="Asnières-sur-Seine", their_commune="Clichy")
    said = "elle est a clichy, moi a asnieres"
    assert town_of_the_one_spoken_of(Situation(("css_sante",)), both, said).commune == "Clichy"
    assert town_of_the_one_spoken_of(Situation(("css_sante",)), both, f"ma mere {said}").commune == "Asnières-sur-Seine"
    told = Situation(("violence_conjugale",))
    assert town_of_the_one_spoken_of(told, both, "il est a clichy, moi a asnieres").commune == "Asnières-sur-Seine"


def test_a_midwife_asked_for_after_a_birth_is_no_pregnancy() -> None:
    asked = Heard(subjects=("grossesse_suivi",))
    after = asks_for_a_midwife(Situation(("post_natal",)), asked, "je veux le rdv avec la sage femme")
    assert (after.needs, after.subjects) == (("post_natal",), ("post_natal",))
    comes = "laissez tomber , ma sage femme passe demain , plus besoin"
    assert asks_for_a_midwife(Situation(("premiere_pesee",)), Heard(), comes).needs == ()
    before = asks_for_a_midwife(Situation(("parentalite",)), asked, "je veux le rdv avec la sage femme")
    assert before.subjects == ("grossesse_suivi",)


def test_the_town_of_whoever_writes_for_somebody_is_left_open() -> None:
    mother = Heard(commune="Paris", beneficiary="votre mère")
    assert town_left_open(mother, "j'ecris pr ma mere, moi je suis a paris").commune is None
    assert town_left_open(mother, "c'est pour ma mere, elle habite avec moi a paris").commune == "Paris"
    assert town_left_open(Heard(commune="Paris"), "moi je suis a paris").commune == "Paris"


def test_a_child_is_vaccinated_where_it_lives() -> None:
    told = Heard(commune="Levallois-Perret", their_commune="Clichy")
    words = "je demeure a levallois mais le petit vit chez sa mere, a clichy"
    assert town_of_the_child(Situation(("vaccination",)), told, words).commune == "Clichy"
    assert town_of_the_child(Situation(("rsa_suivi",)), told, words).commune == "Levallois-Perret"
    assert town_of_the_child(Situation(("vaccination",)), told, "moi levallois, ma soeur est a clichy").commune == (
        "Levallois-Perret"
    )


def test_a_bruise_speaks_of_the_violence_that_is_known() -> None:
    words = "je l ai vue avec un bleu au poignet"
    assert bruise_seen(Situation(("violence_familiale",)), Heard(), words).needs == ("violence_familiale",)
    assert bruise_seen(Situation(("perte_autonomie",)), Heard(), words).needs == ()
    assert bruise_seen(Situation(("violence_familiale",)), Heard(needs=("css_sante",)), words).needs == ("css_sante",)


def test_a_hotel_found_elsewhere_is_no_new_home() -> None:
    known, told = Situation(("hebergement_urgence",), commune="Clichy"), Heard(commune="Gennevilliers")
    assert room_found_elsewhere(known, told, "115 a trouve l hotel a gennevilliers").commune is None
    assert room_found_elsewhere(known, told, "j habite a gennevilliers maintenant").commune == "Gennevilliers"
    assert room_found_elsewhere(Situation(()), told, "115 a trouve l hotel a gennevilliers").commune == "Gennevilliers"
