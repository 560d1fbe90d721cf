"""The door of webhooks, through the real gateway: who is let in, what is kept, what is never kept nor logged."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.rdv_service_public.webhooks import MAX_BODY, NotAWebhook, NotForUs, is_signed, read_webhook
from tests.rdv_service_public.conftest import CLICHY, FORMER_SECRET, SECRET, Gateway, copies, everything_in
from tests.rdv_service_public.server import PRIVATE, Sender, Service, rdv_data, sign, webhook

TUESDAY = datetime(2027, 1, 12, 9, 30, tzinfo=PARIS)
SENT = datetime(2027, 1, 11, 8, 0, tzinfo=PARIS)
HANDLED, NOT_OURS = {"handled": True}, {"handled": False}
VECTOR = (
    b'{"data":{"id":1,"status":"unknown"},"meta":{"model":"Rdv","event":"created","webhook_reason":null,'
    b'"timestamp":"2027-01-12 09:30:00 +0100"}}'
)
VECTOR_SIGNATURE = "c41f578c0e46616f612d0834b4dfb9752b48b5d7fcd2bd77674188f2c9c1b148"


def created(number: int = 1, **changes: Any) -> bytes:
    return webhook(rdv_data(number, TUESDAY) | changes, "created", SENT)


def named(body: bytes) -> str:
    """A body too long to stand in the name of a test."""
    return f"{len(body)} bytes"


# Signatures


def test_the_vector_of_the_contract() -> None:
    assert is_signed(VECTOR, VECTOR_SIGNATURE, [SECRET])
    assert is_signed(VECTOR, VECTOR_SIGNATURE, [FORMER_SECRET, SECRET])
    assert not is_signed(VECTOR + b" ", VECTOR_SIGNATURE, [SECRET])
    assert not is_signed(VECTOR, VECTOR_SIGNATURE, [FORMER_SECRET])


@pytest.mark.parametrize("secrets", [[], [SECRET]])
@pytest.mark.parametrize("signature", [None, "", "0" * 64, "é" * 64, "\udcff", VECTOR_SIGNATURE.upper(), sign(b"", "")])
def test_nothing_else_signs(signature: str | None, secrets: list[str]) -> None:
    assert not is_signed(VECTOR, signature, secrets)


@given(st.binary(max_size=200), st.text(max_size=80))
def test_no_signature_is_guessed_nor_breaks_the_door(body: bytes, signature: str) -> None:
    assert not is_signed(body, signature, [SECRET])


def refused(gateway: Gateway, body: bytes, headers: dict[str, str] | list[tuple[str, str]]) -> int:
    answer = gateway.sender.http.post(gateway.sender.target, content=body, headers=headers)
    assert "Traceback" not in answer.text
    return answer.status_code


def test_who_does_not_sign_is_not_heard(gateway: Gateway, network: httpx.Client) -> None:
    body = created()
    assert refused(gateway, body, {}) == 401
    assert refused(gateway, body, {"X-Lapin-Signature": ""}) == 401
    assert refused(gateway, body, {"X-Lapin-Signature": "no-secret-provided"}) == 401
    assert refused(gateway, body, {"X-Lapin-Signature": sign(body, "another secret of theirs")}) == 401
    assert refused(gateway, body, {"X-Lapin-Signature": sign(created(2), SECRET)}) == 401
    assert refused(gateway, body, [("X-Lapin-Signature", "0" * 64), ("X-Lapin-Signature", sign(body, SECRET))]) == 401
    raw = {b"X-Lapin-Signature": b"\xff\xfe"}
    assert network.post(gateway.sender.target, content=body, headers=raw).status_code == 401
    assert network.get(gateway.sender.target).status_code == 405
    assert copies(gateway.engine) == []


def test_the_former_secret_is_good_while_they_change(gateway: Gateway, network: httpx.Client) -> None:
    former = Sender(gateway.sender.target, FORMER_SECRET, network)
    assert former.post(created()).json() == HANDLED


# Bodies


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"12",
        b"<html></html>",
        b"\xff\xfe",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"data": {}}',
        b'{"data": null, "meta": null}',
        b'{"data": [], "meta": {"model": "Rdv", "event": "created", "timestamp": "2027-01-12 09:30:00 +0100"}}',
        webhook({"id": "1; DROP TABLE rdv"}, "created", SENT),
        webhook({"id": True, "status": "unknown"}, "created", SENT),
        webhook({"id": 2**63, "status": "unknown"}, "created", SENT),
        created(starts_at="demain"),
        created(starts_at=None),
        created(starts_at="9999-12-31 23:59:59 -1200"),
        created(ends_at=None),
        created(ends_at="2027-01-12 09:30:00 +0100"),
        created(motif=[101]),
        created(lieu="34"),
        created(participations={"user": None}),
        created(participations=[{"id": 1}]),
        created(participations=[1]),
        created().replace(b"2027-01-11 08:00:00 +0100", b"hier"),
    ],
    ids=named,
)
def test_what_is_no_webhook_is_refused_even_signed(gateway: Gateway, body: bytes) -> None:
    answer = gateway.sender.post(body)
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]
    assert copies(gateway.engine) == []
    assert gateway.sender.post(created()).json() == HANDLED, "a body that was refused leaves no trace behind it"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(rdv_data(1, TUESDAY))), inner),
    )
)
def test_no_data_breaks_the_reading(data: Any) -> None:
    body = json.dumps({"data": data, "meta": {"model": "Rdv", "event": "updated", "timestamp": "2027-01-12T08:00:00Z"}})
    try:
        assert read_webhook(body.encode()).rdv.id > 0
    except (NotAWebhook, NotForUs):
        pass


@pytest.mark.parametrize(
    "body",
    [
        VECTOR,
        *(webhook({"id": 1}, "created", SENT, model) for model in ("User", "Absence", "Motif", "", "Fusée")),
        webhook(rdv_data(1, TUESDAY), "archived", SENT),
        created(status="waiting"),
        created(status=["unknown"]),
        created(motif={"id": 999}),
        created(motif=None),
        created(lieu={"id": 99}),
        created(lieu={"id": 99, "single_use": True}),
        created(lieu=None, organisation={"id": 77}),
    ],
    ids=named,
)
def test_what_is_not_ours_is_acknowledged_and_left(gateway: Gateway, body: bytes) -> None:
    answer = gateway.sender.post(body)
    assert (answer.status_code, answer.json()) == (200, NOT_OURS)
    assert copies(gateway.engine) == []


def test_a_body_of_their_size_passes_and_a_larger_one_does_not(gateway: Gateway) -> None:
    long = created(context="x" * (MAX_BODY - len(created()) - 100))
    assert 16 * 1024 < len(long) <= MAX_BODY
    assert gateway.sender.post(long).json() == HANDLED
    assert gateway.sender.post(created(2, context="x" * MAX_BODY)).status_code == 413
    assert gateway.sender.post(created(3, context="x" * 1024 * 1024)).status_code == 413
    assert [copy.external_id for copy in copies(gateway.engine)] == ["1"]


def test_other_routes_take_no_more_than_before(gateway: Gateway, network: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    answer = network.post(f"{gateway.url}/api/conversations", content=b" " * 17 * 1024, headers=headers)
    assert answer.status_code == 413


# What is kept


def test_of_a_person_a_first_name_and_a_telephone_are_kept_and_nothing_is_logged(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (created(), created(2, motif={"id": 999}), created(3, status="waiting"), created(4, starts_at="hier")):
        gateway.sender.post(body)
    (copy,) = copies(gateway.engine)
    assert (copy.first_name, copy.phone, copy.email) == ("Amina", "+33612345678", None)

    kept = everything_in(gateway.engine)
    assert "Amina" in kept
    for private in (*map(str, PRIVATE.values()), "Untel", "Paule", "agent@example.org", "901", "00000000-0000"):
        if private != "3":  # a number of children cannot be told from any other figure
            assert private not in kept, private
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))
    assert "motif 999" in ours
    for private in ("Amina", "612345678", *(one for one in map(str, PRIVATE.values()) if one != "3")):
        assert private not in ours, private


def test_the_person_of_older_versions_and_those_of_a_group(gateway: Gateway) -> None:
    older = rdv_data(1, TUESDAY)
    del older["participations"]
    gateway.sender.post(webhook(older, "created", SENT))
    group = rdv_data(2, TUESDAY) | {"collectif": True}
    group["participations"] *= 2
    gateway.sender.post(webhook(group, "created", SENT))
    gateway.sender.post(created(3, participations=[], users=[]))
    assert [copy.first_name for copy in copies(gateway.engine)] == ["Amina", None, None]


def test_of_a_silent_motif_nobody_is_kept(gateway: Gateway) -> None:
    there = {"motif": {"id": 201}, "lieu": {"id": 35}}
    assert gateway.sender.post(created(1, **there)).json() == HANDLED
    (copy,) = copies(gateway.engine)
    assert (copy.motif_code, copy.first_name, copy.phone) == ("sante_sexuelle", None, None)


@pytest.mark.parametrize("name", ["\x00Ami\x00na", "\ud800", "A" * 5_000, "'; DROP TABLE rdv;--", "<script>", 12, None])
def test_a_strange_name_is_kept_as_far_as_it_can_be(gateway: Gateway, name: object) -> None:
    data = rdv_data(1, TUESDAY)
    data["participations"][0]["user"]["first_name"] = name
    body = json.dumps(
        {"data": data, "meta": {"model": "Rdv", "event": "created", "timestamp": "2027-01-11T08:00:00+01:00"}}
    ).encode()
    assert gateway.sender.post(body).json() == HANDLED
    (copy,) = copies(gateway.engine)
    assert len(copy.first_name or "") <= 80
    assert "\x00" not in (copy.first_name or "")


# What residents and agents see


def test_the_resident_sees_it_under_a_code_of_ours(gateway: Gateway, network: httpx.Client) -> None:
    gateway.sender.post(created())
    (copy,) = copies(gateway.engine)
    assert "Amina" not in network.get(f"{gateway.url}/rdv/{copy.code}").text
    answered = network.post(f"{gateway.url}/rdv/{copy.code}/verifier", data={"reponse": "ami"})
    page = network.get(f"{gateway.url}{answered.headers['Location']}")
    assert page.status_code == 200
    assert "mardi 12 janvier à 9 h 30" in page.text.replace("\u00a0", " ")
    assert "Première pesée" in page.text
    assert "Pôle social départemental de Clichy" in page.text
    calendar = network.get(f"{gateway.url}/rdv/{copy.code}.ics")
    assert "DTSTART;TZID=Europe/Paris:20270112T093000" in calendar.text


def test_it_is_not_cancelled_here(gateway: Gateway, network: httpx.Client) -> None:
    gateway.sender.post(created())
    (copy,) = copies(gateway.engine)
    assert network.post(f"{gateway.url}/rdv/{copy.code}/annuler").status_code in (403, 404, 409)
    assert copies(gateway.engine)[0].cancelled_at is None


def test_the_agents_see_it(gateway: Gateway) -> None:
    from bot.booking.appointments import Agenda
    from bot.booking.motifs import load_motifs
    from bot.clock import clock_at

    gateway.sender.post(created())
    motifs = load_motifs(backend="rdv_service_public")
    (coming,) = Agenda(gateway.engine, clock_at(gateway.settings.now), motifs).coming(10)
    assert (coming.backend, coming.lieu, coming.first_name) == ("rdv_service_public", CLICHY, "Amina")


def test_nothing_is_ever_sent_about_it(gateway: Gateway) -> None:
    """They remind: of a copy no message is written, whatever happens to it."""
    moved = rdv_data(1, TUESDAY + timedelta(days=7))
    for rank, (data, event) in enumerate(
        [
            (rdv_data(1, TUESDAY), "created"),
            (moved, "updated"),
            (moved | {"status": "excused"}, "updated"),
            (moved | {"status": "unknown"}, "updated"),
            (moved, "destroyed"),
        ]
    ):
        assert gateway.sender.post(webhook(data, event, SENT + timedelta(minutes=rank))).json() == HANDLED
    with gateway.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 0


# Retries


def test_what_was_refused_comes_again_and_is_taken(gateway: Gateway, service: Service, network: httpx.Client) -> None:
    """A secret that is changed here later than there loses nothing: they try for a week."""
    late = Sender(gateway.sender.target, "a secret not known yet", network)

    def the_secret_comes(attempt: int) -> None:
        if attempt == 3:
            late.secret = SECRET

    assert late.deliver(created(), the_secret_comes) == 4
    assert len(copies(gateway.engine)) == 1


def test_a_subscription_brings_everything_as_just_created_twice(gateway: Gateway, service: Service) -> None:
    for number in range(1, 31):
        service.books(number, TUESDAY + timedelta(hours=number))
    first = gateway.sender.subscribe(service, SENT)
    codes = [copy.code for copy in copies(gateway.engine)]
    again = gateway.sender.subscribe(service, SENT + timedelta(hours=1))

    assert {answer.status_code for answer in (*first, *again)} == {200}
    after = copies(gateway.engine)
    assert [copy.code for copy in after] == codes
    assert len(codes) == 30
    assert {copy.sequence for copy in after} == {0}
    with gateway.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rdv_event").scalar() == 30
