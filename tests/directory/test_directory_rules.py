"""A record that breaks a rule is refused, in one French line naming file and record."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from bot.directory.load import DEFAULT_PATH, load_directory
from bot.directory.models import DirectoryError

Spoil = Callable[[str, Callable[[Any], None]], Path]
PLACE = r"^structures\.yml, fiche « pole-clichy » : "


def record(document: Any, wanted: str) -> dict[str, Any]:
    """The record bearing this id in a file's content."""
    found: dict[str, Any] = next(entry for entry in document if entry.get("id", entry.get("key")) == wanted)
    return found


def refuse(folder: Path, message: str) -> None:
    """The folder is refused with a message of one line that matches."""
    with pytest.raises(DirectoryError, match=message) as refusal:
        load_directory(folder)
    assert "\n" not in str(refusal.value)


def test_the_real_records_are_accepted_and_never_of_low_confidence() -> None:
    directory = load_directory(DEFAULT_PATH)
    provenances = [
        *(structure.provenance for structure in directory.structures.values()),
        *(service.provenance for service in directory.services.values()),
        *(hotline.provenance for hotline in directory.hotlines.values()),
        *(commune.provenance for commune in directory.communes.values()),
        *(place.provenance for place in directory.elsewhere.values()),
        *(trade.provenance for trade in directory.trades.values()),
        *(term.provenance for term in directory.terms.values()),
        *(fact.provenance for fact in directory.facts.values()),
        *(programme.provenance for programme in directory.programmes.values()),
    ]
    facts = [fact for provenance in provenances for fact in provenance.values()]
    assert {fact.confidence for fact in facts} == {"high", "medium"}
    assert {fact.source for fact in facts} <= set(directory.sources)


CHANGES_TO_THE_POLE: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (lambda pole: pole.pop("nom"), "champ obligatoire absent : « nom »"),
    (lambda pole: pole.update(nom="X"), "champ « nom » : valeur « X » refusée par le schéma"),
    (lambda pole: pole.update(telephnoe="15"), "champ inconnu : « telephnoe »"),
    (lambda pole: pole.update(date_maj="hier"), "champ « date_maj » : valeur « hier » refusée"),
    (lambda pole: pole.update(adresse="1 rue X"), "champ « adresse » : provenance absente"),
    (
        lambda pole: pole.pop("telephone"),
        "provenance donnée pour « telephone », que la fiche ne contient pas",
    ),
    (lambda pole: pole.update(telephone="+3312"), "« \\+3312 » n'est pas un numéro de téléphone valable"),
    (lambda pole: pole.update(telephone="99999"), "« 99999 » n'est pas un numéro de téléphone valable"),
    (
        lambda pole: pole.update(horaires_accueil="le matin"),
        "« le matin » n'est pas un horaire OpenStreetMap",
    ),
    (
        lambda pole: pole.update(reseaux_porteurs=["zoo"]),
        "champ « reseaux_porteurs.0 » : valeur « zoo » refusée",
    ),
    (lambda pole: pole.pop("project"), "champ « project » : valeur « null » refusée"),
    (
        lambda pole: pole["project"].update(kind="palais"),
        "champ « project.kind » : valeur « palais » refusée",
    ),
    (lambda pole: pole["project"].update(colour="bleu"), "champ inconnu : « colour » \\(sous « project »\\)"),
    (lambda pole: pole["project"].update(serves=["Clichy"]), "« serves » : pas les mêmes communes"),
    (lambda pole: pole["project"].update(serves=["Rome"]), "« Rome » n'est pas une commune"),
]


@pytest.mark.parametrize(("change", "message"), CHANGES_TO_THE_POLE)
def test_a_spoiled_structure_is_refused(spoiled: Spoil, change: Callable[[dict[str, Any]], None], message: str) -> None:
    folder = spoiled("structures.yml", lambda document: change(record(document, "pole-clichy")))
    refuse(folder, PLACE + ".*" + message)


CHANGES_TO_A_PROVENANCE: list[tuple[dict[str, Any], str]] = [
    (
        {"confidence": "low"},
        "provenance.telephone.confidence » : valeur « low » refusée \\(attendu : high, medium\\)",
    ),
    ({"source": "on-dit"}, "champ « telephone » : source « on-dit » absente de sources.yml"),
    (
        {"source_date": "2026-01-01"},
        "champ « telephone » : la date de la source n'est pas celle de sources.yml",
    ),
    ({"verified_on": None}, "provenance.telephone.verified_on » : valeur « null » refusée"),
]


@pytest.mark.parametrize(("change", "message"), CHANGES_TO_A_PROVENANCE)
def test_a_spoiled_provenance_is_refused(spoiled: Spoil, change: dict[str, Any], message: str) -> None:
    def spoil(document: Any) -> None:
        record(document, "pole-clichy")["project"]["provenance"]["telephone"].update(change)

    refuse(spoiled("structures.yml", spoil), PLACE + ".*" + message)


def test_a_missing_provenance_is_refused(spoiled: Spoil) -> None:
    def spoil(document: Any) -> None:
        del record(document, "pole-clichy")["project"]["provenance"]["commune"]

    refuse(spoiled("structures.yml", spoil), PLACE + "champ « commune » : provenance absente")


def test_a_false_thematique_is_refused(spoiled: Spoil) -> None:
    folder = spoiled("services.yml", lambda services: record(services, "pmi").update(thematiques=["sante--magie"]))
    refuse(folder, "^services.yml, fiche « pmi » : champ « thematiques.0 » : valeur « sante--magie » refusée")


def test_a_duplicate_id_is_refused(spoiled: Spoil) -> None:
    folder = spoiled("hotlines.yml", lambda lines: lines.append(copy.deepcopy(lines[0])))
    refuse(folder, "^hotlines.yml, fiche « samu-15 » : identifiant employé plus d'une fois")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"structure_id": "nulle-part"},
            "champ « structure_id » : « nulle-part » n'existe pas dans structures.yml",
        ),
        ({"project": {"sites": ["nulle-part"]}}, "champ « sites » : « nulle-part » n'existe pas"),
        ({"project": {"part_of": "rien"}}, "champ « part_of » : « rien » n'existe pas dans services.yml"),
        (
            {"project": {"urgency": 4}},
            "champ « project.urgency » : valeur « 4 » refusée \\(attendu : 0, 1, 2, 3\\)",
        ),
    ],
)
def test_a_dangling_service_is_refused(spoiled: Spoil, change: dict[str, Any], message: str) -> None:
    def spoil(document: Any) -> None:
        service = record(document, "pmi-conseils")
        project = {**service["project"], **change.get("project", {})}
        service.update({**change, "project": project})

    refuse(spoiled("services.yml", spoil), "^services.yml, fiche « pmi-conseils » : " + message)


def test_a_number_that_is_not_the_one_dialled_is_refused(spoiled: Spoil) -> None:
    folder = spoiled("hotlines.yml", lambda lines: record(lines, "viols-cfcv").update(dial="+33147293032"))
    refuse(folder, "fiche « viols-cfcv » : les champs « number » et « dial » ne sont pas le même numéro")


def test_the_single_number_cannot_be_missing(spoiled: Spoil) -> None:
    folder = spoiled("hotlines.yml", lambda lines: lines.remove(record(lines, "numero-unique")))
    refuse(folder, "^hotlines.yml : le numéro unique")


def test_a_name_leads_to_one_commune(spoiled: Spoil) -> None:
    folder = spoiled("communes.yml", lambda places: places["communes"][2]["aliases"].append("clichy"))
    refuse(folder, "^communes.yml, fiche « Issy-les-Moulineaux » : le nom « clichy » désigne déjà « Clichy »")


def test_a_missing_file_is_named(spoiled: Spoil) -> None:
    folder = spoiled("trades.yml", lambda trades: None)
    (folder / "trades.yml").unlink()
    refuse(folder, "^trades.yml : fichier introuvable")


def test_a_badly_written_file_is_named_with_its_line(spoiled: Spoil) -> None:
    folder = spoiled("trades.yml", lambda trades: None)
    (folder / "trades.yml").write_text("- id: a\n  name: [\n", encoding="utf-8")
    refuse(folder, "^trades.yml, ligne 3 : YAML mal écrit")


@pytest.mark.parametrize("content", ["", "a: b\n", "- texte\n"])
def test_a_file_that_is_no_list_of_records_is_named(spoiled: Spoil, content: str) -> None:
    folder = spoiled("trades.yml", lambda trades: None)
    (folder / "trades.yml").write_text(content, encoding="utf-8")
    refuse(folder, "^trades.yml : une liste de fiches est attendue")


def test_a_missing_schema_is_named(spoiled: Spoil) -> None:
    folder = spoiled("trades.yml", lambda trades: None)
    (folder / "schemas" / "v1" / "service.json").unlink()
    refuse(folder, "^service.json : schéma introuvable")


def test_dates_in_the_files_are_dates() -> None:
    structures = yaml.safe_load((DEFAULT_PATH / "structures.yml").read_text(encoding="utf-8"))
    assert all(entry["date_maj"] == "2026-11-21" for entry in structures)
