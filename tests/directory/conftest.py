"""The real directory, and copies of it that a test may spoil."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from bot.directory.load import DEFAULT_PATH, load_directory
from bot.directory.models import Directory

Spoil = Callable[[str, Callable[[Any], None]], Path]


@pytest.fixture(scope="session")
def directory() -> Directory:
    return load_directory()


@pytest.fixture
def spoiled(tmp_path: Path) -> Spoil:
    """Copies data/directory, changes one file of the copy, and gives the folder."""

    def spoil(file: str, change: Callable[[Any], None]) -> Path:
        folder = tmp_path / "directory"
        if not folder.exists():
            shutil.copytree(DEFAULT_PATH, folder)
        document = yaml.load((folder / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        change(document)
        (folder / file).write_text(json.dumps(document, default=str), encoding="utf-8")  # JSON is YAML
        return folder

    return spoil
