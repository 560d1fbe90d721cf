"""Free text loses telephone numbers, e-mails, social-security and bank numbers, and announced names, before storage.

The gateway applies it to every message: what Rasa stores, and what a log could show, is already without them. What a
message says counts as much as what it must not keep: a word is taken for a name only where a name is announced, or
beside a number that was asked for, so that "au secours" never is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")
"""France and its overseas departments, whose mobile numbers are other than those of the mainland."""
PHONE_MARK = "06 00 00 00 00"
"""Stands for any telephone number, so that the message still reads as one that gives a number."""
NUMBER_MARK, EMAIL_MARK, NAME_MARK = "[numéro]", "[courriel]", "…"

_BETWEEN = r"[\s.,_/\-\u2010-\u2015]{0,3}"
"""What people put between the groups of a number."""
_DATE_OR_PHONE = re.compile(
    r"(?<!\d)(?:(?P<date>\d{1,2}[\s./\-_]\d{1,2}[\s./\-_](?:19|20)\d{2}(?!\d))"
    rf"|(?P<phone>(?:(?:(?:\+|00){_BETWEEN}33{_BETWEEN}(?:\(0\){_BETWEEN})?|33|[0Oo]{_BETWEEN})[1-9]|(?<!\d.)[67])"
    rf"(?:{_BETWEEN}\d{{2}}){{4}}(?!\d)))"
)
"""French numbers, however their digits are grouped; a date is recognised first, so that it is taken for none."""
_MOBILE = re.compile(r"(?:0|0?033|33)(?P<national>[67]\d{8})")
_EMAIL = re.compile(r"[\w.+-]{1,64} ?@ ?(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b", re.IGNORECASE)
_IBAN = re.compile(
    rf"\b[A-Z]{{2}}\d{{2}}(?:{_BETWEEN}[A-Z0-9]{{4}}){{3,7}}(?:{_BETWEEN}[A-Z0-9]{{1,3}})?\b", re.IGNORECASE
)
_FEWEST_IBAN_DIGITS = 10
"""Fewer digits than that are words of four letters that happen to follow a number."""
_SOCIAL_SECURITY = re.compile(
    rf"(?<!\d)[1-478]{_BETWEEN}\d{{2}}{_BETWEEN}\d{{2}}{_BETWEEN}(?:\d{{2}}|2[AB]){_BETWEEN}\d{{3}}{_BETWEEN}\d{{3}}"
    rf"(?:{_BETWEEN}\d{{2}})?(?!\d)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d{11,}|(?:\d{4}[ .\-]){3}\d{4})(?!\d)")
"""A file number, a bank card."""

_WORD = r"[A-Za-zÀ-ÿ'’-]"
_CAPITAL = r"[A-ZÀ-Ý]"
_TOWN = r"(?i:clich[yi]|leval|le vallois|paris|asni[eè]res|saint|neuilly|courbevoie|gennevilliers|nanterre|colombes)"
"""After "moi c'est", where one lives, and nobody's name."""
_ANNOUNCED_NAME = re.compile(
    r"(?P<announce>"
    r"\b(?i:j['’ ]?(?:e )?m ?['’]? ?app?ell?e|mon (?:pr[eé])?nom(?: de famille)? ?(?:est|c ?['’]? ?est|:)"
    r"|(?:pr[eé])?nom ?:)\s+"
    rf"(?!(?i:pas|plus|comment|que|et)\b)(?={_WORD})"
    rf"|\b(?i:(?:pr[eé])?nom|appel(?:ez|le)[- ]moi|au nom d(?:e ?|['’]))\s*(?={_CAPITAL})"
    rf"|\b(?:[Mm]oi,? c ?['’]? ?est|[Ii]ci c ?['’]? ?est|[Mm]me|[Mm]adame|[Mm]lle|[Mm]r|[Mm]onsieur|M\.)\s+"
    rf"(?!(?:Je|On|Il|Elle|Nous|Mon|Ma|Mes|Le|La|Les|Un|Une|Bonjour)\b|{_TOWN})(?={_CAPITAL}))"
    rf"(?P<name>{_WORD}{{2,30}}(?:\s+{_CAPITAL}{_WORD}{{1,30}})?)"
)
_FILLERS = frozenset(
    "et mon ma le la tel tél telephone téléphone numero numéro num prénom prenom nom c est au oui ok voici moi je suis"
    " m appelle est appelez madame monsieur mr mme moi c'est c’est".split()
)
_LEADING_YES = re.compile(
    r"\s*(?:oui+|ouais|ok|d['’ ]?accord|c['’ ]?est (?:bon|ça|parfait)|parfait|entendu|yes)\b", re.I
)
"""Before a name and a number: "Oui. Karim, 06 …" is still a yes."""
_CALLS = frozenset(
    "secours aide aidez aider urgent urgence vite danger mal peur viol violences frappe police samu rappelez appelez"
    " rappeler appeler non pas merci bonjour enceinte expulsion expulsée expulsé mari ex copain père mère"
    " désolé désolée dsl impossible jamais aucun aucune euh ben bah franchement alors finalement plutôt plus tard"
    " pardon voilà super parfait quant pour sans ni elle il on d'accord bon bien"
    " bah nickel top cool génial confirme confirmez valide validez réservez".split()
)
"""Beside a number, or alone, what says something and is nobody's name."""
_MAX_NAME_WORDS = 2
_PLACE = "\ue000"
"""Where a number was, while the words around it are looked at."""


@dataclass(frozen=True)
class Contact:
    """What a person gives to be reminded of an appointment, any of it; the phone in international form."""

    first_name: str | None
    phone: str | None
    email: str | None = None


@dataclass(frozen=True)
class Redacted:
    """A text without personal data, and the contact that was in it, if any."""

    text: str
    contact: Contact | None


def redact(text: str, *, contact_asked: bool = False) -> Redacted:
    """The text without the personal data that patterns can find, and the contact details it gave.

    `contact_asked`: a first name and a number were asked for; the words that stand alone beside a number or an e-mail
    are that name, a name announced without a number is kept too, and so is an e-mail.
    """
    named, mail = _ANNOUNCED_NAME.search(text), _EMAIL.search(text) if contact_asked else None
    bare, numbers = _without_phones(_without_numbers(_ANNOUNCED_NAME.sub(rf"\g<announce>{NAME_MARK}", text)))
    bare = _LONG_NUMBER.sub(NUMBER_MARK, bare)
    lone = lone_name(bare.replace(EMAIL_MARK, " ")) if (numbers or mail) and contact_asked else None
    agreed, mark = _LEADING_YES.match(bare), PHONE_MARK if numbers else EMAIL_MARK
    alone = f"{agreed[0]}. {mark}" if agreed else mark
    kept = alone if lone else bare.replace(_PLACE, PHONE_MARK)
    phone = next(filter(None, map(international_number, numbers)), None)
    name, email = named["name"] if named else lone, mail[0].replace(" ", "") if mail else None
    given = phone or email or (contact_asked and named)
    return Redacted(kept, Contact(name, phone, email) if given else None)


def gives_contact_alone(text: str) -> bool:
    """Whether a message gives a number, with a yes or a name at most: "oui, Karim, 06 …", and no story beside."""
    bare, numbers = _without_phones(_without_numbers(_ANNOUNCED_NAME.sub(NAME_MARK, text)))
    words = [word for word in re.findall(rf"{_WORD}+", bare.replace(_PLACE, " ")) if word.lower() not in _FILLERS]
    says_something = any(word.lower() in _CALLS - {"merci"} for word in words)
    return bool(numbers) and len(words) <= _MAX_NAME_WORDS and not says_something


def _without_numbers(text: str) -> str:
    """Without the numbers that are no telephone's, and without e-mails."""
    text = _IBAN.sub(_iban_mark, _EMAIL.sub(EMAIL_MARK, text))
    return _SOCIAL_SECURITY.sub(NUMBER_MARK, text)


def _iban_mark(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    return NUMBER_MARK if digits >= _FEWEST_IBAN_DIGITS else found[0]


def _without_phones(text: str) -> tuple[str, list[str]]:
    """The text with a place where each telephone number was, and the numbers."""
    numbers = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text, REGIONS[0])]
    for number in numbers:
        text = text.replace(number, _PLACE)

    def keep_date(found: re.Match[str]) -> str:
        if found["date"]:
            return found[0]
        numbers.append(found["phone"])
        return _PLACE

    return _DATE_OR_PHONE.sub(keep_date, text), numbers


def international_number(number: str) -> str | None:
    """The number in international form; None when no such number can be in service.

    Ranges of mobile numbers open faster than the library learns of them: any French mobile is kept.
    """
    digits = re.sub(r"[Oo]", "0", number)
    for written, region in _readings(digits):
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    mobile = _MOBILE.fullmatch(re.sub(r"\D", "", digits))
    return f"+33{mobile['national']}" if mobile else None


def _readings(number: str) -> Iterable[tuple[str, str]]:
    """The number as a mainland or overseas one, and as one whose first sign was forgotten."""
    plain = re.sub(r"[\s.,_/\-\u2010-\u2015]", "", number)
    yield from ((plain, region) for region in REGIONS)
    yield f"+{plain}", REGIONS[0]


def name_first(text: str) -> str | None:
    """The first name that a message begins with, before another clause: "Sandrine. Pour le tél, plus tard."."""
    begun, *rest = re.split(r"[.,;!]", text, maxsplit=1)
    name = lone_name(begun) if rest and rest[0].strip() else None
    return name if name and name[0].isupper() else None


def lone_name(text: str) -> str | None:
    """The one or two words that stand alone, or beside a number: a first name, unless they call for something."""
    words = [word for word in re.findall(rf"{_WORD}+", text.replace(_PLACE, " ")) if word.lower() not in _FILLERS]
    says_something = any(word.lower() in _CALLS for word in words)
    return " ".join(words) if 1 <= len(words) <= _MAX_NAME_WORDS and not says_something else None
