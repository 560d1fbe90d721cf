"""What opens an appointment's page without asking again: a browser's pass, the key of a conversation's card."""

import json
import time
from collections.abc import Callable

from itsdangerous import BadData, URLSafeSerializer

from bot.booking.views import RdvView

PASS_S = 30 * 60
"""As long as the question is not asked again."""
KEY_S = 2 * 3600
"""A card stays on the screen while one talks on."""
MAX_LENGTH = 1_000


class Passes:
    """Signs passes and keys. Real time counts here, wherever the calendar clock stands.

    What they are good for stands in the signature, not in the text: neither a name nor a number can be read in them,
    and a pass is worth nothing once the name or the telephone it was given for has changed.
    """

    def __init__(self, secret_key: str, now: Callable[[], float] = time.time) -> None:
        self._secret_key = secret_key
        self._now = now

    def give(self, rdv: RdvView) -> str:
        """A pass for a browser that answered for the appointment as it now stands."""
        return self._signed(PASS_S, *_as_it_stands(rdv))

    def admits(self, held: str, rdv: RdvView) -> bool:
        """Whether this pass was given for the appointment as it now stands, less than half an hour ago."""
        return self._holds(held, *_as_it_stands(rdv))

    def key(self, code: str, conversation_id: str) -> str:
        """What the conversation that booked adds to the link of its card."""
        return self._signed(KEY_S, *_in_its_conversation(code, conversation_id))

    def opens(self, key: str, rdv: RdvView) -> bool:
        """Whether the key comes from the conversation of the appointment; once that is erased, none does."""
        if rdv.conversation_id is None:
            return False
        return self._holds(key, *_in_its_conversation(rdv.code, rdv.conversation_id))

    def _signed(self, seconds: int, *subject: str | None) -> str:
        signed = self._signer(subject).dumps(int(self._now()) + seconds)
        return signed if isinstance(signed, str) else signed.decode()

    def _holds(self, signed: str, *subject: str | None) -> bool:
        if len(signed) > MAX_LENGTH:
            return False
        try:
            until: int = self._signer(subject).loads(signed)
        except (BadData, ValueError):
            return False
        return self._now() < until

    def _signer(self, subject: tuple[str | None, ...]) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret_key, salt=json.dumps(subject))


def _as_it_stands(rdv: RdvView) -> tuple[str | None, ...]:
    return "pass", rdv.code, rdv.first_name, rdv.phone


def _in_its_conversation(code: str, conversation_id: str) -> tuple[str, ...]:
    return "card", code, conversation_id
