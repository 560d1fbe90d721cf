"""What every request passes: size and format of the body, safety headers, counts without personal data."""

import asyncio
import logging
import time
import traceback

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.rdv_service_public import webhooks
from bot.web.errors import refuse

MAX_BODY = 16 * 1024
"""Bytes; contract.md."""
MAX_BODIES = {"/webhooks/rdv-service-public": webhooks.MAX_BODY}
"""Of the routes that take more."""
BODY_TIMEOUT_S = 10.0
"""A body that takes longer to arrive holds a place that others need."""
METHODS = frozenset(("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"))

REQUESTS = Counter("assistant_requests_total", "Requests answered", ["method", "route", "status"])
DURATIONS = Histogram("assistant_request_seconds", "Time to answer", ["route"])

HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; manifest-src 'self'",
    ),
]
NEVER_FRAMED = (b"x-frame-options", b"DENY")
NEVER_KEPT = (b"cache-control", b"no-store")

logger = logging.getLogger(__name__)


class BodyGuard:
    """Refuses what the API does not take, before anything reads it: too large, compressed, or not JSON."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body read, or refuse it."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if headers.get(b"content-encoding") or (_is_api(scope) and not _is_json(headers)):
            await refuse(scope, receive, send, 415)
            return
        try:
            limit = MAX_BODIES.get(scope["path"], MAX_BODY)
            body = await asyncio.wait_for(_read(receive, limit), BODY_TIMEOUT_S)
        except asyncio.TimeoutError:
            await refuse(scope, receive, send, 408)
            return
        if body is None:
            await refuse(scope, receive, send, 413)
            return
        await self._app(scope, _given(body), send)


class Watch:
    """Adds the safety headers, and counts what is answered by route, never by address or content.

    It answers for what fails too: the resident gets a sentence and a number, the log gets where it failed and no value.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, answering = time.perf_counter(), False

        async def send_watched(message: Message) -> None:
            nonlocal answering
            if message["type"] == "http.response.start":
                answering = True
                message["headers"] = [*message.get("headers", []), *_headers_for(scope)]
                route = getattr(scope.get("route"), "path", "none")
                method = scope["method"] if scope["method"] in METHODS else "other"
                REQUESTS.labels(method, route, message["status"]).inc()
                DURATIONS.labels(route).observe(time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, send_watched)
        except Exception as failure:
            logger.error("%s in\n%s", type(failure).__name__, "".join(traceback.format_tb(failure.__traceback__)))
            if not answering:
                await refuse(scope, receive, send_watched, 503)


def _headers_for(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The resident's page may be framed by a department page (the widget); no other page may be framed."""
    kept = [NEVER_KEPT] if _is_api(scope) else []
    if scope["path"] == "/" and b"integre=1" in scope["query_string"].split(b"&"):
        return HEADERS
    return [*HEADERS, *kept, NEVER_FRAMED]


def _is_api(scope: Scope) -> bool:
    return bool(scope["path"].startswith("/api"))


def _is_json(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").split(b";")[0].strip().lower() == b"application/json"


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body, None as soon as it is larger than allowed."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return body


def _given(body: bytes) -> Receive:
    """The body again, for who comes after."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(messages, {"type": "http.disconnect"})

    return receive
