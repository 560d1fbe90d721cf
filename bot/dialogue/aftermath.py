"""Whether a danger that was told of is over: "le Samu est passé, elle va mieux", "on nous a trouvé un hôtel".

Until it is said, every answer begins with the numbers of the danger and nothing is booked. Said plainly, the
conversation goes on in calm; the number stays said once. The words are those of `data/lexicon/aftermath.yml`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from bot.dialogue.memory import Heard, words_for
from bot.dialogue.relief import ended, explained_away, goes_on, threat_taken_back
from bot.nlu.labels import DANGERS
from bot.nlu.text import sentences_with_stops
from bot.orientation.plan import Situation
from bot.orientation.table import EmergencyKind, Urgency

AFTERMATH_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "aftermath.yml"
_ANY, _NEVER_WAS = "any", "never_was"
_STILL = re.compile(
    r"\b(?:(?:ai|a|encore|toujours) peur|(?:encore|toujours) (?:mal|la|ici|dehors|envie|pas|du sang|en danger)"
    r"|(?:il|elle|ca) (?:va |peut )?(?:revien\w*|revenir|recommenc\w*)|saigne (?!plus)"
    r"|(?:sais|est|suis|sure?s?) pas (?:sure?s?|vraiment|si|trop|encore)|pas (?:encore|vraiment|sure?s?)"
    r"|en bas|devant(?! (?:moi|nous|elle|tout le monde|temoin|la tele))|derriere la porte|nulle part)\b"
    r"|\bsi (?:ma|mon|mes|elle|il|on|le|la) (?:\w+ )?(?:me|m|nous)\b|\bsi j\w*\b|\bdor\w+ ou\b"
)
"""Beside it, the danger is not over: "ça va mieux mais j'ai encore peur"."""

_HELP_IS_HERE = re.compile(
    r"\b(?:police|flics?|gendarmes?|policiers?|pompiers?|samu|secours|ambulance) (?:est|sont|st) (?:\w+ )?"
    r"(?:en bas|devant|derriere la porte|la|ici)\b"
)
"""Those who stand below are the help itself: "la police est en bas" is no danger that goes on."""

_CARERS = re.compile(
    r"\b(?:samu|pompiers?|ambulance|secours|medecins?|docteur) (?:est|sont|st|son|ont|a|dit|disent)\b|\b(?:ils"
    r"|elle|il) (?:disent|ont dit) que?\b"
)
"""Those who look after the ill person: what they call the illness is no new one."""

_NOT_SO = re.compile(
    r"\b(?:c est|c etait|ct) pas (?!(?:grave|ce que)\b)"
    r"|\b(?:il|elle|ils|elles|on|pere|mere|mari|ex|fils|fille|frere|conjoint|copain|mec) (?:\w+ )?(?:dit"
    r"|disent|pretend\w*"
    r"|jure\w*|raconte\w*) (?:\w+ ){0,3}?(?:que|qu) "
)
"""Before what it really was, it denies it or puts it in the mouth of another: "il dit que c'était pour rire"."""

_OF_A_DANGER = DANGERS | {"hebergement_urgence", "sante_mentale"}
"""Needs that the words for a danger that is over make likely: "la police est venue, on dort chez la prof"."""

Aftermath = Mapping[str, re.Pattern[str]]
"""Kind of danger, or `any` → the words that say it is over."""


def load_aftermath(path: Path = AFTERMATH_WORDS) -> Aftermath:
    """The words of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: re.compile("|".join(words)) for kind, words in written.items()}


def is_over(words: str, kind: EmergencyKind, aftermath: Aftermath) -> bool:
    """Whether normalised words say that a danger is over, and nothing that it goes on; a question says nothing."""
    stands = _STILL.search(_HELP_IS_HERE.sub(" ", words)) or goes_on(words)
    over = _says(words, (_ANY, kind), aftermath) or ended(words, kind)
    return (over and not stands) or never_was(words, aftermath)


def is_over_for(known: Situation, words: str, aftermath: Aftermath) -> bool:
    """Whether the danger of a situation is over: for who threatened somebody, also by taking it back."""
    if known.emergency_kind is None:
        return False
    taken_back = words_for(known) == "menace" and threat_taken_back(words)
    return taken_back or is_over(words, known.emergency_kind, aftermath)


def relieved(heard: Heard, known: Situation, rung: Collection[str], words: str = "") -> Heard:
    """The message that says a danger is over, without the danger that its words make only likely.

    "La police l'a emmené, je suis chez ma voisine" tells of no night outside. What `rung`, by the words of an
    emergency, stays; so does a death wish, and an illness that comes after another danger.
    """
    grave = {"suicide", "medical"} - {known.emergency_kind}
    told_by_carers = {"medical"} if known.emergency_kind == "medical" and _CARERS.search(words) else set()
    kept = {heard.emergency_kind, heard.doubt} & ({*rung, *grave} - told_by_carers)
    if kept - {None}:
        return heard
    needs = tuple(need for need in heard.needs if need in known.needs or need not in _OF_A_DANGER)
    urgency: Urgency = "soon" if heard.urgency == "soon" else "none"
    return replace(heard, needs=needs, urgency=urgency, emergency_kind=None, doubt=None)


def never_was(words: str, aftermath: Aftermath) -> bool:
    """Whether they say that there was no danger at all: "fausse alerte, c'était un film"."""
    plainly = any(
        _says(part, (_NEVER_WAS,), aftermath) and not (_STILL.search(part) or _NOT_SO.search(part))
        for part in sentences_with_stops(words)
    )
    return (plainly and not goes_on(words)) or (explained_away(words) and not _STILL.search(words))


def _says(words: str, kinds: Iterable[str], aftermath: Aftermath) -> bool:
    told = [part for part in sentences_with_stops(words) if not part.endswith("?")]
    return any(aftermath[one].search(part) for part in told for one in kinds)


def calmed(known: Situation, before: Urgency = "none") -> Situation:
    """The situation once its danger is over: what brought it is pressing still, an illness leaves it as `before`."""
    return replace(known, urgency=before if known.emergency_kind == "medical" else "soon", emergency_kind=None)
