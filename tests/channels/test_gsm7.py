"""The alphabet of SMS and what a text costs, against the vectors of 3GPP TS 23.038 and an oracle written apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.gsm7 import BASIC, EXTENSION, segments, septets, to_gsm7

ALPHABET = BASIC | EXTENSION
in_alphabet = st.text(st.sampled_from(sorted(ALPHABET)), max_size=700)


def test_the_tables_have_the_sizes_of_the_standard() -> None:
    assert (len(BASIC), len(EXTENSION)) == (127, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("é" * 160, 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("", 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),
    ],
)
def test_segments_of_the_known_vectors(text: str, expected: int) -> None:
    assert segments(text) == expected


def test_a_pair_is_never_split_over_two_parts() -> None:
    assert segments("a" * 152 + "€" + "a" * 152) == 3, "the escape of the € would end the first part"
    assert segments("a" * 152 + "bc" + "a" * 152) == 2
    assert segments("ê" * 66 + "😀" + "ê" * 66) == 3


def parts_by_hand(text: str, single: int, room: int, size: dict[str, int]) -> int:
    """Counts by filling parts one sign at a time."""
    if sum(size.get(sign, 1) for sign in text) <= single:
        return 1
    parts = [0]
    for sign in text:
        cost = size.get(sign, 1)
        if parts[-1] + cost > room:
            parts.append(0)
        parts[-1] += cost
    return len(parts)


@given(in_alphabet)
def test_segments_of_the_alphabet_agree_with_counting_by_hand(text: str) -> None:
    assert segments(text) == parts_by_hand(text, 160, 153, dict.fromkeys(EXTENSION, 2))


@given(st.text(max_size=400).map(lambda text: text + "ê"))
def test_segments_outside_the_alphabet_count_utf16_units(text: str) -> None:
    wide = {sign: 2 for sign in text if len(sign.encode("utf-16-le", "surrogatepass")) == 4}
    assert segments(text) == parts_by_hand(text, 70, 67, wide)


def test_septets_refuse_what_the_alphabet_has_not() -> None:
    with pytest.raises(ValueError, match="GSM-7"):
        septets("ê")


@given(st.text())
@example("L’été à l’hôpital : 20 € – « ça va » … œuf №5 ½ ﬁn")
@example("\ud800 \u202e \u0000 \u200b")
def test_what_comes_out_is_in_the_alphabet_and_stays_as_it_is(text: str) -> None:
    written = to_gsm7(text)
    assert set(written) <= ALPHABET
    assert to_gsm7(written) == written


@given(in_alphabet)
def test_what_is_in_the_alphabet_is_unchanged(text: str) -> None:
    assert to_gsm7(text) == text


@given(st.text(st.characters(blacklist_characters="ÇC\u0327")))
def test_the_capital_cedilla_is_never_made(text: str) -> None:
    assert "Ç" not in to_gsm7(text + "ç")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("éèàù", "éèàù"),
        ("e\u0301te\u0301", "été"),
        ("Ça, un garçon", "Ça, un garcon"),
        ("hôpital, être, Noël, où, aigüe, Œuvre, cœur", "hopital, etre, Noel, où, aigüe, OEuvre, coeur"),
        ("À Êtes-vous là ?", "A Etes-vous là ?"),
        ("l’accueil “ici” « là »…", 'l\'accueil "ici" " là "...'),
        ("de 9 h – 12 h — n° 3", "de 9 h - 12 h - no 3"),
        ("rendez\u2011vous", "rendez-vous"),
        ("01\u00a047\u202f29\u200930\u300032", "01 47 29 30 32"),
        ("5 ≠ 6", "5  6"),
        ("😀 bonjour", " bonjour"),
    ],
)
def test_what_stands_for_what(text: str, expected: str) -> None:
    assert to_gsm7(text) == expected
