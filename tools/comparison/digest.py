"""What a comparison rests on, as one number that changes with any of it."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """The SHA-256 of the names and contents of files, and of those of folders."""
    whole = sha256()
    for path in paths:
        for file in _files(path):
            content = sha256(file.read_bytes()).hexdigest()
            whole.update(f"{file.name} {content}\n".encode())
    return whole.hexdigest()


def _files(path: Path) -> list[Path]:
    """The file, or those of the folder; without what Python leaves beside its modules."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
