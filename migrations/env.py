"""How Alembic reaches the database: the URL of the caller, else DATABASE_URL.

Every module that declares tables is imported here, so that `alembic revision --autogenerate` sees them.
"""

import os

from alembic import context
from sqlalchemy.engine import Connection

import bot.booking.models
import bot.dialogue.handover
import bot.messaging.sender
import bot.privacy.contacts
import bot.rdv_service_public.tables
import bot.web.accounts
import bot.web.agent_sessions
import bot.web.conversations  # noqa: F401
from bot.database import Base, engine_for

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(92024)"


def main() -> None:
    """Run the migrations asked for, all in one transaction that no other migration shares."""
    engine = engine_for(context.config.attributes.get("url") or os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        _prepare(connection)
        with connection.begin():
            _migrate(connection)
    engine.dispose()


def _prepare(connection: Connection) -> None:
    """SQLite alters a table by copying it: dropping the original must not trip over what refers to it."""
    if connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA foreign_keys=OFF")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(ONE_AT_A_TIME)
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=True
    )
    context.run_migrations()


main()
