"""The copies, on both databases: whatever the order, the repeats and the rush of webhooks, the newest word stands."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.caps import MAX_LIVE
from bot.booking.demo import fill_demo
from bot.booking.errors import MotifNotOffered, TooLateToCancel, TooLateToMove
from bot.booking.models import RdvEvent
from bot.booking.motifs import MotifEntry, load_motifs, store_motifs
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.database import engine_for, migrate
from bot.rdv_service_public.mirror import Mirror
from tests.booking.conftest import SettableClock
from tests.rdv_service_public.conftest import CLICHY, LEVALLOIS, NAMES, copies
from tests.rdv_service_public.server import rdv_data, webhook

TUESDAY = datetime(2027, 1, 12, 9, 30, tzinfo=PARIS)
SENT = datetime(2027, 1, 11, 8, 0, tzinfo=PARIS)


def told(mirror: Mirror, event: str = "updated", minute: int = 0, reason: str | None = None, **changes: Any) -> bool:
    """Tell the mirror of appointment 1, as it is `minute` minutes after it was taken."""
    body = webhook(rdv_data(1, TUESDAY) | changes, event, SENT + timedelta(minutes=minute), reason=reason)
    return mirror.receive(body)


def history(engine: Engine) -> list[tuple[str, str, str]]:
    with Session(engine, future=True) as session:
        events = session.scalars(select(RdvEvent).order_by(RdvEvent.id))
        return [(event.kind, event.status, event.actor) for event in events]


@pytest.fixture
def agenda(offering: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Agenda:
    return Agenda(offering, clock, motifs)


def only(agenda: Agenda) -> RdvView:
    (view,) = agenda.coming(10)
    return view


def test_an_appointment_taken_there_is_ours_to_show(mirror: Mirror, agenda: Agenda, offering: Engine) -> None:
    assert told(mirror, "created")
    view = only(agenda)
    assert (view.motif, view.lieu, view.backend, view.status) == (
        "premiere_pesee",
        CLICHY,
        "rdv_service_public",
        "confirmed",
    )
    assert view.starts_at == TUESDAY
    assert view.duration_min == 30
    assert agenda.find(view.code.lower()) == view
    assert history(offering) == [("created", "unknown", "rdv_service_public")]
    (row,) = copies(offering)
    assert (row.agent_id, row.external_id, row.created_by, row.conversation_id) == (
        None,
        "1",
        "rdv_service_public",
        None,
    )


@pytest.mark.parametrize("status", ["unknown", "seen", "excused", "revoked", "noshow"])
def test_statuses_are_theirs_one_to_one(mirror: Mirror, offering: Engine, status: str) -> None:
    told(mirror, "created")
    told(mirror, minute=1, status=status)
    (row,) = copies(offering)
    assert row.status == status
    assert (row.cancelled_at is not None) == (status in ("excused", "revoked"))


def test_moved_then_cancelled_then_taken_up_again(mirror: Mirror, agenda: Agenda, offering: Engine) -> None:
    told(mirror, "created")
    code = only(agenda).code
    there = {"lieu": {"id": 35}, "motif": {"id": 102}, "starts_at": "2027-01-13T14:00:00+01:00"}
    there |= {"ends_at": "2027-01-13 14:45:00 +0100"}
    told(mirror, minute=1, **there)
    moved = only(agenda)
    assert (moved.code, moved.lieu, moved.starts_at.hour, moved.duration_min) == (code, LEVALLOIS, 14, 45)

    told(mirror, minute=2, **there, status="excused", cancelled_at="2027-01-11 08:01:30 +0100")
    assert only(agenda).status == "cancelled"
    told(mirror, minute=3, **there)
    again = only(agenda)
    assert (again.status, again.sequence) == ("confirmed", 3)
    assert [kind for kind, _, _ in history(offering)] == ["created", "moved", "cancelled", "mirrored"]


def test_what_is_told_again_changes_nothing(mirror: Mirror, agenda: Agenda, offering: Engine) -> None:
    told(mirror, "created")
    told(mirror, minute=1, status="excused")
    stands = only(agenda), history(offering)
    for _ in range(3):
        assert told(mirror, "created")
        assert told(mirror, minute=1, status="excused")
    assert told(mirror, minute=5, status="excused"), "newer, and nothing new"
    assert (only(agenda), history(offering)) == stands


def test_an_older_word_comes_too_late(mirror: Mirror, agenda: Agenda) -> None:
    told(mirror, minute=10, status="revoked")
    assert told(mirror, minute=9, status="unknown")
    assert told(mirror, "created", minute=0)
    assert only(agenda).status == "cancelled"


def test_in_one_second_much_can_change_and_no_repeat_undoes_it(mirror: Mirror, offering: Engine) -> None:
    """Their clock has whole seconds: the second change of a second is no repeat of the first."""
    told(mirror, "updated", status="excused")
    told(mirror, "created")
    assert copies(offering)[0].status == "excused", "what creates comes before what updates"
    told(mirror, "updated", status="revoked")
    told(mirror, "updated", status="excused")
    assert copies(offering)[0].status == "revoked", "a repeat of the first is a repeat"


def test_many_changes_in_one_second_fit(mirror: Mirror, offering: Engine) -> None:
    for number in range(40):
        told(mirror, ends_at=f"2027-01-12 10:{number:02}:00 +0100")
    (row,) = copies(offering)
    assert row.ends_at - row.starts_at == 69 * 60


def test_destroyed_is_cancelled_for_good(mirror: Mirror, agenda: Agenda) -> None:
    told(mirror, "created")
    told(mirror, "destroyed", minute=1)
    view = only(agenda)
    assert (view.status, view.detail) == ("cancelled", "revoked")
    told(mirror, "created", minute=9)
    assert only(agenda) == view


def test_what_was_destroyed_before_it_was_known_never_comes(mirror: Mirror, offering: Engine) -> None:
    assert told(mirror, "destroyed", minute=1)
    assert told(mirror, "created", minute=0)
    assert told(mirror, "updated", minute=2)
    assert copies(offering) == []


def test_an_appointment_that_was_held_stays_held_when_it_is_destroyed(mirror: Mirror, offering: Engine) -> None:
    told(mirror, "created", status="seen")
    told(mirror, "destroyed", minute=1, status="seen")
    (row,) = copies(offering)
    assert row.status == "seen"
    assert row.cancelled_at is not None


def test_their_purge_cuts_the_person_off_and_cancels_nothing(mirror: Mirror, offering: Engine) -> None:
    told(mirror, "created", status="seen")
    told(mirror, "destroyed", minute=1, reason="rgpd")
    (row,) = copies(offering)
    assert (row.first_name, row.phone, row.conversation_id) == (None, None, None)
    assert (row.status, row.cancelled_at) == ("seen", None)
    assert [kind for kind, _, _ in history(offering)] == ["created", "unlinked"]
    told(mirror, "created", minute=2)
    assert copies(offering)[0].first_name is None, "nor does a late word bring them back"


def test_the_person_who_leaves_leaves_our_copy(mirror: Mirror, offering: Engine) -> None:
    told(mirror, "created")
    told(mirror, minute=1, participations=[], users=[])
    (row,) = copies(offering)
    assert (row.first_name, row.phone) == (None, None)


def test_moved_to_a_place_that_is_not_ours_its_cancelling_is_still_told(mirror: Mirror, agenda: Agenda) -> None:
    told(mirror, "created")
    assert told(mirror, minute=1, lieu={"id": 99}, status="revoked")
    view = only(agenda)
    assert (view.status, view.lieu) == ("cancelled", CLICHY)


def test_here_it_is_neither_moved_nor_cancelled(
    mirror: Mirror, agenda: Agenda, offering: Engine, clock: SettableClock
) -> None:
    told(mirror, "created")
    code = only(agenda).code
    with pytest.raises(TooLateToCancel):
        agenda.cancel(code)
    with pytest.raises(MotifNotOffered):
        agenda.move(code, CLICHY, TUESDAY + timedelta(days=1))
    with pytest.raises(TooLateToMove):  # since then the motif is kept here again, and the copy is still a copy
        Agenda(offering, clock, load_motifs()).move(code, CLICHY, TUESDAY + timedelta(days=1))
    assert only(agenda).starts_at == TUESDAY


def test_those_of_a_telephone_there_take_none_of_its_places_here(
    mirror: Mirror, offering: Engine, clock: SettableClock
) -> None:
    motifs = load_motifs()
    fill_demo(offering, clock, motifs)
    here = Agenda(offering, clock, motifs)
    for number in range(1, MAX_LIVE + 9):
        data = rdv_data(number, TUESDAY + timedelta(hours=number))
        mirror.receive(webhook(data, "created", SENT))
    slot = here.next_slots("entretien_social", CLICHY)[0]
    booked = here.book("entretien_social", CLICHY, slot.starts_at)
    assert isinstance(booked, RdvView)
    assert here.attach_contact(booked.code, "Amina", "+33612345678").phone == "+33612345678"


def test_a_rush_of_the_same_words_makes_one_copy_of_each(mirror: Mirror, offering: Engine) -> None:
    bodies = [webhook(rdv_data(number, TUESDAY), "created", SENT) for number in range(1, 7)] * 6
    with ThreadPoolExecutor(12) as senders:
        assert all(senders.map(mirror.receive, bodies))
    assert sorted(int(copy.external_id or 0) for copy in copies(offering)) == [1, 2, 3, 4, 5, 6]
    assert len({copy.code for copy in copies(offering)}) == 6
    assert len(history(offering)) == 6


# Any order


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database for many examples; each has appointments of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('mirror') / 'mirror.db'}"
    migrate(url)
    engine = engine_for(url)
    store_motifs(engine, load_motifs())
    yield engine
    engine.dispose()


STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["unknown", "seen", "excused", "revoked", "noshow"]),
            "lieu": st.sampled_from([{"id": 34}, {"id": 35}]),
            "hour": st.integers(8, 17),
        }
    ),
    min_size=1,
    max_size=6,
)
numbers = iter(range(1, 10**6))


@given(steps=STEPS, data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_and_however_often_the_last_word_stands(
    lasting: Engine, steps: list[dict[str, Any]], data: st.DataObject
) -> None:
    number = next(numbers)
    bodies = [_body(number, rank, step) for rank, step in enumerate(steps)]
    order = data.draw(st.permutations(bodies + data.draw(st.lists(st.sampled_from(bodies), max_size=6))))
    mirror = Mirror(lasting, lambda: SENT, load_motifs(), NAMES)
    for body in order:
        mirror.receive(body)

    last = steps[-1]
    (copy,) = [one for one in copies(lasting) if one.external_id == str(number)]
    assert copy.status == last["status"]
    assert copy.lieu_id == {34: CLICHY, 35: LEVALLOIS}[last["lieu"]["id"]]
    assert datetime.fromtimestamp(copy.starts_at, PARIS).hour == last["hour"]
    assert (copy.cancelled_at is not None) == (last["status"] in ("excused", "revoked"))


def _body(number: int, rank: int, step: dict[str, Any]) -> bytes:
    start = TUESDAY.replace(hour=step["hour"])
    told_then = rdv_data(number, start) | {"status": step["status"], "lieu": step["lieu"]}
    event = "created" if rank == 0 else "updated"
    return webhook(told_then, event, SENT + timedelta(seconds=rank), iso=rank % 2 == 1)
