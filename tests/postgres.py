"""A PostgreSQL to test on: fixtures `postgres_server` (session) and `postgres_url` (an empty database each).

Import both in a conftest. The server is TEST_POSTGRES_URL when set, else a throw-away cluster started from
the installed binaries, reachable only through a socket in its own directory; without either, what needs it
is skipped by name.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from tests.quick_folder import quick_folder

NO_POSTGRES = "no PostgreSQL: set TEST_POSTGRES_URL, or install its server binaries (initdb, pg_ctl)"
SERVER_OPTIONS = "-c listen_addresses='' -c unix_socket_directories={socket} -c max_connections=200"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server on which databases may be made."""
    try:
        with running_server("-c fsync=off") as url:
            yield url
    except NoPostgres as missing:
        if os.environ.get("POSTGRES_REQUIRED"):  # in CI (.ci/run) nothing is shown on one database only
            pytest.fail(str(missing))
        pytest.skip(str(missing))


class NoPostgres(Exception):
    """There is no server, and none can be started."""


@contextmanager
def running_server(options: str = "") -> Iterator[str]:
    """URL of a server: the one given, or a throw-away one with these options. Raises NoPostgres."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    binaries, owner = _binaries(), _owner()
    if binaries is None or owner is None:
        raise NoPostgres(NO_POSTGRES)
    directory = quick_folder("pg")
    try:
        yield from _cluster(binaries, owner, directory, options)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty database, dropped after the test."""
    with empty_database(postgres_server) as url:
        yield url


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """URL of one more empty database of this server, dropped at the end."""
    name = f"test_{uuid4().hex}"
    run_sql(server, f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


def dump_and_restore(source: str, target: str) -> None:
    """What an operator does: pg_dump of one database, pg_restore into another, empty one."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(NO_POSTGRES)
    urls = (
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False) for url in (source, target)
    )
    dump = subprocess.run([binaries / "pg_dump", "-Fc", "-d", next(urls)], check=True, capture_output=True)
    restore = [binaries / "pg_restore", "--exit-on-error", "--no-owner", "-d", next(urls)]
    subprocess.run(restore, input=dump.stdout, check=True, capture_output=True)


def _cluster(binaries: Path, owner: str, directory: Path, more: str) -> Iterator[str]:
    """Make a cluster in `directory`, give its URL, stop it."""
    shutil.chown(directory, owner)
    data = directory / "data"
    options = f"{SERVER_OPTIONS.format(socket=directory)} {more}"
    _run_as(owner, binaries / "initdb", "-D", data, "-U", owner, "--auth=trust", "-E", "UTF8", "--no-sync")
    _run_as(owner, binaries / "pg_ctl", "-D", data, "-l", directory / "log", "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg2://{owner}@/postgres?host={directory}"
    finally:
        _run_as(owner, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _binaries() -> Path | None:
    """The directory that holds both initdb and pg_ctl."""
    on_path = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    candidates = [Path(on_path).resolve().parent] if on_path else []
    return next((path for path in candidates + installed if (path / "initdb").exists()), None)


def _owner() -> str | None:
    """Who runs the server: this user, or, for root, whom PostgreSQL refuses, the user made for it."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known and shutil.which("runuser")), None)


def _run_as(owner: str, *command: str | Path) -> None:
    prefix = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
    # The server inherits these: an output that nobody closes would make a caller wait for it for ever.
    subprocess.run(
        [*prefix, *map(str, command)],
        cwd="/",
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def run_sql(url: str | URL, statement: str) -> None:
    """Run one statement outside any transaction, as making a database must be."""
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
