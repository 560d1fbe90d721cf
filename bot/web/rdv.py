"""An appointment's own page: see it, take its calendar file, cancel it."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.booking.calendar import calendar_file
from bot.booking.errors import TooLateToCancel
from bot.booking.moments import epoch_of
from bot.booking.reminders import reminder_due
from bot.booking.views import RdvView, Waiting
from bot.directory.hours import spoken_date
from bot.web.pages import render
from bot.web.rdv_gate import PATH, SEE_OTHER, Opened, Rooms
from bot.web.rdv_shown import can_change, is_silent, place_of, shown
from bot.web.second_factor import question_of
from bot.web.services import Services

VERY_SOON = timedelta(hours=4)
"""Nearer than that, whoever cancels is asked to call too: somebody may still be found for the time (booking.md 33)."""
DONE = ("deplace", "coordonnees", "prevenu", "plus_prevenu", "garde", "trop_tard")
"""What may just have been done, said on top of the page."""

WAYS = {"sms": "un numéro de portable", "email": "une adresse e-mail"}
"""What one leaves to be written to."""

router = APIRouter(prefix=PATH, include_in_schema=False)


@router.get("/{code}.ics")
def calendar(rdv: Opened, rooms: Rooms) -> Response:
    """The appointment as a calendar file."""
    content = calendar_file(rdv, rooms.motifs.get(rdv.motif), place_of(rdv, rooms), rooms.clock())
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/{code}")
def see(request: Request, rdv: Opened, rooms: Rooms, fait: str = "") -> Response:
    """The appointment."""
    return page_of(request, rdv, rooms, done=fait)


@router.get("/{code}/annuler")
def ask_before_cancelling(request: Request, rdv: Opened, rooms: Rooms) -> Response:
    """One more question, and a button: a mail scanner that opens links cancels nothing."""
    if not can_change(rdv, rooms):
        return RedirectResponse(f"{PATH}/{rdv.code}", SEE_OTHER)
    return render(request, "rdv_annuler.html", rdv=shown(rdv, rooms), very_soon=_very_soon(rdv, rooms))


@router.post("/{code}/annuler")
def cancel(request: Request, rdv: Opened, rooms: Rooms) -> Response:
    """Cancel, then show the appointment as it stands."""
    try:
        rooms.agenda.cancel(rdv.code)
    except TooLateToCancel:
        return page_of(request, rdv, rooms, status_code=409)
    return RedirectResponse(f"{PATH}/{rdv.code}", SEE_OTHER)


def page_of(request: Request, rdv: RdvView, rooms: Services, status_code: int = 200, done: str = "") -> Response:
    """The page of the appointment, as it stands."""
    changeable = can_change(rdv, rooms)
    return render(
        request,
        "rdv.html",
        status_code=status_code,
        rdv=shown(rdv, rooms),
        done=done if done in DONE else "",
        refused=status_code != 200,
        can_cancel=changeable,
        can_move=changeable and may_be_moved(rdv, rooms),
        contact=_contact(rdv, rooms) if changeable and not is_silent(rdv, rooms) else None,
        waiting=_shown_waiting(rooms.agenda.waiting(rdv.code)) if changeable else None,
        remembered=question_of(rdv) is not None,
    )


def may_be_moved(rdv: RdvView, rooms: Services) -> bool:
    """Whether residents choose another time of this motif by themselves."""
    motif = rooms.motifs.get(rdv.motif)
    return motif is not None and motif.backend == "local" and motif.bookable_by == "everyone"


def _contact(rdv: RdvView, rooms: Services) -> dict[str, object]:
    due = reminder_due(epoch_of(rdv.starts_at), epoch_of(rooms.clock()))
    return {
        "given": bool(rdv.first_name or rdv.phone or rdv.email),
        "reachable": bool(
            ("sms" in rooms.agenda.writes and rdv.phone) or ("email" in rooms.agenda.writes and rdv.email)
        ),
        "recalled": due is not None,
        "writes": [WAYS[way] for way in ("sms", "email") if way in rooms.agenda.writes],
    }


def _shown_waiting(waiting: Waiting) -> dict[str, object]:
    return {
        "possible": waiting.possible,
        "listed": waiting.listed,
        "lacks_contact": waiting.lacks_contact,
        "offered": spoken_date(waiting.offered) if waiting.offered else None,
        "until": spoken_date(waiting.until) if waiting.until else None,
    }


def _very_soon(rdv: RdvView, rooms: Services) -> bool:
    return rdv.starts_at - rooms.clock() < VERY_SOON
