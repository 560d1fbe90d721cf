"""A booking's own pages: see it, take its calendar file, cancel it. The code is the only key."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.booking.calendar import calendar_file
from bot.booking.errors import TooLateToCancel
from bot.booking.views import RdvView
from bot.directory.hours import spoken_date
from bot.web import limits
from bot.web.errors import ApiError
from bot.web.pages import render
from bot.web.services import Services, services

SEE_OTHER = 303
router = APIRouter(prefix="/rdv", include_in_schema=False)
Rooms = Annotated[Services, Depends(services)]


@router.get("/{code}.ics")
def calendar(request: Request, code: str, rooms: Rooms) -> Response:
    """The appointment as a calendar file."""
    rdv = _rdv(request, code, rooms)
    content = calendar_file(rdv, rooms.motifs[rdv.motif], rooms.renderer.place(rdv.lieu), rooms.clock())
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/{code}")
def see(request: Request, code: str, rooms: Rooms) -> HTMLResponse:
    """The appointment."""
    rdv = _rdv(request, code, rooms)
    return render(request, "rdv.html", rdv=shown(rdv, rooms), can_cancel=rooms.clock() < rdv.starts_at)


@router.get("/{code}/annuler")
def ask_before_cancelling(request: Request, code: str, rooms: Rooms) -> HTMLResponse:
    """One more question, and a button: a mail scanner that opens links cancels nothing."""
    return render(request, "rdv_annuler.html", rdv=shown(_rdv(request, code, rooms), rooms))


@router.post("/{code}/annuler")
def cancel(request: Request, code: str, rooms: Rooms) -> Response:
    """Cancel, then show the appointment as it stands."""
    rdv = _rdv(request, code, rooms)
    try:
        rooms.agenda.cancel(rdv.code)
    except TooLateToCancel:
        return render(request, "rdv.html", rdv=shown(rdv, rooms), can_cancel=False, status_code=409)
    return RedirectResponse(f"/rdv/{rdv.code}", SEE_OTHER)


def shown(rdv: RdvView, rooms: Services) -> dict[str, object]:
    """An appointment as pages show it."""
    motif = rooms.motifs[rdv.motif]
    return {
        "code": rdv.code,
        "motif": motif.libelle,
        "place": rooms.renderer.place(rdv.lieu),
        "address_known": bool(rooms.directory.structure(rdv.lieu).address),
        "starts_at_text": spoken_date(rdv.starts_at),
        "duration_min": rdv.duration_min,
        "status": rdv.status,
        "papers": motif.papiers,
        "first_name": rdv.first_name,
    }


def _rdv(request: Request, code: str, rooms: Services) -> RdvView:
    """The appointment of this code; trying codes is limited by address. Raises ApiError 404 or 429."""
    address = limits.address_of(request)
    rooms.limits.require(limits.WRONG_CODES, address)
    rdv = rooms.agenda.find(code)
    if rdv is None:
        rooms.limits.spend(limits.WRONG_CODES, address)
        raise ApiError(404)
    return rdv
