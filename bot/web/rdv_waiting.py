"""The waiting list on an appointment's page: be told of an earlier time, take it, or keep one's own."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from bot.booking.errors import CannotWait, NothingOffered, SlotRefused, TooLateToMove
from bot.booking.views import RdvView
from bot.web.rdv_gate import PATH, SEE_OTHER, Opened, Rooms

router = APIRouter(prefix=PATH, include_in_schema=False)


@router.post("/{code}/liste-attente")
def join(rdv: Opened, rooms: Rooms) -> Response:
    """Be told of earlier times."""
    try:
        rooms.agenda.join_waiting_list(rdv.code)
    except CannotWait:
        return _back_to(rdv, "")
    return _back_to(rdv, "prevenu")


@router.post("/{code}/liste-attente/quitter")
def leave(rdv: Opened, rooms: Rooms) -> Response:
    """Be told of nothing more."""
    rooms.agenda.leave_waiting_list(rdv.code)
    return _back_to(rdv, "plus_prevenu")


@router.post("/{code}/plus-tot/accepter")
def accept(rdv: Opened, rooms: Rooms) -> Response:
    """Come at the earlier time that is kept for this person."""
    try:
        rooms.agenda.accept_earlier_slot(rdv.code)
    except (NothingOffered, SlotRefused, TooLateToMove):
        return _back_to(rdv, "trop_tard")
    return _back_to(rdv, "deplace")


@router.post("/{code}/plus-tot/garder")
def keep(rdv: Opened, rooms: Rooms) -> Response:
    """Leave the earlier time to somebody else."""
    rooms.agenda.decline_earlier_slot(rdv.code)
    return _back_to(rdv, "garde")


def _back_to(rdv: RdvView, done: str) -> Response:
    return RedirectResponse(f"{PATH}/{rdv.code}?fait={done}" if done else f"{PATH}/{rdv.code}", SEE_OTHER)
