"""From the booking to the telephone: what leaves, what does not, what is tried again."""

import logging
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.models import OutboxMessage, Rdv
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.messaging.outgoing import LEFT_BEHIND_S, MAX_ATTEMPTS, RETRY_AFTER_S
from bot.messaging.worker import Worker
from tests.booking.conftest import MONDAY_MORNING, SettableClock
from tests.messaging.conftest import MakeWorker, on_both
from tests.messaging.mail import EMAIL, LIEU, MOTIF, PHONE, booked, post, rows, states
from tests.messaging.servers import Relay, Texting


def far_slot(agenda: Agenda, days: int) -> datetime:
    """The first slot that many days from now, or after."""
    return agenda.next_slots(MOTIF, LIEU, after=MONDAY_MORNING + timedelta(days=days), limit=1)[0].starts_at


def booked_far(agenda: Agenda, days: int = 7, *, phone: str | None = PHONE, email: str | None = EMAIL) -> RdvView:
    rdv = agenda.book(MOTIF, LIEU, far_slot(agenda, days))
    assert isinstance(rdv, RdvView)
    return agenda.attach_contact(rdv.code, "Fatou", phone, email)


def subjects(relay: Relay) -> list[str]:
    return [str(mail["Subject"]).partition(" : ")[0] for mail in relay.taken]


@on_both
def test_a_booking_is_confirmed_then_recalled_once(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay, texting: Texting, clock: SettableClock
) -> None:
    rdv = booked_far(agenda)
    for _ in range(3):
        worker.run_once()
    assert (subjects(relay), len(texting.taken)) == (["Votre rendez-vous"], 1)
    assert texting.taken[0]["to"] == PHONE
    assert rdv.code in texting.taken[0]["text"]

    clock.moment = rdv.starts_at - timedelta(hours=47)
    for _ in range(3):
        worker.run_once()
    assert subjects(relay) == ["Votre rendez-vous", "Rappel de votre rendez-vous"]
    assert len(texting.taken) == 2
    assert {row.state for row in rows(engine)} == {"sent"}
    assert [row.reference for row in rows(engine) if row.channel == "sms"] == ["theirs-1", "theirs-2"]
    assert set(relay.references) == {row.reference for row in rows(engine) if row.channel == "email"}


@on_both
def test_what_changed_is_told_as_it_now_stands(
    agenda: Agenda, worker: Worker, relay: Relay, engine: Engine, clock: SettableClock
) -> None:
    rdv = booked_far(agenda, phone=None)
    worker.run_once()
    agenda.move(rdv.code, LIEU, far_slot(agenda, 9))
    worker.run_once()
    clock.moment = rdv.starts_at - timedelta(hours=47)  # when the reminder of the former time was due
    worker.run_once()
    assert subjects(relay) == ["Votre rendez-vous", "Votre rendez-vous a changé"]

    agenda.cancel(rdv.code, by="agent")
    worker.run_once()
    clock.advance(timedelta(days=2))
    worker.run_once()
    assert subjects(relay)[2:] == ["Nous devons annuler votre rendez-vous"]
    assert "email to_send" not in " ".join(states(engine))


def test_a_message_that_is_no_longer_true_when_its_turn_comes_is_dropped(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay
) -> None:
    """As when a message surely not sent waits for its next try, and the appointment changes meanwhile."""
    rdv = booked_far(agenda, email="grey@maison.test", phone=None)
    worker.run_once()
    agenda.cancel(rdv.code, by="agent")
    with Session(engine, future=True) as session, session.begin():
        session.execute(update(OutboxMessage).where(OutboxMessage.event == "confirmation").values(state="to_send"))
        session.execute(update(Rdv).values(email=EMAIL))
    worker.clock.advance(timedelta(hours=1))
    worker.run_once()
    assert subjects(relay) == ["Nous devons annuler votre rendez-vous"]
    assert "confirmation email dropped" in states(engine)


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"phone": None}, "no_address"), ({"phone": "+33147000000"}, "no_address"), ({"sequence": 5}, "superseded")],
)
def test_why_a_message_is_dropped(
    change: dict[str, object], reason: str, agenda: Agenda, worker: Worker, engine: Engine, texting: Texting
) -> None:
    booked(agenda, email=None)
    with Session(engine, future=True) as session, session.begin():
        session.execute(update(Rdv).values(**change))
    worker.run_once()
    assert [(row.state, row.reason) for row in rows(engine) if row.event == "confirmation"] == [("dropped", reason)]
    assert texting.taken == []


def test_nothing_leaves_about_a_motif_that_became_silent(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay, texting: Texting
) -> None:
    booked(agenda)
    with Session(engine, future=True) as session, session.begin():
        session.execute(update(Rdv).values(motif_code="sante_sexuelle"))
    worker.run_once()
    assert {row.reason for row in rows(engine) if row.event == "confirmation"} == {"silent"}
    assert (relay.taken, texting.taken) == ([], [])


def test_a_channel_without_provider_piles_up_nothing(
    agenda: Agenda, make_worker: MakeWorker, engine: Engine, texting: Texting
) -> None:
    booked(agenda)
    assert make_worker(only=("email",)).run_once()["dropped"] == 1
    make_worker().run_once()
    assert texting.taken == []
    assert [row.reason for row in rows(engine) if row.channel == "sms" and row.event == "confirmation"] == [
        "no_provider"
    ]


def test_with_no_provider_at_all_the_worker_idles(agenda: Agenda, make_worker: MakeWorker, engine: Engine) -> None:
    booked(agenda)
    idle = make_worker(only=())
    thread = Thread(target=idle.run)
    thread.start()
    idle.stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert make_worker(only=()).run_once()["sent"] == 0


# Failures


@pytest.mark.parametrize(
    ("address", "state"), [("nobody", "failed"), ("grey", "to_send"), ("hang", "uncertain"), ("cut", "uncertain")]
)
def test_each_failure_leaves_its_own_state(
    address: str, state: str, agenda: Agenda, worker: Worker, engine: Engine, relay: Relay
) -> None:
    booked(agenda, email=f"{address}@maison.test", phone=None)
    for _ in range(2):
        worker.run_once()
    assert states(engine) == [f"confirmation email {state}"]
    assert len(relay.taken) == (state == "uncertain")


def test_an_uncertain_message_is_never_sent_again(
    agenda: Agenda, worker: Worker, relay: Relay, texting: Texting, clock: SettableClock
) -> None:
    texting.answers += ["cut"]
    booked_far(agenda, email="cut@maison.test")
    for _ in range(30):
        worker.run_once()
        clock.advance(timedelta(hours=3))
    assert subjects(relay).count("Votre rendez-vous") == 1
    assert sum("Rappel" not in text["text"] for text in texting.taken) == 1


def test_what_was_surely_not_taken_is_tried_again_less_and_less_often(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay, clock: SettableClock
) -> None:
    booked_far(agenda, days=8, email="grey@maison.test", phone=None)
    tries = []
    started = clock.moment
    for minute in (*range(0, 45, 3), *range(60, 3 * 24 * 60, 60)):
        clock.moment = started + timedelta(minutes=minute)
        before = rows(engine)[0].attempts
        worker.run_once()
        tries += [minute] * (rows(engine)[0].attempts - before)
    gaps = [later - sooner for sooner, later in pairwise(tries)]
    assert len(tries) == MAX_ATTEMPTS
    assert all(gap * 60 >= delay for gap, delay in zip(gaps, RETRY_AFTER_S, strict=True))
    assert states(engine)[0] == "confirmation email failed"
    assert relay.taken == []


def test_a_message_refused_for_now_leaves_at_the_next_try(
    agenda: Agenda, worker: Worker, engine: Engine, texting: Texting, clock: SettableClock
) -> None:
    texting.answers += [429]
    booked(agenda, email=None)
    worker.run_once()
    assert states(engine) == ["confirmation sms to_send"]
    clock.advance(timedelta(minutes=2))
    worker.run_once()
    assert states(engine) == ["confirmation sms sent"]
    assert len(texting.taken) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (400, "failed"),
        (401, "to_send"),
        (302, "to_send"),
        (429, "to_send"),
        (408, "uncertain"),
        (500, "uncertain"),
        (503, "uncertain"),
        ("hang", "uncertain"),
        ("cut", "uncertain"),
    ],
)
def test_what_each_answer_of_an_sms_provider_means(
    answer: int | str, state: str, agenda: Agenda, worker: Worker, engine: Engine, texting: Texting
) -> None:
    texting.answers += [answer]
    booked(agenda, email=None)
    worker.run_once()
    assert states(engine) == [f"confirmation sms {state}"]


def test_a_closed_way_is_tried_once_a_pass_and_does_not_close_the_other(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay, texting: Texting
) -> None:
    post(engine, 8)
    texting.answers += [401] * 8
    ends = worker.run_once()
    assert (ends["sent"], ends["to_send"]) == (2, 1)
    assert [row.attempts for row in rows(engine) if row.channel == "sms"] == [1, 0, 0, 0, 0, 0]


@on_both
def test_what_a_dead_worker_left_is_uncertain(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay, clock: SettableClock
) -> None:
    booked(agenda, phone=None)
    worker.outgoing.may_send(worker._present())
    claimed = worker.outgoing.claim(rows(engine)[0].id, worker._present(), ["email"])
    assert claimed is not None
    for seconds, state in ((60, "sending"), (LEFT_BEHIND_S, "uncertain"), (LEFT_BEHIND_S, "uncertain")):
        clock.advance(timedelta(seconds=seconds))
        worker.run_once()
        assert states(engine) == [f"confirmation email {state}"]
    assert relay.taken == []


@on_both
def test_no_mistake_becomes_a_storm(
    agenda: Agenda, make_worker: MakeWorker, engine: Engine, relay: Relay, texting: Texting, clock: SettableClock
) -> None:
    """Two workers share the cap, and so do those that are started again and again."""
    post(engine, 40)
    for _ in range(3):
        make_worker(per_minute=15).run_once()
    assert len(relay.taken) + len(texting.taken) == 15
    clock.advance(timedelta(seconds=61))
    make_worker(per_minute=15).run_once()
    assert len(relay.taken) + len(texting.taken) == 30


def test_a_storm_is_said(
    agenda: Agenda, make_worker: MakeWorker, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    post(engine, 5)
    make_worker(per_minute=2).run_once()
    assert "2 left within a minute" in caplog.text


def test_logs_name_nobody(agenda: Agenda, worker: Worker, texting: Texting, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texting.answers += [400]
    rdv = booked(agenda, email="nobody@maison.test")
    worker.run_once()
    ours = " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")  # the relay's own
    assert "failed" in ours
    for secret in ("maison.test", PHONE, "612345678", "Fatou", rdv.code):
        assert secret not in ours


def test_a_message_that_cannot_be_written_stops_no_other(
    agenda: Agenda, worker: Worker, engine: Engine, relay: Relay
) -> None:
    booked(agenda, phone=None)
    booked(agenda, rank=1, phone=None)
    with Session(engine, future=True) as session, session.begin():
        first = session.scalars(select(Rdv).order_by(Rdv.id)).first()
        first.lieu_id = "levallois-pmi-sante-sexuelle"
    places = worker.carriers["email"].texts.renderer.directory.structures  # type: ignore[attr-defined]
    lost = places.pop("levallois-pmi-sante-sexuelle")
    try:
        worker.run_once()
    finally:
        places["levallois-pmi-sante-sexuelle"] = lost
    assert states(engine) == ["confirmation email uncertain", "confirmation email sent"]


# Earlier slots


@on_both
def test_an_earlier_slot_is_proposed_by_the_worker_and_told_while_it_is_held(
    agenda: Agenda, worker: Worker, engine: Engine, texting: Texting, clock: SettableClock
) -> None:
    clock.moment = MONDAY_MORNING + timedelta(hours=2)
    rdv = booked_far(agenda, email=None)
    agenda.join_waiting_list(rdv.code)
    assert worker.run_once()["proposed"] == 1
    assert "Une place plus tot" in texting.taken[-1]["text"]
    assert agenda.accept_earlier_slot(rdv.code).starts_at < rdv.starts_at
    worker.run_once()
    assert "RDV changé" in texting.taken[-1]["text"]


def test_an_earlier_slot_that_is_no_longer_held_is_not_told(
    agenda: Agenda, worker: Worker, engine: Engine, texting: Texting, clock: SettableClock
) -> None:
    clock.moment = MONDAY_MORNING + timedelta(hours=2)
    rdv = booked_far(agenda, email=None)
    agenda.join_waiting_list(rdv.code)
    worker.run_once()
    agenda.propose_earlier_slots()
    texts_before = len(texting.taken)
    with Session(engine, future=True) as session, session.begin():
        session.execute(update(OutboxMessage).where(OutboxMessage.event == "earlier_slot").values(state="to_send"))
    clock.advance(timedelta(hours=3, seconds=1))
    worker.run_once()
    assert len(texting.taken) == texts_before
    assert [row.reason for row in rows(engine) if row.event == "earlier_slot"] == ["slot_gone"]


def test_nothing_is_held_for_those_who_could_not_be_told(
    agenda: Agenda, make_worker: MakeWorker, clock: SettableClock
) -> None:
    clock.moment = datetime(2027, 1, 11, 10, tzinfo=PARIS)
    agenda.join_waiting_list(booked_far(agenda).code)
    assert make_worker(only=()).run_once()["proposed"] == 0
