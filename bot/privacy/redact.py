"""Free text loses telephone numbers, e-mails, social-security and bank numbers, and announced names, before storage.

The gateway applies it to every message: what Rasa stores, and what a log could show, is already without them.
"""

import re
from dataclasses import dataclass

import phonenumbers

REGION = "FR"
PHONE_MARK = "06 00 00 00 00"
"""Stands for any telephone number, so that the message still reads as one that gives a number."""

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\b[12] ?\d{2} ?\d{2} ?[\dAB]{2,3} ?\d{3} ?\d{3}(?: ?\d{2})?\b")
_ANNOUNCED_NAME = re.compile(
    r"(?P<announce>\b(?:je m ?['’]? ?appelle|mon pr[eé]nom (?:est|c ?['’]? ?est)|mon nom (?:est|c ?['’]? ?est)|moi c ?['’]? ?est"
    r"|pr[eé]nom ?:)\s+)(?P<name>[A-Za-zÀ-ÿ'’-]{2,30}(?:\s+[A-ZÀ-Ý][A-Za-zÀ-ÿ'’-]{1,30})?)",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    "et mon ma le la tel tél telephone téléphone numero numéro num c est au oui ok voici moi je suis".split()
)
_MAX_NAME_WORDS = 2


@dataclass(frozen=True)
class Contact:
    """What a person gives to be reminded of an appointment; the phone in international form."""

    first_name: str | None
    phone: str


@dataclass(frozen=True)
class Redacted:
    """A text without personal data, and the contact that was in it, if any."""

    text: str
    contact: Contact | None


def redact(text: str) -> Redacted:
    """The text without the personal data that patterns can find, and the contact details it gave."""
    named = _ANNOUNCED_NAME.search(text)
    bare = _ANNOUNCED_NAME.sub(lambda found: found["announce"] + "…", text)
    bare = _IBAN.sub("[numéro]", _EMAIL.sub("[courriel]", bare))
    phones = list(phonenumbers.PhoneNumberMatcher(bare, REGION))
    if not phones:
        return Redacted(_LONG_NUMBER.sub("[numéro]", bare), None)
    left = "".join(_between(bare, phones, " "))
    name = named["name"] if named else _lone_name(left)
    kept = PHONE_MARK if _lone_name(left) else PHONE_MARK.join(_between(bare, phones, None))
    phone = phonenumbers.format_number(phones[0].number, phonenumbers.PhoneNumberFormat.E164)
    return Redacted(_LONG_NUMBER.sub("[numéro]", kept), Contact(name, phone))


def _between(text: str, phones: list[phonenumbers.PhoneNumberMatch], filler: str | None) -> list[str]:
    """The pieces of text around the numbers."""
    edges = [0, *(edge for phone in phones for edge in (phone.start, phone.end)), len(text)]
    pieces = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return pieces if filler is None else [piece + filler for piece in pieces]


def _lone_name(left: str) -> str | None:
    """The one or two words that stand beside a number: taken for a first name."""
    words = [word for word in re.findall(r"[A-Za-zÀ-ÿ'’-]+", left) if word.lower() not in _FILLERS]
    return " ".join(words) if 1 <= len(words) <= _MAX_NAME_WORDS else None
