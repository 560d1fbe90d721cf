"""What a person types in a form to be written to: read, or refused field by field."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.directory.phones import is_mobile
from bot.privacy.redact import international_number

LONGEST_NAME, LONGEST_PHONE, LONGEST_EMAIL = 80, 40, 254
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}", re.ASCII | re.IGNORECASE)
"""An address as it is written to in practice; it is matched once its length is known."""

Fault = Literal["too_long", "no_letter", "unreadable", "not_mobile"]


@dataclass(frozen=True)
class TypedContact:
    """What the fields hold, None where one was left empty; phone in E.164, faults by the name of their field."""

    first_name: str | None
    phone: str | None
    email: str | None
    faults: dict[str, Fault]


def read_contact(first_name: str, phone: str, email: str) -> TypedContact:
    """Read the three fields, each of which may be empty."""
    name, number, address = first_name.strip(), phone.strip(), email.strip()
    dialled = international_number(number) if number and len(number) <= LONGEST_PHONE else None
    found = {
        "first_name": _fault_of_name(name) if name else None,
        "phone": _fault_of_phone(number, dialled) if number else None,
        "email": _fault_of_email(address) if address else None,
    }
    faults = {field: fault for field, fault in found.items() if fault is not None}
    return TypedContact(name or None, dialled, address or None, faults)


def _fault_of_name(name: str) -> Fault | None:
    if len(name) > LONGEST_NAME:
        return "too_long"
    return None if any(sign.isalpha() for sign in name) else "no_letter"


def _fault_of_phone(number: str, dialled: str | None) -> Fault | None:
    if len(number) > LONGEST_PHONE or dialled is None:
        return "unreadable"
    return None if is_mobile(dialled) else "not_mobile"


def _fault_of_email(address: str) -> Fault | None:
    if len(address) > LONGEST_EMAIL:
        return "too_long"
    return None if _EMAIL.fullmatch(address) else "unreadable"
