"""A migrated database at the URL of an empty one, as a copy of one made once: migrating anew for each test costs more
than most tests.
"""

import os
import shutil
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bot.database import migrate
from tests.postgres import run_sql
from tests.quick_folder import quick_folder


def put_migrated(url: str) -> None:
    """Make the empty database at `url` a migrated one."""
    wanted = make_url(url)
    if wanted.get_backend_name() == "sqlite":
        shutil.copyfile(_sqlite_template(), str(wanted.database))
        return
    server = wanted.set(database="postgres")
    run_sql(server, f"DROP DATABASE {wanted.database}")
    run_sql(server, f"CREATE DATABASE {wanted.database} TEMPLATE {_postgres_template(server)}")


@lru_cache(maxsize=1)
def _sqlite_template() -> Path:
    template = quick_folder("migrated") / "template.db"
    migrate(f"sqlite:///{template}")
    return template


@lru_cache(maxsize=1)
def _postgres_template(server: URL) -> str:
    name = f"migrated_{os.getpid()}"
    run_sql(server, f"DROP DATABASE IF EXISTS {name}")
    run_sql(server, f"CREATE DATABASE {name}")
    migrate(server.set(database=name).render_as_string(hide_password=False))
    return name
