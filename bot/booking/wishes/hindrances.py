"""What of a message tells a moment that is taken: "le matin elle a dialyse", "lundi ? je peux pas"."""

import re
from collections.abc import Sequence

from bot.booking.wishes.moment_words import WEEKDAY, WEEKDAYS

_CLAUSE = re.compile(
    r"([,;.!?]|\b(?:mais|donc|du coup|faut (?:decaler|deplacer|changer)|decale[rz]?|deplace[rz]?"
    r"|parce ?qu[e]?|pasque|pcq|pck|car|vu que|puisque)\b)"
)
_A_MOMENT = (
    rf"(?:(?:{WEEKDAY})s?\b|(?:matin\w*|mat|aprem|apres midis?|soirs?|soirees?|journee|semaine|demain|aujourd hui)\b"
    r"|\d{1,2} ?(?:h|heures?)(?: ?\d{2})?\b)"
)
_MOMENT = re.compile(rf"\b{_A_MOMENT}|\b(?:le|jusqu au) (?:1er|\d{{1,2}})\b")
_HINDERED = re.compile(
    r"\b(?:peu[xt]|peuvent|pouvons|pourrai\w*|pourra) (?:pas|plus)\b|\b(?:travaill?\w*|bosse\w*|taffe?\w*)\b"
    r"|\b(?:j|on|elle|il|nous) (?:ai|a|avons) (?:deja |toujours )?(?:le|la|les|l|un|une|mon|ma|mes|son|sa|ses"
    r"|kine|ecole|cours|dialyse|rdv|rendez vous|examen|formation|reunion)\b"
    r"|\bgarde\b(?! (?:(?:le|la|mon|ma|cette|quand|bien|donc) )*(?:rdv|rendez|creneau|vaccin|pesee|celui|meme"
    rf"|{WEEKDAY}))"
    r"|\b(?:depose|emmene|accompagne|dors|dort)\b"
    r"|\b(?:suis|est|sommes) (?:pas |plus )?(?:occupee?s?|prise?s?|hospitalisee?|absente?s?)\b"
    r"|\b(?:suis|est|sommes) (?:pas|plus) (?:reveillee?|la|dispo\w*|libres?)\b|\bimpossible\b"
    r"|\b(?:tribunal|audience|prefecture|hopital|(?<!de )coupure|coupee?s?|accouchee?|naissance|nee?)\b"
    r"|\b(?:c est|est) (?:mort|foutu|rate)\b|\btrop t(?:ot|ard)\b|(?<=\w )non\s*$"
)
"""What says of a clause that its moment is taken: "le matin elle a dialyse"."""
_SUITS = re.compile(
    r"\b(?:plutot|prefere\w*|veux|voudrais|aimerais|arrange|mieux|bien|parfait"
    r"|(?:suis|est) (?:libre|dispo\w*|la))\b"
)
"""What says of a clause that its moment is wished for: "plutôt en fin de journée, je travaille"."""
_WILLING = (
    r"peu[xt]|pouv\w+|pourr\w+|ve[ux]{1,2}t?|voudr\w+|voul\w+|aimer\w+|prefer\w+|souhait\w+|prend\w*|prenn?\w+|vien\w*|ven\w+"
    r"|passe\w*|choisi\w*|demand\w+|di[st]|disai\w+|dirai\w*|avai\w+|pens\w+|croi\w+|sai[st]|voi\w+|verr\w+"
    r"|confirm\w+|valid\w+|reserv\w+|libre|dispo\w*|ser\w+|est|sont|arriv\w+|apres|avant|me|m|besoin|compt\w+|esper\w+"
    r"|attend\w*|rest\w+|gard\w+|not\w+|me[ts]\w*|fini\w*|termin\w+|repos\w*|appel\w+|fait|fasse|part\w*|va|vais|tent\w+"
    r"|essa\w+|bloqu\w+|propos\w+|retien\w*|opt\w+|repli\w+|repond\w+|ecri\w+|peche|remercie\w*|habit\w+|vis|cherch\w+"
    r"|regard\w+|lis|comprend\w*|recommenc\w+|donn\w+|te?l\w+|y|n|ne|s|se|en|le|la|les|l|suis|ai|a|ont|avons|etai\w+|ete"
    rf"|ou|et|pas|plus|qui|que|{WEEKDAY}"
)
_BUSY = re.compile(
    rf"\b(?:je|j|on|nous|il|elle|ils|elles) (?:(?:y|le|la|les|lui|leur) )?(?!(?:{_WILLING})\b)[a-z]{{2,}}"
    r"|\b(?:suis|est|sommes|sera|serai) (?:a|au|aux|en|chez|dans|sur)\b(?! (?:l heure|clichy|levallois|vous|dispo))"
    r"|\b(?:j ai|on a|elle a|il a|y a|c est) (?!(?:pas|plus|apres|avant|besoin|compris|vu|dit|note|lu|mal|peur|faim"
    rf"|hate|bien|bon|mieux|possible|ok|ca|parfait|mon|quand|quoi|ou|urgent|pour|{WEEKDAY}|le \d|\d)\b)[a-z]{{2,}}"
    r"|\b(?:conseil|reunion|examen|dentiste|kine|dialyse|obseques|enterrement|mariage|anniversaire|formation|stage|sport"
    r"|judo|piscine|orthophoniste|operation|cataracte|menages?)\b"
)
"""What somebody does at a moment, in whatever words: it is theirs, when another clause tells the wish."""
_CANNOT = re.compile(
    r"^(?:je |j |on |elle |il |ca |mais )*(?:ne |n )?(?:peu[xt]|pourrai|pourra) (?:pas|plus)\b|^(?:c est )?impossible\b"
)
"""A clause that refuses the moment of the one before: "lundi ? je peux pas"."""
_NO, _OR = re.compile(r"(?:ah |euh |mais )?(?:non|nn|nan)\b"), re.compile(r"(?:ou|et)\b")
REFUSING = re.compile(r"\b(?:sauf|pas|a part|hormis|excepte|jamais|ni|sans|evite[rz]?|epargne[rz]?)\b")
"""What refuses the moments that follow it."""

_THE_OTHER_DAYS = re.compile(r"(?<=\w )(?=(?:tou[ts]? )?l(?:es|e) (?:autres? (?:jours?|matins?|soirs?)|reste\b))")
_AND_ANOTHER = re.compile(rf"\bet (?=(?:le |la |l )?{_A_MOMENT}(?: \w+){{0,2}}? (?:je|j|on|il|elle|c est|ca|oui|ok)\b)")
"""Another moment after one that is taken: "lundi mon mari travaille et jeudi il se repose"."""
_BEFORE_IT = re.compile(
    r"(?<=\w )(?=(?:avant|apres) (?:(?:c est|c|ca|ce serait|cest|ca fait) (?:\w+ ){0,2}?trop t(?:ot|ard)|"
    r"(?:c est|c|cest|ca) (?:mort|impossible|chaud|complique)))"
)
"""Said of another moment than the one just named: "mardi matin si possible, avant c'est trop tôt"."""
_BUSY_THEN = re.compile(
    r"(?<=\w )(?=(?:je|j|on|il|elle) (?:dors|dort|bosse|travaill\w+|taffe|garde|depose|emmene)"
    rf"(?: (?!jusqu)\w+){{0,2}}? (?:(?:le|la|les|l) )?{_A_MOMENT})"
)
"""What is done at a moment named after it: "l'après-midi, svp je dors le matin"."""


def with_what_is_taken(spoken: str) -> str:
    """The text with "pas" before each clause whose moment is taken: "le matin elle a dialyse", "lundi ? j'peux pas"."""
    clauses = _CLAUSE.split(_apart(spoken))
    told = clauses[::2]
    wished_elsewhere = [_tells_a_wish(clause) for clause in told]
    for at, clause in enumerate(told):
        others = any(wished_elsewhere[:at] + wished_elsewhere[at + 1 :])
        hindered = _HINDERED.search(clause) or (others and _BUSY.search(clause))
        taken = (hindered and not _SUITS.search(clause)) or (at == 0 and _puts_off(told))
        if taken and _MOMENT.search(clause) and not REFUSING.search(_HINDERED.sub(" ", clause)):
            told[at] = f" pas {REFUSING.sub(' ', _HINDERED.sub(' ', clause))} ; "
        elif at and _CANNOT.search(clause.strip()) and not _MOMENT.search(clause) and _MOMENT.search(told[at - 1]):
            told[at - 1] = f" pas {told[at - 1]} "
    clauses[::2] = told
    said = " ".join("".join(clauses).split())
    return told[-1].strip() if said.endswith(" alors") and _MOMENT.search(told[-1]) else said


def _apart(spoken: str) -> str:
    """A stop between a moment and what is said of the others: "mercredi les autres jours j'ai cours"."""
    stopped = _BUSY_THEN.sub(", ", _BEFORE_IT.sub(", ", _THE_OTHER_DAYS.sub(", ", spoken)))
    clauses = _CLAUSE.split(stopped)
    clauses[::2] = [_AND_ANOTHER.sub(", ", one) if _HINDERED.search(one) else one for one in clauses[::2]]
    return " ".join("".join(clauses).split())


def _tells_a_wish(clause: str) -> bool:
    """Whether a clause names a moment and nothing that is done then."""
    told = _HINDERED.search(clause) or _BUSY.search(clause) or REFUSING.search(clause)
    return bool(_MOMENT.search(clause)) and not told


def _puts_off(clauses: Sequence[str]) -> bool:
    """Whether a no to one day is followed by another: "ah non, mercredi il est là. jeudi plutôt"."""
    no, *later = clauses
    another = any(WEEKDAYS.search(one) and not _OR.match(one.strip()) for one in later)
    return bool(_NO.match(no.strip()) and WEEKDAYS.search(no) and another)
