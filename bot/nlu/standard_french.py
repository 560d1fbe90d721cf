"""The words of standard French, folded: what is never taken for a typing error. Needed in training only.

Both witnesses come with spaCy's French model. Its lemmatizer brings a dictionary: base forms, and the inflected forms
that no rule gives. Its vectors hold words met in print, the commonest first: those are words whatever the dictionary
says; those written with a capital are names, down to the rarest; and of the others many are misspellings, so that only
what the dictionary knows is taken.
"""

import re
from collections.abc import Iterator
from importlib.metadata import version

from spacy.lookups import Lookups
from spacy.util import get_package_path
from spacy.vocab import Vocab

from bot.nlu.text import fold

_WORD = re.compile(r"[a-z]+")
_COMMON = 20_000
"""Up to this rank every printed word is standard; soon after come "acceuil", "plusieur", "appeller"."""
_RARE = 300_000
"""Beyond this rank a noun of the dictionary is no longer known to those who write to us: "frape" is a basket."""

_SIMPLE = ("e", "es", "ons", "ez", "ent", "ais", "ait", "ions", "iez", "aient", "ant", "ants", "ante", "antes")
_FIRST_GROUP = (*_SIMPLE, "ee", "ees", "ai", "as", "a", "ames", "ates", "erent")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_LITERARY = re.compile(r".*[aiu]ss(e|es|ions|iez|ent)")
"""The imperfect subjunctive: "que je menasse" is written by no one here, "il me menasse" is."""
_NOUN, _ADJECTIVE = ("", "s", "x"), ("", "s", "e", "es")


def standard_words(model: str) -> frozenset[str]:
    """The standard words an installed spaCy model knows."""
    folder = get_package_path(model) / f"{model}-{version(model)}"  # where spaCy keeps it: its pipeline is not needed
    dictionary = Lookups().from_disk(folder / "lemmatizer" / "lookups")
    vocabulary = Vocab().from_disk(folder / "vocab", exclude=["lookups"])
    listed = (*_verbs(dictionary), *_printed(vocabulary, dictionary))
    return frozenset(word for words in listed for word in _WORD.findall(words))


def conjugated(verb: str) -> Iterator[str]:
    """A folded infinitive and its regular forms."""
    yield verb
    if verb.endswith("er"):
        yield from (verb[:-2] + ending for ending in _FIRST_GROUP)
        yield from (verb[:-2] + "e" + ending for ending in _FIRST_GROUP if verb.endswith("ger"))
    if verb.endswith(("r", "re")):
        yield from (verb.removesuffix("e") + ending for ending in _FUTURE)


def _verbs(dictionary: Lookups) -> Iterator[str]:
    """Every form of every verb, however rare, but the literary ones."""
    irregular = dictionary.get_table("lemma_exc")["verb"]
    yield from (form for form in map(fold, irregular) if not _LITERARY.fullmatch(form))
    infinitives = {*dictionary.get_table("lemma_index")["verb"], *(verb for of in irregular.values() for verb in of)}
    for infinitive in infinitives:
        yield from conjugated(fold(infinitive))


def _printed(vocabulary: Vocab, dictionary: Lookups) -> Iterator[str]:
    """The words met in print that are common, names, or in the dictionary under any form."""
    inflected, nominal = dictionary.get_table("lemma_lookup"), frozenset(_nominal(dictionary))
    first_met: set[str] = set()
    for rank, key in enumerate(vocabulary.vectors.key2row):
        written = vocabulary.strings[key]
        word = written.lower() if written.isascii() and written.isalpha() else fold(written)  # the same, sooner
        a_name = written[:1].isupper() and word not in first_met
        first_met.add(word)
        if rank < _COMMON or a_name or written.lower() in inflected or (rank < _RARE and word in nominal):
            yield word


def _nominal(dictionary: Lookups) -> Iterator[str]:
    """Nouns, adjectives and adverbs, folded, with their regular forms."""
    bases, irregular = dictionary.get_table("lemma_index"), dictionary.get_table("lemma_exc")
    for kind, endings in (("noun", _NOUN), ("adj", _ADJECTIVE), ("adv", ("",))):
        yield from (fold(base) + ending for base in bases[kind] for ending in endings)
        yield from map(fold, irregular.get(kind, ()))
