"""What a person must complete or confirm in the directory, site by site, printed in French."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.directory.load import DEFAULT_PATH, load_directory
from bot.directory.models import Directory, DirectoryError, Fact, Hotline, Provenance, Service, Structure, Term

SHELF_LIFE = timedelta(days=183)
TO_CONFIRM = "à confirmer par le Département"
SITE_FIELDS = {
    "adresse": "address",
    "horaires": "opening_hours",
    "téléphone": "phone",
    "accessibilité": "accessibility",
    "langues parlées": "languages",
}
SERVICE_FIELDS = {
    "sans rendez-vous ou non": "walk_in",
    "sur rendez-vous ou non": "by_appointment",
    "conditions et papiers à apporter": "access_conditions",
}
HOTLINE_FIELDS = {"horaires": "opening_hours", "joignable par SMS ou non": "sms", "gratuité": "free"}
FACT_LABELS = {
    "nom": "nom",
    "name": "nom",
    "meaning": "explication",
    "number": "numéro",
    "telephone": "téléphone",
    "horaires_accueil": "horaires",
    "opening_hours": "horaires",
    "hours_text": "horaires en toutes lettres",
    "code_postal": "code postal",
    "code_insee": "code INSEE",
    "complement_adresse": "complément d'adresse",
    "courriel": "courriel",
    "site_web": "site web",
    "serves": "communes servies",
    "sites": "lieux",
    "walk_in": "venue sans rendez-vous",
    "by_appointment": "venue sur rendez-vous",
    "lien_mobilisation": "lien",
    "modes_mobilisation": "moyens de contact",
    "modes_accueil": "modes d'accueil",
    "conditions_acces": "conditions d'accès",
    "publics_precisions": "précisions sur le public",
    "purpose": "objet",
    "free": "gratuité",
    "sms": "SMS",
    "on_bill": "trace sur la facture",
    "online": "contact en ligne",
}


@dataclass(frozen=True)
class Findings:
    """What one record lacks, what is doubtful in it, what is old or undated: one French line each."""

    subject: str
    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    old: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The findings about a site and the services its structure gives, or about all the hotlines."""

    title: str
    findings: tuple[Findings, ...]


@dataclass(frozen=True)
class Report:
    """The state of the directory on a day; `sources` gives the title of each key the lines cite."""

    day: date
    sections: tuple[Section, ...]
    sources: tuple[tuple[str, str], ...]

    def count(self, kind: str) -> int:
        """How many lines of a kind: "missing", "doubtful" or "old"."""
        return sum(len(getattr(found, kind)) for section in self.sections for found in section.findings)


def check_directory(directory: Directory, today: date) -> Report:
    """What is missing, doubtful (medium confidence) or old (over six months, or undated) in the directory."""
    sections = [_site_section(directory, site, today) for site in directory.structures.values()]
    hotlines = [_findings(line, HOTLINE_FIELDS, today) for line in directory.hotlines.values()]
    terms = [_findings(term, {}, today) for term in directory.terms.values()]
    facts = [_findings(fact, {}, today) for fact in directory.facts.values()]
    titles = tuple((source.key, source.title) for source in directory.sources.values())
    lists = {"Numéros d'appel": hotlines, "Mots expliqués": terms, "Réponses précises": facts}
    return Report(today, (*sections, *(Section(title, tuple(findings)) for title, findings in lists.items())), titles)


def render(report: Report) -> str:
    """The report as French text to read or print."""
    lines = [f"Annuaire au {_in_french(report.day)}", _summary(report)]
    for section in report.sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += [line for found in section.findings for line in _lines(found)]
    lines += ["", "Sources", "-------", *(f"[{key}] {title}" for key, title in report.sources)]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; 0, or 1 with one clear line when the directory cannot be loaded."""
    options = _parser().parse_args(argv)
    try:
        directory = load_directory(options.data)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return 1
    print(render(check_directory(directory, options.date)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot check-directory",
        description="Ce qui manque, reste à confirmer ou a vieilli dans l'annuaire.",
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_PATH, help="dossier de l'annuaire")
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="jour du contrôle, AAAA-MM-JJ")
    return parser


def _site_section(directory: Directory, site: Structure, today: date) -> Section:
    services = [service for service in directory.services.values() if service.structure_id == site.id]
    found = [_findings(site, SITE_FIELDS, today)]
    found += [_findings(service, SERVICE_FIELDS, today) for service in services]
    return Section(f"{site.name} ({site.id})", tuple(found))


def _findings(record: Structure | Service | Hotline | Term | Fact, wanted: Mapping[str, str], today: date) -> Findings:
    missing = [label for label, field in wanted.items() if getattr(record, field) in (None, ())]
    return Findings(
        subject=f"{record.name} ({record.id})",
        missing=tuple(missing),
        doubtful=tuple(_grouped(record.provenance, _doubts)),
        old=tuple(_grouped(record.provenance, lambda fact: _ages(fact, today))),
    )


def _grouped(provenance: Mapping[str, Provenance], reasons: Callable[[Provenance], Iterable[str]]) -> Iterator[str]:
    """One line for each reason, naming the fields it touches."""
    fields_by_reason: dict[str, list[str]] = {}
    for field, fact in provenance.items():
        for reason in reasons(fact):
            fields_by_reason.setdefault(reason, []).append(FACT_LABELS.get(field, field))
    return (f"{', '.join(fields)} — {reason}" for reason, fields in fields_by_reason.items())


def _doubts(fact: Provenance) -> Iterator[str]:
    if fact.confidence == "medium":
        yield f"{TO_CONFIRM} [{fact.source}]" + (f" {fact.note}" if fact.note else "")


def _ages(fact: Provenance, today: date) -> Iterator[str]:
    if fact.source_date is None:
        yield f"source non datée [{fact.source}]"
    elif today - fact.source_date > SHELF_LIFE:
        yield f"source du {_in_french(fact.source_date)} [{fact.source}]"
    if today - fact.verified_on > SHELF_LIFE:
        yield f"relu pour la dernière fois le {_in_french(fact.verified_on)}"


def _lines(found: Findings) -> Iterator[str]:
    yield f"* {found.subject}"
    if found.missing:
        yield f"    manque : {', '.join(found.missing)}"
    yield from (f"    douteux : {line}" for line in found.doubtful)
    yield from (f"    ancien : {line}" for line in found.old)


def _summary(report: Report) -> str:
    missing, doubtful, old = (report.count(kind) for kind in ("missing", "doubtful", "old"))
    counts = f"{missing} informations manquantes, {doubtful} {TO_CONFIRM}"
    return f"{counts}, {old} anciennes ou non datées (par source)."


def _in_french(day: date) -> str:
    return f"{day:%d/%m/%Y}"
