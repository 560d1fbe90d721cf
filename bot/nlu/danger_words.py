"""What plain words tell of dangers, whatever the model believes: a threat, a story, a mishap, an old illness.

They say what is in the words; what follows for the reading is for bot/nlu/understand.py and bot/nlu/rulings.py. Words
are normalised (bot/nlu/text.py).
"""

import re

from bot.nlu.people import names_a_partner, names_a_relative

_LATER = re.compile(
    r"\ble (?:1er|premier|\d{1,2}) (?:au soir|dans la nuit|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre"
    r"|octobre|novembre|decembre)\b"
    r"|\b(?:jusqu\w*(?: a| au)? (?:dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|noel|la fin|\d+)|apres"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) prochain|fin du mois|bientot"
    r"|dans (?:\d+|une|deux|trois) \w+)\b"
)
_OUT_ON_A_DATE = re.compile(
    r"\b(?:le (?:1er|premier|[12]?\d|3[01])(?! (?:h|heures?)\b)|(?:ce )?(?:lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche)"
    r"|demain|la semaine prochaine|le mois prochain|a la fin du mois)(?: (?!hier)\w+){0,2}? ?,? ?"
    r"(?:je|j|on|nous|c est|ca sera|ils|elle|il) (?:\w+ ){0,4}(?:dehors|(?:a|dans) la rue|dans (?:la|ma"
    r"|une) voiture|sans toit)\b"
)
_OUT_ALREADY = re.compile(
    r"\b(?:ce soir|cette nuit|maintenant|tout de suite|depuis|deja|hier|dormi|a (?:mis|vire|jete|foutu)|m ont"
    r"|suis (?:mise?|viree?))\b"
)
_TONIGHT = re.compile(
    r"\b(?:ce soir|cette nuit|maintenant|tout de suite|(?<!serai )(?<!serons )(?<!sera )dehors|rue|voiture"
    r"|dormi|depuis|trottoir|gare"
    r"|parking|hall|cave)\b"
)
_NO_DARK_THOUGHTS = re.compile(
    r"\b(?:ids|idees? (?:noires|suicidaires)|propos suicidaires) (?:ce jour )?(?:sont |est )?(?:niees?|refutees?"
    r"|absentes?"
    r"|non (?:verbalise|retrouve|exprime)\w*)\b|\b(?:pas d|sans|aucune|ni|nie toute?s?|nie (?:les|des)) ?(?:ids"
    r"|idees? suicidaires?)\b"
)
_OF_DYING = re.compile(
    r"\bmourir\b|\bsuicid\w*|\b(?:se|me) tuer\b|\ben finir\b|\bids\b|\btentatives?\b|\bts\b|\bscarif\w*"
)
_TO_MEET = r"(?:re)?(?:trouve|croise|vois|voie|chope|choppe|attrape|coince|tiens|tombe (?:sur|dessus))"
_TO_HURT = (
    r"(?:tue|bute|creve|egorge|plante|crame|brule|fume|saigne|defonce|demonte|massacre|eclate|fracasse|explose"
    r"|casse|pete"
    r"|brise|tranche|ouvre|regle (?:son|leur) compte|fais (?:la|leur) peau|arrache|etrangle|pends|noie|ecrase)"
)
_TO_BE_HURT = (
    r"(?:(?:elle|il|ils|elles) (?:va|vont) (?:me |le |la |l )?(?:comprendre|payer|regretter|voir|pleurer"
    r"|morfler|saigner|le sentir)"
    r"|(?:elle|il|ils|elles) (?:verra|verront|comprendr\w+|pai?er\w+|payer\w+|regrettera\w*|pleurera\w*)"
    r"|(?:marchera|marcheront|parlera|rira|respirera|verra|verront|sourira|sortira) (?:plus|pas|jamais)"
    r"|regle\w* (?:son|leur) compte|tuer|douleur|mal)"
)
_THREATENS = re.compile(
    rf"\b(?:vais|finirai par|finir par) (?:la|le|les) (?:re)?trouver\b.{{0,80}}\b{_TO_BE_HURT}\b"
    rf"|\b(?:quand|si|des que|le jour ou) (?:je|j) (?:la|le|les|lui) (?:re)?trouve\w*\b.{{0,80}}\b{_TO_BE_HURT}\b"
    rf"|\b(?:quand|si|des que|le jour ou|que) (?:je|j) (?:(?:la|le|les|lui) )?{_TO_MEET}\b.{{0,60}}"
    rf"\b(?:je|j) (?:vais )?(?:la|le|les|lui|leur) {_TO_HURT}r?\b"
    rf"|\b(?:quand|si|des que|le jour ou) (?:je|j) (?:(?:la|le|les|lui) ){_TO_MEET}\b.{{0,60}}"
    r"\b(?:marchera|parlera|rira|respirera|sourira) (?:plus|pas|jamais)\b"
    r"|\bje vais (?:la|le|les) (?:tuer|buter|crever|egorger|planter|bruler|cramer|fumer|massacrer|defoncer|demonter"
    r"|etrangler|noyer|saigner)\b"
    r"|\bje (?:la|le|les) (?:bute|creve|egorge|massacre)\b(?! (?:de|d)\b)"
    r"|\b(?:vais|je) lui (?:casser?|peter?|briser?|fracasser?|ouvrir|ouvre|eclater?|exploser?|arracher?|trancher?)"
    r" (?:la|le|les|sa|son|ses) (?:\w+ )?(?:jambes?|gueule|tete|dents?|os|bras|genoux?|crane|gorge|cou|machoire)\b"
    r"|\b(?:elle|il|ils) (?:verra|verront) (?:pas|plus|jamais) (?:noel|demain|la fin|le jour|son)\b"
)
_JEST = re.compile(
    r"\b(?:mdr|lol|ptdr\w*|mort de rire|rigol\w*|plaisant\w*|blagu\w*|deconn\w*|facon de parler|une expression"
    r"|film|serie"
    r"|jeux? video|match|roman|polar|chapitre|manette|console|fifa)\b"
    r"|\b(?:tuer?|buter?|crever?|massacrer?|egorger?|defoncer?|exploser?|planter?|fumer?)"
    r" (?:ce|cet|cette|ces|mon|ma|mes|le|la|les) (?:\w+ )?(?:frigo|telephone|ordi\w*|imprimante|voiture|chien"
    r"|chat|poulet"
    r"|poule|moustiques?|cafards?|punaises?|souris|rats?|machine|tele\w*|radio|box|dossier|examen|gateau)\b"
)
_WEARS_OUT = re.compile(
    r"\b(?:va|vont|vas) (?:\w+ )?(?:finir par )?(?:me|nous|m|le|la) (?:tuer|achever|enterrer|crever|faire (?:mourir"
    r"|crever))\b|\b(?:me|nous) (?:tue|tuent|creve|crevent|acheve)\b"
)
_A_YOUNG_ONE = re.compile(r"\b(?:fils|fille|enfants?|ado\w*|gosses?|gamine?s?|petite?s?|jumeaux|grande?|aine\w*)\b")
_WHY = re.compile(
    r"\b(?:rentre\w*|seche\w*|repond\w*|ecole|lycee|college|ecoute\w*|devoirs|range\w*|sort\w*|chambre|ecrans?"
    r"|telephone|portable|console|joue\w*|colle\w*|cpe|cours|dor[st]\w*|bout (?:le|la|les) prendre|bordel|caprices?"
    r"|couche\w*|mange\w*|bulletin|notes?|obei\w*|pleur\w*)\b"
)
_REAL_HARM = re.compile(
    r"\b(?:frapp\w*|tap(?:e|er|ee?)|cogn\w*|coups?|gifl\w*|couteau\w*|arme\w*|menac\w*|peur|violen\w*|bat|battu\w*"
    r"|etrangl\w*|pouss\w*|bouscul\w*|casse\w*|ses mains|bleus?|sang|enferm\w*|dit qu il|a dit|jure)\b"
)
_QUOTED = re.compile(
    r"\b(?:il|elle|on|mari|conjoint|compagnon|copain|copine|frere|soeur|pere|mere|fils|fille|ex|voisine?|oncle|petit)"
    r" (?:\w+ ){0,3}(?:dit|disait|dis|hurle\w*|hurler|crie\w*|crier|ecrit|repete|menace|jure|envoie|envoye"
    r"|gueule\w*)\b"
)
_SUFFERS = re.compile(
    r"\b(?:me|m|nous) (?:a |ont )?(?:\w+ )?(?:frapp|tap(?:e|er|ee?s?)\b|bat\b|batt|cogn|viol|etrangl|menac"
    r"|insult|harcel"
    r"|humili|enferm|sequestr)\w*"
)
_NOT_I = re.compile(r"\bje (?:ne )?(?:vais|veux|le|la) (?:pas|jamais)\b|\bpeur de (?:le|la|les|lui)\b")
_STORY = re.compile(
    r"\b(?:ecris|ecrivais|lis|lisais|lu) (?:un|mon|le|une|ma|ce|cette) (?:\w+ )?(?:polar|roman|livre|scenario"
    r"|nouvelle"
    r"|feuilleton|chapitre|manga|bd)\b"
    r"|\bdans (?:un|mon|le|une|ce|cette|son|la) (?:\w+ )?(?:polar|roman|livre|scenario|film|serie|feuilleton|chapitre"
    r"|episode|manga)\b"
)
_HERE = re.compile(r"\b(?:a cote|derriere|en ce moment|maintenant|ce soir|vite|au secours|il est la|elle est la)\b")
_INSULTED_TO_DEATH = re.compile(
    r"\b(?:me|m|nous|lui) (?:a |ont )?(?:dit|disait|disent|crie|hurle|repete|lance|balance|souhaite|ecrit"
    r"|gueule|reproche)\w*"
    r" (?:\w+ ){0,4}(?:(?:ferais|devrais|ferait|devrait) (?:mieux )?(?:de )?|d aller |de |va )(?:mourir|crever"
    r"|me pendre"
    r"|me tuer|disparaitre)\b"
)
_MOVES_AWAY = re.compile(
    r"\braison de (?:vouloir )?partir\b|\b(?:veux|voudrais|vouloir) (?:\w+ )?(?:demenager"
    r"|partir (?:d ici|ailleurs|loin d ici|du quartier|de l immeuble|de (?:cet|ce|cette) (?:appart\w*|immeuble"
    r"|logement|cite)))\b"
)
_MEANS_IT = re.compile(r"\b(?:envie|a raison|le faire|y pense|vais)\b")
_LONG_AGO = re.compile(
    r"\b(?:il y a|ya|voila) (?:\d+|deux|trois|quatre|cinq|six|dix|quinze|vingt|plusieurs|quelques) ?(?:ans"
    r"|annees)\b|\bil y a longtemps\b"
    r"|\ben (?:19|20)\d\d\b|\ba l epoque\b|\bautrefois\b|\bl an dernier\b|\bl annee derniere\b|\bquand j etais\b"
    r"|\b(?:a|vers) \d\d ans\b|\b(?:depuis|apres|suite a) (?:son|mon|un|l) (?:avc|infarctus|accident|accouchement)\b"
)
_TODAY = re.compile(
    r"\b(?:maintenant|aujourd hui|ce matin|ce soir|cette nuit|hier|depuis (?:ce|hier|\d+ (?:h|heures?|minutes?"
    r"|jours?)|une|deux)"
    r"|en ce moment|d un coup|encore|saigne|saignes|vient de|viens de|la maintenant|tout a l heure|plus en plus"
    r"|vite)\b"
)
_SLEEPS_WELL = re.compile(r"\breveille\w* (?:plus|pas|jamais) (?:de |toute |dans )?la nuit\b")
_MISHAP = re.compile(
    r"\b(?:attends?|attendant|attend|appele|voila|vient) (?:\w+ )?serrurier\b"
    r"|\b(?:casse|perdu|oublie|laisse|claque|coince|egare)e?s? (?:\w+ ){0,2}(?:cles?|clefs?|porte|trousseau)\b"
)
_PUT_OUT = re.compile(
    r"\b(?:proprio\w*|proprietaire|bailleur|huissiers?|police|change\w*|dorm\w*|dors|dort|nuits?|ce soir|nulle part"
    r"|mis dehors|mise dehors|vir\w+|jet\w+|mari|copain|conjoint|compagnon|frere|pere|mere|froid)\b"
)
_AT_SEA = re.compile(
    r"\ba la rue (?:niveau|question|au niveau|point de vue|en (?:maths?|francais|anglais|cours|informatique)"
    r"|cote (?:garde|creche|nounou|boulot|travail|argent|finances|mode de garde))\b"
    r"(?!.*\b(?:ce soir|cette nuit|dor[mst]\w*)\b)"
)
_OF_A_STRANGER = re.compile(
    r"(?<!chez )\b(?:(?:mon|le|un|du|les|mes|des|nos|par) voisins?|(?:mon|le|notre|un) (?:\w+ )?(?:proprio"
    r"|proprietaire"
    r"|bailleur|patron|collegue|gardien|chef)|(?:un|des|le|les|ce|ces) (?:\w+ )?(?:inconnus?|types?|gars"
    r"|individus?|dealers?"
    r"|squatteurs?|cambrioleurs?|rodeur|client|voyous?|bande)"
    r"|bande de (?:\w+ )?(?:jeunes|mecs|gars))\b"
)
_AT_US = re.compile(r"\b(?:m|me|moi|nous)\b|\b(?:ma|notre) porte\b")
_UNRESPONSIVE = re.compile(
    r"\breveill\w* (?:pas|plus)\b(?! (?:la nuit|tot|tard|avant))|\bbouge(?:nt)? plus\b|\b(?:pas|plus) a (?:la "
    r"|le )?reveiller\b"
    r"|\binconsciente?\b|\brespire (?:plus|pas|mal|bizarre\w*|tres mal)\b|\b(?:levres?"
    r"|tout) (?:\w+ )?(?:bleue?s?|violettes?)\b"
)


def denies_dark_thoughts(words: str) -> bool:
    """Whether a professional's note says that there are none, and nothing else of dying: "IDS niées"."""
    left = _NO_DARK_THOUGHTS.sub(" ", words)
    return left != words and not _OF_DYING.search(left)


def roof_until_later(words: str) -> bool:
    """Whether normalised words tell of a roof that ends one of these days, and of nothing tonight."""
    dated = _OUT_ON_A_DATE.search(words) and not _OUT_ALREADY.search(words)
    return bool(dated) or (bool(_LATER.search(words)) and not _TONIGHT.search(words))


def threatens(words: str) -> bool:
    """Whether the writer threatens to hurt somebody: an emergency, whatever else they tell (needs.md).

    Not who repeats another's threat, who is beaten themselves, or who speaks in jest. Words are normalised.
    """
    if not _THREATENS.search(words) or _JEST.search(words):
        return False
    return not (_QUOTED.search(words) or suffers(words) or _NOT_I.search(words))


def jests_of_killing(words: str) -> bool:
    """Whether a threat is one to a thing or a joke: "je vais le tuer ce frigo"."""
    return bool(_THREATENS.search(words) and _JEST.search(words)) and not (_QUOTED.search(words) or suffers(words))


def worn_out_by_a_child(words: str) -> bool:
    """Whether a child who "va finir par me tuer" only wears a parent out: told with why, and without a word of harm."""
    worn = _WEARS_OUT.search(words)
    return bool(worn and _A_YOUNG_ONE.search(words) and _WHY.search(words)) and not _REAL_HARM.search(words)


def suffers(words: str) -> bool:
    """Whether the writer says to be hit, threatened or insulted themselves."""
    return bool(_SUFFERS.search(words))


def tells_a_story(words: str) -> bool:
    """Whether the danger in normalised words is one of a book or a film, and nobody hurts the writer."""
    return bool(_STORY.search(words)) and not (suffers(words) or _HERE.search(words))


def insulted_to_death(words: str) -> bool:
    """Whether somebody tells the writer to die: violence, no wish to die of the writer's own."""
    return bool(_INSULTED_TO_DEATH.search(words)) and not _MEANS_IT.search(words)


def ill_long_ago(words: str) -> bool:
    """Whether an illness, an accident or a birth is told as long past, and nothing of today: "un AVC à 58 ans"."""
    long_ago = _LONG_AGO.search(words) and not _TODAY.search(words)
    return bool(long_ago or _SLEEPS_WELL.search(words))


def moves_away(words: str) -> bool:
    """Whether the leaving that the writer speaks of is a change of home."""
    return bool(_MOVES_AWAY.search(words))


def shut_out_by_mishap(words: str) -> bool:
    """Whether a lost or broken key is all that keeps the writer outside, a locksmith on the way."""
    return bool(_MISHAP.search(words)) and not _PUT_OUT.search(words)


def lost_in_a_subject(words: str) -> bool:
    """Whether the street is only a figure of speech: "à la rue niveau maths"."""
    return bool(_AT_SEA.search(words))


def no_night_outside(words: str) -> bool:
    """Whether words that sound like a night outside tell of none: a roof until Friday, a mishap, a figure of speech."""
    return roof_until_later(words) or shut_out_by_mishap(words) or lost_in_a_subject(words)


def by_a_stranger(words: str) -> bool:
    """Whether it is a neighbour, a landlord or an unknown person who attacks the writer, and no relative."""
    stranger = _OF_A_STRANGER.search(words) and _AT_US.search(words)
    return bool(stranger) and not (names_a_partner(words) or names_a_relative(words))


def unresponsive(words: str) -> bool:
    """Whether somebody does not wake up, move or breathe: a doctor comes before all else."""
    return bool(_UNRESPONSIVE.search(words))
