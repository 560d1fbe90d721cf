"""Links carry a resident to the right place, and what the département has not given is never guessed."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.motifs import MotifEntry, load_motifs
from bot.clock import PARIS
from bot.directory.load import load_directory
from bot.rdv_service_public.links import Place, motif_slug, search_link, slot_link
from bot.rdv_service_public.names import InvalidNames, LieuThere, MotifThere, Names, load_names
from tests.rdv_service_public.conftest import CLICHY, LEVALLOIS, NAMES

BASE = "https://rdv.exemple.fr"
DIRECTORY = load_directory()


def place(
    motifs: dict[str, MotifEntry], motif: str = "premiere_pesee", lieu: str = CLICHY, names: Names = NAMES
) -> Place:
    return Place(motifs[motif], names.motif(motif), names.lieu(lieu))


def parameters(link: str) -> dict[str, str]:
    assert link.startswith(BASE + "/")
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


@pytest.mark.parametrize(
    ("name", "location", "slug"),
    [
        ("Consultation PMI", "public_office", "consultation_pmi-public_office"),
        ("RDV d'accompagnement (RSA) – à domicile !", "home", "rdv_d_accompagnement_rsa_a_domicile-home"),
        ("Cœur & sœur", "phone", "coeur_soeur-phone"),
    ],
)
def test_the_slug_of_a_motif(name: str, location: str, slug: str) -> None:
    assert motif_slug(name, location) == slug


@given(st.text(max_size=80))
def test_a_slug_never_breaks_a_link(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]*-home", motif_slug(name, "home"))


@pytest.mark.parametrize(("commune", "code"), [("Clichy", "92024"), ("Levallois-Perret", "92044")])
def test_without_ids_a_link_has_the_territory_the_town_and_the_motif(
    motifs: dict[str, MotifEntry], commune: str, code: str
) -> None:
    town = DIRECTORY.commune(commune)
    assert town is not None
    link = search_link(BASE, place(motifs, names=Names()), town.insee_code)
    assert urlsplit(link).path == "/prendre_rdv"
    assert parameters(link) == {
        "departement": "92",
        "city_code": code,
        "motif_name_with_location_type": "premiere_pesee_de_votre_bebe-public_office",
    }


def test_the_file_of_the_project_holds_no_id_that_nobody_gave() -> None:
    assert load_names(load_motifs()) == Names()


def test_with_ids_the_link_goes_to_the_lieu(motifs: dict[str, MotifEntry]) -> None:
    assert parameters(search_link(BASE, place(motifs), None)) == {
        "departement": "92",
        "motif_name_with_location_type": "premiere_pesee-public_office",
        "service_id": "5",
        "lieu_id": "34",
        "public_link_organisation_id": "12",
    }


def test_the_link_of_a_silent_motif_tells_the_town_and_nothing_else(motifs: dict[str, MotifEntry]) -> None:
    link = search_link(BASE, place(motifs, "sante_sexuelle", LEVALLOIS), "92044")
    assert parameters(link) == {"departement": "92", "city_code": "92044"}


def test_the_link_to_one_slot_has_the_time_of_paris(motifs: dict[str, MotifEntry]) -> None:
    link = slot_link(BASE, place(motifs), 101, datetime.fromisoformat("2027-07-12T07:30:00+00:00"))
    assert urlsplit(link).path == "/creneaux"
    assert parameters(link) == {
        "starts_at": "2027-07-12 09:30",
        "lieu_id": "34",
        "motif_id": "101",
        "public_link_organisation_id": "12",
        "duration": "30",
    }
    bare = slot_link(BASE, replace(place(motifs), lieu=LieuThere()), 101, datetime(2027, 1, 12, 9, tzinfo=PARIS))
    assert "lieu_id" not in parameters(bare)


def written(folder: Path, text: str) -> Path:
    path = folder / "names.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_names_are_read(motifs: dict[str, MotifEntry], tmp_path: Path) -> None:
    text = (
        "motifs:\n  premiere_pesee: {nom: Pesée, service_id: 5, motif_ids: [101, 102]}\n  suivi_grossesse: {}\n"
        "lieux:\n  pole-clichy: {lieu_id: 34, organisation_id: 12, organisation_external_id: pmi-clichy}\n"
    )
    names = load_names(motifs, written(tmp_path, text))
    assert names.motif("premiere_pesee") == MotifThere("Pesée", 5, (101, 102))
    assert names.motif("suivi_grossesse") == MotifThere()
    assert names.our_motif(102) == "premiere_pesee"
    assert names.our_motif(103) is None
    assert names.our_lieu(34, None) == CLICHY
    assert names.our_lieu(99, 12) is None, "a lieu of theirs that is none of ours"
    assert names.our_lieu(None, 12) == CLICHY, "by telephone: that of the organisation"
    assert names.our_lieu(None, None) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("motifs: {pesee_inconnue: {}}\nlieux: {}", "pesee_inconnue"),
        ("motifs: {}\nlieux: {pole-ailleurs: {}}", "pole-ailleurs"),
        ("motifs: {premiere_pesee: {motif_ids: [abc]}}", "premiere_pesee.*motif_ids.*abc"),
        ("motifs: {premiere_pesee: {motif_ids: 101}}", "premiere_pesee.*liste"),
        ("motifs: {premiere_pesee: {motif_ids: [true]}}", "premiere_pesee.*True"),
        ("motifs: {premiere_pesee: {motif_ids: [-1]}}", "premiere_pesee.*-1"),
        ("motifs: {premiere_pesee: {service: 5}}", "premiere_pesee.*inconnu.*service"),
        ("motifs: {premiere_pesee: 5}", "premiere_pesee"),
        ("motifs: {premiere_pesee: {nom: 5}}", "premiere_pesee.*nom"),
        ("motifs: {premiere_pesee: {motif_ids: [1]}, suivi_grossesse: {motif_ids: [1]}}", "1 est donné deux fois"),
        ("lieux: {pole-clichy: {lieu_id: 1}, levallois-pmi-sante-sexuelle: {lieu_id: 1}}", "deux fois"),
        ("[]", "names.yml"),
        ("", "names.yml"),
        ("autre: {}", "autre"),
    ],
)
def test_a_wrong_file_is_refused_by_name(motifs: dict[str, MotifEntry], tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidNames, match=said) as error:
        load_names(motifs, written(tmp_path, text))
    assert len(str(error.value).splitlines()) == 1
