"""Needs that only a detail of one's life names: a floor, a letter box, a crèche that says something, working hours.

"Levallois, quatrième sans ascenseur" tells where, and "ma formation finit à 17 h" tells when. Words are normalised
(bot/nlu/text.py).
"""

import re

_SEEKS_WORK = re.compile(
    r"\b(?:cherch\w*|perdu\w*|chomage|licenci\w*|reconver\w*|reprendre|cv|embauch\w*|postul\w*|reorient\w*|rupture"
    r"|rompu"
    r"|france travail|mission locale|demission\w*|changer|trouver|emploi|(?:plus|sans|pas) (?:de )?(?:patron|boulot"
    r"|travail)"
    r"|(?:contrat|cdi|cdd|apprentissage|patron) (?:\w+ ){0,2}(?:fini\w*|termin\w*|arret\w*|cass\w*|rompu|parti"
    r"|vire\w*)"
    r"|apres (?:le|mon|ca)|ensuite|un autre)\b"
)
_ADDRESS_DETAIL = re.compile(
    r"\b(?:\d+ ?(?:e|eme|er)?|premier|deuxieme|second|troisieme|quatrieme|cinquieme|sixieme|septieme|dernier)"
    r" (?:etages?|sans ascenseur)\b|\bsans ascenseur\b|\brez de chaussee\b|\bbatiment \w{1,2}\b"
)
_WANTS_A_HOME = re.compile(
    r"\b(?:logements?|appart\w*|demenag\w*|chang\w*|cherch\w*|trouv\w*|grand|petit|poussettes?|fauteuil|descen\w*"
    r"|mont(?:e|er|es|ent)|mutation|hlm|social|dalo|insalubre\w*|humid\w*|moisi\w*|serre\w*|pieces?|m2|bailleur|loyer"
    r"|bruit|porter|genoux?|jambes?|handicap\w*|enceinte|coince\w*|bloque\w*|partir|relog\w*|ascenseur en panne"
    r"|demande|attends?|studio|chambre|a (?:trois|quatre|cinq|six|\d) (?:dans|en)|peu[xt] plus)\b"
)
_A_FRIDGE_ALONE = re.compile(
    r"\bsur (?:le|mon|notre|son) frigo\b|\bfrigo ou (?:la|le|les)\b|\bou (?:le|mon) frigo\b"
    r"|\bfrigo (?:est |qui est |a |vient de )?(?:en panne|casse|hs|lacher?|mort)\b"
)
_FOOD = re.compile(
    r"\b(?:vide|mang\w*|faim|nourri\w*|aliment\w*|colis|courses|repas|bouffe|biberons?|epicerie|plus (?:rien|grand)"
    r"|rien (?:dedans|dans)|ventre|remplir|pates|riz|restos? du coeur)\b"
)
_HAS_AN_ADDRESS = re.compile(
    r"\bdomiciliee?s? (?:\w+ ){0,2}(?:ccas|cias|associations?|asso|emmaus|secours|croix rouge|samu)\b"
    r"|\b(?:ma|une|sa|la) boite postale (?:\w+ ){0,3}?(?:est|a|chez|sur)\b"
)
_LACKS_AN_ADDRESS = re.compile(
    r"\b(?:plus|pas|sans|perd\w*|renouvel\w*|expir\w*|fini\w*|refus\w*|radi\w*|resili\w*|besoin|voudrai\w*|veu[xt]"
    r"|demand\w*|cherch\w*|ouvrir|obtenir|fin|chang\w*|comment|faut|jusqu\w*|bientot|echeance|echu\w*|arrive a|possible"
    r"|peu[xt])\b"
)
_CHILDMINDER = r"(?:creches?|nounou|nourrice|assmat|ass mat|assistante maternelle|halte garderie|garderie)"
_WHERE_THE_CHILD_IS = re.compile(
    rf"\b{_CHILDMINDER} (?:me |m |nous |lui |le |la |l )?(?:a |ont )?(?:dit|disent|disait|trouve|trouvent|pense"
    rf"|signale\w*|remarqu\w*|conseille\w*|alert\w*|s inquiet\w*|rassur\w*|raconte|repete|parle d|insist\w*"
    rf"|note|previen\w*)\b"
    rf"|\b(?:est|va|reste|vont|sont) (?:deja )?(?:a|en|chez|dans) (?:la |sa |une |l )?{_CHILDMINDER}\b"
)
_SEEKS_CHILDCARE = re.compile(
    r"\b(?:places?|gard(?:e|er|es|ent|ait)|cherch\w*|inscri\w*|trouv(?:er|e une|e pas)|solutions?|exclu\w*|renvo\w*"
    r"|ferme\w*|liste|attente|mode de|arrete|vire\w*|refuse de|demission\w*|plus de|horaires?|cout\w*|cher|payer?)\b"
)
_A_TIME = r"(?:\w+ )?(?:a|vers|jusqu a|apres|avant) \d{1,2} ?(?:h|heures?)\b"
_OCCUPATION = r"(?:formation|stage|boulot|travail|taf|cours|job|service|bureau|poste|alternance|chantier)"
_A_MOMENT_OF_THE_DAY = re.compile(
    rf"\b{_OCCUPATION} (?:\w+ ){{0,2}}?(?:fini\w*|termin\w*|commence\w*|s arrete|dure|va) {_A_TIME}"
    rf"|\b(?:sors?|finis?|termine|rentre|debauche|embauche|commence|quitte) (?:\w+ ){{0,2}}?{_OCCUPATION} {_A_TIME}"
    rf"|\b(?:suis|en) (?:en |au )?{_OCCUPATION} {_A_TIME}"
    rf"|\b(?:avant|apres|pendant) (?:mon |ma |le |la |les )?{_OCCUPATION}\b"
)


def named_by_a_detail(words: str) -> set[str]:
    """The needs that only a detail of one's life names: a floor, a letter box, working hours, a fridge."""
    details = {
        "recherche_logement": _ADDRESS_DETAIL.search(words) and not _WANTS_A_HOME.search(words),
        "domiciliation": _HAS_AN_ADDRESS.search(words) and not _LACKS_AN_ADDRESS.search(words),
        "insertion_emploi": _tells_a_moment(words),
        "aide_alimentaire": _A_FRIDGE_ALONE.search(words) and not _FOOD.search(words),
    }
    return {need for need, only_a_detail in details.items() if only_a_detail}


def only_where_the_child_is(words: str) -> bool:
    """Whether the crèche of normalised words is the one who says something, or where the child already goes."""
    left = _WHERE_THE_CHILD_IS.sub(" ", words)
    return left != words and not (_SEEKS_CHILDCARE.search(left) or re.search(rf"\b{_CHILDMINDER}\b", left))


def seeks_work(words: str) -> bool:
    """Whether normalised words look for work or training, or have lost it."""
    return bool(_SEEKS_WORK.search(words))


def _tells_a_moment(words: str) -> bool:
    """Whether the work or the training of normalised words only tells an hour: "ma formation finit à 17 h"."""
    left = _A_MOMENT_OF_THE_DAY.sub(" ", words)
    return left != words and not seeks_work(left)
