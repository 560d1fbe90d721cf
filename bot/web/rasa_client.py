"""The gateway's way to Rasa: one call per turn, on loopback, with a time limit."""

from typing import Any

import httpx

TURN_TIMEOUT_S = 15.0
READY_TIMEOUT_S = 2.0


class RasaUnavailable(Exception):
    """Rasa did not answer, or its turn failed."""


class RasaClient:
    """Runs turns in Rasa."""

    def __init__(self, http: httpx.AsyncClient, rasa_url: str, actions_url: str) -> None:
        self._http = http
        self._rasa_url = rasa_url
        self._actions_url = actions_url

    async def turn(self, conversation_id: str, text: str, channel: str, *, may_book: bool) -> list[dict[str, Any]]:
        """The messages that answer a text, which may take an appointment or not. Raises RasaUnavailable."""
        body = {"conversation_id": conversation_id, "text": text, "channel": channel, "may_book": may_book}
        try:
            answer = await self._http.post(
                f"{self._rasa_url}/webhooks/gateway/message", json=body, timeout=TURN_TIMEOUT_S
            )
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise RasaUnavailable from error
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def is_ready(self) -> bool:
        """Whether Rasa has its model loaded and the action server answers."""
        actions_health = self._actions_url.removesuffix("/webhook") + "/health"
        for url in (f"{self._rasa_url}/webhooks/gateway/ready", actions_health):
            try:
                answer = await self._http.get(url, timeout=READY_TIMEOUT_S)
            except httpx.HTTPError:
                return False
            if answer.status_code != httpx.codes.OK:
                return False
        return True
