"""The words in which moments are told: numbers, months, days of the week, hours of the clock."""

import re
from collections.abc import Callable
from datetime import datetime

from bot.directory.hours import DAYS, MONTHS
from bot.directory.models import fold

Test = Callable[[datetime], bool]
"""Whether a moment, in the time of Paris, is as one word of a wish wants it."""

MONTH_NUMBERS = {fold(month): number for number, month in enumerate(MONTHS, start=1)}
COUNTS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
HOURS = tuple(word for word in COUNTS if word != "un")
"""Hours that are said in words: "pas avant dix heures"."""
NUMBER = rf"\d{{1,2}}|{'|'.join(COUNTS)}"
CLOCK = r"(?P<{0}>\d{{1,2}}) ?(?:heures?|h)(?: ?(?P<{0}_m>\d{{2}}))?"
WEEKDAY = "|".join(DAYS)
A_DATE = (
    rf"(?:(?:{WEEKDAY}) )?(?:\d{{1,2}}|premier)(?:er)?"
    rf"(?: (?:{'|'.join(MONTH_NUMBERS)})| sur \d{{1,2}})?\b(?! ?(?:h|heures?)\b)"
)
"""A date, its month said or not."""
WEEKDAYS = re.compile(rf"\b(?P<day>{WEEKDAY})s?(?P<next> prochaine?| en huit| en quinze| d apres| suivant)?\b")


def count_of(word: str) -> int:
    """The number of a word or of digits."""
    return COUNTS.get(word) or int(word)
