"""The alphabet of SMS: what fits in it, what stands for what does not, and what a text costs in segments.

Source: 3GPP TS 23.038 (basic table and extension), arithmetic in shared/booking.md 5.1: 160 septets alone, 153 in a
part of several; 70 and 67 code units once one character lies outside the alphabet.
"""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")

_PUNCTUATION = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "‐": "-", "\u2011": "-", "−": "-", "→": "-", "•": "-", "×": "x", "°": "o", "²": "2"}
    | {"…": "...", "œ": "oe", "Œ": "OE", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
)


def to_gsm7(text: str) -> str:
    """The text with every character outside the alphabet replaced by what reads the same, or left out."""
    composed = unicodedata.normalize("NFC", text).translate(_PUNCTUATION)
    return "".join(_in_alphabet(sign) for sign in composed)


def septets(text: str) -> int:
    """How many septets a GSM-7 text takes; characters of the extension take two. Raises ValueError for others."""
    outside = set(text) - BASIC - EXTENSION
    if outside:
        raise ValueError(f"outside the GSM-7 alphabet: {sorted(outside)}")
    return len(text) + sum(sign in EXTENSION for sign in text)


def segments(text: str) -> int:
    """How many SMS a text is charged for."""
    if set(text) <= BASIC | EXTENSION:
        return 1 if septets(text) <= 160 else _parts([1 + (sign in EXTENSION) for sign in text], 153)
    sizes = [1 + (ord(sign) > 0xFFFF) for sign in text]
    return 1 if sum(sizes) <= 70 else _parts(sizes, 67)


def _parts(sizes: list[int], room: int) -> int:
    """Parts filled in order; a character of two units is never split over two of them."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts


def _in_alphabet(sign: str) -> str:
    if sign in BASIC or sign in EXTENSION:
        return sign
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return " "
    if kind == "Sm":  # without its stroke, "≠" would read "="
        return ""
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare if set(bare) <= BASIC else ""
