"""Agents who book for somebody: the plan that opens RDV Service Public on that person, and what came of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.booking.models import Rdv
from bot.booking.transactions import in_reading
from bot.booking.views import RdvView, view_of
from bot.rdv_service_public.client import Client, PlannedFor
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.tables import NAME


@dataclass(frozen=True)
class Opened:
    """A plan to open in the agent's browser."""

    plan_id: int
    url: str


@dataclass(frozen=True)
class Progress:
    """How far a plan has come."""

    booked: bool
    """Whether an appointment came of it."""
    rdv: RdvView | None
    """Our copy of it, once its webhook has come."""


class Plans:
    """Opens plans and follows them."""

    def __init__(self, engine: Engine, client: Client, hand_overs: HandOvers) -> None:
        self._engine = engine
        self._client = client
        self._hand_overs = hand_overs

    def open(
        self, person: PlannedFor, motif: str, lieu: str, return_url: str, conversation_id: str | None = None
    ) -> Opened:
        """Have RDV Service Public ready for this person; the agent opens the url. Raises ServiceError.

        Nothing of the person is kept here: only that a conversation, if there is one, waits for what comes of it.
        """
        plan = self._client.create_plan(person, return_url)
        self._hand_overs.keep(conversation_id, motif, lieu, plan.id)
        return Opened(plan.id, plan.url)

    def follow(self, plan_id: int) -> Progress:
        """What came of a plan so far; the appointment is joined to its conversation. Raises ServiceError."""
        plan = self._client.get_plan(plan_id)
        if plan.rdv_id is None:
            return Progress(False, None)
        self._hand_overs.match(plan_id, str(plan.rdv_id))
        return Progress(True, self._copy(str(plan.rdv_id)))

    def _copy(self, external_id: str) -> RdvView | None:
        query = select(Rdv).where(Rdv.backend == NAME, Rdv.external_id == external_id)
        found = in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])
        return found[0] if found else None
