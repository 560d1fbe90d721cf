"""A slot is kept for whoever is asked to confirm it, and for nobody longer."""

from tests.dialogue.talk import Talk

NEED = {"needs": ["premiere_pesee"], "commune": "Clichy"}


def asked_to_confirm(conversation_id: str) -> Talk:
    talk = Talk(conversation_id=conversation_id)
    talk.says("je voudrais faire peser mon bébé, j'habite à Clichy", "decrire_situation", **NEED)
    return talk.presses("1.")


def slot_of(talk: Talk) -> str:
    return str(talk.slots["rdv_creneau"])


def test_two_people_are_never_asked_to_confirm_one_slot(talk: Talk) -> None:
    first, second = asked_to_confirm("first"), asked_to_confirm("second")
    assert "C'est bien cela" in first.text and "C'est bien cela" in second.text
    assert slot_of(first) != slot_of(second)


def test_a_slot_that_somebody_confirms_meanwhile_is_said_taken(talk: Talk) -> None:
    late = Talk(conversation_id="late")
    late.says("je voudrais faire peser mon bébé, j'habite à Clichy", "decrire_situation", **NEED)
    held = slot_of(asked_to_confirm("quick"))
    late.presses("1.")
    assert "vient d'être pris" in late.text
    assert late.slots["attente"] == "rdv"
    assert held not in late.slots["rdv_propositions"]


def test_a_no_gives_the_slot_back(talk: Talk) -> None:
    refused = asked_to_confirm("unwilling")
    slot = slot_of(refused)
    refused.says("non", "refuser")
    assert slot_of(asked_to_confirm("willing")) == slot


def test_who_asks_something_first_still_has_the_slot(talk: Talk) -> None:
    kept = asked_to_confirm("patient")
    held = slot_of(kept)
    asked_to_confirm("another")
    kept.says("merci", "remercier").says("oui", "affirmer")
    assert "Votre code" in kept.text
    assert held not in asked_to_confirm("later").slots["rdv_propositions"]


def test_from_where_too_many_were_taken_today_nothing_is_booked_and_the_number_is_given(talk: Talk) -> None:
    barred = asked_to_confirm("barred")
    barred.may_book = False
    barred.says("oui", "affirmer")
    assert "je n'ai pas pu réserver" in barred.text
    assert "Votre code" not in barred.text
