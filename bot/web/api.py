"""The API of the contract: open a conversation, say something, forget it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, Extra, StrictStr

from bot.booking.views import RdvView
from bot.channels.sms import compose
from bot.privacy.redact import redact
from bot.web import limits
from bot.web.conversations import Conversation
from bot.web.errors import ApiError
from bot.web.rasa_client import RasaUnavailable
from bot.web.services import Services, services

MAX_TEXT = 2_000
GREETING = "/saluer"

router = APIRouter(prefix="/api")


class NewConversation(BaseModel, extra=Extra.forbid):
    """What opens a conversation."""

    channel: Literal["web", "sms"] = "web"


class NewMessage(BaseModel, extra=Extra.forbid):
    """What a resident says, or the payload of the button they pressed."""

    text: StrictStr


class Button(BaseModel):
    """A choice; sending `payload` as `text` presses it."""

    title: str
    payload: str


class Message(BaseModel):
    """One message of the assistant."""

    text: str
    buttons: list[Button]
    card: dict[str, Any] | None


class Opened(BaseModel):
    """A new conversation; the token is given this once."""

    conversation_id: str
    token: str
    messages: list[Message]


class Rdv(BaseModel):
    """The booking a conversation holds."""

    code: str
    motif: str
    site: str
    starts_at: str
    duration_min: int
    status: Literal["confirmed", "cancelled"]


class Turn(BaseModel):
    """The answer to a message."""

    messages: list[Message]
    orientation: dict[str, Any] | None
    rdv: Rdv | None


Rooms = Annotated[Services, Depends(services)]


@router.post("/conversations", status_code=201, summary="Ouvrir une conversation")
async def open_conversation(request: Request, body: NewConversation, rooms: Rooms) -> Opened:
    """A new conversation, with the assistant's greeting."""
    rooms.limits.spend(limits.OPENINGS, _address(request))
    conversation, token = rooms.conversations.open(body.channel)
    messages, _ = await _run(rooms, conversation, GREETING)
    return Opened(conversation_id=conversation.id, token=token, messages=messages)


@router.post("/conversations/{conversation_id}/messages", summary="Dire quelque chose à l'assistant")
async def say(request: Request, conversation_id: str, body: NewMessage, rooms: Rooms) -> Turn:
    """The assistant's answer; what was understood so far; the booking, if any."""
    conversation = _authorised(request, conversation_id, rooms)
    rooms.limits.spend(limits.MESSAGES, conversation.id)
    if len(body.text) > MAX_TEXT:
        raise ApiError(413)
    messages, orientation = await _run(rooms, conversation, _meaning(rooms, conversation, body.text))
    orientation = orientation or conversation.orientation
    rooms.conversations.keep(conversation.id, orientation)
    return Turn(messages=messages, orientation=orientation, rdv=_rdv(rooms.agenda.of_conversation(conversation.id)))


@router.delete("/conversations/{conversation_id}", status_code=204, summary="Oublier une conversation")
async def forget(request: Request, conversation_id: str, rooms: Rooms) -> Response:
    """The conversation is erased for good; a booking made in it stands, with its code."""
    conversation = _authorised(request, conversation_id, rooms)
    rooms.conversations.forget(conversation.id)
    rooms.agenda.forget_conversation(conversation.id)
    return Response(status_code=204)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _authorised(request: Request, conversation_id: str, rooms: Services) -> Conversation:
    """The conversation, if the caller holds its token. An unknown id is told apart only to who shows a token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ApiError(401)
    conversation = rooms.conversations.find(conversation_id, token.strip())
    if conversation is None:
        raise ApiError(401 if rooms.conversations.exists(conversation_id) else 404)
    return conversation


def _meaning(rooms: Services, conversation: Conversation, text: str) -> str:
    """What Rasa is told: the button's own payload, or the text without personal data and without command signs."""
    pressed = rooms.payloads.open(conversation.id, text)
    if pressed is not None:
        return pressed
    redacted = redact(_plain(text))
    if redacted.contact:
        rooms.contacts.set_aside(conversation.id, redacted.contact)
    return redacted.text or "…"


def _plain(text: str) -> str:
    """Resident's text as text: no NUL, no lone surrogate, and no "/" or "EXTERNAL:" that Rasa would obey."""
    readable = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    while readable != (bare := readable.strip().lstrip("/").removeprefix("EXTERNAL:")):
        readable = bare
    return readable


async def _run(rooms: Services, conversation: Conversation, text: str) -> tuple[list[Message], dict[str, Any] | None]:
    try:
        said = await rooms.rasa.turn(conversation.id, text, conversation.channel)
    except RasaUnavailable as error:
        raise ApiError(503) from error
    orientation = next((part["orientation"] for part in reversed(said) if part.get("orientation")), None)
    if conversation.channel == "sms":
        return [Message(text=compose(said), buttons=_sealed(rooms, conversation, said), card=None)], orientation
    return [_message(rooms, conversation, part) for part in said], orientation


def _message(rooms: Services, conversation: Conversation, part: dict[str, Any]) -> Message:
    return Message(text=part["text"], buttons=_sealed(rooms, conversation, [part]), card=part["card"])


def _sealed(rooms: Services, conversation: Conversation, said: list[dict[str, Any]]) -> list[Button]:
    return [
        Button(title=button["title"], payload=rooms.payloads.seal(conversation.id, button["payload"]))
        for part in said
        for button in part["buttons"]
    ]


def _rdv(rdvs: list[RdvView]) -> Rdv | None:
    """The booking that stands, else the last one cancelled."""
    standing = [rdv for rdv in rdvs if rdv.status == "confirmed"] or rdvs
    if not standing:
        return None
    last = standing[-1]
    return Rdv(
        code=last.code,
        motif=last.motif,
        site=last.lieu,
        starts_at=last.starts_at.isoformat(),
        duration_min=last.duration_min,
        status=last.status,
    )
