"""Locks that several Rasa processes share: in Redis, at the address of the settings."""

from typing import Any
from urllib.parse import urlsplit

from rasa.core.lock_store import RedisLockStore

from bot.settings import SettingsError, load_settings


class SharedLockStore(RedisLockStore):
    """Rasa's Redis lock store, addressed by REDIS_URL."""

    def __init__(self, endpoint_config: Any = None) -> None:
        url = urlsplit(load_settings().redis_url or "")
        if not url.hostname:
            raise SettingsError("REDIS_URL manque : les verrous partagés en ont besoin.")
        super().__init__(
            host=url.hostname,
            port=url.port or 6379,
            db=int(url.path.strip("/") or 0),
            username=url.username,
            password=url.password,
            use_ssl=url.scheme == "rediss",
        )
