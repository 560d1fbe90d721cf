"""The hours that the words of a wish name: of the clock, of the school, parts of the day."""

import re
from datetime import datetime, time, timedelta

from bot.booking.wishes.moment_words import CLOCK, Test

_OVER_LUNCH = re.compile(r"\bentre midi et (?:deux|2|14)|\b(?:le midi|a midi|pause dejeuner|pause de midi)\b")
UNTIL = re.compile(r"\bavant " + CLOCK.format("hour") + r"|\bavant midi\b")
_FROM = re.compile(r"\b(?:apres|a partir de|des|plus tard que|au dela de) (?:les )?" + CLOCK.format("hour"))
_BETWEEN = re.compile(
    rf"\b(?:entre|de) {CLOCK.format('first')} (?:et|a) {CLOCK.format('last')}"
    rf"|\b{CLOCK.format('start')} a {CLOCK.format('end')}"
)
_AT_LATEST = re.compile(r"\bjusqu a (?:les )?" + CLOCK.format("hour"))
_OUT_OF_SCHOOL = re.compile(
    r"\b(?:en dehors|hors) (?:de l |des (?:heures|horaires) (?:de l |d |de |scolaires?)?|du temps |temps )?"
    r"(?:ecole|classe|cours|scolaires?)\b"
)
_SCHOOL_TIME = re.compile(
    r"\b(?:pendant|durant) (?:(?:les (?:heures|horaires) (?:de l |d |de )?|l |la |le temps )?"
    r"(?:ecole|classe|cours|scolaires?)|(?:que|qu) [\w ]{1,30} (?:a l |en )(?:ecole|classe|creche|maternelle))\b"
    r"|\bsur (?:le )?temps scolaire\b"
)
_AROUND = re.compile(r"\b(?:vers|autour de|environ|aux alentours de) (?:les )?" + CLOCK.format("hour"))
_AT = re.compile(r"\b" + CLOCK.format("hour") + r"\b")
_DAY_PARTS: tuple[tuple[re.Pattern[str], time, time], ...] = (
    (re.compile(r"\b(?:debut de matinee|tot le matin|tres tot)\b"), time(0), time(10)),
    (re.compile(r"\b(?:fin de matinee|en fin de mat\w*)\b"), time(10, 30), time(13)),
    (re.compile(r"\bdebut d (?:apres midi|aprem)\b"), time(12), time(15)),
    (re.compile(r"\bfin (?:d (?:apres midi|aprem)|de journee|de l apres midi)\b"), time(15, 30), time(20)),
    (re.compile(r"\b(?:apres midis?|aprem|aprems|apresmidi)\b"), time(12), time(19)),
    (re.compile(r"\b(?:matins?|matinees?|mat)\b"), time(0), time(12)),
    (re.compile(r"\b(?:apres (?:les cours|l ecole|le lycee|le college|la classe|la sortie))\b"), time(16), time(23)),
    (re.compile(r"\b(?:le )?plus tard (?:dans|de) la journee\b"), time(16), time(23)),
    (re.compile(r"\b(?:soirs?|soirees?|apres le (?:travail|boulot|taf))\b"), time(17), time(23)),
)
_OPENING = 7
_NEAR = timedelta(minutes=30)


def hours_in(part: str) -> list[Test]:
    """What a part says of the hour; the first way of saying it that is found."""
    if _OVER_LUNCH.search(part):
        return [between(time(12), time(14))]
    if found := _BETWEEN.search(part):
        first, last = ("first", "last") if found["first"] else ("start", "end")
        return [between(clock_said(found, first), clock_said(found, last))]
    if _OUT_OF_SCHOOL.search(part):
        return [_out_of_school]
    if _SCHOOL_TIME.search(part):
        return [between(time(9), time(16))]
    if found := _AT_LATEST.search(part):
        return [_until(clock_said(found, "hour"))]
    if found := _FROM.search(part):
        return [between(clock_said(found, "hour"), time.max)]
    if found := UNTIL.search(part):
        return [between(time.min, clock_said(found, "hour"))]
    if found := _AROUND.search(part):
        return [_near(clock_said(found, "hour"))]
    if found := _AT.search(part):
        return [at_hour(clock_said(found, "hour"))]
    return [between(start, end) for pattern, start, end in _DAY_PARTS if pattern.search(part)][:1]


def clock_alone(part: str) -> bool:
    """Whether an hour is said by itself, bound by no "avant", "après", "vers" or "entre"."""
    return bool(_AT.search(part)) and not any(
        pattern.search(part) for pattern in (_OVER_LUNCH, _BETWEEN, _AT_LATEST, _FROM, UNTIL, _AROUND)
    )


def clock_said(found: re.Match[str], name: str) -> time:
    """The hour as it is worn by the clock; 24 and beyond are the end of the day. "avant midi" names none: noon."""
    if found[name] is None:
        return time(12)
    hour, minute = int(found[name]), int(found[f"{name}_m"] or 0)
    hour += 12 if hour < _OPENING else 0  # "à 2 h": nobody receives at night
    return time(hour, minute) if hour < 24 and minute < 60 else time.max


def between(first: time, last: time) -> Test:
    """From one hour, until before another."""
    return lambda moment: first <= moment.time() < last


def _until(last: time) -> Test:
    return lambda moment: moment.time() <= last


def _out_of_school(moment: datetime) -> bool:
    """Over lunch, or once school is out; which Wednesdays are free is not known."""
    return time(11, 30) <= moment.time() < time(13, 30) or moment.time() >= time(16, 30)


def _near(hour: time) -> Test:
    return lambda moment: abs(_of_day(moment.time()) - _of_day(hour)) <= _NEAR


def at_hour(hour: time) -> Test:
    """At this hour."""
    return lambda moment: moment.time() == hour


def _of_day(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute)
