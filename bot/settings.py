"""What the environment decides, read in one place.

Names and meaning are those of the README ("Settings"). Nothing is read at import.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
VAR = ROOT / "var"
"""Where a running assistant keeps what it makes: database, secret, models' marks, logs."""
LAST_PORT = 65_535


class SettingsError(ValueError):
    """A setting that cannot be used; the message is one clear French line."""


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


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; raises SettingsError on a value that cannot be used."""
    rasa_port, actions_port = _port(environment, "RASA_PORT", 5005), _port(environment, "ACTIONS_PORT", 5055)
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
        secret_key=environment.get("SECRET_KEY") or _kept_secret(),
    )


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


def _kept_secret() -> str:
    """The secret made on the first run and kept beside the database, readable by its owner only.

    It appears whole: of several processes that start at once, none reads a secret half written.
    """
    VAR.mkdir(exist_ok=True)
    path = VAR / "secret_key"
    if not path.exists():
        draft = VAR / f"secret_key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")
