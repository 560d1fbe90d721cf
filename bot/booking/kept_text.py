"""Text as the database keeps it."""

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def kept_text(text: str | None, length: int) -> str | None:
    """The text on one line, without control characters (PostgreSQL refuses NUL) nor lone surrogates, cut to length."""
    readable = (text or "").encode("utf-8", "replace").decode("utf-8")
    return _CONTROLS.sub(" ", readable).strip()[:length].strip() or None
