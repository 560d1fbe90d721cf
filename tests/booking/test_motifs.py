"""The motifs file and its copy in the database."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Lieu, Motif, MotifLieu
from bot.booking.motifs import InvalidMotifs, MotifEntry, load_motifs, sync_motifs

CLICHY, LEVALLOIS = "pole-clichy", "levallois-pmi-sante-sexuelle"
PMI = [
    *("premiere_pesee", "suivi_grossesse", "consultation_enfant"),
    *("vaccination_enfant", "conseil_puericulture", "suivi_postnatal"),
]


def test_each_motif_is_offered_where_the_brief_says(motifs: dict[str, MotifEntry]) -> None:
    assert {code: (entry.service, entry.sites) for code, entry in motifs.items()} == {
        "acces_aux_droits": ("acces-aux-droits", (CLICHY,)),
        **dict.fromkeys(PMI, ("pmi", (CLICHY, LEVALLOIS))),
        "accompagnement_rsa": ("accompagnement-rsa", (CLICHY,)),
        "sante_sexuelle": ("sante-sexuelle", (LEVALLOIS,)),
        "entretien_social": ("accueil", (CLICHY,)),
    }


def test_only_sante_sexuelle_is_silent_and_no_paper_is_invented(motifs: dict[str, MotifEntry]) -> None:
    assert [code for code, entry in motifs.items() if entry.silent] == ["sante_sexuelle"]
    assert {entry.papiers for entry in motifs.values()} == {()}
    assert {entry.duration_min for entry in motifs.values()} == {30}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("duration_min: 32", "multiple of 5"),
        ("duration_min: 0", "multiple of 5"),
        ("visibility: hidden", "visible or silent"),
        ("sites: []", "no site"),
        ("couleur: bleu", "couleur"),
    ],
)
def test_a_wrong_motif_is_refused_by_name(tmp_path: Path, change: str, complaint: str) -> None:
    with pytest.raises(InvalidMotifs, match=f"^pesee: .*{complaint}"):
        load_motifs(motifs_file(tmp_path, {"code": "code: pesee", change.split(":")[0]: change}))


def test_a_missing_field_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidMotifs, match="libelle"):
        load_motifs(motifs_file(tmp_path, {"code": "code: pesee", "libelle": "papiers: []"}))


def test_a_code_stands_once(tmp_path: Path) -> None:
    path = motifs_file(tmp_path, {"code": "code: pesee"})
    path.write_text(path.read_text() + path.read_text().split("motifs:\n")[1])
    with pytest.raises(InvalidMotifs, match="share"):
        load_motifs(path)


def motifs_file(directory: Path, changes: dict[str, str]) -> Path:
    fields = {
        "code": "code: pesee",
        "libelle": "libelle: Pesée",
        "service": "service: pmi",
        "sites": "sites: [pole-clichy]",
        "visibility": "visibility: visible",
        "papiers": "papiers: []",
    } | changes
    path = directory / "motifs.yml"
    kept = "location_type: public_office, bookable_by: everyone"
    defaults = f"defaults: {{{kept}, duration_min: 30, min_delay_minutes: 30, max_delay_days: 90}}"
    path.write_text(f"{defaults}\nmotifs:\n  - " + "\n    ".join(dict.fromkeys(fields.values())) + "\n")
    return path


def offered(session: Session) -> set[tuple[str, str]]:
    return {tuple(row) for row in session.execute(select(MotifLieu.motif_code, MotifLieu.lieu_id))}


def test_the_database_offers_exactly_the_file(engine: Engine, motifs: dict[str, MotifEntry]) -> None:
    pairs = {(code, site) for code, entry in motifs.items() for site in entry.sites}
    with Session(engine, future=True) as session, session.begin():
        for _ in range(2):
            sync_motifs(session, motifs)
            assert offered(session) == pairs


def test_a_later_file_changes_motifs_and_keeps_what_the_lieu_chose(
    engine: Engine, motifs: dict[str, MotifEntry]
) -> None:
    later = {"premiere_pesee": replace(motifs["premiere_pesee"], duration_min=45, sites=(CLICHY,))}
    with Session(engine, future=True) as session, session.begin():
        sync_motifs(session, motifs)
        session.get(Lieu, CLICHY).works_whit_monday = True
        sync_motifs(session, later)
        assert offered(session) == {("premiere_pesee", CLICHY)}
        assert session.get(Motif, "premiere_pesee").duration_min == 45
        assert session.get(Motif, "suivi_grossesse") is not None
        assert session.get(Lieu, CLICHY).works_whit_monday
