"""The door of webhooks: who signed them, and the little that is let in of what they say (booking.md 3.5).

Of a person's record, which holds the family's situation, the housing and notes, only a first name and a telephone
pass. Nothing else is read, so nothing else can be kept or logged.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, cast

from bot.booking.kept_text import kept_text
from bot.booking.views import Status
from bot.rdv_service_public.instants import read_instant

SIGNATURE_HEADER = "X-Lapin-Signature"
MAX_BODY = 256 * 1024
"""Bytes: an appointment of a whole group fits many times; what the API takes (16 KiB) would not do."""
MODEL = "Rdv"
"""The only one that is mirrored; the others are acknowledged."""
STATUSES = ("unknown", "seen", "excused", "revoked", "noshow")
EVENTS = ("created", "updated", "destroyed")
FIRST_NAME_LENGTH, PHONE_LENGTH = 80, 32

Event = Literal["created", "updated", "destroyed"]


class NotAWebhook(ValueError):
    """The body is not what RDV Service Public sends; the message says where, and no value."""


class NotForUs(Exception):
    """A good webhook of something that we do not mirror: it is acknowledged, and nothing is done."""


@dataclass(frozen=True)
class Person:
    """What is let in of the one person of an appointment."""

    first_name: str | None
    phone: str | None
    """E.164."""


@dataclass(frozen=True)
class RdvThere:
    """An appointment as they tell it; ids are theirs."""

    id: int
    times: tuple[datetime, datetime] | None
    """Its start and its end; None when they are not told, as they need not be of one that is destroyed."""
    status: Status
    cancelled_at: datetime | None
    motif_id: int | None
    lieu_id: int | None
    organisation_id: int | None
    person: Person | None
    """None when nobody, or several, come."""


@dataclass(frozen=True)
class Webhook:
    """One webhook about an appointment."""

    event: Event
    erased: bool
    """Destroyed by their purge of personal data, which cancels nothing."""
    at: datetime
    rdv: RdvThere
    digest: str


def is_signed(body: bytes, signature: str | None, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets signed this very body; never, without a signature or without a secret."""
    given = (signature or "").encode("utf-8", "replace")
    expected = [hmac.new(secret.encode(), body, sha256).hexdigest().encode() for secret in secrets]
    return any([hmac.compare_digest(given, one) for one in expected])  # a list: each is compared, whatever matches


def read_webhook(body: bytes) -> Webhook:
    """The webhook of a body. Raises NotAWebhook, or NotForUs for a model, an event or a status that is not known."""
    content = _json(body)
    meta, data = _mapping(content, "meta"), _mapping(content, "data")
    if meta.get("model") != MODEL or meta.get("event") not in EVENTS:
        raise NotForUs
    return Webhook(
        event=cast(Event, meta["event"]),
        erased=meta["event"] == "destroyed" and meta.get("webhook_reason") == "rgpd",
        at=_instant(meta, "timestamp"),
        rdv=_rdv(data),
        digest=sha256(body).hexdigest()[:16],
    )


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAWebhook("body") from error
    if not isinstance(content, dict):
        raise NotAWebhook("body")
    return content


def _rdv(data: Mapping[str, Any]) -> RdvThere:
    identity = _id(data.get("id"))
    if identity is None:
        raise NotAWebhook("id")
    if data.get("status") not in STATUSES:
        raise NotForUs
    return RdvThere(
        id=identity,
        times=_times(data),
        status=cast(Status, data["status"]),
        cancelled_at=_instant(data, "cancelled_at") if data.get("cancelled_at") else None,
        motif_id=_id_of(data, "motif"),
        lieu_id=_id_of(data, "lieu"),
        organisation_id=_id_of(data, "organisation"),
        person=_person(data),
    )


def _times(data: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    if data.get("starts_at") is None:
        return None
    starts_at, ends_at = _instant(data, "starts_at"), _instant(data, "ends_at")
    if not starts_at < ends_at:
        raise NotAWebhook("ends_at")
    return starts_at, ends_at


def _person(data: Mapping[str, Any]) -> Person | None:
    """The one who comes: of `participations`, else of `users`, which older versions send."""
    coming = _list(data, "participations")
    users = [_mapping(one, "user") for one in coming] if coming else _list(data, "users")
    if len(users) != 1:
        return None
    first_name, phone = (_text(users[0].get(name)) for name in ("first_name", "phone_number_formatted"))
    return Person(kept_text(first_name, FIRST_NAME_LENGTH), kept_text(phone, PHONE_LENGTH))


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = content.get(name)
    if not isinstance(value, dict):
        raise NotAWebhook(name)
    return value


def _list(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = content.get(name) or []
    if not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
        raise NotAWebhook(name)
    return value


def _instant(content: Mapping[str, Any], name: str) -> datetime:
    try:
        return read_instant(content.get(name))
    except ValueError as error:
        raise NotAWebhook(name) from error


def _id_of(content: Mapping[str, Any], name: str) -> int | None:
    return _id(_mapping(content, name).get("id")) if content.get(name) else None


def _id(value: object) -> int | None:
    """A record's number; PostgreSQL and RDV Service Public both count in 63 bits."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
