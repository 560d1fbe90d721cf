"""The yes that comes with a slot: "le premier. oui c bon", "oui la 2", "la 3 alors, je confirme direct".

A slot and a yes are enough to book. "ok", "d'accord" and "parfait" take the offer and choose its slot: they are no
such yes. Nor is one that is asked, or that waits for something: "la 1, oui, mais c'est gratuit ?", "la 2 oui si c'est
une femme".
"""

import re
from datetime import datetime

from bot.dialogue.withheld import without_contact
from bot.directory.models import fold

_YES = re.compile(r"\b(?:o+u+i+|ui|wi|ouai?s?|je (?:le |la )?(?:confirme|valide)|(?:confirme|valide)[rz])\b")
_WAITS = re.compile(
    r"\b(?:si(?! oui\b)|mais|sauf|conditions?|reserve de|d abord|avant de|attend\w*|peut etre|par contre|sinon|plutot"
    r"|pas(?! de (?:souci|soucis|probleme|pb|pbm|quoi)\b)|non|nan|nn|jamais|demande\w*|reflechi\w*"
    r"|je (?:crois|pense)|n ?importe|peu importe|un (?:rdv|rendez vous|creneau))\b"
)
"""A condition, a doubt, another wish; or a yes to an appointment, and not to this slot."""
_NOT_YET = re.compile(
    r"(?<!\bm )(?<!\bj )(?<!\bje )(?<!\bon )(?<!\bvous )\b(?:attend(?:s|ez|e)?|att)\b(?! (?:un|une|le|la|mon|ma) )"
    r"|\b(?:une|1|deux|2) (?:minutes?|secondes?|sec)\b|\bpas (?:encore|tout de suite)\b"
)
"""After a yes, it takes it back for a moment: "oui mais attendez"."""
_ASKED = re.compile(r"[^.!?;\n]*\?")
_HOUR = re.compile(r"\b(\d{1,2}) ?(?:h|heures?)(?: ?(\d{2}))?\b|\b(midi)\b")
_FROM_THEN = re.compile(
    r"\b(?:commenc\w+|embauch\w+|attaqu\w+|demarr\w+|travaill\w+|bosse\w*|taffe\w*|recuper\w+"
    r"|(?:je|on|il|elle) (?:prends?|dois|doit|pars|part)|j ai|(?:on|il|elle) a)\b"
)
_UNTIL_THEN = re.compile(r"\b(?:fini\w*|termin\w*|sors|sort|debauch\w+|jusqu a|jusque|depos\w+|emmen\w+|rentre\w*)\b")
_NOON = 12


def said_for_good(text: str) -> str:
    """What a text says and does not ask: of "c koi la 3 deja ? bon la 2, oui", the end."""
    return " ".join(_ASKED.sub(" ", text).split())


def waits_for_more(text: str) -> bool:
    """Whether a condition or a doubt holds a yes back, in what is said or in what is asked."""
    return bool(_WAITS.search(fold(text)))


def asks_to_wait(text: str) -> bool:
    """Whether what follows a yes puts it off: "oui mais attendez", "ok une seconde"."""
    return bool(_NOT_YET.search(fold(text)))


def agrees_with_it(text: str) -> bool:
    """Whether a text that chooses a slot says yes to it as well, and nothing holds the yes back."""
    said = without_contact(said_for_good(text))
    return bool(_YES.search(fold(said))) and not waits_for_more(said)


def leaves_free(reason: str, start: datetime) -> bool:
    """Whether the hour told as a reason leaves a slot free: of nine o'clock, "je commence à 14 h ce jour-là" does."""
    said = fold(reason)
    hours = [(_NOON, 0) if noon else (int(hour), int(minute or 0)) for hour, minute, noon in _HOUR.findall(said)]
    if len(hours) != 1 or waits_for_more(reason):
        return False
    at = (start.hour, start.minute)
    if _UNTIL_THEN.search(said):
        return at >= hours[0]
    return bool(_FROM_THEN.search(said)) and at < hours[0]
