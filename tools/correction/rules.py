"""Which labels may be learned: known codes, and the rulings on urgency."""

from collections.abc import Iterator

from bot.nlu.labels import SITUATION_INTENT
from tools.correction.form import Correction, Label
from tools.correction.project import ACTS_AMONG_NEEDS, Codes

_NEED_OF_KIND = {"child": "enfance_danger", "suicide": "sante_mentale", "shelter": "hebergement_urgence"}
"""The need that an emergency of this kind always carries."""
_HUNGER = ("aide_alimentaire",)


def label_faults(label: Label, codes: Codes) -> Iterator[str]:
    """Why a label cannot be learned, a French sentence each; nothing when it can."""
    yield from _unknown(label, codes)
    if (label.urgency == "emergency") != (label.emergency_kind is not None):
        yield "emergency_kind va avec urgency: emergency, et seulement avec elle"
    if label.intent == SITUATION_INTENT:
        yield from _urgency_faults(label)
    elif label.needs or label.urgency != "none" or label.emergency_kind:
        yield f"l'intention « {label.intent} » ne porte ni besoin ni urgence"


def commune_faults(correction: Correction, codes: Codes) -> Iterator[str]:
    """A commune is written only where it was corrected, and by its name."""
    read, right = correction.read.commune, correction.right.commune
    if {read, right} - {None} - codes.communes:
        yield "commune inconnue de l'annuaire"
    if read is not None and read == right:
        yield "la commune n'est pas corrigée : ne pas l'écrire"


def _unknown(label: Label, codes: Codes) -> Iterator[str]:
    if label.intent not in codes.intents:
        yield "intention inconnue de domain.yml, ou qui ne s'apprend pas"
    for need in label.needs:
        if need in ACTS_AMONG_NEEDS:
            yield f"« {need} » n'est pas un besoin mais un acte : l'écrire dans intent"
        elif need not in codes.needs:
            yield f"besoin inconnu de data/orientation : « {need} »"


def _urgency_faults(label: Label) -> Iterator[str]:
    expected = _NEED_OF_KIND.get(label.emergency_kind or "")
    if expected and expected not in label.needs:
        yield f"une urgence « {label.emergency_kind} » porte toujours le besoin {expected}"
    if label.urgency == "emergency" and label.needs == _HUNGER:
        yield "la faim seule n'est jamais emergency : soon"
