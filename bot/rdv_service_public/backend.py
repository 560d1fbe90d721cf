"""Appointments kept in RDV Service Public: a link to choose a time there, and the copies of what was chosen.

It lists no slot and books nothing for anybody (booking.md 3.3): whatever a resident is told of a time comes from
there, by the link or by a webhook.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.booking.backend import BookingBackend, Capabilities
from bot.booking.codes import parse_code
from bot.booking.errors import KeptElsewhere, MotifNotOffered, UnknownMotif
from bot.booking.holds import Hold
from bot.booking.models import Rdv
from bot.booking.motifs import MotifEntry, Motifs
from bot.booking.slots import Slot
from bot.booking.transactions import in_reading
from bot.booking.views import RdvView, SlotTaken, view_of
from bot.directory.models import Directory
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.links import Place, search_link
from bot.rdv_service_public.names import Names
from bot.rdv_service_public.openings import Openings, PublishedOpenings
from bot.rdv_service_public.tables import NAME


@dataclass(frozen=True)
class WayThere:
    """How a resident chooses a time there: the link, and whether it is likely to work now."""

    url: str
    openings: Openings


class RdvServicePublic(BookingBackend):
    """The backend as the port has it."""

    name = NAME
    capabilities = Capabilities(lists_slots=False, books=False, cancels=False, sends_reminders=True)

    def __init__(
        self,
        engine: Engine,
        base_url: str,
        motifs: Motifs,
        names: Names,
        directory: Directory,
        hand_overs: HandOvers,
        openings: PublishedOpenings,
    ) -> None:
        self._engine = engine
        self._base_url = base_url
        self._motifs = motifs
        self._names = names
        self._directory = directory
        self._hand_overs = hand_overs
        self._openings = openings

    def keeps(self, motif: str) -> bool:
        """Whether the appointments of this motif are kept there."""
        return self._motifs[motif].backend == self.name

    def handover_url(self, motif: str, lieu: str, commune: str | None) -> str:
        """The link for a resident of this commune. Raises UnknownMotif or MotifNotOffered."""
        place = Place(self._entry(motif, lieu), self._names.motif(motif), self._names.lieu(lieu))
        town = self._directory.commune(commune) if commune else None
        return search_link(self._base_url, place, town.insee_code if town else None)

    def hand_over(self, conversation_id: str, motif: str, lieu: str, commune: str | None) -> WayThere:
        """Send a conversation there, and remember it. Raises UnknownMotif or MotifNotOffered."""
        url = self.handover_url(motif, lieu, commune)
        self._hand_overs.keep(conversation_id, motif, lieu)
        return WayThere(url, self._openings.of(self._names.lieu(lieu).organisation_external_id))

    def handed_over(self, conversation_id: str) -> frozenset[tuple[str, str]]:
        """The motifs and lieux for which a conversation was sent there."""
        return self._hand_overs.of_conversation(conversation_id)

    def next_slots(
        self, motif: str, lieu: str, after: datetime | None = None, limit: int = 5, asker: str | None = None
    ) -> list[Slot]:
        """None: the times are there. Raises UnknownMotif or MotifNotOffered."""
        self._entry(motif, lieu)
        return []

    def hold(self, motif: str, lieu: str, starts_at: datetime, conversation_id: str) -> Hold | SlotTaken:
        """Raises KeptElsewhere."""
        raise KeptElsewhere(motif)

    def let_go(self, conversation_id: str) -> None:
        """Nothing is ever held."""

    def book(
        self,
        motif: str,
        lieu: str,
        starts_at: datetime,
        conversation_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> RdvView | SlotTaken:
        """Raises KeptElsewhere."""
        raise KeptElsewhere(motif)

    def cancel(self, code: str) -> RdvView:
        """Raises KeptElsewhere."""
        raise KeptElsewhere(code)

    def move(self, code: str, lieu: str, starts_at: datetime) -> RdvView | SlotTaken:
        """Raises KeptElsewhere."""
        raise KeptElsewhere(code)

    def find(self, code: str) -> RdvView | None:
        """The copy that has this code of ours."""
        found = self._copies(Rdv.code == parse_code(code))
        return found[0] if found else None

    def of_conversation(self, conversation_id: str) -> list[RdvView]:
        """The copies that are known to come of a conversation."""
        return self._copies(Rdv.conversation_id == conversation_id)

    def attach_contact(self, code: str, first_name: str | None, phone: str | None, email: str | None = None) -> RdvView:
        """Raises KeptElsewhere: they write to the person, so nothing need be kept here."""
        raise KeptElsewhere(code)

    def forget_conversation(self, conversation_id: str) -> None:
        """Erase where a conversation was sent."""
        self._hand_overs.forget(conversation_id)

    def _entry(self, motif: str, lieu: str) -> MotifEntry:
        if motif not in self._motifs:
            raise UnknownMotif(motif)
        entry = self._motifs[motif]
        if lieu not in entry.sites or entry.backend != self.name:
            raise MotifNotOffered(motif, lieu)
        return entry

    def _copies(self, which: object) -> list[RdvView]:
        query = select(Rdv).where(which, Rdv.backend == self.name).order_by(Rdv.id)
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])
