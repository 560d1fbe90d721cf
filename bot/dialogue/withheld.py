"""A name and a number that were asked for, and are kept: "prénom oui, téléphone non", "je préfère m'abstenir"."""

import re

_THEM = (
    r"(?:numeros?|num|tel|telephone|portable|mobile|noms?|prenoms?|coordonnees|identite|blaze|0[67](?! \d)|mail|email)"
)
_WITHHELD = re.compile(
    r"\b(?:pas?|sans|ni|aucun\w*|plus) "
    rf"(?:de |d |mon |ma |mes |le |la |les |l |un |laisser de |noter (?:le |l |son |mon )?)?{_THEM}\b"
    r"|\bj?(?:donne|laisse|dis|dirai|donnerai|laisserai) (?:rien|pas?|ni|aucun)\b"
    rf"|\b{_THEM}\b(?: \w+){{0,5}}? (?:non|jamais|plus tard|apres|inutile|abst\w+|refuse\w*|rien|pas)\b"
    r"|\b(?:souhaite|veut|veux|desire|prefere|souhaitons|voulons) (?:ne )?pas (?:laisser|donner|dire|communiquer)\b"
    r"|\b(?:rester?|reste) anonymes?\b|\banonymement\b|\bm abstien\w*\b"
)
_ITS_CLAUSE = re.compile(rf"[^.,;!?]*\b{_THEM}\b[^.,;!?]*", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d[ .]?){8,}")


def withholds_contact(words: str) -> bool:
    """Whether folded words refuse a name or a number; a number that is given refuses none."""
    return bool(_WITHHELD.search(words)) and not _DIGITS.search(words)


def without_contact(text: str) -> str:
    """The text without what it says of a name and of a number: "oui. Mon nom et mon téléphone : non" is a yes."""
    return _ITS_CLAUSE.sub(" ", text.replace("é", "e"))
