"""The one database: its engine, the base of every table, and its migrations."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, as_declarative
from sqlalchemy.pool import QueuePool

ROOT = Path(__file__).parents[1]

NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


@as_declarative(metadata=MetaData(naming_convention=NAMING_CONVENTION))
class Base:
    """The base of every table of the project; its constraints have predictable names."""

    metadata: ClassVar[Any]
    __table__: ClassVar[Any]

    if TYPE_CHECKING:  # SQLAlchemy writes this constructor itself

        def __init__(self, **columns: Any) -> None: ...


def engine_for(url: str) -> Engine:
    """An engine in 2.0 style whose transactions are safe for booking, on SQLite or PostgreSQL.

    On SQLite a transaction takes the write lock as it begins, so what it reads stays true until it
    commits; `reading(engine)` gives transactions that do not take it.
    """
    if url.startswith("sqlite"):
        return _sqlite_engine(url)
    return create_engine(url, future=True, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True)


def reading(engine: Engine) -> Engine:
    """The same engine and pool, for transactions that only read: they never wait for a writer."""
    return engine.execution_options(reads_only=True)


def snapshot(engine: Engine) -> Engine:
    """The same as `reading`, for transactions of several queries that must see one moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return reading(engine)  # SQLite never shows less


def exclusive(session: Session, purpose: str) -> None:
    """Wait until no other transaction holds `purpose`, then hold it until this one ends.

    A SQLite transaction that writes is already alone; PostgreSQL takes an advisory lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:purpose, 0))"), {"purpose": purpose})


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest migration; safe when several processes do it at once."""
    config = _alembic_config()
    config.attributes["url"] = url
    command.upgrade(config, "head")


def is_migrated(engine: Engine) -> bool:
    """Whether the database stands exactly at the newest migration."""
    newest = ScriptDirectory.from_config(_alembic_config()).get_heads()
    with reading(engine).connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def _alembic_config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,  # opening a file and its settings anew costs more than most transactions
        connect_args={"timeout": 20, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions too late: see _begin_sqlite
    # FULL: what is committed outlives a power cut too. An appointment given is kept; a message sent is not sent again.
    for pragma in ("busy_timeout=20000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
