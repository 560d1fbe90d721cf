"""The API of the contract: open a conversation, say something, forget it."""

import json
import re
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Extra, StrictStr
from pydantic.errors import DictError
from starlette.concurrency import run_in_threadpool

from bot.booking.views import RdvView
from bot.booking.wishes.choice import read_rank
from bot.channels.sms import choices, compose
from bot.dialogue.agreeing import agrees_with_it
from bot.privacy.redact import Contact, gives_contact_alone, lone_name, name_first, redact
from bot.web import limits
from bot.web.conversations import Conversation
from bot.web.errors import ApiError, described
from bot.web.rasa_client import RasaUnavailable
from bot.web.services import Services, services

MAX_TEXT = 2_000
GREETING = "/saluer"
YES_OR_NO = {"/affirmer", "/refuser"}
"""Two choices that "le 2e" does not press: it may well be the second of the slots listed before."""
_NUMBER_FIRST = re.compile(r"\s*(?P<rank>\d)\s*(?:[.,;:)]+\s*|\s(?=(?:mais|mé|et)\b))(?=\D)")
_SLOT_CHOSEN = "/choisir_creneau"
_TOWN_CHOSEN = "/dire_commune"
_A_YES = re.compile(r"\b(?:oui+|ouais|ok|d['’ ]?accord|je (?:confirme|valide))\b", re.IGNORECASE)
"""With it, a name and a number alone are given for the slot that waits for a yes: "Oui. Karim, 06 …"."""
_NUMBER_ALONE = re.compile(r"\s*[1-9]\d?\s*[.)]?\s*", re.ASCII)

router = APIRouter(prefix="/api")


Sent = TypeVar("Sent", bound="Body")


class Body(BaseModel, extra=Extra.forbid):
    """What a client sends: a JSON object. Pydantic alone would take a list of pairs for one."""

    @classmethod
    def validate(cls: type[Sent], value: Any) -> Sent:
        """The body as a value of this class."""
        if not isinstance(value, dict):
            raise DictError
        return super().validate(value)


class NewConversation(Body):
    """What opens a conversation."""

    channel: Literal["web", "sms"] = "web"


class NewMessage(Body):
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
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="Le jeton donné à l'ouverture de la conversation.")),
]


def authorised(request: Request, conversation_id: str, rooms: Rooms, bearer: Bearer) -> Conversation:
    """The conversation, if the caller holds its token. An unknown id is told apart only to who shows a token."""
    address = limits.address_of(request)
    rooms.limits.require(limits.WRONG_TOKENS, address)
    conversation = rooms.conversations.find(conversation_id, bearer.credentials.strip()) if bearer else None
    if conversation is None:
        rooms.limits.spend(limits.WRONG_TOKENS, address)
        raise ApiError(401 if bearer is None or rooms.conversations.exists(conversation_id) else 404)
    return conversation


def talking(conversation: Annotated[Conversation, Depends(authorised)], rooms: Rooms) -> Conversation:
    """The conversation, unless it goes faster than people talk."""
    rooms.limits.spend(limits.MESSAGES, conversation.id)
    return conversation


@router.post(
    "/conversations", status_code=201, summary="Ouvrir une conversation", responses=described(413, 415, 422, 429, 503)
)
async def open_conversation(request: Request, body: NewConversation, rooms: Rooms) -> Opened:
    """A new conversation, with the assistant's greeting."""
    rooms.limits.spend(limits.OPENINGS, limits.address_of(request))
    conversation, token = await run_in_threadpool(rooms.conversations.open, body.channel)
    said = await _said(rooms, conversation, GREETING)
    return Opened(conversation_id=conversation.id, token=token, messages=_messages(rooms, conversation, said))


@router.post(
    "/conversations/{conversation_id}/messages",
    summary="Dire quelque chose à l'assistant",
    responses=described(401, 404, 413, 415, 422, 429, 503),
)
async def say(
    request: Request, conversation: Annotated[Conversation, Depends(talking)], body: NewMessage, rooms: Rooms
) -> Turn:
    """The assistant's answer; what was understood so far; the booking, if any."""
    if len(body.text) > MAX_TEXT:
        raise ApiError(413)
    address, before = limits.address_of(request), await _booked(rooms, conversation)
    meaning = await run_in_threadpool(_meaning, rooms, conversation, body.text, before)
    try:
        said = await _said(rooms, conversation, meaning, may_book=_may_book(rooms, address))
    finally:
        await run_in_threadpool(rooms.contacts.forget, conversation.id)  # given for this turn, or for nothing
    after = await _booked(rooms, conversation)
    if len(after) > len(before):
        rooms.limits.count(limits.BOOKINGS, address)
    return await run_in_threadpool(_turn, rooms, conversation, said, after)


@router.delete(
    "/conversations/{conversation_id}",
    status_code=204,
    summary="Oublier une conversation",
    responses=described(401, 404, 429),
)
def forget(conversation: Annotated[Conversation, Depends(authorised)], rooms: Rooms) -> Response:
    """The conversation is erased for good; a booking made in it stands, with its code."""
    _forget(rooms, conversation)
    return Response(status_code=204)


def _forget(rooms: Services, conversation: Conversation) -> None:
    rooms.conversations.forget(conversation.id)
    rooms.agenda.forget_conversation(conversation.id)


async def _booked(rooms: Services, conversation: Conversation) -> list[RdvView]:
    return await run_in_threadpool(rooms.agenda.of_conversation, conversation.id)


def _may_book(rooms: Services, address: str) -> bool:
    """Whether an appointment may be taken from this address today; demonstration slots are nobody's."""
    return rooms.settings.demo or not rooms.limits.reached(limits.BOOKINGS, address)


def _meaning(rooms: Services, conversation: Conversation, text: str, booked: list[RdvView]) -> str:
    """What Rasa is told: the payload of a button, or the text without personal data and without command signs."""
    pressed = rooms.payloads.open(conversation.id, text) or _numbered(conversation, text)
    if pressed is not None:
        return pressed
    asked, said = _contact_asked(booked), _plain(_with_its_town(conversation, text))
    given = asked or (bool(_A_YES.search(said)) and gives_contact_alone(said))
    redacted = redact(said, contact_asked=given)
    contact = redacted.contact or (_name_alone(redacted.text) if asked else None)
    if contact and given:
        rooms.contacts.set_aside(conversation.id, contact)
    return redacted.text or "…"


def _name_alone(text: str) -> Contact | None:
    """What may be the first name that was asked for; the answer, which knows what was open, takes it or leaves it."""
    name = lone_name(text) or name_first(text)
    return Contact(name, None) if name else None


def _numbered(conversation: Conversation, text: str) -> str | None:
    """What a number presses, where choices stand numbered in the text."""
    alone = _NUMBER_ALONE.fullmatch(text)
    says_which = alone or YES_OR_NO != set(conversation.choices)
    rank = read_rank(text) if conversation.choices and says_which else None
    chosen = conversation.choices[rank - 1] if rank and rank <= len(conversation.choices) else None
    agreed = chosen and chosen.startswith(_SLOT_CHOSEN) and agrees_with_it(text)
    return None if agreed else chosen  # a button would lose the yes of "la 1 oui"


def _with_its_town(conversation: Conversation, text: str) -> str:
    """The text with the town that its first number stands for: "2. ma mère est sous oxygène"."""
    led = _NUMBER_FIRST.match(text)
    rank = int(led["rank"]) if led else 0
    chosen = conversation.choices[rank - 1] if 0 < rank <= len(conversation.choices) else ""
    if led is None or not chosen.startswith(_TOWN_CHOSEN):
        return text
    return f"{json.loads(chosen.removeprefix(_TOWN_CHOSEN))['commune']}. {text[led.end() :]}"


def _contact_asked(booked: list[RdvView]) -> bool:
    """A first name and a number are asked for once something is booked, and only until they are given.

    A number written at any other time is somebody's, and perhaps of the very person one flees.
    """
    open_ones = (rdv for rdv in booked if rdv.status == "confirmed" and rdv.backend == "local")
    return any(not (rdv.phone or rdv.email) for rdv in open_ones)


def _plain(text: str) -> str:
    """Resident's text as text: no NUL, no lone surrogate, and no "/" or "EXTERNAL:" that Rasa would obey."""
    readable = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    while readable != (bare := readable.strip().lstrip("/").removeprefix("EXTERNAL:")):
        readable = bare
    return readable


async def _said(
    rooms: Services, conversation: Conversation, text: str, *, may_book: bool = True
) -> list[dict[str, Any]]:
    try:
        return await rooms.rasa.turn(conversation.id, text, conversation.channel, may_book=may_book)
    except RasaUnavailable as error:
        raise ApiError(503) from error


def _turn(rooms: Services, conversation: Conversation, said: list[dict[str, Any]], booked: list[RdvView]) -> Turn:
    """The answer, once what it brought is kept; a conversation erased while it was answered stays erased."""
    advised = (part["orientation"] for part in reversed(said) if part.get("orientation") is not None)
    orientation = next(advised, conversation.orientation)
    offered = choices(said) if conversation.channel == "sms" else []
    kept = rooms.conversations.keep(conversation.id, orientation, offered)
    if kept is None:
        _forget(rooms, conversation)
        raise ApiError(404)
    return Turn(
        messages=_messages(rooms, conversation, said),
        orientation=kept.orientation,
        rdv=_rdv(booked),
    )


def _messages(rooms: Services, conversation: Conversation, said: list[dict[str, Any]]) -> list[Message]:
    if conversation.channel == "sms":
        return [Message(text=compose(said), buttons=_sealed(rooms, conversation, said), card=None)]
    return [_message(rooms, conversation, part) for part in said]


def _message(rooms: Services, conversation: Conversation, part: dict[str, Any]) -> Message:
    card = _with_its_key(rooms, conversation, part["card"])
    return Message(text=part["text"], buttons=_sealed(rooms, conversation, [part]), card=card)


def _with_its_key(rooms: Services, conversation: Conversation, card: dict[str, Any] | None) -> dict[str, Any] | None:
    """The card; that of a booking opens its page here without a question, for this browser made it."""
    if card is None or card["kind"] != "rdv":
        return card
    return card | {"url": f"{card['url']}?cle={rooms.passes.key(card['code'], conversation.id)}"}


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
