"""The rulings of needs.md that plain words decide, whatever the model believes: what is no eviction, whose violence.

Words are normalised (bot/nlu/text.py).
"""

import re
from collections.abc import Collection, Mapping

from bot.nlu.calm_words import a_thing_wearies, calm_parent, denies_dying, is_stable, wearies
from bot.nlu.danger_degrees import is_sober, jokes_of_death, relapses, weeps_after_birth
from bot.nlu.danger_words import (
    by_a_stranger,
    denies_dark_thoughts,
    insulted_to_death,
    lost_in_a_subject,
    moves_away,
    shut_out_by_mishap,
    tells_a_story,
    threatens,
)
from bot.nlu.details import named_by_a_detail, only_where_the_child_is, seeks_work
from bot.nlu.labels import DANGERS, VIOLENCES
from bot.nlu.people import names_a_child, names_a_partner, names_a_relative
from bot.nlu.plain_needs import settled_in_plain_words, told_in_plain_words, untrue_in_plain_words

_A_LANDLORD = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) locataires?\b|\bje loue (?:un|une|mon|ma) (?:\w+ ){1,3}a (?:un|une|des)\b"
)
_AN_ACT = re.compile(
    r"\b(?:expuls\w*|dehors|huissiers?|commissaires?|commandement|assign\w*|audience|tribunal|jug\w+|conge"
    r"|preavis|cql|cfp"
    r"|quitter|partir|vir\w+|police|serrure|menac\w*|resili\w*|bail|procedure)\b"
)
_SURE_OF_AN_ACT = 0.9
_CHANCE_OF_A_STATED_DEBT = 0.1
_OWES_RENT = re.compile(
    r"\b(?:dois|doit|devons|doivent|devais) (?:\w+ ){0,3}(?:mois|loyers?|euros?|\d+)\b(?! (?:partir|quitter|rendre))"
    r"|\b(?:dette|retard|arrieres?|impayes?) (?:\w+ ){0,2}(?:loyers?|locati\w+|mois)\b"
    r"|\b\w+ (?:mois|loyers) (?:de retard|impayes)\b"
)
_OUT_OF_SCHOOL = re.compile(
    r"\bexpuls\w* (?:\w+ ){0,6}(?:college|lycee|ecole|creche|cantine|cours|classe|internat|stade|club|tournoi)\b"
)
_HAS_HIT = re.compile(
    r"\b(?:je|j) (?:lui|leur|l|la|le|les) ?(?:ai )?(?:mis|mise|donnee?|colle|collee?|flanque|foutu|file)"
    r" (?:une|des|deux|un) (?:\w+ )?(?:gifles?|claques?|baffes?|fessees?|tapes?|tartes?|droites?|coups?|torgnoles?)\b"
    r"|\b(?:je|j) (?:l|la|le|les) ?ai (?:\w+ )?(?:giflee?s?|frappee?s?|tapee?s?|secouee?s?|cognee?s?|battue?s?)\b"
    r"|\bai leve la main sur (?:mon|ma|mes|lui|elle|eux|le|la)\b"
)
_SPEAKS_OF_ENDING = re.compile(
    r"\b(?:(?:veux|voulais|veut|peux|peut) pas|pas (?:voulue?|prevue?|desire\w*)"
    r"|sais pas (?:si|quoi|comment)|hesit\w*|avort\w*|ivg|interromp\w*"
    r"|interruption|garder?|garde|faire passer"
    r"|trop tard|trop jeunes?"
    r"|c est (?:\w+ )?non|hors de question|pas question|poursui\w*|continuer|en veu[xt] pas|pas le (?:bon )?moment"
    r"|solutions?|options?|choix|choisir|enlever|stop\w*|arreter|deci[ds]\w*|reflech\w*|delais?|semaines max"
    r"|pilule)\b"
)
_CHANCE_OF_NO_ADDRESS = 0.2
_NO_ADDRESS = re.compile(
    r"\b(?:plus|pas|sans|aucune) (?:d |une )?adresse\b(?! (?:mail|email|e mail|electronique|exacte))"
)
_TOLD_ONLY_BY_NAME = {
    ("energie_impayes", "impaye_loyer"): re.compile(
        r"\b(?:loyers?|bail|bailleur|propri\w*|charges|logement|locat\w*|hlm|huissier|expuls\w*"
        r"|quittances?|maison|syndic|(?:\d|deux|trois|quatre|cinq|six) mois|mois de retard)\b"
    ),
    ("vaccination", "bilan_maternelle"): re.compile(
        r"\b(?:bilan|visite|depist\w*|tests?|vue|yeux?|lunettes|audition|oreilles?|entend\w*|l?infirmi\w*|langage"
        r"|parle)\b"
    ),
    ("rsa_suivi", "caf_prestations"): re.compile(
        r"\b(?:caf|apl|primes?|familiales?|trop percu|logement|rentree|pension|asf|paje|aah|activite)\b"
    ),
}
"""Of two needs told much alike, the words without which the second is not told: a bill is no rent (needs.md)."""
_AT_WORK = re.compile(
    r"\b(?:j ai|avec|chez) (?:un|mon) (?:patron|cdi)\b|\b(?:suis|est|en) (?:\w+ )?(?:cdi|apprentie?|alternante?)\b"
    r"|\b(?:je|j) (?:suis|fais|prepare|passe) (?:en |un |mon )(?:cap|bep|bts|bac pro|apprentissage|alternance)\b"
)
_A_MAN_OR_WEEKS_AGO = re.compile(
    r"\b(?:suis|c est|je suis) (?:un )?(?:mec|homme|gars|garcon|gay|homo)\b|\b(?:semaines?|mois)\b"
)
_SPEAKS_OF_CONTRACEPTION = re.compile(
    r"\b(?:pilules?|contracep\w*|sterilet|implant|preserv\w*|capotes?|enceinte|lendemain|regles|tomber|grossesse"
    r"|patch)\b"
)
_CARD_FOR_CARE = re.compile(
    r"\bcarte (?:pour|de|du|d) (?:(?:le|la|les|aller|voir|l|chez) ?)*(?:medecins?|docteurs?|secu\w*|sante|soins?"
    r"|soigner"
    r"|hopital|pharmacie|assurance maladie)\b(?! (?:traitant|sexuelle))|\bcarte (?:sante|secu)\b"
    r"|\bcarte verte (?:du|pour)\b"
)
_STATE_MEDICAL_AID = re.compile(
    r"\b(?:demand\w*|veu[xt]|voudrai[st]|dossier|renouvel\w*|ouvrir|obtenir|refus\w*|expir\w*|droit|pas|plus)"
    r" (?:(?:a|de|pour) )?(?:(?:l|d|mon|son|notre) ame\b(?! soeur)|(?:une? |l )?aide medicale\b)|\b(?:dossier"
    r"|demande) ame\b"
)
_CARD_TO_BRING = re.compile(
    r"\b(?:faut|besoin|amen\w*|apport\w*|pren(?:ds|d|dre)|montr\w*|demand\w*|exige\w*|presenter?|presentation)"
    r"(?: t il| il| que j| moi)? (?:\w+ ){0,3}cartes? vitales?\b"
)
_OF_A_COVER = re.compile(
    r"\b(?:mutuel\w*|complementaire|css|cmu|ame|perdue?|volee?|renouvel\w*|plus de|pas de|j ai pas|n ai pas|sans"
    r"|marche"
    r"|commander|refaire|changer|recuperer|attestation|droits|mise? a jour|obtenir|avoir)\b"
)
_SMALL_CHILD = re.compile(
    r"\b(?:un|deux|trois|quatre|cinq|[1-5]) ans\b(?! (?:plus tard|apres|que|de))|\b\d{1,2} mois\b|\bbebe\b"
    r"|\bnourrisson\b"
)
_REFUSES_FOOD = re.compile(
    r"\brefuse\w* (?:de (?:manger|gouter)|tout ce qui|tout sauf|(?:le|la|les|son|sa|ses) (?:sein|biberons?|purees?"
    r"|legumes?|repas"
    r"|viande|lait|cuillere|morceaux))\b"
    r"|\b(?:mange|manger|avale|goute|tete|boit|boire|prend) (?:plus|pas|rien|que|qu|presque|mal|peu|tres peu"
    r"|petit|moins|a peine)\b|\b(?:veut|peut) (?:plus|pas|rien) (?:manger"
    r"|avaler|gouter)\b"
)
_A_BABY = re.compile(r"\bbebe\b|\bnourrisson\b|\bnouveau ne\b|\b\d{1,2} (?:mois|semaines|jours)\b")
_CRIES = re.compile(
    r"\b(?:pleur\w*|crie\w*|hurl\w*|geint|gemi\w*|grogne\w*|coliques?|dor(?:t|mir|s) (?:pas|plus|mal))\b"
)
_OF_THE_MIND = re.compile(
    r"\b(?:depress\w*|deprim\w*|angoiss\w*|anxi\w*|psy\w*|moral|triste\w*|alcool\w*|addict\w*|pleure\w*|cmp"
    r"|traitement"
    r"|scarif\w*|craqu\w*|epuis\w*|burn out|sommeil|dor[ts] plus)\b"
)
_HOSTED = re.compile(
    r"\b(?:dor[st]|heb|heberge\w*|loge\w*|vi[ts]|suis|est) (?:\w+ )?chez (?:un|une|des|mon|ma|mes|son|sa|ses) \w+"
    r"|\b(?:heb|heberge\w*|logee?) (?:par|chez) (?!moi|nous|eux|vous)\w+"
    r"|\b(?:dor[st]|dormir|squatte) (?:\w+ ){0,2}(?:canape|clic clac|salon|matelas|chambre)"
    r" (?:d une?|de (?:mon|ma|mes|son|sa)) "
)
_MUST_LEAVE = re.compile(
    r"\b(?:doi[ts]|devons|devra|faut|dois je|oblige\w* de) (?:\w+ ){0,2}(?:partir|quitter|sortir|liberer|degager)\b"
    r"|\b(?:met|mettent|mis) fin\b|\bfin d hebergement\b|\b(?:veut|peut|peuvent|veulent) plus (?:\w+ )?(?:heberger"
    r"|garder|accueillir)\b"
)
_TAKES_ROOM_BACK = re.compile(
    r"\b(?:recuper\w*|reprend\w*|a besoin de|aura besoin de|veut (?:recuperer|reprendre)) (?:le|la|son|sa|leur|ses)"
    r" (?:canape|clic clac|salon|chambre|studio|appart\w*|logement|place|piece|maison)\b"
)
_CHANCE_OF_A_LOST_ROOF = 0.2
_STILL_HARD = re.compile(
    r"\b(?:(?:a|qu a|par) un fil|sur (?:le|un) fil|fragile|trembl\w*|lutt\w*|combat|bataille|vacill\w*|chaque jour"
    r"|un jour apres l autre|pas facile|galere|rechut\w*|replong\w*|craqu\w*|envie|peur|dur|difficile|tenir"
    r"|tiens plus|aide\w*|manque|angoiss\w*|mal|deprim\w*)\b"
)
_HANGS_BY_A_THREAD = re.compile(
    r"\b(?:je |on |j |il |elle )?(?:tiens|tient|tenir|suspendue?) (?:\w+ ){0,2}(?:a|par) un fil\b"
    r"|\bsur le fil (?:du rasoir)?|\bpeur de (?:re)?(?:craquer|replonger|rechuter|tomber|reboire|rebasculer)\b"
    r"|\bpeur de la rechute\b"
)
_OF_AN_ADDICTION = re.compile(
    r"\b(?:pbs?|problemes?|soucis?|addictions?|dependances?|conso|consommations?|sevrage) ?:? ?(?:\w+ ){0,2}"
    r"(?:alcool\w*|oh|drogues?|cannabis|shit|cocaine|coke|heroine|crack|opiaces?|jeux?|tramadol)\b"
)
_NO_ADDICTION = re.compile(
    r"\b(?:pas|plus|aucun|aucune|ni|sans|ex|ancien\w*) (?:de |d )?(?:pbs?|problemes?|addictions?|dependances?|conso)"
)
_DRINKS = re.compile(
    r"\b(?:je|j|on) (?:\w+ )?(?:bois|picole\w*|me saoule\w*)\b(?! (?:pas|plus|que|rarement|jamais)\b).{0,40}"
    r"\b(?:trop|tous les (?:jours|soirs|matins)|du matin au soir|des le (?:matin|reveil)|en cachette"
    r"|tout(?:e)? seule?|sans arret"
    r"|beaucoup|pour (?:dormir|oublier|tenir))\b"
    r"|\b(?:j ai|je) (?:\w+ )?(?:re)?bu (?:\w+ )?(?:avant (?:\w+) (?:heures?|h)|avant \d+ ?h?|ce matin"
    r"|des le matin|au reveil|en cachette"
    r"|toute la (?:nuit|journee))\b|\bce matin j ai (?:re)?bu\b"
    r"|\b(?:arreter|arrete) de (?:boire|picoler)\b(?<!a arrete de boire)|\b(?:mon|un) probleme (?:d|avec l) ?alcool\b"
)
_DRINKS_NO_ALCOHOL = re.compile(
    r"\b(?:lait|eau|cafe|the|jus|biberons?|sein|bebe|soda|coca|infusion|tisane|sirop|potion|javel|produit)\b"
)
_ABOUT_THE_DRINKER = re.compile(
    r"\b(?:il|elle|mari|fils|fille|pere|mere|conjoint\w*) (?:\w+ ){0,3}(?:boi\w*|bu|picol\w*|arrete)\b"
)
_HARM_TO_A_BABY = re.compile(
    r"\b(?:secou\w*|frapp\w*|tap(?:e|er|ee?|ais)|gifl\w*|(?:lui|leur|le|la) fai(?:re|s) (?:du )?mal|jeter|etouff\w*"
    r"|oreiller|fenetre|danger|maltrait\w*|bless\w*|bleus?|neglig\w*|abandon\w*|supporte (?:plus|pas)|insult\w*"
    r"|(?:le|la) (?:laisse\w*|tuer|serre\w*|lach\w*|tombe\w*)|peur d(?:e|u) (?:moi|lui|le|la|geste|craquer|mon)"
    r"|hurl\w*|battu\w*|bat|viole\w*)\b"
)
_A_BEREAVED_OR_ABSENT = re.compile(
    r"\b(?:c etait|etait|s occupait|ouvrait|payait|gerait|faisait|avant c)\b.{0,80}\b(?:parti|decede|mort|plus la)\b"
)
_BY_A_PARTNER = re.compile(
    r"frapp|\btap|cogn|\bcoups?\b|gifl|etrangl|menac|viol|insult|control|surveill|peur|enferm|\btu(?:e|er|es)\b|\bbat"
    r"|humili|rabaiss|pouss|harcel|jalou|gueul|hurl|\bcri|cass|bleu|fouill|interdi|oblig|forc|serr|bris|suivi|vif|violen"
)
_SPOUSE = r"(?:femme|copine|compagne|epouse|mari|copain|compagnon|conjointe?|ex|mec|fiancee?)"
_OF_A_SPOUSE_S_VISIT = re.compile(
    rf"\b(?:ma|mon) {_SPOUSE}(?: \w+){{0,2}} (?:a|avait|aurait) (?:\w+ ){{0,2}}(?:rdv|rendez vous|entretien)\b"
    rf"|\bje suis (?:son|sa) {_SPOUSE}\b|\bc est (?:ma|mon) {_SPOUSE} quand meme\b"
)
_WANTS_TO_KNOW = re.compile(
    r"\b(?:donnez|dites|quelle heure|quand|l heure|savoir|confirme\w*|quel jour|droit|livret|verifie\w*)\b"
)
_COMES_ALONG = re.compile(
    r"\b(?:venir|viens|accompagn\w*|ensemble|annul\w*|deplac\w*|report\w*|empech\w*|malade|avec elle|avec lui|frapp\w*"
    r"|tap(?:e|ait|ee?)|menac\w*|peur|viol\w*|insult\w*|control\w*|battue?)\b"
)
_WHERE_ARE_THEY = re.compile(
    r"\b(?:ou|dans quel \w+) (?:\w+ )?(?:(?:elle|ils?|elles) (?:est|sont|se trouve\w*|habite\w*|dort|dorment|vit"
    r"|vivent)"
    r"|(?:est|sont|se trouve\w*) (?:elles?|ils?|partie?s?|passee?s?|ma|mon|mes|la))\b"
    r"|\b(?:vous|tu) (?:la|les|l|le) (?:cache[zs]?|avez (?:\w+ )?(?:cachee?s?|placee?s?|mise?s?|hebergee?s?"
    r"|emmenee?s?))\b"
    r"|\b(?:est|sont) (?:elles?|ils?) (?:chez vous|venue?s?|passee?s?)\b|\best (?:passee?|venue?) (?:chez vous"
    r"|vous voir)\b"
)
_ONE_S_OWN = re.compile(
    rf"\b(?:ma|mon) (?:ex )?{_SPOUSE}\b|\b(?:mere|pere) de (?:mes|mon|ma) (?:enfants?|fils|fille|petite?s?)\b"
)
_ASKED_OF_US = re.compile(r"\?|\b(?:vous|tu|dites|donnez|dis|savoir|droits?)\b")
_LOST_SIGHT_OF = re.compile(
    r"\b(?:disparu\w*|alzheimer|fugue\w*|inquiete?|perdue?s?|hopital|prison|garde a vue|police)\b"
)
"""Of whoever may be in danger: the line of the police is given as well, but it may tell another need."""
_SURE_OF_A_CHILD_IN_DANGER = 0.75
"""From which the model is believed of a child in danger, though the words seem calm."""
_STRANGERS_CHANCE = 0.9
"""From which the model is believed of a couple or a family, though only a stranger is named."""
_CHANCE_OF_AN_INSULT = 0.15
_AT_THE_OTHER_PARENT_S = re.compile(
    r"\b(?:enfants?|petite?s?|fils|filles?|gosses?|gamine?s?|grande?s?|aine\w*|ils|elles|il"
    r"|elle) (?:\w+ ){0,4}chez (?:leur|son|ses|leurs)"
    r" (?:pere|mere|papa|maman|grand (?:pere|mere|parents)|grands parents|mamie|papi)\b"
)
_HARM_TO_A_CHILD = re.compile(
    r"\b(?:frapp|tap[eé]|cogn|coups?\b|gifl|bleus?\b|marques?\b|peur|seule?s?\b|bu\b|boit|boire|alcool|ivre"
    r"|drogue|viol|touch|rend pas|ramen|crie"
    r"|hurl|danger|inqui|pleur|veu(?:t|lent) (?:pas|plus)|maltrait|enferm|arme|fusil|couteau|seche|mal\b|menac"
    r"|enlev|garde\b|refuse|retour|faim)"
)
_NAMES_A_HOME = re.compile(r"\b(?:loyer|logement|appart\w*|huissier|proprio\w*|proprietaire|bailleur|bail|dehors)\b")


def ruled(needs: list[str], chances: Mapping[str, float], words: str, signs: Collection[str]) -> list[str]:
    """The needs of a message once the rulings are applied; `chances`: of every need, by the model."""
    needs = _with_stated_debt(_without_unfounded_eviction(needs, chances, words), chances, words)
    needs = _with_no_address(_with_own_blows(needs, words), chances, words)
    needs = _of_care(_of_a_pregnancy(needs, words), words)
    needs = _without_likely_beside(_without_work_there_is(needs, words), words)
    needs = _with_a_host_s_roof_lost(_with_a_child_who_does_not_eat(needs, words), chances, words)
    needs = _without_a_creche_that_speaks(_without_danger_for_a_newborn(needs, words), words)
    needs = _of_an_elder(_without_strangers(needs, chances, words), words, signs)
    needs = settled_in_plain_words(_with_a_hard_time(needs, words), words)
    needs = _without_danger_of_a_lone_parent(needs, chances, words)
    return _with_children(_without_unnamed_partner(needs, words), signs)


def ruled_out(words: str) -> set[str]:
    """The needs that words do not tell here: "expulsé du lycée" is no eviction, a husband in a novel is nobody's."""
    out = {"expulsion"} if _OUT_OF_SCHOOL.search(words) and not _NAMES_A_HOME.search(words) else set()
    if threatens(words):
        out |= DANGERS | {"sante_mentale"}  # whoever threatens is no victim
    if tells_a_story(words):
        out |= DANGERS
    if shut_out_by_mishap(words):
        out |= {"expulsion", "hebergement_urgence"}
    if lost_in_a_subject(words):
        out |= {"hebergement_urgence"}
    out |= named_by_a_detail(words) | untrue_in_plain_words(words)
    if moves_away(words):
        out |= {"sante_mentale"}
    if _A_BEREAVED_OR_ABSENT.search(words) and not _BY_A_PARTNER.search(words):
        out |= {"violence_conjugale"}
    if denies_dark_thoughts(words) and not _OF_THE_MIND.search(words):
        out |= {"sante_mentale"}
    if is_sober(words) and not _STILL_HARD.search(words):
        out |= {"sante_mentale"}
    if _AT_THE_OTHER_PARENT_S.search(words) and not _HARM_TO_A_CHILD.search(words):
        out |= {"enfance_danger"}
    calm_mind = denies_dying(words) and not _OF_THE_MIND.search(words)
    if jokes_of_death(words) or calm_mind or is_stable(words):
        out |= {"sante_mentale"}
    if wearies(words) or a_thing_wearies(words):
        out |= VIOLENCES
    if asks_about_a_spouse(words):
        out |= {"violence_conjugale"}
    return out


def _with_a_hard_time(needs: list[str], words: str) -> list[str]:
    """Who stays sober by a thread suffers; a mother who weeps since the birth is for those who follow mothers."""
    told = [
        need for need, says in (("post_natal", weeps_after_birth(words)), ("sante_mentale", relapses(words))) if says
    ]
    return list(dict.fromkeys([*needs, *told]))


def told_plainly(words: str) -> set[str]:
    """The needs that words tell whatever the model believes: an addiction, a sobriety that hangs by a thread."""
    addicted = _OF_AN_ADDICTION.search(words) and not _NO_ADDICTION.search(words)
    hangs = _HANGS_BY_A_THREAD.search(words) and (is_sober(words) or _OF_THE_MIND.search(words))
    drinks = _DRINKS.search(words) and not (_DRINKS_NO_ALCOHOL.search(words) or _ABOUT_THE_DRINKER.search(words))
    told = {"sante_mentale"} if ((addicted or drinks) and not is_sober(words)) or hangs else set()
    return told | told_in_plain_words(words)


def _with_a_host_s_roof_lost(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who sleeps at somebody's and must leave will have no roof (needs.md)."""
    likely = chances.get("hebergement_urgence", 0.0) >= _CHANCE_OF_A_LOST_ROOF and _MUST_LEAVE.search(words)
    lost = (likely or _TAKES_ROOM_BACK.search(words)) and _HOSTED.search(words)
    return [*needs, "hebergement_urgence"] if lost and needs and "hebergement_urgence" not in needs else needs


def _without_strangers(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Of blows by a neighbour or an unknown person, no violence of a couple or a family (needs.md)."""
    theirs = {
        code for code in ("violence_conjugale", "violence_familiale") if chances.get(code, 0.0) < _STRANGERS_CHANCE
    }
    return [need for need in needs if need not in theirs] if theirs and by_a_stranger(words) else needs


def of_an_insult(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who is told to die suffers violence: the likeliest one, and no sadness of their own making."""
    if not insulted_to_death(words):
        return needs
    theirs = "violence_conjugale" if names_a_partner(words) else "violence_familiale"
    suffered = [need for need in needs if need in DANGERS] or [theirs] * (
        chances.get(theirs, 0.0) >= _CHANCE_OF_AN_INSULT
    )
    others = [need for need in needs if need not in {*suffered, "sante_mentale"}]
    return [*suffered, *others] if suffered else needs


def _without_a_creche_that_speaks(needs: list[str], words: str) -> list[str]:
    """Of a child whom the crèche worries about, no childcare is asked for beside: "la crèche dit d'être patient"."""
    speaks = len(needs) > 1 and only_where_the_child_is(words)
    return [need for need in needs if need != "mode_garde"] if speaks else needs


def _without_danger_for_a_newborn(needs: list[str], words: str) -> list[str]:
    """Of a new mother who cries, without a word of any harm, no child is in danger: her own follow-up (needs.md)."""
    unfounded = {"post_natal", "enfance_danger"} <= set(needs) and not _HARM_TO_A_BABY.search(words)
    return [need for need in needs if need != "enfance_danger"] if unfounded else needs


def _without_danger_of_a_lone_parent(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Of who brings a child up alone, or fears to lose it, no danger that is only likely: "papa solo d'une gamine"."""
    unfounded = chances.get("enfance_danger", 0.0) < _SURE_OF_A_CHILD_IN_DANGER and calm_parent(words)
    return [need for need in needs if need != "enfance_danger"] if unfounded else needs


def _of_an_elder(needs: list[str], words: str, signs: Collection[str]) -> list[str]:
    """Of the ill-treatment of an old person, without a word of any child, the family's violence (needs.md)."""
    of_child = "enfance_danger" in needs and "maltraitance_age" in signs and not names_a_child(words)
    if not of_child:
        return needs
    left = [need for need in needs if need != "enfance_danger"]
    return left if "violence_familiale" in left else ["violence_familiale", *left]


def _with_children(needs: list[str], signs: Collection[str]) -> list[str]:
    """Of violence told by a minor, or that children saw, the children are in danger too (needs.md)."""
    suffers = "violence_familiale" in needs and "mineur_seul" in signs
    sees = VIOLENCES & set(needs) and "enfants_temoins" in signs
    return [*needs, "enfance_danger"] if (suffers or sees) and "enfance_danger" not in needs else needs


def _without_unfounded_eviction(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Of rent that is owed, without a word of any act or of leaving, no eviction is threatened (needs.md)."""
    owed = "expulsion" in needs and "impaye_loyer" in needs and chances["expulsion"] < _SURE_OF_AN_ACT
    return [need for need in needs if need != "expulsion"] if owed and not _AN_ACT.search(words) else needs


def _with_stated_debt(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Beside an eviction, the rent that is said to be owed (needs.md)."""
    owed = chances["impaye_loyer"] >= _CHANCE_OF_A_STATED_DEBT and _OWES_RENT.search(words)
    return [*needs, "impaye_loyer"] if owed and "expulsion" in needs and "impaye_loyer" not in needs else needs


def _with_own_blows(needs: list[str], words: str) -> list[str]:
    """A parent who says to have hit tells of a child in danger too (needs.md)."""
    hit = "parentalite" in needs and "enfance_danger" not in needs and _HAS_HIT.search(words)
    return ["enfance_danger", *needs] if hit else needs


def _of_a_pregnancy(needs: list[str], words: str) -> list[str]:
    """Who hesitates or wants to end a pregnancy is led to no antenatal visit; who says neither is to no abortion."""
    if "ivg" not in needs:
        return needs
    others = [need for need in needs if need not in ("ivg", "grossesse_suivi")]
    return [*others, "ivg" if _SPEAKS_OF_ENDING.search(words) else "grossesse_suivi"]


def _of_care(needs: list[str], words: str) -> list[str]:
    """Who asks for a card for the doctor or the AME lacks a cover (needs.md); who asks which card to bring does not."""
    asked_of = _CARD_TO_BRING.search(words) and not _OF_A_COVER.search(words)
    if asked_of:
        return [need for need in needs if need != "css_sante"]
    if not _CARD_FOR_CARE.search(words) and not _STATE_MEDICAL_AID.search(words):
        return needs
    return list(dict.fromkeys([*(need for need in needs if need != "handicap_mdph"), "css_sante"]))


def _without_likely_beside(needs: list[str], words: str) -> list[str]:
    """The needs without those that are only told much like another one: of a bill of electricity, no rent is owed."""
    beside = {
        second
        for (first, second), named in _TOLD_ONLY_BY_NAME.items()
        if {first, second} <= set(needs) and not named.search(words)
    }
    screened = {"depistage_ist", "contraception"} <= set(needs) and _A_MAN_OR_WEEKS_AGO.search(words)
    if screened and not _SPEAKS_OF_CONTRACEPTION.search(words):
        beside.add("contraception")
    return [need for need in needs if need not in beside]


def _without_work_there_is(needs: list[str], words: str) -> list[str]:
    """Who tells of the work or the apprenticeship they have looks for none: "j'ai un patron"."""
    has_work = _AT_WORK.search(words) and not seeks_work(words)
    return [need for need in needs if need != "insertion_emploi"] if has_work else needs


def _with_a_child_who_does_not_eat(needs: list[str], words: str) -> list[str]:
    """Of a child under six who refuses food, the PMI's consultation beside what wears the parents out (needs.md)."""
    refuses = "parentalite" in needs and _SMALL_CHILD.search(words) and _REFUSES_FOOD.search(words)
    poorly = _A_BABY.search(words) and _REFUSES_FOOD.search(words) and _CRIES.search(words)
    told = (refuses or poorly) and "consultation_enfant" not in needs
    return [*needs, "consultation_enfant"] if told else needs


def _with_no_address(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who says to have no address any more needs one, beside what it costs them: "RSA coupé, plus d'adresse"."""
    likely = chances["domiciliation"] >= _CHANCE_OF_NO_ADDRESS and _NO_ADDRESS.search(words)
    return [*needs, "domiciliation"] if likely and needs and "domiciliation" not in needs else needs


def _without_unnamed_partner(needs: list[str], words: str) -> list[str]:
    """Of the violence of a relative, without a word of any partner, none is the partner's (needs.md)."""
    of_both = VIOLENCES <= set(needs)
    relative = names_a_relative(words) and not names_a_partner(words)
    return [need for need in needs if need != "violence_conjugale"] if of_both and relative else needs


def asks_about_a_spouse(words: str) -> bool:
    """Whether the writer asks when or where their spouse is expected: nothing is said, whoever asks (needs.md)."""
    asked = _OF_A_SPOUSE_S_VISIT.search(words) and _WANTS_TO_KNOW.search(words)
    words_of_search = _WHERE_ARE_THEY.search(words) and _ONE_S_OWN.search(words) and _ASKED_OF_US.search(words)
    where = bool(words_of_search) and not _LOST_SIGHT_OF.search(words)
    return bool(asked or where) and not _COMES_ALONG.search(words)


def speaks_as_landlord(words: str) -> bool:
    """Whether normalised words are those of somebody who has tenants."""
    return bool(_A_LANDLORD.search(words))
