"""The copy of their appointments that /rdv and the agents see. It is theirs to tell: nothing is ever sent about it.

Their webhooks come late, twice, out of order, and all over again when somebody subscribes (booking.md 3.5). What
stops that is `meta.timestamp`: an object changes only with a webhook that is newer than the last one applied to it.
"""

import logging
import time
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.codes import new_code
from bot.booking.history import Change, record
from bot.booking.models import Rdv
from bot.booking.moments import Present, epoch_of
from bot.booking.motifs import Motifs
from bot.booking.transactions import in_transaction
from bot.clock import Clock
from bot.database import exclusive
from bot.rdv_service_public.handed_over import conversation_sent_for
from bot.rdv_service_public.names import Names
from bot.rdv_service_public.tables import NAME, WebhookHeard, WebhookSeen
from bot.rdv_service_public.webhooks import EVENTS, MODEL, NotAWebhook, NotForUs, RdvThere, Webhook, read_webhook

logger = logging.getLogger(__name__)

DIGESTS_KEPT = 11
"""Of 16 signs each, as many as their column holds; more changes than that in one second are no longer told apart."""
OVER = ("excused", "revoked")


class Mirror:
    """Applies webhooks to the copies."""

    def __init__(
        self, engine: Engine, clock: Clock, motifs: Motifs, names: Names, timer: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs
        self._names = names
        self._timer = timer

    def receive(self, body: bytes) -> bool:
        """Take a signed body in; False when it tells of nothing that is ours. Raises NotAWebhook or AgendaBusy."""
        present = Present(self._clock(), int(self._timer()))
        in_transaction(self._engine, lambda session: _hear(session, present))
        try:
            webhook = read_webhook(body)
        except NotForUs:
            return False
        return in_transaction(self._engine, lambda session: self._apply(session, webhook, present))

    def _apply(self, session: Session, webhook: Webhook, present: Present) -> bool:
        exclusive(session, f"{NAME} {MODEL} {webhook.rdv.id}")
        if not _is_news(session, webhook):
            return True
        copy = session.scalars(
            select(Rdv).where(Rdv.backend == NAME, Rdv.external_id == str(webhook.rdv.id)).with_for_update()
        ).one_or_none()
        if webhook.event == "destroyed":
            _end(session, copy, webhook, present)
            return True
        place = self._place(webhook.rdv)
        if copy is None and place is None:
            return False
        if webhook.rdv.times is None:
            raise NotAWebhook("starts_at")
        copy = copy or _blank(webhook.rdv, present)
        self._update(session, copy, place, webhook, present)
        return True

    def _place(self, there: RdvThere) -> tuple[str, str] | None:
        """Our motif and lieu; None, and a line in the log, when the file of names knows one of them not."""
        motif = self._names.our_motif(there.motif_id) if there.motif_id is not None else None
        lieu = self._names.our_lieu(there.lieu_id, there.organisation_id)
        if motif is None or lieu is None:
            ids = there.motif_id, there.lieu_id, there.organisation_id
            logger.warning("webhook of no motif or lieu of ours: motif %s, lieu %s, organisation %s", *ids)
            return None
        return motif, lieu

    def _update(
        self, session: Session, copy: Rdv, place: tuple[str, str] | None, webhook: Webhook, present: Present
    ) -> None:
        """Make the copy what it is there. Moved to a place that is not ours it keeps the one we know."""
        there, before = webhook.rdv, _told(copy)
        if place is not None:
            copy.motif_code, copy.lieu_id = place
        assert there.times is not None
        copy.starts_at, copy.ends_at = map(epoch_of, there.times)
        copy.status = there.status
        copy.cancelled_at = epoch_of(there.cancelled_at or webhook.at) if there.status in OVER else None
        silent = self._motifs[copy.motif_code].silent
        copy.first_name = there.person.first_name if there.person and not silent else None
        copy.phone = there.person.phone if there.person and not silent else None
        copy.conversation_id = copy.conversation_id or conversation_sent_for(session, str(there.id))
        if copy.id is None:
            session.add(copy)
            session.flush()
            record(session, copy, "created", present, "rdv_service_public")
        elif _told(copy) != before:
            copy.sequence += 1
            record(session, copy, _change(before, copy), present, "rdv_service_public")


def last_heard(session: Session) -> int | None:
    """When a signed webhook last came, in seconds since the epoch; None when none ever did."""
    heard = session.get(WebhookHeard, NAME)
    return None if heard is None else int(heard.at)


def _hear(session: Session, present: Present) -> None:
    exclusive(session, f"{NAME} heard")
    session.merge(WebhookHeard(source=NAME, at=present.real))


def _is_news(session: Session, webhook: Webhook) -> bool:
    """Whether nothing as new was applied to this object, and if so, that this now is. What is destroyed stays so.

    In one and the same second what creates comes before what updates, and that before what destroys.
    """
    seen = session.get(WebhookSeen, (MODEL, str(webhook.rdv.id)))
    rank = int(webhook.at.timestamp() * 1000), EVENTS.index(webhook.event)
    if seen is None:
        seen = WebhookSeen(model=MODEL, external_id=str(webhook.rdv.id), bodies="")
        session.add(seen)
    else:
        last = seen.at_ms, EVENTS.index(seen.event)
        again = webhook.digest in seen.bodies.split()
        if seen.event == "destroyed" or rank < last or (rank[0] == last[0] and again):
            return False
    same_instant = seen.bodies.split()[-DIGESTS_KEPT + 1 :] if seen.at_ms == rank[0] else []
    seen.at_ms, seen.event = rank[0], webhook.event
    seen.bodies = " ".join([*same_instant, webhook.digest])
    return True


def _blank(there: RdvThere, present: Present) -> Rdv:
    return Rdv(
        code=new_code(),
        backend=NAME,
        external_id=str(there.id),
        created_at=present.epoch,
        created_by="rdv_service_public",
        sequence=0,
    )


def _end(session: Session, copy: Rdv | None, webhook: Webhook, present: Present) -> None:
    """Destroyed there: cancelled, unless it is over; or, by their purge, cut from the person it was for."""
    if copy is None:
        return
    if webhook.erased:
        copy.first_name = copy.phone = copy.conversation_id = None
        record(session, copy, "unlinked", present, "rdv_service_public")
    elif copy.cancelled_at is None:
        copy.status = "revoked" if copy.status == "unknown" else copy.status
        copy.cancelled_at, copy.sequence = epoch_of(webhook.at), copy.sequence + 1
        record(session, copy, "cancelled", present, "rdv_service_public")


def _told(copy: Rdv) -> tuple[object, ...]:
    """What whoever has the appointment would want to know of."""
    return copy.starts_at, copy.ends_at, copy.status, copy.motif_code, copy.lieu_id


def _change(before: tuple[object, ...], copy: Rdv) -> Change:
    if copy.status in OVER and before[2] not in OVER:
        return "cancelled"
    return "moved" if before[:2] != (copy.starts_at, copy.ends_at) else "mirrored"
