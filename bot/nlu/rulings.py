"""The rulings of needs.md that plain words decide, whatever the model believes: what is no eviction, whose violence.

Words are normalised (bot/nlu/text.py).
"""

import re
from collections.abc import Collection, Mapping

_A_LANDLORD = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) locataires?\b|\bje loue (?:un|une|mon|ma) (?:\w+ ){1,3}a (?:un|une|des)\b"
)
_AN_ACT = re.compile(
    r"\b(?:expuls\w*|dehors|huissiers?|commissaires?|commandement|assign\w*|audience|tribunal|jug\w+|conge|preavis|cql|cfp"
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
    r"|solutions?|options?|choix|choisir|enlever|stop\w*|arreter|decid\w*|reflech\w*|delais?|semaines max|pilule)\b"
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
    needs = _of_a_pregnancy(needs, words)
    return _with_children(_without_unnamed_partner(needs, words), signs)


def ruled_out(words: str) -> set[str]:
    """The needs that words with two meanings do not tell here: "expulsé du lycée" is no eviction (needs.md)."""
    return {"expulsion"} if _OUT_OF_SCHOOL.search(words) and not _NAMES_A_HOME.search(words) else set()


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
