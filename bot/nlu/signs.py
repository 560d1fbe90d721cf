"""Details that choose between the rows of one need: a commandement de payer, a baby, a changed lock.

The words are those of `data/lexicon/signs.yml`; the rows that use them stand in `data/orientation`.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

SIGN_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "signs.yml"
Signs = Mapping[str, re.Pattern[str]]


def load_signs(path: Path = SIGN_WORDS) -> Signs:
    """The words that show each sign."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {sign: re.compile(pattern) for sign, pattern in written.items()}


def shown(normalized: str, signs: Signs) -> tuple[str, ...]:
    """The signs a normalised text shows, in the order of the file."""
    return tuple(sign for sign, pattern in signs.items() if pattern.search(normalized))
