"""The house that a message names, whose appointments are not taken here: the préfecture, the Caf, a doctor.

The words are those of `data/lexicon/other_houses.yml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HOUSE_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "other_houses.yml"


@dataclass(frozen=True)
class OtherHouse:
    """One house, as an answer names it, and whose telephone in the directory is its own."""

    at: str
    words: re.Pattern[str]
    contact: str | None


@cache
def other_houses(path: Path = HOUSE_WORDS) -> tuple[OtherHouse, ...]:
    """Every house of the file, in its order."""
    written: Mapping[str, Mapping[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(OtherHouse(at, re.compile(one["words"]), one.get("contact")) for at, one in written.items())


def house_named(words: str) -> OtherHouse | None:
    """The first house that normalised words name."""
    return next((house for house in other_houses() if house.words.search(words)), None)
