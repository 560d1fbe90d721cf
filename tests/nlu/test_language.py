from pathlib import Path

import pytest
import yaml

from bot.nlu.language import LanguageReader, learn_reader
from bot.nlu.text import load_spellings, normalize
from tests.nlu.examples import TRAINING, Example, examples

MESSAGES = yaml.safe_load((Path(__file__).parent / "messages_by_language.yml").read_text(encoding="utf-8"))
WANTED = "ar en es pt tr uk ru zh ta ro sq bn".split()
ENOUGH_RIGHT = 0.98
ENOUGH_RIGHT_OF_OTHERS = 0.95
TOO_MANY_MISREAD = 0.002
"""Of the examples that do not say another language (`language` in their metadata)."""
HOLD_FOREIGN_MESSAGES = ("actes.yml", "hors_sujet.yml")


def _language_of(example: Example) -> str:
    return str(example.metadata.get("language", "fr"))


def _reader(learned: list[Example]) -> LanguageReader:
    spellings = load_spellings()
    return learn_reader([(one.text, normalize(one.text, spellings), _language_of(one)) for one in learned], seed=1)


@pytest.fixture(scope="module")
def reader() -> LanguageReader:
    return _reader(list(examples(*TRAINING)))


@pytest.mark.parametrize("language", WANTED)
def test_each_language_has_messages_of_many_situations(language: str) -> None:
    assert len(MESSAGES[language]) >= 12


def test_the_language_of_short_messages_is_right(reader: LanguageReader) -> None:
    told = [(reader.read(text), language, text) for language, texts in MESSAGES.items() for text in texts]
    wrong = [one for one in told if one[0] != one[1]]
    assert len(wrong) <= (1 - ENOUGH_RIGHT) * len(told), wrong


@pytest.mark.parametrize("text", MESSAGES["fr"])
def test_french_stays_french_however_it_is_spelt(text: str, reader: LanguageReader) -> None:
    assert reader.read(text) == "fr"


def test_messages_it_has_not_learned_from_are_told_apart() -> None:
    """A fifth of the examples, read by what the four others teach."""
    known = [one for one in examples(*TRAINING) if one.file not in HOLD_FOREIGN_MESSAGES]
    others = _reader([one for number, one in enumerate(known) if number % 5])
    held_out = [(one.text, _language_of(one)) for one in known[::5]]
    french = [text for text, language in held_out if language == "fr"]
    misread = [text for text in french if others.read(text) != "fr"]
    assert len(misread) < TOO_MANY_MISREAD * len(french), misread
    foreign = [(text, language) for text, language in held_out if language != "fr"]
    right = sum(others.read(text) == language for text, language in foreign)
    assert right >= ENOUGH_RIGHT_OF_OTHERS * len(foreign)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mrc bcp", "fr"),
        ("my husband is beating me, help me please", "en"),
        ("أنا حامل وأسكن في كليشي", "ar"),
        ("kifach ndir carte dyali 3andi mochkil", "ar"),
        ("Де можна вивчати французьку мову безкоштовно", "uk"),
        ("мой муж меня бьёт", "ru"),
        ("我没有医疗保险", "zh"),
        ("je paye 3mois de loyer en 7fois", "fr"),
        ("😀😀😀", "fr"),
        ("0612345678", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_of_a_message(text: str, language: str, reader: LanguageReader) -> None:
    assert reader.read(text) == language
