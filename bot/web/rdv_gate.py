"""Who may open an appointment: whoever has its code, and can answer for it once it belongs to somebody.

Every page of an appointment asks for `Opened`, so that none can be seen, and nothing done, before the question.
"""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.booking.codes import parse_code
from bot.booking.views import RdvView
from bot.web import limits
from bot.web.errors import ApiError
from bot.web.pages import is_secure, render
from bot.web.passes import PASS_S
from bot.web.second_factor import is_right, question_of
from bot.web.services import Services, services

SEE_OTHER = 303
PATH = "/rdv"
COOKIES = "rdv_"
ASKED_FROM = ("/annuler", "/deplacer", "/coordonnees")
"""Where one goes on after the answer; from elsewhere, to the page itself."""

router = APIRouter(prefix=PATH, include_in_schema=False)
Rooms = Annotated[Services, Depends(services)]
FormText = Annotated[str, Form(max_length=1_000)]


class Stopped(Exception):
    """The gate answers in place of the page."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


async def answer_stopped(request: Request, stopped: Exception) -> Response:
    """What the gate answered."""
    assert isinstance(stopped, Stopped)
    return stopped.answer


@router.post("/oublier")
def forget_this_browser(request: Request) -> Response:
    """Ask again of whoever comes next in this browser: for shared screens, and for "Quitter vite"."""
    page = RedirectResponse("/", SEE_OTHER)
    for name in request.cookies:
        if name.startswith(COOKIES):
            page.delete_cookie(name, path=PATH, httponly=True, samesite="lax", secure=is_secure(request))
    return page


def found(request: Request, code: str, rooms: Rooms) -> RdvView:
    """The appointment of this code; trying codes is limited. Raises ApiError 404 or 429."""
    rdv = rooms.agenda.find(code)
    if rdv is not None and _has_pass(request, rdv, rooms):
        return rdv
    address, all_together = limits.address_of(request), "everybody"
    rooms.limits.require(limits.WRONG_CODES, address)
    rooms.limits.require(limits.WRONG_CODES_IN_AN_HOUR, address)
    rooms.limits.require(limits.WRONG_CODES_ANYWHERE, all_together)
    if rdv is not None:
        return rdv
    if parse_code(code) is not None:
        rooms.limits.spend(limits.WRONG_CODES_ANYWHERE, all_together)
    rooms.limits.spend(limits.WRONG_CODES, address)
    rooms.limits.spend(limits.WRONG_CODES_IN_AN_HOUR, address)
    raise ApiError(404)


Found = Annotated[RdvView, Depends(found)]


def opened(request: Request, rdv: Found, rooms: Rooms) -> RdvView:
    """The appointment, for a browser that may see it. Raises what `found` raises, or Stopped."""
    key = request.query_params.get("cle")
    if key is not None and request.method == "GET":
        raise Stopped(_without_key(request, rdv, key, rooms))
    if question_of(rdv) is not None and not _has_pass(request, rdv, rooms):
        raise Stopped(_question(request, rdv, rooms, then=_asked_from(request)))
    return rdv


Opened = Annotated[RdvView, Depends(opened)]


@router.post("/{code}/verifier")
def verify(request: Request, rdv: Found, rooms: Rooms, reponse: FormText = "", suite: FormText = "") -> Response:
    """Check the answer; it is counted before it is read, so that many at once are not more tries."""
    then = suite if suite in ASKED_FROM else ""
    page = RedirectResponse(f"{PATH}/{rdv.code}{then}", SEE_OTHER)
    if question_of(rdv) is None:
        return page
    if rooms.limits.reached(limits.WRONG_ANSWERS, rdv.code):
        return _question(request, rdv, rooms, then)
    rooms.limits.spend(limits.WRONG_ANSWERS, rdv.code)
    if not is_right(rdv, reponse):
        return _question(request, rdv, rooms, then, wrong=True)
    rooms.limits.forget(limits.WRONG_ANSWERS, rdv.code)
    remember(page, request, rdv, rooms)
    return page


def remember(page: Response, request: Request, rdv: RdvView, rooms: Services) -> None:
    """Let this browser in for half an hour, for the appointment as it now stands."""
    page.set_cookie(
        _cookie_of(rdv),
        rooms.passes.give(rdv),
        max_age=PASS_S,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )


def _question(request: Request, rdv: RdvView, rooms: Services, then: str, wrong: bool = False) -> Response:
    """The question, or that it can't be asked for now; nothing of the appointment but the code that was typed."""
    locked = rooms.limits.reached(limits.WRONG_ANSWERS, rdv.code)
    facts = {"code": rdv.code, "asked": question_of(rdv), "then": then, "wrong": wrong, "locked": locked}
    page = render(request, "rdv_question.html", status_code=429 if locked else 403, **facts)
    if locked:
        page.headers["Retry-After"] = str(limits.WRONG_ANSWERS.get_expiry())
    return page


def _without_key(request: Request, rdv: RdvView, key: str, rooms: Services) -> Response:
    """The same address without the key, which stays in no history; a good one lets this browser in."""
    suffix = ".ics" if request.url.path.endswith(".ics") else ""
    page = RedirectResponse(f"{PATH}/{rdv.code}{suffix}", SEE_OTHER)
    if rooms.passes.opens(key, rdv):
        remember(page, request, rdv, rooms)
    return page


def _asked_from(request: Request) -> str:
    suffix = "/" + request.url.path.rsplit("/", 1)[-1]
    return suffix if suffix in ASKED_FROM else ""


def _has_pass(request: Request, rdv: RdvView, rooms: Services) -> bool:
    return rooms.passes.admits(request.cookies.get(_cookie_of(rdv), ""), rdv)


def _cookie_of(rdv: RdvView) -> str:
    """One cookie for each appointment, whose name tells nothing of its code."""
    return COOKIES + sha256(rdv.code.encode()).hexdigest()[:16]
