"""An SMTP relay and an SMS gateway on loopback, which do to a message what its address asks for."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.settings import SmsGateway, SmtpServer
from tests.assistant import free_ports

HANGS_S = 3
TOKEN = "a token for tests only"
AT_RCPT = {"nobody": "550 5.1.1 no such user", "grey": "451 4.7.1 come back later", "closing": "421 4.3.2 closing"}
AT_DATA = {"full": "552 5.2.2 mailbox full", "busy": "451 4.3.0 try again"}


@dataclass
class Relay:
    """What an SMTP relay took in: whole e-mails, whatever it answered afterwards."""

    port: int
    taken: list[EmailMessage] = field(default_factory=list)

    @property
    def server(self) -> SmtpServer:
        return SmtpServer("127.0.0.1", self.port, None, None, encrypted=False)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def references(self) -> list[str]:
        """What names each e-mail, as its row has it."""
        return [str(mail["Message-ID"]) for mail in self.taken]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:
        if address.startswith("banned"):
            return "550 5.7.1 not from here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return AT_RCPT.get(address.partition("@")[0], "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        wish = envelope.rcpt_tos[0].partition("@")[0]
        assert isinstance(envelope.content, bytes)
        if wish not in AT_DATA:
            self.taken.append(message_from_bytes(envelope.content, policy=SMTP_POLICY))  # type: ignore[arg-type]
        if wish == "hang":
            await asyncio.sleep(HANGS_S)
        if wish == "cut":
            server.transport.abort()
        return AT_DATA.get(wish, "250 2.0.0 OK")


@contextmanager
def relay() -> Iterator[Relay]:
    """An SMTP relay that runs in a thread."""
    taking = Relay(free_ports(1)[0])
    controller = Controller(taking, hostname="127.0.0.1", port=taking.port)
    controller.start()
    yield taking
    controller.stop()


@dataclass
class Texting:
    """What an SMS gateway took in, whatever it answered afterwards."""

    url: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)
    """What to answer to the next texts, in order: a status, "hang" or "cut"; 200 once there is none left."""

    @property
    def gateway(self) -> SmsGateway:
        return SmsGateway(self.url, TOKEN)

    @property
    def references(self) -> list[str]:
        return [text["reference"] for text in self.taken]


@contextmanager
def texting() -> Iterator[Texting]:
    """An SMS gateway that runs in threads."""
    taking, over = Texting(), threading.Event()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                self.send_error(401)
                return
            answer = taking.answers.pop(0) if taking.answers else 200
            if answer in (200, "hang", "cut"):
                taking.taken.append(json.loads(body))
            if answer == "hang":
                over.wait(HANGS_S)
            if isinstance(answer, int):
                self._answer(answer, {"reference": f"theirs-{len(taking.taken)}"})

        def _answer(self, status: int, content: dict[str, str]) -> None:
            written = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    taking.url = f"http://127.0.0.1:{server.server_address[1]}/sms"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield taking
    over.set()
    server.shutdown()
    server.server_close()
