"""Where tests keep their databases: in memory where there is room for it, since a disk makes each commit wait."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 * 2**30
"""Containers often give 64 MB only: a database server needs more."""


def quick_folder(prefix: str) -> Path:
    """A new folder of this process, removed when it ends."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir=MEMORY if has_room else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
