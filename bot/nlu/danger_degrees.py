"""What plain words tell of how near, how old or how earnest a danger is: one of these days, years ago, in jest.

Words are normalised (bot/nlu/text.py).
"""

import re

from bot.nlu.danger_words import roof_until_later

_SOBER = re.compile(
    r"\b(?:arrete|stoppe) (?:de )?(?:l |la |le )?(?:alcool|boire|drogue|fumer|cannabis|shit|coke|heroine|bouteille)\b"
    r"|\b(?:suis|reste) (?:sobre|abstinente?|clean|sevree?)\b|\b(?:plus bu|plus touche) (?:\w+ ){0,4}depuis\b"
    r"|\b(?:sobre|abstinente?|clean|sevree?) depuis\b|\bdepuis (?:\w+ ){1,2}(?:jours?|semaines?|mois"
    r"|ans?) (?:je suis )?(?:sobre|abstinente?)\b"
    r"|\bpas (?:re)?bu (?:une goutte )?depuis\b|\bque j ai (?:pas|plus|rien) (?:re)?bu\b"
)
_MONTHS_AWAY = re.compile(r"\bdans (?:\d+|un|deux|trois|quatre|cinq|six|quelques) mois\b")
_BY_A_THREAD = re.compile(
    r"\b(?:je|on|ca|moi|et|mais) (?:ne )?(?:tien[st]|tenons) (?:vraiment |plus |encore |juste )?(?:qu |que )?(?:a"
    r"|par|sur) un fil\b"
    r"|\bau bord (?:de la rechute|de rechuter|de craquer|du gouffre)\b"
)
_BREAKS_DOWN = re.compile(
    r"\b(?:je|moi|j) (?:ne )?(?:tiens|tien|tiendrai|tiendrais|tenais) (?:vraiment |meme )?(?:pas|plus"
    r"|po) (?:le coup|debout|longtemps)\b"
    r"|\bsi (?:je|j) (?:craque|m effondre|flanche|lache|m ecroule|sombre|tombe|tiens pas)\b(?=(?: aussi| moi"
    r"| pas)?[ .?!,]*$| moi\b)"
)
_A_DATE = (
    r"(?:le (?:1er|premier|[12]?\d|3[01])|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|demain|apres(?: ca)?"
    r"|la semaine prochaine|le mois prochain|a la fin|fin du mois|ensuite|a la sortie|en sortant)"
)
_SLEEPS_WHERE = (
    r"(?:(?:je |j |on |elle |il |nous )?(?:dor[ts]|dormons|dormirai\w*|dormira|dormir|vais dormir|va dormir|couche"
    r"|habite\w*|loge\w*) (?:ou|nulle part)"
    r"|ou (?:est ce que |c est que )?(?:je|j|on|elle|il|nous) (?:vais |va )?(?:dor[ts]|dormir|dormons|dormirai\w*"
    r"|dormira|couche|loge\w*))"
)
_WHERE_TO_SLEEP = re.compile(rf"\b{_A_DATE}\b.{{0,25}}\b{_SLEEPS_WHERE}\b|\b{_SLEEPS_WHERE}\b.{{0,20}}\b{_A_DATE}\b")
_TREATMENT = (
    r"(?:insuline|stylos?|ventoline|traitements?|antirejet|trithera\w*|chimio\w*|anticoagulants?|levothyrox"
    r"|antiepileptiques?|medicaments?|comprimes?|cachets|patchs?|ampoules?|dialyse|medocs|doses?|methadone)"
)
_A_FEW = r"(?:\d|un|une|deux|trois|quatre|cinq|six|sept|quelques|peu|plus rien)"
_RUNS_OUT = re.compile(
    rf"\b(?:reste|restent|plus que|que|encore|pour|ai|a) (?:\w+ ){{0,2}}{_A_FEW} (?:jours?|doses?|semaines?"
    rf"|boites?|nuits?)?"
    rf" ?(?:de |d |pour |pour son |pour mon |de son |de mon )*{_TREATMENT}\b"
    rf"|\b(?:plus|pas|manque|rupture|fin|finit|termine) (?:du tout )?(?:de |d |son |mon |ses |mes )*(?:{_TREATMENT})\b"
    r"(?= ?(?:$|[.,;!?]|depuis|demain|dans|la semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|parce"
    r"|car|faute))"
    rf"|\b{_TREATMENT}\b.{{0,25}}\b(?:pour|reste|que|finit|termine|jusqu\w*) (?:\w+ ){{0,2}}{_A_FEW} (?:jours?"
    rf"|doses?|nuits?)\b"
)
_SHORT_OF_TREATMENT = re.compile(
    rf"\b(?:plus|manque|manquer|a court|bout|bientot fini|sans|rationn\w*) (?:que |de |d |son |mon |l |ses |mes |le "
    rf"|(?:\w+ )?(?:jours?|semaines?) (?:de |d ))*{_TREATMENT}\b"
    rf"|\breste (?:\w+ ){{0,4}}{_TREATMENT}\b|\b(?:peu[xt]|peuvent|pouvoir) (?:plus|pas) (?:\w+ ){{0,2}}(?:payer"
    rf"|acheter|avoir) (?:\w+ ){{0,2}}{_TREATMENT}\b"
)
_WEEPS = re.compile(
    r"\b(?:je|j) (?:ne )?(?:fais que (?:de )?|me mets a |arrete pas de |passe mes (?:jours|nuits|journees) a )?"
    r"(?:pleur\w+|craque|chiale\w*|sanglote)\b|\bje suis (?:tout le temps |toujours )?en (?:larmes|pleurs)\b"
)
_NEW_MOTHER = re.compile(
    r"\bdepuis (?:que )?(?:la naissance|l accouchement|mon accouchement|la maternite|la mater"
    r"|(?:qu )?(?:il|elle) est nee?|(?:le|la|mon|ma|notre) (?:\w+ )?(?:bebe|petite?|fils|fille) est (?:nee?|la))\b"
    r"|\b(?:ai|viens d|venais d) accouche\w*\b|\bbaby ?blues\b|\bjeune maman\b|\b(?:sortie?"
    r"|rentree?) de (?:la )?mat\w*\b"
    r"|\bbebe (?:a|de|n a que) (?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix) (?:jours?|semaines?|mois)\b"
)
_FEVER = re.compile(r"\b(?:fievre|brulante?|temperature|(?:38|39|40|41)(?: ?[,.] ?\d)?)\b")
_NO_FEVER = re.compile(
    r"\b(?:pas|plus|sans|aucune) (?:de |d )?(?:fievre|temperature)\b|\b(?:38|39|40|41) (?:semaines?|sa|ans|euros?"
    r"|jours?|kilos?)\b"
)
_UNDER_THREE_MONTHS = re.compile(
    r"\b(?:nouveau ne|nourrisson)\b|\b(?:bebe|fils|fille|petite?|il|elle|puce|loulou) (?:\w+ ){0,2}?(?:a|de"
    r"|age de|agee de|n a que|fait)? ?"
    r"(?:[1-9]|1[0-2]|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze) (?:jours?|semaines?)\b"
    r"|\b(?:bebe|fils|fille|petite?|il|elle) (?:\w+ ){0,2}?(?:a|de|age de|agee de|n a que) (?:[12]|un|deux) mois\b"
)
_FLEES = re.compile(
    r"\b(?:partir|fuir|m enfuir|me (?:sauver|barrer|casser|tirer)|m en aller|m en vais|quitter (?:la maison"
    r"|chez (?:moi|nous)|mon (?:mari|mec))"
    r"|m echapper|je (?:pars|me sauve|me barre))\b.{0,60}\b(?:ce soir|cette nuit|avant (?:ce soir|qu il|qu elle"
    r"|son retour|minuit)"
    r"|maintenant|tout de suite|pendant qu il)\b"
    r"|\b(?:ce soir|cette nuit|maintenant|pendant qu il|profite qu il)\b.{0,60}\b(?:partir|fuir|m enfuir"
    r"|me (?:sauver|barrer|casser)"
    r"|m en aller|m en vais|m echapper|je (?:pars|me sauve|me barre))\b"
)
_FROM_VIOLENCE = 0.4
_MEANS_OF_DEATH = re.compile(
    r"\b(?:sauter (?:du|par|d|sous)|me (?:pendre|jeter|tuer|flinguer|suicider|foutre en l air|balancer)"
    r"|en finir (?!avec)|en finir$"
    r"|mourir|crever|disparaitre|partir sans souffrir)\b"
)
_IN_EARNEST = re.compile(
    r"\b(?:j y|y) (?:pense|songe)s?\b|\b(?:serieux|serieusement|sans rire|sans deconner|pour de vrai|en vrai)\b"
    r"|\b(?:rigole|plaisante|blague|deconne) (?:qu )?a moitie\b|\ba moitie (?:une )?blague\b|\b(?:rigole"
    r"|plaisante|deconne) pas\b"
)
_FIGURE_OF_DEATH = re.compile(
    r"\b(?:mourir|meurs|mort[es]?|creve[rs]?|crevee?) (?:de|d) (?:rire|honte|faim|soif|froid|chaud|chaleur|ennui"
    r"|trouille|peur|jalousie"
    r"|curiosite|fatigue|sommeil|envie|rire)\b|\bcout\w* (?:un bras|les yeux|la peau)\b"
    r"|\b(?:risque\w*|va|vont|devra|faire) (?:de |fait |encore |aussi )*sauter (?:aussi|encore|un (?:repas"
    r"|mois|loyer))\b"
    r"|\b(?:loyers?|mois|echeances?|paiements?|prelevements?|factures?|repas|credits?|allocs?|droits?|janvier"
    r"|fevrier|mars|avril|mai"
    r"|juin|juillet|aout|septembre|octobre|novembre|decembre) (?:risque\w* de |va |vont |a "
    r"|ont )(?:\w+ )?saut(?:er|e)\b|\b(?:tue|tuent) (?:avec|a force de)\b"
)
_GOODBYE = re.compile(
    r"\badieu\b.*\b(?:machine|robot|programme|ordinateur|chatbot|internet|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche"
    r"|demain|bientot|la prochaine|tout a l heure|serrurier)\b|\b(?:serrurier|bus|metro|train)\b.*\badieu\b"
)
_OF_A_FAREWELL = re.compile(
    r"\bmourir\b|\bsuicid\w*|\b(?:me|se) tuer\b|\ben finir\b|\bpardon\w*|\benfants\b|\bje (?:vous|t|les) aime\b"
    r"|\bsous le\b"
    r"|\b(?:sauter|saute|jeter|jette|pont|cachets|medicaments|lettre)\b"
)
_HEART_BLEEDS = re.compile(r"\bcoeur (?:qui |me |nous |en )*(?:saigne|brise|serre)\b|\bsaigne (?:le|mon) coeur\b")
_PAST_BLOWS = re.compile(
    r"\b(?:il y a|ya|voila) (?:\d+|deux|trois|quatre|cinq|six|dix|quinze|vingt|plusieurs) ?ans\b.*\b(?:battait"
    r"|frappait|tapait|cognait"
    r"|violentait|menacait|insultait)\b|\b(?:battait|frappait|tapait|cognait|menacait)\b.*\b(?:il y a|ya) (?:\d+"
    r"|deux|trois|cinq|dix) ?ans\b"
)
_STILL_THREATENS = re.compile(
    r"\b(?:peur|encore|revien\w*|revenu|menace|recommenc\w*|ce soir|hier|en bas|devant|retrouve\w*|toujours)\b"
)


def out_within_days(words: str) -> bool:
    """Whether that roof ends soon: days count (needs.md)."""
    return roof_until_later(words) and not _MONTHS_AWAY.search(words)


def relapses(words: str) -> bool:
    """Whether somebody who has stopped drinking says to hold by a thread."""
    return bool(is_sober(words) and (_BY_A_THREAD.search(words) or "un fil" in words))


def weeps_after_birth(words: str) -> bool:
    """Whether a new mother says that she weeps: one asks how dark it is, and sends to those who follow mothers."""
    return bool(_WEEPS.search(words) and _NEW_MOTHER.search(words))


def holds_by_a_thread(words: str) -> bool:
    """Whether the writer is at the end of their strength, without a word of dying: days count (needs.md)."""
    return bool(_BY_A_THREAD.search(words) or _BREAKS_DOWN.search(words)) or relapses(words)


def asks_where_to_sleep(words: str) -> bool:
    """Whether the writer will not know where to sleep from a day on: "et le 30, je dors où ?"."""
    return bool(_WHERE_TO_SLEEP.search(words))


def runs_out_of_treatment(words: str) -> bool:
    """Whether a treatment one lives by lasts a few days more: days count."""
    return bool(_RUNS_OUT.search(words) or _SHORT_OF_TREATMENT.search(words))


def fever_of_a_newborn(words: str) -> bool:
    """Whether a child under three months has fever: a doctor now (facts.md 4.4)."""
    return bool(_UNDER_THREE_MONTHS.search(words) and _FEVER.search(words)) and not _NO_FEVER.search(words)


def flees_tonight(words: str, chance: float) -> bool:
    """Whether somebody leaves a violent home tonight; `chance`: of that violence, by the model."""
    return chance >= _FROM_VIOLENCE and bool(_FLEES.search(words))


def means_to_die(words: str) -> bool:
    """Whether a word of dying said as a joke is meant: "je vais sauter du pont mdr, sérieux j'y pense"."""
    return bool(_MEANS_OF_DEATH.search(words) and _IN_EARNEST.search(words)) and not _FIGURE_OF_DEATH.search(words)


def jokes_of_death(words: str) -> bool:
    """Whether dying is a figure of speech, or a goodbye one of courtesy: "mourir de rire", "adieu, à jeudi"."""
    left = _FIGURE_OF_DEATH.sub(" ", words)
    figure = left != words and not _OF_A_FAREWELL.search(left)
    return figure or bool(_GOODBYE.search(words) and not _OF_A_FAREWELL.search(words))


def bleeds_in_the_heart(words: str) -> bool:
    """Whether what bleeds is only a heavy heart."""
    return bool(_HEART_BLEEDS.search(words))


def blows_are_past(words: str) -> bool:
    """Whether blows are told as years old, and nothing of today."""
    return bool(_PAST_BLOWS.search(words)) and not _STILL_THREATENS.search(words)


def is_sober(words: str) -> bool:
    """Whether somebody says to have stopped drinking or taking drugs."""
    return bool(_SOBER.search(words))
