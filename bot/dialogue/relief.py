"""The little stories that tell how a danger ended, read by general signs: who came, where they are now, what it was.

No single word tells it. Two different signs do — help that came, a safe place, whoever threatens kept away, someone
well again — unless anything beside them tells that the danger goes on. Words are normalised (bot/nlu/text.py).
"""

import re

from bot.nlu.text import sentences_with_stops
from bot.orientation.table import EmergencyKind

_CARERS = (
    r"(?:samu|pompiers?|secours|ambulance|police|policiers?|flics?|gendarmes?|brigade|medecins?|docteur"
    r"|pediatre|urgentiste"
    r"|infirmiere?|sage femme|pmi|hopital|soignants?|maitresse|directrice|prof\w*|cpe|assistante sociale"
    r"|mairie|le 1(?:[57]|19))"
)
_CLOSE = (
    r"(?:soeur|frere|mere|pere|maman|papa|parents|tante|tata|oncle|tonton|mamie|papi|grand mere|grand pere"
    r"|grands parents"
    r"|cousine?|voisine?|voisins|amie?|amis|copine|copain|pote|collegue|gardien(?:ne)?|marraine|parrain"
    r"|nounou|belle soeur"
    r"|belle mere|dame|paroisse|cure|pasteur)"
)
_CAME = (
    r"(?:venue?s?|passee?s?|arrivee?s?|montee?s?|intervenue?s?|emmenee?s?|embarquee?s?|mise?s?|pris(?:es?)?|examinee?s?"
    r"|vue?s?|donnee?s?|ouvert\w*|changee?s?|envoyee?s?|rappelee?s?|restee?s?|dormi|recousu\w*|recuperee?s?"
    r"|accueillie?s?|soignee?s?|appelee?s?|gardee?s?|arrange\w*|avec (?:moi|nous)|la|chez moi)"
)
_HELP_CAME = re.compile(
    rf"\b(?:{_CARERS}|{_CLOSE})\b (?:(?!pas|jamais|va|vont|quand|si)\w+ ){{0,4}}?(?:est|sont|a|ont|etait) "
    rf"(?:(?!pas|jamais|rien)\w+ ){{0,2}}?{_CAME}\b"
    rf"|\b(?:{_CARERS}) (?:l|les|nous|m) ?(?:a|ont) (?:\w+ )?{_CAME}\b"
    r"|\b(?:prise?s? en charge|hospitalisee?s?|avec des soignants|aux urgences|porte plainte"
    r"|ordonnance de protection)\b"
    r"|\b(?:elle|il|on|ils) (?:a|ont|vient de) (?:deja )?(?:appele|appeler|prevenu|prevenir) (?:le 1\d+"
    r"|la police|les secours"
    r"|les flics|les pompiers|le samu)\b"
    r"|\b(?:au bloc|un platre|une perfusion|sous (?:oxygene|surveillance)|dans l ambulance|dans le camion)\b"
    r"|\b(?:elle|il|ils|elles) restent? (?:avec (?:moi|nous)|ici|dormir|la nuit|(?=[.,;!]|$))"
    rf"|\b(?:tout )?(?:dit|raconte|parle|explique) a (?:ma|mon|mes|la|une?) {_CLOSE}\b"
    r"|\brentr\w+ (?:de l hopital|des urgences|de la maternite|de la clinique)\b"
    r"|\b(?:ai|on a|avons) (?:eu|vu|parle a|parle avec) (?:le |mon |un |une |la |au )(?:3114|medecin|psy\w*"
    r"|docteur|infirmiere?)\b"
)
_AT_THEIRS = r"(?!lui\b|elle\b|mon (?:mari|mec|ex|conjoint|copain|compagnon)\b|ma (?:femme|copine)\b)"
_SAFE_PLACE = re.compile(
    rf"\b(?:suis|sommes|est|sont|etre|dors|dort|dormons|reste|restons|rentree?s?|arrivee?s?|mise?s?) (?:\w+ ){{0,3}}?"
    rf"(?:chez {_AT_THEIRS}\w+|au chaud|a l (?:hotel|abri)|a la maison|au foyer|en lieu sur|dans (?:mes|ses) bras"
    r"|dans (?:la|une|sa|ma) chambre|me coucher|loin)\b"
    rf"|\b(?:petite?s?|enfants?|fils|fille|bebe) (?:\w+ )?chez (?:sa|son|ses|ma|mon|mes|la|le) {_CLOSE}\b"
    r"|\bporte (?:est )?(?:bien )?fermee\b|\bchange\w* (?:la|les) serrures?\b|\bon a (?:bien )?dormi\b"
    r"|\bdes couvertures\b"
    r"|\b(?:suis|sommes|on est|est) (?:maintenant |bien |tous )?(?:(?:dans|a|au|en) (?:un |une |la |le |l "
    r"|son |sa |leur )?(?:centre"
    r"|bureau|commissariat|gymnase|gare|hopital|voiture|train|mairie|gendarmerie|accueil|appart\w* hotel|residence)"
    r"|a (?!bout|la|l|cote|deux|trois|peine)\w{4,}|avec (?:nous|moi|elle|eux))\b"
    r"|\bon (?:y est|va chez (?:lui|elle|eux))\b|\b(?:laisse|permet|autorise)\w* (?:de )?dormir\b|\bun lit et\b"
    r"|\bsalle (?:\w+ )?(?:commune|paroissiale|des fetes)\b|\brouvert (?:la|sa|leur) porte\b"
)
_KEPT_AWAY = re.compile(
    r"\b(?:il|elle|mari|ex|conjoint|pere|mere|mec|frere)\b (?:\w+ ){0,2}?(?:au depot|au commissariat"
    r"|en cellule|en prison"
    r"|en garde a vue|chez (?:sa|son|ses|un|des)|loin|(?:est )?parti|embarque|hospitalise\w*|interne)\b"
    r"|\b(?:rendu|laisse|repris|recupere) (?:\w+ )?(?:les|ses|mes|le|son) (?:double|clef?s?|affaires)\b"
    r"|\b(?:sait|connait|a) pas (?:ou (?:c est|je suis|on est|nous sommes)|l adresse)\b"
    r"|\b(?:interdit|interdiction) d(?:e| )(?: s| m| nous)? ?(?:approcher|venir|voir|contacter)\w*\b"
    r"|\bbracelet\b|\bverrou\b"
    r"|\bordonnance de protection\b|\bil (?:ne )?sait pas(?=[ .,;!]*(?:$|[.,;!]))"
    r"|\b(?:me|nous|la|le|les) (?:cherche|suit|harcele|appelle|embete|touche)(?:nt)? plus\b"
)
_WELL = re.compile(
    r"\b(?:va|vont|vais|allons|sens|sent) (?:\w+ ){0,2}?(?:bien|mieux|tres bien)\b|\b(?:on est|suis|est"
    r"|sommes) (?:enfin )?"
    r"(?:tranquilles?|rassuree?s?|soulagee?s?|calmee?s?|au calme)\b|\bc est (?:le )?calme\b"
    r"|\brien de (?:casse|grave|mechant)\b"
    r"|\b(?:n )?(?:a|ai|ont) (?:plus )?rien(?= ?(?:$|[.,;!]))|\bplus rien(?= ?(?:$|[.,;!]))|\bc est (?:fini"
    r"|passe|regle|arrange)\b"
    r"|\bdor(?:t|s|ment) (?:tranquill\w*|paisibl\w*|bien|calm\w*|comme un)\b"
    r"|\b(?:fievre|temperature) (?:est |a )?(?:tombee?|baissee?|descendue?|redescendue?)\b|\bje respire\b"
    r"|\bca va aller\b|\bmoins mal\b|\bfait le malin\b|\bouf\b"
    r"|\bca (?:redescend|m a fait du bien|a fait du bien|soulage)\b|\brespire (?:bien|mieux|normal\w*)\b"
    r"|\b(?:rigole|sourit|joue|mange|boit|reagit|court)(?:nt)? (?:de nouveau|a nouveau|maintenant|normalement)\b"
    r"|\ba (?:bu|mange|dormi|fini) (?:tout|toute|son|sa|bien|comme)\b|\bpoints? de suture\b|\bsirop\b"
    r"|\bje vais dormir\b"
    r"|\b(?:c est|c|ct|c etait) (?:juste )?une (?:otite|bronchiolite|gastro|crise d \w+|angine|rhino\w*"
    r"|entorse|grippe)\b"
)
_SIGNS = (_HELP_CAME, _SAFE_PLACE, _KEPT_AWAY, _WELL)
_NEEDED: dict[EmergencyKind, re.Pattern[str]] = {"suicide": _HELP_CAME, "shelter": _SAFE_PLACE}
"""Kind of danger → the sign without which no other ends it: nobody is well again of a death wish alone."""

_STANDS = r"(?! (?:plus|pas|jamais))"
_GOES_ON = re.compile(
    rf"\b(?:il|elle|ils|elles|mere|pere|mari|on) (?:ne |n )?(?:me|m|nous|le|la|l|les|lui) ?(?:re)?"
    rf"(?:tape|frappe|cogne|menace|insulte|attend|suit|bat|harcele|cherche)(?:nt)?\b{_STANDS}"
    r"|\b(?:il|elle|ca|sang) (?:\w+ )?(?:saigne|pleure|crie|hurle|tape|cogne|vomit|convulse)(?:nt)?\b"
    r"(?! (?:plus|pas|jamais|de rire|de joie))"
    r"|\b(?:re(?:convuls|saign|ssaign|vom|tomb)\w+|remontee? (?:a|au)|toute? (?:bleue?|blanche?|molle)|respire mal)\b"
    r"|\bse batt?ent\b|\b(?:ai|a) mal\b(?! (?:compris|vu|entendu|interprete|juge|dormi|parle))|\bsang sur\b"
    r"|\b(?:qu (?:il|elle) )?(?:revenait|reviendra|reviendrait|va revenir)\b|\bavec un couteau\b|\benfermee?\b"
    r"|\bsi (?:elle|il|ils|on|je|j|tu|vous) \w+|\b(?:mais|et|puis) (?:il|elle|ils|on) (?:\w+ )?"
    r"(?:sort|revien\w+|repart\w*|recommenc\w*|(?:nous|m|me) (?:a |ont )?(?:remis|met|mettent|rejet\w*|vir\w*"
    r"|sort\w*))\b"
    r"|\b(?:nous|me|m) (?:\w+ )?(?:met|mettent|sort|sortent|vire|virent|remis|rejetee?s?)\b(?! (?:en securite"
    r"|au chaud|a l abri))"
    r"|\brejetee?s?\b|\bremis(?:es?)? dehors\b|\bsous (?:le|un) (?:porche|pont)\b|\bdans (?:une|1) heure\b"
    r"|\bsonne dans le vide\b|\brepond(?:ent)? pas\b|\b(?:cachets|comprimes|couteau|fusil"
    r"|lame) (?:\w+ )?dans (?:la|ma) main\b"
    r"|\bveux (?:\w+ )?(?:mourir|en finir|disparaitre)\b|\b(?:ai|suis) (?:\w+ )?decidee?\b|\badieux?\b"
    r"|\bpour toujours\b"
    r"|\bregretterai\w*\b|\bvient de rentrer\b|\b(?:c est|ca) (?:reparti|repart|reprend)\b|\brelachee?\b"
    r"|\bsuis (?:encore |toujours )?chez (?:mon (?:mari|mec|ex|conjoint|compagnon)|lui)\b"
    r"|\bcrois (?:pas|plus)\b|\bsans rien faire\b|\bose pas\b"
)
"""Beside the signs that calm, what tells that the danger is there still, or comes again."""

_EXPLAINS = re.compile(
    r"\b(?:c etait|c etaient|ct|cetait|c est|ce sont|en fait|au final|finalement|faisait semblant|faisaient semblant"
    r"|explique\w*|(?:jou|regard)ai(?:t|ent)|repet(?:e|ent|ait|aient)|tourn(?:e|ent|ait|aient)"
    r"|suis (?:monte|alle|descendu|retourne|passe)e?|ai (?:sonne|verifie|toque))\b"
    r"(?! (?:pas|moi|lui|elle|vrai|toujours|encore|bien (?:lui|elle)))"
)
_LIGHT_OF_HEART = re.compile(
    r"\b(?:me sens|suis|ai l air|passe pour|sens) (?:\w+ ){0,2}?(?:bete|ridicule|cone?|conne|idiote?|stupide"
    r"|nulle?|gene\w*)\b"
    r"(?! d exister)|\b(?:la|trop|quelle) honte\b|\bhonteu(?:x|se)\b|\bdesolee? (?:du derangement"
    r"|pour le derangement|de (?:vous |t )?avoir deran\w+)\b|\bautant pour moi\b"
    r"|\bpardon pour (?:le|l) (?:derangement|alerte|frayeur|peur)\b|\b(?:toutes )?mes excuses\b"
    r"|\b(?:affole\w*|inquiete\w*|panique\w*|flippe\w*|peur|derange\w*) pour (?:rien|pas grand chose)\b|\bpour rien\b"
    r"|\b(?:mal|trop vite) (?:interprete|compris|entendu|vu|juge)\b|\bme suis fait (?:un|des|tout un) films?\b"
    r"|\bouf\b|\b(?:rassuree?|soulagee?)\b|\boubliez\b|\baurais du (?:le dire|preciser|verifier)\b|\bmdr\b|\blol\b"
)
_HARM_STANDS = re.compile(
    r"(?<!pas du )(?<!pas de )\bsang\b|\b(?:bleus?(?! (?:c est|c etait|etaient))|blessee?|couteau"
    r"|pleure encore|crie encore|toujours|encore|recommence\w*"
    r"|saigne|adieux?|mourir|cogne toujours|vraiment)\b|\bmais (?:il|elle|le|la)\b"
)

_TAKEN_BACK = re.compile(
    r"(?<!pas )\b(?:dit|ecrit|raconte|sorti) (?:n importe quoi|une (?:connerie|betise)|des (?:conneries|betises))\b"
    r"|\b(?:parle|ecrit) trop vite\b|\b(?:le|ce que je disais je|ca je) (?:ne )?(?:pensais|pense) pas\b"
    r"|\bpensais pas ce que\b"
    r"|\b(?:ferai|ferais|vais|veux|toucherai|toucherais|lui ferai) (?:\w+ ){0,2}?(?:rien|jamais"
    r"|pas (?:\w+ )?(?:de mal|du mal|toucher"
    r"|le faire|la toucher|le toucher))\b(?! (?:laisser|lacher|pardonner|oublier))"
    r"|\bretire (?:tout )?ce que\b|\b(?:vais|veux) (?:pas|jamais) (?:la|le|les|lui) (?:tuer|toucher|frapper|faire)\b"
    r"|\b(?:vais|veux) (?:tuer|frapper|toucher) personne\b|\bfacon de parler\b|\bsuis pas (?:un )?(?:violent"
    r"|assassin|tueur)\b"
    r"|\bme suis emporte\b"
    r"|\b(?:c etait|sous le coup de|dit sous) (?:de )?la colere\b|(?<!pas des )\bparole\w* en l air\b"
    r"|\bregrette (?:ce|d avoir|mes)\b"
    r"|\bjamais leve la main\b|\b(?:suis|me suis) (?:\w+ )?(?:calme|redescendu|repris)e?\b"
)
_MEANT_STILL = re.compile(
    r"\bsi (?:elle|il|ils|je|j|on|vous|tu) \w+|\b(?:vais|je) (?:la|le|les|lui) (?:tue|tuer|bute|buter|creve"
    r"|crever|casse|casser"
    r"|peter|plante|planter)\b|\bpas (?:dit|parle) n importe quoi\b|\bvais le faire\b|\bquand meme\b|\bpour l instant\b"
    r"|\b(?:elle|il|ils) (?:va|vont) (?:payer|regretter|voir|comprendre)\b|\bpas (?:encore|aujourd hui"
    r"|ce soir|maintenant)\b"
    r"|\bferai rien (?:ce soir|aujourd hui|avant|maintenant)\b|\bvais (?:la|le|les) (?:re)?trouver\b"
)


def ended(words: str, kind: EmergencyKind) -> bool:
    """Whether two different signs tell that the danger of a kind is over, and nothing that it goes on."""
    told = _stated(words)
    needed = _NEEDED.get(kind)
    if _GOES_ON.search(told) or (needed and not needed.search(told)):
        return False
    return sum(bool(sign.search(told)) for sign in _SIGNS) > 1


def goes_on(words: str) -> bool:
    """Whether anything in them tells that the danger is there still, whatever else calms."""
    return bool(_GOES_ON.search(words))


def explained_away(words: str) -> bool:
    """Whether someone tells what it really was, and feels foolish or relieved: "c'était un coussin, j'ai honte"."""
    told = _stated(words)
    return bool(_EXPLAINS.search(told) and _LIGHT_OF_HEART.search(told)) and not _HARM_STANDS.search(told)


def threat_taken_back(words: str) -> bool:
    """Whether who threatened somebody takes it back, and lays down no condition: "j'ai dit n'importe quoi"."""
    told = _stated(words)
    return bool(_TAKEN_BACK.search(told)) and not _MEANT_STILL.search(told)


def _stated(words: str) -> str:
    """The words without the sentences that only ask."""
    return " ".join(part for part in sentences_with_stops(words) if not part.rstrip().endswith("?"))
