"""Needs that a need told beside them only seems to tell: a widow who sees nobody, a pregnancy in spite of a coil.

Each stands only where some word tells it by itself. Words are normalised (bot/nlu/text.py).
"""

import re
from collections.abc import Collection

_OF_A_SUFFERING_MIND = re.compile(
    r"\b(?:depress\w*|deprim\w*|deprime\w*|angoiss\w*|anxi\w*|psy\w*|moral|triste\w*|tristesse|alcool\w*|addict\w*"
    r"|drogue\w*|boi[st]|boire|picol\w*|pleur\w*|cmp|traitement|antidepress\w*|scarif\w*|craqu\w*|epuis\w*|burn out"
    r"|sommeil|insomni\w*|dor\w* (?:plus|pas|mal)|(?:plus|pas) (?:envie|gout|force|la force)|envie de (?:rien|mourir)"
    r"|envies?|idees|suicid\w*|mourir|en finir|rejoindre|sombre\w*|noir\w*|mal etre|souffr\w*|stress\w*|panique"
    r"|crises?|phobi\w*|bout|tiens (?:plus|pas)|tenir|desesp\w*|vide|videe|larmes|sers? a rien|n en peu\w*|tunnel"
    r"|fond|deuil|remonte\w* pas|coule|effondr\w*|mal (?:dans|a vivre)|fragile|lourd)\b"
)
_SEES_NOBODY = re.compile(
    r"\b(?:vois|voit|voir|parle|parler|recois|recoit|connais) (?:\w+ ){0,3}(?:personne|ame qui vive)\b|\bpersonne\b"
    r"|\bseule?s? (?:toute la|tout le|du matin|au monde|chez|depuis|le dimanche|la journee)|\btoute? seule?\b"
    r"|\bame qui vive\b|\b(?:voi[st]|voyons|voient) (?:que|plus)\b|\bseule?s? (?:\w+ ){0,3}depuis\b"
    r"|\bsolitude|\bisole\w*|\bisolement|\bs?ennui\w*|\bm ennui\w*|\bvisites?\b|\bsort(?:ir|ies|ie)?\b|\bcompagnie\b"
    r"|\bpersonne (?:a|pour) |\bs enferme\w*|\brencontr\w*|\bamie?s\b|\bactivites?\b|\btele\b|\bpasse ses journees\b"
)
_A_FIRST_HOME_FOUND = re.compile(
    r"\b(?:je|j|on|nous) (?:prends?|prenons|emmenage\w*|signe\w*|ai trouve|a trouve|avons trouve|ai eu|ai enfin)\b"
    r"|\bbail\b|\b(?:entree|rentre\w*) dans (?:les lieux|l appart\w*|le logement)|\bon me demande\b"
)
_SEEKS_A_HOME = re.compile(
    r"\b(?:cherch\w*|recherch\w*|trouver\b|trouve (?:pas|rien)|besoin d un (?:logement|appart\w*)|hlm|dalo|demande de\b"
    r"|insalubr\w*|moisi\w*|trop petit\w*|serre\w*|social\w*|relog\w*|changer)"
)
_CONTRACEPTION_ASKED = re.compile(
    r"\b(?:lendemain|apres (?:ca|cette|l ivg|l avortement)|changer|reprendre|remettre|poser|mettre|ordonnance|rdv"
    r"|et (?:la|une) (?:pilule|contracep\w*)"
    r"|(?:veu[xt]|voudrai\w*|besoin|demande\w*|parler|aussi|sur la|une autre|quelle)"
    r" (?:\w+ ){0,3}(?:pilules?|contracep\w*|sterilet|implant)|contracepti\w*)\b"
)
_PREGNANT_IN_SPITE = re.compile(
    r"\b(?:enceinte|tombee?|grossesse|test (?:est )?positif)\b.{0,60}\b(?:sous|malgre|avec|oubli\w*|rate\w*)\b.{0,20}"
    r"\b(?:pilules?|sterilet|implant|preserv\w*|capotes?|patch|contracep\w*)\b"
    r"|\b(?:sous|malgre|avec|oubli\w*)\b.{0,20}\b(?:pilules?|sterilet|implant|preserv\w*|capotes?|patch)\b.{0,60}"
    r"\b(?:enceinte|grossesse|test (?:est )?positif)\b"
)
_GAINS_WEIGHT = re.compile(
    r"\b(?:prend|pris|prends) (?:bien |du |tres bien )+(?:du )?poids\b|\b(?:grossit|pese) bien\b"
    r"|\bpoids (?:est )?(?:bon|ok)\b"
)
_ASKS_TO_WEIGH = re.compile(r"\b(?:peser|pesee|pesees|balance|pas de poids|perd\w* du poids|prend (?:pas|plus|mal))\b")
_OF_THE_MOTHER = re.compile(
    r"\b(?:accouch\w*|cesarienne|cicatrice|lait|allait\w*|seins?|crevass\w*|pleure\w*|baby|blues|deprim\w*|fatigu\w*"
    r"|epuis\w*|perinee|reeduc\w*|pour moi|moi aussi|sage femme|maternite|mat|craqu\w*|naissance"
    r"|montee de lait)\b"
)
_WORKS_OR_NOT = re.compile(
    r"\b(?:portail|site|appli\w*|serveur|teleservice)\b.{0,25}\b(?:marche\w*|fonctionne\w*|bug\w*|rame\w*|plante\w*"
    r"|accessible|coupe|ferme|repar\w*|pirat\w*|en panne|revenu)\b"
)
_CANNOT = re.compile(
    r"\b(?:arrive (?:pas|plus)|y arrive|sais pas|sai pas|comprends? (?:rien|pas)|aide\w*|perdu|bloqu\w*|mot de passe"
    r"|pas? d (?:internet|ordi\w*)|j ai pas|n ai pas|peu[xt] pas|impossible)\b"
)


def only_seeming(needs: Collection[str], words: str, telling: Collection[str], known: Collection[str]) -> set[str]:
    """Those of the needs that no word tells, beside one that words like theirs do tell.

    `telling`: the needs that some word tells by itself; `known`: those of the conversation so far.
    """
    told = {*needs, *known}
    in_mind = bool(_OF_A_SUFFERING_MIND.search(words))
    seeming = {
        "sante_mentale": not in_mind and _is_lighter(told, "sante_mentale" in telling),
        "isolement_senior": "perte_autonomie" in told and not _SEES_NOBODY.search(words),
        "recherche_logement": "fsl" in told and _A_FIRST_HOME_FOUND.search(words) and not _SEEKS_A_HOME.search(words),
        "contraception": {"ivg", "grossesse_suivi"} & told
        and _PREGNANT_IN_SPITE.search(words)
        and not _CONTRACEPTION_ASKED.search(words),
        "premiere_pesee": "post_natal" in told and _GAINS_WEIGHT.search(words) and not _ASKS_TO_WEIGH.search(words),
    }
    return {need for need, only_seems in seeming.items() if only_seems and need in needs and need not in known}


def no_new_need(words: str, known: Collection[str]) -> set[str]:
    """Needs that these words do not add to those of the conversation: of an ill child, its mother's; a site's failure.

    "Elle tète de nouveau, la PMI fait le suivi après ?", "le portail marche ou pas ?".
    """
    nothing_new = {
        "post_natal": "consultation_enfant" in known and not _OF_THE_MOTHER.search(words),
        "demarches_en_ligne": known and _WORKS_OR_NOT.search(words) and not _CANNOT.search(words),
    }
    return {need for need, none in nothing_new.items() if none and need not in known}


def _is_lighter(told: Collection[str], worded: bool) -> bool:
    """Whether what is told beside explains a low mood of which no word speaks: solitude, a teenager, no cover."""
    lonely_or_worn = bool({"isolement_senior", "parentalite"} & set(told))
    return lonely_or_worn or (not worded and bool({"css_sante", "acces_soins"} & set(told)))
