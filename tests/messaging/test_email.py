"""What an SMTP relay may answer, and what becomes of the e-mail."""

import socket
import threading

import pytest

from bot.booking.appointments import Agenda
from bot.messaging.email import Mailer
from bot.messaging.failures import NotSent, Refused, Uncertain, Unreachable
from bot.messaging.letter import letter
from bot.settings import SmtpServer
from tests.booking.conftest import SettableClock
from tests.messaging.mail import MAIL_FROM, texts
from tests.messaging.servers import Relay
from tests.messaging.told import told

PATIENCE_S = 0.5


@pytest.fixture
def mailer(relay: Relay) -> Mailer:
    return Mailer(relay.server, timeout_s=PATIENCE_S)


def send(mailer: Mailer, clock: SettableClock, to: str, sender: str = MAIL_FROM) -> str:
    return mailer.send(letter(told("confirmation", email=to), texts(), sender, clock))


def test_an_accepted_e_mail_arrives_once_under_its_name(mailer: Mailer, relay: Relay, clock: SettableClock) -> None:
    name = send(mailer, clock, "fatou@maison.test")
    assert relay.references == [name]
    assert name.startswith("<1799999999-7@")


@pytest.mark.parametrize(
    ("address", "failure", "arrived"),
    [
        ("nobody", Refused, 0),
        ("full", Refused, 0),
        ("grey", NotSent, 0),
        ("busy", NotSent, 0),
        ("closing", Unreachable, 0),
        ("hang", Uncertain, 1),
        ("cut", Uncertain, 1),
    ],
)
def test_what_each_answer_means(
    address: str, failure: type[Exception], arrived: int, mailer: Mailer, relay: Relay, clock: SettableClock
) -> None:
    with pytest.raises(failure) as raised:
        send(mailer, clock, f"{address}@maison.test")
    assert raised.type is failure
    assert len(relay.taken) == arrived


def test_a_refused_sender_is_no_fault_of_the_message(mailer: Mailer, relay: Relay, clock: SettableClock) -> None:
    with pytest.raises(Unreachable):
        send(mailer, clock, "fatou@maison.test", sender="banned@pole.test")


@pytest.mark.parametrize("greets", [None, b"554 no service\r\n", b"not SMTP at all\r\n", b""])
def test_a_relay_that_does_not_let_us_in(greets: bytes | None, clock: SettableClock) -> None:
    """None: nobody listens. Empty: it takes the connection and says nothing."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        if greets is None:
            door.close()
        else:
            door.listen()
            threading.Thread(target=_greet, args=(door, greets), daemon=True).start()
        with pytest.raises(Unreachable):
            send(Mailer(SmtpServer("127.0.0.1", port, None, None, False), PATIENCE_S), clock, "fatou@maison.test")


def _greet(door: socket.socket, words: bytes) -> None:
    connection, _ = door.accept()
    with connection:
        connection.sendall(words)
        connection.settimeout(PATIENCE_S * 2)
        try:
            connection.recv(100)
        except OSError:
            return


def test_a_password_that_the_relay_cannot_take(relay: Relay, clock: SettableClock) -> None:
    """The relay of these tests offers no sign-in."""
    server = SmtpServer("127.0.0.1", relay.port, "us", "secret", encrypted=False)
    with pytest.raises(Unreachable) as raised:
        send(Mailer(server, PATIENCE_S), clock, "fatou@maison.test")
    assert "secret" not in str(raised.value)
    assert relay.taken == []


def test_no_password_crosses_a_network_in_clear(
    relay: Relay, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under another name than this machine's, the same relay is taken for a distant one."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest: real("127.0.0.1" if host == "relay.test" else host, *rest)
    )
    server = SmtpServer("relay.test", relay.port, "us", "secret", encrypted=False)
    with pytest.raises(Unreachable, match="SMTPNotSupportedError"):
        send(Mailer(server, PATIENCE_S), clock, "fatou@maison.test")


def test_a_relay_that_is_not_encrypted_where_it_should(relay: Relay, clock: SettableClock) -> None:
    with pytest.raises(Unreachable):
        send(Mailer(SmtpServer("127.0.0.1", relay.port, None, None, True), PATIENCE_S), clock, "fatou@maison.test")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a b@c.test",
        "a@c.test, d@e.test",
        "a@c.test\r\nBcc: d@e.test",
        "a@[",
        "@",
        "à@c.test",
        "a@" + "c" * 300,
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_said(
    address: str, mailer: Mailer, relay: Relay, clock: SettableClock
) -> None:
    with pytest.raises(Refused):
        send(mailer, clock, address)
    assert relay.taken == []


def test_the_letter(agenda: Agenda, mailer: Mailer, relay: Relay, clock: SettableClock) -> None:
    send(mailer, clock, "fatou@maison.test")
    mail = relay.taken[0]
    assert mail["To"] == "fatou@maison.test"
    assert mail["From"] == "Pôle social <rdv@pole.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "pesée" not in mail["Subject"]
    text = mail.get_body().get_content()
    assert text.startswith("Bonjour Fatou,")
    assert "https://rdv.pole.test/rdv/K7PM-4XQT-9R" in text
    assert "\n\n\n" not in text.replace("\r\n", "\n")
    attached = next(mail.iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params["method"] == "PUBLISH"
    assert "BEGIN:VEVENT" in attached.get_content()


def test_a_cancelled_appointment_leaves_the_calendar(mailer: Mailer, relay: Relay, clock: SettableClock) -> None:
    mailer.send(letter(told("cancellation", email="fatou@maison.test"), texts(), MAIL_FROM, clock))
    attached = next(relay.taken[0].iter_attachments())
    assert attached["Content-Type"].params["method"] == "CANCEL"
    assert "METHOD:CANCEL" in attached.get_content()
