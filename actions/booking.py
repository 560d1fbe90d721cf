"""Booking as people speak: what a message does with the slots offered, then the yes, the code, the move.

Two questions may be open: which slot (`rdv`), and whether it is the right one (`accord`). A message is read for them
before anything else, whatever intent it was given: "oui, et ma sœur peut venir ?" is a yes, and then a question.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timezone

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import OF_SLOTS
from actions.follow_up import ask_commune, follow_up
from actions.held import held, rdv_card, said_of, said_of_rdv, standing
from actions.house import House
from actions.offering import (
    INTERVIEW,
    NOTHING_BOOKED,
    OFFERED,
    Booking,
    chosen_in,
    elsewhere,
    free_starts,
    last_sentence,
    lead_of,
    leads_with_a_choice,
    list_slots,
    offer,
    offer_these,
    offered,
    proposals,
    said_last,
    slot_at_once,
    speaks_of_a_visit,
    wish_in,
    wish_of,
    wish_so_far,
    wish_told_before,
    wishes_with_this,
)
from actions.speaking import channel_of, intent_of, just_said, plan_for, say, set_slots, text_of, words_of
from bot.booking.choice import names_rank, read_choice, read_rank
from bot.booking.errors import AlreadyBooked, BookingError
from bot.booking.views import RdvView, SlotTaken
from bot.booking.wishes import Wish, nearest, wish_that_day, wish_to_move, wished
from bot.channels.cards import numbered, slot_buttons
from bot.clock import PARIS
from bot.dialogue.memory import Heard, remembered
from bot.dialogue.replies import (
    NO,
    holds_back,
    keeps_it,
    puts_off,
    says_no,
    says_yes,
    spoken,
    takes_back_yes,
    without_tags,
)
from bot.dialogue.withheld import withholds_contact, without_contact
from bot.directory.models import fold
from bot.nlu.understand import PRECISE_QUESTION

CHOOSING, CONFIRMING = "rdv", "accord"
"""What the conversation waits for while it books."""

ABOUT_BOOKING = frozenset(
    "choisir_creneau autre_creneau changer_lieu affirmer refuser rdv_prendre rdv_deplacer donner_contact".split()
)
"""Intents of a message about the slots offered."""
ABOUT_SOMETHING_ELSE = frozenset(
    """parler_humain recommencer effacer_donnees au_revoir resumer rdv_annuler rdv_info besoin_regle autre_probleme
    patienter insulter se_plaindre signaler_agression autre_langue repeter incompris charabia avoir_honte
    saluer taire_commune hors_sujet""".split()
)
_UNREADABLE = ("charabia", "incompris")
"""Intents of a yes that the model does not know: "vasi"."""
ENDS_OR_CANCELS = frozenset("recommencer effacer_donnees rdv_annuler besoin_regle".split())
"""Intents that no slot named first makes a choice."""
_FIRST_SENTENCE = re.compile(r"^[^.!?;]{1,60}(?=[.!;] \w)")
"""Before another: "va pour Clichy, la première date. Mais ma ville, c'est Levallois"."""
_LEAD_STOP = re.compile(r"^[^.!?;]{1,40}[.!?;] \w")
"""A short sentence, then another: "1er dispo. il n'a pas de téléphone"."""
LIVING = re.compile(r"\b(?:habit\w*|vis|vit|loge\w*|reside\w*|domicilie\w*|demenage\w*|(?:suis|sommes) (?:a|de|sur))\b")
"""Said with a town, it is where the person lives; without, while booking, where they would rather go."""

_YES_IN_IT = re.compile(r"\b(?:o+u+i+|ui|ouais?|ok|d accord|parfait|je (?:confirme|valide)|(?<!si )c est (?:bon|ca))\b")

_THE_FIRST = re.compile(r"\b(?:le|la|numero) (?:1|1ere?|premiere?|une?)\b|^(?:ok )?(?:1|une)$")
_LETS_GO = re.compile(r"^(?:non |bon |ok |ah |finalement )*(?:laisse[rz]?|oublie[rz]?) (?:tomber|ca)\b")
"""Of the whole booking: "laissez tomber, je verrai lundi avec la maîtresse"."""
_ENDS_WITH_YES = re.compile(r"\w (?:oui|je (?:confirme|valide)|confirmez|validez)(?: (?:merci|svp|stp))?$")
"""Said after a slot, it agrees to it: "16 h oui", "le premier de la matinée, oui, je confirme"."""

NO_VISIT = re.compile(
    r"\b(?:pas|aucun) (?:de |d |besoin de |besoin d |besoin d un |envie de )?(?:rdv|rendez vous|entretien|creneaux?)\b"
    r"|\b(?:laisse[rz]?|oublie[rz]?)(?: tomber)? (?:le |les |ce )?(?:rdv|rendez vous|creneaux?)\b"
    r"|\b(?:laisse[rz]?|garde[rz]?) (?:comme c est|celui (?:que j ai|de|d))"
)
"""No appointment is wanted, or none but the one that stands."""

_TAKES_LEAVE = re.compile(r"\b(?:bonne (?:journee|soiree|fin|apres midi|continuation)|au revoir|a bientot|bye)\b")
_AN_AGE = re.compile(r"\b\d+ ?ans?\b")
_A_SENTENCE = 3
_OF_THE_OFFER = re.compile(
    r"\b(?:rdv|rendez|creneau\w*|celui|celle|ca|cela|merci|maintenant|tout de suite|laisse\w*|veu[tx]|peu[tx]"
    r"|pourrai\w*"
    r"|possible|interesse\w*|tard|finalement|lundi|mardi|mercredi|jeudi|vendredi|samedi|matin|matinee|aprem|apres|midi"
    r"|heures?|h|annul\w*|besoin|attend\w*|prefer\w*|autre|reflech\w*|verrai|vais|appel\w*|avant|jour|semaine"
    r"|travaille|bosse|dispo\w*|loin|la|\d+)\b"
)
"""Words with which a no is one to the slots; without any, it answers something else."""

_LEAD_YES = re.compile(
    r"\s*(?:oui+|ouais?|ok|d'accord|parfait|c'est (?:bon|ça))(?:[ ,]+\w+){0,3}[ ,]*[.!;]+\s+(?=\w)", re.IGNORECASE
)
"""A yes that is a sentence by itself, before another."""
_CHANGES = re.compile(
    r"\b(?:plutot|non|finalement|attend\w*|autre (?:jour|heure|creneau)|deplac\w*|pas le|sauf|mieux|laisse\w*"
    r"|impossible|peu[xt] pas|mais (?:pas|plutot))\b"
)
_MOVING = re.compile(r"\b(?:deplac\w*|decal\w*|report\w*|chang\w*|boug\w*|annul\w*|avanc\w*|repouss\w*)\b")
"""Of an appointment that stands."""
_CANCELS_IT = re.compile(r"\b(?:laisse[rz]?|oublie[rz]?) (?:tomber|ca)\b.*\bannule[rz]?\b(?! (?:pas|rien))")
"""Let go for good, and not kept: "nan laisse tomber annule"."""
_BEGINS_WITH = re.compile(r"\bcommen\w+ (?:par|avec)\b|^(?:\w+ ){0,4}(?:d abord|en premier)\b|^d abord \w+ \w+$")
_A_CHILD = re.compile(r"\b(?:petite?s?|bebe|fill?e|fils|enfants?|gosses?|gamine?s?|bb)\b")
_ONESELF = re.compile(r"\b(?:moi|ma sante|mon suivi)\b")
_OF_A_CHILD = frozenset("premiere_pesee vaccination_enfant consultation_enfant conseil_puericulture".split())
_OF_ONESELF = frozenset("suivi_grossesse suivi_postnatal sante_sexuelle".split())
"""What is booked for somebody: "d'abord la petite", "commençons par moi"."""
_LATER = re.compile(
    r"\b(?:pas|rien|quelque chose|qqch|possible) (?:de |un peu )?plus tard\b|^plus tard\b|\bplus tard dans la matinee\b"
)

_AROUND = 3
"""Half-hours that "vers 16 h" means: the one in the middle is taken."""

NEVER = datetime.min.replace(tzinfo=timezone.utc)

_LEAD_NO = re.compile(
    r"^\W*(?:ah |euh )?(?:no+n+|nn|nan)\b[ ,:]*"
    r"(?:l'autre|pas (?:ça|celui-là|celle-là)|plutôt|attende[zr]|att|pardon)?[ ,:]*",
    re.I,
)
"""Before another rank: "non l'autre, la 3"."""
_A_WISH = 7
"""Words that say when, after a yes: "oui. mais l'après-midi alors"."""
_FEW_WORDS, _WORDS_AFTER_A_YES = 12, 25
"""A longer message tells a story: its days and its numbers are no choice."""


def take_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType] | None:
    """What a message does with the slots on offer; None when it is not about them, or says nothing clear."""
    booking = Booking.of(tracker)
    if (
        booking is None
        or tracker.get_slot("attente") not in (CHOOSING, CONFIRMING)
        or not _concerned(rooms, tracker, heard)
    ):
        return None
    if _LETS_GO.search(fold(text_of(tracker))) or _puts_off(tracker):
        return refuse(dispatcher, rooms, tracker)
    if _plainly_agreed(rooms, tracker) and (agreed := _yes_or_no(dispatcher, rooms, tracker, booking, heard)):
        return agreed
    if other := _other_subject(rooms, tracker, booking, heard):
        return offer(dispatcher, rooms, tracker, other, wish_of(rooms, tracker))
    speaks_of_when = bool(wish_of(rooms, tracker)) and heard.commune is None
    goes_elsewhere = intent_of(tracker) == "changer_lieu" and not says_yes(text_of(tracker)) and not speaks_of_when
    if goes_elsewhere or _elsewhere_wanted(rooms, tracker, booking, heard):
        return change_site(dispatcher, rooms, tracker, heard.commune)
    if corrected := _corrected(rooms, tracker, booking):
        return _confirm(dispatcher, rooms, tracker, booking, corrected)
    if later := _later_ones(rooms, tracker, booking):
        return offer_these(dispatcher, rooms, tracker, "utter_choisir_creneau", booking, later)
    text = text_of(tracker)
    put_right = said_last(text) != text or _ends_with_a_choice(rooms, tracker)
    put_right = put_right or names_rank(_LEAD_NO.sub("", text))
    other_wanted = intent_of(tracker) in ("autre_creneau", "rdv_deplacer") and not wish_of(rooms, tracker).clock
    refused = (says_no(text) and not put_right) or other_wanted
    if _means_the_one_asked_about(tracker):
        return ask_again(dispatcher, rooms, tracker)
    if not refused and (chosen := chosen_in(rooms, tracker, booking)):
        return choose(dispatcher, rooms, tracker, booking, chosen)
    if wish_of(rooms, tracker) or intent_of(tracker) in ("autre_creneau", "rdv_deplacer"):
        return _propose(dispatcher, rooms, tracker, booking)
    return _yes_or_no(dispatcher, rooms, tracker, booking, heard)


def _plainly_agreed(rooms: House, tracker: Tracker) -> bool:
    """Whether a slot waits for a yes and gets it first, as a sentence: "oui. Et dimanche je dors où ?"."""
    led = _LEAD_YES.match(text_of(tracker)) if tracker.get_slot("attente") == CONFIRMING else None
    if led is None:
        return False
    rest = text_of(tracker)[led.end() :]
    of_slots = "?" not in rest and OF_SLOTS.search(fold(rest))
    wishes = wish_in(rooms, rest) and (len(rest.split()) <= _A_WISH or of_slots)
    return not (wishes or _CHANGES.search(fold(without_tags(without_contact(rest)))))


def _puts_off(tracker: Tracker) -> bool:
    """Whether a message ends by leaving the booking for later, and chooses nothing: "on laisse pour l'instant"."""
    text = text_of(tracker)
    return puts_off(text) and not says_yes(text) and read_choice(last_sentence(text), offered(tracker)) is None


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


def agrees_beside(tracker: Tracker, heard: Heard) -> bool:
    """Whether what is said after a yes takes back no need: "oui, et merci, je retire la moitié de ce que j'ai dit"."""
    waits = tracker.get_slot("attente") == CONFIRMING and intent_of(tracker) == "besoin_regle"
    text = text_of(tracker)
    agreed = says_yes(text) and not takes_back_yes(text) and not _CHANGES.search(fold(text))
    return waits and agreed and not heard.subjects


def _means_the_one_asked_about(tracker: Tracker) -> bool:
    """Whether "la 1" is said of the one slot that was just asked about, which a day or an hour had called."""
    chosen, shown, text = _being_confirmed(tracker), offered(tracker), text_of(tracker)
    waits = chosen is not NEVER and bool(tracker.get_slot("rdv_souhaits")) and chosen != (shown or [NEVER])[0]
    return waits and bool(_THE_FIRST.search(fold(text))) and not _CHANGES.search(fold(text))


def _later_ones(rooms: House, tracker: Tracker, booking: Booking) -> list[datetime]:
    """Slots later on the last day shown: "y a pas plus tard ?"; none when it is not asked."""
    shown = offered(tracker)
    if not shown or not _LATER.search(fold(text_of(tracker))):
        return []
    chosen = _being_confirmed(tracker)
    last = chosen if chosen is not NEVER else shown[-1]
    later = [start for start in free_starts(rooms, booking) if start.date() == last.date() and start > last]
    wish = wish_of(rooms, tracker)
    return (wished(later, wish) or later)[:OFFERED] if wish else later[-OFFERED:]


def _ends_with_a_choice(rooms: House, tracker: Tracker) -> bool:
    """Whether the last of several sentences chooses, or says when: "non ça va. le premier dispo"."""
    text = text_of(tracker)
    end = last_sentence(text)
    return end != text.strip(" .!") and bool(read_choice(end, offered(tracker)) or wish_in(rooms, end))


def change_site(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, commune: str | None
) -> list[EventType]:
    """The same appointment at another site; where it is given at one only, its slots again, and that said."""
    booking = Booking.of(tracker)
    if booking is None:
        say(dispatcher, rooms, tracker, "utter_changer_lieu_sans_rdv")
        return []
    wish = wish_so_far(rooms, tracker)
    here = rooms.directory.structure(booking.site).commune == commune
    other = None if here else elsewhere(rooms, booking, commune)
    chosen = _being_confirmed(tracker)
    if other and chosen in free_starts(rooms, other):
        others = [start for start in proposals(rooms, other) if start != chosen][: OFFERED - 1]
        return offer_these(dispatcher, rooms, tracker, "utter_offre_rdv", other, sorted([chosen, *others]))
    if other:
        return offer(dispatcher, rooms, tracker, other, wish)
    if not here:
        say(dispatcher, rooms, tracker, "utter_un_seul_lieu", lieu=rooms.renderer.place(booking.site))
    return offer(dispatcher, rooms, tracker, booking, wish, name="utter_choisir_creneau")


def refuse(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Nothing is booked or moved; what was offered can still be chosen."""
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
    chosen = chosen or slot_at_once(rooms, booking, wish)
    if chosen is None:
        return None
    booked = set_slots(rdv_motif=booking.motif, rdv_site=booking.site, rdv_accord=None)
    return [*booked, *_confirm(dispatcher, rooms, tracker, booking, chosen)]


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
    if waiting in ("contact", "annulation", "transmission"):
        say(dispatcher, rooms, tracker, f"utter_revenir_{waiting}")
    return []


def _concerned(rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Whether a message may be about the slots: by its intent, or because it is short and tells no new need."""
    intent = intent_of(tracker)
    text = text_of(tracker)
    if heard.urgency != "emergency" and (_plainly_agreed(rooms, tracker) or agrees_beside(tracker, heard)):
        return True
    if _puts_off(tracker) and not set(heard.needs) - set(remembered(tracker.slots).needs):
        return True
    if PRECISE_QUESTION in heard.questions and "?" in text and not speaks_of_a_visit(tracker):
        return False
    says_when = intent in ("rdv_info", "patienter") and bool(wish_of(rooms, tracker)) and "?" not in text
    agreed = says_yes(text) and intent in _UNREADABLE
    if intent in ABOUT_BOOKING or says_when or agreed:
        return True
    if len(text.split()) <= _FEW_WORDS and read_choice(said_last(text), offered(tracker)):
        return True
    begun = _FIRST_SENTENCE.match(text)
    if begun and len(text.split()) <= _WORDS_AFTER_A_YES and intent not in ENDS_OR_CANCELS | ABOUT_SOMETHING_ELSE:
        if read_choice(begun[0], offered(tracker)) and not set(heard.needs) - set(remembered(tracker.slots).needs):
            return True
    ends = len(text.split()) <= _WORDS_AFTER_A_YES and read_choice(last_sentence(text), offered(tracker))
    if ends and intent not in ENDS_OR_CANCELS:
        return True
    leads = leads_with_a_choice(rooms, tracker)
    chooses = says_yes(text) or leads or (bool(wish_of(rooms, tracker).days) and speaks_of_a_visit(tracker))
    most = _WORDS_AFTER_A_YES if chooses or wish_of(rooms, tracker).refused else _FEW_WORDS
    begins = intent not in ENDS_OR_CANCELS and leads and _LEAD_STOP.search(text)
    if (intent in ABOUT_SOMETHING_ELSE and not begins) or len(text.split()) > most:
        return False
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    return not new or (heard.urgency != "emergency" and (chooses or intent == "dire_pour_qui"))


def _other_subject(rooms: House, tracker: Tracker, booking: Booking, heard: Heard) -> Booking | None:
    """Another of the needs already told, that is to be booked first: "on commence par les vaccins"."""
    known = remembered(tracker.slots)
    named = [need for need in heard.subjects if need in known.needs]
    if _BEGINS_WITH.search(fold(text_of(tracker))) and not heard.questions:
        if first := _of_the_first(rooms, tracker, booking):
            return first
        if not named and not wish_of(rooms, tracker) and "?" not in text_of(tracker):
            return booking
    if len(named) != 1 or says_yes(text_of(tracker)) or read_choice(lead_of(text_of(tracker)), offered(tracker)):
        return None
    other = _bookings(rooms, tracker, named)
    return next((one for one in other if one.motif != booking.motif), None)


def _of_the_first(rooms: House, tracker: Tracker, booking: Booking) -> Booking | None:
    """What is booked for the person who is to come first, child or adult; what is on offer when it is that."""
    words = fold(text_of(tracker))
    motifs = _OF_A_CHILD if _A_CHILD.search(words) else _OF_ONESELF if _ONESELF.search(words) else frozenset()
    known = _bookings(rooms, tracker, remembered(tracker.slots).needs)
    return next((one for one in [booking, *known] if one.motif in motifs), None)


def _bookings(rooms: House, tracker: Tracker, needs: Sequence[str]) -> list[Booking]:
    """What each of these known needs is booked as."""
    plan = plan_for(rooms, tracker, remembered(tracker.slots))
    lines = [plan.about([need]).bookable_line(bool(tracker.get_slot("ville_tue"))) for need in needs]
    return [Booking(line.motif, line.site) for line in lines if line and line.motif and line.site]


def _being_confirmed(tracker: Tracker) -> datetime:
    """The slot that waits for a yes; a moment that is never free when none does."""
    chosen = tracker.get_slot("rdv_creneau") if tracker.get_slot("attente") == CONFIRMING else None
    return datetime.fromisoformat(chosen) if chosen else NEVER


def _corrected(rooms: House, tracker: Tracker, booking: Booking) -> datetime | None:
    """The slot to confirm put right in one point: the same hour on another day, or another hour of the same day."""
    chosen, wish = _being_confirmed(tracker), wish_of(rooms, tracker)
    if chosen is NEVER or bool(wish.days) == bool(wish.times):
        return None
    same = [
        start
        for start in wished(free_starts(rooms, booking), wish)
        if (start.time() == chosen.time() if wish.days else start.date() == chosen.date())
    ]
    if not same or (wish.times and len(same) > _AROUND):
        return None
    right = min(same, key=lambda start: abs(start - chosen)) if wish.days else same[len(same) // 2]
    return right if right != chosen else None


def _elsewhere_wanted(rooms: House, tracker: Tracker, booking: Booking, heard: Heard) -> bool:
    """Whether a town is named as the place to go to, and not as where one lives."""
    lives = LIVING.search(fold(text_of(tracker))) or tracker.get_slot("commune") is None
    return bool(heard.commune and not lives and elsewhere(rooms, booking, heard.commune))


def choose(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime
) -> list[EventType]:
    """A slot is chosen: book it when the yes came before or comes with it, else ask whether it is the right one."""
    same = tracker.get_slot("attente") == CONFIRMING and tracker.get_slot("rdv_creneau") == start.isoformat()
    said = fold(text_of(tracker))
    agreed = _YES_IN_IT.search(said) if same else _ENDS_WITH_YES.search(said)
    if tracker.get_slot("rdv_accord") or agreed:
        return _reserve(dispatcher, rooms, tracker, booking, start)
    return _confirm(dispatcher, rooms, tracker, booking, start)


def confirm_move(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime, code: str
) -> list[EventType]:
    """Ask for a yes to the one moment to which the appointment of this code is wished moved."""
    asked = _confirm(dispatcher, rooms, tracker, booking, start, moving=True)
    booked = {"rdv_motif": booking.motif, "rdv_site": booking.site, "rdv_deplace": code}
    return [*set_slots(**NOTHING_BOOKED | booked), *asked]


def offer_to_move(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, rdv: RdvView, there: Booking | None = None
) -> list[EventType]:
    """Other slots for the same appointment, here or `there`, as the message wishes; the former one stands meanwhile."""
    booking = there or Booking(rdv.motif, rdv.lieu)
    wish = wish_to_move(wish_of(rooms, tracker), text_of(tracker), rdv.starts_at)
    that_day = wish_that_day(wish, rdv.starts_at)
    wish = that_day if wished(free_starts(rooms, booking), that_day) else wish
    say(dispatcher, rooms, tracker, "utter_rdv_a_deplacer", **said_of_rdv(rooms, rdv))
    if start := slot_at_once(rooms, booking, wish):
        return confirm_move(dispatcher, rooms, tracker, booking, start, rdv.code)
    offers = offer(dispatcher, rooms, tracker, booking, wish, name="utter_offre_deplacement")
    return [*set_slots(**NOTHING_BOOKED), *offers, *set_slots(rdv_deplace=rdv.code)]


def _confirm(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    booking: Booking,
    start: datetime,
    *,
    moving: bool = False,
) -> list[EventType]:
    """Say what will be booked, or where what is held will be moved, and ask for a yes."""
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


def _as_well(rooms: House, tracker: Tracker, booking: Booking, start: datetime) -> list[datetime]:
    """Other slots as free as the one to confirm, where a day or a half-day called it and not its number or its hour."""
    text, wish = text_of(tracker), wish_of(rooms, tracker)
    called_by_it = start in wished(free_starts(rooms, booking), wish) and (wish.days or wish.times)
    if not called_by_it or wish.clock or wish.soonest or wish.latest:
        return []
    if read_choice(text, offered(tracker)) and names_rank(lead_of(text)):
        return []
    return [one for one in proposals(rooms, booking, wish_so_far(rooms, tracker)) if one != start][: OFFERED - 1]


def where_it_stands(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """No appointment is taken yet: those wished for, the slot that waits for a yes, else those to choose from."""
    booking = Booking.of(tracker)
    if booking and wish_of(rooms, tracker).days:
        return _propose(dispatcher, rooms, tracker, booking)
    if tracker.get_slot("rdv_creneau"):
        return ask_again(dispatcher, rooms, tracker)
    return offer(dispatcher, rooms, tracker, booking, name="utter_choisir_creneau") if booking else []


def ask_again(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask for a yes to the same slot once more, after something else was answered."""
    booking, start = Booking.of(tracker), tracker.get_slot("rdv_creneau")
    return _confirm(dispatcher, rooms, tracker, booking, datetime.fromisoformat(start)) if booking and start else []


def _propose(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking) -> list[EventType]:
    """Other slots: those wished for, else those after the ones shown."""
    wish, shown = wish_of(rooms, tracker), offered(tracker)
    after = None if wish or not shown else shown[-1]
    return offer(dispatcher, rooms, tracker, booking, wish_so_far(rooms, tracker), after, name="utter_choisir_creneau")


def _yes_or_no(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, heard: Heard
) -> list[EventType] | None:
    text, intent = text_of(tracker), intent_of(tracker)
    chosen = tracker.get_slot("rdv_creneau") if tracker.get_slot("attente") == CONFIRMING else None
    agreed = says_yes(text) and not takes_back_yes(without_contact(text))
    if _no_to_another_thing(text):
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


def _no_to_another_thing(text: str) -> bool:
    """Whether a no refuses no appointment: "non je n'ai pas d'idées noires", "non, pas mineure, 21 ans"."""
    rest = _AN_AGE.sub(" ", NO.sub("", spoken(text), count=1))
    if not says_no(text) or NO_VISIT.search(fold(text)):
        return False
    return withholds_contact(rest) or (len(rest.split()) >= _A_SENTENCE and not _OF_THE_OFFER.search(rest))


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
    if chosen:
        return _reserve(dispatcher, rooms, tracker, booking, datetime.fromisoformat(chosen))
    starts = nearest(_still_free(rooms, tracker, booking), wish_told_before(rooms, tracker))
    if not starts:
        return None
    return [*set_slots(rdv_accord=True), *_confirm(dispatcher, rooms, tracker, booking, starts[0])]


def _still_free(rooms: House, tracker: Tracker, booking: Booking) -> list[datetime]:
    """The slots shown last that are still free; the next ones when none is."""
    free = set(free_starts(rooms, booking))
    return [start for start in offered(tracker) if start in free] or proposals(rooms, booking)


def _reserve(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, booking: Booking, start: datetime
) -> list[EventType]:
    """Book, and say the code; or say why not, with what remains possible."""
    if tracker.get_slot("rdv_deplace"):
        return _move(dispatcher, rooms, tracker, booking, start)
    try:
        booked = rooms.agenda.book(booking.motif, booking.site, start, conversation_id=tracker.sender_id)
    except AlreadyBooked:
        return _already_booked(dispatcher, rooms, tracker, booking)
    except BookingError:
        say(dispatcher, rooms, tracker, "utter_rdv_impossible")
        return set_slots(attente="rien", **NOTHING_BOOKED)
    if isinstance(booked, SlotTaken):
        offers = offer(dispatcher, rooms, tracker, booking, name="utter_creneau_pris")
        return [*offers, *set_slots(rdv_accord=True)]
    return _confirmed(dispatcher, rooms, tracker, booked)


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
