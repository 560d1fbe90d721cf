"""A turn in one text message: three segments at most, the emergency first whatever happens."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.gsm7 import BASIC, EXTENSION, segments, to_gsm7
from bot.channels.sms import MAX_SEGMENTS, choices, compose

Part = dict[str, Any]
EMERGENCY = "Appelez le 17 (police) ou le 114 par SMS si vous ne pouvez pas parler. 3919, violences femmes info."


def part(text: str, *titles: str) -> Part:
    buttons = [{"title": title, "payload": f"/{title}"} for title in titles]
    return {"text": text, "buttons": buttons, "card": None, "orientation": None}


texts = st.one_of(
    st.text(max_size=600),
    st.text(st.sampled_from("abcé €ê😀\n"), min_size=300, max_size=900),
    st.integers(1, 800).map("x".__mul__),
)
parts = st.builds(part, texts).flatmap(
    lambda made: st.lists(st.text(max_size=60), max_size=8).map(lambda titles: part(made["text"], *titles))
)


@given(st.lists(parts, max_size=8))
@example([part("x" * 2_000)])
@example([part("€" * 600), part("ê" * 600)])
@example([])
def test_a_turn_is_three_segments_of_the_alphabet_at_most(said: list[Part]) -> None:
    written = compose(said)
    assert segments(written) <= MAX_SEGMENTS
    assert set(written) <= BASIC | EXTENSION


@given(st.lists(parts, max_size=8))
def test_the_emergency_is_never_dropped_nor_cut(said: list[Part]) -> None:
    assert compose([part(EMERGENCY), *said]).startswith(to_gsm7(EMERGENCY))


def test_what_stands_in_the_middle_is_left_out_first_and_the_question_stays() -> None:
    said = [part("Compris."), part("A" * 200), part("B" * 300), part("Quel jour ?\n1. lundi\n2. mardi")]
    assert compose(said) == "Compris.\n" + "A" * 200 + "\nQuel jour ?\n1. lundi\n2. mardi"


def test_the_question_keeps_whole_lines_when_two_messages_are_too_long() -> None:
    slots = [f"{rank}. lundi 23 novembre a {rank + 8} h 30" for rank in range(1, 5)]
    written = compose([part("A" * 360), part("\n".join(["Quel jour ?", *slots]))])
    assert written.splitlines()[1:] == ["Quel jour ?", *slots[:2]]


def test_choices_stand_numbered_unless_the_text_lists_them() -> None:
    assert compose([part("Vous habitez où ?", "Clichy", "Levallois-Perret")]) == (
        "Vous habitez où ?\n1 Clichy\n2 Levallois-Perret"
    )
    assert compose([part("Quel jour ?\n1. lundi", "1. Lundi")]) == "Quel jour ?\n1. lundi"


def test_numbers_press_the_choices_of_the_last_message_that_offers_some() -> None:
    assert choices([part("a", "x"), part("b", "Clichy", "Levallois"), part("c")]) == ["/Clichy", "/Levallois"]
    assert choices([part("a")]) == []


def test_of_a_door_that_has_no_room_its_name_and_its_number_are_left() -> None:
    door = part("B" * 300) | {
        "card": {"kind": "door", "title": "Une facture", "service": "Droits", "phones": [{"number": "12"}]}
    }
    said = [part("A" * 200), door, part("Quel jour ?")]
    assert compose(said) == "A" * 200 + "\nUne facture: Droits, 12\nQuel jour ?"


def test_a_door_that_has_room_is_told_whole() -> None:
    door = part("B" * 100) | {"card": {"kind": "door", "title": "Une facture", "service": "Droits", "phones": []}}
    assert "B" * 100 in compose([part("A" * 200), door, part("Quel jour ?")])
