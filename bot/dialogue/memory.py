"""What a conversation has understood so far, and how a new message changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from bot.orientation.plan import Situation, choose_row
from bot.orientation.table import URGENCIES, EmergencyKind, Table, Urgency


@dataclass(frozen=True)
class Heard:
    """What one message brought: the reading of its words, or the choice behind a pressed button."""

    needs: tuple[str, ...] = ()
    urgency: Urgency = "none"
    emergency_kind: EmergencyKind | None = None
    commune: str | None = None
    signs: frozenset[str] = frozenset()
    candidates: tuple[str, ...] = ()
    french: bool = True


def heard_in(message: Mapping[str, Any]) -> Heard:
    """What a Rasa message brought, from the reading of the pipeline or from the entities of a button."""
    reading = message.get("understanding")
    if reading is None:
        chosen = {entity["entity"]: entity["value"] for entity in message.get("entities", ())}
        return Heard(needs=tuple(filter(None, [chosen.get("besoin")])), commune=chosen.get("commune"))
    return Heard(
        needs=tuple(reading["needs"]),
        urgency=reading["urgency"],
        emergency_kind=reading["emergency_kind"],
        commune=reading["commune"],
        signs=frozenset(reading["signs"]),
        candidates=tuple(reading["candidates"]),
        french=reading["language"] == "fr",
    )


def remembered(slots: Mapping[str, Any]) -> Situation:
    """The situation as the slots of the conversation keep it."""
    return Situation(
        needs=tuple(slots.get("besoins") or ()),
        urgency=cast(Urgency, slots.get("urgence") or "none"),
        emergency_kind=cast(EmergencyKind | None, slots.get("type_urgence")),
        commune=slots.get("commune"),
        signs=frozenset(slots.get("signes") or ()),
    )


def joined(known: Situation, heard: Heard) -> Situation:
    """The situation once a message is added: new needs first, the higher urgency, the last commune named."""
    urgency = max(known.urgency, heard.urgency, key=URGENCIES.index)
    return replace(
        known,
        needs=tuple(dict.fromkeys((*heard.needs, *known.needs))),
        urgency=urgency,
        emergency_kind=heard.emergency_kind or known.emergency_kind,
        commune=heard.commune or known.commune,
        signs=known.signs | heard.signs,
    )


def speaking_of_known(known: Situation, heard: Heard, table: Table) -> Heard:
    """The message as also speaking of the needs already known whose row its details change.

    "Je veux partir mais je n'ai pas d'argent", said after violence, is a detail of it: another row opens.
    """
    told = joined(known, heard)
    moved = [
        need
        for need in known.needs
        if need in table and choose_row(need, known, table).signs != choose_row(need, told, table).signs
    ]
    return replace(heard, needs=tuple(dict.fromkeys((*heard.needs, *moved))))


def as_slots(situation: Situation) -> dict[str, Any]:
    """The slots that keep a situation."""
    return {
        "besoins": list(situation.needs),
        "urgence": situation.urgency,
        "type_urgence": situation.emergency_kind,
        "commune": situation.commune,
        "signes": sorted(situation.signs),
    }
