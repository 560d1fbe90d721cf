"""Which of the proposed slots a person means: "2", "le deuxième", "mardi matin", "celui de 14h30", "le 24".

What is not clearly a choice is none: the slots are listed again, which costs less than a wrong appointment. So a
number that counts something ("j'ai 2 enfants") is no rank, nor is one that is refused ("pas le 2") or one of several.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.booking.wishes.restating import SINCE
from bot.booking.wishes.spelling import well_spelt
from bot.directory.hours import DAYS, MONTHS
from bot.directory.models import fold

_ORDINALS = {"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4}
_ORDINALS |= {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "cinquieme": 5}
_LAST = {"avant dernier": -2, "avant derniere": -2, "dernier": -1, "derniere": -1}
_RANKS = _LAST | _ORDINALS
_MONTHS = {fold(month): number for number, month in enumerate(MONTHS, start=1)}

_TIME = re.compile(r"\b(\d{1,2}) ?(?:heures?|h) ?(\d{2})?\b")
_SHORT_DATE = re.compile(r"\b(\d{1,2}) sur (\d{1,2})(?: sur \d{2,4})?\b")
_LONG_DATE = re.compile(rf"\b(\d{{1,2}}|premier)(?:er)? ({'|'.join(_MONTHS)})\b")
_RANK = re.compile(rf"(?P<rank>\d{{1,2}}|{'|'.join(_RANKS)})(?:er|ere|e|eme|nd|nde)?")
_POINTED = re.compile(
    rf"\b(?:le|la|l|du|numero|num|n|no|nr|choix|creneau|option|proposition|reponse) {_RANK.pattern}\b"
    r"(?! (?:fois|chose|question|etape|personne|annee|grossesse|enfant|bebe|echo\w*)\b)"
)
_FROM_THE_END = re.compile(rf"\b(?:{'|'.join(_LAST)})\b")
_COUNTED = r"(?:enfants?|gosses?|mois|ans?|semaines?|jours?|fois|euros?|personnes?|heures?|h)"
_POLITE = frozenset(
    "ok oui ouais alors bah ben non merci bonjour plutot je j prends prend veux voudrais choisis aimerais pour va ca"
    " sera c est mets mettez moi svp stp s il vous te plait me bon bien parfait".split()
)
"""A bare number is a choice when nothing else than these stands beside it."""
_AGREED = re.compile(
    rf"^(?:ok|oui|d accord|va pour|allez) (?P<rank>\d)(?= (?!{_COUNTED}\b)\w+(?: \w+)?$)"
    r"|^\w+ (?P<last>\d) (?:ok|oui|svp|stp)$"
)
"""A number after a yes, with a word or two: "ok 1 bébé"."""
_REFUSED = re.compile(r"\b(?:pas|sauf|aucune?|ni|jamais)\b")
_PAST = re.compile(rf"{SINCE.pattern}|\b(?:{'|'.join(DAYS)}) (?:dernier|passe)\b")
"""Of what has happened: "frigo vide depuis mardi"."""
_ELSE = re.compile(r"(?<=\w)\W+(?:(?:et|ou) )?(?:sinon|à défaut|a defaut|au pire|ou alors)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(r"\b(?:demain|aujourd ?hui|hier|semaine|mois|prochaine?|suivante?|en huit)\b")
"""Days that the offered slots alone do not tell: nothing is guessed."""
_NOON = 12

Test = Callable[[datetime], bool]


def read_choice(text: str, offered: Sequence[datetime]) -> datetime | None:
    """The proposed slot that a text chooses, the first where several fit; None when it chooses none."""
    spoken = _PAST.sub(" ", well_spelt(fold(_preferred(text).replace(":", "h").replace("/", " sur "))))
    if _REFUSED.search(spoken) or _OTHER_DAY.search(spoken):
        return None
    tests = [*_time_tests(spoken), *_day_tests(spoken)]
    number = _pointed_number(_without_moments(spoken))
    if not tests:
        return None if _may_be_a_date(spoken, offered) else _by_rank(number, offered) or _of_day(number, offered)
    fitting = [start for start in offered if all(test(start) for test in tests)]
    if number is None:
        return fitting[0] if fitting else None
    ranked = _by_rank(number, offered)
    return _of_day(number, fitting) or (ranked if ranked in fitting else None)


def _preferred(text: str) -> str:
    """What is wished for first, of "la 3 ou sinon la 1"."""
    return "" if "?" in text and _ELSE.search(text) else _ELSE.split(text, maxsplit=1)[0]


def _may_be_a_date(spoken: str, offered: Sequence[datetime]) -> bool:
    """Whether "le 1er" may be the first slot, or the one of the first of the month."""
    return bool(re.search(r"\ble 1er\b", spoken)) and any(start.day == 1 for start in offered[1:])


def read_rank(text: str) -> int | None:
    """The rank in a list that a text points at, and nothing else: "2", "la 1 stp", "le deuxième"; else None."""
    spoken = fold(text)
    bare = [word for word in spoken.split() if word not in _POLITE and word not in ("le", "la", "l", "numero")]
    number = _pointed_number(spoken) if len(bare) == 1 and not _REFUSED.search(spoken) else None
    return number if number and number > 0 else None


def names_rank(text: str) -> bool:
    """Whether a text points at a rank of a list, from its beginning or from its end: "l'avant-dernière"."""
    return read_rank(text) is not None or bool(_FROM_THE_END.search(fold(text)))


def _time_tests(spoken: str) -> list[Test]:
    tests = [_at(int(hour), int(minute or 0)) for hour, minute in _TIME.findall(spoken)]
    if re.search(r"\bmatin(?:ee)?\b", spoken):
        tests.append(lambda start: start.hour < _NOON)
    if re.search(r"\bapres midi\b|\baprem\b", spoken):
        tests.append(lambda start: start.hour >= _NOON)
    return tests


def _day_tests(spoken: str) -> list[Test]:
    named = [index for index, day in enumerate(DAYS) if re.search(rf"\b{day}\b", spoken)]
    dates = [(int(day), int(month)) for day, month in _SHORT_DATE.findall(spoken)]
    dates += [(1 if day == "premier" else int(day), _MONTHS[month]) for day, month in _LONG_DATE.findall(spoken)]
    return [*(_on_weekday(index) for index in named), *(_on_date(day, month) for day, month in dates)]


def _at(hour: int, minute: int) -> Test:
    return lambda start: (start.hour, start.minute) == (hour, minute)


def _on_weekday(index: int) -> Test:
    return lambda start: start.weekday() == index


def _on_date(day: int, month: int) -> Test:
    return lambda start: (start.day, start.month) == (day, month)


def _without_moments(spoken: str) -> str:
    """The text without its times, dates and names of days: "lundi 24 a 10 h" leaves "le 24"."""
    for pattern in (_TIME, _SHORT_DATE, _LONG_DATE):
        spoken = pattern.sub(" ", spoken)
    return " ".join(re.sub(rf"\b(?:{'|'.join(DAYS)})\b", " le ", spoken).split())


def _pointed_number(spoken: str) -> int | None:
    """The one number that points at something in the list, -1 for the last; None when none does or several do."""
    bare = [word for word in spoken.split() if word not in _POLITE]
    said = {found["rank"] for found in _POINTED.finditer(spoken)}
    said |= {found["rank"] or found["last"] for found in _AGREED.finditer(spoken)}
    said |= {found["rank"] for word in bare if len(bare) == 1 and (found := _RANK.fullmatch(word))}
    numbers = {_RANKS[word] if word in _RANKS else int(word) for word in said}
    return numbers.pop() if len(numbers) == 1 else None


def _by_rank(number: int | None, offered: Sequence[datetime]) -> datetime | None:
    if number and -len(offered) <= number < 0:
        return offered[number]
    return offered[number - 1] if number and 1 <= number <= len(offered) else None


def _of_day(number: int | None, offered: Sequence[datetime]) -> datetime | None:
    """The first slot of this day of the month."""
    return next((start for start in offered if start.day == number), None)
