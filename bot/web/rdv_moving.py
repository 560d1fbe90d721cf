"""Moving an appointment: the free times by day, one confirmation with the old time and the new, then the move."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.booking.errors import MotifNotOffered, SlotRefused, TooLateToMove
from bot.booking.moments import paris_moment
from bot.booking.slots import Slot
from bot.booking.views import RdvView, SlotTaken
from bot.directory.hours import spoken_date, spoken_day, spoken_time
from bot.web import limits
from bot.web.pages import render
from bot.web.rdv import may_be_moved, page_of
from bot.web.rdv_gate import PATH, SEE_OTHER, FormText, Opened, Rooms
from bot.web.rdv_shown import can_change, has_address, place_of, shown
from bot.web.services import Services

DAYS_ON_A_PAGE = 5
SLOTS_OF_A_PAGE = 500
"""A hundred starts in a day: more than a day of five-minute steps has in its opening hours."""
LAST_PAGE = 30
TAKEN, NOT_OFFERED = "taken", "not_offered"
_EPOCH = re.compile(r"[0-9]{1,10}")

router = APIRouter(prefix=PATH, include_in_schema=False)


@dataclass(frozen=True)
class Time:
    """A free time, as the list shows it."""

    start: int
    hour: str


@dataclass(frozen=True)
class Day:
    """The free times of one day."""

    name: str
    times: tuple[Time, ...]


@router.get("/{code}/deplacer")
def choose(request: Request, rdv: Opened, rooms: Rooms, lieu: str = "", page: str = "1") -> Response:
    """The free times, at the present site unless another is asked for."""
    return _list(request, rdv, rooms, lieu, page)


@router.get("/{code}/deplacer/confirmer")
def confirm(request: Request, rdv: Opened, rooms: Rooms, lieu: str = "", debut: str = "") -> Response:
    """The old time and the new one, and a button: looking moves nothing."""
    start = _moment(debut)
    if not (can_change(rdv, rooms) and lieu in _sites(rdv, rooms) and start and _is_free(rdv, rooms, lieu, start)):
        return _list(request, rdv, rooms, lieu, refused=NOT_OFFERED)
    chosen = {
        "start": int(start.timestamp()),
        "lieu": lieu,
        "starts_at_text": spoken_date(start),
        "place": place_of(rdv, rooms, lieu),
        "elsewhere": lieu != rdv.lieu,
        "address_known": has_address(lieu, rooms),
    }
    return render(request, "rdv_confirmer.html", rdv=shown(rdv, rooms), chosen=chosen)


@router.post("/{code}/deplacer")
def move(request: Request, rdv: Opened, rooms: Rooms, lieu: FormText = "", debut: FormText = "") -> Response:
    """Move it, then show it; whatever is refused, the next free times are listed, and nothing has changed."""
    start = _moment(debut)
    if start is None or lieu not in _sites(rdv, rooms):
        return _list(request, rdv, rooms, lieu, refused=NOT_OFFERED)
    rooms.limits.spend(limits.CHANGES, rdv.code)
    try:
        moved = rooms.agenda.move(rdv.code, lieu, start)
    except (SlotRefused, MotifNotOffered):
        return _list(request, rdv, rooms, lieu, refused=NOT_OFFERED)
    except TooLateToMove:
        return page_of(request, rdv, rooms, status_code=409)
    if isinstance(moved, SlotTaken):
        return _list(request, rdv, rooms, lieu, refused=TAKEN)
    return RedirectResponse(f"{PATH}/{rdv.code}?fait=deplace", SEE_OTHER)


def _list(
    request: Request, rdv: RdvView, rooms: Services, lieu: str, page: str = "1", refused: str | None = None
) -> Response:
    """The free times of one site, five days at a time."""
    if not (can_change(rdv, rooms) and may_be_moved(rdv, rooms)):
        return page_of(request, rdv, rooms, status_code=409)
    sites, number = _sites(rdv, rooms), _page_number(page)
    at = lieu if lieu in sites else sites[0]
    slots = rooms.agenda.next_slots(rdv.motif, at, limit=number * SLOTS_OF_A_PAGE, asker=rdv.conversation_id)
    days = _by_day(slots)
    first = (number - 1) * DAYS_ON_A_PAGE
    return render(
        request,
        "rdv_deplacer.html",
        status_code=409 if refused else 200,
        rdv=shown(rdv, rooms),
        refused=refused,
        site={"id": at, "place": place_of(rdv, rooms, at)},
        others=[{"id": other, "place": place_of(rdv, rooms, other)} for other in sites if other != at],
        days=days[first : first + DAYS_ON_A_PAGE],
        page=number,
        later=len(days) > first + DAYS_ON_A_PAGE,
    )


def _sites(rdv: RdvView, rooms: Services) -> list[str]:
    """The sites of the motif, its own first."""
    motif = rooms.motifs.get(rdv.motif)
    return sorted(motif.sites, key=lambda site: site != rdv.lieu) if motif else []


def _is_free(rdv: RdvView, rooms: Services, lieu: str, start: datetime) -> bool:
    """Whether the list has this time, now."""
    just_before = start - timedelta(seconds=1)
    try:
        first = rooms.agenda.next_slots(rdv.motif, lieu, after=just_before, limit=1, asker=rdv.conversation_id)
    except MotifNotOffered:
        return False
    return [slot.starts_at for slot in first] == [start]


def _by_day(slots: Sequence[Slot]) -> list[Day]:
    grouped = groupby(slots, key=lambda slot: slot.starts_at.date())
    return [_day(list(of_the_day)) for _, of_the_day in grouped]


def _day(slots: Sequence[Slot]) -> Day:
    times = (Time(slot.start, spoken_time(slot.starts_at)) for slot in slots)
    return Day(spoken_day(slots[0].starts_at), tuple(times))


def _moment(text: str) -> datetime | None:
    """The time that a list offered; None for whatever no list of ours ever held."""
    return paris_moment(int(text)) if _EPOCH.fullmatch(text) else None


def _page_number(text: str) -> int:
    return min(int(text), LAST_PAGE) if re.fullmatch(r"[1-9][0-9]{0,3}", text) else 1
