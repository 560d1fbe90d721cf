"""Who writes: a resident, or a professional about one; their words are those of a note."""

import re

_TRADE = (
    r"(?:as|ts|cesf|ase|assistante? sociale?|travailleu\w+ socia\w+|educat\w+|infirmiere?|puericultrice"
    r"|mediat\w+|tutrice|curatrice|mandataire|conseillere? (?:\w+ )?(?:insertion|sociale?|cesf)"
    r"|agente? d accueil|agent|secretaire)"
)
_PROFESSIONAL = re.compile(
    r"\b(?:cql|vad|brsa|collegues? (?:du|de la|de l|des|ccas|au))\b"
    rf"|\bje suis (?:une? |l )?{_TRADE}\b(?! de (?:mon|ma|garde))"
    rf"|^(?:\w+ ){{0,3}}(?:note|bjr|bonjour|collegue|ici) (?:\w+ ){{0,2}}{_TRADE}\b"
    rf"|^{_TRADE} (?:de |du |d |au |a l |scolaire|secteur|polyvalence)"
    r"|^(?:accueil|guichet|note|service social)\b(?! (?:de nuit|pour))"
    r"|\bau guichet (?:ce matin|cet apres midi)?.{0,20}\b(?:une? )?(?:dame|monsieur|usagere?)\b"
    r"|\busagere?s? (?:recue?s?|presente?s?|se presente|de \d+)\b"
    r"|\b(?:mon|ma|mes|notre) (?:usagere?s?|patiente?s?|beneficiaires?)\b"
)

_INITIAL = re.compile(r"\b(?:mme|mr|madame|monsieur|melle) [b-xz]\b")
_SHORTHAND = re.compile(r"\b(?:cfp|ids|vif|cjm|ase|aemo|ip|cer|ref\w*|orientation|suivie?|dossier|signifie)\b")
"""Words of a note, beside an initial."""
_NEIGHBOURLY = re.compile(
    r"\b(?:asso(?:ciation)? de quartier|benevole|a voix haute|(?:dort|loge|reste|est) chez moi"
    r"|je (?:lui|leur) (?:lis|lit|montre)|je suis (?:sa|son|une|un) (?:voisine?|amie?|copine?|copain|collegue))\b"
)
"""Somebody beside the person, with a telephone that others may read: no desk and no file."""


def writes_as_professional(words: str) -> bool:
    """Whether normalised words are those of a professional who writes about a resident, and not of a helper at home."""
    noted = _INITIAL.search(words) and _SHORTHAND.search(words)
    return bool(_PROFESSIONAL.search(words) or noted) and not _NEIGHBOURLY.search(words)
