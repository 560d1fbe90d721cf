"""What is written to be told, in the transaction that changes an appointment."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.errors import TooManyRdv
from bot.booking.models import OutboxMessage
from bot.booking.moments import epoch_of
from bot.booking.views import RdvView
from bot.clock import PARIS
from tests.booking.conftest import SettableClock

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
MOBILE, LANDLINE, EMAIL = "+33612345678", "+33147150000", "awa@example.org"
Row = tuple[str, int, str, str]


def written(engine: Engine) -> list[Row]:
    with Session(engine, future=True) as session:
        messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(one.event, one.version, one.channel, one.state) for one in messages]


def in_days(agenda: Agenda, days: int, motif: str = MOTIF, lieu: str = LIEU) -> RdvView:
    after = agenda._clock() + timedelta(days=days)
    rdv = agenda.book(motif, lieu, agenda.next_slots(motif, lieu, after=after)[0].starts_at)
    assert isinstance(rdv, RdvView)
    return rdv


def test_without_contact_nothing_is_written(agenda: Agenda, engine: Engine) -> None:
    rdv = in_days(agenda, 7)
    agenda.attach_contact(rdv.code, "Awa", None)
    agenda.cancel(rdv.code)
    assert written(engine) == []


def test_a_contact_is_confirmed_and_recalled_on_each_channel(agenda: Agenda, engine: Engine) -> None:
    rdv = in_days(agenda, 7)
    for _ in range(2):
        agenda.attach_contact(rdv.code, "Awa", MOBILE, EMAIL)
    assert written(engine) == [
        ("confirmation", 0, "sms", "to_send"),
        ("reminder", 0, "sms", "to_send"),
        ("confirmation", 0, "email", "to_send"),
        ("reminder", 0, "email", "to_send"),
    ]
    with Session(engine, future=True) as session:
        reminders = session.scalars(select(OutboxMessage.due_at).where(OutboxMessage.event == "reminder"))
        assert set(reminders) == {epoch_of(rdv.starts_at) - 48 * 3600}


def test_a_landline_receives_no_text(agenda: Agenda, engine: Engine) -> None:
    agenda.attach_contact(in_days(agenda, 7).code, None, LANDLINE)
    assert written(engine) == []


def test_near_appointments_are_confirmed_but_not_recalled(agenda: Agenda, engine: Engine) -> None:
    agenda.attach_contact(in_days(agenda, 0).code, None, MOBILE)
    assert written(engine) == [("confirmation", 0, "sms", "to_send")]


def test_a_silent_motif_is_never_written_about(agenda: Agenda, engine: Engine) -> None:
    rdv = in_days(agenda, 7, "sante_sexuelle", "levallois-pmi-sante-sexuelle")
    agenda.attach_contact(rdv.code, "Awa", MOBILE, EMAIL)
    agenda.cancel(rdv.code, by="agent")
    assert written(engine) == []


def test_what_was_to_be_told_before_a_move_is_dropped(agenda: Agenda, engine: Engine) -> None:
    rdv = in_days(agenda, 7)
    agenda.attach_contact(rdv.code, None, MOBILE)
    later = agenda.next_slots(MOTIF, LIEU, after=rdv.starts_at + timedelta(days=2))[0]
    agenda.move(rdv.code, LIEU, later.starts_at)
    assert written(engine) == [
        ("confirmation", 0, "sms", "dropped"),
        ("reminder", 0, "sms", "dropped"),
        ("change", 1, "sms", "to_send"),
        ("reminder", 1, "sms", "to_send"),
    ]


@pytest.mark.parametrize(("by", "channels"), [("resident", {"email"}), ("agent", {"sms", "email"})])
def test_a_cancellation_is_told_to_those_who_did_not_make_it(
    agenda: Agenda, engine: Engine, by: str, channels: set[str]
) -> None:
    rdv = in_days(agenda, 7)
    agenda.attach_contact(rdv.code, None, MOBILE, EMAIL)
    cancelled = agenda.cancel(rdv.code, by=by)  # type: ignore[arg-type]
    assert cancelled.detail == {"resident": "excused", "agent": "revoked"}[by]
    to_send = [(event, channel) for event, _, channel, state in written(engine) if state == "to_send"]
    assert sorted(to_send) == sorted(("cancellation", channel) for channel in channels)


def test_after_the_start_nothing_is_confirmed(agenda: Agenda, engine: Engine, clock: SettableClock) -> None:
    rdv = in_days(agenda, 0)
    clock.moment = rdv.starts_at
    agenda.attach_contact(rdv.code, "Awa", MOBILE)
    assert written(engine) == []


def test_one_telephone_has_three_appointments_two_for_a_motif(agenda: Agenda) -> None:
    """Attack 34; a refused contact leaves the appointment as it was."""
    first, second, third = (in_days(agenda, day) for day in (1, 2, 3))
    agenda.attach_contact(first.code, "Awa", MOBILE)
    agenda.attach_contact(second.code, "Awa", MOBILE)
    with pytest.raises(TooManyRdv):
        agenda.attach_contact(third.code, "Awa", MOBILE)
    assert agenda.find(third.code) == third
    other = in_days(agenda, 1, "suivi_grossesse")
    agenda.attach_contact(other.code, "Awa", MOBILE)
    with pytest.raises(TooManyRdv):
        agenda.attach_contact(in_days(agenda, 2, "suivi_postnatal").code, "Awa", MOBILE)
    agenda.cancel(first.code)
    assert agenda.attach_contact(third.code, "Awa", MOBILE).phone == MOBILE


def test_one_conversation_makes_eight_appointments_in_a_day_cancelled_ones_too(
    agenda: Agenda, clock: SettableClock
) -> None:
    """Attack 35: taking and giving back for ever is as bad as keeping."""

    def again() -> None:
        rdv = agenda.book(MOTIF, LIEU, agenda.next_slots(MOTIF, LIEU)[0].starts_at, "c")
        assert isinstance(rdv, RdvView)
        agenda.cancel(rdv.code)

    for _ in range(8):
        again()
    with pytest.raises(TooManyRdv):
        again()
    clock.moment = datetime(2027, 1, 12, 8, 1, tzinfo=PARIS)
    again()
