"""Needs that plain words tell or rule out: an act never received, an age under sixty, French that comes hard, a birth.

Words are normalised (bot/nlu/text.py).
"""

import re

from bot.nlu.calm_words import is_stable
from bot.nlu.people import names_a_partner, names_a_relative

_NO_ACT = re.compile(
    r"\b(?:pas|ni|aucune?|sans|jamais|rien|zero|nul(?:le)?) (?:(?:encore|eu|recu|vu|meme|toujours|non plus|de|d|l|le|la"
    r"|un|une|du|des) ){0,3}(?:actes?|huissiers?|commissaires?(?: de justice)?|assignations?|commandements?"
    r"|convocations?|tribunal|audiences?|procedures?|jugements?)\b(?: (?:d un|d une|du|de la|de|d|au) (?:tribunal"
    r"|huissier|commissaire|justice|juge|payer|quitter|expulsion)\w*)?"
)
_AN_ACT = re.compile(
    r"\b(?:expuls\w*|dehors|huissiers?|commissaires?|commandement|assign\w*|audience|tribunal|jug\w+|conge|preavis|cql"
    r"|cfp|quitter|partir|vir(?:e|er|ee?)|police|serrure|menac\w*|resili\w*|procedure)\b"
)
_ALL_WELL = re.compile(
    r"\bras\b(?! (?:le|la|l|les)\b)|\brien a signaler\b|\bpas d (?:ip|information preoccupante|info preoccupante)\b"
    r"|\baucune (?:ip|inquietude|alerte)\b|\brien d inquietant\b"
)
"""Of an agent's note, which asks for nothing: "enfants scolarisés, pas d'IP, RAS"."""
_AN_AGE = re.compile(
    r"(?<!depuis )(?<!pendant )(?<!y a )(?<!fait )(?<!apres )(?<!encore )\b"
    r"(?:(\d\d)|(?:vingt|trente|quarante|cinquante)(?: et un| \w+)?) ?ans\b(?! (?:de|d|que|plus|apres)\b)"
)
_MY_AGE = re.compile(r"\bj ai (?:deja |que |moi )?$")
_OLD_AGE = 60
_AN_ELDER = re.compile(
    r"\b(?:meres?|peres?|maman|papa|mamie|papi|parents?|grand\w*|tante|oncle|beaux? (?:parents|pere)|belle mere"
    r"|voisine?|retrait\w*|vieux|vieille|agee?s?|soixante\w*|quatre vingts?)\b"
)
_FRENCH_COMES_HARD = re.compile(
    r"\b(?:compren\w*|parl\w*) (?:\w+ ){0,3}(?:francais|frances)\b"
    r"|\bmon francais (?:il )?(?:est |c est )?(?:pas|mal|nul|mauvais|petit)\b"
    r"|\bfrancais (?:pas (?:bien|bon)|mal|difficile|petit)\b"
    r"|\b(?:petit|peu|mal|pas bien|pas bon) (?:de )?francais\b"
)
_WANTS_FRENCH = re.compile(
    r"\b(?:apprend\w*|apren\w*|cours|ecole|lecons?|progress\w*|amelior\w*|mieux|alphabet\w*|lire|ecrire|fle|formation"
    r"|niveau|classes?|linguistique|delf|tcf|b1|a1|a2|inscri\w*)\b"
)
_BORN = re.compile(
    r"\b(?:ai|a|as|vien[st] d) accouche\w*|\baccouchee?\b|\b(?:est|c est|sont) nee?s?\b(?! (?:en (?:19|20)|a l etranger"
    r"|au (?!printemps))|(?: le \d+ \w+ (?:19|20)))|\bcesarienne\b|\bsort\w* de (?:la )?mat\w*\b"
    r"|\bapres (?:mon|son|l) accouchement\b"
)
_PREGNANT = re.compile(
    r"\b(?:enceinte|grossesse|terme|attend\w* (?:un|une|notre|mon|son|le|des)|accoucher"
    r"|(?:deuxieme|second|futur) (?:bebe|enfant))\b|\btests? (?:est |sont )?positifs?\b"
)
_WEIGHING = re.compile(r"\b[pb]es(?:er|ee|ees)\b|\bprise de poids\b|\bpoids du (?:bebe|petit)\b")
_A_BABY = re.compile(r"\b(?:bebe|nourrisson|nouveau ne|\w+ (?:jours|semaines))\b")
_OF_THE_MOTHER = re.compile(
    r"\b(?:pleur\w*|fatigu\w*|epuis\w*|cicatrice|cesarienne|saign\w*|douleurs?|mal|douloureu\w*|lait|allait\w*|sein|seins|blues|deprim\w*"
    r"|pour moi|moi aussi|perinee|reeduc\w*|craqu\w*|peur|triste|angoiss\w*|dor\w+)\b"
)
_A_GIRL = re.compile(r"\b(?:1[5-7]|quinze|seize|dix sept) ?ans\b")
_HARM = re.compile(
    r"frapp|\btap(?:e|er)\b|cogn|\bcoups?\b|viol|abus|touch|menac|forc|oblig|mari(?:er|age)|danger|fugu|peur|dehors"
    r"|\bbat\b|oncle|beau pere|adulte|secte|prostit|prof\b|maltrait|craqu|laiss|secou|hurl|crie|\bmains?\b|enferm"
    r"|bleus?\b"
)
_SEEKS_A_HOME = re.compile(
    r"\b(?:cherch\w*|recherch\w*|trouver|besoin) (?:(?!hebergement|aide)\w+ ){0,4}?"
    r"(?:logements?|appart\w*|studio|(?:deux|trois|quatre|[2-5]) pieces|[tf] ?[1-5])\b"
)
_INCOME_STOPPED = re.compile(r"\bb?rsa (?:\w+ ){0,2}?(?:susp|suspendue?s?|suspension)\b")
_NO_STOP = re.compile(r"\b(?:pas|jamais|sans) (?:\w+ )?susp\w*")
_WHERE_TO_SLEEP = re.compile(
    r"\b(?:je|j|on|elle|il|ils|nous) ?(?:vais |va |vont |allons |peux |peut )?dor\w+ (?:ou|moi ou)\b(?=\s*(?:[.?!,]|$))"
    r"|\bou (?:est ce que |c est que )?(?:je|j|on|elle|il|ils) (?:vais |va |vont |peux |peut |pourrais )dormir\b"
    r"|\b(?:sais|sait|savoir) (?:pas|plus) ou dormir\b"
)
_CHILDMINDER = re.compile(
    r"\b(?:devenir|etre|comme|passer|m installer|s installer) (?:une? )?(?:futur\w* )?(?:assistante? maternelle"
    r"|ass ?mat|nounou|nourrice)\b|\bagrement (?:\w+ ){0,3}(?:assistante? maternelle|ass ?mat|nounou)\b"
)
_WORKPLACE_CLOSED = re.compile(
    r"\b(?:imprimerie|boite|usine|magasin|entreprise|atelier|boutique|restaurant|resto|societe|garage|salon|patron)"
    r" (?:\w+ ){0,2}?(?:a|vient de|ont) (?:\w+ )?(?:fermer?|couler?|depose|licencie\w*|mis la cle)\b"
)
_LOOKS_FOR_ANOTHER = re.compile(r"\b(?:cherch\w*|retrouv\w*|reconver\w*|postul\w*|boulot|taf|travail|emploi)\b")
_WHERE_TO_EAT = re.compile(
    r"\b(?:avoir|trouver|recuperer|chercher|obtenir) (?:\w+ )?(?:a|de quoi) manger\b(?! (?:bio|sain|pour))"
)
_NO_NEED_OF_IT = re.compile(r"\b(?:pas|plus) besoin\b")
_WISHES = re.compile(
    r"\b(?:veu[xt]|voudrai\w*|aimerai\w*|souhait\w*|devenir|agrement|agree|projet|m installer|comment)\b"
)


def told_in_plain_words(words: str) -> set[str]:
    """The needs that these words tell whatever the model believes."""
    told = {
        "rsa_suivi": _INCOME_STOPPED.search(words) and not _NO_STOP.search(words),
        "hebergement_urgence": _WHERE_TO_SLEEP.search(words),
        "mode_garde": _CHILDMINDER.search(words) and _WISHES.search(words),
        "premiere_pesee": _weighs_a_baby(words),
        "insertion_emploi": _WORKPLACE_CLOSED.search(words) and _LOOKS_FOR_ANOTHER.search(words),
        "aide_alimentaire": _WHERE_TO_EAT.search(words) and not _NO_NEED_OF_IT.search(words),
    }
    return {need for need, says in told.items() if says}


def untrue_in_plain_words(words: str) -> set[str]:
    """The needs that these words rule out: no act was received, a child is born, a girl is only pregnant."""
    untrue = {
        "expulsion": no_act_received(words),
        "enfance_danger": no_child_in_danger(words),
        "grossesse_suivi": _BORN.search(words) and not _PREGNANT.search(words),
    }
    return {need for need, no in untrue.items() if no}


def no_act_received(words: str) -> bool:
    """Whether every act of an eviction that is named is named to say that there was none."""
    left = _NO_ACT.sub(" ", words)
    return left != words and not _AN_ACT.search(left)


def says_all_is_well(words: str) -> bool:
    """Whether a note tells that nothing is wrong: "pas d'IP, RAS", "aucun acte reçu"."""
    return bool(_ALL_WELL.search(words)) or is_stable(words) or no_act_received(words)


def no_child_in_danger(words: str) -> bool:
    """Whether a girl of fifteen or more is only pregnant, without a word of any harm."""
    return bool(_PREGNANT.search(words) and _A_GIRL.search(words)) and not _HARM.search(words)


def settled_in_plain_words(needs: list[str], words: str) -> list[str]:
    """The needs once an age, a birth and an apology for one's French have been read."""
    needs = _of_that_age(needs, words)
    if len(needs) > 1 and _FRENCH_COMES_HARD.search(words) and not _WANTS_FRENCH.search(words):
        needs = [need for need in needs if need != "apprentissage_francais"]
    if {"premiere_pesee", "post_natal"} <= set(needs) and _weighs_a_baby(words) and not _OF_THE_MOTHER.search(words):
        needs = [need for need in needs if need != "post_natal"]
    if "expulsion" in needs and "recherche_logement" not in needs and _SEEKS_A_HOME.search(words):
        needs = [*needs, "recherche_logement"]
    return needs


def _weighs_a_baby(words: str) -> bool:
    return bool(_WEIGHING.search(words)) and bool(_BORN.search(words) or _A_BABY.search(words))


def _of_that_age(needs: list[str], words: str) -> list[str]:
    """Of somebody under sixty, a disability and no old age (needs.md)."""
    if "perte_autonomie" not in needs or not _is_under_sixty(words):
        return needs
    return list(dict.fromkeys("handicap_mdph" if need == "perte_autonomie" else need for need in needs))


def _is_under_sixty(words: str) -> bool:
    """Whether whoever needs help is told to be under sixty; the writer's own age tells it where nobody old is named."""
    ages = [
        (int(found[1]) if found[1] else 0, bool(_MY_AGE.search(words[: found.start()])))
        for found in _AN_AGE.finditer(words)
    ]
    theirs = [age for age, mine in ages if not mine]
    if not ages or any(age >= _OLD_AGE for age, _ in ages):
        return False
    of_somebody = names_a_relative(words) or names_a_partner(words)
    return not _AN_ELDER.search(words) and bool(theirs or not of_somebody)
