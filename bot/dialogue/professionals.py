"""Who writes: a resident, or a professional about one; their words are those of a note."""

import re

_TRADE = (
    r"(?:as|ts|cesf|ase|assistante? sociale?|travailleu\w+ socia\w+|educat\w+|infirmiere?|puericultrice"
    r"|mediat\w+|tutrice|curatrice|mandataire|conseillere? (?:\w+ )?(?:insertion|sociale?|cesf)"
    r"|agente? d accueil|agent|secretaire)"
)
_PROFESSIONAL = re.compile(
    r"\b(?:cql|vad|brsa|collegues? (?:du|de la|de l|des|ccas|au))\b"
    r"|\b(?:mme|mr|madame|monsieur|melle) [b-xz]\b"
    rf"|\bje suis (?:une? |l )?{_TRADE}\b(?! de (?:mon|ma|garde))"
    rf"|^(?:\w+ ){{0,3}}(?:note|bjr|bonjour|collegue|ici) (?:\w+ ){{0,2}}{_TRADE}\b"
    rf"|^{_TRADE} (?:de |du |d |au |a l |scolaire|secteur|polyvalence)"
    r"|^(?:accueil|guichet|note|service social)\b(?! (?:de nuit|pour))"
    r"|\bau guichet (?:ce matin|cet apres midi)?.{0,20}\b(?:une? )?(?:dame|monsieur|usagere?)\b"
    r"|\busagere?s? (?:recue?s?|presente?s?|se presente|de \d+)\b"
    r"|\b(?:mon|ma|mes|notre) (?:usagere?s?|patiente?s?|beneficiaires?)\b"
)


def writes_as_professional(words: str) -> bool:
    """Whether normalised words are those of a professional who writes about a resident."""
    return bool(_PROFESSIONAL.search(words))
