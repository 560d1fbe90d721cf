"""When a person says they can come: "mardi matin", "pas avant 17 h", "la semaine prochaine sauf mercredi".

A wish is what a moment must fulfil. Days are alternatives ("lundi ou jeudi"), everything else adds up. What follows
"sauf" or "pas" is refused, up to the next word that says something else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.booking.wishes.days import BEFORE_DATE, FAR, bounds_in, dates_named, days_ahead, days_in, on_day, within
from bot.booking.wishes.hindrances import REFUSING
from bot.booking.wishes.hours import UNTIL, at_hour, between, clock_alone, clock_said, hours_in
from bot.booking.wishes.moment_words import MONTH_NUMBERS, NUMBER, Test, count_of
from bot.booking.wishes.restating import bare, put_otherwise
from bot.booking.wishes.spelling import well_spelt
from bot.clock import PARIS

_SOONEST = re.compile(
    r"\b(?:(?:au|le|la) plus? (?:to?t?|vite|rapide(?:ment)?)|asap|des que possible|des que vous pouvez|le plus proche"
    r"|(?:le )?(?:tout )?(?:premier|1er) (?:creneau|rdv|rendez vous|dispo\w*|possible|qui (?:vient|se libere)"
    r"|que vous (?:avez|pouvez))|le tout premier|rapidement|au plus (?:urgent|presse)"
    r"|(?:tres|assez|faut|passer?|venir) vite|^vite|vite (?:svp|stp|si possible)"
    r"|peu (?:m )?importe|n ?importe (?:lequel|laquelle|quand|kan|quel)|^n ?importe$|choisi\w* pour moi"
    r"|(?:ca|sa) m est egal|(?:pas|sans) (?:de )?preference|au hasard"
    r"|(?:comme|quand|(?<!est )ce que) (?:vous (?:voulez|voudrez|pouvez|avez)|(?:ca|sa) vous (?:arrange|va))"
    r"|c est vous qui (?:voyez|choisissez|decidez)|a vous de (?:voir|choisir)|je m adapte"
    r"|tou(?:te)?s me (?:va|vont|conviennent)|tout me va"
    r"|dispo\w* (?:tout le temps|tous les jours|n importe quand))\b"
)
_FIRST = re.compile(
    rf"\b(?:premiere?|1ere?|1er)\b(?! (?:{'|'.join(MONTH_NUMBERS)}|semaine|heure|fois|jour|mois|enfant|bebe|etage)\b)"
)
"""Of the slots of a day or of a half-day: "mardi après-midi, le premier"."""
_FIRST_HOUR = re.compile(r"\b(?:premiere|1ere) heure\b")
_OF_THAT_DAY = re.compile(r"\b(?:de|du) (?:ce jour|la journee|cette journee|la matinee|l apres midi)\b")
_SHIFTED = re.compile(r"\b(?P<hours>\d|une|deux) ?(?:h|heures?)(?P<half> ?30)? plus (?P<way>tard|tot)\b")
_BY_DAYS = re.compile(
    rf"\b(?:d|de) (?P<count>{NUMBER}) (?P<unit>jours?|semaines?)\b(?! (?:de|d)\b)"
    rf"|\b(?P<later>{NUMBER}) (?P<later_unit>jours?|semaines?) (?:plus tard|apres)\b"
)
"""Of an appointment to move: "on peut décaler d'une semaine, même heure ?"."""
_SAME_DAY = re.compile(r"\b(?:le )?meme jour\b")
_SAME_HOUR = re.compile(r"\b(?:meme|mm) (?:heure|horaire)|\bla meme heure")
_LATEST = re.compile(
    r"\b(?:le plus loin possible|(?:le|la|au) plus tard(?: possible)?(?! (?:dans|de) la journee)"
    r"|(?:le|la) plus tardi(?:f|ve)"
    r"|(?:les?|la) dern?i(?:ers?|eres?) (?:creneaux?|heure|rdv|rendez vous|dispo\w*"
    r"|(?:de|du|dans) (?:la |l )?(?:matin\w*|journee|apres midi|aprem)))\b"
)
_ACCEPTING = re.compile(r"\b(?:mais|plutot|ou alors|par contre|sinon|je peux|ca va|ok|oui)\b|[,;.!?]")
_PARTS = re.compile(rf"({REFUSING.pattern}|{_ACCEPTING.pattern})")
_ALTERNATIVES = re.compile(r"\bou\b")
"""Moments each with its day and its hour: "lundi matin ou jeudi après-midi"."""
_ASKED_FOR = re.compile(
    r"\b(?:please|svp|stp|s il vous plait|s il te plait|si possible|mieux|prefer\w*|arrange\w*|ideal\w*)\b"
)
"""What says of a part that it is the wish, of several that do not go together."""
_HALF_HOUR = timedelta(minutes=30)
_HALF_HOURS_OF_A_DAY = tuple(datetime(2026, 1, 5, tzinfo=PARIS) + _HALF_HOUR * count for count in range(48))
_DAY_LONG = timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """What a moment must be: on one of `days` (any, when empty), passing all `times` and none of `refused`."""

    days: tuple[Test, ...] = ()
    times: tuple[Test, ...] = ()
    refused: tuple[Test, ...] = ()
    soonest: bool = False
    latest: bool = False
    clock: bool = False
    """Whether it names an hour of the clock, bound by no "avant" or "vers"."""

    @property
    def exact(self) -> bool:
        """Whether it names one day and an hour of the clock."""
        return self.clock and len(self.days) == 1

    def __bool__(self) -> bool:
        return bool(self.days or self.times or self.refused or self.soonest or self.latest)

    def then(self, later: "Wish") -> "Wish":
        """Both wishes of one person: what is said later of days or of hours takes the place of what was said before."""
        return Wish(
            days=later.days or self.days,
            times=later.times or self.times,
            refused=(*self.refused, *later.refused),
            soonest=later.soonest,
            latest=later.latest,
            clock=later.clock if later.times else self.clock,
        )

    def fits(self, moment: datetime) -> bool:
        """Whether a moment, in the time of Paris, is as wished."""
        on_a_day = not self.days or any(test(moment) for test in self.days)
        return on_a_day and all(test(moment) for test in self.times) and not any(test(moment) for test in self.refused)


def read_wish(text: str, now: datetime) -> Wish:
    """The wish a text expresses, empty when it says nothing of when; `now` in the time of Paris."""
    spoken = put_otherwise(well_spelt(" ".join(bare(text).split())))
    days: list[Test] = []
    bounds: list[Test] = []
    refused: list[Test] = []
    said: list[tuple[list[Test], list[Test]]] = []
    for part, refusing in _parts(spoken):
        if refusing:
            bounds += _not_before(part, now.date())
            left = UNTIL.sub(" ", BEFORE_DATE.sub(" ", part))
            refused += _together(days_in(left, now.date()), hours_in(left))
        else:
            told = _alternatives(part, now.date())
            said = [*told, *said] if _ASKED_FOR.search(part) or clock_alone(part) else [*said, *told]
    paired = sum(bool(on_days and at_times) for on_days, at_times in said) > 1
    for on_days, at_times in said:
        days += _together(on_days, at_times) if paired and on_days and at_times else on_days
    times = _going_together([*bounds, *(test for on_days, told in said if not (paired and on_days) for test in told)])
    clock = any(clock_alone(part) for part, _ in _parts(spoken))
    first_hour = _FIRST_HOUR.search(spoken)
    first = first_hour or (_FIRST.search(spoken) and (days or times or _OF_THAT_DAY.search(spoken)))
    times += [between(time.min, time(10))] if first_hour and not times else []
    soonest, latest = bool(first or _SOONEST.search(spoken)), bool(_LATEST.search(spoken))
    return Wish(tuple(days), tuple(times), tuple(refused), soonest, latest, clock)


def _going_together(times: list[Test]) -> list[Test]:
    """The hours, but for those that leave none with the ones before them: "pas avant 16 h. le matin, la colère"."""
    kept: list[Test] = []
    for test in times:
        if not kept or any(all(one(moment) for one in [*kept, test]) for moment in _HALF_HOURS_OF_A_DAY):
            kept.append(test)
    return kept


def _alternatives(part: str, today: date) -> list[tuple[list[Test], list[Test]]]:
    """The days and the hours of each moment of a part; hours told alone, "à 10 h ou après 16 h", are one choice."""
    told = [(days_in(one, today), hours_in(one)) for one in _ALTERNATIVES.split(part)]
    hours = [test for on_days, at_times in told if not on_days for test in at_times]
    any_hour: list[Test] = [lambda moment: any(test(moment) for test in hours)] if hours else []
    return [*((on_days, at_times) for on_days, at_times in told if on_days), ([], any_hour)]


def _together(days: list[Test], times: list[Test]) -> list[Test]:
    """Days and hours as one: of "pas mardi matin", neither Tuesday nor the mornings, but the one Tuesday morning."""
    if not (days and times):
        return [*days, *times]
    return [lambda moment: any(day(moment) for day in days) and all(hour(moment) for hour in times)]


def wish_to_move(wish: Wish, text: str, former: datetime) -> Wish:
    """The wish of someone who moves an appointment: its own day is named only to say which one it is.

    "Mercredi j'ai des obsèques, jeudi même heure ?" asks for Thursday, at the hour of `former`.
    """
    former, spoken = former.astimezone(PARIS), bare(text)
    if shifted := _SHIFTED.search(spoken):
        moment = former + _shift(shifted)
        return Wish(days=(on_day(moment.date()),), times=(at_hour(moment.time()),), clock=True)
    if by_days := _BY_DAYS.search(spoken):
        there = (former + _days_between(by_days)).date()
        same = _SAME_HOUR.search(spoken)
        return Wish(days=(on_day(there),), times=(at_hour(former.time()),) if same else wish.times, clock=bool(same))
    others = tuple(day for day in wish.days if not day(former))
    same_hour = (at_hour(former.time()),) if _SAME_HOUR.search(spoken) else ()
    return replace(wish, days=others or wish.days, times=(*wish.times, *same_hour), clock=wish.clock or bool(same_hour))


def wish_that_day(wish: Wish, former: datetime) -> Wish:
    """The wish of someone who moves an appointment to another hour: on the day it is, when no other is said."""
    same_day = (on_day(former.astimezone(PARIS).date()),) if wish.times else ()
    return replace(wish, days=wish.days or same_day)


def wish_beside(wish: Wish, text: str, other: datetime) -> Wish:
    """The wish of someone who holds another appointment: "le même jour" is its day."""
    same_day = (on_day(other.astimezone(PARIS).date()),) if _SAME_DAY.search(bare(text)) else ()
    return replace(wish, days=same_day or wish.days)


def dates_in(text: str, now: datetime) -> list[date]:
    """The dates a text names, each the next one from `now`."""
    spoken = " ".join(bare(text).split())
    return [*dates_named(spoken, now.date()), *days_ahead(spoken, now.date())]


def wished(starts: Sequence[datetime], wish: Wish) -> list[datetime]:
    """The starts that fit."""
    return [start for start in starts if wish.fits(start)]


def nearest(starts: Sequence[datetime], wish: Wish) -> list[datetime]:
    """The starts, those that miss the wish by least first: by hours on a day that suits, else by days."""
    return sorted(starts, key=lambda start: (_missed_by(start, wish), start))


def _missed_by(start: datetime, wish: Wish) -> timedelta:
    shifts = [*(_HALF_HOUR * count for count in range(24)), *(timedelta(days=count) for count in range(1, 60))]
    return next((by for by in shifts if wish.fits(start + by) or wish.fits(start - by)), FAR * _DAY_LONG)


def _days_between(said: re.Match[str]) -> timedelta:
    count, unit = said["count"] or said["later"], said["unit"] or said["later_unit"]
    return timedelta(days=count_of(count) * (7 if unit.startswith("semaine") else 1))


def _shift(said: re.Match[str]) -> timedelta:
    shift = timedelta(hours=count_of(said["hours"]), minutes=30 if said["half"] else 0)
    return shift if said["way"] == "tard" else -shift


def _parts(spoken: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each says what is refused."""
    refusing = False
    for part in _PARTS.split(spoken):
        if REFUSING.fullmatch(part):
            refusing = True
        elif _ACCEPTING.fullmatch(part):
            refusing = False
        elif part.strip():
            yield part, refusing


def _not_before(part: str, today: date) -> list[Test]:
    """From an hour, or from a date."""
    if found := UNTIL.search(part):
        return [between(clock_said(found, "hour"), time.max)]
    first = bounds_in(part, today)
    return [within(range(day.toordinal(), day.toordinal() + FAR)) for day in first]
