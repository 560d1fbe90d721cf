"""The questions that everybody asks in much the same words are heard wherever they stand."""

import pytest

from bot.nlu.questions import asked_in_words, load_wordings
from bot.nlu.text import load_spellings, normalize

WORDINGS, SPELLINGS = load_wordings(), load_spellings()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("attendez avant que je choisisse, c'est combien ? le pédiatre c'était déjà 60", ("info_cout",)),
        ("oui. je dois apporter quoi", ("info_papiers",)),
        ("qu'est-ce que j'apporte, le jugement ?", ("info_papiers",)),
        ("Et le papa peut venir quand même ?", ("info_accompagnant",)),
        ("la 2. je peux venir avec ma soeur ?", ("info_accompagnant",)),
        ("comment j'enlève cette conversation", ("confidentialite",)),
        ("mes daron recoive un truc ? g 16 ans", ("info_signalement",)),
        ("On va me le retirer si je viens ?", ("info_placement",)),
        ("saura-t-elle que c'est moi ?", ("info_signalement",)),
        ("Puis-je donc attendre le printemps avant de m'en soucier ?", ("fact:treve-hivernale",)),
        ("moi pas papier france c probleme?", ("info_sans_papiers",)),
        ("et voila. un num. t un robot en vrai ?", ("qui_es_tu",)),
        ("j'ai pas de papiers. vous êtes ouverts samedi ?", ("info_horaires",)),
        ("y a quelqu'un samedi ?", ("info_horaires",)),
        ("Bonjour, vous recevez le 24 décembre ?", ("info_horaires",)),
        ("et c'est combien de temps pour avoir la réponse ?", ("info_duree",)),
        ("ça coûte kelke chose votre rdv ?", ("info_cout",)),
        ("C'est avec qui au fait ?", ("info_accueil",)),
        ("ce sera une femme ?", ("info_femme",)),
        ("je préfère être reçue par une femme", ("info_femme",)),
        ("c koi le nom de la dame", ("info_nom",)),
        ("quelqu'un peut venir à la maison ? 4 étages", ("info_domicile",)),
        ("vous envoyez un courrier chez nous ?", ("info_courrier",)),
        ("Un seul rendez-vous pour le gaz et le loyer ?", ("info_un_seul_rdv",)),
        ("vous pouvez me prendre un rendez-vous à la préfecture ?", ("info_rdv_ailleurs",)),
        ("on va me gronder ?", ("info_jugement",)),
        ("j'ai peur d'être jugée", ("info_jugement",)),
        ("je peux prendre rendez-vous pour ma mère ?", ("info_pour_un_proche",)),
        ("c'est elle qui doit appeler ou je peux le faire", ("info_pour_un_proche",)),
        ("Pour le travail, on voit qui ?", ("info_porte",)),
        ("à qui dois-je m'adresser, je vous prie ?", ("info_porte",)),
        ("et dimanche je fais quoi ?", ("info_en_attendant",)),
        ("que faire en attendant lundi ?", ("info_en_attendant",)),
        ("vous croyez que ça va marcher ?", ("info_avis",)),
        ("fo prendre rdv ?", ("info_sans_rdv",)),
        ("Madame se présente lundi ou il faut un créneau ?", ("info_sans_rdv",)),
        ("et vous direz à la police mon nom ?", ("info_signalement",)),
        ("mon employeur peut l'apprendre ?", ("info_signalement",)),
        ("je converse avec une machine. Est-ce exact ?", ("qui_es_tu",)),
        ("toi machine ou personne ?", ("qui_es_tu",)),
        ("et vous, vous ne vous ennuyez jamais ?", ("info_sentiments",)),
        ("Car vous en êtes une, n'est-ce pas ?", ("qui_es_tu",)),
        ("je parle à qui là ?", ("qui_es_tu",)),
        ("y'a quelqu'un derrière l'écran ?", ("qui_es_tu",)),
        ("je peux parler à une vraie personne ?", ()),
        ("je suis une personne seule ?", ()),
        ("Et est-ce que je peux l'accompagner ?", ("info_accompagnant",)),
        ("faut venir avec le petit ?", ("info_accompagnant",)),
        ("et sa coute cb", ("info_cout",)),
        ("je dois payer mon loyer ?", ()),
        ("le passeport de ma fille, elle est française, c'est chez vous ?", ("info_mairie",)),
        ("on m'a volé mon passeport", ()),
        ("vous m'envoyez un truc à la maison ?", ("info_courrier",)),
        ("j'ai reçu un courrier à la maison", ()),
        ("je mange quoi jusqu'à lundi moi", ("info_en_attendant",)),
        ("la préfecture, vous pouvez prendre le rdv ?", ("info_rdv_ailleurs",)),
        ("Je pensais que l'hiver on ne pouvait rien me faire.", ("fact:treve-hivernale",)),
        ("c gratuit le numéro ?", ("fact:numero-unique",)),
        ("je ne veux pas que mon nom apparaisse", ("confidentialite",)),
        ("vous voulez mon nom pour la permanence ?", ("confidentialite",)),
        ("si j'appelle le 119 on va nous placer ?", ("info_placement",)),
        ("ils vont placer mon argent ?", ()),
        ("la police, si je viens ?", ("info_signalement",)),
        ("lundi je fais quoi ?", ("info_porte",)),
        ("Qui donc faut-il appeler pour les visites ?", ("info_porte",)),
        ("un ou deux rendez-vous ?", ("info_un_seul_rdv",)),
        ("j'ai deux rendez-vous lundi", ()),
        ("Ma petite-fille dit que c'est loin ?", ("info_adresse",)),
        ("j'habite loin", ()),
        ("Génial, un service fermé le samedi.", ("info_ferme",)),
        ("À quoi servez-vous au juste ?", ("info_role",)),
        ("vous faites quoi si je suis en retard ?", ()),
        ("je peux venir quand il travaille ?", ("info_venir_en_secret",)),
        ("pas de courrier chez moi svp", ("info_courrier",)),
        ("j'ai pas reçu de courrier chez moi", ()),
        ("une grand-mère peut venir seule avec elle ou il faut la maman ?", ("fact:enfant-sans-parent",)),
    ],
)
def test_asked(text: str, acts: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS) == acts


@pytest.mark.parametrize(
    "text",
    [
        "le loyer est trop cher pour nous",
        "ils m'ont pris mes enfants en mars",
        "je n'ai pas de papiers",
        "je peux venir avec mon ordinateur ?",
        "mon mari est venu avec moi",
        "il faut payer le loyer avant lundi",
        "la caf a suspendu mes droits",
        "oui la 2",
        "ma femme est enceinte de cinq mois",
        "une femme de ménage vient chez elle le jeudi",
        "la police est venue chez nous hier",
        "j'ai un rendez-vous à la préfecture mardi",
        "je ne sais pas qui croire",
        "il vient chez moi tous les soirs",
        "j'ai reçu un courrier de la Caf",
        "dimanche il a jeté son assiette",
        "mon fils a pris mon téléphone",
        "je parle à ma voisine",
        "Vous pouvez répéter les papiers ?",
        "pas de téléphone et pas de sms de rappel",
    ],
)
def test_not_asked(text: str) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS) == ()


@pytest.mark.parametrize(
    ("text", "about", "acts"),
    [
        ("c'est obligatoire le vaccin méningite ?", (), ("fact:vaccins-obligatoires",)),
        ("est ce que c'est obligatoire celui la", ("vaccination",), ("fact:vaccins-obligatoires",)),
        ("ya quoi comme condition", ("domiciliation",), ("fact:domiciliation-conditions",)),
        ("ya quoi comme condition", ("vaccination",), ()),
        ("115 c'est pour les clochards non ?", (), ("fact:numero-115-qui",)),
        ("j'ai 15 ans, ils vont m'écouter ?", ("enfance_danger",), ("fact:enfant-119",)),
        ("c'est de la violence ça ?", ("violence_conjugale",), ("fact:violence-sans-coups",)),
        ("c'est normal que la police rappelle pas ?", ("violence_conjugale",), ()),
        ("et si elle refuse ?", ("perte_autonomie",), ("info_refus_du_proche",)),
        ("et si elle refuse ?", ("violence_conjugale",), ()),
        ("si j'ai un toit ils me les rendent ?", ("ase_suivi",), ("fact:retour-des-enfants",)),
        ("et le rendez-vous, après 16 h c'est possible ?", ("ase_suivi",), ()),
        ("ya 1 an d'attente on rigole", ("handicap_mdph",), ("fact:mdph-delai",)),
        ("le 115 décroche pas", (), ("fact:numero-115-sature",)),
        ("le rsa a 20 ans on la ou pas", ("rsa_demande",), ("fact:rsa-conditions",)),
        ("c combien de semaine max", ("ivg",), ("fact:ivg-delai",)),
        ("c combien de semaine max", (), ()),
        ("et la MDPH j'y vais ou j'appelle", (), ("fact:mdph-joindre",)),
        ("Faut-il être dans la gêne pour y prétendre ?", (), ("fact:apa-conditions",)),
        ("Viendrait-on constater son état à domicile ?", ("perte_autonomie",), ("fact:apa-comment",)),
        ("mon compagnon lit mes messages", (), ("fact:effacer-traces",)),
        ("si j'appelle ça se voit sur la facture ?", (), ("fact:appel-119", "fact:appel-3919")),
        (
            "Une assistante maternelle, comment savoir si elle est agréée ?",
            ("mode_garde",),
            ("fact:assistante-maternelle",),
        ),
        ("Je préviens qui si elle recommence ?", (), ("fact:si-ca-recommence",)),
        ("c cher ? la pharmacienne va appeler mes parents ?", ("contraception",), ("info_cout", "info_signalement")),
        ("ma mere elle me tue si elle sait", ("contraception",), ("info_signalement",)),
        ("Et la cantine de la grande, c'est vous ?", ("mode_garde",), ("info_mairie",)),
        ("Vous faites les passeports", (), ("info_mairie",)),
        ("C'est accessible ?", (), ("info_adresse",)),
        ("Je peux rester anonyme ?", (), ("confidentialite",)),
        ("Elle touche 2 300 de retraite. C'est trop ?", ("perte_autonomie",), ("fact:apa-revenus",)),
        ("Sera-ce un obstacle ?", ("perte_autonomie",), ("fact:apa-revenus",)),
        ("Sera-ce un obstacle ?", ("vaccination",), ()),
        ("115 c est police ? moi pas papier", (), ("fact:numero-115-police",)),
        ("Demain police venir mettre dehors moi ??", (), ("fact:expulsion-police",)),
        ("j'ai été virée parce que je suis enceinte", (), ("fact:licenciement-grossesse",)),
        ("c'est cher la PASS ?", ("css_sante",), ("fact:pass-prix",)),
        ("mon mari doit signer quelque chose ?", ("ivg",), ("fact:ivg-decision",)),
        ("droit au RSA en étant propriétaire ?", (), ("fact:rsa-proprietaire",)),
        ("je suis sourde", (), ("fact:ecrire-sans-parler",)),
    ],
)
def test_asked_of_what_is_spoken_of(text: str, about: tuple[str, ...], acts: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS, about) == acts


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("j'habite Levallois, c'est écrit sur ma facture", ()),
        ("vaccin rage chiot pour aller en Italie ?", ()),
        ("comment demander la carte de stationnement ?", ("handicap_mdph",)),
        ("il ne dit rien, il regarde", ("violence_conjugale",)),
        ("norme APA septième édition, comment citer une page ?", ()),
        ("ma fille peut appeler à ma place ?", ()),
        ("il a pris mon passeport", ("violence_conjugale",)),
    ],
)
def test_not_asked_of_what_is_spoken_of(text: str, about: tuple[str, ...]) -> None:
    assert asked_in_words(normalize(text, SPELLINGS), WORDINGS, about) == ()


def test_words_that_ask_only_of_a_need_say_of_which() -> None:
    assert [act for act, words in WORDINGS.items() if bool(words.needs) < bool(words.known.pattern != "(?!)")] == []
