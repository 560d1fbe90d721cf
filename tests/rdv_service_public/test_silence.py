"""A webhook that does not come makes no noise: the silence itself is measured, and said when it lasts."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy.engine import Engine

from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.mirror import Mirror
from bot.rdv_service_public.silence import LAST_HEARD, SENT_THERE, Watch
from tests.booking.conftest import SettableClock
from tests.rdv_service_public.conftest import CLICHY, Gateway
from tests.rdv_service_public.server import webhook

HOURS = 96


@pytest.fixture
def watch(offering: Engine, hand_overs: HandOvers, clock: SettableClock) -> Watch:
    return Watch(offering, hand_overs, HOURS, timer=lambda: clock().timestamp())


def gauge(metric: object) -> float:
    (family,) = metric.collect()  # type: ignore[attr-defined]
    return float(family.samples[0].value)


def test_silence_is_said_once_it_lasts(
    watch: Watch, mirror: Mirror, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    mirror.receive(webhook({"id": 4}, "updated", clock(), model="Absence"))
    heard = clock().timestamp()
    clock.advance(timedelta(hours=HOURS))
    assert watch.look()
    assert gauge(LAST_HEARD) == heard, "of whatever they tell: it shows that they still do"
    assert not caplog.records

    clock.advance(timedelta(seconds=1))
    assert not watch.look()
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "96 hours" in caplog.text

    mirror.receive(webhook({"id": 4}, "updated", clock(), model="Absence"))
    assert watch.look()


def test_never_heard_counts_from_the_start(watch: Watch, clock: SettableClock) -> None:
    assert watch.look()
    assert gauge(LAST_HEARD) == 0
    clock.advance(timedelta(hours=HOURS, seconds=1))
    assert not watch.look()


def test_where_only_links_are_given_no_webhook_is_missed(
    offering: Engine, hand_overs: HandOvers, clock: SettableClock
) -> None:
    watch = Watch(offering, hand_overs, None, timer=lambda: clock().timestamp())
    clock.advance(timedelta(days=400))
    assert watch.look()


def test_it_counts_those_who_were_sent_there_and_lets_the_old_ones_go(
    watch: Watch, hand_overs: HandOvers, clock: SettableClock, engine: Engine
) -> None:
    hand_overs.keep("one", "premiere_pesee", CLICHY)
    watch.look()
    assert gauge(SENT_THERE) == 1
    clock.advance(timedelta(days=15))
    watch.look()
    assert gauge(SENT_THERE) == 0
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM handed_over").scalar() == 0


def test_monitoring_sees_it(gateway: Gateway, network: httpx.Client) -> None:
    told = network.get(f"{gateway.url}/metrics").text
    assert "assistant_rdv_service_public_last_webhook_seconds" in told
    assert "assistant_rdv_service_public_handed_over" in told
