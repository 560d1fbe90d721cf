"""Telephone numbers as the directory writes them: E.164, or the digits of a short number."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, shortnumberinfo

COUNTRY = "FR"
WRITTEN_TO = frozenset((33, 262, 590, 594, 596))
"""Country codes of France, La Réunion and Mayotte, Guadeloupe, Guyane, Martinique."""
MAINLAND_MOBILE = ("+336", "+337")
MOBILE = frozenset((PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE))


def is_dialable(dial: str) -> bool:
    """Whether this is a valid E.164 number or a short number in use in France."""
    try:
        number = phonenumbers.parse(dial, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    if dial.startswith("+"):
        return phonenumbers.is_valid_number(number)
    return dial.isdigit() and shortnumberinfo.is_valid_short_number_for_region(number, COUNTRY)


def is_mobile(dial: str) -> bool:
    """Whether a number in E.164 can receive text messages: a mobile one, of France or its overseas departments.

    Ranges of mobile numbers open faster than the library learns of them: any number of the mainland's is one.
    """
    if dial.startswith(MAINLAND_MOBILE):
        return True
    try:
        number = phonenumbers.parse(dial)
    except phonenumbers.NumberParseException:
        return False
    known = number.country_code in WRITTEN_TO and phonenumbers.is_valid_number(number)
    return known and phonenumbers.number_type(number) in MOBILE


def displayed(dial: str) -> str:
    """The number as residents read it: "06 12 34 56 78"; a short number stays as it is."""
    if not dial.startswith("+"):
        return dial
    return phonenumbers.format_number(phonenumbers.parse(dial), PhoneNumberFormat.NATIONAL)


def same_number(written: str, dial: str) -> bool:
    """Whether the written form and the dialled form are one number."""
    return written.replace(" ", "") == displayed(dial).replace(" ", "")
