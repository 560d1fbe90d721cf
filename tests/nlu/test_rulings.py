"""What plain words decide of a reading, whatever the model believes (needs.md, "Rulings")."""

import pytest

from bot.nlu.danger_words import by_a_stranger, insulted_to_death, threatens
from bot.nlu.rulings import asks_about_a_spouse, of_an_insult, ruled, ruled_out, told_plainly

CHANCES = dict.fromkeys(("expulsion", "impaye_loyer", "domiciliation"), 0.5)


@pytest.mark.parametrize(
    ("needs", "words", "left"),
    [
        (["expulsion", "impaye_loyer"], "je dois deux mois de loyer", ["impaye_loyer"]),
        (["expulsion"], "il a change la serrure je lui dois un mois", ["expulsion", "impaye_loyer"]),
        (["violence_conjugale", "violence_familiale"], "mon frere me tape", ["violence_familiale"]),
        (
            ["violence_conjugale", "violence_familiale"],
            "mon mari et mon frere",
            ["violence_conjugale", "violence_familiale"],
        ),
        (["parentalite"], "je lui ai mis une gifle", ["enfance_danger", "parentalite"]),
        (["rsa_suivi"], "rsa coupe et plus d adresse", ["rsa_suivi", "domiciliation"]),
        (["rsa_suivi"], "je n ai pas d adresse mail", ["rsa_suivi"]),
        (["ivg", "grossesse_suivi"], "test positif", ["grossesse_suivi"]),
        (["ivg", "grossesse_suivi"], "je sais pas si je le garde", ["ivg"]),
        (["ivg", "grossesse_suivi"], "test positif c est non ma decision est prise", ["ivg"]),
        (
            ["impaye_loyer", "energie_impayes"],
            "enedis nous a baisse la puissance dette 1100 euros",
            ["energie_impayes"],
        ),
        (["impaye_loyer", "energie_impayes"], "edf et deux quittances", ["impaye_loyer", "energie_impayes"]),
        (["vaccination", "bilan_maternelle"], "manque deux piqures ecole pas contente", ["vaccination"]),
        (
            ["vaccination", "bilan_maternelle"],
            "l infirmiere pour les yeux et un vaccin",
            ["vaccination", "bilan_maternelle"],
        ),
        (["rsa_suivi", "caf_prestations"], "brsa alloc suspendue", ["rsa_suivi"]),
        (["depistage_ist", "contraception"], "rapport non protege il y a trois semaines", ["depistage_ist"]),
        (["depistage_ist", "contraception"], "rapport non protege hier", ["depistage_ist", "contraception"]),
        (["insertion_emploi", "jeune_majeur"], "je fais un cap carreleur j ai un patron", ["jeune_majeur"]),
        (["insertion_emploi"], "j ai un cap mais plus de patron je cherche", ["insertion_emploi"]),
        (["insertion_emploi"], "mon cdi est termine", ["insertion_emploi"]),
        (["parentalite"], "trois ans elle refuse tout ce qui n est pas du riz", ["parentalite", "consultation_enfant"]),
        (["parentalite"], "quatorze ans il refuse de manger avec nous", ["parentalite"]),
    ],
)
def test_a_ruling(needs: list[str], words: str, left: list[str]) -> None:
    assert ruled(needs, CHANCES, words, ()) == left


@pytest.mark.parametrize(
    ("needs", "words", "left"),
    [
        (["handicap_mdph"], "j ai pas la carte pour le medecin", ["css_sante"]),
        (["acces_soins"], "je veux l ame pour me soigner", ["acces_soins", "css_sante"]),
        (["isolement_senior"], "il ne voit plus ame qui vive", ["isolement_senior"]),
        (["acces_soins"], "j ai l ame je cherche un dentiste", ["acces_soins"]),
        (["ivg", "css_sante"], "pas garder faut ma carte vitale ?", ["ivg"]),
        (["css_sante"], "j ai perdu ma carte vitale faut apporter quoi", ["css_sante"]),
    ],
)
def test_a_cover_is_lacked_not_a_card_to_bring(needs: list[str], words: str, left: list[str]) -> None:
    assert ruled(needs, CHANCES, words, ()) == left


def test_what_happens_in_a_novel_happens_to_nobody() -> None:
    assert "violence_conjugale" in ruled_out("j ecris un polar ou un mari etrangle sa femme")
    assert "violence_conjugale" not in ruled_out("j ecris un roman et mon mari me frappe")
    assert "violence_conjugale" not in ruled_out("il a jete mon livre et il crie")


def test_a_pupil_sent_away_is_not_evicted() -> None:
    assert ruled_out("mon fils est expulse trois jours de son college") == {"expulsion"}
    assert ruled_out("on nous expulse de notre logement pres de l ecole") == set()


def test_a_host_s_roof_that_ends_is_a_roof_lost() -> None:
    chances = CHANCES | {"hebergement_urgence": 0.4}
    told = "dort chez un camarade doit partir vendredi pas de domiciliation"
    assert ruled(["domiciliation"], chances, told, ()) == ["domiciliation", "hebergement_urgence"]
    assert ruled(["domiciliation"], chances, "dort chez un camarade pas de domiciliation", ()) == ["domiciliation"]


@pytest.mark.parametrize(
    "words",
    [
        "quand je la trouve je lui casse les deux jambes",
        "quand je la trouve elle marchera plus",
        "je vais la tuer quand elle rentre",
        "si je vois ma femme avec un autre je la plante",
        "je vais la retrouver et elle va le regretter",
    ],
)
def test_who_threatens_is_no_victim(words: str) -> None:
    assert threatens(words)
    assert {"violence_conjugale", "sante_mentale"} <= ruled_out(words)


def test_an_insult_is_violence_and_no_wish_to_die() -> None:
    words = "mon neveu me crie dessus que je ferais mieux de mourir"
    chances = {"violence_familiale": 0.8}
    assert insulted_to_death(words)
    assert of_an_insult(["sante_mentale"], chances, words) == ["violence_familiale"]
    assert not insulted_to_death("il me dit d aller me pendre , j ai envie de le faire")


def test_a_neighbour_who_attacks_is_nobodys_partner() -> None:
    words = "mon voisin me menace avec un marteau il est devant ma porte"
    assert by_a_stranger(words)
    assert ruled(["violence_conjugale", "recherche_logement"], CHANCES, words, ()) == ["recherche_logement"]
    assert not by_a_stranger("mon voisin me dit que mon mari me cherche")
    assert not by_a_stranger("on me frappe chez le voisin")


def test_an_old_person_is_no_child() -> None:
    left = ruled(["enfance_danger"], CHANCES, "elle a 91 ans et des bleus son fils crie", ("maltraitance_age",))
    assert left == ["violence_familiale"]


def test_sober_for_months_is_no_distress() -> None:
    assert "sante_mentale" in ruled_out("j ai arrete l alcool , sept mois dimanche")
    assert "sante_mentale" not in ruled_out("j ai arrete l alcool mais j ai peur de replonger")


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("recherche_logement", "je suis a levallois rue voltaire quatrieme sans ascenseur"),
        ("domiciliation", "domicilie ccas levallois"),
        ("domiciliation", "le bail est a clichy c est ma boite postale qui est a levallois"),
        ("insertion_emploi", "attends ma formation finit a 17 h"),
        ("insertion_emploi", "je sors du boulot a 18 h"),
        ("aide_alimentaire", "chez nous on choisit . c est le frigo ou la tele"),
        ("aide_alimentaire", "des post it sur le frigo du lait"),
        ("violence_conjugale", "c etait mon mari qui ouvrait le courrier . il est parti en aout"),
    ],
)
def test_a_detail_of_one_s_life_is_no_need(need: str, words: str) -> None:
    assert need in ruled_out(words)


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("recherche_logement", "4e sans ascenseur avec une poussette on veut demenager"),
        ("domiciliation", "domicilie au ccas mais ca expire en janvier"),
        ("domiciliation", "domiciliation au ccas possible si on est de passage ?"),
        ("domiciliation", "je voudrais une boite postale a clichy"),
        ("insertion_emploi", "ma formation finit a 17 h et je cherche un emploi"),
        ("aide_alimentaire", "une facture sur le frigo et rien dedans"),
        ("aide_alimentaire", "mon frigo sonne creux"),
        ("violence_conjugale", "c etait mon mari qui payait . il est parti , il me menace"),
    ],
)
def test_who_asks_for_it_has_the_need(need: str, words: str) -> None:
    assert need not in ruled_out(words)


def test_a_creche_that_speaks_is_no_childcare_need() -> None:
    told = ["consultation_enfant", "mode_garde"]
    assert ruled(told, CHANCES, "parle presque pas la creche dit d etre patient", ()) == ["consultation_enfant"]
    assert ruled(told, CHANCES, "la creche dit qu elle veut plus le garder", ()) == told
    assert ruled(["mode_garde"], CHANCES, "la creche dit non", ()) == ["mode_garde"]


def test_a_new_mother_who_cries_endangers_no_child() -> None:
    told = ["enfance_danger", "post_natal"]
    assert ruled(told, CHANCES, "trois semaines je pleure l allaitement me fait un mal de chien", ()) == ["post_natal"]
    assert ruled(told, CHANCES, "je pleure et j ai peur de le secouer", ()) == told


def test_a_sobriety_that_hangs_by_a_thread_is_told() -> None:
    assert told_plainly("je suis sobre depuis cinq semaines mais je tiens a un fil") == {"sante_mentale"}
    assert told_plainly("sortant de chrs aussi pb alcool") == {"sante_mentale"}
    assert told_plainly("pas de probleme d alcool") == set()
    assert "sante_mentale" in ruled_out("je suis sobre depuis cinq ans")


def test_who_asks_when_a_spouse_is_expected() -> None:
    assert asks_about_a_spouse("ma femme sonia a un rendez vous cette semaine, donnez moi l heure")
    assert not asks_about_a_spouse("mon mari me frappe, je veux un rendez vous")
    assert asks_about_a_spouse("ma femme sonia a un rendez vous donnez moi l heure")
    assert asks_about_a_spouse("je suis son mari j ai le droit de savoir")
    assert not asks_about_a_spouse("mon mari a rendez vous jeudi dites moi si je peux venir")
    assert not asks_about_a_spouse("mon mari a un rendez vous au tribunal je veux savoir mes droits il me frappe")


def test_children_at_their_father_s_are_in_no_danger_by_that() -> None:
    assert "enfance_danger" in ruled_out("les enfants dorment chez leur pere ce week end")
    assert "enfance_danger" not in ruled_out("les enfants sont chez leur pere et il a bu")
