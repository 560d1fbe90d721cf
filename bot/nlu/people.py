"""Whom normalised words name: a child, a partner, a relative (bot/nlu/text.py)."""

import re

_NAMES_A_PARTNER = re.compile(
    r"\b(?:mari|maris|conjointe?s?|copain|copine|compagnon|compagne|ex|femme|mec|epoux|epouse|couple|vif|fiancee?"
    r"|cheri"
    r"|partenaire|concubine?|(?<!bonjour )(?<!bonsoir )(?<!madame )(?<!merci )(?<!voisin )(?<!voisin, )(?<!vieux )"
    r"(?<!le )monsieur(?! (?:age|a ?\.|[b-z]\b|madame)))\b"
)
_NAMES_A_RELATIVE = re.compile(
    r"\b(?:frere|soeur|pere|mere|fils|fille|neveu|niece|oncle|tante|cousine?|grand (?:pere|mere)|petit fils|papa"
    r"|maman"
    r"|daronn?e?|parents|gendre|belle fille)\b"
)
_NAMES_A_CHILD = re.compile(
    r"\b(?:enfants?|bebe|gamine?s?|gosses?|petite?s?(?! (?:fils|fille|dame|vieille|retraite|monsieur))"
    r"|mineure?s?|eleves?"
    r"|ados?|nourrissons?|ecole|creche|[1-9] ans|1[0-7] ans)\b"
)


def names_a_child(words: str) -> bool:
    """Whether normalised words name a child; a grown son or daughter is none by that alone."""
    return bool(_NAMES_A_CHILD.search(words))


def names_a_relative(words: str) -> bool:
    """Whether normalised words name a relative by blood or marriage, other than a partner."""
    return bool(_NAMES_A_RELATIVE.search(words))


def names_a_partner(words: str) -> bool:
    """Whether normalised words name somebody's spouse, companion or former one."""
    return bool(_NAMES_A_PARTNER.search(words))
