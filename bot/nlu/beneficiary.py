"""For whom a person writes: themselves, or someone they name ("c'est pour ma mère").

Only what is said plainly is read: a relative who is merely spoken of ("mon mari me frappe") is not whom it is for.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

BENEFICIARY_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "beneficiaries.yml"
ONESELF = "vous"

_MYSELF = re.compile(
    r"\bpour (?:moi|ma pomme)\b(?! et\b)|\bc est moi (?:qui|la|le)\b|\bc est de moi\b|\bje parle de moi\b"
)
_NOT_MYSELF = re.compile(r"\bpas pour moi\b|\bc est pas moi\b|\bpas de moi\b")
_FOR = r"(?:pour|c est|c|concerne|a propos de|au sujet de|de la part de|j accompagne|je suis avec|j ai avec moi)"
_WHOSE = r"(?:ma|mon|mes|notre|nos|une?|la|le|cette|cet|ce|l)(?: (?:petite?|jeune|vieille?|vieux|propre|pauvre))?"
_ACTING = (
    r"(?:est|a|n a|va|doit|cherche|veut|voudrait|peut|vit|habite|dort|touche|attend|vient|vien|se|s est|sont|ont|ne|n|y"
    r"|arrive|perd|sait|aimerait|tombe|reste|recoit|mange|boit)"
)
_THEIR_AGE = r"(?: ?,? ?(?:de |qui a |a )?\d+ ans ?,?)?"
_TO_ME = r"(?:\w+ ){0,2}(?:me|m|nous|moi)"
_SPOUSE = re.compile(r"votre (?:mari|femme|compagne|compagnon)")
_I = re.compile(r"\b(?:je|j|moi)\b")

Beneficiaries = Mapping[str, re.Pattern[str]]


def load_beneficiaries(path: Path = BENEFICIARY_WORDS) -> Beneficiaries:
    """How each beneficiary is said back → the words that name them."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {said: _naming(words) for said, words in written.items()}


def beneficiary(normalized: str, known: Beneficiaries) -> str | None:
    """For whom a normalised message is, as it is said back; None when the message does not tell."""
    met = [(found.start(), said) for said, pattern in known.items() if (found := pattern.search(normalized))]
    if _I.search(normalized):  # "mon mari est parti, j'ai deux loyers de retard" is one's own story
        met = [(at, said) for at, said in met if at > 0 or not _SPOUSE.fullmatch(said)]
    if met:
        return min(met)[1]
    return ONESELF if _MYSELF.search(normalized) and not _NOT_MYSELF.search(normalized) else None


def _naming(words: str) -> re.Pattern[str]:
    """Named after "pour ma", at the start of what they do or undergo themselves, or instead of the writer.

    "Moi j'ai retrouvé une mutuelle, mais ma mère, elle n'a rien."
    """
    named = rf"\b{_FOR} {_WHOSE} {words}\b(?! qui {_TO_ME}\b)"
    acting = rf"^(?:\w+ ){{0,2}}(?:ma|mon|mes) {words}{_THEIR_AGE} (?!{_TO_ME}\b){_ACTING}\b"
    instead = rf"\bmais (?:pour )?(?:ma|mon|mes) {words} ?,? (?:elle|il|ils|elles) (?!{_TO_ME}\b){_ACTING}\b"
    return re.compile(f"{named}|{acting}|{instead}")
