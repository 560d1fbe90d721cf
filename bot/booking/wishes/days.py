"""The days that the words of a wish name: dates, days of the week, weeks, months."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from bot.booking.wishes.moment_words import A_DATE, MONTH_NUMBERS, NUMBER, WEEKDAY, WEEKDAYS, Test, count_of
from bot.directory.hours import DAYS

_WEEK = timedelta(days=7)
_SATURDAY = DAYS.index("samedi")
_FORTNIGHT = 15
"""Two weeks, as one says it: "dans quinze jours"."""
_LONG_DATE = re.compile(rf"\b(?P<day>\d{{1,2}}|premier)(?:er)? (?P<month>{'|'.join(MONTH_NUMBERS)})\b")
_SHORT_DATE = re.compile(r"\b(?P<day>\d{1,2}) sur (?P<month>\d{1,2})\b")
_DAY_OF_MONTH = re.compile(
    r"\ble (?P<day>[4-9]|1[0-9]|2[0-9]|3[01]|[1-3](?= et le (?:[4-9]|[12]\d|3[01])\b))\b(?! ?(?:h|heures?|sur)\b)"
)
"""Three slots are shown at most: "le 4" is a day, and so is the 3 of "le 3 ou le 4"."""
_WEEKDAY_DATE = re.compile(rf"\b(?P<day>{WEEKDAY}) (?P<number>[1-9]|[12][0-9]|3[01])\b(?! ?(?:h|heures?)\b)")
_BEFORE_DAY = re.compile(rf"\b(?P<bound>avant|d ici|jusqu a|jusqu au) (?:le |la )?(?P<day>{WEEKDAY})\b")
_FROM_DAY = re.compile(rf"\b(?P<bound>a partir de|a partir du|apres|des|au plus tot) (?:le |la )?(?P<day>{WEEKDAY})\b")
BEFORE_DATE = re.compile(
    rf"\b(?:avant|d ici|jusqu au) (?:le )?"
    rf"(?:{_LONG_DATE.pattern}|(?P<alone>\d{{1,2}}|premier)(?:er)?\b(?! ?(?:h|heures?|sur)\b))"
)
_FROM_DATE = re.compile(rf"\b(?:a partir du|a compter du|apres le|des le|passe le) (?P<first>{A_DATE})")
_WEEK_OF = re.compile(rf"\bsemaine du (?P<first>{A_DATE})")
_SPAN = re.compile(rf"\b(?:entre le|du) (?P<first>{A_DATE}) (?:et le|au) (?P<last>{A_DATE})")
_DAYS_AHEAD = (
    (re.compile(r"\bap(?:re?s?|s) demi?a?in\b"), 2),
    (re.compile(r"(?<!apres )(?<!apre )(?<!apr )(?<!aps )\bdemain\b"), 1),
    (
        re.compile(
            r"\b(?:aujourd ?hui|ce matin|cet? aprem|cet apres midi|ce soir|tout a l heure|maintenant|tout de suite)\b"
        ),
        0,
    ),
)
_IN_DAYS = re.compile(rf"\bdans (?P<count>{NUMBER}) ?jours?\b")
_WITHIN_DAYS = re.compile(rf"\b(?:d ici|sous|dans les) (?P<count>{NUMBER}) ?(?P<unit>jours?|semaines?)\b")
_IN_WEEKS = re.compile(rf"\bdans (?P<count>{NUMBER}) ?semaines?\b|\bdans (?P<fortnight>quinze|15) ?jours?\b")
_THIS_WEEK = re.compile(
    r"\b(?:cette semaine|dans la semaine(?! (?:du|de|prochaine|pro|qui|d apres|suivante))"
    r"|avant la fin de (?:la )?semaine|avant le week ?end)\b"
)
_NEXT_WEEK = re.compile(r"\b(?:la )?semaine (?:prochaine|pro|qui vient)\b|\b(?:la )?sem pro\w*\b")
_WEEK_AFTER = re.compile(r"\bsemaine (?:d apres|suivante)\b")
_LATER_THAT_WEEK = re.compile(r"\bplus tard dans la semaine\b")
_NEXT_MONTH = re.compile(r"\b(?:le )?mois (?:prochain|d apres|suivant|qui vient)\b")
_END_OF_WEEK = re.compile(r"\b(?:en )?fin de (?:la )?semaine\b")
_START_OF_WEEK = re.compile(r"\b(?:en )?debut de (?:la )?semaine\b")
_MONTH = re.compile(
    rf"\b(?:en|debut|mi|fin|courant|mois de|pour) (?:le mois de )?(?P<month>{'|'.join(MONTH_NUMBERS)})\b"
)
FAR = 365


def days_in(part: str, today: date) -> list[Test]:
    """The days a part names: dates, else from or until a day, else days of the week, else whole weeks."""
    if until := bounds_in(part, today):
        return [within(range(today.toordinal(), until[0].toordinal()))]
    if spans := [*_spans(part, today)]:
        return [within(span) for span in spans]
    if exact := [*dates_named(part, today), *days_ahead(part, today)]:
        return [on_day(day) for day in exact]
    if bounded := [*_bounded(part, today)]:
        return bounded
    if dated := [*_weekday_dates(part, today)]:
        return dated
    weeks = _periods(part, today)
    weekdays = [_weekday(found, weeks, today) for found in WEEKDAYS.finditer(part)]
    return weekdays or [within(week) for week in weeks]


def bounds_in(part: str, today: date) -> list[date]:
    """The dates before which a part asks for a moment, or refuses one: "avant le 1er", "pas avant le 3 décembre"."""
    bounds: list[date] = []
    for found in BEFORE_DATE.finditer(part):
        alone = found["alone"]
        bounds += _next_such(today, 1 if alone == "premier" else int(alone)) if alone else dates_named(found[0], today)
    return bounds


def _spans(part: str, today: date) -> Iterator[range]:
    """The days between two dates, from a date on, or of the week of a date."""
    for found in _SPAN.finditer(part):
        for last in _date_said(found["last"], today):
            former = [first for first in _date_said(found["first"], last - _WEEK * 4) if first <= last]
            yield range(max([*former, today]).toordinal(), last.toordinal() + 1)
    for found in _FROM_DATE.finditer(part):
        for first in _date_said(found["first"], today):
            yield range(first.toordinal() + found[0].startswith("apres"), first.toordinal() + FAR)
    for found in _WEEK_OF.finditer(part):
        for day in _date_said(found["first"], today):
            yield _days_from(day - timedelta(days=day.weekday()))


def _date_said(words: str, today: date) -> list[date]:
    """The next such date, its month said or not."""
    alone = re.search(r"\d+", words)
    return [*dates_named(words, today)] or [*_next_such(today, int(alone[0]) if alone else 1)]


def dates_named(part: str, today: date) -> Iterator[date]:
    """The dates a part names, each the next one."""
    for pattern in (_LONG_DATE, _SHORT_DATE):
        for found in pattern.finditer(part):
            day = 1 if found["day"] == "premier" else int(found["day"])
            yield from _next_such(today, day, MONTH_NUMBERS.get(found["month"]) or int(found["month"]))
    for found in _DAY_OF_MONTH.finditer(_SHORT_DATE.sub(" ", _LONG_DATE.sub(" ", part))):
        yield from _next_such(today, int(found["day"]))


def _weekday_dates(part: str, today: date) -> Iterator[Test]:
    """For "mardi 25", that date; where the two do not agree, either of them, so that the person sees both."""
    for found in _WEEKDAY_DATE.finditer(part):
        for day in _next_such(today, int(found["number"])):
            yield on_day(day)
            if day.weekday() != DAYS.index(found["day"]):
                yield on_day(_coming(found["day"], today))


def _next_such(today: date, day: int, month: int | None = None) -> Iterator[date]:
    """The next such date from today on, within a year; none where there is no such date."""
    following = (today + timedelta(days=ahead) for ahead in range(366))
    return islice((one for one in following if one.day == day and month in (None, one.month)), 1)


def _bounded(part: str, today: date) -> Iterator[Test]:
    """From or until a day: "avant vendredi" and "après jeudi" leave that day out, the others hold it."""
    for found in _BEFORE_DAY.finditer(part):
        day = _coming(found["day"], today)
        yield within(range(today.toordinal(), day.toordinal() + (found["bound"] != "avant")))
    for found in _FROM_DAY.finditer(part):
        first = _coming(found["day"], today).toordinal() + (found["bound"] == "apres")
        yield within(range(first, first + FAR))


def _coming(day: str, today: date) -> date:
    """The next such day of the week after today."""
    return today + timedelta(days=(DAYS.index(day) - today.weekday()) % 7 or 7)


def days_ahead(part: str, today: date) -> Iterator[date]:
    """The days a part counts from today: "demain", "dans trois jours"."""
    for pattern, count in _DAYS_AHEAD:
        if pattern.search(part):
            yield today + timedelta(days=count)
    for found in _IN_DAYS.finditer(part):
        if (count := count_of(found["count"])) != _FORTNIGHT:
            yield _working(today + timedelta(days=count))


def _working(day: date) -> date:
    """The day itself, or the Monday after its week-end."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def _periods(part: str, today: date) -> list[range]:
    """The days a part names as a whole, as ordinals."""
    monday = today - timedelta(days=today.weekday())
    this = monday + _WEEK * (today.weekday() >= _SATURDAY)  # said at the week-end, "cette semaine" is the coming one
    weeks = [_days_from(monday + _WEEK)] if _NEXT_WEEK.search(part) else []
    weeks += [_days_from(this + _WEEK)] if _WEEK_AFTER.search(part) else []
    weeks += [_days_from(this)] if _THIS_WEEK.search(part) else []
    for found in _WITHIN_DAYS.finditer(part):
        count = count_of(found["count"]) * (7 if found["unit"].startswith("semaine") else 1)
        weeks.append(range(today.toordinal(), today.toordinal() + count + 1))
    for found in _IN_WEEKS.finditer(part):
        weeks.append(_days_from(monday + _WEEK * (2 if found["fortnight"] else count_of(found["count"]))))
    if _LATER_THAT_WEEK.search(part):
        weeks = [range(this.toordinal() + 2, this.toordinal() + 5)]
    elif _END_OF_WEEK.search(part):
        weeks = [range(week.start + 3, week.start + 5) for week in weeks or [_days_from(this)]]
    elif _START_OF_WEEK.search(part):
        weeks = [range(week.start, week.start + 2) for week in weeks or [_days_from(monday + _WEEK)]]
    if _NEXT_MONTH.search(part):
        weeks.append(_month(today.replace(day=1) + timedelta(days=32), part))
    for found in _MONTH.finditer(part):
        month = MONTH_NUMBERS[found["month"]]
        weeks.append(_month(date(today.year + (month < today.month), month, 1), found[0]))
    return weeks


def _days_from(monday: date) -> range:
    return range(monday.toordinal(), monday.toordinal() + 7)


def _month(day: date, said: str) -> range:
    """The days of a month, or of the third of it that is said: "début décembre", "à la mi-janvier"."""
    first = day.replace(day=1).toordinal()
    end = (date.fromordinal(first) + timedelta(days=32)).replace(day=1).toordinal()
    if re.search(r"\bdebut\b", said):
        return range(first, first + 10)
    if re.search(r"\bmi\b", said):
        return range(first + 10, first + 20)
    return range(first + 20, end) if re.search(r"\bfin\b", said) else range(first, end)


def _weekday(found: re.Match[str], weeks: Sequence[range], today: date) -> Test:
    index = DAYS.index(found["day"])
    if found["next"] and not weeks:
        skipped = _WEEK * {" en huit": 1, " en quinze": 2}.get(found["next"], 0)
        return on_day(_coming(found["day"], today) + skipped)
    return lambda moment: (
        moment.weekday() == index and (not weeks or any(moment.date().toordinal() in week for week in weeks))
    )


def on_day(day: date) -> Test:
    """On this day."""
    return lambda moment: moment.date() == day


def within(days: range) -> Test:
    """On one of these days, told as ordinals."""
    return lambda moment: moment.date().toordinal() in days
