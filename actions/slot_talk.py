"""What a message says about the slots on offer, read before anything is done with it."""

import re
from datetime import datetime

from rasa_sdk import Tracker

from actions.answers import OF_SLOTS
from actions.house import House
from actions.offering import (
    OFFERED,
    Booking,
    elsewhere,
    free_starts,
    last_sentence,
    leads_with_a_choice,
    offered,
    said_last,
    speaks_of_a_visit,
    wish_in,
    wish_of,
)
from actions.reserving import CHOOSING, CONFIRMING, NEVER, being_confirmed
from actions.speaking import intent_of, text_of, words_of
from bot.booking.wishes.choice import read_choice
from bot.booking.wishes.wish import wished
from bot.clock import PARIS
from bot.dialogue.agreeing import leaves_free
from bot.dialogue.memory import Heard, remembered
from bot.dialogue.replies import NO, YES, only_thanks, puts_off, says_no, says_yes, spoken, takes_back_yes, without_tags
from bot.dialogue.withheld import withholds_contact, without_contact
from bot.directory.hours import DAYS
from bot.directory.models import fold
from bot.nlu.understand import PRECISE_QUESTION

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
LIVING = re.compile(
    r"\b(?:habit\w*|vis|vit|loge\w*|reside\w*|domicilie\w*|demenage\w*|(?:suis|sommes) (?:a|de|sur)|demeure"
    r"|(?:je|j|on) ?(?:dors|dort) (?:a|sur)|moro|vivo|resido|abito|live|oturuyorum|zhivu|jivu)\b"
)
"""Said with a town, it is where the person lives; without, while booking, where they would rather go."""
_THE_FIRST = re.compile(r"\b(?:le|la|numero) (?:1|1ere?|premiere?|une?)\b|^(?:ok )?(?:1|une)$")
NO_VISIT = re.compile(
    r"\b(?:pas|aucun) (?:de |d |besoin de |besoin d |besoin d un |envie de )?(?:rdv|rendez vous|entretien|creneaux?)\b"
    r"|\b(?:laisse[rz]?|oublie[rz]?)(?: tomber)? (?:le |les |ce )?(?:rdv|rendez vous|creneaux?)\b"
    r"|\b(?:laisse[rz]?|garde[rz]?) (?:comme c est|celui (?:que j ai|de|d))"
)
"""No appointment is wanted, or none but the one that stands."""
_THINKS_IT_OVER = re.compile(r"\b(?:reflechi\w*|y penser|pas (?:maintenant|tout de suite|aujourd ?hui))\b")
"""Said after an "ok" that only closes the talk: "ok jvais réfléchir"."""
_WALKS_IN = re.compile(
    r"\b(?:sans (?:rdv|rendez vous|prendre)|(?<!prendre )directement|direct|a l improviste|sans prevenir)\b"
)
_OF_A_CHOICE = re.compile(r"\b(?:prends?|reserve\w*|confirme\w*|mettez|va pour)\b")
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
_ASKED = re.compile(r"[^.!?;]+\?")
_LATER = re.compile(
    r"\b(?:pas|rien|quelque chose|qqch|possible) (?:de |un peu )?plus tard\b|^plus tard\b|\bplus tard dans la matinee\b"
)
_ASKS_WHAT_THERE_IS = re.compile(
    r"\b(?:qu est ce (?:que vous|qu il y|que tu|qu vous) (?:avez|auriez|proposez|a|as)"
    r"|(?:avez|auriez|proposez|y a|ya|t as) (?:vous )?(?:quoi|koi)"
    r"|(?:quoi|koi) (?:comme|de) (?:dispo\w*|libre|creneaux?)"
    r"|quels? (?:sont les )?(?:creneaux?|horaires?|dispo\w*)|c est quoi (?:les|vos) (?:creneaux|horaires|dispo\w*))\b"
)
"""Asked of a day: "qu'est-ce que vous avez mardi ?" wants its slots, and takes none."""
_AROUND = 3
"""Half-hours that "vers 16 h" means: the one in the middle is taken."""
_A_WISH = 7
"""Words that say when, after a yes: "oui. mais l'après-midi alors"."""
_FEW_WORDS, _WORDS_AFTER_A_YES = 12, 25
"""A longer message tells a story: its days and its numbers are no choice."""


def plainly_agreed(rooms: House, tracker: Tracker) -> bool:
    """Whether a slot waits for a yes and gets it first, as a sentence: "oui. Et dimanche je dors où ?"."""
    start = being_confirmed(tracker)
    if start is NEVER:
        return False
    if _agrees_for_a_reason(text_of(tracker), start):
        return True
    led = _LEAD_YES.match(text_of(tracker))
    if led is None:
        return False
    rest = text_of(tracker)[led.end() :]
    if read_choice(rest, offered(tracker)) not in (None, start):
        return False  # "oui. la 2"
    of_slots = "?" not in rest and OF_SLOTS.search(fold(rest))
    wishes = wish_in(rooms, rest) and (len(rest.split()) <= _A_WISH or of_slots)
    return not (wishes or _CHANGES.search(fold(without_tags(without_contact(rest)))))


def _agrees_for_a_reason(text: str, start: datetime) -> bool:
    """Whether a yes to a slot tells why it suits: "oui ça ira je commence à 14h ce jour-là" wishes for no 14 h."""
    yes = YES.match(spoken(text))
    named = {DAYS.index(day) for day in DAYS if re.search(rf"\b{day}\b", spoken(text))}
    return bool(yes) and "?" not in text and named <= {start.weekday()} and leaves_free(text, start.astimezone(PARIS))


def only_asks_when(rooms: House, text: str) -> bool:
    """Whether all that a text asks is a moment: "le 20, c'est possible ?", "dimanche alors ?"."""
    asked = [part.strip() for part in _ASKED.findall(text)]
    return bool(asked) and all(len(part.split()) <= _A_WISH and wish_in(rooms, part) for part in asked)


def leaves_it(tracker: Tracker) -> bool:
    """Whether a message ends by leaving the booking for later, and chooses nothing: "on laisse pour l'instant"."""
    text, words = text_of(tracker), words_of(tracker)
    later = puts_off(text) or (puts_off(words) and not _OF_A_CHOICE.search(words))
    agreed = says_yes(text) and being_confirmed(tracker) is not NEVER and not _THINKS_IT_OVER.search(words)
    return later and not agreed and read_choice(last_sentence(text), offered(tracker)) is None


def only_thanked(tracker: Tracker, heard: Heard) -> bool:
    """Whether what was asked last is only thanked for, which chooses nothing: "merci, c'est la première fois"."""
    more = heard.questions or heard.commune or set(heard.needs) - set(remembered(tracker.slots).needs)
    asks = tracker.get_slot("attente") in (CHOOSING, "evaluation", "contact")
    return asks and not more and only_thanks(text_of(tracker)) and intent_of(tracker) not in ENDS_OR_CANCELS


def agrees_beside(tracker: Tracker, heard: Heard) -> bool:
    """Whether what is said after a yes takes back no need: "oui, et merci, je retire la moitié de ce que j'ai dit"."""
    waits = tracker.get_slot("attente") == CONFIRMING and intent_of(tracker) == "besoin_regle"
    text = text_of(tracker)
    agreed = says_yes(text) and not takes_back_yes(text) and not _CHANGES.search(fold(text))
    return waits and agreed and not heard.subjects


def means_the_one_asked_about(tracker: Tracker) -> bool:
    """Whether "la 1" is said of the one slot that was just asked about, which a day or an hour had called."""
    chosen, shown, text = being_confirmed(tracker), offered(tracker), text_of(tracker)
    waits = chosen is not NEVER and bool(tracker.get_slot("rdv_souhaits")) and chosen != (shown or [NEVER])[0]
    return waits and bool(_THE_FIRST.search(fold(text))) and not _CHANGES.search(fold(text))


def later_ones(rooms: House, tracker: Tracker, booking: Booking) -> list[datetime]:
    """Slots later on the last day shown: "y a pas plus tard ?"; none when it is not asked."""
    shown = offered(tracker)
    if not shown or not _LATER.search(fold(text_of(tracker))):
        return []
    chosen = being_confirmed(tracker)
    last = chosen if chosen is not NEVER else shown[-1]
    later = [start for start in free_starts(rooms, tracker, booking) if start.date() == last.date() and start > last]
    wish = wish_of(rooms, tracker)
    return (wished(later, wish) or later)[:OFFERED] if wish else later[-OFFERED:]


def asks_what_there_is(rooms: House, tracker: Tracker) -> bool:
    """Whether a message asks which slots a day or a half-day has, and names no hour of the clock."""
    wish = wish_of(rooms, tracker)
    named = (wish.days or wish.times) and not (wish.clock or wish.soonest)
    return bool(named and _ASKS_WHAT_THERE_IS.search(words_of(tracker)))


def ends_with_a_choice(rooms: House, tracker: Tracker) -> bool:
    """Whether the last of several sentences chooses, or says when: "non ça va. le premier dispo"."""
    text = text_of(tracker)
    end = last_sentence(text)
    return end != text.strip(" .!") and bool(read_choice(end, offered(tracker)) or wish_in(rooms, end))


def asks_to_walk_in(tracker: Tracker) -> bool:
    """Whether one asks to come without an appointment: "elle passe lundi sans rendez-vous, ok ?" reserves no Monday."""
    text = text_of(tracker)
    return "?" in text and bool(_WALKS_IN.search(fold(text)))


def concerned(rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Whether a message may be about the slots: by its intent, or because it is short and tells no new need."""
    intent = intent_of(tracker)
    text = text_of(tracker)
    if heard.urgency != "emergency" and (plainly_agreed(rooms, tracker) or agrees_beside(tracker, heard)):
        return True
    if intent == "autre_langue" and len(text.split()) <= _FEW_WORDS and wish_of(rooms, tracker):
        return True  # "quarta-feira, mercredi, de manhã": the day is said, whatever the tongue
    if only_thanked(tracker, heard):
        return True
    if leaves_it(tracker) and not set(heard.needs) - set(remembered(tracker.slots).needs):
        return True
    tells_new = set(heard.needs) - set(remembered(tracker.slots).needs)
    if only_asks_when(rooms, text) and not tells_new and intent not in ENDS_OR_CANCELS | {"rdv_info"}:
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


def corrected_slot(rooms: House, tracker: Tracker, booking: Booking) -> datetime | None:
    """The slot to confirm put right in one point: the same hour on another day, or another hour of the same day."""
    chosen, wish = being_confirmed(tracker), wish_of(rooms, tracker)
    if chosen is NEVER or bool(wish.days) == bool(wish.times):
        return None
    same = [
        start
        for start in wished(free_starts(rooms, tracker, booking), wish)
        if (start.time() == chosen.time() if wish.days else start.date() == chosen.date())
    ]
    if not same or (wish.times and len(same) > _AROUND):
        return None
    right = min(same, key=lambda start: abs(start - chosen)) if wish.days else same[len(same) // 2]
    return right if right != chosen else None


def elsewhere_wanted(rooms: House, tracker: Tracker, booking: Booking, heard: Heard) -> bool:
    """Whether a town is named as the place to go to, and not as where one lives."""
    lives = LIVING.search(fold(text_of(tracker))) or tracker.get_slot("commune") is None
    return bool(heard.commune and not lives and elsewhere(rooms, booking, heard.commune))


def no_to_another_thing(text: str) -> bool:
    """Whether a no refuses no appointment: "non je n'ai pas d'idées noires", "non, pas mineure, 21 ans"."""
    rest = _AN_AGE.sub(" ", NO.sub("", spoken(text), count=1))
    if not says_no(text) or NO_VISIT.search(fold(text)):
        return False
    return withholds_contact(rest) or (len(rest.split()) >= _A_SENTENCE and not _OF_THE_OFFER.search(rest))
