"""What the environment decides, read in one place.

Names and meaning are those of the README ("Settings"). Nothing is read at import.
"""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, cast
from urllib.parse import SplitResult, unquote, urlsplit

from bot.mail_address import is_mail_address

ROOT = Path(__file__).parents[1]
VAR = ROOT / "var"
"""Where a running assistant keeps what it makes: database, secret, models' marks, logs."""
LAST_PORT = 65_535
LONGEST_PUBLIC_NAME = 60
"""Characters of PUBLIC_URL without its scheme: the link stands in text messages, which are charged by their length."""
SMTP_PORTS = {"smtp": 587, "smtps": 465}


SHORTEST_WEBHOOK_SECRET = 16

BackendName = Literal["local", "rdv_service_public"]


class SettingsError(ValueError):
    """A setting that cannot be used; the message is one clear French line."""


@dataclass(frozen=True)
class RdvServicePublicSettings:
    """How to reach the département's RDV Service Public, and how it reaches us."""

    url: str | None
    """https, without a path; None while the département has none."""
    webhook_secrets: tuple[str, ...]
    """One for each organisation that signs its webhooks, or the former and the new one while they change."""
    email: str | None
    password: str | None
    """An agent's sign-in, where the instance still takes one; else `token`."""
    token: str | None
    silence_hours: int
    """Without any webhook for longer than this, something is broken."""


@dataclass(frozen=True)
class SmtpServer:
    """The relay that takes e-mails: SMTP_URL, taken apart."""

    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    encrypted: bool
    """Whether the connection is encrypted from its first byte (smtps); else as soon as the relay offers it."""


@dataclass(frozen=True)
class SmsGateway:
    """The generic SMS provider: SMS_HTTP_URL and SMS_HTTP_TOKEN."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """The settings of one process."""

    port: int
    database_url: str
    redis_url: str | None
    rasa_port: int
    actions_port: int
    rasa_url: str
    """Where the gateway reaches Rasa: on loopback, unless several machines share the work."""
    actions_url: str
    """Where Rasa reaches the action server; likewise."""
    rasa_workers: int
    retention_days: int
    """How long a silent conversation is kept, in days."""
    demo: bool
    now: datetime | None
    """The instant at which the calendar clock stands, or None when it runs."""
    secret_key: str
    booking_backend: BackendName
    """Where the appointments of motifs that name no backend are kept."""
    rdv_service_public: RdvServicePublicSettings
    public_url: str | None
    """Where residents reach the gateway, without a slash at its end: the links of messages begin so."""
    smtp: SmtpServer | None
    mail_from: str | None
    """The sender of e-mails: an address, alone or after a name."""
    sms: SmsGateway | None
    sender_id: str | None
    """What names the place that sends messages, where no disk keeps a name made by itself."""

    @property
    def writes(self) -> frozenset[Literal["sms", "email"]]:
        """How messages about appointments can leave."""
        ways: dict[Literal["sms", "email"], object] = {"sms": self.sms, "email": self.smtp}
        return frozenset(name for name, way in ways.items() if way is not None)


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; raises SettingsError on a value that cannot be used."""
    rasa_port, actions_port = _port(environment, "RASA_PORT", 5005), _port(environment, "ACTIONS_PORT", 5055)
    smtp, sms = _smtp(environment.get("SMTP_URL")), _sms(environment)
    return Settings(
        port=_port(environment, "PORT", 8080),
        database_url=environment.get("DATABASE_URL") or _embedded_database(),
        redis_url=environment.get("REDIS_URL") or None,
        rasa_port=rasa_port,
        actions_port=actions_port,
        rasa_url=environment.get("RASA_URL") or f"http://127.0.0.1:{rasa_port}",
        actions_url=environment.get("ACTIONS_URL") or f"http://127.0.0.1:{actions_port}/webhook",
        rasa_workers=_whole_number(environment, "RASA_WORKERS", 1),
        retention_days=_whole_number(environment, "RETENTION_DAYS", 30),
        demo=environment.get("DEMO") == "1",
        now=_instant(environment.get("BOT_NOW")),
        secret_key=environment.get("SECRET_KEY") or kept("secret_key"),
        public_url=_public_url(environment.get("PUBLIC_URL"), needed=smtp is not None or sms is not None),
        smtp=smtp,
        mail_from=_mail_from(environment.get("MAIL_FROM"), needed=smtp is not None),
        sms=sms,
        sender_id=environment.get("SENDER_ID") or None,
        booking_backend=_backend(environment),
        rdv_service_public=_rdv_service_public(environment),
    )


def _backend(environment: Mapping[str, str]) -> BackendName:
    name = environment.get("BOOKING_BACKEND") or "local"
    if name not in ("local", "rdv_service_public"):
        raise SettingsError(f"BOOKING_BACKEND doit être « local » ou « rdv_service_public » ; reçu : {name!r}.")
    return cast(BackendName, name)


def _rdv_service_public(environment: Mapping[str, str]) -> RdvServicePublicSettings:
    email, password = (environment.get(f"RDV_SERVICE_PUBLIC_{name}") or None for name in ("EMAIL", "PASSWORD"))
    if (email is None) != (password is None):
        raise SettingsError("RDV_SERVICE_PUBLIC_EMAIL et RDV_SERVICE_PUBLIC_PASSWORD vont ensemble : il en manque un.")
    return RdvServicePublicSettings(
        url=_https_host(environment, "RDV_SERVICE_PUBLIC_URL"),
        webhook_secrets=_webhook_secrets(environment),
        email=email,
        password=password,
        token=environment.get("RDV_SERVICE_PUBLIC_TOKEN") or None,
        silence_hours=_whole_number(environment, "RDV_SERVICE_PUBLIC_SILENCE_HOURS", 96),
    )


def _https_host(environment: Mapping[str, str], name: str) -> str | None:
    """`https://host` or `https://host:port`, whatever slash it ends with."""
    url = (environment.get(name) or "").rstrip("/")
    try:
        parts = urlsplit(url)
        bare = parts.scheme == "https" and bool(parts.hostname) and f"https://{parts.netloc}" == url
        usable = bare and "@" not in parts.netloc and re.search(r"[\s\x00-\x1f]", url) is None and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        usable = False
    if url and not usable:
        raise SettingsError(f"{name} doit être une adresse https sans chemin, par exemple https://rdv.exemple.fr.")
    return url or None


def _webhook_secrets(environment: Mapping[str, str]) -> tuple[str, ...]:
    name = "RDV_SERVICE_PUBLIC_WEBHOOK_SECRETS"
    given = tuple(part.strip() for part in (environment.get(name) or "").split(",") if part.strip())
    if any(len(secret) < SHORTEST_WEBHOOK_SECRET for secret in given):
        raise SettingsError(f"{name} : chaque secret doit avoir au moins {SHORTEST_WEBHOOK_SECRET} caractères.")
    return given


def kept(name: str) -> str:
    """A secret made on the first run and kept in var/ under this name, readable by its owner only.

    It appears whole: of several processes that start at once, none reads a secret half written.
    """
    VAR.mkdir(exist_ok=True)
    path = VAR / name
    if not path.exists():
        draft = VAR / f"{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit()) or int(value) == 0:
        raise SettingsError(f"{name} doit être un nombre entier positif ; reçu : {value!r}.")
    return int(value)


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    port = _whole_number(environment, name, default)
    if port > LAST_PORT:
        raise SettingsError(f"{name} doit être un port, {LAST_PORT} au plus ; reçu : {port}.")
    return port


def _instant(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError as error:
        raise SettingsError(f"BOT_NOW doit être un instant ISO 8601 ; reçu : {value!r}.") from error
    if instant.tzinfo is None:
        raise SettingsError("BOT_NOW doit porter un décalage horaire, par exemple 2026-11-21T22:00:00+01:00.")
    return instant


def _embedded_database() -> str:
    VAR.mkdir(exist_ok=True)
    return f"sqlite:///{VAR / 'assistant.db'}"


def _public_url(value: str | None, needed: bool) -> str | None:
    if not value:
        if needed:
            raise SettingsError("PUBLIC_URL manque : les messages y renvoient. Exemple : https://rdv.exemple.fr.")
        return None
    url = _url(value)
    if url is None or url.scheme not in ("http", "https") or url.query or url.fragment or url.username:
        raise SettingsError(f"PUBLIC_URL doit être une adresse http(s), sans paramètre ; reçu : {value!r}.")
    short = value.rstrip("/")
    if len(short.split("://", 1)[1]) > LONGEST_PUBLIC_NAME:
        raise SettingsError(
            f"PUBLIC_URL est trop longue pour un SMS : {LONGEST_PUBLIC_NAME} caractères au plus après « :// »."
        )
    return short


def _smtp(value: str | None) -> SmtpServer | None:
    if not value:
        return None
    url = _url(value)
    if url is None or url.scheme not in SMTP_PORTS or url.path.strip("/"):  # never quoted: it holds a password
        raise SettingsError("SMTP_URL doit s'écrire smtp://utilisateur:motdepasse@serveur:port, ou smtps://…")
    user, password = (None if part is None else unquote(part) for part in (url.username, url.password))
    return SmtpServer(
        url.hostname or "", url.port or SMTP_PORTS[url.scheme], user or None, password, url.scheme == "smtps"
    )


def _mail_from(value: str | None, needed: bool) -> str | None:
    if not value:
        if needed:
            raise SettingsError("MAIL_FROM manque : les messages électroniques ont besoin d'un expéditeur.")
        return None
    if not is_mail_address(parseaddr(value)[1]) or not value.isprintable():
        raise SettingsError(f"MAIL_FROM doit être une adresse, ou « Nom <adresse> » ; reçu : {value!r}.")
    return value


def _sms(environment: Mapping[str, str]) -> SmsGateway | None:
    provider = environment.get("SMS_PROVIDER")
    if not provider:
        return None
    if provider != "http":
        raise SettingsError(f"SMS_PROVIDER doit être http ; reçu : {provider!r}.")
    url, token = environment.get("SMS_HTTP_URL") or "", environment.get("SMS_HTTP_TOKEN") or ""
    parts = _url(url)
    if parts is None or parts.scheme not in ("http", "https"):
        raise SettingsError("SMS_HTTP_URL doit être une adresse http(s) : celle qui prend les SMS à envoyer.")
    if not token or not (token.isascii() and token.isprintable()):
        raise SettingsError("SMS_HTTP_TOKEN manque, ou porte des signes qu'un en-tête ne peut pas porter.")
    return SmsGateway(url, token)


def _url(value: str) -> SplitResult | None:
    """The parts of a URL that names a host, None when it cannot be read."""
    try:
        url = urlsplit(value)
        _ = url.port  # read here, because a port that is no number is only found then
    except ValueError:
        return None
    return url if url.hostname and value.isprintable() and " " not in value else None
