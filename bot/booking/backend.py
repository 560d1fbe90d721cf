"""The port between the assistant and whatever keeps the appointments."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.booking.holds import Hold
    from bot.booking.slots import Slot
    from bot.booking.views import RdvView, SlotTaken


@dataclass(frozen=True)
class Capabilities:
    """What a backend does by itself. Where it can't, the dialogue hands over a link and invents nothing."""

    lists_slots: bool
    books: bool
    cancels: bool
    sends_reminders: bool
    """When it does, the assistant sends none."""


class BookingBackend(Protocol):
    """Keeps appointments; `bot.booking.appointments.Agenda` is the local one and documents each method."""

    @property
    def name(self) -> str:
        """Its name in BOOKING_BACKEND."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def next_slots(
        self, motif: str, lieu: str, after: datetime | None = None, limit: int = 5, asker: str | None = None
    ) -> "list[Slot]":
        """The first free slots after a moment, for this conversation."""
        ...

    def hold(self, motif: str, lieu: str, starts_at: datetime, conversation_id: str) -> "Hold | SlotTaken":
        """Keep a listed slot for a conversation."""
        ...

    def let_go(self, conversation_id: str) -> None:
        """Free what a conversation holds."""
        ...

    def book(
        self,
        motif: str,
        lieu: str,
        starts_at: datetime,
        conversation_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> "RdvView | SlotTaken":
        """Book a listed slot."""
        ...

    def cancel(self, code: str) -> "RdvView":
        """Cancel an appointment for the resident."""
        ...

    def move(self, code: str, lieu: str, starts_at: datetime) -> "RdvView | SlotTaken":
        """Move an appointment to another slot."""
        ...

    def find(self, code: str) -> "RdvView | None":
        """The appointment of a code."""
        ...

    def of_conversation(self, conversation_id: str) -> "list[RdvView]":
        """The appointments booked in a conversation."""
        ...

    def attach_contact(
        self, code: str, first_name: str | None, phone: str | None, email: str | None = None
    ) -> "RdvView":
        """Keep a first name, a phone and an e-mail for the messages."""
        ...

    def forget_conversation(self, conversation_id: str) -> None:
        """Cut the appointments from their conversation."""
        ...
