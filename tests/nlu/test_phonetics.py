import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.phonetics import sound


@pytest.mark.parametrize(
    ("spelling", "by_ear"),
    [
        ("enceinte", "ansinte"),
        ("recu", "resu"),
        ("huissier", "uissier"),
        ("frappe", "frape"),
        ("loyer", "loye"),
        ("quitter", "kite"),
        ("grossesse", "grosesse"),
        ("telephone", "telefone"),
        ("bureaux", "buro"),
        ("menaces", "menasse"),
    ],
)
def test_spellings_heard_alike_have_one_key(spelling: str, by_ear: str) -> None:
    assert sound(spelling) == sound(by_ear)


@pytest.mark.parametrize(
    ("one", "other"), [("mere", "maire"), ("loyer", "foyer"), ("creche", "cloche"), ("bebe", "baba"), ("rsa", "css")]
)
def test_words_heard_apart_stay_apart_save_true_homophones(one: str, other: str) -> None:
    homophones = {("mere", "maire")}
    assert (sound(one) == sound(other)) == ((one, other) in homophones)


@given(st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True))
def test_a_word_always_has_a_key(word: str) -> None:
    assert sound(word)


@given(st.integers(min_value=0))
def test_numbers_are_their_own_key(number: int) -> None:
    assert sound(str(number)) == str(number)
