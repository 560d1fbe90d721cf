"""What the latest message brings to this conversation: its reading, in the light of what is known and was asked."""

import re
from dataclasses import replace

from rasa_sdk import Tracker

from actions.answers import asks_something
from actions.house import House
from actions.reserving import CHOOSING, CONFIRMING
from actions.slot_talk import LIVING
from actions.speaking import text_of, words_of
from bot.dialogue.aftermath import is_over_for, never_was, relieved
from bot.dialogue.denials import denied_in, told_so_far, without_denied
from bot.dialogue.memory import (
    Heard,
    after_birth,
    age_alone,
    aged,
    answering,
    asks_for_a_midwife,
    bruise_seen,
    bursts_out,
    child_is_calm,
    children_saw,
    doubt_open,
    for_another,
    heard_in,
    in_pregnancy,
    in_situation,
    known_kind,
    linked_by_work,
    no_roof_either,
    of_known_twin,
    owned_up,
    remembered,
    room_found_elsewhere,
    town_alone,
    town_left_open,
    town_of_the_child,
    town_of_the_one_spoken_of,
    without_a_guessed_couple,
    without_treatment,
    worries,
)
from bot.directory.models import fold
from bot.nlu.emergency import doubted
from bot.nlu.emergency import heard as alarms_in
from bot.nlu.labels import DANGERS
from bot.nlu.subjects import NAMED_AS_PEOPLE
from bot.orientation.plan import Situation

FEW_WORDS = 15
"""A longer message that is not understood is asked about, not guessed at."""

_A_NAME, _A_NAME_AND_A_TOWN = 4, 6
"""A message of no more words only names a need, or a need and a town."""

_WHICH = re.compile(r"\b(?:c|ce|c est|cest) (?:ou|pas|pa)\b|\bou (?:clichy|levallois|levalois)\b")
"""Of two towns: "c ou levallois ou clichy"."""

_IT_IS = re.compile(r"\bmoi (?:c est|c|cest|je suis)\b")
"""Before a town: "moi c'est Clichy-sous-Bois !"."""

_MOVES_IN = re.compile(
    r"\bj y serai\b|\bemmenag\w*|\b(?:mon|notre|le|l) (?:futur|nouveau|nouvel|t\d|f\d|studio"
    r"|appart\w*)(?: \w+)? est (?:a|sur)\b"
)
"""Of the home one is about to have: "mais le T2 est à Levallois"."""

_ECHOED = re.compile(r"\W*(?:mais |et |ah |euh |pourquoi )*(?:[àa] |sur )?(?:clichy|levallois(?:[ -]perret)?) ?\?")
"""The town that was proposed, said back in wonder: "à Clichy ? pourquoi pas chez nous ?"."""
_OF_MYSELF = re.compile(r"\b(?:je|j|moi|me|m|on|nous)\b")

_CORRECTING = re.compile(
    r"\b(?:non|nn|nan|pardon|desolee?|erreur|trompee?|en fait|plutot|desculp\w+|perdon|scusa\w*|sorry|nao|afwan)\b"
)


def heard_now(rooms: House, tracker: Tracker) -> Heard:
    """What the latest message brings, read as an answer too when the safety question is open."""
    heard, asked = _with_the_town_of_need(tracker), doubt_open(tracker.slots)
    if heard.commune and (tracker.get_slot("attente") == "commune" or LIVING.search(fold(text_of(tracker)))):
        heard = replace(heard, french=True)  # "Clichy, perto do periférico": the town was asked for in French
    before, words = told_so_far(tracker.events), words_of(tracker)
    denied = denied_in(words, rooms.denials, rooms.subjects, before)
    heard = without_denied(heard, denied, tracker.latest_message.get("understanding") or {})
    if asked in denied.kinds and heard.urgency != "emergency" and not worries(words, asked):
        return replace(heard, safe_from=asked, doubt=None)
    known = remembered(tracker.slots)
    if asked == "child" and child_is_calm(words) and not _rings(rooms, words):
        needs = tuple(need for need in heard.needs if need in known.needs or need not in DANGERS)
        return replace(heard, needs=needs, urgency="none", emergency_kind=None, doubt=None, safe_from=asked)
    if is_over_for(known, words, rooms.aftermath):
        rung = (*alarms_in(words, rooms.alarms), *doubted(words, rooms.alarms))
        rung = () if never_was(words, rooms.aftermath) else rung  # its words tell what it was taken for
        heard = relieved(heard, known, rung, words)
    heard = of_known_twin(known, heard, tracker.latest_message)
    heard = known_kind(known, heard, tracker.latest_message, before)
    if asked:
        answered = answering(heard, tracker.latest_message, asked, rooms.table)
        return without_a_guessed_couple(known, answered, tracker.latest_message)
    if _asks_about_a_town(tracker, known, heard):
        heard = replace(heard, commune=None)
    if (
        heard.commune
        and (tracker.get_slot("attente") == "commune" or known.commune is None)
        and not _rings(rooms, words)
    ):
        heard = town_alone(known, heard, tracker.latest_message)
    heard = for_another((tracker.get_slot("pour_qui"), heard.beneficiary), heard)
    heard = owned_up(known, children_saw(known, heard), words)
    heard = no_roof_either(known, bursts_out(known, heard, words), words)
    heard = bruise_seen(known, asks_for_a_midwife(known, heard, words), words)
    heard = without_treatment(known, heard, words)
    if (age := age_alone(words)) is not None:
        return aged(known, heard, age)
    return in_pregnancy(known, after_birth(known, in_situation(known, heard, tracker.latest_message)))


def _with_the_town_of_need(tracker: Tracker) -> Heard:
    """What the latest message brings, with the town that counts: that of whom the need is, or of their work."""
    heard, known = heard_in(tracker.latest_message), remembered(tracker.slots)
    if tracker.get_slot("attente") == "commune":
        heard = town_of_the_one_spoken_of(known, heard, fold(text_of(tracker)))
    heard = town_of_the_child(known, town_left_open(heard, fold(text_of(tracker))), fold(text_of(tracker)))
    return linked_by_work(known, room_found_elsewhere(known, heard, words_of(tracker)))


def _rings(rooms: House, words: str) -> bool:
    """Whether a word of an emergency stands in normalised words."""
    return bool(alarms_in(words, rooms.alarms) or doubted(words, rooms.alarms))


def _asks_about_a_town(tracker: Tracker, known: Situation, heard: Heard) -> bool:
    """Whether another town than the known one is named in a question: "c'est à Clichy ou à Levallois ?"."""
    words = fold(text_of(tracker))
    booking = tracker.get_slot("attente") in (CHOOSING, CONFIRMING) and not _ECHOED.match(text_of(tracker).lower())
    other = known.commune is not None and heard.commune not in (None, known.commune)
    other = other and not _of_another_s_need(heard, words)
    return bool(
        other and not booking and not _says_where(words) and (asks_something(text_of(tracker)) or _WHICH.search(words))
    )


def for_whom(heard: Heard) -> dict[str, str]:
    """The slot that keeps for whom it is, when the message says so; who comes along is another matter."""
    said = heard.beneficiary if "info_accompagnant" not in heard.questions else None
    return {"pour_qui": said} if said else {}


def commune_told(tracker: Tracker, heard: Heard) -> bool:
    """Whether a message of any intent says where the person lives: asked for it, or said so, or it was not known."""
    known, words = tracker.get_slot("commune"), fold(text_of(tracker))
    asked = tracker.get_slot("attente") == "commune" or known is None or _of_another_s_need(heard, words)
    return bool(heard.commune and heard.commune != known and (asked or _says_where(words)))


def _of_another_s_need(heard: Heard, words: str) -> bool:
    """Whether a need is told with the town of whose it is: "ma fille est à Levallois, elle n'a plus de mutuelle"."""
    theirs = heard.commune == heard.their_commune and bool(heard.needs)
    return theirs and not _OF_MYSELF.search(words)


def town_of(tracker: Tracker, heard: Heard) -> dict[str, str]:
    """The slot that keeps the town a message tells, for what it answers and for what follows."""
    told = {"commune": heard.commune} if heard.commune and commune_told(tracker, heard) else {}
    tracker.slots.update(told)
    return told


def _says_where(words: str) -> bool:
    """Whether folded words say that one lives somewhere, or put a town right."""
    return bool(LIVING.search(words) or _CORRECTING.search(words) or _MOVES_IN.search(words) or says_own_town(words))


def says_own_town(words: str) -> bool:
    """Whether normalised words set one's own town against another: "moi c'est Clichy-sous-Bois"."""
    return bool(_IT_IS.search(words))


def likely(tracker: Tracker, heard: Heard) -> Heard:
    """The message as having the one need that it names in a few words: "mon problème c'est le loyer".

    A question put of a known need tells no other: "nos pensions nous écartent-elles de cette allocation ?".
    """
    known, words = remembered(tracker.slots), len(text_of(tracker).split())
    asks_of_known = bool(known.needs) and words > _A_NAME and asks_something(text_of(tracker))
    if heard.needs or known.emergency_kind or words > FEW_WORDS or asks_of_known:
        return heard
    likely = tuple(need for need in heard.candidates if need in heard.subjects and need not in NAMED_AS_PEOPLE)[:1]
    named = heard.subjects if len(heard.subjects) == 1 and words <= _A_NAME else ()
    new = tuple(need for need in likely or named if need not in known.needs)
    return replace(heard, needs=new)


def named_with_a_town(tracker: Tracker, heard: Heard) -> Heard:
    """The message as having the one need that it names beside a town: "dépistage, j'habite Levallois"."""
    short = len(text_of(tracker).split()) <= _A_NAME_AND_A_TOWN
    named = heard.commune and short and not heard.needs and len(heard.subjects) == 1
    return replace(heard, needs=heard.subjects) if named else heard
