"""Every text residents read: short sentences, no acronym without its meaning, respectful words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.channels.wording import load_wording
from bot.directory.load import load_directory
from bot.orientation.table import load_table

LONGEST_SENTENCE = 27
"""In words. Plain-language guides ask for fifteen on average: that is tested too."""
MEAN_SENTENCE = 15
KNOWN_ACRONYMS = frozenset({"SMS", "RSA", "VIH", "AAH", "AEEH", "PCH", "MDPH", "OUI", "NON", "MENU", "RDV"})
"""Words everyone uses, or names of rights that whoever is told of them has named first."""
UNPLEASANT = re.compile(
    r"\b(?:il faut que vous|vous devez|obligatoire\w*|impossible de|erreur de votre part|invalide|veuillez"
    r"|merci de bien|calmez|usager\w*|bénéficiaire\w*|allocataire\w*|nonobstant|susvisé\w*|afférent\w*)\b",
    re.IGNORECASE,
)
"""Orders, reproaches, and the words of an office."""
_FOREIGN = re.compile(r"utter_(?:autre_langue|urgence_(?:violence|child|suicide|medical|shelter)_).*")
_BLANK = re.compile(r"\{[^}]*\}")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n")
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")


def texts() -> Iterator[tuple[str, str, str]]:
    """Name, channel and words of every French text; those of a door with the name of its service before them."""
    for name, variations in load_wording().responses.items():
        if not _FOREIGN.fullmatch(name):
            yield from ((name, entry.get("channel", "web"), entry["text"]) for entry in variations)
    directory = load_directory()
    for fact in directory.facts.values():
        yield from ((fact.id, "web", fact.text), (fact.id, "sms", fact.sms))
    services = directory.services
    for code, entry in load_table().items():
        for rank, row in enumerate(entry.rows):
            doors = " ".join(services[door.service].name for door in row.doors if door.service)
            yield f"{code}, ligne {rank}", "web", f"{doors}\n{row.why}"
            yield f"{code}, ligne {rank}", "sms", row.why_sms


def words_of(sentence: str) -> list[str]:
    return _BLANK.sub("X", sentence).split()


ALL = list(texts())
SENTENCES = [sentence for _, _, text in ALL for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def test_sentences_are_short() -> None:
    lengths = [len(words_of(sentence)) for sentence in SENTENCES]
    assert sum(lengths) / len(lengths) <= MEAN_SENTENCE
    assert not [sentence for sentence, length in zip(SENTENCES, lengths, strict=True) if length > LONGEST_SENTENCE]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, channel, text in ALL if channel == "web"])
def test_an_acronym_comes_with_its_meaning(name: str, text: str) -> None:
    told = _BLANK.sub(" ", text)
    explained = {word for word in _ACRONYM.findall(told) if re.search(rf"\({word}\)|{word}(?: \(|, l[ea] )", told)}
    assert set(_ACRONYM.findall(told)) - explained <= KNOWN_ACRONYMS, name


def test_nobody_is_ordered_about_or_filed() -> None:
    assert not [(name, text) for name, _, text in ALL if UNPLEASANT.search(text.split("\n", 1)[-1])]


def test_people_are_addressed_as_vous() -> None:
    familiar = re.compile(r"\b(?:tu|toi|tes|ton|ta|t'as)\b", re.IGNORECASE)
    assert not [(name, text) for name, _, text in ALL if familiar.search(text)]


def test_every_text_is_used() -> None:
    """By its name, or by the end of it where the name is made of a question, a kind or a need."""
    code = " ".join(
        path.read_text(encoding="utf-8") for room in ("actions", "bot", "data/rules") for path in _files(room)
    )
    made = re.compile(
        r"utter_(?:info|message|confidentialite|evaluer|revenir|resume|mode|territoire|porte|securite|doute|urgence"
        r"|hors_danger|danger_passe|bouton|autre_langue|confirmer|rassurer|se_confier|pas_compris|rappel_urgence|rappel_danger|danger_nie|encore|sans_telephone)_\w+"
    )
    intents = set(yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["intents"])
    unused = [
        name
        for name in load_wording().responses
        if name not in code and not made.fullmatch(name) and name.removeprefix("utter_") not in intents
    ]
    assert unused == ["utter_default"]


def _files(room: str) -> Iterator[Path]:
    return (path for path in Path(room).rglob("*") if path.suffix in (".py", ".yml"))
