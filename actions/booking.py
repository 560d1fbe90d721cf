"""Booking as people speak: what a message does with the slots offered, then the yes, the code, the move.

Two questions may be open: which slot (`rdv`), and whether it is the right one (`accord`). A message is read for them
before anything else, whatever intent it was given: "oui, et ma sœur peut venir ?" is a yes, and then a question.
"""

import re
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import ask_commune, follow_up
from actions.held import held, said_of_rdv, standing
from actions.house import House
from actions.kept_elsewhere import last_link
from actions.offering import (
    INTERVIEW,
    NOTHING_BOOKED,
    OFFERED,
    Booking,
    chosen_in,
    elsewhere,
    free_starts,
    list_slots,
    offer,
    offer_these,
    offered,
    proposals,
    said_last,
    slot_at_once,
    wish_of,
    wish_so_far,
    wish_told_before,
)
from actions.other_subject import other_subject
from actions.reserving import CHOOSING, CONFIRMING, ask_again, being_confirmed, choose, confirm, propose, reserve
from actions.slot_talk import (
    ABOUT_BOOKING,
    NO_VISIT,
    asks_what_there_is,
    concerned,
    corrected_slot,
    elsewhere_wanted,
    ends_with_a_choice,
    later_ones,
    leaves_it,
    means_the_one_asked_about,
    no_to_another_thing,
    only_thanked,
    plainly_agreed,
)
from actions.speaking import intent_of, just_said, said_ever, say, set_slots, text_of, words_of
from bot.booking.views import RdvView
from bot.booking.wishes.choice import names_rank, read_rank
from bot.booking.wishes.wish import Wish, nearest
from bot.clock import PARIS
from bot.dialogue.agreeing import agrees_with_it, asks_to_wait
from bot.dialogue.memory import Heard, remembered
from bot.dialogue.replies import holds_back, keeps_it, says_no, says_yes, takes_back_yes
from bot.dialogue.withheld import without_contact
from bot.directory.models import fold

_LETS_GO = re.compile(r"^(?:non |bon |ok |ah |finalement )*(?:laisse[rz]?|oublie[rz]?) (?:tomber|ca)\b")
"""Of the whole booking: "laissez tomber, je verrai lundi avec la maîtresse"."""
_TAKES_LEAVE = re.compile(r"\b(?:bonne (?:journee|soiree|fin|apres midi|continuation)|au revoir|a bientot|bye)\b")
_MOVING = re.compile(r"\b(?:deplac\w*|decal\w*|report\w*|chang\w*|boug\w*|annul\w*|avanc\w*|repouss\w*)\b")
"""Of an appointment that stands."""
_CANCELS_IT = re.compile(r"\b(?:laisse[rz]?|oublie[rz]?) (?:tomber|ca)\b.*\bannule[rz]?\b(?! (?:pas|rien))")
"""Let go for good, and not kept: "nan laisse tomber annule"."""
_LEAD_NO = re.compile(
    r"^\W*(?:ah |euh )?(?:no+n+|nn|nan)\b[ ,:]*"
    r"(?:l'autre|pas (?:ça|celui-là|celle-là)|plutôt|attende[zr]|att|pardon)?[ ,:]*",
    re.I,
)
"""Before another rank: "non l'autre, la 3"."""


def take_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType] | None:
    """What a message does with the slots on offer; None when it is not about them, or says nothing clear."""
    booking = Booking.of(tracker)
    if (
        booking is None
        or tracker.get_slot("attente") not in (CHOOSING, CONFIRMING)
        or not concerned(rooms, tracker, heard)
    ):
        return None
    comes_freely = NO_VISIT.search(fold(text_of(tracker))) and chosen_in(rooms, tracker, booking) is None
    if _LETS_GO.search(fold(text_of(tracker))) or leaves_it(tracker) or comes_freely:
        return refuse(dispatcher, rooms, tracker)
    if only_thanked(tracker, heard):
        say(dispatcher, rooms, tracker, "utter_remercier")
        return []
    if plainly_agreed(rooms, tracker) and (agreed := _yes_or_no(dispatcher, rooms, tracker, booking, heard)):
        return agreed
    if other := other_subject(rooms, tracker, booking, heard):
        return offer(dispatcher, rooms, tracker, other, wish_of(rooms, tracker))
    speaks_of_when = bool(wish_of(rooms, tracker)) and heard.commune is None
    goes_elsewhere = intent_of(tracker) == "changer_lieu" and not says_yes(text_of(tracker)) and not speaks_of_when
    if goes_elsewhere or elsewhere_wanted(rooms, tracker, booking, heard):
        return change_site(dispatcher, rooms, tracker, heard.commune)
    if asks_what_there_is(rooms, tracker):
        return propose(dispatcher, rooms, tracker, booking)
    if corrected := corrected_slot(rooms, tracker, booking):
        return confirm(dispatcher, rooms, tracker, booking, corrected)
    if later := later_ones(rooms, tracker, booking):
        return offer_these(dispatcher, rooms, tracker, "utter_choisir_creneau", booking, later)
    text = text_of(tracker)
    put_right = said_last(text) != text or ends_with_a_choice(rooms, tracker)
    put_right = put_right or names_rank(_LEAD_NO.sub("", text))
    other_wanted = intent_of(tracker) in ("autre_creneau", "rdv_deplacer") and not wish_of(rooms, tracker).clock
    refused = (says_no(text) and not put_right) or other_wanted
    if means_the_one_asked_about(tracker):
        asked_about = being_confirmed(tracker)
        if agrees_with_it(text):
            return reserve(dispatcher, rooms, tracker, booking, asked_about)
        return ask_again(dispatcher, rooms, tracker)
    if not refused and (chosen := chosen_in(rooms, tracker, booking)):
        return choose(dispatcher, rooms, tracker, booking, chosen)
    if wish_of(rooms, tracker) or intent_of(tracker) in ("autre_creneau", "rdv_deplacer"):
        return propose(dispatcher, rooms, tracker, booking)
    return _yes_or_no(dispatcher, rooms, tracker, booking, heard)


def appointment_stays(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """Said, where a message gives up moving or cancelling what stands: "je peux le décaler ? non, gardez lundi"."""
    asked = tracker.get_slot("rdv_deplace") if tracker.get_slot("attente") in (CHOOSING, CONFIRMING) else None
    words = words_of(tracker)
    if not keeps_it(text_of(tracker)) or not (asked or _MOVING.search(words)) or _CANCELS_IT.search(words):
        return None
    rdv = (_being_moved(rooms, tracker) if asked else None) or held(rooms, tracker)
    if rdv is None or not Wish(days=wish_of(rooms, tracker).days).fits(rdv.starts_at.astimezone(PARIS)):
        return None
    say(dispatcher, rooms, tracker, "utter_rdv_tient", **said_of_rdv(rooms, rdv))
    return set_slots(attente="rien", **NOTHING_BOOKED)


def _being_moved(rooms: House, tracker: Tracker) -> RdvView | None:
    """The appointment for which another moment is being chosen, while it stands."""
    code = tracker.get_slot("rdv_deplace")
    return next((one for one in standing(rooms, tracker) if one.code == code), None) if code else None


def change_site(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, commune: str | None
) -> list[EventType]:
    """The same appointment at another site; where it is given at one only, its slots again, and that said."""
    link = last_link(rooms, tracker)
    booking = Booking.of(tracker) or (Booking(*link) if link else None)
    if booking is None:
        say(dispatcher, rooms, tracker, "utter_changer_lieu_sans_rdv")
        return []
    wish = wish_so_far(rooms, tracker)
    here = rooms.directory.structure(booking.site).commune == commune
    other = None if here else elsewhere(rooms, booking, commune)
    chosen = being_confirmed(tracker)
    if other and chosen in free_starts(rooms, tracker, other):
        others = [start for start in proposals(rooms, tracker, other) if start != chosen][: OFFERED - 1]
        return offer_these(dispatcher, rooms, tracker, "utter_offre_rdv", other, sorted([chosen, *others]))
    if other:
        return offer(dispatcher, rooms, tracker, other, wish)
    if not here:
        say(dispatcher, rooms, tracker, "utter_un_seul_lieu", lieu=rooms.renderer.place(booking.site))
    return offer(dispatcher, rooms, tracker, booking, wish, name="utter_choisir_creneau")


def refuse(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Nothing is booked or moved; what was offered can still be chosen, by others too."""
    rooms.agenda.let_go(tracker.sender_id)
    if moved := _being_moved(rooms, tracker):
        say(dispatcher, rooms, tracker, "utter_rdv_tient", **said_of_rdv(rooms, moved))
    else:
        say(dispatcher, rooms, tracker, "utter_rdv_refuse")
    booking = Booking.of(tracker)
    refused = booking.motif if booking else None
    # the slot stays in mind: "remettez-moi le même"
    closed = set_slots(rdv_accord=None, rdv_deplace=None, rdv_refuse=refused)
    return [*closed, *follow_up(dispatcher, rooms, tracker, remembered(tracker.slots))]


def choose_at_once(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, wish: Wish
) -> list[EventType] | None:
    """A slot described exactly before any was shown: "le plus tôt possible", "lundi 9 h"; None when none is."""
    chosen = chosen_in(rooms, tracker, booking) if wish == wish_of(rooms, tracker) else None
    chosen = chosen or slot_at_once(rooms, tracker, booking, wish)
    if chosen is None:
        return None
    booked = set_slots(rdv_motif=booking.motif, rdv_site=booking.site, rdv_accord=None)
    return [*booked, *confirm(dispatcher, rooms, tracker, booking, chosen)]


def offer_interview(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Slots with a social worker as the message wishes, or the one that it describes."""
    wish = wish_of(rooms, tracker)
    at_once = choose_at_once(dispatcher, rooms, tracker, INTERVIEW, wish)
    return at_once or offer(dispatcher, rooms, tracker, INTERVIEW, wish)


def choose_late(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """A slot chosen among those offered some turns ago; None when none is."""
    booking = Booking.of(tracker)
    chosen = chosen_in(rooms, tracker, booking) if booking and offered(tracker) else None
    return choose(dispatcher, rooms, tracker, booking, chosen) if booking and chosen else None


def come_back(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """After a question in the middle: the one that was open is asked again, where it was left."""
    waiting, booking = tracker.get_slot("attente"), Booking.of(tracker)
    if waiting == CONFIRMING:
        return ask_again(dispatcher, rooms, tracker)
    if waiting == CHOOSING and booking:
        return list_slots(dispatcher, rooms, tracker, "utter_revenir_creneaux", booking, offered(tracker))
    if waiting == "commune" and not just_said(tracker, rooms, "utter_demander_commune"):
        return ask_commune(dispatcher, rooms, tracker)
    if waiting == "contact" and said_ever(tracker, rooms, "utter_revenir_contact"):
        return []  # nobody is asked a third time for what they need not give
    if waiting in ("contact", "annulation", "transmission"):
        say(dispatcher, rooms, tracker, f"utter_revenir_{waiting}")
    return []


def _yes_or_no(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, heard: Heard
) -> list[EventType] | None:
    text, intent = text_of(tracker), intent_of(tracker)
    chosen = tracker.get_slot("rdv_creneau") if tracker.get_slot("attente") == CONFIRMING else None
    agreed = says_yes(text) and not takes_back_yes(without_contact(text))
    if no_to_another_thing(text):
        say(dispatcher, rooms, tracker, "utter_detail_note")
        return come_back(dispatcher, rooms, tracker)
    if chosen is None and (_TAKES_LEAVE.search(fold(text)) or (intent == "affirmer" and not agreed)):
        return None
    if says_no(text) or NO_VISIT.search(fold(text)) or (intent == "refuser" and not agreed):
        return refuse(dispatcher, rooms, tracker)
    if intent == "affirmer" or agreed:
        return _agree(dispatcher, rooms, tracker, booking, chosen, heard)
    if intent in ABOUT_BOOKING:
        if chosen and read_rank(text) is None:
            return ask_again(dispatcher, rooms, tracker)
        starts = _still_free(rooms, tracker, booking)
        listed = list_slots(dispatcher, rooms, tracker, "utter_creneau_non_compris", booking, starts)
        return [*set_slots(attente=CHOOSING, rdv_creneau=None), *listed]
    return None


def _agree(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    booking: Booking,
    chosen: str | None,
    heard: Heard,
) -> list[EventType] | None:
    """A yes: to the slot chosen, else to the offer, and then to the slot nearest to what was wished for.

    A yes with a question waits for its answer, unless a slot is chosen and nothing holds it back.
    """
    if heard.questions and (not chosen or holds_back(text_of(tracker))):
        return None
    if chosen and asks_to_wait(text_of(tracker)):
        return ask_again(dispatcher, rooms, tracker)
    if chosen:
        return reserve(dispatcher, rooms, tracker, booking, datetime.fromisoformat(chosen))
    starts = nearest(_still_free(rooms, tracker, booking), wish_told_before(rooms, tracker))
    if not starts:
        return None
    return [*set_slots(rdv_accord=True), *confirm(dispatcher, rooms, tracker, booking, starts[0])]


def _still_free(rooms: House, tracker: Tracker, booking: Booking) -> list[datetime]:
    """The slots shown last that are still free; the next ones when none is."""
    free = set(free_starts(rooms, tracker, booking))
    return [start for start in offered(tracker) if start in free] or proposals(rooms, tracker, booking)
