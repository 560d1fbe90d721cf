"""What the assistant asks by itself: the commune, the question of the évaluation, whether something else weighs."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.held import motifs_held
from actions.house import House
from actions.speaking import channel_of, just_said, need_buttons, plan_for, say, set_slots, yes_or_no
from bot.dialogue.memory import ONESELF
from bot.orientation.evaluation import worth_asking
from bot.orientation.plan import Situation

HOUSEHOLD = ("votre fils", "votre fille", "votre bébé", "votre enfant", "vos enfants", "votre mari", "votre femme")
"""Those who live where the person does."""
OWN_COMMUNES = ("Clichy", "Levallois-Perret")


def follow_up(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, situation: Situation
) -> list[EventType]:
    """Once a subject is dealt with: the one question that would change the plan, else one open offer."""
    question = None
    if not tracker.get_slot("evaluations"):
        asked = tracker.get_slot("doutes") or ()
        channel = channel_of(tracker)
        question = worth_asking(situation, asked, rooms.clock(), channel, rooms.directory, rooms.table, rooms.questions)
    if question is None and (need := _also_bookable(rooms, tracker, situation)):
        say(
            dispatcher,
            rooms,
            tracker,
            "utter_autre_rdv",
            buttons=need_buttons(rooms, [need]),
            besoin=rooms.table[need].label,
        )
        return set_slots(attente="rien", pistes=[need])
    if question is None:
        if not just_said(tracker, rooms, "utter_autre_besoin"):
            say(dispatcher, rooms, tracker, "utter_autre_besoin")
        return set_slots(attente="rien")
    say(dispatcher, rooms, tracker, f"utter_evaluer_{question.id}", buttons=yes_or_no(rooms))
    return set_slots(attente="evaluation", evaluations=[question.id])


def _also_bookable(rooms: House, tracker: Tracker, situation: Situation) -> str | None:
    """Another need told for which an appointment can be taken, once one has been taken."""
    taken = motifs_held(rooms, tracker)
    if not taken or situation.urgency == "emergency" or tracker.get_slot("pistes"):
        return None
    plan = plan_for(rooms, tracker, situation)
    line = plan.bookable_line(bool(tracker.get_slot("ville_tue")), taken)
    return line.need if line else None


def ask_commune(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, beneficiary: str | None = None
) -> list[EventType]:
    """Ask the commune of the person who needs the service."""
    whose = beneficiary or tracker.get_slot("pour_qui")
    name = "utter_demander_commune" if whose in (None, ONESELF, *HOUSEHOLD) else "utter_demander_commune_autre"
    buttons = [{"title": name, "payload": f'/dire_commune{{"commune":"{name}"}}'} for name in OWN_COMMUNES]
    say(dispatcher, rooms, tracker, name, buttons=buttons, pour_qui=whose or "")
    return set_slots(attente="commune")
