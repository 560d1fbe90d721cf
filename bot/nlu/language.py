"""The language of a message: French unless there are good reasons to think otherwise.

The script tells Arabic, Chinese, Tamil and others at once; languages written alike are told apart by their words
(`bot/nlu/tongues.py`) and by their groups of letters (`bot/nlu/letters.py`). Another language must be ahead of French,
which is known with all the spellings of our own examples: taking French for another language is the error that costs a
resident most.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.nlu.letters import FRENCH as FRENCH
from bot.nlu.letters import Spelling, learn_spelling
from bot.nlu.text import load_spellings
from bot.nlu.tongues import ARABIC, Tongues, words_of

_SCRIPTS = {
    "ARABIC": ARABIC,
    "CJK": "zh",
    "TAMIL": "ta",
    "BENGALI": "bn",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "DEVANAGARI": "hi",
    "GURMUKHI": "pa",
    "SINHALA": "si",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HEBREW": "he",
    "ETHIOPIC": "am",
}
_CYRILLIC = "CYRILLIC"
_LATIN = "LATIN"
_RUSSIAN, _UKRAINIAN = "ru", "uk"
_RUSSIAN_LETTERS, _UKRAINIAN_LETTERS = frozenset("ыэъё"), frozenset("іїєґ")

_THANKS = re.compile(
    r"\b(?:obrigad[oa]|gracias|thanks?|thank you|thx|grazie|danke|ch?oukran|sh[ou]kran|merci|mersi|multumesc"
    r"|tesekkur\w*|faleminderit|sagol|dyakuyu|hvala|nandri|jerejef|spasibo"
    r"|dhanyavad\w*|dhonnobad|barak\w* ?allah\w*|saha)\b"
    r"|спасибо|дякую|شكرا|谢谢|謝謝|நன்றி|ধন্যবাদ"
)
_WORDS_OF_THANKS = 6

_LEARNED_WORDS = 1500
_FEWEST_WORDS = 2
_ENOUGH_VOTES = 1.0
_ENOUGH_VOTES_OF_TWO_WORDS = 1.3
_ENOUGH_SHARE = 0.3
_ENOUGH_WORDS = 4
"""A message of fewer words, none of them listed, may be a name: its letters alone do not make it foreign."""
_SHORT, _LEAD_WHEN_SHORT = 6, 0.2
"""In a message of fewer words the letters must be further ahead: "Fatima El Amrani" is a name, not Romanian."""
_EXCLUDED = -0.8
"""Lead over French below which the letters exclude what the words say."""
_WEIGHT_BESIDE_FRENCH = {ARABIC: 2.0}
"""Maghreb Arabic borrows French nouns by the dozen: its own words count twice beside them."""


class LanguageReader:
    """Tells the language of texts. `french_words` are the commonest words of our own examples."""

    def __init__(self, french_words: Collection[str], spelling: Spelling | None = None) -> None:
        self._tongues = Tongues({*french_words, *load_spellings()})
        self._spelling = spelling

    def read(self, text: str) -> str:
        """ISO 639-1 code of the language; a single word, and what no other language explains, is French."""
        script = _main_script(text)
        if script in _SCRIPTS:
            return _SCRIPTS[script]
        if script == _CYRILLIC:
            return self._in_cyrillic(text)
        words = words_of(text)
        return FRENCH if len(words) < _FEWEST_WORDS else self._in_latin(text, words)

    def _in_latin(self, text: str, words: list[str]) -> str:
        votes = self._tongues.votes(words)
        voted = _winner(votes, len(words))
        if self._spelling is None:
            return voted
        spelt, lead = self._spelling.likeliest(text)
        enough = _LEAD_WHEN_SHORT if len(words) < _SHORT else 0.0
        if lead > enough and (spelt in votes or len(words) >= _ENOUGH_WORDS):
            return spelt
        return voted if lead > _EXCLUDED else FRENCH

    def _in_cyrillic(self, text: str) -> str:
        """Ukrainian or Russian: by the letters that only one of them has, else by their words."""
        letters = set(text.lower())
        ukrainian = len(letters & _UKRAINIAN_LETTERS) - len(letters & _RUSSIAN_LETTERS)
        votes = self._tongues.votes(words_of(text))
        ahead = ukrainian or votes.get(_UKRAINIAN, 0.0) - votes.get(_RUSSIAN, 0.0)
        return _UKRAINIAN if ahead > 0 else _RUSSIAN


def _winner(votes: Mapping[str, float], words: int) -> str:
    """The language the words of a message vote for."""
    french = votes.get(FRENCH, 0.0)
    others = {language: weight for language, weight in votes.items() if language != FRENCH}
    likeliest = max(others, key=lambda language: others[language], default=FRENCH)
    heard = others.get(likeliest, 0.0)
    ahead = heard * _WEIGHT_BESIDE_FRENCH.get(likeliest, 1.0) > french
    return likeliest if ahead and heard >= _enough(words) else FRENCH


def learn_reader(examples: Sequence[tuple[str, str, str]], seed: int) -> LanguageReader:
    """A reader that has learned from (text, normalised text, language): French words, and how languages are spelt."""
    seen = Counter(
        word for _, normalized, language in examples if language == FRENCH for word in sorted(set(words_of(normalized)))
    )
    latin = [(text, language) for text, _, language in examples if _main_script(text) == _LATIN]
    return LanguageReader([word for word, _ in seen.most_common(_LEARNED_WORDS)], learn_spelling(latin, seed))


def _enough(words: int) -> float:
    """The votes another language needs in a message of so many words."""
    fewest = _ENOUGH_VOTES_OF_TWO_WORDS if words == _FEWEST_WORDS else _ENOUGH_VOTES
    return max(fewest, _ENOUGH_SHARE * words)


def _main_script(text: str) -> str | None:
    """The script of half the letters or more."""
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    script, count = scripts.most_common(1)[0] if scripts else (None, 0)
    return script if count * 2 >= sum(scripts.values()) else None


def thanks_only(words: str) -> bool:
    """Whether a short message in another language only thanks: in a conversation held in French it is a courtesy."""
    return bool(_THANKS.search(words)) and len(words.split()) <= _WORDS_OF_THANKS and "?" not in words
