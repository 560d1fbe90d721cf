"""Why the agenda refuses. Each class is one reason; a channel finds the French words for it."""


class BookingError(Exception):
    """The agenda refuses what was asked."""


class UnknownMotif(BookingError):
    """No motif has this code."""


class MotifNotOffered(BookingError):
    """The motif exists, but not at this lieu."""


class KeptElsewhere(BookingError):
    """The appointment is made, changed and cancelled where it is kept, and not here."""


class SlotRefused(BookingError):
    """The time cannot be booked, whoever asks; the free slots must be listed again."""


class SlotInThePast(SlotRefused):
    """The time has already begun."""


class SlotOutOfHorizon(SlotRefused):
    """The time is nearer or further away than residents may book for this motif."""


class SlotNeverOffered(SlotRefused):
    """No opening gives this time: closed, public holiday, absence, or between two slots."""


class AlreadyBooked(BookingError):
    """The conversation already holds an appointment for this motif at another time or lieu."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        """Code of the appointment it holds."""


class TooManyRdv(BookingError):
    """The conversation, or the telephone, has as many appointments as one may, or made as many in a day."""


class IdempotencyKeyReused(BookingError):
    """The key was used for another request: its appointment belongs to whoever made that one."""


class UnknownRdv(BookingError):
    """No appointment has this code."""


class TooLateToCancel(BookingError):
    """The appointment has begun."""


class TooLateToMove(BookingError):
    """The appointment has begun, or was cancelled."""


class CannotWait(BookingError):
    """No earlier slot can be proposed: too near, over, silent, or nobody could be told."""


class NothingOffered(BookingError):
    """The earlier slot that was proposed is no longer held."""


class TooEarlyToMark(BookingError):
    """Nobody came, or failed to come, on a day that has not begun."""


class AgendaBusy(BookingError):
    """The database stayed locked through every attempt; nothing was written, one may try again."""
