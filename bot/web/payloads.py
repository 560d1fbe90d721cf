"""Buttons: what a button does inside Rasa, sealed so that only the server can make it.

A payload is signed for one conversation; a text that only looks like one, or that starts with Rasa's own "/", is text.
"""

from itsdangerous import BadSignature, URLSafeSerializer

PREFIX = "choix:"
MAX_LENGTH = 1_000


class Payloads:
    """Seals and opens the payloads of buttons."""

    def __init__(self, secret_key: str) -> None:
        self._serializer = URLSafeSerializer(secret_key, salt="button")

    def seal(self, conversation_id: str, rasa_payload: str) -> str:
        """An opaque payload for this conversation."""
        return PREFIX + self._serializer.dumps([conversation_id, rasa_payload])

    def open(self, conversation_id: str, text: str) -> str | None:
        """What the button does in Rasa; None when the text is not a button of this conversation."""
        if not text.startswith(PREFIX) or len(text) > MAX_LENGTH:
            return None
        try:
            owner, payload = self._serializer.loads(text.removeprefix(PREFIX))
        except (BadSignature, TypeError, ValueError):
            return None
        return str(payload) if owner == conversation_id else None
