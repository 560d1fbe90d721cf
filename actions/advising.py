"""What is understood, told with its doors; then the one next step: slots, a question, or what is in doubt."""

import re
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_all, answerable, leaves_unanswered, own_up
from actions.booking import choose_at_once, come_back, offer_interview
from actions.follow_up import ask_commune, follow_up
from actions.hearing import commune_told, for_whom, heard_now, likely
from actions.held import held, motifs_held
from actions.house import House
from actions.kept_elsewhere import links_given
from actions.no_appointment import asks_for_one, asks_the_prefecture, without_appointment
from actions.offering import (
    NO_WISH,
    Booking,
    free_starts,
    hours_told_before,
    offer,
    speaks_of_a_visit,
    wish_for_a_visit,
    wish_of,
    wish_told_before,
    words_of_a_visit,
)
from actions.other_language import alert_in_their_language, say_in_their_language
from actions.reserving import CHOOSING, CONFIRMING
from actions.safety import ask_safety, keep_number_at_hand, numbers_first, remind_of_danger, still_here, what_to_do_now
from actions.speaking import (
    channel_of,
    name_a_person,
    need_buttons,
    plan_for,
    said_ever,
    say,
    send,
    set_slots,
    text_of,
    words_of,
)
from bot.booking.wishes.wish import wished
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.dialogue.memory import (
    Heard,
    as_slots,
    doubt_open,
    doubt_to_ask,
    joined,
    remembered,
    speaking_of_known,
    words_for,
)
from bot.dialogue.remarks import remark_in
from bot.dialogue.repair import missed_again, said_before
from bot.nlu.plain_needs import says_all_is_well
from bot.nlu.understand import UNDERSTANDING
from bot.orientation.plan import NOW, SAMU, WALK_IN, Plan, PlanLine, Situation

_OF_A_VISIT = re.compile(r"\b(?:rdv|rendez vous|creneaux?|dispo\w*|venir|passer|reserver|possible|faisable|marche)\b")
_DONE_AFTER_ALL = re.compile(
    r"\b(?:refaire|refait|reprend\w*|reprenons|reprise|revenons|revient a|continue[rz]?|toujours|quand meme|la suite"
    r"|(?:je|on) (?:fais|fait) (?:quoi|comment)|a qui)\b"
)
"""Of what was to be done before a danger came: "la pesée, on peut la refaire ?"."""
_FEARS = ("info_placement", "info_signalement", "info_sans_papiers")
"""Questions that keep people from calling for help: answered in a danger too."""
_DOORS_IN_SHORT = 3
_WORTH_ASKING_ABOUT = 0.25
"""The chance of another need from which a message that was not understood is asked about."""


def clarify(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask about safety where it is in doubt, else between the likeliest needs."""
    heard = likely(tracker, heard_now(rooms, tracker))
    kept = set_slots(pistes=list(heard.candidates), **as_slots(joined(remembered(tracker.slots), heard)))
    if doubt := doubt_to_ask(tracker.slots, heard):
        return [*kept, *ask_safety(dispatcher, rooms, tracker, doubt)]
    if _beside_the_point(tracker, heard):
        keep_number_at_hand(dispatcher, rooms, tracker)
        if says_all_is_well(words_of(tracker)):
            say(dispatcher, rooms, tracker, "utter_detail_note")
            return [*kept, *come_back(dispatcher, rooms, tracker)]
        return [*kept, *remark_met(dispatcher, rooms, tracker)]
    if (fits := remark_in(words_of(tracker))) and heard.french and not remembered(tracker.slots).emergency_kind:
        keep_number_at_hand(dispatcher, rooms, tracker)
        say(dispatcher, rooms, tracker, fits)
        return [*kept, *come_back(dispatcher, rooms, tracker)]
    ask_between(dispatcher, rooms, tracker, heard.candidates)
    return [*kept, *(set_slots(attente="rien") if doubt_open(tracker.slots) else [])]


def remark_met(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """A remark answered by the word that fits it, once a conversation; then back to what was open."""
    fits = remark_in(words_of(tracker))
    if fits and said_ever(tracker, rooms, fits):
        fits = None
    follows = tracker.get_slot("attente") not in (None, "rien", "evaluation", "reprise")
    plain = "utter_remarque_entendue" if follows else "utter_remarque_entendue_seule"
    say(dispatcher, rooms, tracker, fits or plain)
    return come_back(dispatcher, rooms, tracker)


def tells_of_another_need(tracker: Tracker, heard: Heard) -> bool:
    """Whether a need that the conversation does not know is likely enough to be asked about."""
    known = remembered(tracker.slots).needs
    chances = (tracker.latest_message.get(UNDERSTANDING) or {}).get("chances") or {}
    likeliest = max((chances.get(need, 0.0) for need in heard.candidates if need not in known), default=0.0)
    return likeliest >= _WORTH_ASKING_ABOUT


def _beside_the_point(tracker: Tracker, heard: Heard) -> bool:
    """Whether what is said in a calm conversation speaks of no other need: a joke, a sigh, "je ne suis pas un voleur".

    Said twice in a row not to be understood, a person is named instead.
    """
    known = remembered(tracker.slots)
    calm = known.needs and known.urgency != "emergency" and heard.french
    asked = "?" in text_of(tracker) or heard.questions or doubt_open(tracker.slots)
    return bool(calm) and not (asked or tells_of_another_need(tracker, heard)) and not missed_again(tracker.events)


def safety_question(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """Ask whether the person is safe, when the message leaves it in doubt; no event when it does not."""
    heard = heard_now(rooms, tracker)
    doubt = doubt_to_ask(tracker.slots, heard)
    kept = set_slots(commune=heard.commune) if commune_told(tracker, heard) else []
    return [*kept, *ask_safety(dispatcher, rooms, tracker, doubt)] if doubt else []


def advise_minding_safety(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType]:
    """Numbers before all else when safety is in doubt; once out of danger, the step that was held back."""
    known = remembered(tracker.slots)
    detailed = speaking_of_known(known, heard, rooms.table)
    if heard.safe_from and not (detailed.needs or heard.commune):
        return _out_of_danger(dispatcher, rooms, tracker, known, heard)
    still_here(dispatcher, rooms, tracker, heard)
    numbers_first(dispatcher, rooms, tracker, heard)
    return advise(dispatcher, rooms, tracker, known, detailed)


def _out_of_danger(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, known: Situation, heard: Heard
) -> list[EventType]:
    """What had waited for the answer. By SMS, doors that had no room beside the question come alone, without slots."""
    plan = plan_for(rooms, tracker, known)
    if channel_of(tracker) == "sms" and plan.commune is not None and len(plan.lines) > 1:
        tell(dispatcher, rooms, tracker, plan, heard)
        return set_slots(attente="rien")
    still_here(dispatcher, rooms, tracker, heard)
    numbers_first(dispatcher, rooms, tracker, heard)
    if heard.questions:
        answer_all(dispatcher, rooms, tracker, answerable(rooms, tracker, heard))
    return _held_back(dispatcher, rooms, tracker, plan, heard)


def _held_back(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """The step that waited for the answer about safety: commune or slots, or the needs to choose from."""
    if plan.lines or doubt_to_ask(tracker.slots, heard):
        return next_step_of(dispatcher, rooms, tracker, plan, heard, remembered(tracker.slots))
    unsure_of = tracker.get_slot("pistes")
    if unsure_of is None:
        say(dispatcher, rooms, tracker, "utter_autre_besoin")
    else:
        ask_between(dispatcher, rooms, tracker, tuple(unsure_of))
    return set_slots(attente="rien")


def advise(
    dispatcher: CollectingDispatcher,
    rooms: House,
    tracker: Tracker,
    known: Situation,
    heard: Heard,
    *,
    answered: bool = False,
) -> list[EventType]:
    """Tell the plan of what is known and heard, and take the next step. `answered`: what it asks has been."""
    situation = joined(known, heard)
    plan = plan_for(rooms, tracker, situation)
    kept = set_slots(pistes=None, **for_whom(heard), **as_slots(situation))
    if not plan.lines:
        return [*kept, *_without_need(dispatcher, rooms, tracker, plan, heard)]
    alarm = heard.urgency == "emergency"
    moved = heard.commune not in (None, known.commune)
    nothing_new = bool(known.needs) and set(heard.needs) <= set(known.needs) and not moved and not alarm
    only_asked = heard.questions and nothing_new
    before = plan_for(rooms, tracker, known)
    unchanged = situation.signs == known.signs and situation.urgency == known.urgency != "emergency"
    told_again = nothing_new and unchanged
    if moved and not heard.questions and _as_told_before(before, plan):
        _note_the_town(dispatcher, rooms, tracker, plan)
    elif moved and known.needs and _only_moved(before, plan) and set(heard.needs) <= set(known.needs) and not alarm:
        _tell_where(dispatcher, rooms, tracker, before, plan)
    elif told_again and heard.french and not (only_asked or doubt_to_ask(tracker.slots, heard)):
        if not asks_for_one(tracker) and (answered or not leaves_unanswered(tracker, heard)):
            say(dispatcher, rooms, tracker, "utter_detail_note", orientation=as_contract(plan))
        keep_number_at_hand(dispatcher, rooms, tracker)
    elif not only_asked and (
        heard.french or not alarm or not alert_in_their_language(dispatcher, rooms, tracker, plan)
    ):
        tell(dispatcher, rooms, tracker, plan, heard)
    if not heard.french:
        say_in_their_language(dispatcher, rooms, tracker, once=True)
    elif not alarm:
        answer_all(dispatcher, rooms, tracker, heard)
    elif feared := tuple(one for one in heard.questions if one in _FEARS):
        answer_all(dispatcher, rooms, tracker, replace(heard, questions=feared, facts=()))
    if not (alarm or answered) and known.needs and not set(heard.needs) - set(known.needs):
        own_up(dispatcher, rooms, tracker, heard)
    if (
        nothing_new
        and Booking.of(tracker)
        and situation.signs == known.signs
        and not doubt_to_ask(tracker.slots, heard)
        and (back := come_back(dispatcher, rooms, tracker))
    ):
        return [*kept, *back]
    if only_asked and _offers_nothing_yet(tracker, plan) and not (alarm or doubt_to_ask(tracker.slots, heard)):
        return [*kept, *come_back(dispatcher, rooms, tracker)]
    return [*kept, *next_step_of(dispatcher, rooms, tracker, plan, heard, situation)]


def _offers_nothing_yet(tracker: Tracker, plan: Plan) -> bool:
    """Whether no slot was ever on offer, and none is asked for: a mere question, "et la trêve ?", brings none up."""
    asked = asks_for_one(tracker) or speaks_of_a_visit(tracker)
    return Booking.of(tracker) is None and plan.commune is not None and not asked


def _note_the_town(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan) -> None:
    """A town that changes no door: noted; where no appointment follows, with the doors in short."""
    town, advised = str(plan.commune), as_contract(plan)
    if plan.bookable_line(held=motifs_held(rooms, tracker)):
        at_once = plan.about([line.need for line in plan.lines if line.service == WALK_IN])
        if not at_once.lines:
            say(dispatcher, rooms, tracker, "utter_commune_notee", orientation=advised, commune=town)
            return
        plan = at_once
    lines = rooms.renderer.short_lines(plan, channel_of(tracker))[:_DOORS_IN_SHORT]
    told = "\n".join(lines)
    say(dispatcher, rooms, tracker, "utter_commune_rappel", orientation=advised, commune=town, lignes=told)


def _only_moved(before: Plan, plan: Plan) -> bool:
    """Whether a town changes where the same doors are, within the pôle's own territory, and nothing else."""
    ways = [[(line.need, line.service, line.mode) for line in one.lines] for one in (before, plan)]
    return bool(before.lines) and before.territory == plan.territory == "own" and ways[0] == ways[1]


def _tell_where(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, before: Plan, plan: Plan) -> None:
    """The places that a town changes; where no appointment follows, with the other doors in short."""
    if not plan.bookable_line(held=motifs_held(rooms, tracker)):
        _note_the_town(dispatcher, rooms, tracker, plan)
        return
    wording, channel = rooms.renderer.wording, channel_of(tracker)
    changed = [line for line, former in zip(plan.lines, before.lines, strict=True) if line.site != former.site]
    places = [
        wording.say("utter_lieu_du_besoin", channel, besoin=line.label, lieu=rooms.renderer.place(line.site))
        for line in changed
    ]
    if not places:
        _note_the_town(dispatcher, rooms, tracker, plan)
        return
    told = "\n".join(dict.fromkeys(places))
    say(
        dispatcher,
        rooms,
        tracker,
        "utter_commune_lieux",
        orientation=as_contract(plan),
        commune=str(plan.commune),
        lieux=told,
    )


def _as_told_before(before: Plan, plan: Plan) -> bool:
    """Whether a town changes nothing of the doors already told."""
    return bool(before.lines) and plan.territory == "own" and before.lines == plan.lines


def advise_on(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> list[EventType]:
    """The plan once this is known too; a question of the same message has been answered."""
    told = replace(heard, questions=(), facts=())
    return advise(dispatcher, rooms, tracker, remembered(tracker.slots), told, answered=True)


def tell(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard) -> None:
    """The doors of what is new; all of them again when the commune changes where they are."""
    channel = channel_of(tracker)
    moved = heard.commune is not None and heard.commune != tracker.get_slot("commune")
    alarm = heard.urgency == "emergency"
    fresh = plan.about(heard.needs)
    known = remembered(tracker.slots)
    before = plan_for(rooms, tracker, known)
    same_doors = _as_told_before(before, plan.about(known.needs))
    told = fresh if fresh.lines and not alarm and (same_doors or not moved) else plan
    told = _before_all_else(plan, known, heard) if alarm else told
    replies = rooms.renderer.plan(told, channel, alarm)
    if plan.territory != "own":
        text = rooms.renderer.territory(plan, channel)
        replies.insert(1 if alarm else 0, Reply(text))
    if _still_the_same(known, heard):
        del replies[1:]
        if replies[0].text in {event["text"] for event in said_before(tracker.events)}:
            say(dispatcher, rooms, tracker, f"utter_encore_{words_for(known)}", orientation=as_contract(plan))
            return
    if not alarm and replies and _said_whole(tracker, replies):
        lines = rooms.renderer.short_lines(told, channel)[:_DOORS_IN_SHORT]
        say(dispatcher, rooms, tracker, "utter_info_porte", orientation=as_contract(plan), lignes="\n".join(lines))
        return
    for reply in replies:
        send(dispatcher, reply, orientation=as_contract(plan))


def _said_whole(tracker: Tracker, replies: list[Reply]) -> bool:
    """Whether each of these was said in this conversation, word for word: the doors are enough then."""
    said = {event.get("text") for event in tracker.events if event["event"] == "bot"}
    return all(reply.text in said for reply in replies)


def _before_all_else(plan: Plan, known: Situation, heard: Heard) -> Plan:
    """The plan of an emergency without the doors told before: nobody reads of a crèche while the door is beaten in.

    Of an illness, the doctor alone before what else this message may say of a child.
    """
    medical = heard.emergency_kind == "medical"
    saving = {line.need for line in plan.lines if line.level == NOW and (line.service == SAMU or not medical)}
    new = set(heard.needs) - set(known.needs) - ({"enfance_danger"} if medical and saving else set())
    return plan.about(saving | new) if saving else plan


def _still_the_same(known: Situation, heard: Heard) -> bool:
    """Whether an emergency goes on as it was told: its numbers and what to do now, without every door again."""
    same = known.urgency == "emergency" == heard.urgency and heard.emergency_kind == known.emergency_kind
    return same and set(heard.needs) <= set(known.needs) and heard.commune in (None, known.commune)


def next_step(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType]:
    """What comes next for what is known: slots to choose from, a question."""
    known = remembered(tracker.slots)
    plan = plan_for(rooms, tracker, known)
    return next_step_of(dispatcher, rooms, tracker, plan, Heard(), known)


def next_step_of(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard, situation: Situation
) -> list[EventType]:
    """One question at most, and none in the turn where life or safety is at stake."""
    if heard.urgency == "emergency":
        return set_slots(attente="rien", rdv_accord=None)
    if doubt := doubt_to_ask(tracker.slots, heard):
        return ask_safety(dispatcher, rooms, tracker, doubt)
    if plan.urgency == "emergency":
        remind_of_danger(dispatcher, rooms, tracker)
    if plan.commune is None and any(line.site for line in plan.lines) and not tracker.get_slot("ville_tue"):
        said = words_of_a_visit(rooms, tracker) if wish_for_a_visit(rooms, tracker) else ""
        told = [*(tracker.get_slot("rdv_souhaits") or []), said] if said else tracker.get_slot("rdv_souhaits")
        return [*set_slots(rdv_souhaits=told), *ask_commune(dispatcher, rooms, tracker, heard.beneficiary)]
    if plan.emergency_kind == "medical" and not (speaks_of_a_visit(tracker) or wish_of(rooms, tracker)):
        return set_slots(attente="rien")  # nothing to book before the doctor who answers now
    taken = motifs_held(rooms, tracker)
    if not asks_for_one(tracker):
        taken |= links_given(rooms, tracker, plan)
    line = _line_named(tracker, plan, heard, taken) or _line_told_now(tracker, plan, heard, taken)
    line = line or _line_begun(tracker, plan, heard) or _line_of_another_need(tracker, plan, heard, taken)
    line = line or plan.bookable_line(tracker.get_slot("ville_tue"), taken)
    line = line or line_asked_for(rooms, tracker, heard, situation)
    if told := _no_appointment(dispatcher, rooms, tracker, plan, heard, line):
        return told
    if line is None and plan.territory == "own" and asks_for_one(tracker):
        return offer_interview(dispatcher, rooms, tracker)
    if line is None or line.site is None or line.motif is None:
        return follow_up(dispatcher, rooms, tracker, situation)
    if line.motif == tracker.get_slot("rdv_refuse") and not wish_of(rooms, tracker):
        return follow_up(dispatcher, rooms, tracker, situation)
    if Booking.of(tracker):
        choosing = tracker.get_slot("attente") in (CHOOSING, CONFIRMING)
        wish = wish_of(rooms, tracker) if choosing else wish_for_a_visit(rooms, tracker)
        wish = wish or hours_told_before(rooms, tracker)
    else:
        wish = wish_told_before(rooms, tracker).then(wish_for_a_visit(rooms, tracker))
    booking = Booking(line.motif, line.site)
    if not (_OF_A_VISIT.search(words_of(tracker)) or wished(free_starts(rooms, tracker, booking), wish)):
        wish = NO_WISH  # the days of a story: "je n'ai plus de mutuelle depuis le 1er septembre"
    if at_once := choose_at_once(dispatcher, rooms, tracker, booking, wish):
        return at_once
    offered_now = offer(dispatcher, rooms, tracker, booking, wish)
    return [*set_slots(rdv_accord=None), *offered_now]  # a yes to the former list is none to this one


def visit_wished_again(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """Slots for a need told earlier, once it is spoken of again and nothing is on offer: "la pesée, on la refait ?".

    After a danger that is over, whatever speaks of coming or of a known need; else a moment told with the need's name.
    """
    known, words = remembered(tracker.slots), words_of(tracker)
    named = [need for need in known.needs if need in {*heard.subjects, *heard.needs}]
    waiting, asks = tracker.get_slot("attente"), speaks_of_a_visit(tracker) or bool(_DONE_AFTER_ALL.search(words))
    told_new = set(heard.needs) - set(known.needs)
    if heard.urgency == "emergency" or known.urgency == "emergency" or told_new or heard.doubt:
        return None
    wish = wish_of(rooms, tracker)
    after_danger = waiting == "reprise" and (bool(named) or bool(wish))
    in_calm = waiting in ("rien", "evaluation") and bool(wish.days) and len(named) == 1
    if not asks or not (after_danger or in_calm) or held(rooms, tracker):
        return None
    about = plan_for(rooms, tracker, known).about(named or known.needs)
    line = line_asked_for(rooms, tracker, heard, known) or about.bookable_line(bool(tracker.get_slot("ville_tue")))
    if line is None and named and after_danger:
        answer_all(dispatcher, rooms, tracker, replace(heard, questions=(), facts=()), "info_porte")
        return set_slots(attente="rien")
    if line is None or line.motif is None or line.site is None:
        return None
    answer_all(dispatcher, rooms, tracker, answerable(rooms, tracker, replace(heard, facts=())))
    booking = Booking(line.motif, line.site)
    if not wished(free_starts(rooms, tracker, booking), wish):
        wish = NO_WISH  # the days of a story: "il rentre demain, la pesée on peut la refaire ?"
    at_once = choose_at_once(dispatcher, rooms, tracker, booking, wish)
    return at_once or offer(dispatcher, rooms, tracker, booking, wish)


def _no_appointment(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard, line: PlanLine | None
) -> list[EventType] | None:
    """Said to whoever asks for an appointment for what takes none, though another need may; None otherwise."""
    if asks_the_prefecture(tracker):
        return without_appointment(dispatcher, rooms, tracker, plan.about(["sejour_droits"]))
    named = plan.about(heard.subjects or heard.needs)
    of_what = plan if line is None else named
    if line is not None and line.need in {*heard.subjects, *heard.needs}:
        return None
    if not asks_for_one(tracker) or plan.territory != "own" or any(one.motif for one in of_what.lines):
        return None
    told_now = bool(set(heard.needs) - set(remembered(tracker.slots).needs))
    return without_appointment(dispatcher, rooms, tracker, of_what, doors_told=told_now)


def _line_named(tracker: Tracker, plan: Plan, heard: Heard, taken: set[str]) -> PlanLine | None:
    """The door of the one need named in words beside others of the same service: "le rendez-vous des vaccins"."""
    named = [need for need in plan.needs if need in heard.subjects]
    line = plan.about(named).bookable_line(bool(tracker.get_slot("ville_tue")), taken) if len(named) == 1 else None
    first = plan.bookable_line(bool(tracker.get_slot("ville_tue")), taken)
    return line if line and first and line.service == first.service else None


def _line_told_now(tracker: Tracker, plan: Plan, heard: Heard, taken: set[str]) -> PlanLine | None:
    """The door of what this very message asks an appointment for, before those of the needs told earlier."""
    known = remembered(tracker.slots).needs
    asked_for = [need for need in heard.needs if need not in known or need in heard.subjects]
    if not (asked_for and speaks_of_a_visit(tracker)):
        return None
    return plan.about(asked_for).bookable_line(bool(tracker.get_slot("ville_tue")), taken)


def _line_begun(tracker: Tracker, plan: Plan, heard: Heard) -> PlanLine | None:
    """The door whose booking a danger has stopped: once it is over, that one goes on, whatever the danger has added."""
    booking = Booking.of(tracker)
    refused = booking is not None and booking.motif == tracker.get_slot("rdv_refuse")
    if booking is None or refused or set(heard.needs) - set(remembered(tracker.slots).needs):
        return None
    return next((line for line in plan.lines if (line.motif, line.site) == (booking.motif, booking.site)), None)


def _line_of_another_need(tracker: Tracker, plan: Plan, heard: Heard, taken: set[str]) -> PlanLine | None:
    """The door of a need told while slots of another are on offer, none of them chosen: "autre chose : la mutuelle"."""
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    if tracker.get_slot("attente") != CHOOSING or not new:
        return None
    return plan.about(new).bookable_line(bool(tracker.get_slot("ville_tue")), taken)


def line_asked_for(rooms: House, tracker: Tracker, heard: Heard, situation: Situation) -> PlanLine | None:
    """The door of the one need named with a wish, where all together open another: "au plus tôt pour le RSA"."""
    named = tuple(need for need in situation.needs if need in {*heard.subjects, *heard.needs})
    if not wish_of(rooms, tracker) or situation.urgency == "emergency" or len(named) != 1:
        return None
    alone = replace(situation, needs=named, urgency="none")
    plan = plan_for(rooms, tracker, alone)
    return plan.bookable_line(bool(tracker.get_slot("ville_tue")))


def _without_need(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, plan: Plan, heard: Heard
) -> list[EventType]:
    """Only a commune was named, or nothing that calls for a door; what was in doubt is asked again."""
    if doubt := doubt_to_ask(tracker.slots, heard):
        return [*set_slots(pistes=list(heard.candidates)), *ask_safety(dispatcher, rooms, tracker, doubt)]
    doubted = tuple(tracker.get_slot("pistes") or ())
    if Booking.of(tracker) and heard.commune and plan.territory == "own":
        say(dispatcher, rooms, tracker, "utter_commune_notee", commune=heard.commune)
        return come_back(dispatcher, rooms, tracker)
    if heard.commune and (plan.territory != "own" or not doubted):
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))))
    if doubted or not heard.commune:
        ask_between(dispatcher, rooms, tracker, doubted)
    return set_slots(attente="rien", pistes=list(doubted))


def ask_between(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, needs: tuple[str, ...]) -> None:
    """Ask between needs; at the second message in a row that is not understood, name a person too."""
    known = joined(remembered(tracker.slots), Heard(commune=heard_now(rooms, tracker).commune))
    advised = as_contract(plan_for(rooms, tracker, known)) if known.needs else None
    if what_to_do_now(dispatcher, rooms, tracker, advised):
        return
    keep_number_at_hand(dispatcher, rooms, tracker)
    if missed_again(tracker.events):
        name_a_person(dispatcher, rooms, tracker, need_buttons(rooms, needs))
        return
    name = "utter_clarifier" if needs else "utter_clarifier_sans_piste"
    say(dispatcher, rooms, tracker, name, buttons=need_buttons(rooms, needs), orientation=advised)
