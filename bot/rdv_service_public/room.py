"""The whole room, made in one place from the settings."""

from dataclasses import dataclass

import httpx
from sqlalchemy.engine import Engine

from bot.booking.motifs import Motifs
from bot.clock import Clock
from bot.directory.models import Directory
from bot.rdv_service_public.backend import RdvServicePublic
from bot.rdv_service_public.client import Client
from bot.rdv_service_public.handed_over import HandOvers
from bot.rdv_service_public.mirror import Mirror
from bot.rdv_service_public.names import Names, load_names
from bot.rdv_service_public.openings import PublishedOpenings
from bot.rdv_service_public.plans import Plans
from bot.rdv_service_public.signing_in import Credentials, Password, Token
from bot.rdv_service_public.silence import Watch
from bot.rdv_service_public.tables import NAME
from bot.settings import RdvServicePublicSettings, SettingsError

NO_URL = "RDV_SERVICE_PUBLIC_URL manque : des motifs gardent leurs rendez-vous dans RDV Service Public."


@dataclass(frozen=True)
class Room:
    """What the house opens of RDV Service Public."""

    backend: RdvServicePublic
    mirror: Mirror
    plans: Plans
    watch: Watch
    webhook_secrets: tuple[str, ...]
    client: Client
    openings: PublishedOpenings

    def close(self) -> None:
        """Ask nothing more, and let go of the network."""
        self.openings.close()
        self.client.close()


def open_room(
    settings: RdvServicePublicSettings,
    engine: Engine,
    clock: Clock,
    motifs: Motifs,
    directory: Directory,
    names: Names | None = None,
    http: httpx.Client | None = None,
) -> Room | None:
    """The room, None where nothing is kept there. Raises SettingsError or InvalidNames.

    `names` and `http` are those of the project's file and of the network unless given.
    """
    check(settings, motifs)
    if settings.url is None:
        return None
    names = names or load_names(motifs)
    client = Client(http or httpx.Client(), settings.url, _credentials(settings))
    hand_overs = HandOvers(engine, clock)
    openings = PublishedOpenings(client)
    return Room(
        backend=RdvServicePublic(engine, settings.url, motifs, names, directory, hand_overs, openings),
        mirror=Mirror(engine, clock, motifs, names),
        plans=Plans(engine, client, hand_overs),
        watch=Watch(engine, hand_overs, settings.silence_hours if settings.webhook_secrets else None),
        webhook_secrets=settings.webhook_secrets,
        client=client,
        openings=openings,
    )


def check(settings: RdvServicePublicSettings, motifs: Motifs) -> None:
    """Refuse motifs kept where no address leads. Raises SettingsError."""
    if settings.url is None and any(entry.backend == NAME for entry in motifs.values()):
        raise SettingsError(NO_URL)


def _credentials(settings: RdvServicePublicSettings) -> Credentials | None:
    if settings.token:
        return Token(settings.token)
    if settings.email and settings.password:
        return Password(settings.email, settings.password)
    return None
