"""The rulings of needs.md that plain words decide, whatever the model believes: what is no eviction, whose violence.

Words are normalised (bot/nlu/text.py).
"""

import re
from collections.abc import Collection, Mapping

_A_LANDLORD = re.compile(
    r"\b(?:mon|ma|mes|notre|nos) locataires?\b|\bje loue (?:un|une|mon|ma) (?:\w+ ){1,3}a (?:un|une|des)\b"
)
_AN_ACT = re.compile(
    r"\b(?:expuls\w*|dehors|huissiers?|commissaires?|commandement|assign\w*|audience|tribunal|jug\w+|conge"
    r"|preavis|cql|cfp"
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
    r"|solutions?|options?|choix|choisir|enlever|stop\w*|arreter|deci[ds]\w*|reflech\w*|delais?|semaines max"
    r"|pilule)\b"
)
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
"""A night outside that has a day to come: "le 16 je dors dehors"."""
_OUT_ALREADY = re.compile(
    r"\b(?:ce soir|cette nuit|maintenant|tout de suite|depuis|deja|hier|dormi|a (?:mis|vire|jete|foutu)|m ont"
    r"|suis (?:mise?|viree?))\b"
)
_MONTHS_AWAY = re.compile(r"\bdans (?:\d+|un|deux|trois|quatre|cinq|six|quelques) mois\b")
_TONIGHT = re.compile(
    r"\b(?:ce soir|cette nuit|maintenant|tout de suite|(?<!serai )(?<!serons )(?<!sera )dehors|rue|voiture"
    r"|dormi|depuis|trottoir|gare"
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
    r"|(?:contrat|cdi|cdd|apprentissage|patron) (?:\w+ ){0,2}(?:fini\w*|termin\w*|arret\w*|cass\w*|rompu|parti"
    r"|vire\w*)"
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
    r"|\b(?:mange|avale|goute) (?:plus|pas|rien|que|qu|presque)\b|\b(?:veut|peut) (?:plus|pas|rien) (?:manger"
    r"|avaler|gouter)\b"
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
_OF_THE_MIND = re.compile(
    r"\b(?:depress\w*|deprim\w*|angoiss\w*|anxi\w*|psy\w*|moral|triste\w*|alcool\w*|addict\w*|pleure\w*|cmp"
    r"|traitement"
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
_SOBER = re.compile(
    r"\b(?:arrete|stoppe) (?:de )?(?:l |la |le )?(?:alcool|boire|drogue|fumer|cannabis|shit|coke|heroine|bouteille)\b"
    r"|\b(?:suis|reste) (?:sobre|abstinente?|clean|sevree?)\b|\b(?:plus bu|plus touche) (?:\w+ ){0,4}depuis\b"
    r"|\b(?:sobre|abstinente?|clean|sevree?) depuis\b|\bdepuis (?:\w+ ){1,2}(?:jours?|semaines?|mois"
    r"|ans?) (?:je suis )?(?:sobre|abstinente?)\b"
    r"|\bpas (?:re)?bu (?:une goutte )?depuis\b|\bque j ai (?:pas|plus|rien) (?:re)?bu\b"
)
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
_BY_A_THREAD = re.compile(
    r"\b(?:je|on|ca|moi|et|mais) (?:ne )?(?:tien[st]|tenons) (?:vraiment |plus |encore |juste )?(?:qu |que )?(?:a"
    r"|par|sur) un fil\b"
    r"|\bau bord (?:de la rechute|de rechuter|de craquer|du gouffre)\b"
)
"""At the end of one's strength, without a death wish: one asks, and days count."""
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
    r"|curiosite|fatigue|sommeil|envie|rire)\b|\b(?:tue|tuent) (?:avec|a force de)\b"
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
_THEIR_VISIT = re.compile(
    r"\b(?:ma femme|mon mari|ma copine|mon copain|mon ex|ma compagne|mon compagnon|mon conjoint|ma conjointe"
    r"|mon epouse)\b.*\b(?:rdv|rendez vous)\b"
    r"|\b(?:rdv|rendez vous) (?:de|pour) (?:ma femme|mon mari|ma copine|mon copain|ma compagne|mon compagnon"
    r"|mon epouse)\b"
)
_VIOLENT = re.compile(
    r"\b(?:frapp|tap[eé]|cogn|coups?\b|gifl|etrangl|menac|viol|insult|control|surveill|peur|enferm|tuer?\b"
    r"|bats?\b|battu|humili|rabaiss|pouss"
    r"|harcel|jalou|gueul|hurl|crie|bleus?\b|fouill|interdi|confisqu)"
)
_STRANGERS_CHANCE = 0.9
"""From which the model is believed of a couple or a family, though only a stranger is named."""
_CHANCE_OF_AN_INSULT = 0.15
_DANGERS = frozenset({"violence_conjugale", "violence_familiale", "enfance_danger"})
_NAMES_A_HOME = re.compile(r"\b(?:loyer|logement|appart\w*|huissier|proprio\w*|proprietaire|bailleur|bail|dehors)\b")
_NAMES_A_PARTNER = re.compile(
    r"\b(?:mari|maris|conjointe?s?|copain|copine|compagnon|compagne|ex|femme|mec|epoux|epouse|couple|vif|fiancee?"
    r"|cheri"
    r"|partenaire|concubine?|monsieur)\b"
)
_NAMES_A_RELATIVE = re.compile(
    r"\b(?:frere|soeur|pere|mere|fils|fille|neveu|niece|oncle|tante|cousine?|grand (?:pere|mere)|petit fils|papa"
    r"|maman"
    r"|daronn?e?|parents|gendre|belle fille)\b"
)
_NAMES_A_CHILD = re.compile(
    r"\b(?:enfants?|bebe|gamine?s?|gosses?|petite?s?(?! (?:fils|fille|dame|vieille|retraite|monsieur))"
    r"|mineure?s?|eleves?"
    r"|ados?|nourrissons?|ecole|creche|[1-9] ans|1[0-7] ans)\b"
)


def ruled(needs: list[str], chances: Mapping[str, float], words: str, signs: Collection[str]) -> list[str]:
    """The needs of a message once the rulings are applied; `chances`: of every need, by the model."""
    needs = _with_stated_debt(_without_unfounded_eviction(needs, chances, words), chances, words)
    needs = _with_no_address(_with_own_blows(needs, words), chances, words)
    needs = _of_care(_of_a_pregnancy(needs, words), words)
    needs = _without_likely_beside(_without_work_there_is(needs, words), words)
    needs = _with_a_host_s_roof_lost(_with_a_child_who_does_not_eat(needs, words), chances, words)
    needs = _without_a_creche_that_speaks(_without_danger_for_a_newborn(needs, words), words)
    needs = _of_an_elder(_without_strangers(needs, chances, words), words, signs)
    needs = _with_a_hard_time(needs, words)
    return _with_children(_without_unnamed_partner(needs, words), signs)


def _with_a_hard_time(needs: list[str], words: str) -> list[str]:
    """Who stays sober by a thread suffers; a mother who weeps since the birth is for those who follow mothers."""
    told = [
        need for need, says in (("post_natal", weeps_after_birth(words)), ("sante_mentale", relapses(words))) if says
    ]
    return list(dict.fromkeys([*needs, *told]))


def ruled_out(words: str) -> set[str]:
    """The needs that words do not tell here: "expulsé du lycée" is no eviction, a husband in a novel is nobody's."""
    out = {"expulsion"} if _OUT_OF_SCHOOL.search(words) and not _NAMES_A_HOME.search(words) else set()
    if threatens(words):
        out |= _DANGERS | {"sante_mentale"}  # whoever threatens is no victim
    if tells_a_story(words):
        out |= _DANGERS
    if shut_out_by_mishap(words):
        out |= {"expulsion", "hebergement_urgence"}
    if _AT_SEA.search(words):
        out |= {"hebergement_urgence"}
    if moves_away(words):
        out |= {"sante_mentale"}
    if denies_dark_thoughts(words) and not _OF_THE_MIND.search(words):
        out |= {"sante_mentale"}
    if _SOBER.search(words) and not _STILL_HARD.search(words):
        out |= {"sante_mentale"}
    if asks_for_their_visit(words):
        out |= {"violence_conjugale"}
    if _AT_THE_OTHER_PARENT_S.search(words) and not _HARM_TO_A_CHILD.search(words):
        out |= {"enfance_danger"}
    if jokes_of_death(words):
        out |= {"sante_mentale"}
    out |= _named_by_a_detail(words)
    if _A_BEREAVED_OR_ABSENT.search(words) and not _BY_A_PARTNER.search(words):
        out |= {"violence_conjugale"}
    return out


def told_plainly(words: str) -> set[str]:
    """The needs that words tell whatever the model believes: an addiction, a sobriety that hangs by a thread."""
    addicted = _OF_AN_ADDICTION.search(words) and not _NO_ADDICTION.search(words)
    hangs = _HANGS_BY_A_THREAD.search(words) and (_SOBER.search(words) or _OF_THE_MIND.search(words))
    return {"sante_mentale"} if (addicted and not _SOBER.search(words)) or hangs else set()


def denies_dark_thoughts(words: str) -> bool:
    """Whether a professional's note says that there are none, and nothing else of dying: "IDS niées"."""
    left = _NO_DARK_THOUGHTS.sub(" ", words)
    return left != words and not _OF_DYING.search(left)


def _with_a_host_s_roof_lost(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who sleeps at somebody's and must leave will have no roof (needs.md)."""
    likely = chances.get("hebergement_urgence", 0.0) >= _CHANCE_OF_A_LOST_ROOF
    lost = likely and _HOSTED.search(words) and _MUST_LEAVE.search(words)
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
    suffered = [need for need in needs if need in _DANGERS] or [theirs] * (
        chances.get(theirs, 0.0) >= _CHANCE_OF_AN_INSULT
    )
    others = [need for need in needs if need not in {*suffered, "sante_mentale"}]
    return [*suffered, *others] if suffered else needs


def _named_by_a_detail(words: str) -> set[str]:
    """The needs that only a detail of one's life names: a floor, a letter box, working hours."""
    details = {
        "recherche_logement": _ADDRESS_DETAIL.search(words) and not _WANTS_A_HOME.search(words),
        "domiciliation": _HAS_AN_ADDRESS.search(words) and not _LACKS_AN_ADDRESS.search(words),
        "insertion_emploi": _tells_a_moment(words),
    }
    return {need for need, only_a_detail in details.items() if only_a_detail}


def _without_a_creche_that_speaks(needs: list[str], words: str) -> list[str]:
    """Of a child whom the crèche worries about, no childcare is asked for beside: "la crèche dit d'être patient"."""
    speaks = len(needs) > 1 and _only_where_the_child_is(words)
    return [need for need in needs if need != "mode_garde"] if speaks else needs


def _only_where_the_child_is(words: str) -> bool:
    """Whether the crèche of normalised words is the one who says something, or where the child already goes."""
    left = _WHERE_THE_CHILD_IS.sub(" ", words)
    return left != words and not (_SEEKS_CHILDCARE.search(left) or re.search(rf"\b{_CHILDMINDER}\b", left))


def _tells_a_moment(words: str) -> bool:
    """Whether the work or the training of normalised words only tells an hour: "ma formation finit à 17 h"."""
    left = _A_MOMENT_OF_THE_DAY.sub(" ", words)
    return left != words and not _SEEKS_WORK.search(left)


def _without_danger_for_a_newborn(needs: list[str], words: str) -> list[str]:
    """Of a new mother who cries, without a word of any harm, no child is in danger: her own follow-up (needs.md)."""
    unfounded = {"post_natal", "enfance_danger"} <= set(needs) and not _HARM_TO_A_BABY.search(words)
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
    dated = _OUT_ON_A_DATE.search(words) and not _OUT_ALREADY.search(words)
    return bool(dated) or (bool(_LATER.search(words)) and not _TONIGHT.search(words))


def out_within_days(words: str) -> bool:
    """Whether that roof ends soon: days count (needs.md)."""
    return roof_until_later(words) and not _MONTHS_AWAY.search(words)


def _with_no_address(needs: list[str], chances: Mapping[str, float], words: str) -> list[str]:
    """Who says to have no address any more needs one, beside what it costs them: "RSA coupé, plus d'adresse"."""
    likely = chances["domiciliation"] >= _CHANCE_OF_NO_ADDRESS and _NO_ADDRESS.search(words)
    return [*needs, "domiciliation"] if likely and needs and "domiciliation" not in needs else needs


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


def no_night_outside(words: str) -> bool:
    """Whether words that sound like a night outside tell of none: a roof until Friday, a mishap, a figure of speech."""
    return roof_until_later(words) or shut_out_by_mishap(words) or bool(_AT_SEA.search(words))


def relapses(words: str) -> bool:
    """Whether somebody who has stopped drinking says to hold by a thread."""
    return bool(_SOBER.search(words) and (_BY_A_THREAD.search(words) or "un fil" in words))


def weeps_after_birth(words: str) -> bool:
    """Whether a new mother says that she weeps: one asks how dark it is, and sends to those who follow mothers."""
    return bool(_WEEPS.search(words) and _NEW_MOTHER.search(words))


def holds_by_a_thread(words: str) -> bool:
    """Whether the writer is at the end of their strength, without a word of dying: days count (needs.md)."""
    return bool(_BY_A_THREAD.search(words)) or relapses(words)


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


def asks_for_their_visit(words: str) -> bool:
    """Whether somebody speaks of the appointment of a spouse, and tells no violence."""
    return bool(_THEIR_VISIT.search(words)) and not _VIOLENT.search(words)


def by_a_stranger(words: str) -> bool:
    """Whether it is a neighbour, a landlord or an unknown person who attacks the writer, and no relative."""
    stranger = _OF_A_STRANGER.search(words) and _AT_US.search(words)
    return bool(stranger) and not (names_a_partner(words) or names_a_relative(words))


def unresponsive(words: str) -> bool:
    """Whether somebody does not wake up, move or breathe: a doctor comes before all else."""
    return bool(_UNRESPONSIVE.search(words))


def names_a_child(words: str) -> bool:
    """Whether normalised words name a child; a grown son or daughter is none by that alone."""
    return bool(_NAMES_A_CHILD.search(words))


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


def asks_about_a_spouse(words: str) -> bool:
    """Whether the writer asks when or where their spouse is expected: nothing is said, whoever asks (needs.md)."""
    asked = _OF_A_SPOUSE_S_VISIT.search(words) and _WANTS_TO_KNOW.search(words)
    return bool(asked) and not _COMES_ALONG.search(words)


def speaks_as_landlord(words: str) -> bool:
    """Whether normalised words are those of somebody who has tenants."""
    return bool(_A_LANDLORD.search(words))
