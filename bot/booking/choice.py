"""Which of the proposed slots a person means: "2", "le deuxième", "mardi matin", "celui de 14h30", "le 24"."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.directory.hours import DAYS
from bot.directory.models import fold

_ORDINALS = {"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4}
_ORDINALS |= {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "cinquieme": 5}
_TIME = re.compile(r"\b(\d{1,2}) ?(?:h|heures?|:) ?(\d{2})?\b")
_NUMBER = re.compile(r"\b(\d{1,2})(?:er|ere|e|eme|nd|nde)?\b")
_NOON = 12

Test = Callable[[datetime], bool]


def read_choice(text: str, offered: Sequence[datetime]) -> datetime | None:
    """The proposed slot that a text chooses, the first where several fit; None when it chooses none."""
    spoken = fold(text.replace(":", "h").replace("/", " sur "))
    tests = [*_time_tests(spoken), *_day_tests(spoken)]
    if tests:
        return next((start for start in offered if all(test(start) for test in tests)), None)
    return _by_rank(spoken, offered)


def _time_tests(spoken: str) -> list[Test]:
    tests: list[Test] = []
    for hour, minute in _TIME.findall(spoken):
        wanted = (int(hour), int(minute or 0))
        tests.append(lambda start, wanted=wanted: (start.hour, start.minute) == wanted)  # type: ignore[misc]
    if "matin" in spoken:
        tests.append(lambda start: start.hour < _NOON)
    if "apres midi" in spoken or "aprem" in spoken:
        tests.append(lambda start: start.hour >= _NOON)
    return tests


def _day_tests(spoken: str) -> list[Test]:
    days = [index for index, day in enumerate(DAYS) if re.search(rf"\b{day}\b", spoken)]
    tests: list[Test] = [lambda start, day=day: start.weekday() == day for day in days]  # type: ignore[misc]
    date = re.search(r"\b(\d{1,2}) sur (\d{1,2})\b", spoken)
    if date:
        wanted = (int(date[1]), int(date[2]))
        tests.append(lambda start: (start.day, start.month) == wanted)
    elif days:
        number = _NUMBER.search(_TIME.sub("", spoken))
        if number:
            tests.append(lambda start: start.day == int(number[1]))
    return tests


def _by_rank(spoken: str, offered: Sequence[datetime]) -> datetime | None:
    """A rank in the list; a number past its end is read as a day of the month."""
    number = _NUMBER.search(spoken)
    rank = int(number[1]) if number else next((_ORDINALS[word] for word in spoken.split() if word in _ORDINALS), 0)
    if "dernier" in spoken:
        rank = len(offered)
    if 1 <= rank <= len(offered):
        return offered[rank - 1]
    return next((start for start in offered if rank and start.day == rank), None)
