"""Slots offered to a person: which ones, how they are listed, and what is remembered of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.kept_elsewhere import hand_over, keeper
from actions.speaking import just_said, say, set_slots, text_of, words_of
from bot.booking.wishes.choice import read_choice, read_rank
from bot.booking.wishes.days import on_day
from bot.booking.wishes.never_open import never_open
from bot.booking.wishes.spelling import well_spelt
from bot.booking.wishes.wish import Wish, nearest, read_wish, wished
from bot.channels.cards import numbered, slot_buttons
from bot.clock import PARIS
from bot.dialogue.agreeing import agrees_with_it, said_for_good
from bot.directory.models import fold
from bot.orientation.plan import OWN_POLE

NOON = 12
SEARCHED = 400
"""How many free slots are looked through: weeks of them."""
OFFERED = 3
"""How many slots are proposed at a time: three fit an SMS and a small screen."""
NO_WISH = Wish()
NOTHING_BOOKED = {
    "rdv_motif": None,
    "rdv_site": None,
    "rdv_creneau": None,
    "rdv_accord": None,
    "rdv_propositions": None,
    "rdv_souhaits": None,
    "rdv_deplace": None,
}

_SPEAKS_OF_A_VISIT = re.compile(
    r"\b(?:rdv|rendez vous|creneaux?|dispo\w*|venir|passer|reserver|voir|avez quoi|auriez"
    r"|possible|faisable|(?:ca|sa) (?:marche|irait)|conviendr\w+|convient"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi)s? seulement"
    r"|(?:seulement|uniquement) le (?:lundi|mardi|mercredi|jeudi|vendredi)"
    r"|voudrais|aimerais|faudrait|(?:donne[rz]?|mettez|mets|trouve[rz]?|prenez) moi)\b"
    r"|^(?:et |ok |alors |bon |puis |sinon )*(?:donc )?pour (?:le|la|les|l|mon|ma|mes) (?:\w+ ){1,4}"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|demain|le matin|l apres midi)\b(?: \w+){0,4}$"
)


_CORRECTION = re.compile(
    r"(?<=\w)(?<! et)(?<!ah)(?<!Ah)(?<!euh)(?<!Euh)(?<!mais)(?<!Mais)\W+"
    r"(?:ah )?(?:(?:non|nn|nan|pardon)\b\W*|plut[oô]t\b(?!,| que\b)\W*)(?=\w)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:plutot|non|finalement|attend\w*|sinon|ou|sauf|pas le|pardon"
    r"|peu[xt] pas|pas possible|impossible|trop t(?:ot|ard)|travaille|marche pas)\b"
)
_A_HALF_DAY = r"(?:matin\w*|apres midis?|aprem\w*|soir\w*|journee|lundi|mardi|mercredi|jeudi|vendredi|\d{1,2} ?h\w*)"
_PREFERS = re.compile(
    r"\b(?:c est|cest|serait|irait|conviendrait|m arrange\w*|nous arrange\w*) (?:le |beaucoup |bien )?mieux\b"
    r"|\b(?:de preference|si possible|si c est possible|m arrange\w*|nous arrange\w*|idealement|l ideal)\b"
    rf"|\b(?:dispo\w*|libres?) (?:que )?(?:(?:le|la|l|les|en|vers|apres|avant|a partir de|des) ?)*{_A_HALF_DAY}\b"
    rf"|\b{_A_HALF_DAY} (?:je |on |j |elle |il )?(?:suis |sommes |est |serai )?(?:dispo\w*|libres?)\b"
    rf"|\b(?:je|j|on|nous) ?(?:ne |n )?(?:peu[xt]|pouvons|pourrai\w*) "
    rf"(?:pas |que |venir |seulement )+(?:\w+ ){{0,2}}{_A_HALF_DAY}\b"
    rf"|\b{_A_HALF_DAY} (?:je|j|on|nous) ?(?:ne |n )?(?:peu[xt]|pouvons) (?:pas|plus)\b"
    r"|\bpas (?:avant|apres) (?:midi|\d{1,2} ?h)"
)
"""What says of a clause that its moment is when one can come, whatever else the message tells."""
_RATHER = re.compile(
    rf"\b(?:plutot|seulement|uniquement) (?:(?:le|la|l|en|vers|apres|avant|a|fin d|debut d) ?)*{_A_HALF_DAY}\b"
    rf"|\b{_A_HALF_DAY} (?:plutot|seulement|uniquement|de preference|svp|stp|si possible)\b"
)
"""Likewise, of oneself: "il boit plutôt le soir" tells no wish."""
_OF_SOMEBODY = re.compile(r"\b(?:il|elle|ils|elles|mari|ex|mere|pere|fils|fille|bebe|petite?)\b")
_WORKS = re.compile(
    r"\b(?:je|j|on) ?(?:travaille|bosse|taffe|finis|sors|termine|embauche|debauche)\b|\bj ai (?:cours|classe|ecole)\b"
)
"""What is done every day at an hour, hours told with it are taken: "je bosse jusqu'à 16 h"."""
_CLAUSES = re.compile(r"[.,;:!?\n()]+")
_LETS_GO_OF_A_WISH = re.compile(r"\btant pis\b|\bpeu importe l heure\b|\bje m arrange\w*\b")
"""Of what was wished for before: "tant pis, je loupe un bout. mardi alors"."""
_SHORT_LEAD, _SHORT_ANSWER = 6, 25
_A_WEEK = timedelta(days=7)
_SENTENCE_END = re.compile(r"[.!;?]+\s+")
_LEAD_END = re.compile(r"[,.;!?]|\b(?:mais|et|car|parce que|c(?:'|’)est)\b", re.IGNORECASE)


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


INTERVIEW = Booking("entretien_social", OWN_POLE)
"""For whoever wants to see somebody, and not today."""


def offered(tracker: Tracker) -> list[datetime]:
    """The slots last proposed in this conversation."""
    return [datetime.fromisoformat(start) for start in tracker.get_slot("rdv_propositions") or ()]


def wish_of(house: House, tracker: Tracker) -> Wish:
    """When the latest message says that the person can come."""
    words = (tracker.latest_message.get("understanding") or {}).get("words") or ""
    return wish_in(house, text_of(tracker)) or wish_in(house, words)


def leads_with_a_choice(house: House, tracker: Tracker) -> bool:
    """Whether a message begins with a slot or with a wish: "le plus tôt possible, elle a perdu du poids"."""
    lead = lead_of(said_last(text_of(tracker)))
    return bool(read_choice(lead, offered(tracker)) or (len(lead.split()) <= _SHORT_LEAD and wish_in(house, lead)))


def wish_so_far(house: House, tracker: Tracker) -> Wish:
    """What was wished for since the slots were first offered, the latest message included."""
    wish = wish_of(house, tracker)
    let_go = wish and _LETS_GO_OF_A_WISH.search(fold(text_of(tracker)))
    return wish if let_go else wish_told_before(house, tracker).then(wish)


def wish_told_before(house: House, tracker: Tracker) -> Wish:
    """What was wished for in the messages before this one."""
    return reduce(Wish.then, [wish_in(house, text) for text in tracker.get_slot("rdv_souhaits") or ()], NO_WISH)


def hours_told_before(house: House, tracker: Tracker) -> Wish:
    """The part of the day in which the person can come, for whatever is booked next: "l'après-midi c'est mieux"."""
    told = wish_told_before(house, tracker)
    return NO_WISH if told.clock else Wish(times=told.times)


def wish_for_a_visit(house: House, tracker: Tracker) -> Wish:
    """The wish of a message that speaks of coming; the days of a story ("mardi on m'a coupé l'eau") are no wish."""
    if _is_of_a_visit(tracker):
        return wish_of(house, tracker)
    return wish_in(house, words_of_a_visit(house, tracker))


def words_of_a_visit(house: House, tracker: Tracker) -> str:
    """What of a message tells when one can come: all of it, or the clauses that say so in passing."""
    if _is_of_a_visit(tracker):
        return text_of(tracker)
    told = [part.strip() for part in _CLAUSES.split(text_of(tracker))]
    if not any(_prefers(house, part) for part in told):
        told = [part.strip() for part in _CLAUSES.split(words_of(tracker))]
    return ", ".join(part for part in told if _prefers(house, part))


def _prefers(house: House, clause: str) -> bool:
    """Whether a clause says when one can come, beside a story: "on est à Clichy, l'après-midi c'est mieux"."""
    said, wish = well_spelt(fold(clause)), wish_in(house, clause)
    hours_only = bool(wish.times or wish.refused) and not wish.days
    rather = _RATHER.search(said) and not _OF_SOMEBODY.search(said)
    return bool(wish) and bool(_PREFERS.search(said) or rather or (hours_only and _WORKS.search(said)))


def _is_of_a_visit(tracker: Tracker) -> bool:
    """Whether the whole message may be a wish: it speaks of coming, or tells the town that was asked for.

    A town that was asked for comes with a wish, not with a story: "Clichy. jeudi aprem".
    """
    town = (tracker.latest_message.get("understanding") or {}).get("commune")
    awaited = tracker.get_slot("attente") == "commune" or (
        tracker.get_slot("commune") is None and tracker.get_slot("besoins")
    )
    asked = town and awaited and len(text_of(tracker).split()) <= _SHORT_ANSWER
    return bool(asked) or speaks_of_a_visit(tracker)


def speaks_of_a_visit(tracker: Tracker) -> bool:
    """Whether the latest message speaks of coming, or of an appointment."""
    return bool(_SPEAKS_OF_A_VISIT.search(fold(text_of(tracker))))


def chosen_in(house: House, tracker: Tracker, booking: Booking) -> datetime | None:
    """The slot that the latest message chooses: one of those shown, or the one free slot it describes exactly."""
    if pressed := next(tracker.get_latest_entity_values("creneau"), None):
        return datetime.fromisoformat(pressed)
    text, wish, so_far = text_of(tracker), wish_of(house, tracker), wish_so_far(house, tracker)
    if ranked := _ranked_first(text, offered(tracker)):
        return ranked
    fitting = wished(free_starts(house, tracker, booking), so_far) if wish else []
    if wish.latest and so_far.days and fitting:
        return _latest(fitting)
    shown = [start for start in offered(tracker) if not wish or so_far.fits(start)]
    shown = shown if wish.days or wish.times else offered(tracker)
    corrected = said_last(text)
    told = [said_for_good(text)] if "?" in text and agrees_with_it(text) else []  # "c koi la 3 deja ? bon la 2, oui"
    for part in (*told, corrected, lead_of(corrected), last_sentence(text)):
        ranked = read_choice(part, offered(tracker))
        if among_shown := ranked if ranked in shown else read_choice(part, shown):
            return among_shown
    if wish.soonest:
        return next(iter([*fitting, *shown]), None)
    return fitting[0] if fitting and (so_far.exact or len(fitting) == 1) else None


def _ranked_first(text: str, shown: Sequence[datetime]) -> datetime | None:
    """The slot of a rank said first, whatever follows: "1. et l'eau, le 27 ça tient ?"."""
    lead = lead_of(text)
    rank = read_rank(lead) if lead.strip() != text.strip() and not _CHANGED.search(fold(text)) else None
    return shown[rank - 1] if rank and rank <= len(shown) else None


def _latest(fitting: Sequence[datetime]) -> datetime:
    """The last of those that fit; of a day of the week, on the next such day."""
    one_weekday = len({start.weekday() for start in fitting}) == 1
    return [start for start in fitting if start.date() == fitting[0].date()][-1] if one_weekday else fitting[-1]


def said_last(text: str) -> str:
    """What a message says once it has put itself right: "la première, non la deuxième" says the second."""
    return _CORRECTION.split(text)[-1].strip() or text


def last_sentence(text: str) -> str:
    """What a message of several sentences ends with: "non ça va. le premier dispo" ends with a choice."""
    return _SENTENCE_END.split(text.strip(" .!"))[-1]


def lead_of(text: str) -> str:
    """What a message says first: "2 mais c'est ma nièce qui vient" says 2."""
    return _LEAD_END.split(text, maxsplit=1)[0]


def free_starts(house: House, tracker: Tracker, booking: Booking, after: datetime | None = None) -> list[datetime]:
    """The starts of the next free slots of a booking, at no time when this conversation has another appointment.

    None of what is kept elsewhere: its times are not known here.
    """
    if keeper(house, booking.motif):
        return []
    looks = tracker.sender_id
    slots = house.agenda.next_slots(booking.motif, booking.site, after=after, limit=SEARCHED, asker=looks)
    held = [
        rdv
        for rdv in house.agenda.of_conversation(tracker.sender_id)
        if rdv.status == "confirmed" and rdv.motif != booking.motif
    ]
    return [
        slot.starts_at
        for slot in slots
        if not any(slot.starts_at < rdv.ends_at and rdv.starts_at < slot.ends_at for rdv in held)
    ]


def proposals(
    house: House, tracker: Tracker, booking: Booking, wish: Wish = NO_WISH, after: datetime | None = None
) -> list[datetime]:
    """The slots to propose: those that fit a wish, else those that miss it by least; real choices, not neighbours."""
    free = free_starts(house, tracker, booking, after)
    fitting = wished(free, wish)
    if wish.latest:
        return (_of_next_such_day(free, fitting, wish) or free)[-OFFERED:]
    if fitting:
        return _spread(_of_next_such_day(free, fitting, wish))
    near = nearest(free, wish)
    return sorted(_spread([start for start in near if abs(start - near[0]) < _A_WEEK]))


def _of_next_such_day(free: list[datetime], fitting: list[datetime], wish: Wish) -> list[datetime]:
    """Of one day of the week, the hours of the next one: "mercredi après-midi" is not any Wednesday.

    Where that day has one such hour only, the same hours of the days around it, sooner than three Wednesdays.
    """
    if len(wish.days) != 1 or len({start.weekday() for start in fitting}) != 1:
        return fitting
    next_one = [start for start in fitting if start.date() == fitting[0].date()]
    if len(next_one) > 1 or not wish.times:
        return next_one if len(next_one) > 1 else fitting
    at_that_hour = wished(free, replace(wish, days=()))
    around = nearest(at_that_hour, Wish(days=(on_day(fitting[0].date()),)))
    return sorted([next_one[0], *(start for start in around if start != next_one[0])][:OFFERED])


def slot_at_once(house: House, tracker: Tracker, booking: Booking, wish: Wish) -> datetime | None:
    """The one slot that a wish leaves no doubt about: the first that fits "au plus vite", or a day with its hour."""
    fitting = wished(free_starts(house, tracker, booking), wish) if wish.soonest or wish.exact else []
    return fitting[0] if fitting else None


def offer(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    booking: Booking,
    wish: Wish = NO_WISH,
    after: datetime | None = None,
    name: str = "utter_offre_rdv",
) -> list[EventType]:
    """Offer the next slots of a booking, at its site or at another one; say so when none is free.

    Of what is kept elsewhere, the link to choose a time there.
    """
    if there := keeper(house, booking.motif):
        hand_over(dispatcher, house, tracker, there, booking.motif, booking.site)
        return set_slots(attente="rien", **NOTHING_BOOKED)
    starts = proposals(house, tracker, booking, wish, after)
    if not starts:
        return _offer_elsewhere(dispatcher, house, tracker, booking, wish)
    said = name if wish.latest or any(map(wish.fits, starts)) else why_none(house, tracker)
    return offer_these(dispatcher, house, tracker, said, booking, starts)


def why_none(house: House, tracker: Tracker) -> str:
    """The text that says why nothing is free when it is wished: a day that is past or closed, or all taken."""
    reason = never_open(text_of(tracker), house.clock().astimezone(PARIS))
    told = {"passe": "utter_creneau_passe", "ferme": "utter_creneau_ferme"}
    return told[reason] if reason else "utter_creneau_hors_souhait"


def offer_these(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    name: str,
    booking: Booking,
    starts: list[datetime],
) -> list[EventType]:
    """List these slots of a booking, and wait for one of them; what is wished for is remembered."""
    listed = list_slots(dispatcher, house, tracker, name, booking, starts)
    waiting = set_slots(
        attente="rdv",
        rdv_motif=booking.motif,
        rdv_site=booking.site,
        rdv_creneau=None,
        rdv_souhaits=wishes_with_this(house, tracker, booking),
    )
    return [*waiting, *listed]


def list_slots(
    dispatcher: CollectingDispatcher,
    house: House,
    tracker: Tracker,
    name: str,
    booking: Booking,
    starts: list[datetime],
) -> list[EventType]:
    """Say a text that lists slots, as buttons too, and remember which were proposed."""
    told: dict[str, Any] = {
        "creneaux": numbered(starts),
        "motif": house.motifs[booking.motif].libelle,
        "lieu": house.renderer.place(booking.site),
    }
    again = just_said(tracker, house, name, **told)
    say(
        dispatcher,
        house,
        tracker,
        "utter_creneaux_toujours" if again else name,
        buttons=slot_buttons(starts),
        **told,
    )
    return set_slots(rdv_propositions=[start.isoformat() for start in starts])


def elsewhere(house: House, booking: Booking, commune: str | None = None) -> Booking | None:
    """The same appointment at another site: that of a commune, or any; None when there is no other."""
    others = [site for site in house.motifs[booking.motif].sites if site != booking.site]
    near = [site for site in others if commune in (None, house.directory.structure(site).commune)]
    return Booking(booking.motif, near[0]) if near else None


def wish_in(house: House, text: str) -> Wish:
    """When a text says that the person can come."""
    now = house.clock().astimezone(PARIS)
    return read_wish(said_last(text), now) or read_wish(text, now)


def _offer_elsewhere(
    dispatcher: CollectingDispatcher, house: House, tracker: Tracker, booking: Booking, wish: Wish
) -> list[EventType]:
    other = elsewhere(house, booking)
    starts = proposals(house, tracker, other, wish) if other else []
    if other is None or not starts:
        say(dispatcher, house, tracker, "utter_aucun_creneau", motif=house.motifs[booking.motif].libelle)
        return set_slots(attente="rien")
    return offer_these(dispatcher, house, tracker, "utter_creneau_ailleurs", other, starts)


def wishes_with_this(house: House, tracker: Tracker, booking: Booking) -> list[str]:
    """What was wished for, as it was said, while the subject is the same; days on which nothing is free are let go."""
    same = tracker.get_slot("rdv_motif") == booking.motif
    former = (tracker.get_slot("rdv_souhaits") or []) if same or Booking.of(tracker) is None else []
    wish = wish_of(house, tracker) if same else wish_for_a_visit(house, tracker)
    said = text_of(tracker) if same else words_of_a_visit(house, tracker)
    possible = wish and wished(free_starts(house, tracker, booking), Wish(days=wish.days, refused=wish.refused))
    return [*former, said] if possible and said not in former else former


def _spread(starts: Sequence[datetime]) -> list[datetime]:
    """The first of each half-day, filled up with later ones where there are too few half-days."""
    halves: dict[tuple[date, bool], datetime] = {}
    for start in starts:
        halves.setdefault((start.date(), start.hour < NOON), start)
    first = list(halves.values())[:OFFERED]
    others = [start for start in starts if start not in first]
    missing = OFFERED - len(first)
    step = max(1, len(others) // (missing + 1))
    return sorted([*first, *others[step::step][:missing], *others[:1]][:OFFERED]) if missing else first
