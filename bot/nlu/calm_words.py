"""What plain words tell to be no danger, or no longer one: a death wish denied, a child well again, a weary parent.

Words are normalised (bot/nlu/text.py). Each asks for two signs: the words that calm, and none that alarms beside them.
"""

import re

_TO_DIE = (
    r"(?:mourir|me (?:suicider|tuer|pendre|jeter|flinguer|supprimer|faire (?:du mal|sauter))|me foutre en l air"
    r"|en finir"
    r"|sauter|faire (?:de|une) betises?|penser a la mort)"
)
_DENIES_DYING = re.compile(
    rf"\b(?:veux?|vais|voulais|compte|pense|songe|cherche|risque|ai) (?:\w+ )?(?:pas|jamais|aucunement|nullement)"
    rf" (?:du tout |l intention |l envie |envie |dit (?:que )?(?:je )?(?:\w+ )?)?(?:a |de |d )?{_TO_DIE}\b"
    r"|\b(?:mourir|me suicider|me tuer|en finir|me foutre en l air|le suicide|mort|idees noires) ?[,:?]? ?(?:ah |oh )?"
    r"(?:non|nan|jamais|pas du tout|pas question)\b"
    r"|\bpas (?:du tout )?(?:d )?(?:idees? noires?|envies? (?:de|d) mourir|suicidaires?)\b"
    r"|\b(?:pas|aucune) (?:du tout )?(?:l |d )?(?:intention|envie|presse\w*|hate) (?:du tout )?(?:de "
    r"|d )(?:y )?(?:aller )?(?:l |les |le |la )?"
    r"(?:rejoindre|suivre|retrouver la haut)\b"
    r"|\b(?:aucune|ni|sans|zero|nulle) (?:idees? noires?|idees? suicidaires?|envies? (?:de |d )(?:mourir|en finir))\b"
    r"|\b(?:rassure[rz]? vous|t inquiete|vous inquietez pas)\b.{0,20}\b(?:pas|jamais) (?:de )?(?:mourir"
    r"|suicidaire|me tuer)\b"
)
_ONLY_WEARY = re.compile(
    r"\b(?:juste|seulement|simplement|je suis|je me sens|c est) (?:(?:que|je|j|suis|me|sens|ai|tres|trop"
    r"|super|bien|un|peu|completement"
    r"|tellement|vraiment|juste|ultra|la|de|coup|besoin|envie|c|est|l|d) )*(?:videe?|fatiguee?|fatigue|epuisee?|crevee?"
    r"|lessivee?|claquee?|naze|rincee?|vannee?|a plat|raplapla|triste|seule?|decouragee?|stressee?|perdue?|cafard"
    r"|pleurer|parler|souffler|repos|dormir un peu|m ennuie|ennui)\b(?! (?:de (?:vivre|la vie|cette vie|tout"
    r"|exister)|d exister))"
)
"""After a death wish that is denied, it takes nothing of it back: "juste vidée"."""
_BORED = re.compile(r"\b(?:m ennuie|ennui|personne a qui parler|voir du monde|de la compagnie|trop seule?)\b")
_TAKES_IT_BACK = re.compile(
    r"\b(?:mais|sauf|juste|seulement|quoique|enfin|cela dit|parfois|des fois|par moments|presque|pourtant"
    r"|que (?:ca|tout) s arrete|disparaitre|plus (?:vivre|la|etre la|exister|me reveiller)|reveiller plus"
    r"|pour toujours|lui non plus|pas moi (?:qui|mais))\b"
)
_OF_ANOTHER = re.compile(r"\bpas moi qui\b|\b(?:mon|ma|mes) (?:\w+ )?(?:fils|fille|mari|femme|frere|soeur|mere|pere)\b")
_NOTHING_MORE = re.compile(
    r"\bc est tout (?:ce que|pour aujourd|ce qu)\b|\b(?:vous|tu) (?:n )?(?:en )?(?:aure[zs]|saure[zs]) (?:rien|pas)"
    r"(?: d autre| de plus| plus)\b|\bcontente?s? ?\?|\bca vous (?:suffit|va)\b"
)
_WORDS_OF_A_CURT_ANSWER = 14
_WELL = re.compile(
    r"\b(?:va|vont|vais|se sent|me sens|se porte|allons) (?:\w+ )?(?:bien|mieux)\b|\b(?:en pleine |en )forme\b"
    r"|\brien de grave\b|\btout est rentre dans l ordre\b|\b(?:plus de peur que de mal)\b|\b(?:guerie?|remise?)\b"
)
_CARED_FOR = re.compile(
    r"\b(?:rentree?s?|rentres?|rentrons|de retour|sortie?s?|sors|sort|ramenee?s?|hopital|hosto|urgences|samu|pompiers?"
    r"|medecins?|docteur|beaujon|bichat|maison|soignee?s?|examinee?s?)\b"
)
_NOT_OVER = re.compile(
    r"\b(?:mais|encore|toujours|recommenc\w*|repart\w*|revien\w*|ce matin|en ce moment|pas (?:bien|mieux)|plus en plus"
    r"|que (?:faire|dois)|je fais quoi|j appelle)\b"
)
_A_THING_WEARIES = re.compile(
    r"\b(?:site|ordi\w*|imprimante|scanner|formulaires?|dossiers?|caf|cpam|ameli|pole emploi|france travail"
    r"|prefecture|mdph"
    r"|paperasse|papiers|administration|attente|musique|mots? de passe|application|appli|internet|demarches?"
    r"|attestation"
    r"|serveur|bug|robot)\b(?: \w+){0,4}? (?:va|vont|veut|veulent) (?:finir par )?(?:me|nous|m) (?:tuer"
    r"|achever|rendre (?:fou|folle)"
    r"|avoir)\b|\bau bout de ma vie avec (?:ce|cette|cet|le|la|les|l)\b"
)
"""Of a thing, not of anybody: "ce site va me tuer"."""
_WEARIES = re.compile(
    r"\b(?:fils|fille|filles|ados?|adolescente?|gamine?s?|gosses?|enfants?|petite?s?|jumeaux|jumelles"
    r"|garcons?|ils?|elles?)\b"
    r".{0,40}\b(?:va|vont|veut|veulent|vas)? ?(?:finir par )?(?:me|nous|m) (?:tuer|tuera|tueront|achever|crever"
    r"|enterrer|faire (?:mourir|crever)|tue|tuent|creve|crevent|acheve)\b"
)
_OF_EVERY_DAY = re.compile(
    r"\b(?:seche\w*|college|lycee|ecole|devoirs|notes|repond\w*|rentre a|ecrans?|telephone|console|ranger?|menage"
    r"|chambre"
    r"|fatigue\w*|epuis\w*|par quel bout|facon de parler|expression|comme dit|mdr|lol|a petit feu|d inquietude"
    r"|un de ces jours|crise d ado|ado\w*|insolent\w*|dort pas|couche|sorties?|parle (?:mal|plus)|ecoute (?:rien"
    r"|pas)|rentre\w*|joue\w*|colle|cpe|cours|bordel|caprices?|bulletin|bout (?:le|la|les) prendre)\b"
)
_OF_DYING = re.compile(
    r"\b(?:mourir|suicid\w*|me (?:pendre|jeter|supprimer)|(?:veux|vais|envie de) (?:me tuer|en finir)|cachets)\b"
)
_OF_VIOLENCE = re.compile(
    r"\b(?:frapp\w*|tap(?:e|ait|er|ee?)|cogn\w*|coups?|couteau|arme|fusil|menac\w*|peur|pouss\w*|bat|battu\w*"
    r"|violent\w*"
    r"|etrangl\w*|jure|jette|lance|cass\w*|(?:dit|disait|hurle|crie) (?:que|qu)|serre\w*|gifl\w*|bleus?|blesse\w*"
    r"|dangereu\w*|enferm\w*|crach\w*|fenetre)\b"
)
_LONE_PARENT = re.compile(
    r"\b(?:papa|maman|mere|pere|parent|daron\w*) (?:\w+ )?(?:solo|seule?|celib\w*|isolee?)\b"
    r"|\b(?:je |j )?(?:suis|vis|eleve|elevee?|gere|m occupe|assume|reste) (?:\w+ ){0,4}?(?:solo|seule?)"
    r"(?: \w+){0,2}? (?:avec|a (?:elever|gerer|m occuper)|pour)\b"
    r"|\b(?:je |j )(?:l |les )(?:eleve|ai eleve\w*) (?:toute? )?seule?\b|\b(?:famille )?monoparentale?\b"
)
_HARM = re.compile(
    r"frapp|\bmains?\b|corrig|fouett|attach|\bfois\b|\btap[eé]|cogn|\bcoups?\b|gifl|claque|fessee|bleus?\b"
    r"|marques?\b|peur|danger|maltrait|viol|touch|hurl|secou"
    r"|craqu|betise|a bout|n en peu|supporte|perd\w* (?:patience|le controle)|geste|alcool|\bbu\b|ivre|enferm"
    r"|laiss\w* seul"
    r"|seuls?\b|seules?\b|faim|abandon|neglig|sale\b|inqui|couteau|mal\b|enlev|disparu|malade|tomb"
)
_MAY_LOSE_THEM = re.compile(
    r"\b(?:peur|crain\w*|risque\w*|angoiss\w*|veux (?:surtout )?pas|panique)\b.{0,40}"
    r"\b(?:enlev\w*|retir\w*|prenne\w*|prendre|plac\w*|perdre|recuper\w*|garde)\b.{0,30}"
    r"\b(?:enfants?|petite?s?|fils|filles?|gosses?|gamine?s?|bebe|garcons?)\b"
    r"|\b(?:peur|crain\w*|risque\w*)\b.{0,30}\b(?:me|m|nous) (?:le|la|les|l) (?:enlev\w*|retir\w*|prenne\w*"
    r"|prendre|plac\w*)\b"
)
_STABLE = re.compile(
    r"\b(?:suivie?|suivi|traitement|psy\w*|cmp|trouble\w*|bipolaire|schizo\w*)\b.{0,40}"
    r"\b(?:stable|stabilisee?|ras|rien a signaler|tout va bien|equilibre\w*|compensee?)\b"
    r"|\b(?:stable|stabilisee?)\b.{0,25}\b(?:suivie?|cmp|traitement|psy\w*)\b"
)
_UNSTABLE = re.compile(
    r"\b(?:mais|pas stable|plus stable|instable|destabilis\w*|rupture|arrete|decompens\w*|rechut\w*|degrad\w*"
    r"|idees? noires?"
    r"|ids(?! niees)|mal|angoiss\w*|besoin|cherche|voudrait|veut (?:un|voir))\b"
)


def denies_dying(words: str) -> bool:
    """Whether the writer says not to think of dying, and takes nothing of it back: "mourir, non"."""
    denied = _DENIES_DYING.search(words)
    if denied is None or _OF_ANOTHER.search(words):
        return False
    return not _takes_it_back(words[denied.end() :])


def half_denies_dying(words: str) -> bool:
    """Whether the writer denies to think of dying, and takes something of it back: it is asked about."""
    denied = _DENIES_DYING.search(words)
    return denied is not None and not _OF_ANOTHER.search(words) and _takes_it_back(words[denied.end() :])


def only_weary_or_bored(words: str) -> bool:
    """Whether who denies thinking of dying says what it is instead, that passes with rest or company: "je m'ennuie"."""
    return denies_dying(words) and bool(_ONLY_WEARY.search(words) or _BORED.search(words))


def _takes_it_back(words: str) -> bool:
    return bool(_TAKES_IT_BACK.search(_ONLY_WEARY.sub(" ", words)))


def curt(words: str) -> bool:
    """Whether what sounds like a farewell only ends a grudging answer: "et c'est tout ce que vous aurez"."""
    return bool(_NOTHING_MORE.search(words)) and len(words.split()) <= _WORDS_OF_A_CURT_ANSWER


def well_again(words: str) -> bool:
    """Whether an illness is told as over: whoever had it was looked after, and is well."""
    return bool(_WELL.search(words) and _CARED_FOR.search(words)) and not _NOT_OVER.search(words)


def a_thing_wearies(words: str) -> bool:
    """Whether it is a thing that "kills", and nobody hurts anyone: "au secours, ce site va me tuer"."""
    return bool(_A_THING_WEARIES.search(words)) and not (_OF_VIOLENCE.search(words) or _OF_DYING.search(words))


def wearies(words: str) -> bool:
    """Whether a child "kills" only by what every parent goes through: "mon ado va me tuer, il sèche"."""
    return bool(_WEARIES.search(words) and _OF_EVERY_DAY.search(words)) and not _OF_VIOLENCE.search(words)


def calm_parent(words: str) -> bool:
    """Whether somebody only says to bring a child up alone, or to fear losing it: no child is in danger by that."""
    left = _MAY_LOSE_THEM.sub(" ", _LONE_PARENT.sub(" ", words))
    return left != words and not _HARM.search(left)


def is_stable(words: str) -> bool:
    """Whether an illness of the mind is told as followed and stable, and nothing is asked for it."""
    return bool(_STABLE.search(words)) and not _UNSTABLE.search(words)
