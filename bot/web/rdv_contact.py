"""The first name, mobile and e-mail that an appointment's messages need: left, changed, erased by its owner."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.booking.errors import TooManyRdv
from bot.booking.views import RdvView
from bot.privacy.typed_contact import TypedContact, read_contact
from bot.web import limits
from bot.web.pages import render
from bot.web.rdv_gate import PATH, SEE_OTHER, Opened, Rooms, remember
from bot.web.rdv_shown import can_change, is_silent, shown
from bot.web.second_factor import question_of
from bot.web.services import Services

FIELDS = ("first_name", "phone", "email")
TOO_MANY = "too_many"
Typed = Annotated[str, Form()]
"""Whatever its length: the reader of the field says what is wrong, and a body is at most 16 KiB."""

router = APIRouter(prefix=PATH, include_in_schema=False)


@router.get("/{code}/coordonnees")
def ask(request: Request, rdv: Opened, rooms: Rooms) -> Response:
    """The form; of what is kept it shows the end only, for who reads over a shoulder."""
    return _form(request, rdv, rooms)


@router.post("/{code}/coordonnees")
def keep(
    request: Request,
    rdv: Opened,
    rooms: Rooms,
    prenom: Typed = "",
    portable: Typed = "",
    courriel: Typed = "",
    effacer: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Keep what was typed, erase what was ticked, leave the rest as it is."""
    if not _may_be_given(rdv, rooms):
        return RedirectResponse(f"{PATH}/{rdv.code}", SEE_OTHER)
    typed, written = (
        read_contact(prenom, portable, courriel),
        dict(zip(FIELDS, (prenom, portable, courriel), strict=True)),
    )
    if typed.faults:
        return _form(request, rdv, rooms, written, dict(typed.faults))
    rooms.limits.spend(limits.CHANGES, rdv.code)
    try:
        kept = rooms.agenda.attach_contact(rdv.code, *_kept(rdv, typed, set(effacer or ())))
    except TooManyRdv:
        return _form(request, rdv, rooms, written, {"phone": TOO_MANY})
    page = RedirectResponse(f"{PATH}/{rdv.code}?fait=coordonnees", SEE_OTHER)
    if question_of(kept) is not None:
        remember(page, request, kept, rooms)
    return page


def _kept(rdv: RdvView, typed: TypedContact, erased: set[str]) -> list[str | None]:
    """Each field: what was typed, else what stood there unless it was ticked."""
    return [getattr(typed, field) or (None if field in erased else getattr(rdv, field)) for field in FIELDS]


def _form(
    request: Request,
    rdv: RdvView,
    rooms: Services,
    written: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> Response:
    if not _may_be_given(rdv, rooms):
        return RedirectResponse(f"{PATH}/{rdv.code}", SEE_OTHER)
    return render(
        request,
        "rdv_coordonnees.html",
        status_code=422 if faults else 200,
        rdv=shown(rdv, rooms),
        written=written or dict.fromkeys(FIELDS, ""),
        faults=faults or {},
        known=_known(rdv),
    )


def _may_be_given(rdv: RdvView, rooms: Services) -> bool:
    """Nothing is written about a silent motif, nor once an appointment has begun: nothing is then asked for either."""
    return can_change(rdv, rooms) and not is_silent(rdv, rooms)


def _known(rdv: RdvView) -> dict[str, str]:
    """What is kept, told so that its owner knows it again and nobody else learns it."""
    name, phone, (local, _, domain) = rdv.first_name, rdv.phone, (rdv.email or "").partition("@")
    told = {
        "first_name": "déjà donné" if name else "",
        "phone": f"se termine par {phone[-2:]}" if phone else "",
        "email": f"{local[0]}…@{domain}" if local else "",
    }
    return {field: words for field, words in told.items() if words}
