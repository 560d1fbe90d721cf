"""Fixtures shared by the suites: the trained model and running assistants, made once per run."""

from collections.abc import Iterator

import pytest

from bot.settings import ROOT
from tests.assistant import Assistant, start_assistant, stop_assistant

MONDAY_MORNING = "2026-11-23T10:00:00+01:00"
SATURDAY_NIGHT = "2026-11-21T23:30:00+01:00"


LOOKS_OVER_ALL = "the_whole_run"
"""In the name of a test that looks over every answer that residents were given."""
SHARED = {"assistant": "assistant", "assistant_at_night": "assistant", "racers": "races"}
"""What takes long to start, and the group of tests that one process of pytest keeps for it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks over every answer of the run comes last; what shares something slow shares a process of pytest."""
    items.sort(key=lambda item: LOOKS_OVER_ALL in item.name)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    """The tests that one process of pytest runs: those of a file, or those that share what takes long to start."""
    shared = [SHARED[name] for name in getattr(item, "fixturenames", ()) if name in SHARED]
    folder = item.path.parent.name
    if shared or folder == "conversations" or LOOKS_OVER_ALL in item.name:
        return shared[0] if shared else "assistant"
    return folder if folder == "nlu" else item.path.stem


@pytest.fixture(scope="session")
def trained_model() -> str:
    """The model trained last: `make test` trains it before the suite."""
    models = sorted((ROOT / "models").glob("*.tar.gz"))
    if not models:
        pytest.fail("no trained model: run `make train` first")
    return str(models[-1])


@pytest.fixture(scope="session")
def assistant(trained_model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The whole assistant on a Monday morning."""
    running, process = start_assistant(tmp_path_factory.mktemp("monday"), MONDAY_MORNING)
    yield running
    stop_assistant(process)


@pytest.fixture(scope="session")
def assistant_at_night(trained_model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The whole assistant on a Saturday night."""
    running, process = start_assistant(tmp_path_factory.mktemp("saturday"), SATURDAY_NIGHT)
    yield running
    stop_assistant(process)


@pytest.fixture(scope="session")
def live_site(assistant: Assistant) -> str:
    """The address of the whole assistant, for browsers."""
    return assistant.url
