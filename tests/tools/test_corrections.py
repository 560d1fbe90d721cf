"""From a correction to an example, as the agents' console and the reviewers see it: files and French answers."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.examples import examples
from tools.correction.project import Project
from tools.corrections import main

TRAINING = """\
version: "3.1"
nlu:
- intent: decrire_situation
  metadata:
    needs: [impaye_loyer]
    urgency: none
  examples: |
    - je dois deux loyers au bailleur et je ne sais pas comment faire
    - ya la caf et le pole social qui disent que le dossier manque et la voisine
- intent: saluer
  examples: |
    - bonjour
"""
JUDGE = """\
version: "3.1"
nlu:
- intent: decrire_situation
  metadata:
    needs: [violence_conjugale]
    urgency: emergency
    emergency_kind: violence
  examples: |
    - il est dans l'escalier
    - il casse la porte de la chambre avec une chaise depuis ce matin
"""
SOON = {"needs": ["expulsion"], "urgency": "soon", "emergency_kind": None}
NOTHING = {"needs": [], "urgency": "none", "emergency_kind": None}
VIOLENCE = {"needs": ["violence_conjugale"], "urgency": "emergency", "emergency_kind": "violence"}
LOCK = "le propriétaire a changé le canon et mes sacs sont dans la cour"
CELLAR = "il me garde dans la cave et la clé est dans sa poche"

_ids = count(1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "nlu", tmp_path / "evaluation", tmp_path / "reviews")
    made.training.mkdir()
    made.judges.mkdir()
    (made.training / "logement.yml").write_text(TRAINING, encoding="utf-8")
    (made.judges / "jugement.yml").write_text(JUDGE, encoding="utf-8")
    return made


def correction(text: str = LOCK, right: Any = SOON, **fields: Any) -> dict[str, Any]:
    made = {"id": f"c-{next(_ids):012x}", "text": text, "read": NOTHING, "right": right, "date": "2026-11-21"}
    return made | fields


@pytest.fixture
def proposed(project: Project, tmp_path: Path) -> Callable[..., int]:
    """Propose these corrections; returns the exit code."""

    def run(*lines: Any) -> int:
        written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        (tmp_path / "lot.jsonl").write_text("\n".join(written) + "\n", encoding="utf-8")
        return main(["propose", str(tmp_path / "lot.jsonl")], project)

    return run


def review_file(project: Project) -> Path:
    return project.reviews / "lot.relecture.yml"


def reviewed(project: Project, *replacements: tuple[str, str], status: str = "accepte", by: str = "[AB]") -> Path:
    """The review file after a reviewer's hand."""
    path = review_file(project)
    text = path.read_text(encoding="utf-8")
    for old, new in (("statut: a_relire", f"statut: {status}"), ("relecteurs: []", f"relecteurs: {by}"), *replacements):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def accepted(project: Project, path: Path) -> int:
    return main(["accept", str(path)], project)


def learned(project: Project) -> list[tuple[str, str, dict[str, Any]]]:
    if not project.corrections.exists():
        return []
    return [(each.text, each.intent, each.metadata) for each in examples(project.corrections)]


def test_a_correction_becomes_an_example_after_a_humans_yes(project, proposed, capsys):
    assert proposed(correction(reason="besoin_confondu")) == 0
    text = review_file(project).read_text(encoding="utf-8")
    assert "# lu : decrire_situation, besoins [], urgence none" in text
    assert "statut: a_relire" in text
    assert learned(project) == []

    assert accepted(project, reviewed(project)) == 0
    assert learned(project) == [(LOCK, "decrire_situation", {"needs": ["expulsion"], "urgency": "soon"})]
    told = capsys.readouterr().out
    assert "make train" in told
    assert "make evaluate" in told


def test_the_file_learned_from_carries_neither_reviewers_nor_corrections(project, proposed):
    made = correction()
    proposed(made)
    accepted(project, reviewed(project))
    written = project.corrections.read_text(encoding="utf-8")
    assert made["id"] not in written
    assert "AB" not in written
    assert "2026" not in written


def test_the_same_file_is_accepted_once(project, proposed, capsys):
    proposed(correction())
    path = reviewed(project)
    assert accepted(project, path) == 0
    before = project.corrections.read_bytes()

    assert accepted(project, path) == 1
    path.write_text(path.read_text(encoding="utf-8").replace(LOCK, "tout autre chose est écrit ici"), encoding="utf-8")
    assert accepted(project, path) == 1
    assert "déjà importé" in capsys.readouterr().err
    assert project.corrections.read_bytes() == before


def test_a_second_file_is_added_below_the_first(project, proposed):
    proposed(correction())
    accepted(project, reviewed(project))
    review_file(project).unlink()
    proposed(correction("bonjour à vous tous", {**NOTHING, "intent": "saluer"}))
    assert accepted(project, reviewed(project)) == 0
    assert [(text, intent) for text, intent, _ in learned(project)] == [
        (LOCK, "decrire_situation"),
        ("bonjour à vous tous", "saluer"),
    ]


def test_messages_of_the_same_label_share_a_group(project, proposed):
    proposed(correction(), correction("on nous met dehors vendredi avec les petits"))
    accepted(project, reviewed(project))
    assert len(yaml.safe_load(project.corrections.read_text(encoding="utf-8"))["nlu"]) == 1
    assert len(learned(project)) == 2


def test_what_was_accepted_is_not_proposed_again(project, proposed, capsys):
    proposed(correction())
    accepted(project, reviewed(project))
    review_file(project).unlink()
    proposed(correction(LOCK + " svp"))
    assert "corrections.yml" in capsys.readouterr().out
    assert not review_file(project).exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pas du json", "objet JSON"),
        ("[]", "objet JSON"),
        (correction(auteur="Durand"), "de trop"),
        (correction(conversation_id="abc"), "de trop"),
        (correction(id="conversation-12"), "champ « id »"),
        (correction(date="21/11/2026"), "date"),
        (correction(text=""), "champ « text » : est vide"),
        (correction(text="a" * 2001), "trop long"),
        (correction(reason="parce que Mme Durand"), "attendu : besoin_oublie"),
        (correction(right={"needs": []}), "champ obligatoire absent : « right.urgency »"),
        (correction(right={**SOON, "needs": None}), "doit être une liste"),
        (correction(right={**SOON, "urgency": "vite"}), "attendu : none, soon, emergency"),
        (correction(right={**SOON, "needs": ["expulsoin"]}), "« expulsoin »"),
        (correction(right={**SOON, "needs": ["rdv_prendre"]}), "acte"),
        (correction(right={**SOON, "emergency_kind": "violence"}), "emergency_kind"),
        (correction(right={**VIOLENCE, "emergency_kind": None}), "emergency_kind"),
        (correction(right={**VIOLENCE, "emergency_kind": "suicide"}), "sante_mentale"),
        (correction(right={**VIOLENCE, "needs": ["aide_alimentaire"], "emergency_kind": "medical"}), "faim"),
        (correction(right={**SOON, "intent": "saluer"}), "ne porte ni besoin"),
        (correction(right={**NOTHING, "intent": "nlu_fallback"}), "intention"),
        (correction(read={**NOTHING, "commune": "Clichy"}, right={**SOON, "commune": "Clichy"}), "commune"),
        (correction(right={**SOON, "commune": "Chez Durand"}), "commune inconnue"),
    ],
)
def test_a_bad_line_is_named_in_french_and_nothing_is_written(project, proposed, capsys, line, said):
    assert proposed(correction(CELLAR, VIOLENCE), line) == 1
    told = capsys.readouterr().err
    assert "ligne 2 : " in told
    assert said in told
    assert "Durand" not in told
    assert not project.reviews.exists()


def test_every_bad_line_is_named(proposed, capsys):
    assert proposed("{", correction(), "", correction(date="hier"), correction(right={})) == 1
    told = capsys.readouterr().err
    assert all(f"ligne {number} " in told for number in (1, 4, 5))
    assert "ligne 2 " not in told


def test_an_identifier_serves_once(proposed, capsys):
    assert proposed(correction(id="c-aaaaaaaaaaaa"), correction(CELLAR, VIOLENCE, id="c-aaaaaaaaaaaa")) == 1
    assert "plus d'une fois" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_in_one_line(project, tmp_path, capsys):
    assert main(["propose", str(tmp_path / "absent.jsonl")], project) == 1
    assert main(["accept", str(tmp_path / "absent.yml")], project) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "mon dossier caf 1234567 est bloqué",
        "j'habite 12 bis rue de Paris au fond de la cour",
        "je vis rue Trébois depuis toujours",
        "12, avenue victor hugo escalier c",
        "né le 06.12.2005 à l'hôpital",
        "je suis née le 6 décembre 2005",
        "mon code est K7PM-4XQT-9R",
        "écris à karim arobase gmail point com",
        "mon insta c'est @karimdu92",
        "regardez https://exemple.fr/photo",
        "zéro six douze trente quatre cinquante six",
        "passeport 12AB34567",
        "mon numéro 0\u200b6\u200b1\u200b2 c'est le 345 678 9",
        "⁰⁶ ¹² ³⁴ ⁵⁶ ⁷⁸ voilà",
    ],
)
def test_what_still_looks_personal_is_refused_without_being_repeated(project, proposed, capsys, text):
    assert proposed(correction(text)) == 0
    told = capsys.readouterr().out
    assert "Refusés" in told
    assert text not in told
    assert not review_file(project).exists()


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 1 250,50 € de loyer et 12 000 euros de dettes",
        "audience le 24/11/2026 à 10h30 au tribunal",
        "j'ai appelé le 3919, le 115, le 17 et le 116 006",
        "j'ai 3 enfants de 2, 4 et 7 ans au 92110 et 800, 450 de caf",
        "je suis à la rue depuis 3 jours avec 2 valises",
        "rappelez moi au [numéro] svp",
    ],
)
def test_what_is_not_personal_is_kept(project, proposed, text):
    proposed(correction(text))
    assert text.replace("[", "(").replace("]", ")") in review_file(project).read_text(encoding="utf-8")


def test_what_the_gateway_would_redact_is_redacted_again(project, proposed):
    proposed(correction("je m'appelle Awa, 06 12 34 56 78, awa@exemple.fr, on me met dehors"))
    text = review_file(project).read_text(encoding="utf-8")
    assert "je m'appelle …, 06 00 00 00 00, (courriel), on me met dehors" in text


def test_a_possible_name_must_be_settled_by_the_reviewer(project, proposed, capsys):
    proposed(correction("la caf dit que Inès manque et mme diabaté le dossier"))
    path = reviewed(project)
    assert 'noms_possibles: ["Inès", "diabaté"]' in path.read_text(encoding="utf-8")
    assert accepted(project, path) == 1
    assert "« Inès »" in capsys.readouterr().err

    edited = path.read_text(encoding="utf-8").replace("que Inès", "que ma fille").replace(', "diabaté"]', "]")
    path.write_text(edited, encoding="utf-8")
    assert accepted(project, path) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bonjour", "logement.yml"),
        ("Je dois 2 loyers au bailleur, et je ne sais pas comment faire", "logement.yml"),
        ("Il est dans l'escalier !", "évaluation"),
        ("bonsoir madame il est dans l'escalier que faire", "évaluation"),
        ("il cassait la porte de la chambre avec sa chaise depuis le matin", "évaluation"),
        ("…", "rien ne reste"),
    ],
)
def test_what_is_known_is_dropped(project, proposed, capsys, text, said):
    assert proposed(correction(text)) == 0
    told = capsys.readouterr().out
    assert "Écartés (1)" in told
    assert said in told
    assert not review_file(project).exists()


def test_two_messages_of_one_file_that_are_nearly_the_same_are_one(project, proposed, capsys):
    proposed(correction(), correction(LOCK + "!"))
    assert "déjà dans la ligne 1" in capsys.readouterr().out
    assert review_file(project).read_text(encoding="utf-8").count("a_relire") == 1


def test_a_reading_that_was_right_teaches_nothing(proposed, capsys):
    proposed(correction(right=NOTHING), correction(CELLAR, {**NOTHING, "commune": "Clichy"}))
    told = capsys.readouterr().out
    assert "rien n'est corrigé" in told
    assert "commune seule" in told


def test_a_commune_is_told_to_the_reviewer_and_not_learned(project, proposed):
    proposed(correction(read={**NOTHING, "commune": "Paris"}, right={**SOON, "commune": "Clichy"}))
    assert "# commune lue : Paris, juste : Clichy" in review_file(project).read_text(encoding="utf-8")
    accepted(project, reviewed(project))
    assert learned(project) == [(LOCK, "decrire_situation", {"needs": ["expulsion"], "urgency": "soon"})]


def test_a_review_under_way_is_not_overwritten(project, proposed, capsys):
    proposed(correction())
    before = reviewed(project).read_bytes()
    assert proposed(correction(CELLAR, VIOLENCE)) == 1
    assert "existe déjà" in capsys.readouterr().err
    assert review_file(project).read_bytes() == before


def test_a_review_is_never_written_where_it_would_be_learned(project, proposed, tmp_path, capsys):
    proposed(correction())
    out = project.training / "relecture.yml"
    assert main(["propose", str(tmp_path / "lot.jsonl"), "--out", str(out)], project) == 1
    assert not out.exists()


def test_without_the_sets_that_judge_nothing_is_proposed(project, proposed, capsys):
    (project.judges / "jugement.yml").unlink()
    assert proposed(correction()) == 1
    assert "évaluation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("[]", 1),
        ("[AB]", 1),
        ("[AB, ab]", 1),
        ("[AB, A.B.]", 1),
        ("[AB, CD]", 0),
        ("[NO, ON]", 0),
        ("[Marie Durand]", 1),
    ],
)
def test_an_emergency_takes_two_reviewers(project, proposed, by, code):
    proposed(correction(CELLAR, VIOLENCE))
    assert accepted(project, reviewed(project, by=by)) == code
    assert len(learned(project)) == 1 - code


def test_an_emergency_taken_back_takes_two_reviewers(project, proposed, capsys):
    proposed(correction("il me tue ce collègue avec ses blagues", NOTHING, read=VIOLENCE))
    assert accepted(project, reviewed(project)) == 1
    assert "deux relecteurs" in capsys.readouterr().err


def test_an_emergency_the_reviewers_found_takes_two_of_them(project, proposed):
    proposed(correction(CELLAR, {**NOTHING, "needs": ["violence_conjugale"]}))
    edit = ("urgency: none\n", "urgency: emergency\n    emergency_kind: violence\n")
    assert accepted(project, reviewed(project, edit)) == 1


def test_anything_else_takes_one_reviewer(project, proposed, capsys):
    proposed(correction())
    assert accepted(project, reviewed(project, by="[]")) == 1
    assert "initiales" in capsys.readouterr().err


def test_refused_messages_are_not_learned(project, proposed, capsys):
    proposed(correction())
    assert accepted(project, reviewed(project, status="refuse", by="[]")) == 0
    assert learned(project) == []
    assert "1 message(s) refusé(s)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("needs: [expulsion]", "needs: [expulsoin]", "expulsoin"),
        ("needs: [expulsion]\n", "needs: []\n    besoin: expulsion\n", "de trop"),
        ("    needs: [expulsion]\n", "", "metadata.needs"),
        ("urgency: soon", "urgency: emergency", "emergency_kind"),
        ("statut: accepte", "statut: oui", "attendu : a_relire, accepte, refuse"),
        ("statut: accepte", "statut: a_relire", "pas encore relu"),
        (LOCK, "appelle moi au 06 12 34 56 78", "personnelle"),
        (LOCK, "je vis au 3 rue de Paris", "une adresse"),
        (LOCK, "je m'appelle Awa", "personnelle"),
        (LOCK, "bonjour", "presque un exemple"),
        (LOCK, "il est dans l'escalier", "évaluation"),
        (LOCK, CELLAR, "presque un exemple"),
        (LOCK, "!!!", "aucun mot"),
        (LOCK, "mes [sacs](objet) dehors", "crochets"),
        (LOCK, "une ligne\n    - et une autre", "un message par entrée"),
        ("    - " + LOCK, "    sans tiret", "un message par entrée"),
        ("intent: decrire_situation", "intent: [", "YAML illisible"),
    ],
)
def test_one_bad_entry_and_nothing_is_imported(project, proposed, capsys, old, new, said):
    proposed(correction(CELLAR, VIOLENCE), correction())
    path = reviewed(project, by="[AB, CD]")
    head, sound, bad = path.read_text(encoding="utf-8").split("# corrigé")
    path.write_text("# corrigé".join([head, sound, bad.replace(old, new)]), encoding="utf-8")

    assert accepted(project, path) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "ligne " in told
    assert not project.corrections.exists()


def test_the_line_named_is_that_of_the_file(project, proposed, capsys):
    proposed(correction(CELLAR, VIOLENCE), correction())
    path = reviewed(project, ("needs: [expulsion]", "needs: [inconnu]"), by="[AB, CD]")
    accepted(project, path)
    line = int(capsys.readouterr().err.split("ligne ")[1].split(" ")[0])
    entry = path.read_text(encoding="utf-8").splitlines()[line - 1 : line + 2]
    assert entry[0] == "- intent: decrire_situation"
    assert entry[2] == "    needs: [inconnu]"


@pytest.mark.parametrize("text", ["", "nlu:", "nlu: []", "- a", "nlu:\n- a", "version: 3\nnlu: oui"])
def test_a_file_that_is_no_review_is_refused(project, tmp_path, capsys, text):
    path = tmp_path / "autre.yml"
    path.write_text(text, encoding="utf-8")
    assert accepted(project, path) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert not project.corrections.exists()


def test_what_stood_in_the_file_of_corrections_stays(project, proposed):
    project.corrections.write_text(
        'version: "3.1"\nnlu:\n- intent: saluer\n  examples: |\n    - bonjour bonjour\n', encoding="utf-8"
    )
    proposed(correction())
    accepted(project, reviewed(project))
    assert [text for text, _, _ in learned(project)] == ["bonjour bonjour", LOCK]
