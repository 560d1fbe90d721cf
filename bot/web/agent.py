"""The agents' door: sign in, see who waits and the coming appointments, sign out. The console is a later work."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.dialogue.handover import Waiting
from bot.directory.hours import spoken_date
from bot.web import limits
from bot.web.accounts import SignedAgent
from bot.web.errors import ApiError
from bot.web.pages import is_secure, render
from bot.web.rdv_shown import shown
from bot.web.services import Services, services

SEE_OTHER = 303
SESSION_COOKIE, FORM_COOKIE = "agent", "agent_form"
SHOWN_RDVS = 200
URGENCY_WORDS = {"emergency": "urgence", "soon": "à voir vite", "none": "peut attendre"}
CHANNEL_WORDS = {"web": "site", "sms": "SMS", "agent": "agent"}
REFUSED = "Identifiant ou mot de passe incorrect."

router = APIRouter(prefix="/agent", include_in_schema=False)
Rooms = Annotated[Services, Depends(services)]
FormText = Annotated[str, Form(max_length=200)]


@router.get("")
def home(request: Request, rooms: Rooms) -> Response:
    """Who waits and the coming appointments, for a signed-in agent; the sign-in form for anyone else."""
    agent = _signed_in(request, rooms)
    if agent is None:
        return _form(request, rooms)
    rdvs = [shown(rdv, rooms) for rdv in rooms.agenda.coming(SHOWN_RDVS)]
    waiting = [_shown_waiting(one, rooms) for one in rooms.handovers.waiting()]
    page = render(request, "agent.html", agent_name=agent.name, rdvs=rdvs, waiting=waiting, csrf=_form_token(request))
    _keep_form_token(page, request)
    return page


@router.post("/connexion")
def sign_in(request: Request, rooms: Rooms, identifiant: FormText, mot_de_passe: FormText, csrf: FormText) -> Response:
    """Check the password; the same words refuse an unknown login and a wrong password."""
    _check_form(request, csrf)
    _limit_sign_ins(request, rooms, identifiant)
    agent = rooms.accounts.sign_in(identifiant, mot_de_passe)
    if agent is None:
        return _form(request, rooms, status_code=401, error=REFUSED, identifiant=identifiant)
    page = RedirectResponse("/agent", SEE_OTHER)
    _set_cookie(page, request, SESSION_COOKIE, rooms.sessions.open(agent.login))
    _set_cookie(page, request, FORM_COOKIE, _new_form_token())  # one planted before the sign-in is worth nothing
    return page


@router.post("/personne-aidee")
def close_handover(request: Request, rooms: Rooms, code: FormText, csrf: FormText) -> Response:
    """Take a person off the list of those who wait, once helped."""
    _check_form(request, csrf)
    if _signed_in(request, rooms) is None:
        raise ApiError(403)
    rooms.handovers.close(code)
    return RedirectResponse("/agent", SEE_OTHER)


@router.post("/deconnexion")
def sign_out(request: Request, rooms: Rooms, csrf: FormText) -> Response:
    """End the session, on the server too: a copy of its cookie opens nothing."""
    _check_form(request, csrf)
    rooms.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
    page = RedirectResponse("/agent", SEE_OTHER)
    for name in (SESSION_COOKIE, FORM_COOKIE):
        page.delete_cookie(name, path="/agent", httponly=True, samesite="strict", secure=is_secure(request))
    return page


def _shown_waiting(one: Waiting, rooms: Services) -> dict[str, object]:
    """Somebody who waits, as the page shows them."""
    passed = one.passed
    return {
        "code": one.code,
        "since": spoken_date(one.asked_at),
        "urgency": URGENCY_WORDS[passed.urgency],
        "needs": ", ".join(rooms.table[need].label for need in passed.needs if need in rooms.table),
        "commune": passed.commune or "non dite",
        "beneficiary": passed.beneficiary or "non dit",
        "channel": CHANNEL_WORDS[one.channel],
    }


def _limit_sign_ins(request: Request, rooms: Services, login: str) -> None:
    address = limits.address_of(request)
    rooms.limits.spend(limits.SIGN_INS_FROM, address)
    rooms.limits.spend(limits.SIGN_INS, login, address)
    rooms.limits.spend(limits.SIGN_INS_ANYWHERE, login)


def _form(request: Request, rooms: Services, status_code: int = 200, **context: object) -> Response:
    page = render(request, "connexion.html", status_code=status_code, csrf=_form_token(request), **context)
    _keep_form_token(page, request)
    return page


def _signed_in(request: Request, rooms: Services) -> SignedAgent | None:
    token = request.cookies.get(SESSION_COOKIE)
    return rooms.sessions.agent(token) if token else None


def _form_token(request: Request) -> str:
    """The token that ties a form to this browser; made once per browser."""
    if not hasattr(request.state, "form_token"):
        request.state.form_token = request.cookies.get(FORM_COOKIE) or _new_form_token()
    token: str = request.state.form_token
    return token


def _new_form_token() -> str:
    return secrets.token_urlsafe(24)


def _keep_form_token(page: Response, request: Request) -> None:
    _set_cookie(page, request, FORM_COOKIE, _form_token(request))


def _check_form(request: Request, csrf: str) -> None:
    kept = request.cookies.get(FORM_COOKIE, "")
    if not kept or not secrets.compare_digest(kept.encode(), csrf.encode()):
        raise ApiError(403)


def _set_cookie(page: Response, request: Request, name: str, value: str) -> None:
    page.set_cookie(name, value, httponly=True, samesite="strict", secure=is_secure(request), path="/agent")
