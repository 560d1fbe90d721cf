"""Appointments: offer, choose, confirm, see, cancel. The agenda decides; these actions only speak."""

from datetime import datetime
from typing import Any, TypedDict

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House, house
from actions.orient import need_buttons, safety_question, settled_safety
from actions.speaking import (
    OFFERED,
    Booking,
    channel_of,
    free_starts,
    intent_of,
    list_slots,
    next_starts,
    offer,
    offered,
    say,
    set_slots,
)
from bot.booking.choice import read_choice
from bot.booking.errors import AlreadyBooked, BookingError
from bot.booking.views import RdvView, SlotTaken
from bot.channels.cards import Card
from bot.channels.orientation import as_contract
from bot.dialogue.memory import Heard, joined, remembered
from bot.directory.hours import spoken_date
from bot.orientation.plan import make_plan

BOOKABLE_NEEDS = (
    "grossesse_suivi",
    "premiere_pesee",
    "vaccination",
    "consultation_enfant",
    "contraception",
    "rsa_demande",
    "rsa_suivi",
    "caf_prestations",
)
"""Offered as buttons when someone wants an appointment without saying for what."""

SAME_SUBJECT = ("affirmer", "rdv_prendre", "donner_contact")
"""What leaves the booking where it is: the question that was open is asked again."""

REFUSALS = {"rdv": "utter_rdv_refuse", "contact": "utter_sans_contact", "annulation": "utter_rdv_garde"}
"""What a no answers, by the question that was open."""

NOTHING_BOOKED = {
    "rdv_motif": None,
    "rdv_site": None,
    "rdv_creneau": None,
    "rdv_accord": None,
    "rdv_propositions": None,
}


class ActionProposerRdv(Action):
    """Offers slots: those after the last ones shown, or the first ones of what the person needs."""

    def name(self) -> str:
        """The name rules use."""
        return "action_proposer_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offer, or ask for what is missing: the subject or the commune. Safety comes before any appointment."""
        rooms = house()
        settled = settled_safety(dispatcher, rooms, tracker)
        if settled is not None:
            return settled
        return safety_question(dispatcher, rooms, tracker) or self._propose(dispatcher, rooms, tracker)

    def _propose(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
        booking = Booking.of(tracker)
        if booking:
            shown = offered(tracker)
            wants_others = intent_of(tracker) == "autre_creneau"
            return offer(dispatcher, rooms, tracker, booking, after=shown[-1] if shown and wants_others else None)
        situation = remembered(tracker.slots)
        plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
        line = plan.bookable
        if line and line.motif and line.site:
            return offer(dispatcher, rooms, tracker, Booking(line.motif, line.site))
        if situation.needs and situation.commune is None:
            say(dispatcher, rooms, tracker, "utter_demander_commune")
            return set_slots(attente="commune")
        say(dispatcher, rooms, tracker, "utter_rdv_pour_quoi", buttons=need_buttons(rooms, BOOKABLE_NEEDS))
        return []


class ActionAccepterRdv(Action):
    """A yes to the offer: once a slot is chosen, nothing more has to be confirmed."""

    def name(self) -> str:
        """The name rules use."""
        return "action_accepter_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Keep the yes."""
        return set_slots(rdv_accord=True)


class ValidateRdvForm(Action):
    """Reads a choice of slot or a yes in the message; no event means that the message was about something else."""

    def name(self) -> str:
        """The name Rasa calls for the form."""
        return "validate_rdv_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Fill the slots of the form from the latest message."""
        intent, asked = intent_of(tracker), tracker.get_slot("requested_slot")
        if intent in ("choisir_creneau", "autre_creneau"):
            return _choice(tracker)
        if intent == "affirmer" and asked in (None, "rdv_accord"):
            return set_slots(rdv_accord=True)
        return set_slots(rdv_creneau=tracker.get_slot("rdv_creneau")) if intent in SAME_SUBJECT else []


def _choice(tracker: Tracker) -> list[EventType]:
    """The slot chosen among those proposed; else other slots to propose, from the day that was asked for."""
    pressed = next(tracker.get_latest_entity_values("creneau"), None)
    text, shown = tracker.latest_message.get("text") or "", offered(tracker)
    chosen = None if intent_of(tracker) == "autre_creneau" else read_choice(text, shown)
    if pressed or chosen:
        return set_slots(rdv_creneau=pressed or (chosen and chosen.isoformat()))
    booking = Booking.of(tracker)
    others = _asked_for(text, booking, shown) if booking else []
    return set_slots(rdv_creneau=None, rdv_propositions=[start.isoformat() for start in others or shown])


def _asked_for(text: str, booking: Booking, shown: list[datetime]) -> list[datetime]:
    """Free slots from the first that fits what was asked ("vendredi matin"), else those after the ones shown."""
    free = free_starts(house(), booking)
    wished = read_choice(text, free) if not text.strip().isdigit() else None
    if wished:
        return free[free.index(wished) :][:OFFERED]
    return next_starts(house(), booking, after=shown[-1] if shown else None)


class ActionAskCreneau(Action):
    """Asks which slot."""

    def name(self) -> str:
        """The name Rasa calls for this slot of the form."""
        return "action_ask_rdv_form_rdv_creneau"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """List the free slots again, numbered."""
        rooms = house()
        booking = Booking.of(tracker)
        if booking is None:
            return []
        missed = intent_of(tracker) == "choisir_creneau"
        name = "utter_creneau_non_compris" if missed else "utter_choisir_creneau"
        return list_slots(dispatcher, rooms, tracker, name, booking, _still_free(rooms, tracker, booking))


class ActionAskAccord(Action):
    """Says what will be booked and asks for a yes."""

    def name(self) -> str:
        """The name Rasa calls for this slot of the form."""
        return "action_ask_rdv_form_rdv_accord"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Ask for the yes."""
        rooms = house()
        booking = Booking.of(tracker)
        if booking:
            buttons = [{"title": "Oui, réserver", "payload": "/affirmer"}, {"title": "Non", "payload": "/refuser"}]
            said = _said(rooms, booking, datetime.fromisoformat(tracker.get_slot("rdv_creneau")))
            say(dispatcher, rooms, tracker, "utter_confirmer_rdv", buttons=buttons, **said)
        return []


class ActionReserver(Action):
    """Books the chosen slot."""

    def name(self) -> str:
        """The name rules use."""
        return "action_reserver"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Book, and say the code; or say why not, with what remains possible."""
        rooms = house()
        booking = Booking.of(tracker)
        if booking is None:
            return set_slots(**NOTHING_BOOKED)
        start = datetime.fromisoformat(tracker.get_slot("rdv_creneau"))
        try:
            booked = rooms.agenda.book(booking.motif, booking.site, start, conversation_id=tracker.sender_id)
        except AlreadyBooked:
            return _already_booked(dispatcher, rooms, tracker, booking)
        except BookingError:
            say(dispatcher, rooms, tracker, "utter_rdv_impossible")
            return set_slots(attente="rien", **NOTHING_BOOKED)
        if isinstance(booked, SlotTaken):
            return _slot_taken(dispatcher, rooms, tracker, booking)
        return _confirmed(dispatcher, rooms, tracker, booked)


class ActionRefuser(Action):
    """A no closes the question that was open: nothing is booked, kept or cancelled, and the door stays open."""

    def name(self) -> str:
        """The name rules use."""
        return "action_refuser"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say what the no means here, and wait for nothing more; a no to the safety question means danger or not."""
        rooms = house()
        settled = settled_safety(dispatcher, rooms, tracker)
        if settled is not None:
            return settled
        say(dispatcher, rooms, tracker, REFUSALS.get(tracker.get_slot("attente"), "utter_refuser"))
        asked = safety_question(dispatcher, rooms, tracker)
        return [*set_slots(attente="rien", **NOTHING_BOOKED), *asked]


class ActionMontrerRdv(Action):
    """Shows the conversation's appointment, and asks before cancelling it."""

    def name(self) -> str:
        """The name rules use."""
        return "action_montrer_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say the appointment, or where to turn when this conversation holds none."""
        rooms = house()
        settled = settled_safety(dispatcher, rooms, tracker)
        return self._show(dispatcher, rooms, tracker) if settled is None else settled

    def _show(self, dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
        rdv = _held(rooms, tracker)
        intent = intent_of(tracker)
        if rdv is None:
            plan = _plan_of_act(rooms, tracker, intent)
            say(dispatcher, rooms, tracker, "utter_rdv_inconnu", orientation=plan)
            return []
        said = _said(rooms, Booking(rdv.motif, rdv.lieu), rdv.starts_at)
        if intent == "rdv_annuler":
            buttons = [
                {"title": "Oui, annuler", "payload": "/affirmer"},
                {"title": "Non, le garder", "payload": "/refuser"},
            ]
            say(dispatcher, rooms, tracker, "utter_confirmer_annulation", buttons=buttons, **said)
            return set_slots(attente="annulation")
        say(dispatcher, rooms, tracker, "utter_mon_rdv", code=rdv.code, card=_rdv_card(rooms, rdv), **said)
        return []


class ActionAnnulerRdv(Action):
    """Cancels the conversation's appointment."""

    def name(self) -> str:
        """The name rules use."""
        return "action_annuler_rdv"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Cancel, or say that it could not be done."""
        rooms = house()
        rdv = _held(rooms, tracker)
        try:
            if rdv:
                rooms.agenda.cancel(rdv.code)
            say(dispatcher, rooms, tracker, "utter_rdv_annule" if rdv else "utter_rdv_inconnu")
        except BookingError:
            say(dispatcher, rooms, tracker, "utter_rdv_impossible")
        return set_slots(attente="rien")


class ActionEnregistrerContact(Action):
    """Keeps a first name and a phone with the booking; they never enter the conversation's history."""

    def name(self) -> str:
        """The name rules use."""
        return "action_enregistrer_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Attach what the gateway set aside, or ask for it."""
        rooms = house()
        contact, rdv = rooms.contacts.take(tracker.sender_id), _held(rooms, tracker)
        if contact is None or rdv is None:
            agreed = intent_of(tracker) == "affirmer"
            say(dispatcher, rooms, tracker, "utter_demander_contact" if agreed else "utter_contact_non_compris")
            return []
        rooms.agenda.attach_contact(rdv.code, contact.first_name, contact.phone)
        say(dispatcher, rooms, tracker, "utter_contact_note")
        return set_slots(attente="rien")


def _still_free(rooms: House, tracker: Tracker, booking: Booking) -> list[datetime]:
    """The slots shown last that are still free; the next ones when none is."""
    free = set(free_starts(rooms, booking))
    return [start for start in offered(tracker) if start in free] or next_starts(rooms, booking)


def _confirmed(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView) -> list[EventType]:
    said = _said(rooms, Booking(rdv.motif, rdv.lieu), rdv.starts_at)
    say(dispatcher, rooms, tracker, "utter_rdv_confirme", code=rdv.code, card=_rdv_card(rooms, rdv), **said)
    if not rooms.directory.structure(rdv.lieu).address:
        say(dispatcher, rooms, tracker, "utter_adresse_rdv")
    if rooms.motifs[rdv.motif].silent:
        say(dispatcher, rooms, tracker, "utter_autre_besoin")
        return set_slots(attente="rien", **NOTHING_BOOKED)
    say(dispatcher, rooms, tracker, "utter_demander_contact")
    return set_slots(attente="contact", **NOTHING_BOOKED)


def _slot_taken(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking) -> list[EventType]:
    starts = next_starts(rooms, booking)
    if not starts:
        say(dispatcher, rooms, tracker, "utter_aucun_creneau", motif=rooms.motifs[booking.motif].libelle)
        return set_slots(attente="rien", **NOTHING_BOOKED)
    listed = list_slots(dispatcher, rooms, tracker, "utter_creneau_pris", booking, starts)
    return [*set_slots(attente="rdv", rdv_creneau=None, rdv_accord=True), *listed]


def _already_booked(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking
) -> list[EventType]:
    rdv = _held(rooms, tracker, booking.motif)
    if rdv:
        said = _said(rooms, Booking(rdv.motif, rdv.lieu), rdv.starts_at)
        say(dispatcher, rooms, tracker, "utter_rdv_deja_pris", code=rdv.code, card=_rdv_card(rooms, rdv), **said)
    return set_slots(attente="rien", **NOTHING_BOOKED)


def _held(rooms: House, tracker: Tracker, motif: str | None = None) -> RdvView | None:
    """The last appointment of this conversation that stands."""
    rdvs = rooms.agenda.of_conversation(tracker.sender_id)
    standing = [rdv for rdv in rdvs if rdv.status == "confirmed" and motif in (None, rdv.motif)]
    return standing[-1] if standing else None


class Said(TypedDict):
    """An appointment in words."""

    motif: str
    quand: str
    lieu: str


def _said(rooms: House, booking: Booking, start: datetime) -> Said:
    return Said(
        motif=rooms.motifs[booking.motif].libelle,
        quand=spoken_date(start),
        lieu=rooms.renderer.place(booking.site),
    )


def _rdv_card(rooms: House, rdv: RdvView) -> Card:
    said = _said(rooms, Booking(rdv.motif, rdv.lieu), rdv.starts_at)
    return {
        "kind": "rdv",
        "code": rdv.code,
        "when": said["quand"],
        "place": said["lieu"],
        "motif": said["motif"],
        "url": f"/rdv/{rdv.code}",
    }


def _plan_of_act(rooms: House, tracker: Tracker, act: str) -> dict[str, Any] | None:
    """The plan of someone who speaks of an appointment we do not hold: whom to call."""
    if act not in rooms.table:
        return None
    situation = joined(remembered(tracker.slots), Heard(needs=(act,)))
    plan = make_plan(situation, rooms.clock(), channel_of(tracker), rooms.directory, rooms.table)
    return as_contract(plan)
