"""E-mail by SMTP, with the standard library, and what each answer of a relay means for the message.

Until the message itself is handed over, nothing can have left: whatever fails is NotSent, and Unreachable when the
relay fails everybody. Once it is being handed over, only an answer tells: the relay's yes, or its no (RFC 5321, 4.2.1:
4yz "not accepted, try again", 5yz "not accepted, do not repeat"). Without an answer, nobody knows.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import parseaddr
from ipaddress import ip_address

from bot.messaging.failures import NotSent, Refused, Uncertain, Unreachable
from bot.settings import SmtpServer

TIMEOUT_S = 20
"""For each step of the exchange with the relay."""
OK, TRANSIENT, PERMANENT = 2, 4, 5
CLOSING = 421


class Mailer:
    """Hands e-mails to one relay, on a connection for each."""

    def __init__(self, server: SmtpServer, timeout_s: float = TIMEOUT_S) -> None:
        self._server = server
        self._timeout_s = timeout_s

    def send(self, mail: EmailMessage) -> str:
        """Hand over one e-mail and return its Message-ID. Raises one of `bot.messaging.failures`."""
        content = mail.as_bytes()
        with self._connected() as relay:
            _address_it(relay, mail)
            _hand_over(relay, content)
        return str(mail["Message-ID"])

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            relay = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(type(error).__name__) from error
        try:
            yield relay
        finally:
            with suppress(smtplib.SMTPException, OSError):
                relay.quit()
            relay.close()

    def _open(self) -> smtplib.SMTP:
        place = self._server.host, self._server.port
        if self._server.encrypted:
            trusted = ssl.create_default_context()
            relay: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=self._timeout_s, context=trusted)
        else:
            relay = smtplib.SMTP(*place, timeout=self._timeout_s)
        try:
            self._let_in(relay)
        except BaseException:
            relay.close()
            raise
        return relay

    def _let_in(self, relay: smtplib.SMTP) -> None:
        """Encrypt the connection where the relay can, and say who we are; no password crosses a network in clear."""
        relay.ehlo_or_helo_if_needed()
        private = self._server.encrypted or _is_this_machine(self._server.host)
        if not private and relay.has_extn("starttls"):
            relay.starttls(context=ssl.create_default_context())
            relay.ehlo()
            private = True
        if self._server.user is None:
            return
        if not private:
            raise smtplib.SMTPNotSupportedError("no encryption offered")
        relay.login(self._server.user, self._server.password or "")


def _address_it(relay: smtplib.SMTP, mail: EmailMessage) -> None:
    sender, recipient = (parseaddr(str(mail[header]))[1] for header in ("From", "To"))
    try:
        code, _ = relay.mail(sender)
        if code // 100 != OK:  # our own address is refused: so will every message be
            raise Unreachable(f"SMTP {code} from")
        code, _ = relay.rcpt(recipient)
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(type(error).__name__) from error
    _raise_unless_taken(code)


def _hand_over(relay: smtplib.SMTP, content: bytes) -> None:
    try:
        code, _ = relay.data(content)
    except smtplib.SMTPDataError as error:  # refused before the message was said
        code = error.smtp_code
    except (smtplib.SMTPException, OSError) as error:
        raise Uncertain(type(error).__name__) from error
    _raise_unless_taken(code)


def _raise_unless_taken(code: int) -> None:
    if code == CLOSING:
        raise Unreachable(f"SMTP {code}")
    if code // 100 == TRANSIENT:
        raise NotSent(f"SMTP {code}")
    if code // 100 == PERMANENT:
        raise Refused(f"SMTP {code}")
    if code // 100 != OK:
        raise Uncertain(f"SMTP {code}")


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
