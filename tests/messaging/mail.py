"""Appointments with messages to send, and the carriers that send them to servers on loopback."""

from functools import cache

import httpx
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.codes import new_code
from bot.booking.models import Agent, OutboxMessage, Rdv
from bot.booking.moments import epoch_of
from bot.booking.motifs import load_motifs
from bot.booking.outbox import Channel
from bot.booking.views import RdvView
from bot.channels.cards import Renderer
from bot.channels.wording import load_wording
from bot.clock import Clock
from bot.directory.load import load_directory
from bot.messaging.carriers import Carrier, EmailCarrier, SmsCarrier
from bot.messaging.email import Mailer
from bot.messaging.sms_http import HttpSms, sms_client
from bot.messaging.texts import Texts
from bot.settings import SmsGateway, SmtpServer
from tests.booking.conftest import MONDAY_MORNING
from tests.messaging.servers import TOKEN

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
MAIL_FROM = "Pôle social <rdv@pole.test>"
PUBLIC_URL = "https://rdv.pole.test"
PHONE, EMAIL = "+33612345678", "fatou@maison.test"
PATIENCE_S = 1
DAY_S = 86_400
MOTIFS = load_motifs()


@cache
def texts(public_url: str = PUBLIC_URL) -> Texts:
    return Texts(_renderer(), MOTIFS, public_url)


@cache
def _http(patience_s: float) -> httpx.Client:
    http = sms_client()
    http.timeout = patience_s
    return http


@cache
def _renderer() -> Renderer:
    return Renderer(load_wording(), load_directory())


def carriers(smtp_port: int, sms_url: str, clock: Clock, patience_s: float = PATIENCE_S) -> dict[Channel, Carrier]:
    mailer = Mailer(SmtpServer("127.0.0.1", smtp_port, None, None, encrypted=False), timeout_s=patience_s)
    return {
        "email": EmailCarrier(texts(), mailer, MAIL_FROM, clock),
        "sms": SmsCarrier(texts(), HttpSms(_http(patience_s), SmsGateway(sms_url, TOKEN))),
    }


def booked(
    agenda: Agenda, rank: int = 0, *, phone: str | None = PHONE, email: str | None = EMAIL, motif: str = MOTIF
) -> RdvView:
    """An appointment on the slot of this rank, with what is needed to write to its owner."""
    lieu = agenda._motifs[motif].sites[0]
    slot = agenda.next_slots(motif, lieu, limit=rank + 1)[rank]
    rdv = agenda.book(motif, lieu, slot.starts_at)
    assert isinstance(rdv, RdvView)
    return agenda.attach_contact(rdv.code, "Fatou", phone, email)


def post(engine: Engine, number: int) -> None:
    """That many confirmations due now, of as many appointments, by SMS, one in four by e-mail."""
    now = epoch_of(MONDAY_MORNING)
    with Session(engine, future=True) as session, session.begin():
        agent = session.scalars(select(Agent).where(Agent.lieu_id == LIEU)).first()
        rdvs = [_rdv(agent, rank, now) for rank in range(number)]
        session.add_all(rdvs)
        session.flush()
        session.add_all(
            OutboxMessage(
                rdv_id=rdv.id, event="confirmation", version=0, channel="sms" if rank % 4 else "email", due_at=now
            )
            for rank, rdv in enumerate(rdvs)
        )


def _rdv(agent: Agent, rank: int, now: int) -> Rdv:
    starts_at = now + DAY_S + 1800 * rank
    return Rdv(
        code=new_code(),
        motif_code=MOTIF,
        lieu_id=LIEU,
        agent_id=agent.id,
        starts_at=starts_at,
        ends_at=starts_at + 1800,
        created_at=now,
        first_name="Fatou",
        phone=PHONE,
        email=EMAIL,
    )


def rows(engine: Engine) -> list[OutboxMessage]:
    """Every message, as it stands."""
    with Session(engine, future=True, expire_on_commit=False) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def states(engine: Engine) -> list[str]:
    """Event, channel and state of every message: "reminder sms to_send"."""
    return [f"{row.event} {row.channel} {row.state}" for row in rows(engine)]
