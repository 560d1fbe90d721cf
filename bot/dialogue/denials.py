"""What a message denies of what the conversation believes: "personne me tape", "je dois rien moi", "quel enfant ?".

A need or a danger may have been seen in words where there was none. A denial takes it back at once, without asking the
person to prove it; the words are those of `data/lexicon/denials.yml`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from bot.dialogue.memory import DANGERS, Heard
from bot.nlu.signs import Signs

DENIAL_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "denials.yml"

_NOT_THIS = (
    r"(?:^|[.,;!?] ?|\b(?:mais|non|nan|nn|parle|c est|c etait|n est|s agit) )pas (?:pour |de )?(?:la|le|les|l|un|une) "
)
"""Before the name of a need: "c'est pas la solitude, c'est le vol". Not "je paie pas le loyer", which tells it."""

_MISREAD = re.compile(
    r"^(?:mais |ah |oh |non |c est |du )*n ?importe quoi\b|\brien a voir\b|\bvous melangez tout\b|\bvous exagerez\b"
    r"|\bj ai jamais (?:dit|parle de) ca\b(?! a personne)|\bvous vous trompez\b"
    r"|\b(?:vous|tu) (?:ne |n )?(?:m )?(?:avez|aves|as) (?:pas|rien|mal) (?:du tout )?compris\b"
    r"|^(?:mais )?qui parle de\b|\bqui (?:te|vous) parle de\b"
)
_BUT = re.compile(r"\b(?:mais|sauf|par contre|parfois|des fois|quand meme|sinon|avant|depuis|ce soir|d habitude)\b")
"""After a danger that is denied, it takes the denial back: "il m'a jamais frappée mais il m'étrangle"."""
_NEVER_BY_NAME = DANGERS | {"hebergement_urgence"}
"""Needs that no "not" before their name denies: "le pire c'est pas les coups", "pas un toit, pas un euro"."""
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_ASTONISHED = re.compile(r"\bquel(?:le)?s?\b|\bqui (?:te |vous )?parle\b")
"""Of a question that denies: "quel enfant ?", "qui parle d'expulsion ?"."""
_SURE = 0.8
"""The chance from which the message tells what it seems to deny: "il m'a pas tapé, il m'a étranglé"."""


@dataclass(frozen=True)
class Denial:
    """The words by which people deny some needs, or a danger of a kind."""

    needs: frozenset[str]
    kind: str | None
    words: re.Pattern[str]


def load_denials(path: Path = DENIAL_WORDS) -> tuple[Denial, ...]:
    """Every denial of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8")).values()
    return tuple(
        Denial(frozenset(one["needs"]), one.get("kind"), re.compile("|".join(one["words"]))) for one in written
    )


@dataclass(frozen=True)
class Denied:
    """What one message denies."""

    needs: frozenset[str]
    kinds: frozenset[str]
    named: frozenset[str] = frozenset()
    """Those of the needs that are named after a "not": of these the message leaves no doubt."""


def denied_in(words: str, denials: Iterable[Denial], subjects: Signs) -> Denied:
    """What a normalised text denies, in the words of the lexicon or by naming it after a "not".

    A question denies nothing: "ce n'est pas de la violence quand même, si ?" is asked by someone who fears that it is.
    """
    words = " ".join(said for said in _SENTENCE.findall(words) if not said.endswith("?") or _ASTONISHED.search(said))
    said = [denial for denial in denials if _says(denial, words)]
    refused = (need for need, pattern in subjects.items() if _after_a_not(pattern.pattern).search(words))
    named = frozenset(refused) - _NEVER_BY_NAME
    return Denied(
        needs=named.union(*(denial.needs for denial in said)),
        kinds=frozenset(denial.kind for denial in said if denial.kind),
        named=named,
    )


@cache
def _after_a_not(name: str) -> re.Pattern[str]:
    """The name of a need after a "not"; made once for each, as every message is read with all of them."""
    return re.compile(f"{_NOT_THIS}(?:{name})")


def _says(denial: Denial, words: str) -> bool:
    found = denial.words.search(words)
    return found is not None and not (denial.kind and _BUT.search(words[found.end() :]))


def says_misread(words: str) -> bool:
    """Whether a normalised text says that the last answer was beside the point."""
    return bool(_MISREAD.search(words))


def without_denied(heard: Heard, denied: Denied, reading: Mapping[str, Mapping[str, float]]) -> Heard:
    """The message without the needs it denies, and with a denied danger asked about; but for what the model is sure of.

    `reading`: the chances of the needs and of the dangers, under `chances` and `danger_chances`.
    """
    chances, dangers = reading.get("chances", {}), reading.get("danger_chances", {})
    sure = {need for need in heard.needs if chances.get(need, 0.0) >= _SURE} - denied.named
    left = tuple(need for need in heard.needs if need not in denied.needs or need in sure)
    kind = heard.emergency_kind
    told = replace(heard, needs=left, doubt=None if heard.doubt in denied.kinds else heard.doubt)
    if kind not in denied.kinds or dangers.get(str(kind), 0.0) >= _SURE:
        return told
    return replace(told, urgency="none", emergency_kind=None, doubt=kind)


def added_last(events: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """The needs that the message before the latest one added to the situation."""
    latest = [at for at, event in enumerate(events) if event["event"] == "user"][-2:]
    before, after = (_needs_at(events, at) for at in (latest[0], latest[-1])) if len(latest) > 1 else ((), ())
    return tuple(need for need in after if need not in before)


def _needs_at(events: Sequence[Mapping[str, object]], end: int) -> Sequence[str]:
    kept = [event for event in events[:end] if event["event"] == "slot" and event["name"] == "besoins"]
    value = kept[-1]["value"] if kept else None
    return tuple(value) if isinstance(value, list) else ()
