"""What a message denies of what the conversation believes: "personne me tape", "je dois rien moi", "quel enfant ?".

A need or a danger may have been seen in words where there was none. A denial takes it back at once, without asking the
person to prove it; the words are those of `data/lexicon/denials.yml`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.memory import Heard
from bot.dialogue.repair import raises_an_alarm
from bot.nlu.labels import DANGERS
from bot.nlu.signs import Signs
from bot.orientation.table import Urgency

DENIAL_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "denials.yml"

_NOT_THIS = (
    r"(?:^|[.,;!?] ?|\b(?:mais|non|nan|nn|parle|c est|c etait|n est|s agit) )pas (?:pour |de )?(?:la|le|les|l|un|une) "
)
"""Before the name of a need: "c'est pas la solitude, c'est le vol". Not "je paie pas le loyer", which tells it."""

_MISREAD = re.compile(
    r"^(?:mais |ah |oh |non |c est |du )*n ?importe quoi\b|(?<!, )\brien a voir\b(?! avec)|\bvous melangez tout\b"
    r"|\bvous exagerez\b"
    r"|\bj ai jamais (?:dit|parle de) ca\b(?! a personne)|\bvous vous trompez\b"
    r"|\b(?:vous|tu) (?:ne |n )?(?:m )?(?:avez|aves|as) (?:pas|rien|mal) (?:du tout )?compris\b"
    r"|^(?:mais )?qui parle de\b|\bqui (?:te|vous) parle de\b"
    r"|^(?:non |nan |mais )+ ?,? ?ce? n?(?: ?est)? pas (?:ca|cela)\b"
)
_NO_THEN = r"^(?:mais )?(?:non|nan|nn) ?,? pas (?:de |du |des |d |pour (?:le |la |les )?)?"
"""Before a name that the assistant has just said: "non pas cours français, vaccin bébé"."""
_BUT = re.compile(r"\b(?:mais|sauf|par contre|parfois|des fois|quand meme|sinon|avant|depuis|ce soir|d habitude)\b")
"""After a danger that is denied, it takes the denial back: "il m'a jamais frappée mais il m'étrangle"."""
_NEVER_BY_NAME = DANGERS | {"hebergement_urgence", "sante_mentale"}
"""Needs that no "not" before their name denies: "le pire c'est pas les coups", "pas un toit, pas un euro"."""
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_ASTONISHED = re.compile(r"\bquel(?:le)?s?\b|\bqui (?:te |vous )?parle\b")
"""Of a question that denies: "quel enfant ?", "qui parle d'expulsion ?"."""
_NOTED = re.compile(r"\b(ids|vif|ts) ?\? ?")
"""In an agent's notes it asks nothing: "IDS ? non, formel"."""
_NOTHING = "(?!)"
_BEYOND_DOUBT = 0.9
"""The chance from which a need told with a danger stands though that danger is denied."""
_SURE = 0.8
"""The chance from which the message tells what it seems to deny: "il m'a pas tapé, il m'a étranglé"."""


@dataclass(frozen=True)
class Denial:
    """The words by which people deny some needs, or a danger of a kind."""

    needs: frozenset[str]
    kind: str | None
    words: re.Pattern[str]
    unless: re.Pattern[str]
    """Words of the sentence that make it speak of something else: "je suis à jour d'EDF" says nothing of the rent."""
    plain: re.Pattern[str]
    """Those of its words that leave no doubt."""
    unless_told: re.Pattern[str]
    """What was told before and stands: "il m'a jamais tapée" denies nothing of the control that she told of."""


def load_denials(path: Path = DENIAL_WORDS) -> tuple[Denial, ...]:
    """Every denial of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8")).values()
    return tuple(
        Denial(
            needs=frozenset(one["needs"]),
            kind=one.get("kind"),
            words=re.compile("|".join(one["words"])),
            unless=re.compile(one.get("unless", _NOTHING)),
            plain=re.compile(one.get("plain", _NOTHING)),
            unless_told=re.compile(one.get("unless_told", _NOTHING)),
        )
        for one in written
    )


@dataclass(frozen=True)
class Denied:
    """What one message denies."""

    needs: frozenset[str]
    kinds: frozenset[str]
    named: frozenset[str] = frozenset()
    """Those of the needs that are named after a "not": of these the message leaves no doubt."""


def denied_in(words: str, denials: Iterable[Denial], subjects: Signs, before: str) -> Denied:
    """What a normalised text denies, in the words of the lexicon or by naming it after a "not".

    `before`: what was written before it.
    A question denies nothing: "ce n'est pas de la violence quand même, si ?" is asked by someone who fears that it is.
    """
    words = _NOTED.sub(r"\1 : ", words)
    words = " ".join(said for said in _SENTENCE.findall(words) if not said.endswith("?") or _ASTONISHED.search(said))
    meant = [denial for denial in denials if not denial.unless_told.search(before)]
    said = [denial for denial in meant if any(_says(denial, part) for part in _SENTENCE.findall(words))]
    refused = (need for need, pattern in subjects.items() if _after_a_not(pattern.pattern).search(words))
    plain = (need for denial in said if denial.plain.search(words) for need in denial.needs)
    named = frozenset(refused) - _NEVER_BY_NAME | frozenset(plain)
    return Denied(
        needs=named.union(*(denial.needs for denial in said)),
        kinds=frozenset(denial.kind for denial in said if denial.kind),
        named=named,
    )


@cache
def _after_a_not(name: str) -> re.Pattern[str]:
    """The name of a need after a "not"; made once for each, as every message is read with all of them."""
    return re.compile(f"(?:{_NOT_THIS}|{_NO_THEN})(?:{name})")


def _says(denial: Denial, words: str) -> bool:
    found = denial.words.search(words)
    if found is None or denial.unless.search(words):
        return False
    return not (denial.kind and _BUT.search(words[found.end() :]))


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
    told = replace(
        heard,
        needs=left,
        candidates=tuple(need for need in heard.candidates if need not in denied.needs),
        doubt=None if heard.doubt in denied.kinds else heard.doubt,
    )
    if kind not in denied.kinds or dangers.get(str(kind), 0.0) >= _SURE:
        return told
    return replace(told, urgency="none", emergency_kind=None, doubt=kind)


def told_so_far(events: Sequence[Mapping[str, Any]]) -> str:
    """What the person has written before the latest message, normalised."""
    read = [event.get("parse_data") or {} for event in events if event["event"] == "user"]
    return " ".join((one.get("understanding") or {}).get("words") or "" for one in read[:-1])


def added_last(events: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The needs that the message before the latest one added to the situation, but for those told beyond doubt.

    "Mon fils va me tuer, il sèche les cours": the violence was never there, the trouble with a teenager is.
    """
    latest = [at for at, event in enumerate(events) if event["event"] == "user"][-2:]
    before, after = (_needs_at(events, at) for at in (latest[0], latest[-1])) if len(latest) > 1 else ((), ())
    chances = (_reading_of(events[latest[0]]) if latest else {}).get("chances") or {}
    sure = {need for need, chance in chances.items() if chance >= _BEYOND_DOUBT} - DANGERS
    return tuple(need for need in after if need not in {*before, *sure})


def _reading_of(message: Mapping[str, Any]) -> Mapping[str, Any]:
    return (message.get("parse_data") or {}).get("understanding") or {}


def added_by_alarm(events: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The needs that the last message of an emergency added to the situation."""
    told = [at for at, event in enumerate(events) if event["event"] == "user"]
    rung = next((at for at in reversed(told) if raises_an_alarm(events[at])), None)
    if rung is None:
        return ()
    end = next((at for at in told if at > rung), len(events))
    before = _needs_at(events, rung)
    return tuple(need for need in _needs_at(events, end) if need not in before)


def urgency_before_alarm(events: Sequence[Mapping[str, Any]]) -> Urgency:
    """How pressing the situation was before any message of it was an emergency."""
    kept = (event["value"] for event in events if event["event"] == "slot" and event["name"] == "urgence")
    return "soon" if "soon" in takewhile(lambda urgency: urgency != "emergency", kept) else "none"


def _needs_at(events: Sequence[Mapping[str, Any]], end: int) -> Sequence[str]:
    kept = [event for event in events[:end] if event["event"] == "slot" and event["name"] == "besoins"]
    value = kept[-1]["value"] if kept else None
    return tuple(value) if isinstance(value, list) else ()
