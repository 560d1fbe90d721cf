"""When a person says they can come: "mardi matin", "pas avant 17 h", "la semaine prochaine sauf mercredi".

A wish is what a moment must fulfil. Days are alternatives ("lundi ou jeudi"), everything else adds up. What follows
"sauf" or "pas" is refused, up to the next word that says something else.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.booking.spelling import Rewriting, rewritten, well_spelt
from bot.clock import PARIS
from bot.directory.hours import DAYS, MONTHS
from bot.directory.models import fold

Test = Callable[[datetime], bool]

_MONTHS = {fold(month): number for number, month in enumerate(MONTHS, start=1)}
_COUNTS = {
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
_HOURS = tuple(word for word in _COUNTS if word != "un")
"""Hours that are said in words: "pas avant dix heures"."""
_NUMBER = rf"\d{{1,2}}|{'|'.join(_COUNTS)}"
_CLOCK = r"(?P<{0}>\d{{1,2}}) ?(?:heures?|h)(?: ?(?P<{0}_m>\d{{2}}))?"
_DAY = "|".join(DAYS)
_WEEK = timedelta(days=7)
_SATURDAY = DAYS.index("samedi")
_FORTNIGHT = 15
"""Two weeks, as one says it: "dans quinze jours"."""

_SOONEST = re.compile(
    r"\b(?:(?:au|le|la) plus? (?:to?t?|vite|rapide(?:ment)?)|asap|des que possible|des que vous pouvez|le plus proche"
    r"|(?:le )?(?:tout )?(?:premier|1er) (?:creneau|rdv|rendez vous|dispo\w*|possible|qui (?:vient|se libere)"
    r"|que vous (?:avez|pouvez))|le tout premier|rapidement|au plus (?:urgent|presse)"
    r"|(?:tres|assez|faut|passer?|venir) vite|^vite|vite (?:svp|stp|si possible)"
    r"|peu (?:m )?importe|n ?importe (?:lequel|laquelle|quand|kan|quel)|^n ?importe$|choisi\w* pour moi"
    r"|(?:ca|sa) m est egal|(?:pas|sans) (?:de )?preference|au hasard"
    r"|(?:comme|quand|ce que) (?:vous (?:voulez|voudrez|pouvez|avez)|(?:ca|sa) vous (?:arrange|va))"
    r"|c est vous qui (?:voyez|choisissez|decidez)|a vous de (?:voir|choisir)|je m adapte"
    r"|tou(?:te)?s me (?:va|vont|conviennent)|tout me va"
    r"|dispo\w* (?:tout le temps|tous les jours|n importe quand))\b"
)

_FIRST = re.compile(
    rf"\b(?:premiere?|1ere?|1er)\b(?! (?:{'|'.join(_MONTHS)}|semaine|heure|fois|jour|mois|enfant|bebe|etage)\b)"
)
"""Of the slots of a day or of a half-day: "mardi après-midi, le premier"."""
_FIRST_HOUR = re.compile(r"\b(?:premiere|1ere) heure\b")
_OF_THAT_DAY = re.compile(r"\b(?:de|du) (?:ce jour|la journee|cette journee|la matinee|l apres midi)\b")


def _every_day_between(said: re.Match[str]) -> str:
    first, last = DAYS.index(said[1]), DAYS.index(said[2])
    return " ".join(DAYS[first : last + 1] or said.groups())


_CLAUSE = re.compile(r"([,;.!?]|\b(?:mais|donc|du coup|faut (?:decaler|deplacer|changer)|decale[rz]?|deplace[rz]?)\b)")
_MOMENT = re.compile(
    rf"\b(?:{_DAY})s?\b|\b(?:matin\w*|mat|aprem|apres midis?|soirs?|soirees?|journee|semaine|demain|aujourd hui)\b"
    r"|\b\d{1,2} ?(?:h|heures?)\b|\b(?:le|jusqu au) (?:1er|\d{1,2})\b"
)
_HINDERED = re.compile(
    r"\b(?:peu[xt]|peuvent|pouvons|pourrai\w*|pourra) (?:pas|plus)\b|\b(?:travaill?\w*|bosse\w*|taffe?\w*)\b"
    r"|\b(?:j|on|elle|il|nous) (?:ai|a|avons) (?:deja |toujours )?(?:le|la|les|l|un|une|mon|ma|mes|son|sa|ses"
    r"|kine|ecole|cours|dialyse|rdv|rendez vous|examen|formation|reunion)\b"
    rf"|\bgarde\b(?! (?:(?:le|la|mon|ma|cette|quand|bien|donc) )*(?:rdv|rendez|creneau|vaccin|pesee|celui|meme|{_DAY}))"
    r"|\b(?:depose|emmene|accompagne|dors|dort)\b"
    r"|\b(?:suis|est|sommes) (?:pas |plus )?(?:occupee?s?|prise?s?|hospitalisee?|absente?s?)\b"
    r"|\b(?:suis|est|sommes) (?:pas|plus) (?:reveillee?|la|dispo\w*|libres?)\b|\bimpossible\b"
    r"|\b(?:tribunal|audience|prefecture|hopital|(?<!de )coupure|coupee?s?|accouchee?|naissance|nee?)\b"
    r"|\b(?:c est|est) (?:mort|foutu|rate)\b|\btrop t(?:ot|ard)\b|(?<=\w )non\s*$"
)
"""What says of a clause that its moment is taken: "le matin elle a dialyse"."""
_SUITS = re.compile(
    r"\b(?:plutot|prefere\w*|veux|voudrais|aimerais|arrange|mieux|bien|parfait"
    r"|(?:suis|est) (?:libre|dispo\w*|la))\b"
)
"""What says of a clause that its moment is wished for: "plutôt en fin de journée, je travaille"."""
_CANNOT = re.compile(
    r"^(?:je |j |on |elle |il |ca |mais )*(?:ne |n )?(?:peu[xt]|pourrai|pourra) (?:pas|plus)\b|^(?:c est )?impossible\b"
)
"""A clause that refuses the moment of the one before: "lundi ? je peux pas"."""
_NO, _OR = re.compile(r"(?:ah |euh |mais )?(?:non|nn|nan)\b"), re.compile(r"(?:ou|et)\b")
_PUT_OTHERWISE: tuple[Rewriting, ...] = (
    (re.compile(r"\bpa\b"), "pas"),
    (re.compile(r"\b(?:bosse|travaille?|taffe?) (?:de|la) nuit\b"), ""),
    (re.compile(r"\bj ?(?:peu|peux|pe|px)\b"), "je peux"),
    (re.compile(rf"\b({_DAY}) (?:le )?1er\b"), r"\1 1"),
    (re.compile(r"\b(?:avan|avt)\b"), "avant"),
    (re.compile(r"\bjai\b"), "j ai"),
    (re.compile(rf"\b(?:{_DAY}) (?:dernier|passe)\b"), ""),
    (re.compile(r"(?<=clichy )maintenant\b|(?<=levallois )maintenant\b"), ""),
    (
        re.compile(r"\b(?:cours|ecole|classe|travail|boulot|taf|formation|stage|menages?) (?:\w+ )?jusqu ?a (?=\d)"),
        "apres ",
    ),
    (re.compile(r"\brien (?:pour (?:moi|nous) )?(?=avant|apres)"), "pas "),
    (re.compile(r"\b(?:je|j|on|elle|il) (?:\w+e|suis (?:au|en|de) \w+) jusqu ?a (?=\d)"), "apres "),
    (re.compile(r"\b(?:finis?|finit|sors?|sort|termine|debauche)\w* (?:a |vers |le travail a )(?=\d)"), "apres "),
    (re.compile(r"\b(?:y a|ya|vous avez|t as|avez vous) (?:pas|rien|po)\b"), "y a"),
    (re.compile(r"\bplutot que\b"), "pas"),
    (re.compile(r"\ben debut de mois\b"), "debut du mois prochain"),
    (re.compile(r"\bpas (?:trop|tres|si) tot\b"), "a partir de 10 h"),
    (re.compile(r"\bpas (?:trop|tres|si) tard\b"), "avant 16 h"),
    (re.compile(rf"\bdepuis (?:\w+ )?(?:{_DAY})\b"), ""),
    (re.compile(r"\bmaintenant (?=[a-z])"), ""),
    (re.compile(rf"\b(?:{'|'.join(_HOURS)})(?= heures\b(?! plus))"), lambda said: str(_COUNTS[said[0]])),
    (re.compile(rf"\bavant (?:le mois de |debut |le debut de )?(?=(?:{'|'.join(_MONTHS)})\b)"), "avant le 1 "),
    (re.compile(r"\b(?:auj|ajd|aujd|aujourdhui|ojd|ojourdui)\b"), "aujourd hui"),
    (re.compile(r"\b(?:am|pm)\b"), "apres midi"),
    (re.compile(rf"\b(?:du|de|entre) (?:le )?({_DAY}) (?:au|a|et) (?:le )?({_DAY})\b"), _every_day_between),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et (?:demie?|2mi)\b"), r"\1 h 30"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et quart\b"), r"\1 h 15"),
    (re.compile(r"\b(entre|de) (\d{1,2}) (et|a) (?=(?:\d|1\d|2[0-3]) ?(?:h|heures?)\b)"), r"\1 \2 h \3 "),
    (re.compile(r"\bentre ([89]|1\d) et (1\d)\b(?! ?(?:h|heures?)\b)"), r"entre \1 h et \2 h"),
    (re.compile(r"\bpas plus tard que (?=\d)"), "jusqu a "),
    (
        re.compile(r"\b(\d{1,2} ?(?:h|heures?)(?: ?\d{2})?) (?:max\w*|au plus tard|dernier carat|dernier delai)\b"),
        r"jusqu a \1",
    ),
    (
        re.compile(r"\b(?:a l ouverture|aux aurores|a la fraiche|de (?:tres )?bonne heure|de bon matin)\b"),
        "tot le matin",
    ),
    (re.compile(r"\b(?:a la fermeture|juste avant (?:la fermeture|que vous fermiez))\b"), "en fin de journee"),
    (re.compile(rf"\b({_DAY}) tard\b"), r"\1 en fin de journee"),
    (re.compile(r"\b(?:juste )?apres (?:le |la |avoir )?(?:dejeuner|repas|manger?|cantine)\b"), "debut d apres midi"),
    (re.compile(r"\ba l heure (?:du (?:dejeuner|midi|repas)|de midi)\b"), "le midi"),
    (re.compile(r"(?<!bon )(?<!avant )\b(?:le|les|un|ce) week ?ends?\b"), "samedi dimanche"),
    (re.compile(r"\bavant (?:la )?noel\b"), "avant le 25 decembre"),
    (re.compile(r"\bsous (?=huitaine|quinzaine)"), "d ici "),
    (re.compile(r"\b(?:une )?huitaine\b"), "8 jours"),
    (re.compile(r"\b(?:une )?quinzaine\b"), "15 jours"),
    (re.compile(r"\ben 8\b"), "en huit"),
    (re.compile(r"\ben 15\b"), "en quinze"),
    (re.compile(r"\bdapres\b"), "d apres"),
    (
        re.compile(
            r"(\bcette semaine\b.*)\b(?:semaine (?:prochaine|pro|suivante|d apres)|(?:la|celle) (?:suivante|d apres))"
        ),
        r"\1semaine d apres",
    ),
    (re.compile(r"\b(?:pas|plus) (?:d |de )?(?:ecole|cours|classe|travail|boulot|taf|garde)\b"), "libre"),
    (re.compile(r"\b(?:travaille|bosse|taffe?) pas\b"), "libre"),
    (
        re.compile(
            rf"\b((?:(?:{_DAY})s? (?:et |ou |le )*)*(?:{_DAY}))s?((?: matin| aprem| apres midi)?) "
            r"(?=(?:je|j|on) (?!peux|(?:ai |suis )?libre|prefere|veux|aimerais|voudrais|prends)\w)"
        ),
        r"pas \1\2 , ",
    ),
)
"""Short forms, and days told as free or as taken: "j'ai pas école", "mercredi j'ai les enfants"."""
_SHIFTED = re.compile(r"\b(?P<hours>\d|une|deux) ?(?:h|heures?)(?P<half> ?30)? plus (?P<way>tard|tot)\b")
_SAME_DAY = re.compile(r"\b(?:le )?meme jour\b")
_SAME_HOUR = re.compile(r"\b(?:meme|mm) (?:heure|horaire)|\bla meme heure")
_LATEST = re.compile(
    r"\b(?:le plus loin possible|(?:le|au) plus tard(?: possible)?(?! (?:dans|de) la journee)"
    r"|les? derniers? (?:creneaux?|rdv|rendez vous|dispo\w*"
    r"|(?:de|du|dans) (?:la |l )?(?:matin\w*|journee|apres midi|aprem)))\b"
)
_REFUSING = re.compile(r"\b(?:sauf|pas|a part|hormis|excepte|jamais|ni|sans)\b")
_ACCEPTING = re.compile(r"\b(?:mais|plutot|ou alors|par contre|sinon|je peux|ca va|ok|oui)\b|[,;.!?]")
_PARTS = re.compile(rf"({_REFUSING.pattern}|{_ACCEPTING.pattern})")

_ALTERNATIVES = re.compile(r"\bou\b")
"""Moments each with its day and its hour: "lundi matin ou jeudi après-midi"."""

_OVER_LUNCH = re.compile(r"\bentre midi et (?:deux|2|14)|\b(?:le midi|a midi|pause dejeuner|pause de midi)\b")
_UNTIL = re.compile(r"\bavant " + _CLOCK.format("hour") + r"|\bavant midi\b")
_FROM = re.compile(r"\b(?:apres|a partir de|des|plus tard que|au dela de) (?:les )?" + _CLOCK.format("hour"))
_BETWEEN = re.compile(
    rf"\b(?:entre|de) {_CLOCK.format('first')} (?:et|a) {_CLOCK.format('last')}"
    rf"|\b{_CLOCK.format('start')} a {_CLOCK.format('end')}"
)
_AT_LATEST = re.compile(r"\bjusqu a (?:les )?" + _CLOCK.format("hour"))
_OUT_OF_SCHOOL = re.compile(
    r"\b(?:en dehors|hors) (?:de l |des (?:heures|horaires) (?:de l |d |de |scolaires?)?|du temps |temps )?"
    r"(?:ecole|classe|cours|scolaires?)\b"
)
_SCHOOL_TIME = re.compile(
    r"\b(?:pendant|durant) (?:(?:les (?:heures|horaires) (?:de l |d |de )?|l |la |le temps )?"
    r"(?:ecole|classe|cours|scolaires?)|(?:que|qu) [\w ]{1,30} (?:a l |en )(?:ecole|classe|creche|maternelle))\b"
    r"|\bsur (?:le )?temps scolaire\b"
)
_AROUND = re.compile(r"\b(?:vers|autour de|environ|aux alentours de) (?:les )?" + _CLOCK.format("hour"))
_AT = re.compile(r"\b" + _CLOCK.format("hour") + r"\b")
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
_LONG_DATE = re.compile(rf"\b(?P<day>\d{{1,2}}|premier)(?:er)? (?P<month>{'|'.join(_MONTHS)})\b")
_SHORT_DATE = re.compile(r"\b(?P<day>\d{1,2}) sur (?P<month>\d{1,2})\b")
_DAY_OF_MONTH = re.compile(r"\ble (?P<day>1[0-9]|2[0-9]|3[01])\b(?! ?(?:h|heures?|sur)\b)")
_WEEKDAY_DATE = re.compile(rf"\b(?P<day>{_DAY}) (?P<number>[1-9]|[12][0-9]|3[01])\b(?! ?(?:h|heures?)\b)")
_WEEKDAYS = re.compile(rf"\b(?P<day>{_DAY})s?(?P<next> prochaine?| en huit| en quinze| d apres| suivant)?\b")
_BEFORE_DAY = re.compile(rf"\b(?P<bound>avant|d ici|jusqu a|jusqu au) (?:le |la )?(?P<day>{_DAY})\b")
_FROM_DAY = re.compile(rf"\b(?P<bound>a partir de|a partir du|apres|des|au plus tot) (?:le |la )?(?P<day>{_DAY})\b")
_BEFORE_DATE = re.compile(
    rf"\b(?:avant|d ici|jusqu au) (?:le )?"
    rf"(?:{_LONG_DATE.pattern}|(?P<alone>\d{{1,2}}|premier)(?:er)?\b(?! ?(?:h|heures?|sur)\b))"
)
_DATE = (
    rf"(?:(?:{_DAY}) )?(?:\d{{1,2}}|premier)(?:er)?(?: (?:{'|'.join(_MONTHS)})| sur \d{{1,2}})?\b(?! ?(?:h|heures?)\b)"
)
_FROM_DATE = re.compile(rf"\b(?:a partir du|a compter du|apres le|des le|passe le) (?P<first>{_DATE})")
_WEEK_OF = re.compile(rf"\bsemaine du (?P<first>{_DATE})")
_SPAN = re.compile(rf"\b(?:entre le|du) (?P<first>{_DATE}) (?:et le|au) (?P<last>{_DATE})")
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
_IN_DAYS = re.compile(rf"\bdans (?P<count>{_NUMBER}) ?jours?\b")
_WITHIN_DAYS = re.compile(rf"\b(?:d ici|sous|dans les) (?P<count>{_NUMBER}) ?(?P<unit>jours?|semaines?)\b")
_IN_WEEKS = re.compile(rf"\bdans (?P<count>{_NUMBER}) ?semaines?\b|\bdans (?P<fortnight>quinze|15) ?jours?\b")
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
_MONTH = re.compile(rf"\b(?:en|debut|mi|fin|courant|mois de|pour) (?:le mois de )?(?P<month>{'|'.join(_MONTHS)})\b")
_OPENING = 7
_NEAR = timedelta(minutes=30)
_HALF_HOUR = timedelta(minutes=30)
_DAY_LONG = timedelta(days=1)
_FAR = 365


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
    spoken = _put_otherwise(well_spelt(" ".join(_bare(text).split())))
    days: list[Test] = []
    times: list[Test] = []
    refused: list[Test] = []
    said: list[tuple[list[Test], list[Test]]] = []
    for part, refusing in _parts(spoken):
        if refusing:
            times += _not_before(part, now.date())
            left = _UNTIL.sub(" ", _BEFORE_DATE.sub(" ", part))
            refused += _together(_days(left, now.date()), _times(left))
        else:
            said += _alternatives(part, now.date())
    paired = sum(bool(on_days and at_times) for on_days, at_times in said) > 1
    for on_days, at_times in said:
        days += _together(on_days, at_times) if paired and on_days and at_times else on_days
        times += [] if paired and on_days else at_times
    clock = any(_clock_alone(part) for part, _ in _parts(spoken))
    first_hour = _FIRST_HOUR.search(spoken)
    first = first_hour or (_FIRST.search(spoken) and (days or times or _OF_THAT_DAY.search(spoken)))
    times += [_between(time.min, time(10))] if first_hour and not times else []
    soonest, latest = bool(first or _SOONEST.search(spoken)), bool(_LATEST.search(spoken))
    return Wish(tuple(days), tuple(times), tuple(refused), soonest, latest, clock)


def _alternatives(part: str, today: date) -> list[tuple[list[Test], list[Test]]]:
    """The days and the hours of each moment of a part; hours told alone, "à 10 h ou après 16 h", are one choice."""
    told = [(_days(one, today), _times(one)) for one in _ALTERNATIVES.split(part)]
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
    former, spoken = former.astimezone(PARIS), _bare(text)
    if shifted := _SHIFTED.search(spoken):
        moment = former + _shift(shifted)
        return Wish(days=(_on(moment.date()),), times=(_at(moment.time()),), clock=True)
    others = tuple(day for day in wish.days if not day(former))
    same_hour = (_at(former.time()),) if _SAME_HOUR.search(spoken) else ()
    return replace(wish, days=others or wish.days, times=(*wish.times, *same_hour), clock=wish.clock or bool(same_hour))


def wish_that_day(wish: Wish, former: datetime) -> Wish:
    """The wish of someone who moves an appointment to another hour: on the day it is, when no other is said."""
    same_day = (_on(former.astimezone(PARIS).date()),) if wish.times else ()
    return replace(wish, days=wish.days or same_day)


def wish_beside(wish: Wish, text: str, other: datetime) -> Wish:
    """The wish of someone who holds another appointment: "le même jour" is its day."""
    same_day = (_on(other.astimezone(PARIS).date()),) if _SAME_DAY.search(_bare(text)) else ()
    return replace(wish, days=same_day or wish.days)


def dates_in(text: str, now: datetime) -> list[date]:
    """The dates a text names, each the next one from `now`."""
    spoken = " ".join(_bare(text).split())
    return [*_dates(spoken, now.date()), *_ahead(spoken, now.date())]


def wished(starts: Sequence[datetime], wish: Wish) -> list[datetime]:
    """The starts that fit."""
    return [start for start in starts if wish.fits(start)]


def nearest(starts: Sequence[datetime], wish: Wish) -> list[datetime]:
    """The starts, those that miss the wish by least first: by hours on a day that suits, else by days."""
    return sorted(starts, key=lambda start: (_missed_by(start, wish), start))


def _missed_by(start: datetime, wish: Wish) -> timedelta:
    shifts = [*(_HALF_HOUR * count for count in range(24)), *(timedelta(days=count) for count in range(1, 15))]
    return next((by for by in shifts if wish.fits(start + by) or wish.fits(start - by)), _FAR * _DAY_LONG)


def _put_otherwise(spoken: str) -> str:
    return _with_what_is_taken(" ".join(rewritten(spoken, _PUT_OTHERWISE).split()))


def _with_what_is_taken(spoken: str) -> str:
    """The text with "pas" before each clause whose moment is taken: "le matin elle a dialyse", "lundi ? j'peux pas"."""
    clauses = _CLAUSE.split(spoken)
    told = clauses[::2]
    for at, clause in enumerate(told):
        taken = (_HINDERED.search(clause) and not _SUITS.search(clause)) or (at == 0 and _puts_off(told))
        if taken and _MOMENT.search(clause) and not _REFUSING.search(_HINDERED.sub(" ", clause)):
            told[at] = f" pas {_REFUSING.sub(' ', _HINDERED.sub(' ', clause))} ; "
        elif at and _CANNOT.search(clause.strip()) and not _MOMENT.search(clause) and _MOMENT.search(told[at - 1]):
            told[at - 1] = f" pas {told[at - 1]} "
    clauses[::2] = told
    said = " ".join("".join(clauses).split())
    return told[-1].strip() if said.endswith(" alors") and _MOMENT.search(told[-1]) else said


def _puts_off(clauses: Sequence[str]) -> bool:
    """Whether a no to one day is followed by another: "ah non, mercredi il est là. jeudi plutôt"."""
    no, *later = clauses
    another = any(_WEEKDAYS.search(one) and not _OR.match(one.strip()) for one in later)
    return bool(_NO.match(no.strip()) and _WEEKDAYS.search(no) and another)


def _shift(said: re.Match[str]) -> timedelta:
    shift = timedelta(hours=_count(said["hours"]), minutes=30 if said["half"] else 0)
    return shift if said["way"] == "tard" else -shift


def _bare(text: str) -> str:
    """Folded, with the clock and the stops still readable."""
    kept = re.sub(r"(?<=\d):(?=\d)", "h", text).replace("/", " sur ").replace("+", " plus ")
    kept = re.sub(r"(?<=[\dh])[ ]?[-–][ ]?(?=\d{1,2} ?h)", " h à ", re.sub(r"(?<=\dh)[ ]?[-–]", " à ", kept))
    stops = re.sub(r"[,;.!?]+", lambda stop: f" {stop[0][0]} ", kept)
    return " ".join(sign if sign in ",;.!?" else fold(sign) for sign in stops.split())


def _parts(spoken: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each says what is refused."""
    refusing = False
    for part in _PARTS.split(spoken):
        if _REFUSING.fullmatch(part):
            refusing = True
        elif _ACCEPTING.fullmatch(part):
            refusing = False
        elif part.strip():
            yield part, refusing


def _days(part: str, today: date) -> list[Test]:
    """The days a part names: dates, else from or until a day, else days of the week, else whole weeks."""
    if until := _bounds(part, today):
        return [_within(range(today.toordinal(), until[0].toordinal()))]
    if spans := [*_spans(part, today)]:
        return [_within(span) for span in spans]
    if exact := [*_dates(part, today), *_ahead(part, today)]:
        return [_on(day) for day in exact]
    if bounded := [*_bounded(part, today)]:
        return bounded
    if dated := [*_weekday_dates(part, today)]:
        return dated
    weeks = _periods(part, today)
    weekdays = [_weekday(found, weeks, today) for found in _WEEKDAYS.finditer(part)]
    return weekdays or [_within(week) for week in weeks]


def _bounds(part: str, today: date) -> list[date]:
    """The dates before which a part asks for a moment, or refuses one: "avant le 1er", "pas avant le 3 décembre"."""
    bounds: list[date] = []
    for found in _BEFORE_DATE.finditer(part):
        alone = found["alone"]
        bounds += _next_such(today, 1 if alone == "premier" else int(alone)) if alone else _dates(found[0], today)
    return bounds


def _spans(part: str, today: date) -> Iterator[range]:
    """The days between two dates, from a date on, or of the week of a date."""
    for found in _SPAN.finditer(part):
        for last in _date_said(found["last"], today):
            former = [first for first in _date_said(found["first"], last - _WEEK * 4) if first <= last]
            yield range(max([*former, today]).toordinal(), last.toordinal() + 1)
    for found in _FROM_DATE.finditer(part):
        for first in _date_said(found["first"], today):
            yield range(first.toordinal() + found[0].startswith("apres"), first.toordinal() + _FAR)
    for found in _WEEK_OF.finditer(part):
        for day in _date_said(found["first"], today):
            yield _days_from(day - timedelta(days=day.weekday()))


def _date_said(words: str, today: date) -> list[date]:
    """The next such date, its month said or not."""
    alone = re.search(r"\d+", words)
    return [*_dates(words, today)] or [*_next_such(today, int(alone[0]) if alone else 1)]


def _dates(part: str, today: date) -> Iterator[date]:
    for pattern in (_LONG_DATE, _SHORT_DATE):
        for found in pattern.finditer(part):
            day = 1 if found["day"] == "premier" else int(found["day"])
            yield from _next_such(today, day, _MONTHS.get(found["month"]) or int(found["month"]))
    for found in _DAY_OF_MONTH.finditer(_SHORT_DATE.sub(" ", _LONG_DATE.sub(" ", part))):
        yield from _next_such(today, int(found["day"]))


def _weekday_dates(part: str, today: date) -> Iterator[Test]:
    """For "mardi 25", that date; where the two do not agree, either of them, so that the person sees both."""
    for found in _WEEKDAY_DATE.finditer(part):
        for day in _next_such(today, int(found["number"])):
            yield _on(day)
            if day.weekday() != DAYS.index(found["day"]):
                yield _on(_coming(found["day"], today))


def _next_such(today: date, day: int, month: int | None = None) -> Iterator[date]:
    """The next such date from today on, within a year; none where there is no such date."""
    following = (today + timedelta(days=ahead) for ahead in range(366))
    return islice((one for one in following if one.day == day and month in (None, one.month)), 1)


def _bounded(part: str, today: date) -> Iterator[Test]:
    """From or until a day: "avant vendredi" and "après jeudi" leave that day out, the others hold it."""
    for found in _BEFORE_DAY.finditer(part):
        day = _coming(found["day"], today)
        yield _within(range(today.toordinal(), day.toordinal() + (found["bound"] != "avant")))
    for found in _FROM_DAY.finditer(part):
        first = _coming(found["day"], today).toordinal() + (found["bound"] == "apres")
        yield _within(range(first, first + _FAR))


def _coming(day: str, today: date) -> date:
    """The next such day of the week after today."""
    return today + timedelta(days=(DAYS.index(day) - today.weekday()) % 7 or 7)


def _ahead(part: str, today: date) -> Iterator[date]:
    for pattern, count in _DAYS_AHEAD:
        if pattern.search(part):
            yield today + timedelta(days=count)
    for found in _IN_DAYS.finditer(part):
        if (count := _count(found["count"])) != _FORTNIGHT:
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
        count = _count(found["count"]) * (7 if found["unit"].startswith("semaine") else 1)
        weeks.append(range(today.toordinal(), today.toordinal() + count + 1))
    for found in _IN_WEEKS.finditer(part):
        weeks.append(_days_from(monday + _WEEK * (2 if found["fortnight"] else _count(found["count"]))))
    if _LATER_THAT_WEEK.search(part):
        weeks = [range(this.toordinal() + 2, this.toordinal() + 5)]
    elif _END_OF_WEEK.search(part):
        weeks = [range(week.start + 3, week.start + 5) for week in weeks or [_days_from(this)]]
    elif _START_OF_WEEK.search(part):
        weeks = [range(week.start, week.start + 2) for week in weeks or [_days_from(monday + _WEEK)]]
    if _NEXT_MONTH.search(part):
        weeks.append(_month(today.replace(day=1) + timedelta(days=32), part))
    for found in _MONTH.finditer(part):
        month = _MONTHS[found["month"]]
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
        return _on(_coming(found["day"], today) + skipped)
    return lambda moment: (
        moment.weekday() == index and (not weeks or any(moment.date().toordinal() in week for week in weeks))
    )


def _times(part: str) -> list[Test]:
    """What a part says of the hour; the first way of saying it that is found."""
    if _OVER_LUNCH.search(part):
        return [_between(time(12), time(14))]
    if found := _BETWEEN.search(part):
        first, last = ("first", "last") if found["first"] else ("start", "end")
        return [_between(_clock(found, first), _clock(found, last))]
    if _OUT_OF_SCHOOL.search(part):
        return [_out_of_school]
    if _SCHOOL_TIME.search(part):
        return [_between(time(9), time(16))]
    if found := _AT_LATEST.search(part):
        return [_until(_clock(found, "hour"))]
    if found := _FROM.search(part):
        return [_between(_clock(found, "hour"), time.max)]
    if found := _UNTIL.search(part):
        return [_between(time.min, _clock(found, "hour"))]
    if found := _AROUND.search(part):
        return [_near(_clock(found, "hour"))]
    if found := _AT.search(part):
        return [_at(_clock(found, "hour"))]
    return [_between(start, end) for pattern, start, end in _DAY_PARTS if pattern.search(part)][:1]


def _clock_alone(part: str) -> bool:
    """Whether an hour is said by itself, bound by no "avant", "après", "vers" or "entre"."""
    return bool(_AT.search(part)) and not any(
        pattern.search(part) for pattern in (_OVER_LUNCH, _BETWEEN, _AT_LATEST, _FROM, _UNTIL, _AROUND)
    )


def _not_before(part: str, today: date) -> list[Test]:
    """From an hour, or from a date."""
    if found := _UNTIL.search(part):
        return [_between(_clock(found, "hour"), time.max)]
    first = _bounds(part, today)
    return [_within(range(day.toordinal(), day.toordinal() + _FAR)) for day in first]


def _clock(found: re.Match[str], name: str) -> time:
    """The hour as it is worn by the clock; 24 and beyond are the end of the day. "avant midi" names none: noon."""
    if found[name] is None:
        return time(12)
    hour, minute = int(found[name]), int(found[f"{name}_m"] or 0)
    hour += 12 if hour < _OPENING else 0  # "à 2 h": nobody receives at night
    return time(hour, minute) if hour < 24 and minute < 60 else time.max


def _count(word: str) -> int:
    return _COUNTS.get(word) or int(word)


def _on(day: date) -> Test:
    return lambda moment: moment.date() == day


def _within(days: range) -> Test:
    return lambda moment: moment.date().toordinal() in days


def _between(first: time, last: time) -> Test:
    return lambda moment: first <= moment.time() < last


def _until(last: time) -> Test:
    return lambda moment: moment.time() <= last


def _out_of_school(moment: datetime) -> bool:
    """Over lunch, or once school is out; which Wednesdays are free is not known."""
    return time(11, 30) <= moment.time() < time(13, 30) or moment.time() >= time(16, 30)


def _near(hour: time) -> Test:
    return lambda moment: abs(_of_day(moment.time()) - _of_day(hour)) <= _NEAR


def _at(hour: time) -> Test:
    return lambda moment: moment.time() == hour


def _of_day(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute)
