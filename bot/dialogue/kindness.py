"""A human word before anything else: a death told in passing, an apology; and thanks that are none."""

import re

_KIN = (
    r"(?:mari|femme|epou\w+|compagne|compagnon|conjointe?|mere|pere|maman|papa|mamie|papi|grand (?:mere|pere)|soeur"
    r"|frere|fils|fille|enfant|bebe|oncle|tonton|tante|tata|cousine?|amie?|copine?"
    r"|copain|collegue|voisine?|beau pere|belle mere)"
)
_GRIEF = re.compile(
    rf"\b(?:j|on|nous|elle|il) (?:enterre|enterrons|avons enterre|a enterre|ai enterre|enterrait)\b"
    rf"|\benterre (?:son|sa|mon|ma|notre|un|une|le) {_KIN}\b|\b(?:enterrement|obseques|funerailles)\b"
    rf"|\b(?:mon|ma|notre) {_KIN} (?:\w+ )?(?:est|vient d etre|est deja) (?:mort|morte|decedee?|partie? au ciel)\b"
    rf"|\b(?:mon|ma|notre) {_KIN} (?:vient de|vien de) (?:mourir|deceder|nous quitter)\b"
    rf"|\bj ai perdu (?:mon|ma) (?:mari|femme|epou\w+|compagne|compagnon|mere|pere|maman|papa|soeur|frere)\b(?! de vue)"
    rf"|\b(?:mort|deces|perte) de (?:mon|ma|notre) {_KIN}\b|\bje suis (?:veuf|veuve) depuis\b"
)
_LONG_AGO = re.compile(
    r"\bil y a (?:\d{2,}|vingt|trente|dix|longtemps|plusieurs) ?(?:ans|annees)?\b"
    r"|\bquand j etais\b|\bsi (?:elle|il|je|ma|mon)\b"
)
_APOLOGY = re.compile(
    r"\b(?:dsl|desolee?s?|pardon|pardonnez moi|excusez? moi|je m excuse|mes excuses)"
    r" (?:de|d|pour|pr|si je|si j)\b(?! (?:le rdv|le rendez|mon rdv|mon rendez|lundi|mardi|mercredi|jeudi|vendredi))"
    r"|\bje m emporte\b|\bje me suis (?:emportee?|enervee?)\b"
    r"|\bj ai ete (?:\w+ )?(?:dure?"
    r"|agressi\w+|mechante?|desagreable)\b"
)
_BITTER = re.compile(
    r"\bmerci (?:pour|de) (?:rien|votre (?:inutilite|non aide)|l aide inexistante)\b|\bme voila bien avance\w*\b"
    r"|\b(?:ca|cela) (?:me |m |nous )?(?:avance|fait une belle jambe)\b"
    r"|\b(?:formidable|magnifique|bravo|chapeau|merveilleux|fantastique)\b(?!.*\b(?:vous|aide)\b)"
    r"|\bca sert a rien\b|\bmerci l (?:etat|administration)\b"
)


def grieves(words: str) -> bool:
    """Whether normalised words tell of a death close by, not long ago."""
    return bool(_GRIEF.search(words)) and not _LONG_AGO.search(words)


def apologises(words: str) -> bool:
    """Whether normalised words ask to be forgiven for a manner, not to correct or to decline something."""
    return bool(_APOLOGY.search(words))


def thanks_bitterly(words: str) -> bool:
    """Whether thanks, in normalised words, are a reproach: "merci pour rien"."""
    return bool(_BITTER.search(words))
