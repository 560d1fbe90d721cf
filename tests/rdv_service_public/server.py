"""RDV Service Public as its contract has it (booking.md 3): a real HTTP server on loopback, and what sends webhooks.

It keeps its own books, asks who is calling, pages its lists by a hundred, writes dates as Ruby does, and can misbehave
in the ways that have been seen: hang, answer a page of a firewall, redirect, be busy, forget its sessions.
"""

import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from bot.clock import PARIS
from tests.assistant import free_ports

PER_PAGE = 100
EMAIL, PASSWORD = "agent@example.org", "un mot de passe d'essai"
TOKEN = "a token given by the team"
SHARED_KEY = "a key shared with rdv-insertion"
NOT_SIGNED_IN = {"errors": ["Vous devez vous connecter ou vous inscrire pour continuer."]}
BUSY = {"errors": ["Limite d'appels API atteinte. Merci de patienter."]}
FORBIDDEN = {
    "errors": [{"base": "forbidden"}],
    "error_messages": ["Vous ne pouvez pas effectuer cette action."],
}
FIREWALL = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>"
ATTEMPTS = 20
"""After n⁴ seconds each: 1, 16, 81 s … more than a week in all (booking.md 3.5)."""

PRIVATE = {
    "family_situation": "divorced",
    "affiliation_number": "2840578146095",
    "caisse_affiliation": "caf",
    "number_of_children": 3,
    "logement": "sdf",
    "notes": "Ne pas appeler au domicile",
    "case_number": "DOSSIER-4471",
    "address": "chez Madame Untel",
    "birth_date": "1984-05-12",
    "email": "amina.personne@example.org",
    "last_name": "Personne",
    "birth_name": "Quelconque",
}
"""Of a person's record, what must go no further than the door."""


def ruby(moment: datetime) -> str:
    """As Ruby writes a time: `2027-01-12 09:30:00 +0100`."""
    return moment.astimezone(PARIS).strftime("%Y-%m-%d %H:%M:%S %z")


@dataclass
class Service:
    """One instance, with its state and its moods."""

    url: str = ""
    mood: str = "well"
    hang_s: float = 30.0
    """How long it hangs, unless released."""
    calls: list[tuple[str, str]] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    organisations: list[dict[str, Any]] = field(default_factory=list)
    with_openings: list[str] = field(default_factory=list)
    plans: dict[int, dict[str, Any]] = field(default_factory=dict)
    rdvs: dict[int, dict[str, Any]] = field(default_factory=dict)
    released: threading.Event = field(default_factory=threading.Event)

    def expire_sessions(self) -> None:
        """What happens to a session after a day."""
        self.sessions.clear()

    def called(self, path: str) -> int:
        """How many times this path was called."""
        return sum(called == path for _, called in self.calls)

    def books(self, number: int, starts_at: datetime) -> None:
        """An appointment that somebody takes there."""
        self.rdvs[number] = rdv_data(number, starts_at)


def rdv_data(number: int, starts_at: datetime) -> dict[str, Any]:
    """An appointment as its blueprint writes it, with the whole record of the person."""
    user = {
        "id": 900 + number,
        "first_name": "Amina",
        "phone_number": "06 12 34 56 78",
        "phone_number_formatted": "+33612345678",
        "notify_by_sms": True,
        "notify_by_email": True,
        **PRIVATE,
    }
    return {
        "id": number,
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "status": "unknown",
        "starts_at": ruby(starts_at),
        "ends_at": ruby(starts_at + timedelta(minutes=30)),
        "duration_in_min": 30,
        "address": "chez Madame Untel",
        "context": "Ne pas appeler au domicile",
        "cancelled_at": None,
        "max_participants_count": None,
        "users_count": 1,
        "collectif": False,
        "created_by": "user",
        "organisation": {"id": 12, "name": "PMI de Clichy", "phone_number": None, "email": None},
        "motif": {"id": 101, "name": "Première pesée", "location_type": "public_office", "service_id": 5},
        "users": [user],
        "participations": [{"id": 1, "status": "unknown", "send_reminder_notification": True, "user": user}],
        "agents": [{"id": 7, "email": "agent@example.org", "first_name": "Paule", "last_name": "Agent"}],
        "lieu": {"id": 34, "name": "PMI", "address": "", "phone_number": None, "single_use": False},
    }


def webhook(
    data: dict[str, Any], event: str, at: datetime, model: str = "Rdv", reason: str | None = None, iso: bool = False
) -> bytes:
    """The body of a webhook."""
    stamp = at.isoformat() if iso else ruby(at)
    meta = {"model": model, "event": event, "webhook_reason": reason, "timestamp": stamp}
    return json.dumps({"data": data, "meta": meta}, ensure_ascii=False).encode()


def sign(body: bytes, secret: str) -> str:
    """X-Lapin-Signature."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


@dataclass
class Sender:
    """Sends webhooks as their jobs do: signed, tried again after anything but a 2xx, a page of a firewall included."""

    target: str
    secret: str
    http: httpx.Client

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        """One attempt."""
        sent = {"Content-Type": "application/json; charset=utf-8", "X-Lapin-Signature": sign(body, self.secret)}
        return self.http.post(self.target, content=body, headers={**sent, **headers})

    def deliver(self, body: bytes, between: Callable[[int], None] = lambda attempt: None) -> int:
        """Attempts until one is taken, without their waits; how many it took."""
        for attempt in range(1, ATTEMPTS + 1):
            answer = self.post(body)
            if answer.is_success and "<html" not in answer.text.lower():
                return attempt
            between(attempt)
        raise AssertionError("never taken")

    def subscribe(self, service: Service, at: datetime) -> list[httpx.Response]:
        """What a new subscription brings: every record, as if it were just created."""
        return [self.post(webhook(rdv, "created", at)) for rdv in service.rdvs.values()]


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """An application on a real port of loopback; gives its address."""
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def rdv_service_public() -> Iterator[Service]:
    """The contract server, running."""
    service = Service()
    with running(application(service)) as url:
        service.url = url
        try:
            yield service
        finally:
            service.released.set()


def application(service: Service) -> FastAPI:
    """Its routes."""
    app = FastAPI()

    @app.middleware("http")
    async def moods(request: Request, call_next: Any) -> Response:
        service.calls.append((request.method, request.url.path))
        misbehaves = MOODS.get(service.mood)
        return await run_in_threadpool(misbehaves, service) if misbehaves else await call_next(request)

    @app.post("/api/v1/auth/sign_in")
    async def sign_in(request: Request) -> Response:
        given = await request.json()
        if (given.get("email"), given.get("password")) != (EMAIL, PASSWORD):
            return JSONResponse({"success": False, **NOT_SIGNED_IN}, 401)
        session = f"session-{service.called('/api/v1/auth/sign_in')}"
        service.sessions.add(session)
        headers = {"access-token": session, "client": "a-client", "uid": EMAIL, "expiry": "86400"}
        return JSONResponse({"data": {"email": EMAIL}}, headers=headers)

    @app.get("/api/v1/public_links")
    def public_links(territory: str | None = None) -> Response:
        if territory is None:
            return JSONResponse({"missing": "territory"}, 400)
        links = [
            {"external_id": one, "public_link": f"{service.url}/org/ext/{territory}/{one}"}
            for one in service.with_openings
        ]
        return JSONResponse({"public_links": links})

    @app.get("/api/v1/organisations")
    def organisations(request: Request, page: int = 1, city_code: str | None = None) -> Response:
        if not _signed(service, request):
            return JSONResponse(NOT_SIGNED_IN, 401)
        if city_code == "75056":
            return JSONResponse(FORBIDDEN, 403)
        return JSONResponse(_page("organisations", service.organisations, page))

    @app.get("/api/v1/agents/me")
    def me(request: Request) -> Response:
        return JSONResponse({"agent": {"id": 7}}) if _signed(service, request) else JSONResponse(NOT_SIGNED_IN, 401)

    @app.post("/api/v1/rdv_plans")
    async def create_plan(request: Request) -> Response:
        if not _signed(service, request):
            return JSONResponse(NOT_SIGNED_IN, 401)
        user = (await request.json())["user"]
        if not user.get("last_name"):
            errors = {"last_name": [{"error": "blank"}]}
            return JSONResponse(
                {"success": False, "errors": errors, "error_messages": ["last_name doit être rempli(e)"]}, 422
            )
        number = len(service.plans) + 23
        service.plans[number] = {
            "id": number,
            "user_id": 345,
            "url": f"{service.url}/agents/rdv_plans/{number}",
            "rdv": None,
        }
        return JSONResponse({"rdv_plan": service.plans[number]}, 201)

    @app.get("/api/v1/rdv_plans/{number}")
    def plan(request: Request, number: int) -> Response:
        if not _signed(service, request):
            return JSONResponse(NOT_SIGNED_IN, 401)
        if number not in service.plans:
            return JSONResponse({"not_found": "rdv_plan"}, 404)
        return JSONResponse({"rdv_plan": service.plans[number]})

    @app.post("/api/v1/rdvs")
    async def create_rdv(request: Request) -> Response:
        if not _signed(service, request):
            return JSONResponse(NOT_SIGNED_IN, 401)
        if datetime.fromisoformat((await request.json())["starts_at"]) > datetime.now(PARIS):
            message = "ne doit pas être utilisé pour créer des rendez-vous à venir"
            return JSONResponse({"errors": {"starts_at": [{"error": message}]}, "error_messages": [message]}, 422)
        return JSONResponse({"rdv": {"id": 1}}, 201)

    return app


def _signed(service: Service, request: Request) -> bool:
    """The three ways in: a session's headers, a token, and the signature that only rdv-insertion has."""
    headers = request.headers
    if headers.get("authorization") == f"Bearer {TOKEN}":
        return True
    if headers.get("uid") == EMAIL and headers.get("client") and headers.get("access-token") in service.sessions:
        return True
    return hmac.compare_digest(headers.get("x-agent-auth-signature", ""), agent_signature())


def agent_signature() -> str:
    """What rdv-insertion signs of the agent it acts for."""
    agent = {"id": 7, "first_name": "Paule", "last_name": "Agent", "email": EMAIL}
    return hmac.new(SHARED_KEY.encode(), json.dumps(agent).encode(), sha256).hexdigest()


def _page(name: str, records: list[dict[str, Any]], page: int) -> dict[str, Any]:
    pages = max(1, -(-len(records) // PER_PAGE))
    meta = {
        "current_page": page,
        "next_page": page + 1 if page < pages else None,
        "prev_page": page - 1 or None,
        "total_pages": pages,
        "total_count": len(records),
    }
    return {name: records[(page - 1) * PER_PAGE : page * PER_PAGE], "meta": meta}


def _hang(service: Service) -> Response:
    service.released.wait(service.hang_s)
    return JSONResponse({})


def _busy(service: Service) -> Response:
    headers = {"RateLimit-Limit": "50", "RateLimit-Remaining": "0", "Retry-After": "42"}
    return JSONResponse(BUSY, 429, headers)


def _dribble(service: Service) -> Response:
    def drops() -> Iterator[bytes]:
        while not service.released.wait(0.05):
            yield b" "

    return StreamingResponse(drops(), media_type="application/json")


def _zipped(service: Service) -> Response:
    return Response(b"\x1f\x8b", media_type="application/json", headers={"Content-Encoding": "gzip"})


MOODS: dict[str, Callable[[Service], Response]] = {
    "hangs": _hang,
    "busy": _busy,
    "dribbles": _dribble,
    "firewall": lambda service: HTMLResponse(FIREWALL),
    "fails": lambda service: JSONResponse({"errors": ["Unexpected internal error"]}, 500),
    "redirects": lambda service: RedirectResponse(f"{service.url}/elsewhere", 302),
    "huge": lambda service: Response(b"[" + b" " * (3 * 1024 * 1024), media_type="application/json"),
    "zipped": _zipped,
    "other shape": lambda service: JSONResponse({"organisations": "none", "public_links": None, "rdv_plan": 3}),
    "a list": lambda service: JSONResponse([1]),
    "endless": lambda service: JSONResponse({"organisations": [], "meta": {"next_page": 2}}),
}
