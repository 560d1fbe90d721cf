"""More messages to learn from, made of the written ones: two joined, one typed badly.

Nothing here invents wording. Joining teaches that any two needs can come together; typing errors, that a letter more
or less changes nothing. All are drawn from a seed, so that a training can be repeated exactly.
"""

import random
from collections.abc import Callable, Sequence

Labelled = tuple[str, frozenset[str]]
"""A normalised message and its labels."""

_JOINTS = (" ", " et ", " en plus ", ". ", " et puis ", ", ")
_NEIGHBOURS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_BY_EAR = (("qu", "k"), ("ph", "f"), ("eau", "o"), ("au", "o"), ("ai", "e"), ("ss", "s"), ("er ", "e "), ("ent ", " "))
_ERRORS_PER_WORD = 0.12


def joined(examples: Sequence[Labelled], count: int, seed: int) -> list[Labelled]:
    """`count` messages made of two others, which carry the labels of both."""
    draw = random.Random(seed)
    pairs = (draw.sample(examples, 2) for _ in range(count))
    return [(first + draw.choice(_JOINTS) + second, one | other) for (first, one), (second, other) in pairs]


def mistyped(examples: Sequence[Labelled], count: int, seed: int) -> list[Labelled]:
    """`count` messages typed again in haste or by ear, with the labels they had."""
    draw = random.Random(seed)
    return [(_mistype(text, draw), labels) for text, labels in draw.choices(examples, k=count)]


def _mistype(text: str, draw: random.Random) -> str:
    by_ear = text
    for written, heard in draw.sample(_BY_EAR, 3):
        by_ear = by_ear.replace(written, heard)
    return " ".join(_slip(word, draw) for word in by_ear.split(" "))


def _slip(word: str, draw: random.Random) -> str:
    if len(word) < 4 or draw.random() > _ERRORS_PER_WORD:
        return word
    slips: tuple[Callable[[str, int, random.Random], str], ...] = (_drop, _double, _swap, _neighbour)
    return draw.choice(slips)(word, draw.randrange(1, len(word) - 1), draw)


def _drop(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int, _: random.Random) -> str:
    return word[: at + 1] + word[at:]


def _swap(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _neighbour(word: str, at: int, draw: random.Random) -> str:
    row = next((row for row in _NEIGHBOURS if word[at] in row), word[at])
    key = row.index(word[at])
    return word[:at] + draw.choice(row[max(0, key - 1) : key + 2]) + word[at + 1 :]
