"""Nothing personal passes: a message is redacted once more, refused where something still looks personal.

Redaction is that of the gateway (bot/privacy). What it leaves to be understood, and an example has no use for, is
looked for here: long numbers of any kind, addresses, links, dates of birth, booking codes. Where a word might be the
name of somebody, only a human can tell: it is handed to the reviewer.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set

from bot.booking.codes import ALPHABET, LENGTH
from bot.privacy.redact import PHONE_MARK, redact

_ROUNDS = 5
"""Redactions after which a text that still changes is held for suspicious."""
_BRACKETS = str.maketrans("[]{}", "()()")
"""Training files give brackets a meaning."""

_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([./\- ])(?:0?[1-9]|1[0-2])\1(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
_AMOUNT = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?:[ .]?\d{3})?(?:[.,]\d{1,2})?\s?(?:€|k€|euros?\b)", re.IGNORECASE)
_EUROPEAN_LINE = re.compile(r"(?<!\d)(?<!\d )116[ .]?\d{3}(?![ .]?\d)")
_HARMLESS = (re.compile(re.escape(PHONE_MARK)), _DATE, _AMOUNT, _EUROPEAN_LINE)

_STREET = r"rue|avenue|av\.?|boulevard|bd|bld|all[ée]e|impasse|quai|chemin|square"
_PLACE = rf"{_STREET}|place|cours?|route|passage|villa|r[ée]sidence|cit[ée]"
_LITTLE = r"(?:(?:de|du|des|la|le|les)\s+|[dl]['’])*"
_MONTH = r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre"
_DIGIT_WORD = r"z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf"
_NUMBER_WORD = rf"{_DIGIT_WORD}|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante"

_BEFORE_MASKING = {
    "une date de naissance": re.compile(
        rf"\bn[ée]e?s?\s+(?:le\s+)?\d{{1,2}}(?:er)?(?:[\s./\-]\d{{1,2}}[\s./\-]\d{{2,4}}|\s+(?:{_MONTH})\s+\d{{4}})",
        re.IGNORECASE,
    ),
    "un code de rendez-vous": re.compile(
        rf"(?<![a-z0-9])(?=[a-z\W_]*\d)(?:[{ALPHABET}][\s\-_.‐-―]?){{{LENGTH - 1}}}[{ALPHABET}](?![a-z0-9])",
        re.IGNORECASE,
    ),
    "une adresse électronique ou un compte": re.compile(
        r"@\s?[a-z]{2}|\barobase\b|\b(?:gmail|hotmail|outlook|yahoo|wanadoo|orange|free|sfr|laposte)\s?(?:\.|point)\s?(?:com|fr|net)\b",
        re.IGNORECASE,
    ),
    "un lien": re.compile(r"https?:|\bwww\.", re.IGNORECASE),
    "une adresse": re.compile(
        rf"\b\d{{1,4}}\s*(?i:bis|ter|quater|[a-d])?\s*,?\s+(?i:{_STREET})\s"
        rf"|\b(?i:{_PLACE})\s+{_LITTLE}(?!Clichy\b)[A-ZÀ-Ý][a-zà-ÿ]"
    ),
    "un numéro dicté": re.compile(rf"\bz[ée]ro[\s,-]+(?:{_DIGIT_WORD})[\s,-]+(?:{_NUMBER_WORD})\b", re.IGNORECASE),
}
_AFTER_MASKING = {
    "une longue suite de chiffres": re.compile(r"\d{6}|\d(?:[\W_]?\d){6}|\d(?:[\W_]{0,3}\d){8}"),
    "un numéro de dossier": re.compile(r"\b(?=\w*[A-Za-z])(?:\w*\d){5}\w*\b"),
}

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TITLE = re.compile(r"\b(?:mme|mlle|mr|madame|monsieur|docteur|dr|ma[iî]tre)\.?\s+([^\W\d_]{3,})", re.IGNORECASE)


def cleaned(text: str) -> str:
    """One line, no bracket, no sign that cannot be seen."""
    shown = "".join(sign for sign in text if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    return " ".join(shown.translate(_BRACKETS).split())


def redacted(text: str) -> str:
    """The cleaned text, without what the patterns of bot/privacy find, however often they must be passed over it."""
    for _ in range(_ROUNDS):
        before, text = text, cleaned(redact(cleaned(text)).text)
        if text == before:
            break
    return text


def suspicions(text: str) -> list[str]:
    """What in a redacted text still looks personal, in French and without repeating it."""
    plain = unicodedata.normalize("NFKC", text)
    found = [name for name, pattern in _BEFORE_MASKING.items() if pattern.search(plain)]
    if cleaned(redact(plain).text) != cleaned(plain):
        found.append("une donnée personnelle")
    for harmless in _HARMLESS:
        plain = harmless.sub(" ; ", plain)
    return found + [name for name, pattern in _AFTER_MASKING.items() if pattern.search(plain)]


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that training messages write without a capital: names of nobody."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())


def possible_names(text: str, ordinary: Set[str]) -> list[str]:
    """Words that might be somebody's name: with a capital, or after a title, and never met without one."""
    return sorted(set(_candidates(text, ordinary)))


def _candidates(text: str, ordinary: Set[str]) -> Iterator[str]:
    written = [word for word in _WORD.findall(text) if word[0].isupper() and len(word) > 2]
    for word in (*written, *_TITLE.findall(text)):
        if word.lower() not in ordinary:
            yield word
