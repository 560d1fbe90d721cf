"""The commune a message names: "92300", "levalois", "j'habite Clichy" — but not Clichy-sous-Bois, nor Place de Clichy.

That of a street, a bridge or a train is no one's commune, nor that of the prefecture or the hospital.

Names come from the directory, with their short forms and postcodes. Near misses of one letter are accepted for the
pôle's own two communes, whose residents write most.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
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
    r"(?:habite|habitons|vis|vit|vecu|loge|reside|domicilie\w*|sui|suis|some|sommes|on est|viens"
    r"|demeure|(?:je|j|on) ?(?:dors?|dort|creche|pieute)|moro|moramos|vivo|vivimos|resido|live|living|(?:i|we) stay"
    r"|abito|wohne|locuiesc|jetoj|oturuyorum|jivu|zhivu"
    r"|chez moi|chez nous|la maison|heberge\w*|ma ville(?: c)?)(?: \w+){0,2}$"
    r"|\b(?:viens|vient) (?:juste )?d (?:emmenager|arriver|habiter) (?:a|sur|dans)$"
    r"|\b(?:moi(?: et (?:les|mes) \w+)?|maintenant|mtn|mnt|mtnt|desormais|actuellement|aujourd hui|nouvelle)"
    r"(?: (?:c est|c|cest|on est|(?:je|j) suis?))?(?: (?:a|de|sur|dans))?$"
)
_A_PLACE = re.compile(
    r"\b(?:jusqu? ?a|(?:marcher|envoie|envoyer|aller|deplacer|descends?|monte|sors) a"
    r"|(?:pont|rue|avenue|boulevard|bd|quai|route|gare) (?:de|d|du)|train|bus|tram)$"
)
"""Where one passes: its name does not say where one lives."""
_BY_DAY = re.compile(
    r"\b(?:travaille\w*|bosse\w*|taffe\w*|etudie\w*|(?:suis|est) (?:en stage|en formation|etudiante?)"
    r"|(?:travaille|bosse|taffe|etudie)\w*(?: (?!(?:et|mais|j|je|on|moi|habit\w*|vi[ts]|loge\w*|suis)\b)\w+){1,3}?"
    r"(?= (?:a|sur|dans|vers)$)"
    r"|en (?:(?:m|l) ?[1-5]|licence|master|bts|but|iut|prepa|fac|cap|bac pro|terminale|seconde|premiere|these)"
    r"|(?:mon|ma|son|sa|le|un|une) (?:stage|boulot|taf|job|travail|lieu de travail|employeur|entreprise"
    r"|bureau)|chantier)"
    r"(?: (?:c |ce |il )?est)?(?: (?:a|sur|dans|vers))?$"
)
"""Where one works or studies: one may live elsewhere."""
_FORMER = re.compile(
    r"\b(?:(?:etais?|etait|etions|j ?ete|j ?etai|g ete|(?:habit|viv|log)(?:ais|ait|ions)"
    r"|(?:ai|a|avons|g) (?:longtemps )?(?:vecu|habit\w+|loge\w*|quittee?)|suis (?:ne|nee)"
    r"|avant(?: (?:c est|c etait|c t|c|on etait))?|ancienne adresse)(?: (?:a|sur|de|dans))?"
    r"|(?:etais|etait) (?:\w+ ){1,3}(?:a|sur)|(?:demenagee?s?|partie?s?) de)$"
)
"""Where one lived, worked or was born, before moving."""
_HOME_NO_LONGER = re.compile(
    r" (?:c est |c etait )?(?:mon |notre |l )?(?:ancienne adresse"
    r"|(?:avant|avan)(?=\W*(?:$|la\b|mtn|mnt|mais|maintenant)))"
)
"""After the name of a town: "Levallois c'est mon ancienne adresse"."""
_OF_A_THING = re.compile(
    r"\b(?:boites? (?:postale|aux lettres)|courriers?|medecin|docteur|dentiste|pediatre|banque|coiffeur|garagiste"
    r"|avocate?|ecole|college|lycee|creche)(?: (?:qui )?(?:c est|est|arrive\w*|vient|sont))?(?: (?:a|sur|de|dans))?$"
)
"""Where the post comes or the doctor is: one may live elsewhere."""
_PARKED = re.compile(r"\b(?:gar|stationn)ee?s?(?: (?:a|vers|sur|pres de|devant))?$")
_IS_WORK = re.compile(
    r" (?:c est |c |cest |e |is )(?:le |la |l |mon |ma |o |a |the |my |du )?"
    r"(?:trabalho|travail|boulot|taf|job|chantier|obra|work|lycee|ecole de)\b"
)
"""After the name of a town: "Levallois c'est le chantier, Clichy c'est le lit"."""
_ARE_BETS = re.compile(r" (?:sportifs?|hippiques?|en ligne|truques?|foot)\b")
_BETS = re.compile(r"\b(?:les|des|mes|ses|aux|jeux et) $")
"""Around the name of Paris: "mes paris", "les paris sportifs"."""
_HOME = re.compile(r" (?:c est )?(?:la maison|chez moi|chez nous|mon domicile)\b")
_CORRECTING = re.compile(r"^(?:\W*\w+){0,3}?\W*\b(?:non|nn|nan|pardon|oups|plutot|enfin)\b(?:\W+\w+){0,6}\W*$")
"""Between two communes: the second is the right one ("Levallois, enfin non on a déménagé, Clichy")."""
_FOR_ANOTHER = re.compile(r"\bpour (?:ma|mon|mes|notre|une?)\b")
_THEIR_HOME = re.compile(r"\b(?:qui|elle|il|ils|elles) (?:habit\w*|vit|vivent|loge\w*|reside\w*)(?: \w+)?$")
_OF_ANOTHER = re.compile(
    r"(?<!chez )\b(?:elle|il|lui|eux|ils|elles|(?:ma|mon|mes) (?!part\b|cote\b)\w+|(?:le|la|les) (?:petite?s?|enfants?"
    r"|gamine?s?|gosses?|bebe|jumeaux)"
    r"|(?:une? |(?<=^)|(?<=[.,;] ))(?:amie?|pote|copine|copain|cousine?|collegue|tante|oncle|frere|soeur|voisine?))"
    r"(?: ?,? ?(?:elle|lui|il|eux|elles|ils) ?,?)?"
    r" (?:(?:c est|c|est|sont|habit\w*|vit|vivent|loge\w*|reside\w*)(?: chez (?:sa|son|leur|ses) \w+ ?,?)?"
    r"(?: (?:a|sur|de|dans))?|a)$"
    r"|(?<!chez )\b(?:elle|lui|eux)$"
)
"""Before a commune: that of somebody else."""
_SAID_BY_MISTAKE = re.compile(r" (?:par (?:habitude|erreur|reflexe)|c etait (?:une erreur|avant))\b")
_SUPPOSED = re.compile(r"\bsi (?:je|j|on|nous) (?:\w+ ){1,3}?(?:a|sur|pour|de|vers)?$")
"""A move only thought of: "et si je déménage à Levallois ?"."""
_NOT_THERE = re.compile(r"\b(?:pas|plus|ni|pourquoi)(?: (?:a|de|d|du|sur|en))?$")
"""Said not to be the place: "non pas à Levallois, à Clichy"."""
_AN_OFFICE = re.compile(
    r"\b(?:(?:sous )?prefecture|tribunal|cour|prison|hopital|clinique|caf|mdph|cpam|guichet|universite|fac|lycee)"
    r"(?: \w+)?(?: de| d| du| a)?$"
)
"""Offices that serve more than their own commune."""
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
        found = self._named(folded)
        if not found:
            return next(self._near_misses(folded), None)
        met = _before_each(found, folded, self._names)
        home = [self._names[match[0]] for match in found if _HOME.match(folded[match.end() :])]
        theirs = [name for before, name in met if _THEIR_HOME.search(before)] if _FOR_ANOTHER.search(folded) else []
        if home or theirs:
            return (home or theirs)[-1]
        lived_in = [
            (before, name) for before, name in _put_right(found, folded, met) if not _is_passed_by(before, name)
        ]
        lived_in = [one for one in lived_in if not _is_another_s(one[0])] or lived_in
        first = lived_in[0][1] if lived_in else None
        return next((name for before, name in lived_in if _AT_HOME.search(before)), first)

    def find_theirs(self, text: str) -> str | None:
        """The commune where somebody else is said to live: "elle est à Levallois, moi je suis à Clichy"."""
        folded = fold(text)
        found = self._named(folded)
        met = _put_right(found, folded, _before_each(found, folded, self._names))
        return next(
            (name for before, name in met if _OF_ANOTHER.search(before) and not _OF_A_THING.search(before)), None
        )

    def find_work(self, text: str) -> str | None:
        """The commune where the writer works or studies: a link with it, for who has no address (facts.md)."""
        folded = fold(text)
        met = _before_each(self._named(folded), folded, self._names)
        return next((name for before, name in met if _BY_DAY.search(before)), None)

    def _named(self, folded: str) -> list[re.Match[str]]:
        return [one for one in self._pattern.finditer(folded) if not self._is_no_place(one, folded)]

    def _is_no_place(self, found: re.Match[str], folded: str) -> bool:
        """Whether the name of a commune is said by mistake, is that of an old home, or means bets."""
        before, after = folded[: found.start()], folded[found.end() :]
        bets = found[0] == "paris" and (_ARE_BETS.match(after) or _BETS.search(before))
        return bool(bets or _IS_WORK.match(after) or _SAID_BY_MISTAKE.match(after) or _HOME_NO_LONGER.match(after))

    def _near_misses(self, folded: str) -> Iterator[str]:
        for word in _WORD.findall(folded):
            for spelling, name in _NEAR_MISSES.items():
                if (
                    word not in _NO_MISS
                    and word not in self._names
                    and word[0] == spelling[0]
                    and OSA.distance(word, spelling, score_cutoff=1) <= 1
                ):
                    yield name


_Met = list[tuple[str, str]]
"""The words before each commune named, and its canonical name."""


def _before_each(found: list[re.Match[str]], folded: str, names: Mapping[str, str]) -> _Met:
    return [(folded[: match.start()].rstrip(), names[match[0]]) for match in found]


def _put_right(found: list[re.Match[str]], folded: str, met: _Met) -> _Met:
    """Those from the last one that is put right on: "elle, Levallois, non pardon, Clichy"."""
    between = ["", *(folded[one.end() : other.start()] for one, other in pairwise(found))]
    return met[max((rank for rank, words in enumerate(between) if _CORRECTING.search(words)), default=0) :]


def _is_another_s(before: str) -> bool:
    """Whether the words before a commune say that somebody else lives there, or that a thing is: "ma boîte postale"."""
    return any(words.search(before) for words in (_OF_ANOTHER, _THEIR_HOME, _OF_A_THING))


def _is_passed_by(before: str, name: str) -> bool:
    """Whether the words before a commune say that one only goes there; offices of our communes are for their people."""
    office = name not in _NEAR_MISSES.values() and (_AN_OFFICE.search(before) or _PARKED.search(before))
    elsewhere = (_SUPPOSED, _A_PLACE, _NOT_THERE, _BY_DAY, _FORMER)
    return bool(office or any(words.search(before) for words in elsewhere))


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
