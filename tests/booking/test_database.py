"""Engines and migrations, on both databases."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.booking import models
from bot.database import ROOT, Base, engine_for, is_migrated, migrate, reading

OWN_TABLES = {
    mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.__module__ == models.__name__
}


def is_own(_object: object, name: str, kind: str, _reflected: bool, _other: object) -> bool:
    return kind != "table" or name in OWN_TABLES


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    options = {"include_object": is_own, "compare_type": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_a_database_is_migrated_or_not(database_url: str) -> None:
    engine = engine_for(database_url)
    assert not is_migrated(engine)
    for _ in range(2):
        migrate(database_url)
        assert is_migrated(engine)
    engine.dispose()


def test_the_first_migration_goes_down_and_up_again(database_url: str) -> None:
    migrate(database_url)
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["url"] = database_url
    command.downgrade(config, "base")
    engine = engine_for(database_url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert not is_migrated(engine)
    migrate(database_url)
    assert is_migrated(engine)
    engine.dispose()


def test_alembic_reads_database_url_from_the_environment(sqlite_url: str) -> None:
    run = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(run, cwd=ROOT, env={"DATABASE_URL": sqlite_url}, check=True, capture_output=True)
    engine = engine_for(sqlite_url)
    assert is_migrated(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 20000), ("synchronous", 2)],
)
def test_sqlite_is_set_up_on_every_connection(sqlite_url: str, pragma: str, value: object) -> None:
    engine = engine_for(sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


def test_a_reader_waits_for_no_writer(engine: Engine) -> None:
    with engine.begin() as writer, reading(engine).begin() as reader:
        writer.execute(models.Lieu.__table__.insert(), {"id": "here", "works_whit_monday": False})
        assert reader.execute(models.Lieu.__table__.select()).all() == []


def test_postgresql_reads_what_is_committed(postgres_url: str) -> None:
    engine = engine_for(postgres_url)
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "READ COMMITTED"
    engine.dispose()
