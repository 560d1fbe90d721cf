"""The report a person reads to complete and confirm the directory."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.directory.check import Findings, Report, check_directory, main, render
from bot.directory.models import Directory

TODAY = date(2026, 11, 21)
Spoil = Callable[[str, Callable[[Any], None]], Path]


@pytest.fixture(scope="module")
def report(directory: Directory) -> Report:
    return check_directory(directory, TODAY)


def about(report: Report, record_id: str) -> Findings:
    """The first findings about a record."""
    found = (entry for section in report.sections for entry in section.findings)
    return next(entry for entry in found if entry.subject.endswith(f"({record_id})"))


def test_the_pole_lacks_what_nobody_verified(report: Report) -> None:
    assert about(report, "pole-clichy").missing == ("adresse", "horaires", "accessibilité", "langues parlées")


def test_issy_lacks_neither_address_nor_hours(report: Report) -> None:
    assert about(report, "pole-issy").missing == ("accessibilité", "langues parlées")


def test_medium_facts_are_to_confirm(report: Report) -> None:
    doubts = about(report, "mdph-92").doubtful
    assert doubts == ("téléphone — à confirmer par le Département [mdph-2020]",)


def test_old_and_undated_sources_are_told_apart(report: Report) -> None:
    ages = about(report, "pole-clichy").old
    assert any(line.startswith("téléphone") and "source non datée" in line for line in ages)
    assert any("source du 23/04/2024 [S0]" in line for line in ages)


def test_a_source_is_old_after_six_months(directory: Directory) -> None:
    fresh = check_directory(directory, date(2024, 10, 23))
    assert not any("[S0]" in line for line in about(fresh, "pole-clichy").old)
    stale = check_directory(directory, date(2024, 10, 24))
    assert any("[S0]" in line for line in about(stale, "pole-clichy").old)


def test_a_copy_read_long_ago_is_to_read_again(directory: Directory, report: Report) -> None:
    assert not any("relu" in line for line in about(report, "pole-clichy").old)
    later = about(check_directory(directory, date(2027, 6, 30)), "pole-clichy").old
    assert any("relu pour la dernière fois le 21/11/2026" in line for line in later)


def test_every_site_service_and_hotline_is_reported(directory: Directory, report: Report) -> None:
    text = render(report)
    ids = directory.structures.keys() | directory.services.keys() | directory.hotlines.keys()
    assert all(f"({record_id})" in text for record_id in ids)


def test_the_summary_counts_what_follows(report: Report) -> None:
    text = render(report)
    assert f"{report.count('missing')} informations manquantes" in text
    assert text.count("    douteux : ") == report.count("doubtful")
    assert text.count("    ancien : ") == report.count("old")


def test_main_prints_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--date", "2026-11-21"]) == 0
    assert capsys.readouterr().out.startswith("Annuaire au 21/11/2026\n")


def test_main_says_in_one_line_why_it_cannot(spoiled: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    folder = spoiled("hotlines.yml", lambda lines: lines.clear())
    assert main(["--data", str(folder)]) == 1
    assert capsys.readouterr().err == "hotlines.yml : le numéro unique (fiche « numero-unique ») manque\n"
