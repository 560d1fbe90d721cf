"""Telephone numbers and streets stand in the directory, where each has its source, and nowhere else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.directory.load import load_directory
from bot.directory.models import fold
from bot.settings import ROOT
from tests.assistant import TURNS, Assistant, Conversation

DIRECTORY = load_directory()
ISSY = DIRECTORY.structure("pole-issy")
OWN_RESIDENTS = {"Clichy", "Levallois-Perret"}

TREES = ("bot", "actions", "data", "deploy", "docs", "tools", "migrations", "bench")
ROOT_FILES = ("domain.yml", "config.yml", "credentials.yml", "endpoints.yml", "README.md", "Makefile")
FACTS_AND_EXAMPLES = ("data/directory", "data/nlu")
READ = {".py", ".yml", ".yaml", ".md", ".html", ".js", ".css", ".txt", ".json", ".toml", ".j2", ""}

FRENCH_NUMBER = re.compile(
    r"(?<![\d.])(?:\+33[ .]?|0033[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?![\d.])|\b0 ?8\d{2}(?: ?\d{2}){3}\b"
)
SHORT_NUMBERS = sorted(
    {hotline.dial for hotline in DIRECTORY.hotlines.values() if re.fullmatch(r"\d{3,4}", hotline.dial)}
)
CALLED = re.compile(rf"(?:\b(?:le|au|du|appelez|appeler|numéro|SMS au|Tél\.?|tel:)[ :]?)({'|'.join(SHORT_NUMBERS)})\b")
STREET = re.compile(
    r"\b\d{1,3}(?:[ -]?(?:bis|ter|\d{1,3}))?,? (?:rue|avenue|boulevard|bd|place|allée|impasse|quai|square|chemin) ",
    re.IGNORECASE,
)
FICTIONAL = {
    "06 00 00 00 00",
    "0600000000",
    "+33600000000",
    "0612345678",
    "06 12 34 56 78",
    "+33612345678",
    "0123456789",
}
"""Numbers of nobody, which stand for a resident's in marks, labels and examples; the digits of an alphabet."""


def files() -> Iterator[Path]:
    trees = (path for tree in TREES for path in (ROOT / tree).rglob("*") if path.is_file())
    for path in (*trees, *(ROOT / name for name in ROOT_FILES)):
        inside = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix in READ and not inside.startswith(FACTS_AND_EXAMPLES):
            yield path


def lines() -> Iterator[tuple[str, str]]:
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def test_the_files_residents_texts_come_from_are_all_looked_at() -> None:
    looked_at = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {"domain.yml", "data/orientation/logement.yml", "bot/channels/cards.py", "actions/advising.py"} <= looked_at
    assert not any(path.startswith("data/directory") for path in looked_at)


def test_no_telephone_number_stands_outside_the_directory() -> None:
    found = [f"{where} : {match[0]}" for where, line in lines() for match in FRENCH_NUMBER.finditer(line)]
    assert not [one for one in found if one.rpartition(" : ")[2].strip() not in FICTIONAL]


def test_no_short_number_is_written_in_a_sentence_outside_the_directory() -> None:
    assert not [f"{where} : {match[0]}" for where, line in lines() for match in CALLED.finditer(line)]


@pytest.mark.parametrize("folder", ["data/orientation", "domain.yml"])
def test_the_words_residents_read_hold_no_hotline_by_its_number(folder: str) -> None:
    """Here even a bare 15 or 17 is a number to call: the words name hotlines by their id."""
    short = {hotline.dial for hotline in DIRECTORY.hotlines.values() if len(hotline.dial) <= 4}
    root = ROOT / folder
    for path in [root] if root.is_file() else sorted(root.glob("*.yml")):
        for line in spoken(path):
            written = re.findall(r"(?<![\w-])(?:le|au|du) (\d{2,4})\b(?! (?:heures|semaines|ans|mois))", line)
            assert not short & set(written), f"{path.name} : {line}"


def spoken(path: Path) -> list[str]:
    """The lines of prose of a file: neither comments nor keys nor levels."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]


def test_no_street_stands_outside_the_directory() -> None:
    assert not [f"{where} : {match[0]}" for where, line in lines() for match in STREET.finditer(line)]


def test_no_address_of_the_directory_stands_elsewhere() -> None:
    addresses = [fold(one.address) for one in DIRECTORY.structures.values() if one.address]
    assert not [where for where, line in lines() for address in addresses if address in fold(line)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("appelez le 01 47 29 30 32", FRENCH_NUMBER),
        ("01.47.29.30.32", FRENCH_NUMBER),
        ("+33147293032", FRENCH_NUMBER),
        ("0 806 00 00 92", FRENCH_NUMBER),
        ("appelez le 115", CALLED),
        ("un SMS au 114", CALLED),
        ("le 3919 écoute", CALLED),
        ("au 13-15 rue Jean-Pierre Timbaud", STREET),
        ("2 bis, avenue de Verdun", STREET),
    ],
)
def test_what_is_looked_for_would_be_found(text: str, seen: re.Pattern[str]) -> None:
    assert seen.search(text)


QUESTIONS = [
    "j'habite Clichy",
    "c'est où le pôle social ?",
    "je n'ai rien à manger",
    "quelle est l'adresse exacte ?",
    "vous êtes ouverts quand ?",
    "je veux parler à quelqu'un",
    "mon mari me frappe",
]


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_resident_of_clichy_who_asks_everything_is_never_sent_to_issy(channel: str, assistant: Assistant) -> None:
    conversation = Conversation.open(assistant, channel)
    for question in QUESTIONS:
        conversation.say(question)
        assert not names_issy(conversation.text), conversation.text


def test_in_the_whole_run_no_resident_of_clichy_or_levallois_read_the_address_of_issy() -> None:
    """What every dialogue of the suite was answered, looked over once all are held."""
    wrong = [turn for turn in TURNS if turn.commune in OWN_RESIDENTS and names_issy(turn.answered)]
    assert not wrong


def names_issy(text: str) -> bool:
    address = ISSY.address or ""
    street = address.lstrip("0123456789- ")
    return fold(street) in fold(text)
