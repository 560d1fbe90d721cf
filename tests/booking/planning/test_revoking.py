"""Cancelling many appointments for the service: exactly those chosen, told, all or none (booking.md 6.6, 35)."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.models import OutboxMessage, SlotClaim
from bot.booking.motifs import MotifEntry
from bot.booking.planning import refusals
from bot.booking.planning.revoking import Choice, Revocations
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.database import engine_for, migrate
from tests.booking.conftest import SettableClock

LIEU, MONDAY, TUESDAY = "pole-clichy", date(2027, 1, 11), date(2027, 1, 12)


@pytest.fixture
def revocations(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Revocations:
    return Revocations(engine, clock, motifs, timer=lambda: clock().timestamp())


def booked(agenda: Agenda, day: int, hour: int, motif: str = "premiere_pesee", lieu: str = LIEU) -> RdvView:
    rdv = agenda.book(motif, lieu, datetime(2027, 1, day, hour, tzinfo=PARIS))
    assert isinstance(rdv, RdvView)
    return rdv


def test_a_day_of_a_motif_is_shown_first_then_cancelled_and_told(
    agenda: Agenda, revocations: Revocations, engine: Engine
) -> None:
    later, sooner = booked(agenda, 12, 11), booked(agenda, 12, 9)
    booked(agenda, 12, 9, "vaccination_enfant")
    booked(agenda, 12, 9, lieu="levallois-pmi-sante-sexuelle")
    booked(agenda, 13, 9)
    gone = booked(agenda, 12, 10)
    agenda.cancel(gone.code)
    for rdv in (later, sooner):
        agenda.attach_contact(rdv.code, "Awa", "+33612345678")
    choice = Choice(lieu=LIEU, day=TUESDAY, motif="premiere_pesee")

    shown = revocations.concerned(choice)
    assert [rdv.code for rdv in shown] == [sooner.code, later.code]
    assert {rdv.status for rdv in shown} == {"confirmed"}
    assert [(rdv.code, rdv.detail) for rdv in revocations.revoke(choice)] == [
        (sooner.code, "revoked"),
        (later.code, "revoked"),
    ]
    assert revocations.concerned(choice) == revocations.revoke(choice) == []
    with Session(engine, future=True) as session:
        waiting = session.scalars(select(OutboxMessage.event).where(OutboxMessage.state == "to_send")).all()
        assert waiting == ["cancellation"] * 2
        assert session.scalar(select(func.count()).select_from(SlotClaim)) == 3 * 6
    assert booked(agenda, 12, 9).status == "confirmed"


def test_a_day_without_motif_is_the_whole_day_that_is_left(
    agenda: Agenda, revocations: Revocations, clock: SettableClock
) -> None:
    begun, coming, other = booked(agenda, 11, 9), booked(agenda, 11, 11), booked(agenda, 11, 11, "suivi_grossesse")
    clock.moment = begun.starts_at
    assert {rdv.code for rdv in revocations.revoke(Choice(lieu=LIEU, day=MONDAY))} == {coming.code, other.code}
    assert agenda.find(begun.code) == begun


def test_codes_are_cancelled_all_or_none(agenda: Agenda, revocations: Revocations, clock: SettableClock) -> None:
    begun, coming, gone = booked(agenda, 11, 9), booked(agenda, 12, 9), booked(agenda, 12, 10)
    agenda.cancel(gone.code)
    clock.moment = begun.starts_at
    for codes, reason in (
        ((coming.code, begun.code), refusals.CannotRevoke),
        ((coming.code, "CDFH-JKMN-PQ"), refusals.NoSuchRdv),
        ((coming.code, "' OR 1=1 --"), refusals.NoSuchRdv),
    ):
        for action in (revocations.concerned, revocations.revoke):
            with pytest.raises(reason):
                action(Choice(codes))
    assert agenda.find(coming.code) == coming
    typed = coming.code.lower().replace("-", " ")
    assert [rdv.code for rdv in revocations.revoke(Choice((typed, coming.code, gone.code)))] == [coming.code]


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (Choice(), refusals.NothingChosen),
        (Choice(lieu=LIEU), refusals.NothingChosen),
        (Choice(day=TUESDAY), refusals.NothingChosen),
        (Choice(motif="premiere_pesee", day=TUESDAY), refusals.NothingChosen),
        (Choice(lieu="pole-issy", day=TUESDAY), refusals.NoSuchLieu),
        (Choice(lieu=LIEU, day=TUESDAY, motif="coiffeur"), refusals.NoSuchMotif),
    ],
)
def test_nothing_is_cancelled_by_a_vague_choice(
    sqlite_revocations: Revocations, choice: Choice, reason: type[Exception]
) -> None:
    with pytest.raises(reason):
        sqlite_revocations.revoke(choice)


@pytest.fixture
def sqlite_revocations(sqlite_url: str, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Revocations:
    migrate(sqlite_url)
    return Revocations(engine_for(sqlite_url), clock, motifs)


def test_of_a_silent_motif_nothing_is_written(agenda: Agenda, revocations: Revocations, engine: Engine) -> None:
    rdv = booked(agenda, 12, 9, "sante_sexuelle", "levallois-pmi-sante-sexuelle")
    agenda.attach_contact(rdv.code, "Awa", "+33612345678")
    assert [one.detail for one in revocations.revoke(Choice((rdv.code,)))] == ["revoked"]
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
