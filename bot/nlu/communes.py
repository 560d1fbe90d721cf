"""The commune a message names: "92300", "levalois", "j'habite Clichy" — but not Clichy-sous-Bois, nor Place de Clichy.

Names come from the directory, with their short forms and postcodes. Near misses of one letter are accepted for the
pôle's own two communes, whose residents write most.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from rapidfuzz.distance import OSA

from bot.directory.models import Directory
from bot.nlu.text import fold

OTHER_SPELLINGS = Path(__file__).parents[2] / "data" / "lexicon" / "communes.yml"
PARIS, PARIS_DEPARTMENT = "Paris", "75"
_NEAR_MISSES = {"clichy": "Clichy", "levallois": "Levallois-Perret"}
_NO_MISS = frozenset({"cliche", "cliches", "click", "clichee"})
_AT_HOME = re.compile(
    r"(?:habite|habitons|vis|vit|loge|reside|domicilie\w*|suis|viens|chez moi|heberge\w*)(?: \w+){0,2}$"
)
_WORD = re.compile(r"\w+")


class CommuneFinder:
    """Finds the commune of a message."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        longest_first = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def find(self, text: str) -> str | None:
        """The commune named, canonical; of several, the one said to be home, else the first; None when none is."""
        folded = fold(text)
        named = [(match.start(), self._names[match[0]]) for match in self._pattern.finditer(folded)]
        if not named:
            return next(self._near_misses(folded), None)
        return next((name for start, name in named if _AT_HOME.search(folded[:start].rstrip())), named[0][1])

    def _near_misses(self, folded: str) -> Iterator[str]:
        for word in _WORD.findall(folded):
            for spelling, name in _NEAR_MISSES.items():
                if (
                    word not in _NO_MISS
                    and word[0] == spelling[0]
                    and OSA.distance(word, spelling, score_cutoff=1) <= 1
                ):
                    yield name


def commune_names(directory: Directory, other_spellings: Path = OTHER_SPELLINGS) -> dict[str, str]:
    """Every folded spelling of every commune → its canonical name; quarters of Paris are Paris."""
    known = (*directory.elsewhere.values(), *directory.communes.values())
    names = {
        fold(spelling): PARIS if commune.department == PARIS_DEPARTMENT else commune.name
        for commune in known
        for spelling in commune.names
    }
    others = yaml.safe_load(other_spellings.read_text(encoding="utf-8"))
    return names | {fold(spelling): name for name, spellings in others.items() for spelling in spellings}
