"""What deserves a word of its own beside any need: a violence made little of, one that is past, a day of leaving.

Words are normalised (bot/nlu/text.py).
"""

import re

_MAKES_LITTLE = re.compile(
    r"\b(?:ca |c |ce |cela )?(?:compte|est) (?:pas|rien) (?:vraiment |trop |si grave|grave)|\bcompte pas\b"
    r"|\b(?:c est|c|ce est|est ce|n est) (?:pas|bas|quand meme pas) (?:de la |une |vraiment de la |de )?violences?\b"
    r"|\b(?:c est|est ce|c) (?:bien |vraiment )?(?:de la )?violences?\b.*\?|\best ce que (?:c est"
    r"|ca) .{0,15}violences?\b"
    r"|\b(?:porte|a) (?:t il )?un nom\b|\b(?:c est|est ce) (?:que c est )?(?:normal|grave)\b.*\?"
    r"|\bchez nous .{0,30}\b(?:comme ca|normal)\b"
    r"|\bje (?:suis|exagere|dramatise)\b.{0,15}\b(?:exagere|parano|peut etre|sans doute)\b|\bj exagere\b"
)
_NO_BLOWS = re.compile(
    r"\b(?:m|me|ma|nous) (?:a |ont )?(?:jamais|pas|plus) (?:\w+ )?(?:tape|frappe|battu|cogne|touche|bat)\w*"
    r"|\ba jamais (?:cogne|tape|frappe|leve la main|battu)\b|\bil (?:ne )?(?:me |nous )?(?:bat|tape|frappe"
    r"|cogne) (?:pas|plus|jamais)\b"
    r"|\b(?:enfin|du moins) ,? ?plus\b|\bsans coups?\b|\bpas de coups?\b"
)
_BLOWS = re.compile(
    r"\b(?:battait|frappait|tapait|cognait|violentait|maltraitait|insultait|humiliait|levait la main|(?:a|m a"
    r"|avait) (?:battue?"
    r"|frappee?|tapee?|cognee?))\b"
)
_PAST = re.compile(
    r"\b(?:c est (?:fini|du passe|termine|derriere|loin|vieux)|(?:il y a|ya|depuis) (?:\d+|deux|trois|quatre|cinq"
    r"|six|dix|quinze"
    r"|vingt|longtemps|des) ?(?:ans|annees)?|a l epoque|autrefois|quand j etais|(?:est|il est|elle est) (?:morte?"
    r"|decedee?)"
    r"|divorcee?s?|plus (?:aucun )?(?:contact|de nouvelles)|revois? (?:plus|jamais))\b"
)
_PRESENT = re.compile(
    r"\b(?:peur|encore|revien\w*|revenu|menace\w*|recommenc\w*|ce soir|hier|en bas|devant|retrouve\w*|toujours"
    r"|maintenant"
    r"|depuis (?:hier|ce|que)|la semaine derniere|ce matin)\b"
)
_FORCED = re.compile(r"\b(?:mari(?:er|age|ee)|bled|passeport|cousin|au pays|fiancee?|excision|exciser)\b")
_LEAVES = re.compile(
    r"\b(?:avion|vol|billets?|depart|decoll\w*|part(?:ir|ons|ent|irai|ira)?|embarqu\w*|voyage|bateau|on s en va"
    r"|aller)\b"
)
_ON_A_DAY = re.compile(
    r"\b(?:(?:le |c est (?:le )?)?(?:\d{1,2}|1er) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre)|(?:le|du) \d{1,2}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain"
    r"|dans (?:\d+|une|deux|trois|quatre|quelques) (?:jours?|semaines?|mois)|(?:la semaine|le mois) prochaine?"
    r"|a noel|aux vacances|cet ete)\b"
)


def makes_little_of_violence(words: str) -> bool:
    """Whether somebody who told of control asks whether it counts, or says that it does not: "ça compte pas"."""
    return bool(_MAKES_LITTLE.search(words) or _NO_BLOWS.search(words))


def tells_past_blows(words: str) -> bool:
    """Whether blows are told as long over, and nothing of today."""
    return bool(_BLOWS.search(words) and _PAST.search(words)) and not _PRESENT.search(words)


def dates_a_forced_departure(words: str, before: str) -> bool:
    """Whether the day of leaving is told, after a forced marriage; `before`: what was written before."""
    return bool(_FORCED.search(f"{before} {words}") and _LEAVES.search(words) and _ON_A_DAY.search(words))
