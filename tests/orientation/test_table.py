"""The orientation table: no need without a door, no door that leads nowhere, no words that the night makes false."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.booking.motifs import MotifEntry
from bot.channels.gsm7 import to_gsm7
from bot.directory.models import Directory
from bot.nlu.understand import SIGNS_READ, STRANGER, THREAT
from bot.orientation.plan import NOW
from bot.orientation.table import NeedEntry, Row, Table, TableError, load_table

SIGN_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "signs.yml"
PLACEHOLDER = re.compile(r"{([^}]*)}")
SENDS_NOW = re.compile(r"\b(viens|venez|passez)\b(?! pas)|aujourd'hui|tout de suite", re.IGNORECASE)
ANSWERS_AT_NIGHT = {"hebergement-115", "police-17", "enfance-119", "violences-3919"}
URGENT = 2
SMS_ROOM = 160

NEEDS = (
    """expulsion impaye_loyer hebergement_urgence recherche_logement aide_alimentaire violence_conjugale
    violence_familiale enfance_danger ase_suivi rsa_demande rsa_suivi insertion_emploi caf_prestations css_sante fsl
    energie_impayes dettes_budget demarches_en_ligne grossesse_suivi post_natal premiere_pesee consultation_enfant
    vaccination bilan_maternelle mode_garde parentalite contraception ivg depistage_ist handicap_mdph perte_autonomie
    isolement_senior acces_soins domiciliation sejour_droits jeune_majeur sante_mentale apprentissage_francais
    caravane_solidaire"""
).split()
ACTS = {"parler_humain", "rdv_annuler", "rdv_deplacer"}


def rows(table: Table) -> Iterator[tuple[NeedEntry, Row]]:
    return ((entry, row) for entry in table.values() for row in entry.rows)


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_opens_a_door(need: str, table: Table) -> None:
    assert need in table, f"data/orientation ne dit pas quoi faire pour « {need} »"
    assert all(row.doors and row.why and row.why_sms for row in table[need].rows)


def test_the_table_holds_no_need_that_nobody_can_have(table: Table) -> None:
    assert set(table) == {*NEEDS, *ACTS}


def test_every_door_leads_somewhere(table: Table, directory: Directory) -> None:
    hotlines = {door.hotline for _, row in rows(table) for door in row.doors} - {None}
    services = {door.service for _, row in rows(table) for door in row.doors} - {None}
    beside = {number for _, row in rows(table) for number in (*row.numbers, row.closed) if number}
    assert hotlines | beside <= set(directory.hotlines)
    assert services <= set(directory.services)


def test_every_appointment_named_can_be_booked_at_the_service_it_is_for(
    table: Table, motifs: dict[str, MotifEntry]
) -> None:
    named = {(door.motif, door.service) for _, row in rows(table) for door in row.doors if door.motif}
    assert {(motif, motifs[motif].service) for motif, _ in named if motif} == named


def test_an_appointment_is_never_offered_for_a_service_one_walks_into_or_telephones(table: Table) -> None:
    booked = [door for _, row in rows(table) for door in row.doors if door.motif]
    assert {door.mode for door in booked} == {"appointment"}


def test_every_blank_in_the_words_is_a_hotline(table: Table, directory: Directory) -> None:
    blanks = {blank for _, row in rows(table) for blank in PLACEHOLDER.findall(row.why + row.why_sms)}
    assert blanks <= set(directory.hotlines)


def test_every_sign_that_chooses_a_row_or_changes_the_reading_has_words_that_show_it(table: Table) -> None:
    wanted = {sign for _, row in rows(table) for sign in row.signs} | SIGNS_READ
    written = set(yaml.safe_load(SIGN_WORDS.read_text(encoding="utf-8")))
    assert wanted == written | {THREAT, STRANGER}  # read by the rulings, which know who is quoted and who jests


def test_the_needs_that_a_row_stands_with_exist(table: Table) -> None:
    assert {need for _, row in rows(table) for need in row.with_needs} <= set(NEEDS)


def test_labels_buttons_and_ranks_are_each_given_once(table: Table) -> None:
    for told in ("label", "button", "rank"):
        given = [getattr(entry, told) for entry in table.values()]
        assert len(given) == len(set(given)), told


def test_an_emergency_row_begins_with_a_number_that_answers_day_and_night(table: Table, directory: Directory) -> None:
    for entry, row in rows(table):
        if row.level == NOW:
            assert row.doors[0].hotline, entry.code
            assert directory.hotline(row.doors[0].hotline).opening_hours == "24/7", entry.code


def test_what_cannot_wait_for_opening_hours_has_a_number_for_the_night(table: Table) -> None:
    """facts.md, part 5: outside opening hours, urgency 2 falls back to 115, 17, 119 or 3919."""
    for entry, row in rows(table):
        if row.level >= URGENT and any(door.mode == "walk_in" for door in row.doors):
            assert row.closed in ANSWERS_AT_NIGHT, entry.code


def test_no_words_send_anybody_to_the_door_at_once(table: Table) -> None:
    """The same words are said on a Saturday night."""
    for entry, row in rows(table):
        assert not SENDS_NOW.search(row.why), f"{entry.code} : {row.why}"
        assert not SENDS_NOW.search(row.why_sms), f"{entry.code} : {row.why_sms}"


def test_past_or_present_violence_always_comes_with_17_and_3919(table: Table) -> None:
    """needs.md: 17 and 3919 always shown, in the words themselves, for an SMS has no card."""
    for row in table["violence_conjugale"].rows:
        if not row.signs & {"viol", "viol_ancien"}:
            assert "{violences-3919}" in row.why, row.why
            shown = {*PLACEHOLDER.findall(row.why), *(door.hotline for door in row.doors)}
            assert "police-17" in shown, row.why


def test_the_short_words_fit_one_message(table: Table, directory: Directory) -> None:
    numbers = {hotline.id: hotline.number for hotline in directory.hotlines.values()}
    for entry, row in rows(table):
        short = row.why_sms.format_map(numbers)
        assert to_gsm7(short) == short, entry.code
        assert len(short) <= SMS_ROOM, f"{entry.code} : {len(short)}"


def test_no_amount_of_money_is_named(table: Table) -> None:
    for entry, row in rows(table):
        assert not re.search(r"\d[\d ]*(€|euros)", row.why), entry.code


CALM = "{level: 0, doors: [{service: accueil, mode: walk_in}], why: On vous écoute., sms: On vous ecoute.}"
URGENT_ONLY = CALM.replace("{level", "{when: {urgency: [soon]}, level")
NOT_THE_LAST = "la dernière ligne doit être sans condition"


def record(rows: str, names: str = "label: a, button: b") -> str:
    return f"besoin: {{{names}, rank: 1, rows: [{rows}]}}"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (record(URGENT_ONLY), NOT_THE_LAST),
        (record(CALM + ", " + URGENT_ONLY), NOT_THE_LAST),
        (record(""), NOT_THE_LAST),
        (record(CALM, "label: a"), "button"),
        (record(CALM.replace("level", "niveau")), "niveau"),
        (record(CALM.replace("walk_in", "voler")), "voler"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_file_and_need(
    written: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "essai.yml").write_text(written, encoding="utf-8")
    with pytest.raises(TableError, match=reason) as refusal:
        load_table(tmp_path)
    assert "essai.yml" in str(refusal.value)
    assert "« besoin »" in str(refusal.value)


def test_a_need_is_added_in_data_alone(tmp_path: Path) -> None:
    (tmp_path / "essai.yml").write_text(record(CALM), encoding="utf-8")
    assert load_table(tmp_path)["besoin"].rows[0].doors[0].service == "accueil"
