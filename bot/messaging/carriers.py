"""The two ways a message leaves: each writes it in its own form, then hands it over."""

from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.messaging.email import Mailer
from bot.messaging.letter import letter
from bot.messaging.outgoing import Told
from bot.messaging.sms_port import SmsPort
from bot.messaging.texts import Texts


class Carrier(Protocol):
    """Writes a message and hands it over."""

    def carry(self, told: Told) -> str:
        """Return what the provider calls it. Raises one of `bot.messaging.failures`."""
        ...


@dataclass(frozen=True)
class EmailCarrier:
    """E-mails."""

    texts: Texts
    mailer: Mailer
    sender: str
    clock: Clock

    def carry(self, told: Told) -> str:
        """See Carrier."""
        return self.mailer.send(letter(told, self.texts, self.sender, self.clock))


@dataclass(frozen=True)
class SmsCarrier:
    """Text messages."""

    texts: Texts
    port: SmsPort

    def carry(self, told: Told) -> str:
        """See Carrier."""
        return self.port.send(told.rdv.phone or "", self.texts.sms(told), told.reference)
