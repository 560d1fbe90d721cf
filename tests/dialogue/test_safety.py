"""In doubt of a danger: the number first, one question, and every way of answering it. No model: readings are given."""

import re
from typing import Any, get_args

import pytest

from bot.channels.gsm7 import segments
from bot.channels.sms import MAX_SEGMENTS
from bot.orientation.table import EmergencyKind
from tests.dialogue.talk import Talk

KINDS: tuple[EmergencyKind, ...] = get_args(EmergencyKind)
NUMBER = {"violence": "17", "child": "119", "suicide": "3114", "medical": "15", "shelter": "115"}
QUESTION = {
    "violence": "Êtes-vous en sécurité maintenant ?",
    "child": "L'enfant est-il en sécurité maintenant ?",
    "suicide": "pensez-vous à mourir en ce moment",
    "medical": "Y a-t-il un danger maintenant",
    "shelter": "Avez-vous un endroit où dormir ce soir ?",
}
DANGER = {"violence": "non", "child": "non", "suicide": "oui", "medical": "oui", "shelter": "non"}
SAFE = {"violence": "oui", "child": "oui", "suicide": "non", "medical": "non", "shelter": "oui"}
INTENT = {"oui": "affirmer", "non": "refuser"}
HUNGER: dict[str, Any] = {"intent": "decrire_situation", "needs": ["aide_alimentaire"]}
PREGNANT: dict[str, Any] = {"intent": "decrire_situation", "needs": ["grossesse_suivi"], "commune": "Clichy"}

every_kind = pytest.mark.parametrize("kind", KINDS)


def says_number(text: str, kind: str) -> bool:
    return re.search(rf"(?<!\d){NUMBER[kind]}(?!\d)", text) is not None


def in_doubt(talk: Talk, kind: str, **reading: Any) -> Talk:
    return talk.says("quelque chose d'inquiétant", doubt=kind, **reading)


def one_question(talk: Talk, kind: str) -> None:
    assert says_number(talk.texts[0], kind), talk.text
    assert QUESTION[kind] in talk.texts[-1], talk.text
    assert talk.text.count("?") == 1, talk.text
    assert len(talk.buttons) == 2
    assert talk.slots["attente"] == "securite"


def in_emergency(talk: Talk, kind: str) -> None:
    assert (talk.slots["urgence"], talk.slots["type_urgence"], talk.slots["attente"]) == ("emergency", kind, "rien")
    assert talk.said[0]["custom"]["card"]["kind"] == "emergency"
    assert says_number(talk.texts[0], kind), talk.text
    assert talk.orientation and talk.orientation["urgency"] == "emergency"
    assert talk.orientation["emergency_kind"] == kind
    assert not talk.buttons and "Dans quelle ville" not in talk.text


def out_of_danger(talk: Talk, kind: str) -> None:
    assert talk.slots.get("urgence") != "emergency"
    assert talk.texts[0].startswith("D'accord") and says_number(talk.texts[0], kind), talk.text
    assert talk.slots["attente"] != "securite"


@every_kind
def test_with_a_need_the_plan_is_told_and_the_town_waits(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    one_question(talk, kind)
    assert "Permanence unique" in talk.text
    assert talk.orientation and talk.orientation["urgency"] != "emergency"


@every_kind
def test_without_a_need_the_clarification_waits(talk: Talk, kind: str) -> None:
    one_question(in_doubt(talk, kind, candidates=["violence_conjugale"]), kind)
    out_of_danger(talk.says(SAFE[kind], INTENT[SAFE[kind]]), kind)
    assert talk.buttons == ["Mon conjoint me fait du mal"]


@every_kind
@pytest.mark.parametrize("reading", [HUNGER, PREGNANT, {}])
def test_danger_in_a_word(talk: Talk, kind: str, reading: dict[str, Any]) -> None:
    in_doubt(talk, kind, **reading)
    in_emergency(talk.says(DANGER[kind], INTENT[DANGER[kind]]), kind)
    assert set(reading.get("needs", [])) <= set(talk.orientation["needs"])  # type: ignore[index]


@every_kind
def test_danger_by_its_button(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    in_emergency(talk.presses("Non, ou" if DANGER[kind] == "non" else "Oui, ou"), kind)


@every_kind
def test_safe_in_a_word_then_the_town(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    out_of_danger(talk.says(SAFE[kind], INTENT[SAFE[kind]]), kind)
    assert "Dans quelle ville" in talk.texts[-1]
    assert talk.slots["attente"] == "commune"


@every_kind
def test_safe_by_its_button_then_the_slots(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **PREGNANT)
    assert "créneaux" not in talk.text
    button = next(title for title in talk.buttons if "sais pas" not in title)
    out_of_danger(talk.presses(button), kind)
    assert "Les prochains créneaux" in talk.texts[-1]
    assert talk.slots["attente"] == "rdv"


@every_kind
@pytest.mark.parametrize(
    "intent", ["refuser", "affirmer", "nlu_fallback", "incompris", "charabia", "hors_sujet", "decrire_situation"]
)
def test_not_knowing_is_danger_whatever_the_model_takes_it_for(talk: Talk, kind: str, intent: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    in_emergency(talk.says("je sais pas", intent), kind)


@pytest.mark.parametrize(
    "intent",
    "refuser nlu_fallback decrire_situation dire_commune saluer choisir_creneau rdv_annuler rdv_prendre".split(),
)
@pytest.mark.parametrize("text", ["non il est encore là", "non, pas ce soir", "il est dans la chambre à côté"])
def test_a_no_is_heard_whatever_the_model_takes_it_for(talk: Talk, intent: str, text: str) -> None:
    in_doubt(talk, "violence", **HUNGER)
    in_emergency(talk.says(text, intent), "violence")


def test_an_answer_that_names_the_town_is_both(talk: Talk) -> None:
    in_doubt(talk, "violence", **HUNGER)
    out_of_danger(talk.says("oui, j'habite Clichy", "dire_commune", commune="Clichy"), "violence")
    assert talk.slots["commune"] == "Clichy" and "Dans quelle ville" not in talk.text


@every_kind
def test_another_need_is_answered_with_the_number_said_again(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind)
    talk.says("et j'ai des dettes", "decrire_situation", needs=["dettes_budget"])
    assert says_number(talk.texts[0], kind)
    assert "dettes" in talk.text and QUESTION[kind] not in talk.text
    assert talk.slots["attente"] == "commune" and talk.slots["urgence"] != "emergency"


def test_a_question_is_answered_and_the_answer_about_safety_still_counts(talk: Talk) -> None:
    in_doubt(talk, "violence", **HUNGER)
    talk.says("c'est où ?", "info_adresse")
    assert says_number(talk.texts[0], "violence") and "Link-it" in talk.text
    in_emergency(talk.says("non", "refuser"), "violence")


@every_kind
def test_a_silence_is_no_answer(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    talk.says("…")
    assert says_number(talk.texts[0], kind) and talk.slots["urgence"] != "emergency"
    assert QUESTION[kind] not in talk.text


@every_kind
def test_it_is_asked_once(talk: Talk, kind: str) -> None:
    in_doubt(talk, kind, **HUNGER)
    talk.says(SAFE[kind], INTENT[SAFE[kind]])
    in_doubt(talk, kind, intent="decrire_situation", needs=["dettes_budget"])
    assert says_number(talk.texts[0], kind) and QUESTION[kind] not in talk.text
    assert "Dans quelle ville" in talk.text


def test_another_danger_is_asked_about(talk: Talk) -> None:
    in_doubt(talk, "violence", **HUNGER)
    talk.says("oui", "affirmer")
    one_question(in_doubt(talk, "child", intent="decrire_situation", needs=["parentalite"]), "child")


@every_kind
def test_in_an_emergency_nothing_is_asked(talk: Talk, kind: str) -> None:
    talk.says("mon mari me frappe", "decrire_situation", needs=["violence_conjugale"]).slots |= {
        "urgence": "emergency",
        "type_urgence": "violence",
    }
    in_doubt(talk, kind, intent="decrire_situation", needs=["dettes_budget"])
    assert QUESTION[kind] not in talk.text


def test_a_message_in_another_language_keeps_its_own_answer(talk: Talk) -> None:
    in_doubt(talk, "violence", intent="autre_langue", language="en")
    assert "I only read French" in talk.text and QUESTION["violence"] not in talk.text


@pytest.mark.parametrize("intent", ["hors_sujet", "saluer", "au_revoir", "insulter", "charabia", "rdv_prendre"])
def test_whatever_the_model_takes_the_message_for(talk: Talk, intent: str) -> None:
    one_question(in_doubt(talk, "suicide", intent=intent), "suicide")
    out_of_danger(talk.says("non", "refuser"), "suicide")
    assert talk.texts[-1] == "Y a-t-il autre chose qui vous pèse ?"


def test_someone_who_wants_to_talk_is_told_to_whom_and_asked(talk: Talk) -> None:
    one_question(in_doubt(talk, "suicide", intent="parler_humain"), "suicide")
    assert "01 47 29 30 32" in talk.text


@pytest.mark.parametrize("intent", ["nlu_fallback", "info_adresse", "hors_sujet", "parler_humain"])
def test_a_booking_is_set_aside(talk: Talk, intent: str) -> None:
    talk.says("je suis enceinte", **PREGNANT).presses("1.")
    assert talk.slots["attente"] == "accord"
    one_question(in_doubt(talk, "violence", intent=intent), "violence")
    assert talk.slots["attente"] == "securite"
    out_of_danger(talk.says("oui", "affirmer"), "violence")
    assert "Les prochains créneaux" in talk.texts[-1]


def test_a_button_pressed_late_means_the_same(talk: Talk) -> None:
    in_doubt(talk, "violence", **PREGNANT).says("oui", "affirmer")
    assert talk.slots["attente"] == "rdv"
    in_emergency(talk.sends('/decrire_situation{"danger":"violence"}'), "violence")


@every_kind
@pytest.mark.parametrize("reading", [HUNGER, PREGNANT, {}])
def test_by_text_message(sms: Talk, kind: str, reading: dict[str, Any]) -> None:
    in_doubt(sms, kind, **reading)
    assert says_number(sms.sms[:70], kind), sms.sms
    assert segments(sms.sms) <= MAX_SEGMENTS
    yes, no = ("1 Oui", "2 Non, ou je ne sais pas") if SAFE[kind] == "oui" else ("1 Oui, ou je ne sais pas", "2 Non")
    assert sms.sms.endswith(f"{yes}\n{no}"), sms.sms
    in_emergency_by_number = sms.choices[DANGER[kind] == "non"]
    sms.sends(in_emergency_by_number)
    assert sms.slots["urgence"] == "emergency" and says_number(sms.sms[:70], kind), sms.sms


@every_kind
def test_by_text_message_out_of_danger(sms: Talk, kind: str) -> None:
    in_doubt(sms, kind, **HUNGER)
    sms.sends(sms.choices[SAFE[kind] == "non"])
    assert says_number(sms.sms[:70], kind), sms.sms
    assert "1 Clichy\n2 Levallois-Perret" in sms.sms and segments(sms.sms) <= MAX_SEGMENTS


def test_by_text_message_doors_that_had_no_room_beside_the_question_are_told_after_it(sms: Talk) -> None:
    needs = ["violence_conjugale", "aide_alimentaire", "dettes_budget", "grossesse_suivi"]
    in_doubt(sms, "medical", intent="decrire_situation", needs=needs, urgency="soon", commune="Clichy")
    assert "Permanence unique" not in sms.sms
    sms.says("non", "refuser")
    assert "Permanence unique" in sms.sms and segments(sms.sms) <= MAX_SEGMENTS, sms.sms
