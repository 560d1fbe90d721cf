"""A human word before anything else: a death told in passing, a shame, an apology; and thanks that are none."""

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
    rf"|\b(?:mort|deces|perte) de (?:mon|ma|notre) {_KIN}\b"
    r"|\b(?:je suis|me voila|devenue?|restee?) (?:veuf|veuve)\b"
    r"|\bmes (?:\w+ )?(?:amie?s|copains|copines|parents) (?:sont|etaient) (?:\w+ )?(?:morte?s|decede\w*)\b"
)
_LONG_AGO = re.compile(
    r"\bil y a (?:\d{2,}|vingt|trente|dix|longtemps|plusieurs) ?(?:ans|annees)?\b"
    r"|\bquand j etais\b|\bsi (?:elle|il|je|ma|mon)\b"
)
_APOLOGY = re.compile(
    r"\b(?:dsl|desolee?s?|pardon|pardonnez moi|excusez? moi|je m excuse|mes excuses)"
    r" (?:de|d|pour|pr|si je|si j)\b(?! (?:le rdv|le rendez|mon rdv|mon rendez|lundi|mardi|mercredi|jeudi|vendredi))"
    r"|^(?:pardon|desolee?|dsl|sorry|excusez? moi)\b[ ,.]*(?:c (?:est )?(?:juste )?que |mais )?"
    r"(?:je (?:suis|me sens)|j etais)"
    r" (?:\w+ )?(?:stress\w*|enerv\w*|fatigu\w*|a bout|a cran|nerv\w*|en colere|epuise\w*|perdue?)\b"
    r"|\bje m emporte\b|\bje me suis (?:emportee?|enervee?)\b"
    r"|\bj ai ete (?:\w+ )?(?:dure?|agressi\w+|mechante?|desagreable)\b"
)
_SHAME = re.compile(
    r"\b(?:j ai|j avais|j en ai|ai tellement|ai trop|trop la|trop|de la|quelle) (?:\w+ )?honte\b"
    r"|\b(?:je suis|me sens) (?:\w+ )?honteu(?:x|se)\b"
)
_NO_SHAME = re.compile(
    r"\b(?:pas|plus|aucune|jamais|sans) (?:\w+ )?honte\b|\bhonte (?:a|sur) (?:vous|toi|eux|lui)\b"
    r"|\b(?:il|elle|ils|elles|vous|tu) (?:\w+ )?(?:a|ont|avez|as|devriez|devrait) (?:\w+ )?honte\b"
)
_JUDGED = re.compile(
    r"\b(?:me )?jugez? (?:pas|po)\b|\b(?:me|m) (?:jugez|juge|gronde[rz]?|engueule[rz]?) pas\b|\bsans me juger\b"
)
APOLOGY_TAKEN = "utter_excuses"
"""The only word that is said in a danger too."""
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


def kind_word(words: str) -> str | None:
    """The name of the text that normalised words call for before anything else, if any."""
    if grieves(words):
        return "utter_condoleances"
    if _SHAME.search(words) and not _NO_SHAME.search(words):
        return "utter_mot_honte"
    if _JUDGED.search(words):
        return "utter_mot_juge"
    return APOLOGY_TAKEN if apologises(words) else None


def thanks_bitterly(words: str) -> bool:
    """Whether thanks, in normalised words, are a reproach: "merci pour rien"."""
    return bool(_BITTER.search(words))
