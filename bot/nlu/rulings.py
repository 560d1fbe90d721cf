"""The rulings of needs.md that plain words decide, whatever the model believes: what is no eviction, whose violence.

Words are normalised (bot/nlu/text.py).
"""

import re
from collections.abc import Collection, Mapping

_A_LANDLORD = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) locataires?\b|\bje loue (?:un|une|mon|ma) (?:\w+ ){1,3}a (?:un|une|des)\b"
)
_AN_ACT = re.compile(
    r"\b(?:expuls\w*|dehors|huissiers?|commissaires?|commandement|assign\w*|audience|tribunal|jug\w+|conge|preavis"
    r"|cql|cfp"
    r"|quitter|partir|vir\w+|police|serrure|lettre|courrier|papier|recommande|menac\w*|resili\w*|bail|procedure)\b"
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
    r"|solutions?|options?|choix|choisir|enlever|stop\w*|arreter|deci[ds]\w*|reflech\w*|delais?|semaines max|pilule)\b"
)
_LATER = re.compile(
    r"\b(?:jusqu\w*(?: a| au)? (?:dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|noel|la fin|\d+)|apres"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) prochain|fin du mois|bientot"
    r"|dans (?:\d+|une|deux|trois) \w+)\b"
)
_TONIGHT = re.compile(
    r"\b(?:ce soir|cette nuit|maintenant|tout de suite|dehors|rue|voiture|dormi|depuis|trottoir|gare"
    r"|parking|hall|cave)\b"
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
_SEEKS_WORK = re.compile(
    r"\b(?:cherch\w*|perdu\w*|chomage|licenci\w*|reconver\w*|reprendre|cv|embauch\w*|postul\w*|reorient\w*|rupture"
    r"|rompu"
    r"|france travail|mission locale|demission\w*|changer|trouver|emploi|(?:plus|sans|pas) (?:de )?(?:patron|boulot"
    r"|travail)"
    r"|(?:contrat|cdi|cdd|apprentissage|patron) (?:\w+ ){0,2}(?:fini\w*|termin\w*|arret\w*|cass\w*|rompu|parti|vire\w*)"
    r"|apres (?:le|mon|ca)|ensuite|un autre)\b"
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
    r"\b(?:mutuel\w*|complementaire|css|cmu|ame|perdue?|volee?|renouvel\w*|plus de|pas de|j ai pas|n ai pas|sans|marche"
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
    r"|\b(?:mange|avale|goute) (?:plus|pas|rien|que|qu|presque)\b|\b(?:veut|peut) (?:plus|pas|rien) (?:manger"
    r"|avaler|gouter)\b"
)
_A_STORY = re.compile(
    r"\b(?:ecris|ecrit|ecrire|tourne) (?:\w+ )?(?:un|une|mon|le|la)"
    r" (?:\w+ )?(?:polar|roman|livre|scenario|film|nouvelle|piece|bd|serie|conte|thriller)\b"
    r"|\bdans (?:mon|le|un|ce|son) (?:polar|roman|livre|scenario|film|thriller|chapitre|jeu)\b"
)
_SUFFERS_IT = re.compile(
    r"\b(?:me|m|nous) (?:a |ai |ont )?(?:frapp|tap|bat|menac|etrangl|viol|cogn|insult|gifl|fait (?:du )?mal)\w*"
)
_OF_STORIES = frozenset({"violence_conjugale", "violence_familiale", "enfance_danger"})
_NO_DARK_THOUGHTS = re.compile(
    r"\b(?:ids|idees? (?:noires|suicidaires)|propos suicidaires) (?:ce jour )?(?:sont |est )?(?:niees?|refutees?"
    r"|absentes?"
    r"|non (?:verbalise|retrouve|exprime)\w*)\b|\b(?:pas d|sans|aucune|ni|nie toute?s?|nie (?:les|des)) ?(?:ids"
    r"|idees? suicidaires?)\b"
)
_OF_DYING = re.compile(
    r"\bmourir\b|\bsuicid\w*|\b(?:se|me) tuer\b|\ben finir\b|\bids\b|\btentatives?\b|\bts\b|\bscarif\w*"
)
_OF_THE_MIND = re.compile(
    r"\b(?:depress\w*|deprim\w*|angoiss\w*|anxi\w*|psy\w*|moral|triste\w*|alcool\w*|addict\w*|pleure\w*|cmp|traitement"
    r"|scarif\w*|craqu\w*|epuis\w*|burn out|sommeil|dor[ts] plus)\b"
)
_HOSTED = re.compile(
    r"\b(?:dor[st]|heb|heberge\w*|loge\w*|vi[ts]|suis|est) (?:\w+ )?chez (?:un|une|des|mon|ma|mes|son|sa|ses) \w+"
)
_MUST_LEAVE = re.compile(
    r"\b(?:doi[ts]|devons|devra|faut|dois je|oblige\w* de) (?:\w+ ){0,2}(?:partir|quitter|sortir|liberer|degager)\b"
    r"|\b(?:met|mettent|mis) fin\b|\bfin d hebergement\b|\b(?:veut|peut|peuvent|veulent) plus (?:\w+ )?(?:heberger"
    r"|garder|accueillir)\b"
)
_CHANCE_OF_A_LOST_ROOF = 0.2
_THREATENS = re.compile(
    r"\b(?:(?:vais|finirai par|finir par) (?:la|le|les) (?:re)?trouver|quand je (?:la|le|les) (?:re)?trouve\w*)\b"
    r".{0,80}"
    r"\b(?:regle\w* (?:son|leur) compte|tuer?|verra"
    r"|comprendr\w*|pai?er\w*|payer\w*|regrett\w*|douleur|mal)\b"
)
_NAMES_A_HOME = re.compile(r"\b(?:loyer|logement|appart\w*|huissier|proprio\w*|proprietaire|bailleur|bail|dehors)\b")
_NAMES_A_PARTNER = re.compile(
    r"\b(?:mari|maris|conjointe?s?|copain|copine|compagnon|compagne|ex|femme|mec|epoux|epouse|couple|vif|fiancee?|cheri"
    r"|partenaire|concubine?|monsieur)\b"
)
_NAMES_A_RELATIVE = re.compile(
    r"\b(?:frere|soeur|pere|mere|fils|fille|neveu|niece|oncle|tante|cousine?|grand (?:pere|mere)|petit fils|papa|maman"
    r"|daronn?e?|parents|gendre|belle fille)\b"
)


def ruled(needs: list[str], chances: Mapping[str, float], words: str, signs: Collection[str]) -> list[str]:
    """The needs of a message once the rulings are applied; `chances`: of every need, by the model."""
    needs = _with_stated_debt(_without_unfounded_eviction(needs, chances, words), chances, words)
    needs = _with_no_address(_with_own_blows(needs, words), chances, words)
    needs = _of_care(_of_a_pregnancy(needs, words), words)
    needs = _without_likely_beside(_without_work_there_is(needs, words), words)
    needs = _with_a_host_s_roof_lost(_with_a_child_who_does_not_eat(needs, words), chances, words)
    return _with_children(_without_unnamed_partner(needs, words), signs)


def ruled_out(words: str) -> set[str]:
    """The needs that words do not tell here: "expulsé du lycée" is no eviction, a husband in a novel is nobody's."""
    of_school = {"expulsion"} if _OUT_OF_SCHOOL.search(words) and not _NAMES_A_HOME.search(words) else set()
    told_of = _OF_STORIES if _A_STORY.search(words) and not _SUFFERS_IT.search(words) else frozenset()
    mind = {"sante_mentale"} if denies_dark_thoughts(words) and not _OF_THE_MIND.search(words) else set()
    return of_school | told_of | mind


def denies_dark_thoughts(words: str) -> bool:
    """Whether a professional's note says that there are none, and nothing else of dying: "IDS niées"."""
    left = _NO_DARK_THOUGHTS.sub(" ", words)
    return left != words and not _OF_DYING.search(left)


def _with_a_host_s_roof_lost(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who sleeps at somebody's and must leave will have no roof (needs.md)."""
    likely = chances.get("hebergement_urgence", 0.0) >= _CHANCE_OF_A_LOST_ROOF
    lost = likely and _HOSTED.search(words) and _MUST_LEAVE.search(words)
    return [*needs, "hebergement_urgence"] if lost and needs and "hebergement_urgence" not in needs else needs


def _with_children(needs: list[str], signs: Collection[str]) -> list[str]:
    """Of violence told by a minor, or that children saw, the children are in danger too (needs.md)."""
    suffers = "violence_familiale" in needs and "mineur_seul" in signs
    sees = {"violence_conjugale", "violence_familiale"} & set(needs) and "enfants_temoins" in signs
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
    has_work = _AT_WORK.search(words) and not _SEEKS_WORK.search(words)
    return [need for need in needs if need != "insertion_emploi"] if has_work else needs


def _with_a_child_who_does_not_eat(needs: list[str], words: str) -> list[str]:
    """Of a child under six who refuses food, the PMI's consultation beside what wears the parents out (needs.md)."""
    refuses = "parentalite" in needs and _SMALL_CHILD.search(words) and _REFUSES_FOOD.search(words)
    return [*needs, "consultation_enfant"] if refuses and "consultation_enfant" not in needs else needs


def roof_until_later(words: str) -> bool:
    """Whether normalised words tell of a roof that ends one of these days, and of nothing tonight."""
    return bool(_LATER.search(words)) and not _TONIGHT.search(words)


def _with_no_address(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who says to have no address any more needs one, beside what it costs them: "RSA coupé, plus d'adresse"."""
    likely = chances["domiciliation"] >= _CHANCE_OF_NO_ADDRESS and _NO_ADDRESS.search(words)
    return [*needs, "domiciliation"] if likely and needs and "domiciliation" not in needs else needs


def threatens(words: str) -> bool:
    """Whether normalised words threaten to find and hurt somebody: an emergency, whatever else they tell (needs.md)."""
    return bool(_THREATENS.search(words))


def names_a_relative(words: str) -> bool:
    """Whether normalised words name a relative by blood or marriage, other than a partner."""
    return bool(_NAMES_A_RELATIVE.search(words))


def _without_unnamed_partner(needs: list[str], words: str) -> list[str]:
    """Of the violence of a relative, without a word of any partner, none is the partner's (needs.md)."""
    of_both = {"violence_conjugale", "violence_familiale"} <= set(needs)
    relative = names_a_relative(words) and not names_a_partner(words)
    return [need for need in needs if need != "violence_conjugale"] if of_both and relative else needs


def names_a_partner(words: str) -> bool:
    """Whether normalised words name somebody's spouse, companion or former one."""
    return bool(_NAMES_A_PARTNER.search(words))


def speaks_as_landlord(words: str) -> bool:
    """Whether normalised words are those of somebody who has tenants."""
    return bool(_A_LANDLORD.search(words))
