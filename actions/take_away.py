"""What one takes away: the plan in a few lines, fit to be kept; and starting again."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_all
from actions.booking import come_back
from actions.hearing import heard_now, town_of
from actions.held import said_of_rdv, standing
from actions.house import House, house
from actions.opening import opening
from actions.safety import what_to_do_now
from actions.speaking import channel_of, plan_for, say, set_slots, words_of, yes_or_no
from bot.dialogue.denials import told_so_far
from bot.dialogue.memory import ONESELF, Heard, remembered
from bot.dialogue.professionals import writes_as_professional
from bot.nlu.labels import DANGERS

_WHAT_NOW = re.compile(r"\b(?:je|on) (?:fais|fait|fou[st]?) (?:quoi|koi)\b|\bque faire\b|\bquoi faire\b|\bje monte\b")
"""Asked while a danger is known: what to do this minute, and no summary."""

NOTHING_ADVISED: dict[str, Any] = {}
"""An orientation that replaces the one before by none."""


_WHERE_TO_GO = "info_porte"
"""Asked where violence is known, it gets the doors and no summary that somebody may read: "lundi je vais où ?"."""


class ActionResumer(Action):
    """Says the plan in a few lines."""

    def name(self) -> str:
        """The name rules use."""
        return "action_resumer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say it, unless it would leave a trace of violence: then ask first."""
        rooms = house()
        taken_up = opening(dispatcher, rooms, tracker)
        if taken_up is not None:
            return taken_up
        if _WHAT_NOW.search(words_of(tracker)) and what_to_do_now(dispatcher, rooms, tracker):
            return []
        kept = set_slots(**town_of(tracker, heard_now(rooms, tracker)))
        if is_discreet(tracker) and _WHERE_TO_GO in heard_now(rooms, tracker).questions:
            answer_all(dispatcher, rooms, tracker, Heard(), _WHERE_TO_GO)
            return kept
        if is_discreet(tracker):
            say(dispatcher, rooms, tracker, "utter_resume_discret", buttons=yes_or_no(rooms))
            return [*kept, *set_slots(attente="resume")]
        _sum_up(dispatcher, rooms, tracker)
        return [*kept, *come_back(dispatcher, rooms, tracker)]


class ActionRecommencer(Action):
    """Takes the conversation up from its start: what was advised before no longer stands beside it."""

    def name(self) -> str:
        """The name rules use."""
        return "action_recommencer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say so; the rule then has Rasa forget the turns."""
        say(dispatcher, house(), tracker, "utter_recommencer", orientation=NOTHING_ADVISED)
        return []


def is_discreet(tracker: Tracker) -> bool:
    """Whether a summary would leave a trace of a danger: someone else may read the telephone.

    A professional writes at a desk: the summary goes to the file.
    """
    if channel_of(tracker) == "agent" or writes_as_professional(f"{told_so_far(tracker.events)} {words_of(tracker)}"):
        return False
    return bool(DANGERS & set(remembered(tracker.slots).needs))


def say_simply(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """The plan again, in its shortest form, for someone who has not understood."""
    say(dispatcher, rooms, tracker, "utter_plus_simple")
    _sum_up(dispatcher, rooms, tracker)


def sum_up_agreed(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """The summary, once the person has agreed to its trace."""
    _sum_up(dispatcher, rooms, tracker)
    return set_slots(attente="rien")


def _sum_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    known = remembered(tracker.slots)
    plan = plan_for(rooms, tracker, known)
    lines = [*rooms.renderer.short_lines(plan, channel_of(tracker)), *_rdv_lines(rooms, tracker)]
    if not lines:
        say(dispatcher, rooms, tracker, "utter_resume_vide")
        return
    numbered = [f"{rank}. {line}" for rank, line in enumerate(lines, start=1)]
    whom = tracker.get_slot("pour_qui")
    name = "utter_resume_titre" if whom in (None, ONESELF) else "utter_resume_titre_pour"
    title = rooms.renderer.wording.say(name, channel_of(tracker), pour_qui=whom or "")
    card = {"kind": "summary", "title": title, "lines": lines}
    say(dispatcher, rooms, tracker, "utter_resume", card=card, titre=title, lignes="\n".join(numbered))


def _rdv_lines(rooms: House, tracker: Tracker) -> list[str]:
    """The appointments that stand, those of silent motifs without their subject."""
    wording, channel = rooms.renderer.wording, channel_of(tracker)
    return [
        wording.say(
            "utter_resume_rdv_discret" if rooms.motifs[rdv.motif].silent else "utter_resume_rdv",
            channel,
            code=rdv.code,
            **said_of_rdv(rooms, rdv),
        )
        for rdv in standing(rooms, tracker)
    ]
