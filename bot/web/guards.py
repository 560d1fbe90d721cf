"""What every request passes: size and format of the body, safety headers, counts without personal data."""

import time

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import refuse

MAX_BODY = 16 * 1024
"""Bytes; contract.md."""

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
        body = await _read(receive)
        if body is None:
            await refuse(scope, receive, send, 413)
            return
        await self._app(scope, _given(body), send)


class Watch:
    """Adds the safety headers and counts what is answered, by route and never by address or content."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def send_watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_headers_for(scope)]
                route = getattr(scope.get("route"), "path", "none")
                REQUESTS.labels(scope["method"], route, message["status"]).inc()
                DURATIONS.labels(route).observe(time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, send_watched)


def _headers_for(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The resident's page may be framed by a department page (the widget); no other page may be framed."""
    if scope["path"] == "/" and b"integre=1" in scope["query_string"]:
        return HEADERS
    return [*HEADERS, (b"x-frame-options", b"DENY")]


def _is_api(scope: Scope) -> bool:
    return bool(scope["path"].startswith("/api"))


def _is_json(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").split(b";")[0].strip().lower() == b"application/json"


async def _read(receive: Receive) -> bytes | None:
    """The whole body, None as soon as it is larger than allowed."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return body


def _given(body: bytes) -> Receive:
    """The body again, for who comes after."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(messages, {"type": "http.disconnect"})

    return receive
