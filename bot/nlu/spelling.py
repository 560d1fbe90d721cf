"""Typing errors in the words of the field, put right: "il me frape", "envi de mourire", "une convultion".

Only the words that the rules and the lexicon of the field listen for are aimed at, and only what is no standard French
may change. Nearness is judged as people misspell: by ear first ("menasse"), then by a slip of the finger, one letter in
words long enough not to be another word, two in long ones. An apostrophe left out is put back first ("lexpulsion").
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml
from joblib import Parallel, delayed
from rapidfuzz.distance import OSA

from bot.nlu.phonetics import sound
from bot.nlu.text import fold

LEXICON = Path(__file__).parents[2] / "data" / "lexicon"
_RULES, _FIELD, _LANGUAGES = ("emergency.yml", "signs.yml"), "domaine.yml", "languages.yml"
_FRENCH = "fr"

_SPELT = re.compile(r"(?:[a-z]\??)+")
_ESCAPE = re.compile(r"\\.")
_LETTER = re.compile(r"([a-z])(\??)")
_ELIDED = re.compile(r"(c(?=e)|[djlmnst])([aeiouyh].+)|(j)([^aeiouyh].+)")

_SHORTEST = 5
_SHORTEST_ELIDED = 4
"""A word after a lost apostrophe may be shorter when it is right: "jdors", "daide"."""
_ANY_SLIP_FROM = 7
"""Another letter makes another word of a short one too easily: "coment" is no "moment"."""
_TWO_SLIPS_FROM = 9
_HEAD = 7
"""Only so many letters are indexed: enough to find what is near."""
_VOWELS, _DOUBLED = re.compile("[aeiouy]"), re.compile(r"(.)\1")
_HEARD_SLIPS = 3
"""However alike they sound, words that differ in more letters are not one word."""
_PARTS = 8
"""Standard French is looked through in so many parts, side by side."""


class Speller:
    """Puts right the misspelt `words` of the field; `standing` are the words near them that are right as they are."""

    def __init__(self, words: Iterable[str], standing: Iterable[str] = ()) -> None:
        self.words, self.standing = frozenset(words), frozenset(standing)
        aims = [word for word in sorted(self.words) if len(word) >= _SHORTEST]
        self._heard = _index((sound(word), word) for word in aims)
        self._shortened = _index((part, word) for word in aims for part in _shortenings(word))
        self.corrected = lru_cache(maxsize=65536)(self._corrected)

    def __reduce__(self) -> tuple[type["Speller"], tuple[frozenset[str], frozenset[str]]]:
        """It is kept as the words it was made of."""
        return Speller, (self.words, self.standing)

    def _corrected(self, word: str) -> str:
        """The word of the field that a folded word stands for, or the word itself."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self.words or word in self.standing:
            return word
        return self._elided(word) or self._heard_as(word) or self._slipped(word) or self._elided_badly(word) or word

    def _heard_as(self, word: str) -> str | None:
        """The word of the field that sounds the same; of those that do, forms of one word, the nearest in writing."""
        alike = {aim: OSA.distance(word, aim) for aim in self._heard.get(sound(word), ())}
        near = [aim for aim, slips in alike.items() if slips <= min(_HEARD_SLIPS, len(word) // 2)]
        return min(near, key=lambda aim: alike[aim], default=None)

    def _slipped(self, word: str) -> str | None:
        """The word of the field that is the fewest slips away; none when others, which sound otherwise, are as near."""
        reached = {aim for part in _shortenings(word) for aim in self._shortened.get(part, ())}
        slips = {aim: count for aim in sorted(reached) if (count := _slips(word, aim))}
        nearest = [aim for aim, count in slips.items() if count == min(slips.values())]
        return nearest[0] if len(set(map(sound, nearest))) == 1 else None

    def _elided(self, word: str) -> str | None:
        """Two words of which the apostrophe was left out: "lexpulsion" is "l expulsion"."""
        before, rest = _parted(word)
        return f"{before} {rest}" if len(rest) >= _SHORTEST and rest in self.words else None

    def _elided_badly(self, word: str) -> str | None:
        """The same, when the second is short, or misspelt as well: "jdors", "lexpultion"."""
        before, rest = _parted(word)
        if len(rest) >= _SHORTEST_ELIDED and rest in self.words:
            return f"{before} {rest}"
        if len(rest) < _SHORTEST or rest in self.standing:
            return None
        meant = self._heard_as(rest) or self._slipped(rest)
        return f"{before} {meant}" if meant else None


def learn_speller(standard: frozenset[str], spellings: Mapping[str, str]) -> Speller:
    """The speller of the words of the field, which leaves alone what is right near them.

    Right are standard French, the words of other languages, what a rule spells its own way, and the words that SMS
    spellings stand for.
    """
    ruled, field = _spelt_in(*_RULES), _spelt_in(_FIELD)
    words = ((ruled & standard) | field) - spellings.keys()
    meant = {word for written_out in spellings.values() for word in written_out.split()}
    right = sorted(standard | foreign_words() | meant)
    parts = [right[start::_PARTS] for start in range(_PARTS)]
    near = Parallel(n_jobs=-1)(delayed(_changed)(part, words) for part in parts)
    return Speller(words, (ruled - words).union(*near))


def _changed(right: Iterable[str], words: frozenset[str]) -> set[str]:
    """Which of these words a speller of those would change."""
    bold = Speller(words)
    return {word for word in right if bold.corrected(word) != word}


def foreign_words() -> frozenset[str]:
    """The commonest words of the other languages one may write here."""
    written: dict[str, str] = yaml.safe_load((LEXICON / _LANGUAGES).read_text(encoding="utf-8"))
    return frozenset(word for code, listed in written.items() if code != _FRENCH for word in fold(listed).split())


def _spelt_in(*files: str) -> frozenset[str]:
    """The words that the texts of these files spell out; stems stand among them ("expuls")."""
    texts = (text for file in files for text in _texts(yaml.safe_load((LEXICON / file).read_text(encoding="utf-8"))))
    spelt = (pattern for text in texts for pattern in _SPELT.findall(_ESCAPE.sub(" ", fold(text))))
    return frozenset(word for pattern in spelt for word in _spelt_out(pattern) if len(word) >= _SHORTEST_ELIDED)


def _spelt_out(pattern: str) -> Iterator[str]:
    """The words of a pattern of letters: "brulee?" is "brulee" and "brule"."""
    choices = ((letter, "") if optional else (letter,) for letter, optional in _LETTER.findall(pattern))
    return map("".join, product(*choices))


def _texts(written: Any) -> Iterator[str]:
    """The texts of a YAML file, its keys left out."""
    if isinstance(written, str):
        yield written
    else:
        for part in written.values() if isinstance(written, dict) else written:
            yield from _texts(part)


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for key, word in pairs:
        index[key].append(word)
    return index


def _parted(word: str) -> tuple[str, str]:
    """What may stand before a lost apostrophe, and the rest; two empty words when nothing may."""
    parted = _ELIDED.fullmatch(word)
    return (parted[1] or "je", parted[2] or parted[4]) if parted else ("", "")


def _shortenings(word: str) -> set[str]:
    """What is left of the head of a word without as many letters as may be wrong: two near words share such a rest."""
    first, head = word[0], word[1:_HEAD]
    fewest = len(head) - (2 if len(word) >= _TWO_SLIPS_FROM else 1)
    return {first + "".join(kept) for length in range(fewest, len(head) + 1) for kept in combinations(head, length)}


def _slips(word: str, aim: str) -> int:
    """How many slips of the finger turn `aim` into `word`, 0 when too many; they seldom miss the first letter."""
    slips = OSA.distance(word, aim, score_cutoff=2) if word[0] == aim[0] else 3
    if slips == 1:
        return int(len(word) >= _ANY_SLIP_FROM or _is_hasty(word, aim))
    another_ending = len(word) > len(aim) + 1  # "toiletteuse" is no "toilettes"
    return slips if slips == 2 and min(len(word), len(aim)) >= _TWO_SLIPS_FROM and not another_ending else 0


def _is_hasty(word: str, aim: str) -> bool:
    """Whether `word` is `aim` with two letters swapped, its end cut, or a vowel or half of a double letter left out."""
    shorter = len(word) < len(aim) and (aim.startswith(word) or _consonants(word) == _consonants(aim))
    return shorter or sorted(word) == sorted(aim)


def _consonants(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))
