"""Confirmation codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.codes import ALPHABET, LENGTH, new_code, parse_code

symbols = st.lists(st.sampled_from(ALPHABET), min_size=LENGTH, max_size=LENGTH)
separators = st.text(alphabet=" -\u2011\u2013\u00a0\u202f._\t", max_size=3)


@given(symbols=symbols, data=st.data())
def test_a_code_is_read_however_it_is_typed(symbols: list[str], data: st.DataObject) -> None:
    typed = "".join(data.draw(separators) + data.draw(st.sampled_from([symbol, symbol.lower()])) for symbol in symbols)
    written = parse_code(typed + data.draw(separators))
    assert written is not None and written.replace("-", "") == "".join(symbols)
    assert parse_code(written) == written


@given(st.text())
def test_any_text_is_a_code_or_nothing(text: str) -> None:
    written = parse_code(text)
    assert written is None or parse_code(written) == written


@pytest.mark.parametrize("text", ["", "K7PM-4XQT-9", "K7PM-4XQT-9RR", "K7PM-4XQT-9A", "K7PM-4XQT-90", "Ｋ7PM-4XQT-9R"])
def test_what_is_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_new_codes_are_grouped_distinct_and_use_the_whole_alphabet() -> None:
    codes = [new_code() for _ in range(2000)]
    assert len(set(codes)) == len(codes)
    assert {len(group) for code in codes for group in code.split("-")} == {4, 2}
    assert all(parse_code(code) == code for code in codes)
    assert set("".join(codes)) - {"-"} == set(ALPHABET)


def test_no_vowel_and_nothing_read_as_something_else() -> None:
    assert not set(ALPHABET) & set("AEIOUY01LBGSZ") and len(set(ALPHABET)) == len(ALPHABET) > 20
