"""Days, half-days and dates as they are typed, put as they are spelt: "mecredi", "jeu 26", "le vingt-quatre"."""

import re
from collections.abc import Callable, Iterable

from bot.directory.hours import DAYS, MONTHS
from bot.directory.models import fold

_UNITS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf")
_TWENTIES = ("vingt", "vingt et un", *(f"vingt {unit}" for unit in _UNITS[1:]))
_IN_WORDS = {
    said: str(number) for number, said in enumerate((*_UNITS, *_TEENS, *_TWENTIES, "trente", "trente et un"), start=1)
}
_LONGEST_FIRST = sorted(_IN_WORDS, key=len, reverse=True)
_MONTH = "|".join(fold(month) for month in MONTHS)
_ABOVE_A_RANK = "|".join(said for said in _LONGEST_FIRST if int(_IN_WORDS[said]) >= len(_UNITS))

Rewriting = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""What is found in a text, and what is put in its place."""


_IN_OTHER_TONGUES: tuple[Rewriting, ...] = (
    (re.compile(r"\b(?:segunda feira|lunes|monday|lunedi)\b"), "lundi"),
    (re.compile(r"\b(?:terca(?: feira)?|martes|tuesday|martedi)\b"), "mardi"),
    (re.compile(r"\b(?:quarta(?: feira)?|miercoles|wednesday|mercoledi)\b"), "mercredi"),
    (re.compile(r"\b(?:quinta(?: feira)?|jueves|thursday|giovedi)\b"), "jeudi"),
    (re.compile(r"\b(?:sexta(?: feira)?|viernes|friday|venerdi)\b"), "vendredi"),
    (
        re.compile(r"\b(?:(?:de|da|pela|por la|in the|di) (?:manha|manana|morning|mattina)|morning|mattina|manha)\b"),
        "le matin",
    ),
    (
        re.compile(r"\b(?:(?:de|da|por la|pela) tarde|(?:in the )?afternoon|pomeriggio)\b|(?<=di )a tarde\b"),
        "l apres midi",
    ),
    (re.compile(r"\b(?:a )?primeir[ao]\b"), "la premiere"),
)
"""Days said in the tongue that comes first to mind, amid French: "quarta-feira de manhã, mercredi"."""


def _digits(said: re.Match[str]) -> str:
    return _IN_WORDS[said[0]]


def _full_day(short: re.Match[str]) -> str:
    return next(day for day in DAYS if day.startswith(short[0]))


_SHORT_MONTHS = {"janv": "janvier", "fev": "fevrier", "fevr": "fevrier", "avr": "avril", "juil": "juillet"}
_SHORT_MONTHS |= {"sept": "septembre", "oct": "octobre", "nov": "novembre", "dec": "decembre"}


def _full_month(short: re.Match[str]) -> str:
    return _SHORT_MONTHS[short[0]]


_SHORT_DAY = r"(?:lun|mar|mer|jeu|ven)"
_SPELT: tuple[Rewriting, ...] = (
    *_IN_OTHER_TONGUES,
    (re.compile(r"\bl[ui]n?di+e?\b"), "lundi"),
    (re.compile(r"\b(?:mar+di+e?|mrdi)\b"), "mardi"),
    (re.compile(r"\b(?:me?r?cr?e?di+e?|mrecredi|merecredi|mecr?di)\b"), "mercredi"),
    (re.compile(r"\b(?:jeu?di+e?|jeuid)\b"), "jeudi"),
    (re.compile(r"\b(?:ven?dr?e?di+e?|vdd|vendreid)\b"), "vendredi"),
    (re.compile(r"\bl(?:aprem|aprm|apm|apresmidi|apres midi|apremidi|apre midi)\b"), "l apres midi"),
    (re.compile(r"\b(?:aprm|apm|apremidi|apre midi)\b"), "apres midi"),
    (re.compile(r"\blmatin\b"), "le matin"),
    (re.compile(rf"(?:(?<=\b\d )|(?<=\d\d )|(?<=\der ))(?:{'|'.join(_SHORT_MONTHS)})\b"), _full_month),
    (
        re.compile(
            r"\b(?:lun|mar|mer|jeu|ven)"
            rf"(?= (?:am|pm|mat\w*|aprem|\d{{1,2}}(?: ?h| (?:{_MONTH}))?|pro|prochain)\b)"
        ),
        _full_day,
    ),
    (re.compile(rf"\b{_SHORT_DAY}(?= (?:\. )?(?:ou|et) (?:le )?{_SHORT_DAY}\b)"), _full_day),
    (
        re.compile(
            rf"(?<=di (?:ou|et) ){_SHORT_DAY}\b|(?<=di \. (?:ou|et) ){_SHORT_DAY}\b|(?<=\bdispo )(?:lun|mar|jeu|ven)\b"
        ),
        _full_day,
    ),
    (re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})(?= (?:{_MONTH})\b)"), _digits),
    (re.compile(rf"(?<=\ble )(?:{_ABOVE_A_RANK})\b(?! (?:heures?|minutes?|euros?|ans|mois))"), _digits),
)


def well_spelt(spoken: str) -> str:
    """A folded text, its days and its dates spelt in full."""
    return rewritten(spoken, _SPELT)


def rewritten(spoken: str, rewritings: Iterable[Rewriting]) -> str:
    """A text after each of these rewritings, one after the other."""
    for pattern, words in rewritings:
        spoken = pattern.sub(words, spoken)
    return spoken
