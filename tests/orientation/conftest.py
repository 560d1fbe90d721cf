"""The real table and directory, read once."""

import pytest

from bot.booking.motifs import MotifEntry, load_motifs
from bot.directory.load import load_directory
from bot.directory.models import Directory
from bot.orientation.table import Table, load_table


@pytest.fixture(scope="session")
def directory() -> Directory:
    return load_directory()


@pytest.fixture(scope="session")
def table() -> Table:
    return load_table()


@pytest.fixture(scope="session")
def motifs() -> dict[str, MotifEntry]:
    return load_motifs()
