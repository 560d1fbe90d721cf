"""What is asked before an appointment is shown, once it belongs to somebody: a link is easily read by another.

The first three letters of the first name, as RDV Service Public asks those of the surname; without a name, the last
four digits of the telephone.
"""

import unicodedata
from typing import Literal

from bot.booking.views import RdvView

LETTERS, DIGITS = 3, 4
Question = Literal["name", "phone"]
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss"})


def question_of(rdv: RdvView) -> Question | None:
    """What is asked; None when nobody's name or telephone stands with the appointment: its code is then enough."""
    if _letters(rdv.first_name or ""):
        return "name"
    return "phone" if len(_digits(rdv.phone or "")) >= DIGITS else None


def is_right(rdv: RdvView, answer: str) -> bool:
    """Whether the answer is that of the owner, however it is typed; the whole name or number will do."""
    if question_of(rdv) == "phone":
        typed = _digits(answer)
        return len(typed) >= DIGITS and typed[-DIGITS:] == _digits(rdv.phone or "")[-DIGITS:]
    name = rdv.first_name or ""
    return _begins_alike(_letters(answer), _letters(name)) or _begins_alike(_signs(answer), _signs(name))


def _begins_alike(answer: str, name: str) -> bool:
    """The first three, or all of a name that has fewer: "li" is Li, and "lisa" is not."""
    return bool(answer) and answer[:LETTERS] == name[:LETTERS]


def _letters(text: str) -> str:
    """The letters alone, without accents: "O'Neil" and "oneil" are one."""
    return "".join(sign for sign in _folded(text) if _is_letter(sign))


def _signs(text: str) -> str:
    """The letters and one sign for whatever stands between two of them: "O'N" are three for O'Neil."""
    return "".join(sign if _is_letter(sign) else "-" for sign in _folded(text).strip())


def _is_letter(sign: str) -> bool:
    """Whether a sign is a letter of its own: some apostrophes are letters that modify others (Lm)."""
    return sign.isalpha() and unicodedata.category(sign) != "Lm"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")
