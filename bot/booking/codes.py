"""Confirmation codes: what a resident shows at the desk, reads aloud, or types on a phone."""

import re
import secrets

ALPHABET = "CDFHJKMNPQRTVWX23456789"
"""No vowel, so no word; nothing read as something else: no 0 O, 1 I L, B (8), G (6), S (5), Z (2), U (V)."""

LENGTH = 10
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")


def new_code() -> str:
    """A code nobody can guess or order, in groups to be read aloud: `K7PM-4XQT-9R`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def parse_code(text: str) -> str | None:
    """The code in its written form, whatever the case, the spaces and the dashes; None when it is no code."""
    symbols = _SEPARATORS.sub("", text).upper()
    if len(symbols) != LENGTH or not set(symbols) <= set(ALPHABET):
        return None
    return _grouped(symbols)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, LENGTH, 4))
