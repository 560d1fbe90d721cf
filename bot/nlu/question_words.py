"""Words that a usual question holds: without any of them, one that the model hardly hears is another question.

"Faut-il qu'un médecin l'atteste ?" is shaped like "faut-il un rendez-vous ?", and asks something else: who knows is
then named, instead of an answer that does not fit. Words are normalised (bot/nlu/text.py).
"""

import re

_FITTING = {
    "info_cout": re.compile(
        r"\b(?:combien|pay\w+|paie\w*|cher|chere|prix|tarifs?|cout\w*|gratuit\w*|frais|avanc\w+|sous|thunes?|regler"
        r"|budget|debours\w*|rembours\w*|facture\w*|carte bleue|cb|rien a (?:sortir|donner)|argent)\b"
    ),
    "info_duree": re.compile(
        r"\b(?:temps|dur\w+|longs?|longtemps|lent\w*|delais?|quand|attend\w*|attente|jours?|semaines?|mois|vite|rapide\w*"
        r"|heures?|minutes?|plombes|tot|tard|ans?|annees?)\b"
    ),
    "info_accueil": re.compile(
        r"\b(?:qui|recoi\w*|recev\w*|recu\w*|accueil\w*|assistante?s?|psy\w*|metiers?|rencontr\w*|interlocut\w*"
        r"|deroul\w*|se passe\w*|specialis\w*|conseill\w*|educ\w*|sages?|medecins?|juriste\w*|quelqu un|personnes?)\b"
    ),
    "info_sans_rdv": re.compile(
        r"\b(?:rdv|rendez|creneaux?|pass\w+|ven\w+|vien\w*|direct\w*|reserv\w*|point\w+|present\w+|debarqu\w*|entr\w+"
        r"|convo\w*|spontan\w*|improviste|libre\w*|acces|numero|file|inscri\w*|renvoi\w*|appel\w*|telephon\w*"
        r"|prendr\w*|aller|vais|ramen\w*)\b"
    ),
    "info_adresse": re.compile(
        r"\b(?:ou|adresse\w*|rues?|metro|bus|loin|pres|aller|vais|va|venir|acces\w*|ascenseur|etages?|fauteuil|trouv\w*"
        r"|situ\w*|parking|gar\w+|itineraire|chemin|quartier|plan|lieux?|endroit|clichy|levallois|locaux|bureaux?|pieds?"
        r"|tram\w*|poussette|marches?|rend\w*|quelle ville|coin|bat\w*|immeuble|vous etes)\b"
    ),
    "info_papiers": re.compile(
        r"\b(?:papiers?|documents?|apport\w*|amen\w*|ramen\w*|prend\w*|justifi\w*|pieces?|carte|dossier|fourn\w*|carnet"
        r"|bail|prouv\w*|preuves?|fiches?|bulletins?|quittances?|avis|attestation\w*|photocop\w*|original\w*|livret"
        r"|identite|quoi|koi|passeport|rib|factures?|courriers?|ordonnance|montrer|avec)\b"
    ),
    "info_accompagnant": re.compile(
        r"\b(?:accompagn\w*|ven\w+|vien\w*|avec|ensemble|seule?|deux|trois|present\w*|entrer|assist\w*|emmen\w*"
        r"|amen\w*|ramen\w*|tout le monde|poussette|garder|laisser|interpret\w*|tradu\w*|etre la)\b"
    ),
}
_TO_BE_PAID = re.compile(
    r"\b(?:me|m|nous|lui|leur) (?:\w+ )?(?:payer|paye|paient|rembours\w*|vers\w*|verse|rendre|rendent)\b"
    r"|\baides? (?:\w+ )?(?:en argent|financ\w*)\b"
)
"""Of money that one hopes for, which is no price: "ils vont me payer le retard ?"."""


def fits(question: str, words: str) -> bool:
    """Whether normalised words hold one of those that this usual question is asked with; true of any other question."""
    asked_with = _FITTING.get(question)
    if question == "info_cout" and _TO_BE_PAID.search(words):
        return False
    return asked_with is None or bool(asked_with.search(words))
