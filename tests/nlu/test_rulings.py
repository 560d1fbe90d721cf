"""What plain words decide of a reading, whatever the model believes (needs.md, "Rulings")."""

import pytest

from bot.nlu.rulings import denies_dark_thoughts, roof_until_later, ruled, ruled_out, threatens

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


def test_a_threat_to_find_somebody() -> None:
    assert threatens("quand je la trouve je lui regle son compte")
    assert not threatens("je vais la trouver a la sortie de l ecole")


def test_a_roof_that_ends_later_is_no_night_outside() -> None:
    assert roof_until_later("chez un pote jusqu a dimanche")
    assert not roof_until_later("apres ca je dors dehors ce soir")


def test_a_note_that_denies_dark_thoughts() -> None:
    assert denies_dark_thoughts("mme d cql signifie ids niees ce jour")
    assert denies_dark_thoughts("pas d ids")
    assert not denies_dark_thoughts("ids niees mais ecrit qu elle veut en finir")
    assert not denies_dark_thoughts("ids verbalisees")


def test_a_host_s_roof_that_ends_is_a_roof_lost() -> None:
    chances = CHANCES | {"hebergement_urgence": 0.4}
    told = "dort chez un camarade doit partir vendredi pas de domiciliation"
    assert ruled(["domiciliation"], chances, told, ()) == ["domiciliation", "hebergement_urgence"]
    assert ruled(["domiciliation"], chances, "dort chez un camarade pas de domiciliation", ()) == ["domiciliation"]
