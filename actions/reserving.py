"""A slot from the moment it is chosen: the yes that is asked for, the code, the move of what stands."""

import re
from datetime import datetime, timezone

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.contact import keep_given
from actions.follow_up import follow_up
from actions.held import held, rdv_card, said_of, said_of_rdv
from actions.house import House
from actions.kept_elsewhere import changed_there
from actions.offering import (
    NOTHING_BOOKED,
    OFFERED,
    Booking,
    free_starts,
    lead_of,
    offer,
    offered,
    proposals,
    slot_at_once,
    wish_of,
    wish_so_far,
    wishes_with_this,
)
from actions.speaking import channel_of, just_said, may_book, say, set_slots, text_of
from bot.booking.errors import AlreadyBooked, BookingError, SlotRefused
from bot.booking.holds import Hold
from bot.booking.views import RdvView, SlotTaken
from bot.booking.wishes.choice import names_rank, read_choice
from bot.booking.wishes.wish import wish_that_day, wish_to_move, wished
from bot.channels.cards import numbered, slot_buttons
from bot.dialogue.agreeing import agrees_with_it, said_for_good, waits_for_more
from bot.dialogue.memory import remembered
from bot.dialogue.withheld import withholds_contact
from bot.directory.models import fold

CHOOSING, CONFIRMING = "rdv", "accord"
"""What the conversation waits for while it books."""
_YES_IN_IT = re.compile(r"\b(?:o+u+i+|ui|ouais?|ok|d accord|parfait|je (?:confirme|valide)|(?<!si )c est (?:bon|ca))\b")
NEVER = datetime.min.replace(tzinfo=timezone.utc)


def being_confirmed(tracker: Tracker) -> datetime:
    """The slot that waits for a yes; a moment that is never free when none does."""
    chosen = tracker.get_slot("rdv_creneau") if tracker.get_slot("attente") == CONFIRMING else None
    return datetime.fromisoformat(chosen) if chosen else NEVER


def choose(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime
) -> list[EventType]:
    """A slot is chosen: book it when the yes came before or comes with it, else ask whether it is the right one."""
    same = tracker.get_slot("attente") == CONFIRMING and tracker.get_slot("rdv_creneau") == start.isoformat()
    agreed = same and _YES_IN_IT.search(fold(text_of(tracker))) and not waits_for_more(text_of(tracker))
    if tracker.get_slot("rdv_accord") or agreed or agrees_to(rooms, tracker, booking, start):
        return reserve(dispatcher, rooms, tracker, booking, start)
    return confirm(dispatcher, rooms, tracker, booking, start)


def agrees_to(rooms: House, tracker: Tracker, booking: Booking, start: datetime) -> bool:
    """Whether a message says yes to the very slot that it chooses: a half-day which several fit has not chosen one."""
    text, wish = text_of(tracker), wish_of(rooms, tracker)
    answers_it = tracker.get_slot("attente") in (CHOOSING, CONFIRMING, "rien", "reprise")
    if not answers_it or not agrees_with_it(text) or _as_well(rooms, tracker, booking, start):
        return False
    asked_too = "?" in text and read_choice(said_for_good(text), offered(tracker)) != start
    known = start in offered(tracker) or bool(wish.days or wish.times)
    return known and not asked_too


def confirm_move(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime, code: str
) -> list[EventType]:
    """Ask for a yes to the one moment to which the appointment of this code is wished moved."""
    asked = confirm(dispatcher, rooms, tracker, booking, start, moving=True)
    booked = {"rdv_motif": booking.motif, "rdv_site": booking.site, "rdv_deplace": code}
    return [*set_slots(**NOTHING_BOOKED | booked), *asked]


def offer_to_move(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView, there: Booking | None = None
) -> list[EventType]:
    """Other slots for the same appointment, here or `there`, as the message wishes; the former one stands meanwhile."""
    if told := changed_there(dispatcher, rooms, tracker, rdv):
        return told
    booking = there or Booking(rdv.motif, rdv.lieu)
    wish = wish_to_move(wish_of(rooms, tracker), text_of(tracker), rdv.starts_at)
    that_day = wish_that_day(wish, rdv.starts_at)
    wish = that_day if wished(free_starts(rooms, tracker, booking), that_day) else wish
    say(dispatcher, rooms, tracker, "utter_rdv_a_deplacer", **said_of_rdv(rooms, rdv))
    if start := slot_at_once(rooms, tracker, booking, wish):
        return confirm_move(dispatcher, rooms, tracker, booking, start, rdv.code)
    offers = offer(dispatcher, rooms, tracker, booking, wish, name="utter_offre_deplacement")
    return [*set_slots(**NOTHING_BOOKED), *offers, *set_slots(rdv_deplace=rdv.code)]


def confirm(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    booking: Booking,
    start: datetime,
    *,
    moving: bool = False,
) -> list[EventType]:
    """Say what will be booked, or where what is held will be moved, and ask for a yes; the slot is kept meanwhile."""
    if not _kept(rooms, tracker, booking, start):
        return offer(dispatcher, rooms, tracker, booking, name="utter_creneau_pris")
    buttons = [{"title": "Oui, réserver", "payload": "/affirmer"}, {"title": "Non", "payload": "/refuser"}]
    if channel_of(tracker) == "sms":  # a number would be taken for one of the slots just listed
        buttons = []
    said = said_of(rooms, booking, start)
    others = _as_well(rooms, tracker, booking, start)
    name = "utter_confirmer_deplacement" if moving or tracker.get_slot("rdv_deplace") else "utter_confirmer_rdv"
    patient = f"{name}_encore" if just_said(tracker, rooms, name, **said) else name
    say(dispatcher, rooms, tracker, patient, buttons=[] if others else buttons, **said)
    if others:
        either = [*buttons[:1], *slot_buttons(others, 2), *buttons[1:]] if buttons else []
        say(dispatcher, rooms, tracker, "utter_aussi_libres", buttons=either, creneaux=numbered(others, 2))
    wishes = wishes_with_this(rooms, tracker, booking)
    asked = set_slots(attente=CONFIRMING, rdv_creneau=start.isoformat(), rdv_souhaits=wishes)
    listed = [start, *others] if others or start not in offered(tracker) else offered(tracker)
    return [*asked, *set_slots(rdv_propositions=[one.isoformat() for one in listed])]


def _kept(rooms: House, tracker: Tracker, booking: Booking, start: datetime) -> bool:
    """Whether nobody else has this slot, which nobody else can book from now on for a few minutes."""
    try:
        return isinstance(rooms.agenda.hold(booking.motif, booking.site, start, tracker.sender_id), Hold)
    except SlotRefused:  # an opening closed meanwhile
        return False


def _as_well(rooms: House, tracker: Tracker, booking: Booking, start: datetime) -> list[datetime]:
    """Other slots as free as the one to confirm, where a day or a half-day called it and not its number or its hour."""
    text, wish = text_of(tracker), wish_of(rooms, tracker)
    called_by_it = start in wished(free_starts(rooms, tracker, booking), wish) and (wish.days or wish.times)
    if not called_by_it or wish.clock or wish.soonest or wish.latest:
        return []
    if read_choice(text, offered(tracker)) and names_rank(lead_of(text)):
        return []
    return [one for one in proposals(rooms, tracker, booking, wish_so_far(rooms, tracker)) if one != start][
        : OFFERED - 1
    ]


def where_it_stands(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """No appointment is taken yet: those wished for, the slot that waits for a yes, else those to choose from."""
    booking = Booking.of(tracker)
    if booking and wish_of(rooms, tracker).days:
        return propose(dispatcher, rooms, tracker, booking)
    if tracker.get_slot("rdv_creneau"):
        return ask_again(dispatcher, rooms, tracker)
    return offer(dispatcher, rooms, tracker, booking, name="utter_choisir_creneau") if booking else []


def ask_again(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask for a yes to the same slot once more, after something else was answered."""
    booking, start = Booking.of(tracker), tracker.get_slot("rdv_creneau")
    return confirm(dispatcher, rooms, tracker, booking, datetime.fromisoformat(start)) if booking and start else []


def propose(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking) -> list[EventType]:
    """Other slots: those wished for, else those after the ones shown."""
    wish, shown = wish_of(rooms, tracker), offered(tracker)
    after = None if wish or not shown else shown[-1]
    return offer(dispatcher, rooms, tracker, booking, wish_so_far(rooms, tracker), after, name="utter_choisir_creneau")


def reserve(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime
) -> list[EventType]:
    """Book, and say the code; or say why not, with what remains possible."""
    if tracker.get_slot("rdv_deplace"):
        return _move(dispatcher, rooms, tracker, booking, start)
    if not may_book(tracker):
        return _impossible(dispatcher, rooms, tracker)
    try:
        booked = rooms.agenda.book(booking.motif, booking.site, start, conversation_id=tracker.sender_id)
    except AlreadyBooked:
        return _already_booked(dispatcher, rooms, tracker, booking)
    except BookingError:
        return _impossible(dispatcher, rooms, tracker)
    if isinstance(booked, SlotTaken):
        offers = offer(dispatcher, rooms, tracker, booking, name="utter_creneau_pris")
        return [*offers, *set_slots(rdv_accord=True)]
    return _confirmed(dispatcher, rooms, tracker, booked)


def _impossible(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    say(dispatcher, rooms, tracker, "utter_rdv_impossible")
    return set_slots(attente="rien", **NOTHING_BOOKED)


def _move(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime
) -> list[EventType]:
    """Move the appointment that is being moved to a slot; where it stays says so."""
    try:
        moved = rooms.agenda.move(tracker.get_slot("rdv_deplace"), booking.site, start)
    except BookingError:
        say(dispatcher, rooms, tracker, "utter_deplacement_impossible")
        return set_slots(attente="rien", **NOTHING_BOOKED)
    if isinstance(moved, SlotTaken):
        return offer(dispatcher, rooms, tracker, booking, name="utter_creneau_pris")
    said = said_of_rdv(rooms, moved)
    say(dispatcher, rooms, tracker, "utter_rdv_deplace", code=moved.code, card=rdv_card(rooms, moved), **said)
    return set_slots(attente="rien", **NOTHING_BOOKED)


def _confirmed(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView) -> list[EventType]:
    """The code, then what to bring; a first name and a phone are offered once, and never for silent motifs."""
    said, motif = said_of_rdv(rooms, rdv), rooms.motifs[rdv.motif]
    say(dispatcher, rooms, tracker, "utter_rdv_confirme", code=rdv.code, card=rdv_card(rooms, rdv), **said)
    if not rooms.directory.structure(rdv.lieu).address:
        say(dispatcher, rooms, tracker, "utter_adresse_rdv")
    papers = ", ".join(motif.papiers)
    say(dispatcher, rooms, tracker, "utter_papiers_rdv" if papers else "utter_papiers_inconnus", papiers=papers)
    closed = set_slots(attente="rien", **NOTHING_BOOKED)
    if motif.silent:
        return [*closed, *follow_up(dispatcher, rooms, tracker, remembered(tracker.slots))]
    kept = keep_given(dispatcher, rooms, tracker)  # "oui. Karim, 06 …"
    if kept is not None:
        return [*closed, *kept]
    if withholds_contact(fold(text_of(tracker))):  # "oui. Pas de téléphone, le mien est noyé"
        return [*closed, *follow_up(dispatcher, rooms, tracker, remembered(tracker.slots))]
    say(dispatcher, rooms, tracker, "utter_demander_contact")
    return [*closed, *set_slots(attente="contact")]


def _already_booked(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking
) -> list[EventType]:
    rdv = held(rooms, tracker, booking.motif)
    if rdv:
        said = said_of_rdv(rooms, rdv)
        say(dispatcher, rooms, tracker, "utter_rdv_deja_pris", code=rdv.code, card=rdv_card(rooms, rdv), **said)
    return set_slots(attente="rien", **NOTHING_BOOKED)
