"""Small steps that several actions share: the channel, sending a reply, setting slots, offering slots to book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from bot.channels.cards import Card, Reply, numbered, slot_buttons
from bot.orientation.plan import Channel

NOON = 12
LOOKED_AHEAD = 40
"""How many free slots are looked through for three real choices: a few half-days of them."""

SEARCHED = 400
"""How many for the one a person asks for: weeks of them."""

OFFERED = 3
"""How many slots are proposed at a time: three fit an SMS and a small screen."""


def channel_of(tracker: Tracker) -> Channel:
    """The channel the resident writes on; Rasa's own shell is treated as the web."""
    channel = tracker.get_latest_input_channel()
    return cast(Channel, channel) if channel in ("sms", "agent") else "web"


def intent_of(tracker: Tracker) -> str:
    """The intent of the latest message."""
    return str(tracker.latest_message["intent"]["name"])


def send(dispatcher: CollectingDispatcher, reply: Reply, **custom: Any) -> None:
    """Say a reply; `custom` goes to the gateway beside it."""
    card = {"card": reply.card} if reply.card else {}
    dispatcher.utter_message(text=reply.text, buttons=reply.buttons, json_message=card | custom)


def say(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    name: str,
    *,
    buttons: Sequence[dict[str, str]] = (),
    card: Card | None = None,
    orientation: dict[str, Any] | None = None,
    **values: str,
) -> None:
    """Say one text of the domain, with the directory's general facts for its blanks.

    `orientation` is what is understood and advised from now on; None leaves it as it is.
    """
    text = house.renderer.wording.say(name, channel_of(tracker), **(house.renderer.general_facts() | values))
    advised = {} if orientation is None else {"orientation": orientation}
    send(dispatcher, Reply(text, list(buttons), card), **advised)


def just_said(tracker: Tracker, house: House, name: str) -> bool:
    """Whether the answer before ended with this text of the domain."""
    answers = (event["text"] for event in reversed(tracker.events) if event["event"] == "bot")
    return next(answers, None) == house.renderer.wording.say(name, channel_of(tracker))


def name_a_person(
    dispatcher: CollectingDispatcher, house: House, tracker: Tracker, buttons: Sequence[dict[str, str]] = ()
) -> None:
    """Stop asking: say who can help by telephone, and keep the other ways out at hand."""
    ways_out = [
        {"title": "Parler à quelqu'un", "payload": "/parler_humain"},
        {"title": "Recommencer", "payload": "/recommencer"},
    ]
    say(dispatcher, house, tracker, "utter_incompris_encore", buttons=[*buttons, *ways_out])


def set_slots(**slots: Any) -> list[EventType]:
    """Events that set these slots."""
    return [SlotSet(name, value) for name, value in slots.items()]


def offered(tracker: Tracker) -> list[datetime]:
    """The slots last proposed in this conversation."""
    return [datetime.fromisoformat(start) for start in tracker.get_slot("rdv_propositions") or ()]


def list_slots(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    name: str,
    booking: "Booking",
    starts: list[datetime],
) -> list[EventType]:
    """Say a text that lists slots, as buttons too, and remember which were proposed."""
    say(
        dispatcher,
        house,
        tracker,
        name,
        buttons=slot_buttons(starts),
        creneaux=numbered(starts),
        motif=house.motifs[booking.motif].libelle,
        lieu=house.renderer.place(booking.site),
    )
    return set_slots(rdv_propositions=[start.isoformat() for start in starts])


@dataclass(frozen=True)
class Booking:
    """What is being booked, and where."""

    motif: str
    site: str

    @classmethod
    def of(cls, tracker: Tracker) -> "Booking | None":
        """What the conversation is booking, None when nothing has been offered."""
        motif, site = tracker.get_slot("rdv_motif"), tracker.get_slot("rdv_site")
        return cls(motif, site) if motif and site else None


def free_starts(house: House, booking: Booking, after: datetime | None = None, limit: int = SEARCHED) -> list[datetime]:
    """The starts of the next free slots of a booking."""
    slots = house.agenda.next_slots(booking.motif, booking.site, after=after, limit=limit)
    return [slot.starts_at for slot in slots]


def next_starts(house: House, booking: Booking, after: datetime | None = None) -> list[datetime]:
    """The first free slot of each of the next half-days: three real choices rather than three neighbours."""
    halves: dict[tuple[date, bool], datetime] = {}
    for start in free_starts(house, booking, after, LOOKED_AHEAD):
        halves.setdefault((start.date(), start.hour < NOON), start)
    return list(halves.values())[:OFFERED]


def offer(
    dispatcher: CollectingDispatcher, house: House, tracker: Tracker, booking: Booking, after: datetime | None = None
) -> list[EventType]:
    """Offer the next slots of a booking, unless none is free."""
    starts = next_starts(house, booking, after)
    if not starts:
        say(dispatcher, house, tracker, "utter_aucun_creneau", motif=house.motifs[booking.motif].libelle)
        return set_slots(attente="rien")
    listed = list_slots(dispatcher, house, tracker, "utter_offre_rdv", booking, starts)
    waiting = set_slots(
        attente="rdv", rdv_motif=booking.motif, rdv_site=booking.site, rdv_creneau=None, rdv_accord=None
    )
    return [*waiting, *listed]
