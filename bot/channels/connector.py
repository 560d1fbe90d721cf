"""The one door into Rasa: a channel that only the gateway uses, on loopback.

The gateway owns identities, limits and redaction; this channel takes its word, runs the turn, and gives back the
messages whole (text, buttons and card together), in the rendering of the resident's channel.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import TrackerStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.booking.caps import MAY_BOOK
from bot.nlu.understand import SITUATION

logger = logging.getLogger(__name__)

# Rasa checks the answer of the action server against a JSON schema it builds and verifies anew at each call: 24 ms of
# a turn (bench/run.py), spent on answers that come from our own code on loopback.
RemoteAction._validate_action_result = lambda self, result: True


class WebOutput(CollectingOutputChannel):
    """Collects the messages of a turn; its name chooses the variation of each response."""

    @classmethod
    def name(cls) -> str:
        """The channel residents use on the web."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message as the gateway gives it out: Rasa's own channels would split it."""
        custom = message.get("custom") or {}
        self.messages.append(
            {
                "text": message.get("text") or "",
                "buttons": message.get("buttons") or [],
                "card": custom.get("card"),
                "orientation": custom.get("orientation"),
            }
        )


class SmsOutput(WebOutput):
    """The same for text messages."""

    @classmethod
    def name(cls) -> str:
        """The channel of text messages."""
        return "sms"


async def needs_known(conversations: TrackerStore, conversation_id: str) -> list[str]:
    """What a conversation is about so far: the next message is read in its light (bot/nlu/understand.py)."""
    tracker = await conversations.retrieve(conversation_id)
    return list(tracker.get_slot("besoins") or []) if tracker else []


OUTPUTS = {output.name(): output for output in (WebOutput, SmsOutput)}


class GatewayInput(InputChannel):
    """Receives a turn from the gateway: `{"conversation_id", "text", "channel", "may_book"}`."""

    @classmethod
    def name(cls) -> str:
        """Part of the route: /webhooks/gateway/message."""
        return "gateway"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("gateway", "gateway")

        @routes.route("/message", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            turn = request.json
            output = OUTPUTS[turn["channel"]]()
            conversation = turn["conversation_id"]
            try:
                known = await needs_known(request.app.ctx.agent.tracker_store, conversation)
                metadata = {SITUATION: known, MAY_BOOK: turn[MAY_BOOK]}
                message = UserMessage(
                    turn["text"], output, conversation, input_channel=turn["channel"], metadata=metadata
                )
                await on_new_message(message)
            except Exception as failure:  # whatever went wrong, the log must not hold what the resident wrote
                logger.error("turn failed: %s", type(failure).__name__)
                return json({"error": "turn_failed"}, status=500)
            return json({"messages": output.messages})

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            """Whether a model is loaded: Rasa opens its port before that."""
            agent = getattr(request.app.ctx, "agent", None)
            return json({}, status=200 if agent is not None and agent.is_ready() else 503)

        return routes
