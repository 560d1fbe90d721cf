"""Rasa inside a command: it logs on standard output, where only the answers of the command may stand."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog


@contextmanager
def only_answers() -> Iterator[TextIO]:
    """Meanwhile Rasa tells its errors only, on standard error. Gives the standard output, to write answers on."""
    configure_structlog(logging.ERROR)
    configure_logging_and_warnings(logging.ERROR)
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        yield answers
