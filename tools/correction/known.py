"""Messages the project already has: to learn from, or to judge by. None of them enters training twice, a judge never.

Two messages are near when more than three quarters of their trigrams are shared, as tools/near_duplicates.py
measures it. For a judge less is enough, and a message that contains one, or is contained in one, is near as well.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.examples import written_examples
from bot.nlu.text import fold
from tools.correction.project import CorrectionError, Project
from tools.near_duplicates import FEWEST_WORDS, TOO_CLOSE

_NEAR_A_JUDGE = 0.6
_FEWEST_QUOTED = 4
"""A judge of fewer words stands inside other messages by chance."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Known:
    """A message ready to be compared. `where`: the file it stands in."""

    text: str
    where: str
    words: str
    trigrams: frozenset[str]
    judge: bool

    @property
    def length(self) -> int:
        """Its number of words."""
        return self.words.count(" ") + 1


def known(text: str, where: str = "", *, judge: bool = False) -> Known:
    """The message, ready to be compared."""
    folded = fold(text)
    words = " ".join(_WORD.findall(folded))
    return Known(text, where, words, frozenset(folded[at : at + 3] for at in range(len(folded) - 2)), judge)


def load_known(project: Project) -> list[Known]:
    """Every message of the training files and of the sets that judge; judges first. Raises CorrectionError."""
    judges = [known(text, name, judge=True) for name, text in _messages(project.judges)]
    if not judges:
        raise CorrectionError(f"{project.judges} : aucun message d'évaluation, rien ne peut en être protégé")
    return judges + [known(text, name) for name, text in _messages(project.training)]


def nearest(message: Known, others: Iterable[Known]) -> Known | None:
    """The first of the others that is the same message, or nearly."""
    return next((other for other in others if _near(message, other)), None)


def _messages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.yml")):
        try:
            written = list(written_examples(path))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
            raise CorrectionError(f"{path} : fichier de messages illisible ({type(error).__name__})") from error
        yield from ((path.name, example.text) for example in written)


def _near(one: Known, other: Known) -> bool:
    if one.words == other.words:
        return True
    if other.judge and _quotes(one, other):
        return True
    if min(one.length, other.length) < FEWEST_WORDS:
        return False
    return _alike(one.trigrams, other.trigrams, _NEAR_A_JUDGE if other.judge else TOO_CLOSE)


def _quotes(one: Known, judge: Known) -> bool:
    """Whether one of the two messages stands whole in the other."""
    short, long = sorted((one, judge), key=lambda message: len(message.words))
    return short.length >= _FEWEST_QUOTED and f" {short.words} " in f" {long.words} "


def _alike(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    if min(len(one), len(other)) <= share * max(len(one), len(other)):
        return False
    common = len(one & other)
    return common > share * (len(one) + len(other) - common)
