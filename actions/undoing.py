"""What undoes the situation: what was misread, a danger over, a pregnancy kept or lost, a need that is settled."""

import re
from collections.abc import Iterable
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise, next_step, next_step_of, visit_wished_again
from actions.answers import answer_all, own_up
from actions.booking_turn import booking_turn, choice_taken_up
from actions.follow_up import follow_up
from actions.hearing import commune_told, heard_now, likely
from actions.held import held, said_of_rdv, to_cancel
from actions.house import House
from actions.kept_elsewhere import changed_there
from actions.offering import NOTHING_BOOKED, Booking
from actions.reserving import CHOOSING, CONFIRMING
from actions.safety import ask_safety, numbers_first, still_here
from actions.speaking import plan_for, say, set_slots, text_of, words_of
from bot.channels.orientation import as_contract
from bot.dialogue.aftermath import calmed, is_over_for, never_was
from bot.dialogue.denials import (
    added_by_alarm,
    added_last,
    denied_in,
    says_misread,
    told_so_far,
    urgency_before_alarm,
)
from bot.dialogue.memory import Heard, as_slots, doubt_to_ask, of_that_age, remembered, without, words_for
from bot.dialogue.replies import says_settled
from bot.directory.models import fold
from bot.nlu.danger_words import roof_until_later
from bot.nlu.labels import DANGERS
from bot.nlu.signs import shown
from bot.orientation.plan import Situation

_AN_APPOINTMENT = re.compile(r"\b(?:rdv|rendez vous|creneau)\b")

_LET_GO = re.compile(r"\b(?:laisse[rz]?|oublie[rz]?) tomber|\b(?:retire[rz]?|enleve[rz]?)\b")
"""Of a need: "laisse tomber le stérilet, j'ai rendez-vous chez ma gynéco"."""

_KEEPS_IT = re.compile(
    r"(?<!si )\b(?:on|je|j|nous) (?:(?!pas |plus |sais )\w+ ){0,3}(?:le|la|l) ?(?:garde[rz]?|gardons)\b(?! pas)"
)
"""Of a pregnancy that was in doubt."""

_MAY_END_IT = re.compile(
    r"\b(?:pas|plus|sais (?:pas|plus) si|hesite|jamais) (?:\w+ ){0,3}(?:le|la|l) ?(?:garde[rz]?|gardons)\b"
    r"|\b(?:je|on) (?:vais )?(?:le|la|l) ?garde[rz]? pas\b|\b(?:ivg|avort\w*|interrompre)\b"
    r"|\bveux pas (?:de |d )?(?:ce|cet|cette|un|le|du) (?:bebe|enfant|grossesse)\b"
)
"""Of a pregnancy that was told without a word of wanting it or not."""

_LOST_IT = re.compile(
    r"\bfausses? couches?\b|\bplus (?:de|aucun) (?:battements?|coeur)\b|\b(?:suis|est) plus enceinte\b"
    r"|\b(?:je|j|on|nous) (?:l |le |la )?(?:ai|a|avons|viens de le|viens de la) (?:perdue?|perdre)"
    r"(?! (?:mon|ma|mes|un|une|des|confiance|pied|patience|tout|le (?:papier|carnet|numero|code)))\b"
    r"|\bperdu (?:le|mon|notre) (?:bebe|enfant|petit)\b|\b(?:coeur|cœur) (?:ne bat|bat) plus\b"
)
"""Of a pregnancy: "en fait je l'ai perdu"."""

_CLAUSE_END = re.compile(r"[.,;!?]|\b(?:mais|par contre|reste|garde[rz]?|sauf|toujours|encore)\b")

_LIKEWISE = re.compile(r"\b(?:aussi|pareil|idem|egalement|de meme)\b")
"""Of one more need, after one that is settled: "la crèche aussi, j'ai eu une réponse"."""

_A_DOOR_FOLLOWS = {
    "violence": ("violence_conjugale", "violence_familiale", "enfance_danger"),
    "shelter": ("hebergement_urgence", "expulsion"),
}
"""Kind of danger → the needs whose door is told once it is over: what brought it is there still."""

_ROOF_ASKED = "shelter"
"""The question of the évaluation about tonight's roof, which who has just found one has answered."""

_MISTAKEN = re.compile(
    r"\b(?:erreur|erratum|melange\w*|ne pas retenir|a ne pas noter|trompee?s?"
    r"|autre (?:dame|monsieur|dossier|famille|personne)|a retirer|retirez)\b"
)
"""Without it no danger is taken back: "c'est bon, sa mère appelle" leaves the child in danger."""

_ONLY = re.compile(
    r"\b(?:reste|restent) (?:plus )?(?:juste|que|seulement)\b|\bc est (?:juste|que|seulement|uniquement)\b"
    r"|\b(?:plus|ya|y a) (?:juste|que) (?=le|la|les|l|pour)"
)
"""Before the one need that is left: "reste juste l'histoire d'adresse"."""

_THE_OTHER = re.compile(
    r"\b(?:laisse[rz]?|oublie[rz]?)(?: tomber)? (?:l autre|le reste|la premiere (?:idee|demande))\b"
)

_NEVER_LEFT_OUT = DANGERS | {"sante_mentale"}
"""Needs that do not go because another one is "all that is left"."""

_OF_DANGER = _NEVER_LEFT_OUT | {"hebergement_urgence", "expulsion"}
"""Needs that were heard in the words of a danger, and go with it once it is denied: not the others of the message."""

GOES_ON = re.compile(
    r"\b(?:reprend\w*|reprise|continue[rz]?|finir|terminer|rdv|rendez vous|creneaux?|la suite"
    r"|on fait (?:comment|quoi)|(?:veux|veu|voudrais|aimerais) (?:bien )?(?:voir )?(?:la|le|une?|ma|mon) \w+)\b"
)
"""Said once help came: "je sors de l'hôpital, on peut reprendre le rendez-vous ?"."""


def settled_subjects(rooms: House, tracker: Tracker) -> tuple[str, ...]:
    """The needs named in the clauses that take something back; an appointment that "is still good" is no need."""
    words = words_of(tracker)
    parts = [part.strip() for part in _CLAUSE_END.split(words) if part]
    settled: list[str] = []
    named_last = ""
    for part in parts:
        likewise = settled and _LIKEWISE.search(part)
        of_a_visit = _AN_APPOINTMENT.search(part) and not _LET_GO.search(part)
        names = bool(shown(part, rooms.subjects))
        if (says_settled(part) or likewise) and not of_a_visit:
            settled.append(part if names else named_last)  # "ma sœur a payé l'EDF, donc c'est réglé"
        named_last = part if names else named_last
    return but_dangers(tracker, dict.fromkeys(need for part in settled for need in shown(part, rooms.subjects)))


def but_dangers(tracker: Tracker, needs: Iterable[str]) -> tuple[str, ...]:
    """The needs without the dangers, unless the message says that they were a mistake, or was a pressed button."""
    typed, words = "understanding" in tracker.latest_message, words_of(tracker)
    lasting = DANGERS if typed and not _MISTAKEN.search(words) else frozenset()
    if typed and roof_until_later(words):
        lasting |= {"hebergement_urgence"}  # "mon chef nous prête son studio jusqu'à vendredi"
    return tuple(need for need in needs if need not in lasting)


def left_out(rooms: House, tracker: Tracker) -> tuple[str, ...]:
    """The known needs that are no longer, as another is said to be all that is left: "reste juste l'adresse".

    Or the only one, when another takes its place: "plutôt assistante maternelle. Laissez tomber l'autre".
    """
    known, words = remembered(tracker.slots).needs, words_of(tracker)
    if _THE_OTHER.search(words) and len(known) == 1 and set(shown(words, rooms.subjects)) - set(known):
        return tuple(need for need in known if need not in _NEVER_LEFT_OUT)
    only = _ONLY.search(words)
    left = set(shown(_CLAUSE_END.split(words[only.end() :])[0], rooms.subjects)) & set(known) if only else set()
    return tuple(need for need in known if left and need not in {*left, *_NEVER_LEFT_OUT})


def misread(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """What was seen where it is not, taken back at once with a word of apology; then what the message tells or asks."""
    known = remembered(tracker.slots)
    wrong, calmed = _denied(rooms, tracker, known, heard)
    if heard.urgency == "emergency" or not (wrong or calmed):
        return []
    left = without(known, wrong, rooms.table)
    left = replace(left, urgency="none", emergency_kind=None) if calmed else left
    left = replace(left, commune=heard.commune or left.commune)
    _apologize(dispatcher, rooms, tracker, wrong, known, left)
    tracker.slots.update(as_slots(left))  # what follows answers as if it had never been understood
    kept = set_slots(**as_slots(left))
    if _books(rooms, wrong, Booking.of(tracker)) and (booked := booking_turn(dispatcher, rooms, tracker, heard)):
        return [*kept, *booked]
    return [
        *kept,
        *set_slots(pistes=None, **NOTHING_BOOKED),
        *_after_all(dispatcher, rooms, tracker, wrong, left, heard),
    ]


def _denied(rooms: House, tracker: Tracker, known: Situation, heard: Heard) -> tuple[tuple[str, ...], bool]:
    """The known needs that a message denies, and whether it denies the danger that is known."""
    words = words_of(tracker)
    denied = denied_in(words, rooms.denials, rooms.subjects, told_so_far(tracker.events))
    calmed = known.emergency_kind in denied.kinds
    beside_the_point = calmed or (says_misread(words) and tracker.get_slot("attente") not in (CHOOSING, CONFIRMING))
    plain = beside_the_point and (calmed or known.urgency != "emergency")
    told_with_it = set() if calmed and known.emergency_kind == "suicide" else set(added_last(tracker.events))
    added = told_with_it & _OF_DANGER if calmed else told_with_it - DANGERS if plain else set()
    return tuple(
        need for need in known.needs if need not in heard.needs and (need in denied.needs or need in added)
    ), calmed


def _apologize(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    wrong: tuple[str, ...],
    known: Situation,
    left: Situation,
) -> None:
    """Say what is no longer believed; after a danger, the number that stays good for everybody."""
    advised = as_contract(plan_for(rooms, tracker, left))
    if said := tuple(need for need in wrong if need not in DANGERS):  # of a danger, no trace is left
        labels = _labels(rooms, said)
        say(dispatcher, rooms, tracker, "utter_mal_compris", orientation=advised, besoins=labels)
    else:
        say(dispatcher, rooms, tracker, "utter_mal_compris_danger", orientation=advised)
    feared = "child" if "enfance_danger" in wrong else "violence"
    kind = known.emergency_kind or (feared if DANGERS & set(wrong) else None)
    if kind and not left.emergency_kind:
        say(dispatcher, rooms, tracker, f"utter_danger_nie_{kind}")


def _books(rooms: House, wrong: tuple[str, ...], booking: Booking | None) -> bool:
    """Whether the appointment on offer is for something else than what was wrong."""
    motifs = {door.motif for need in wrong for row in rooms.table[need].rows for door in row.doors}
    return booking is not None and booking.motif not in motifs


def _after_all(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    wrong: tuple[str, ...],
    left: Situation,
    heard: Heard,
) -> list[EventType]:
    """What the message tells beside its denial, else what it asks, else what is left to do."""
    numbers_first(dispatcher, rooms, tracker, heard)
    guessed = likely(tracker, heard)
    told = replace(guessed, needs=tuple(need for need in guessed.needs if need not in wrong))
    if set(told.needs) - set(left.needs):
        return advise(dispatcher, rooms, tracker, left, told)
    answer_all(dispatcher, rooms, tracker, heard)
    if left.needs:
        plan = plan_for(rooms, tracker, left)
        return next_step_of(dispatcher, rooms, tracker, plan, Heard(doubt=heard.doubt), left)
    if doubt := doubt_to_ask(tracker.slots, heard):
        return ask_safety(dispatcher, rooms, tracker, doubt)
    if not heard.questions:
        say(dispatcher, rooms, tracker, "utter_affirmer")
    return set_slots(attente="rien")


def danger_over(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """Once a known danger is said to be over: the number to keep, said once, then what was left, if it is asked for."""
    known, words = remembered(tracker.slots), words_of(tracker)
    kind = known.emergency_kind
    if kind is None or heard.urgency == "emergency" or heard.doubt or not is_over_for(known, words, rooms.aftermath):
        return []
    left = calmed(known, urgency_before_alarm(tracker.events))
    if never_was(words, rooms.aftermath):
        left = replace(without(left, added_by_alarm(tracker.events), rooms.table), urgency="none")
    advised = as_contract(plan_for(rooms, tracker, left))
    say(dispatcher, rooms, tracker, f"utter_danger_passe_{words_for(known)}", orientation=advised)
    tracker.slots.update(as_slots(left))  # what follows answers as in any calm conversation
    kept = set_slots(**as_slots(left))
    if set(heard.needs) - set(left.needs) or commune_told(tracker, heard):
        return [*kept, *advise(dispatcher, rooms, tracker, left, heard)]
    answer_all(dispatcher, rooms, tracker, heard)
    if taken := choice_taken_up(dispatcher, rooms, tracker):
        return [*kept, *taken]
    tracker.slots["attente"] = "reprise"
    if again := visit_wished_again(dispatcher, rooms, tracker, heard):
        return [*kept, *again]
    if kind in _A_DOOR_FOLLOWS and left.urgency == "soon":  # the next step, before it is lost again
        pressing = tuple(need for need in left.needs if need in _A_DOOR_FOLLOWS[kind])
        answer_all(dispatcher, rooms, tracker, Heard(needs=pressing), "info_porte")
        asked = {"evaluations": [_ROOF_ASKED]} if kind == "shelter" else {}
        return [*kept, *set_slots(attente="reprise", **asked)]
    if not GOES_ON.search(words):
        own_up(dispatcher, rooms, tracker, heard)
        say(dispatcher, rooms, tracker, "utter_reprendre_quand_vous_voulez")
        return [*kept, *set_slots(attente="reprise")]
    return [*kept, *next_step(dispatcher, rooms, tracker)]


def pregnancy_kept(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The plan of someone who hesitated and goes on with her pregnancy; nothing for anybody else."""
    known = remembered(tracker.slots)
    if "ivg" not in known.needs or heard.urgency == "emergency" or not _KEEPS_IT.search(fold(text_of(tracker))):
        return []
    left = without(known, ("ivg",), rooms.table)
    return advise(dispatcher, rooms, tracker, left, Heard(needs=("grossesse_suivi",)))


def need_changed(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The plan of a need that a detail makes another one: a pregnancy she may end, an age under or over sixty."""
    known, words = remembered(tracker.slots), words_of(tracker)
    if heard.urgency == "emergency" or "?" in text_of(tracker):
        return []
    in_doubt = "grossesse_suivi" in known.needs and ("ivg" in heard.needs or _MAY_END_IT.search(words))
    change = ("grossesse_suivi", "ivg") if in_doubt else None
    change = change or of_that_age(known, heard, words, told_so_far(tracker.events))
    if change is None:
        return []
    left = without(known, change[:1], rooms.table)
    others = (need for need in heard.needs if need not in change)
    return advise(dispatcher, rooms, tracker, left, replace(heard, needs=(change[1], *others)))


def pregnancy_lost(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """Words for someone who has lost the pregnancy she told of, and somebody to listen; nothing for anybody else."""
    known = remembered(tracker.slots)
    lost = tuple(need for need in known.needs if need in ("grossesse_suivi", "ivg"))
    if not lost or heard.urgency == "emergency" or not _LOST_IT.search(fold(text_of(tracker))):
        return []
    left = without(known, lost, rooms.table)
    plan = plan_for(rooms, tracker, left)
    say(dispatcher, rooms, tracker, "utter_grossesse_perdue", orientation=as_contract(plan))
    rdv = to_cancel(rooms, tracker)
    if rdv and not changed_there(dispatcher, rooms, tracker, rdv):
        rooms.agenda.cancel(rdv.code)
        say(dispatcher, rooms, tracker, "utter_rdv_annule")
    kept = set_slots(attente="rien", **NOTHING_BOOKED, **as_slots(left))
    return [*kept, *set_slots(pistes=["sante_mentale"])]


def taken_back_beside(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A known need said to be settled in a message that was read otherwise: "la mutuelle, c'est réglé"."""
    heard, known = heard_now(rooms, tracker), remembered(tracker.slots)
    if to_cancel(rooms, tracker):
        return []
    settled = settled_subjects(rooms, tracker)
    if "recherche_logement" in settled and "recherche_logement" not in known.needs:
        settled = (*settled, "hebergement_urgence")  # "laisse tomber le logement, mon oncle me prend"
    plainly = says_settled(text_of(tracker))
    named = tuple(need for need in known.needs if plainly and need in settled) or left_out(rooms, tracker)
    if not named or "?" in text_of(tracker) or heard.urgency == "emergency":
        return []
    told = likely(tracker, heard)
    if _THE_OTHER.search(words_of(tracker)) and not set(told.needs) - set(known.needs):
        told = replace(told, needs=tuple(need for need in heard.subjects if need not in known.needs)[:1])
    if not set(told.needs) - set(known.needs):
        return take_back(dispatcher, rooms, tracker, known, named)
    left = without(known, named, rooms.table)
    say(dispatcher, rooms, tracker, "utter_besoin_retire", besoins=_labels(rooms, named))
    return [*set_slots(**NOTHING_BOOKED), *advise(dispatcher, rooms, tracker, left, told)]


def _labels(rooms: House, needs: tuple[str, ...]) -> str:
    return ", ".join(rooms.table[need].label for need in needs)


def take_back(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, settled: tuple[str, ...]
) -> list[EventType]:
    """Leave these needs out: say so, then go on with what is left."""
    left = without(known, settled, rooms.table)
    left = replace(left, commune=heard_now(rooms, tracker).commune or left.commune)
    plan = plan_for(rooms, tracker, left)
    labels = _labels(rooms, settled)
    say(dispatcher, rooms, tracker, "utter_besoin_retire", besoins=labels, orientation=as_contract(plan))
    answer_all(dispatcher, rooms, tracker, heard_now(rooms, tracker))
    if known.emergency_kind and not left.emergency_kind:
        still_here(dispatcher, rooms, tracker, Heard(safe_from=known.emergency_kind))
    _remind_of_rdv(dispatcher, rooms, tracker, settled)
    kept = set_slots(pistes=None, **NOTHING_BOOKED, **as_slots(left))
    if not left.needs:
        return [*kept, *follow_up(dispatcher, rooms, tracker, left)]
    return [*kept, *next_step_of(dispatcher, rooms, tracker, plan, Heard(), left)]


def _remind_of_rdv(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, settled: tuple[str, ...]) -> None:
    """An appointment already booked for a settled need stands until it is cancelled."""
    motifs = {door.motif for need in settled for row in rooms.table[need].rows for door in row.doors}
    rdv = held(rooms, tracker)
    if rdv and rdv.motif in motifs:
        say(dispatcher, rooms, tracker, "utter_rdv_toujours_pris", **said_of_rdv(rooms, rdv))
