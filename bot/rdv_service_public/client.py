"""Calls to RDV Service Public: few, short, and none that could make anybody wait (booking.md 3.2, 3.6).

A call ends within TIMEOUT_S. After a few that fail, the breaker opens: for a while the next ones fail at once. When it
asks to be left alone (429) it is, for as long as it says. No redirect is followed: credentials go to one host.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from pybreaker import CircuitBreaker, CircuitBreakerError

from bot.directory.models import DEPARTMENT
from bot.rdv_service_public.errors import (
    NotAllowed,
    NotThere,
    Refused,
    ServiceError,
    SignInRefused,
    TooManyRequests,
    Unavailable,
)
from bot.rdv_service_public.instants import read_instant
from bot.rdv_service_public.signing_in import Credentials

TIMEOUT_S = 5.0
"""booking.md 3.6."""
MAX_BODY = 2 * 1024 * 1024
MAX_PAGES = 50
"""Of a hundred records: the whole département, many times over."""
FAILURES, OPEN_S = 3, 60
REST_S, LONGEST_REST_S = 60, 3600
"""How long to leave it alone when it does not say, and at most: its own limit is by the minute."""
ANSWERS_TO_US = (SignInRefused, NotAllowed, NotThere, Refused, TooManyRequests)
"""It answers, so it is not down: none of these opens the breaker."""

Params = Mapping[str, str | int]
Built = TypeVar("Built")


@dataclass(frozen=True)
class Organisation:
    """An organisation that receives residents of a commune."""

    id: int
    name: str


@dataclass(frozen=True)
class Plan:
    """A rdv_plan: an agent opens `url` and books there; `rdv_id` is what came of it."""

    id: int
    url: str
    rdv_id: int | None
    starts_at: datetime | None


@dataclass(frozen=True)
class PlannedFor:
    """Whom an agent books for; all of it goes to RDV Service Public, and none of it is kept here."""

    first_name: str
    last_name: str
    phone: str | None = None
    email: str | None = None


class Client:
    """Calls one instance, as one agent."""

    def __init__(
        self,
        http: httpx.Client,
        base_url: str,
        credentials: Credentials | None,
        timeout_s: float = TIMEOUT_S,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._base_url = base_url
        self._credentials = credentials
        self._timeout_s = timeout_s
        self._timer = timer
        self._left_alone_until = 0.0
        self._breaker = CircuitBreaker(
            fail_max=FAILURES, reset_timeout=OPEN_S, exclude=list(ANSWERS_TO_US), throw_new_error_on_trip=False
        )

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def organisations(self, city_code: str) -> list[Organisation]:
        """Those that receive the residents of a commune, by its INSEE code. Raises ServiceError."""
        params = {"departement_number": DEPARTMENT, "city_code": city_code}
        records = self._all_pages("/api/v1/organisations", "organisations", params)
        return _built(lambda: [Organisation(int(one["id"]), str(one["name"])) for one in records])

    def public_links(self) -> dict[str, str]:
        """The organisations of the territory that have openings now, by external id → link. Raises ServiceError.

        Older versions only, which answer anybody; later ones do not have this call: NotThere.
        """
        answer = self._call("GET", "/api/v1/public_links", params={"territory": DEPARTMENT}, signed=False)
        return _built(lambda: {str(one["external_id"]): str(one["public_link"]) for one in answer["public_links"]})

    def create_plan(self, person: PlannedFor, return_url: str) -> Plan:
        """A plan for an agent to book by; `return_url` is where the agent comes back. Raises ServiceError."""
        user = {"first_name": person.first_name, "last_name": person.last_name}
        user |= {"phone_number": person.phone} if person.phone else {}
        user |= {"email": person.email} if person.email else {}
        answer = self._call("POST", "/api/v1/rdv_plans", body={"user": user, "return_url": return_url})
        return self._plan(answer)

    def get_plan(self, plan_id: int) -> Plan:
        """A plan, with what came of it. Raises ServiceError."""
        return self._plan(self._call("GET", f"/api/v1/rdv_plans/{plan_id}"))

    def _plan(self, answer: Mapping[str, Any]) -> Plan:
        """The plan of an answer; its url is opened by an agent, so it must be theirs."""

        def read() -> Plan:
            told = answer["rdv_plan"]
            rdv, url = told["rdv"] or {}, str(told["url"])
            if urlsplit(url)[:2] != urlsplit(self._base_url)[:2]:
                raise ValueError("a plan elsewhere")
            starts_at = read_instant(rdv["starts_at"]) if rdv.get("starts_at") else None
            return Plan(int(told["id"]), url, int(rdv["id"]) if rdv else None, starts_at)

        return _built(read)

    def _all_pages(self, path: str, key: str, params: Params) -> list[Any]:
        records: list[Any] = []
        for page in range(1, MAX_PAGES + 1):
            answer = self._call("GET", path, params={**params, "page": page})
            some, more = _page(answer, key)
            records += some
            if not more:
                return records
        raise Unavailable("pages without end")

    def _call(
        self,
        method: str,
        path: str,
        params: Params | None = None,
        body: Mapping[str, Any] | None = None,
        signed: bool = True,
    ) -> Mapping[str, Any]:
        """One call; once more, and only once, when the session had ended. Raises ServiceError."""
        if not signed:
            return _json(self._guarded(method, path, params, body, {}))
        if self._credentials is None:
            raise SignInRefused
        headers = self._credentials.headers(self._post)
        try:
            return _json(self._guarded(method, path, params, body, headers))
        except SignInRefused:
            if not self._credentials.renew(headers):
                raise
        return _json(self._guarded(method, path, params, body, self._credentials.headers(self._post)))

    def _post(self, path: str, body: Mapping[str, str]) -> httpx.Response:
        return self._guarded("POST", path, None, body, {})

    def _guarded(
        self,
        method: str,
        path: str,
        params: Params | None,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> httpx.Response:
        if self._timer() < self._left_alone_until:
            raise TooManyRequests(int(self._left_alone_until - self._timer()) + 1)
        request = self._http.build_request(
            method,
            self._base_url + path,
            params=dict(params) if params else None,
            json=body,
            headers={**headers, "Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=self._timeout_s,
        )
        try:
            answer: httpx.Response = self._breaker.call(self._exchange, request)
        except CircuitBreakerError as error:
            raise Unavailable("breaker open") from error
        except TooManyRequests as error:
            self._left_alone_until = self._timer() + error.retry_after
            raise
        return answer

    def _exchange(self, request: httpx.Request) -> httpx.Response:
        """Send, and read no more and no longer than allowed."""
        ends = time.monotonic() + self._timeout_s
        try:
            answer = self._http.send(request, stream=True, follow_redirects=False)
            try:
                content = _read(answer, ends)
            finally:
                answer.close()
        except httpx.HTTPError as error:
            raise Unavailable(type(error).__name__) from error
        whole = httpx.Response(answer.status_code, headers=answer.headers, content=content)
        _check(whole)
        return whole


def _read(answer: httpx.Response, ends: float) -> bytes:
    """The body, which was asked for plain: a compressed one could be of any size."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Unavailable("compressed")
    content = b""
    for chunk in answer.iter_raw():
        content += chunk
        if len(content) > MAX_BODY:
            raise Unavailable("too large")
        if time.monotonic() > ends:
            raise Unavailable("too slow")
    return content


def _check(answer: httpx.Response) -> None:
    """Raise what an answer that is no success means (shapes: booking.md 3.2)."""
    if answer.is_success:
        return
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise TooManyRequests(rest_asked(answer.headers.get("retry-after", "")))
    known: dict[int, type[ServiceError]] = {401: SignInRefused, 403: NotAllowed, 404: NotThere}
    if answer.status_code in known:
        raise known[answer.status_code]
    if answer.status_code in (400, 422):
        raise Refused(_fields(answer))
    raise Unavailable(str(answer.status_code))


def rest_asked(retry_after: str) -> int:
    """How long to leave it alone, in seconds: Retry-After gives a number, or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(max(int(retry_after[:9]), 1), LONGEST_REST_S)
    try:
        date = parsedate_to_datetime(retry_after)
        seconds = int((date - datetime.now(timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return REST_S
    return min(max(seconds, 1), LONGEST_REST_S)


def _fields(answer: httpx.Response) -> tuple[str, ...]:
    """The names of what is wrong: `{"errors": {"last_name": …}}` or `{"missing": "territory"}`."""
    try:
        content = _json(answer)
    except Unavailable:
        return ()
    errors = content.get("errors")
    names = list(errors) if isinstance(errors, dict) else [content.get("missing")]
    return tuple(name for name in names if isinstance(name, str))


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    """The object of an answer; a page with status 200 is what a firewall in front of it says."""
    try:
        content = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise Unavailable("no JSON") from error
    if not isinstance(content, dict):
        raise Unavailable("no object")
    return content


def _page(answer: Mapping[str, Any], key: str) -> tuple[list[Any], bool]:
    """The records of a page, and whether another follows."""
    return _built(lambda: (list(answer[key]), answer["meta"]["next_page"] is not None))


def _built(build: Callable[[], Built]) -> Built:
    """What is read of an answer; one that has not the shape of the contract is none."""
    try:
        return build()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unavailable("another shape") from error
