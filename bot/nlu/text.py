"""French as it is typed on a phone, brought to one spelling before anything is learned from it.

Accents, case and typographic signs are folded, letters repeated for emphasis are reduced, apostrophes and hyphens
separate words, the spellings of SMS are written out, and typing errors in the words of the field are put right
(bot/nlu/spelling.py). Why folding: without accents stock pipelines turned words into their opposite at full confidence
(docs/understanding.md).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

SMS_SPELLINGS = Path(__file__).parents[2] / "data" / "lexicon" / "sms.yml"

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i"})
_SEPARATORS = re.compile(r"['’‘`´\-–—_/\s]+")
_EMPHASIS = re.compile(r"([a-z!?])\1{2,}")
_WORD = re.compile(r"[a-z0-9]+")
_STATEMENT_END = re.compile(
    r"[.!?;:\n]+|,\s|\s(?:mais|et|puis|sinon|par contre|en plus|du coup|alors que|aussi|donc)\s"
)
_STATEMENT_WORDS = 5
_SENTENCE_END = re.compile(
    r"[.!?;:\n]+|,\s|\s(?:et|puis)\s(?=(?:est|c|il|on|je|vous|faut|qu|quel|comment|combien|ou|ca)\b)"
)
_SENTENCE_WORDS = 2
_CLAUSE_END = re.compile(r"[.!?;:\n]+|,\s|\s(?:mais|et puis|sinon|par contre|en plus|du coup|alors que)\s")


def fold(text: str) -> str:
    """Lower case, without accents, words parted by single blanks, no letter thrice in a row."""
    composed = unicodedata.normalize("NFKC", text).lower().translate(_LIGATURES)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", composed) if not unicodedata.combining(sign))
    return _SEPARATORS.sub(" ", _EMPHASIS.sub(r"\1", bare)).strip()


def load_spellings(path: Path = SMS_SPELLINGS) -> dict[str, str]:
    """SMS spelling → standard words, both folded."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {short: standard for standard, shorts in written.items() for short in str(shorts).split()}


def _as_typed(word: str) -> str:
    return word


def normalize(text: str, spellings: Mapping[str, str], corrected: Callable[[str], str] = _as_typed) -> str:
    """The folded text, SMS spellings written out and other words `corrected`; standard French is folded only."""
    return _WORD.sub(lambda word: spellings.get(word[0]) or corrected(word[0]), fold(text))


def statements(normalized: str) -> list[str]:
    """The parts of a normalised text that say something by themselves; empty when it is all one statement.

    Parted more finely than clauses ("et" parts them too), and only parts long enough to be understood alone.
    """
    parts = [part.strip() for part in _STATEMENT_END.split(normalized)]
    return [part for part in parts if len(part.split()) >= _STATEMENT_WORDS] if len(parts) > 1 else []


_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")


def sentences(normalized: str) -> list[str]:
    """The parts of a normalised text that may each ask something: "c'est gratuit" is short, and a question."""
    parts = [part.strip() for part in _SENTENCE_END.split(normalized)]
    return [part for part in parts if len(part.split()) >= _SENTENCE_WORDS] if len(parts) > 1 else []


def sentences_with_stops(normalized: str) -> list[str]:
    """The sentences of a normalised text, each with the stop that ends it: a question mark tells what is only asked."""
    return _SENTENCE.findall(normalized)


def clauses(normalized: str) -> list[str]:
    """The clauses of a normalised text, cut at punctuation and at the words that open a new thought."""
    return [clause.strip() for clause in _CLAUSE_END.split(normalized) if clause.strip()]
