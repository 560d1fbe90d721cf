"""`python -m bot reminders`: one pass over what is to be sent, or passes until it is stopped."""

import logging
import signal
from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.booking.appointments import Agenda
from bot.booking.models import OutboxMessage
from bot.booking.moments import Present
from bot.booking.motifs import Motifs, load_motifs
from bot.booking.outbox import Channel
from bot.booking.transactions import in_reading
from bot.channels.cards import Renderer
from bot.channels.wording import load_wording
from bot.clock import clock_at
from bot.database import engine_for
from bot.directory.load import load_directory
from bot.messaging.carriers import Carrier, EmailCarrier, SmsCarrier
from bot.messaging.email import Mailer
from bot.messaging.outgoing import Outgoing
from bot.messaging.sender import mark_of_this_place
from bot.messaging.sms_http import HttpSms, sms_client
from bot.messaging.texts import Texts
from bot.messaging.worker import Worker
from bot.settings import Settings

NO_WAY = "Aucun envoi n'est réglé (SMTP_URL, SMS_PROVIDER) : les messages dont l'heure vient sont abandonnés."


def make_worker(settings: Settings) -> Worker:
    """The worker, as the settings make it. Raises SettingsError."""
    engine, clock = engine_for(settings.database_url), clock_at(settings.now)
    motifs = load_motifs(backend=settings.booking_backend)
    return Worker(
        outgoing=Outgoing(engine, motifs, mark_of_this_place(settings)),
        agenda=Agenda(engine, clock, motifs, writes=settings.writes),
        carriers=_carriers(settings, motifs),
        clock=clock,
    )


def send_once(worker: Worker) -> None:
    """One pass, told in one line. Raises NotTheSender."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    if not worker.carriers:
        print(NO_WAY)
    ends = worker.run_once()
    print(_told(ends, _still_to_send(worker.outgoing.engine)))


def send_on(worker: Worker) -> None:
    """Passes until SIGTERM or SIGINT, which lets the message in hand be finished."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: worker.stop.set())
    if not worker.carriers:
        print(NO_WAY, flush=True)
    worker.run()


def take_over(worker: Worker) -> None:
    """Become the place that sends, told in one line."""
    aside = worker.outgoing.take_over(Present(worker.clock(), int(worker.timer())))
    print(f"Les messages partent désormais d'ici. {aside} mis de côté : ils ont pu partir avant, aucun ne repart.")


def _carriers(settings: Settings, motifs: Motifs) -> dict[Channel, Carrier]:
    carriers: dict[Channel, Carrier] = {}
    if settings.public_url is None:  # the settings ask for it as soon as something can leave
        return carriers
    texts = Texts(Renderer(load_wording(), load_directory()), motifs, settings.public_url)
    if settings.smtp is not None and settings.mail_from is not None:
        carriers["email"] = EmailCarrier(texts, Mailer(settings.smtp), settings.mail_from, clock_at(settings.now))
    if settings.sms is not None:
        carriers["sms"] = SmsCarrier(texts, HttpSms(sms_client(), settings.sms))
    return carriers


def _still_to_send(engine: Engine) -> int:
    query = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == "to_send")
    return int(in_reading(engine, lambda session: session.scalar(query)) or 0)


def _told(ends: Counter[str], waiting: int) -> str:
    return (
        f"Messages : {ends['sent']} envoyé(s), {ends['uncertain']} incertain(s), {ends['failed']} refusé(s), "
        f"{ends['to_send']} à retenter, {ends['dropped']} abandonné(s) ; {waiting} en attente. "
        f"Liste d'attente : {ends['proposed']} place(s) proposée(s)."
    )
