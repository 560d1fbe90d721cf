"""Our client against the contract server: ways in, pages, refusals, bad days. Nothing loops and nothing waits long."""

import logging
import threading
import time
from datetime import datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.motifs import load_motifs
from bot.clock import PARIS
from bot.directory.load import load_directory
from bot.rdv_service_public.checking import report
from bot.rdv_service_public.client import FAILURES, MAX_PAGES, Client, Organisation, PlannedFor, rest_asked
from bot.rdv_service_public.errors import (
    NotAllowed,
    NotThere,
    Refused,
    ServiceError,
    SignInRefused,
    TooManyRequests,
    Unavailable,
)
from bot.rdv_service_public.instants import read_instant
from bot.rdv_service_public.openings import PublishedOpenings
from bot.rdv_service_public.signing_in import SIGN_IN, Credentials, Password, Token
from tests.rdv_service_public.conftest import NAMES
from tests.rdv_service_public.server import EMAIL, PASSWORD, TOKEN, Service, agent_signature

AMINA = PlannedFor("Amina", "Personne", "+33612345678")
ORGANISATIONS = "/api/v1/organisations"


def calling(
    service: Service, network: httpx.Client, credentials: Credentials | None = None, timeout_s: float = 5.0
) -> Client:
    return Client(network, service.url, credentials or Token(TOKEN), timeout_s)


@pytest.fixture
def client(service: Service, network: httpx.Client) -> Client:
    return calling(service, network)


# Ways in


@pytest.mark.parametrize("credentials", [Token(TOKEN), Password(EMAIL, PASSWORD)], ids=["token", "password"])
def test_both_ways_in_open_the_same_doors(service: Service, network: httpx.Client, credentials: Credentials) -> None:
    service.organisations = [{"id": 12, "name": "PMI de Clichy"}]
    client = calling(service, network, credentials)
    assert client.organisations("92024") == [Organisation(12, "PMI de Clichy")]
    assert client.organisations("92044") == [Organisation(12, "PMI de Clichy")]
    assert service.called(SIGN_IN) == (1 if isinstance(credentials, Password) else 0), "one session for all calls"


def test_the_way_in_of_another_system_is_known_to_the_server_and_not_ours(
    service: Service, network: httpx.Client
) -> None:
    me = f"{service.url}/api/v1/agents/me"
    assert network.get(me).status_code == 401
    assert network.get(me, headers={"X-Agent-Auth-Signature": "0" * 64}).status_code == 401
    assert network.get(me, headers={"X-Agent-Auth-Signature": agent_signature()}).status_code == 200


def test_a_session_that_ends_is_opened_again_once(service: Service, network: httpx.Client) -> None:
    client = calling(service, network, Password(EMAIL, PASSWORD))
    client.organisations("92024")
    service.expire_sessions()
    assert client.organisations("92024") == []
    assert service.called(SIGN_IN) == 2
    assert service.called(ORGANISATIONS) == 3


def test_many_calls_at_once_open_one_session(service: Service, network: httpx.Client) -> None:
    client = calling(service, network, Password(EMAIL, PASSWORD))
    callers = [threading.Thread(target=client.organisations, args=("92024",)) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(30)
    assert (service.called(SIGN_IN), service.called(ORGANISATIONS)) == (1, 8)


@pytest.mark.parametrize(
    ("credentials", "calls"),
    [
        (Token("a token that has ended"), {ORGANISATIONS: 1, SIGN_IN: 0}),
        (Password(EMAIL, "a former password"), {ORGANISATIONS: 0, SIGN_IN: 1}),
    ],
    ids=["token", "password"],
)
def test_a_wrong_sign_in_is_not_tried_again_and_again(
    service: Service, network: httpx.Client, credentials: Credentials, calls: dict[str, int]
) -> None:
    with pytest.raises(SignInRefused):
        calling(service, network, credentials).organisations("92024")
    assert {path: service.called(path) for path in calls} == calls


def test_without_any_sign_in_nothing_signed_is_even_asked(service: Service, network: httpx.Client) -> None:
    client = Client(network, service.url, None)
    with pytest.raises(SignInRefused):
        client.organisations("92024")
    assert service.calls == []
    assert client.public_links() == {}, "what anybody may ask still is"


# Answers


def test_every_page_is_read(service: Service, client: Client) -> None:
    service.organisations = [{"id": number, "name": f"Organisation {number}"} for number in range(1, 252)]
    assert [one.id for one in client.organisations("92024")] == list(range(1, 252))
    assert service.called(ORGANISATIONS) == 3


def test_the_organisations_with_openings(service: Service, client: Client) -> None:
    service.with_openings = ["pmi-clichy"]
    assert client.public_links() == {"pmi-clichy": f"{service.url}/org/ext/92/pmi-clichy"}


def test_refusals_are_told_apart_and_leave_the_breaker_alone(service: Service, client: Client) -> None:
    for _ in range(FAILURES + 1):
        with pytest.raises(NotAllowed):
            client.organisations("75056")
        with pytest.raises(NotThere):
            client.get_plan(4)
        with pytest.raises(Refused) as refused:
            client.create_plan(PlannedFor("Amina", ""), "https://pole.exemple.fr/agent")
        assert refused.value.fields == ("last_name",)
    assert client.organisations("92024") == []


def test_a_coming_appointment_cannot_be_made_by_the_api(service: Service, network: httpx.Client) -> None:
    """Why residents get a link: the contract refuses what would be simpler (booking.md 3.3)."""
    body = {"starts_at": datetime(2099, 1, 1, 9, tzinfo=PARIS).isoformat()}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = network.post(f"{service.url}/api/v1/rdvs", json=body, headers=headers)
    assert answer.status_code == 422
    assert "à venir" in answer.text
    assert not hasattr(Client, "create_rdv")


# Bad days


@pytest.mark.parametrize(
    "mood", ["fails", "firewall", "redirects", "huge", "zipped", "other shape", "a list", "endless"]
)
def test_what_is_no_answer_is_unavailable(service: Service, client: Client, mood: str) -> None:
    service.mood = mood
    with pytest.raises(Unavailable):
        client.organisations("92024")
    assert len(service.calls) == (MAX_PAGES if mood == "endless" else 1), "asked once, and no address followed"


def test_an_answer_that_comes_drop_by_drop_is_left_in_time(service: Service, network: httpx.Client) -> None:
    service.mood = "dribbles"
    with pytest.raises(Unavailable, match="too slow"):
        calling(service, network, timeout_s=0.3).organisations("92024")


def test_a_plan_that_would_send_the_agent_elsewhere_is_refused(service: Service, client: Client) -> None:
    plan = client.create_plan(AMINA, "https://pole.exemple.fr/agent")
    for elsewhere in ("https://evil.exemple.fr/agents/rdv_plans/23", "javascript:alert(1)", "//evil.exemple.fr"):
        service.plans[plan.id]["url"] = elsewhere
        with pytest.raises(Unavailable):
            client.get_plan(plan.id)


def test_a_service_that_hangs_is_left_and_then_not_even_asked(service: Service, network: httpx.Client) -> None:
    service.mood = "hangs"
    client = calling(service, network, timeout_s=0.2)
    for _ in range(FAILURES):
        with pytest.raises(Unavailable):
            client.organisations("92024")
    asked = len(service.calls)
    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(Unavailable, match="breaker"):
            client.organisations("92024")
    assert len(service.calls) == asked
    assert time.monotonic() - began < 5, "fifty refusals cost less than one wait"


def test_a_closed_port_is_unavailable(network: httpx.Client) -> None:
    with pytest.raises(Unavailable):
        Client(network, "http://127.0.0.1:9", Token(TOKEN)).organisations("92024")


def test_when_it_asks_to_be_left_alone_it_is(service: Service, network: httpx.Client) -> None:
    now = [1000.0]
    client = Client(network, service.url, Token(TOKEN), timer=lambda: now[0])
    service.mood = "busy"
    with pytest.raises(TooManyRequests) as refused:
        client.organisations("92024")
    assert refused.value.retry_after == 42

    service.mood = "well"
    for _ in range(10):
        with pytest.raises(TooManyRequests) as refused:
            client.organisations("92024")
    assert 1 <= refused.value.retry_after <= 43
    assert service.called(ORGANISATIONS) == 1, "never a loop"

    now[0] += 43
    assert client.organisations("92024") == []


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("42", 42, 42),
        ("0", 1, 1),
        ("99999999999999999999", 3600, 3600),
        ("", 60, 60),
        ("bientôt", 60, 60),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1, 1),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 3600, 3600),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, least: int, most: int) -> None:
    assert least <= rest_asked(header) <= most


def test_no_error_repeats_what_was_sent_or_what_came_back(
    service: Service, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[str] = []
    for mood in ("well", "fails", "firewall", "busy"):
        service.mood = mood
        try:
            client.create_plan(PlannedFor("Zoulikha", "", "+33612345678"), "https://pole.exemple.fr/agent")
        except ServiceError as error:
            errors.append(f"{error!r} {error.__cause__!r}")
    assert len(errors) == 4
    for private in ("Zoulikha", "612345678", TOKEN):
        assert private not in "".join(errors) + caplog.text


# Openings


def openings(service: Service, network: httpx.Client, wait_s: float = 2.0, timeout_s: float = 5.0) -> PublishedOpenings:
    return PublishedOpenings(calling(service, network, timeout_s=timeout_s), wait_s)


def test_openings_are_told_for_a_minute(service: Service, network: httpx.Client) -> None:
    now = [1000.0]
    told = PublishedOpenings(calling(service, network), timer=lambda: now[0])
    service.with_openings = ["pmi-clichy"]
    assert [told.of(one) for one in ("pmi-clichy", "pmi-levallois", None)] == ["open", "full", "unknown"]
    service.with_openings = []
    assert told.of("pmi-clichy") == "open"
    assert service.called("/api/v1/public_links") == 1

    now[0] += 61
    assert told.of("pmi-clichy") == "full"


def test_a_service_that_is_busy_or_has_no_such_call_is_not_down(service: Service, network: httpx.Client) -> None:
    service.mood = "busy"
    assert openings(service, network).of("pmi-clichy") == "unknown"


@pytest.mark.parametrize("mood", ["fails", "firewall", "hangs"])
def test_a_service_that_is_down_is_said_to_be(service: Service, network: httpx.Client, mood: str) -> None:
    service.mood = mood
    told = openings(service, network, wait_s=0.1, timeout_s=0.3)
    assert told.of("pmi-clichy") == "down"


# The operator's check


def test_the_check_names_who_receives(service: Service, client: Client) -> None:
    service.organisations = [{"id": 12, "name": "PMI de Clichy"}]
    service.with_openings = ["pmi-clichy"]
    motifs = load_motifs(backend="rdv_service_public")
    lines = list(report(client, load_directory(), motifs, NAMES))
    assert lines[:3] == [
        "Créneaux publiés par : pmi-clichy.",
        "Organisations pour Clichy : PMI de Clichy (numéro 12).",
        "Organisations pour Levallois-Perret : PMI de Clichy (numéro 12).",
    ]
    assert not [line for line in lines if "premiere_pesee" in line or "pole-clichy" in line]
    assert [line for line in lines if "suivi_grossesse" in line]


# Dates


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2022-01-01 08:00:00 +0100", "2022-01-01T07:00:00+00:00"),
        ("2027-07-12 08:00:00 +0200", "2027-07-12T06:00:00+00:00"),
        ("2024-08-19T08:00:00+02:00", "2024-08-19T06:00:00+00:00"),
        ("2024-08-19T08:00:00.123+02:00", "2024-08-19T06:00:00.123+00:00"),
        ("2027-01-12T09:30:00Z", "2027-01-12T09:30:00+00:00"),
        ("2027-01-12 09:30:00 UTC", "2027-01-12T09:30:00+00:00"),
    ],
)
def test_both_forms_of_an_instant(text: str, utc: str) -> None:
    assert read_instant(text) == datetime.fromisoformat(utc.replace(".123", ".123000"))


@given(st.datetimes(datetime(2001, 1, 1), datetime(2098, 1, 1), timezones=st.just(PARIS)))
def test_what_ruby_writes_is_read_back(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert read_instant(whole.strftime("%Y-%m-%d %H:%M:%S %z")).timestamp() == whole.timestamp()
    assert read_instant(whole.isoformat()).timestamp() == whole.timestamp()


@given(st.one_of(st.text(max_size=40), st.integers(), st.none(), st.floats(), st.lists(st.text())))
def test_anything_else_is_no_instant(value: object) -> None:
    with pytest.raises(ValueError, match="no instant"):
        read_instant(value)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-12 09:30:00",
        "2027-01-12",
        "2027-02-30 09:30:00 +0100",
        "2027-01-12 25:30:00 +0100",
        "2027-01-12 09:30:00 +9900",
        "0001-01-01 00:00:00 +0100",
        "9999-12-31 23:59:59 -1200",
        "2027-01-12 09:30:00 +0100\n",
        "٢٠٢٧-01-12 09:30:00 +0100",
    ],
)
def test_what_only_looks_like_an_instant_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        read_instant(text)
