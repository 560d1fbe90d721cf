"""From a reviewed file to training examples: all of it, or nothing."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.correction.form import Label
from tools.correction.known import Known, known, load_known, nearest
from tools.correction.project import Codes, CorrectionError, Project
from tools.correction.review import ACCEPTED, TO_READ, Entry, batch_of, load_review
from tools.correction.rules import label_faults
from tools.correction.screen import cleaned, redacted, suspicions
from tools.correction.yaml_text import HEADER, group

_HEADER = (
    "# Messages corrigés par des agents, relus par des humains (docs/corrections.md).\n"
    "# Écrit par tools/corrections.py : un lot par relecture.\n"
)


@dataclass(frozen=True)
class Acceptance:
    """How many messages of a reviewed file became examples, and how many were refused by the reviewers."""

    accepted: int
    refused: int


def accept(path: Path, project: Project, codes: Codes) -> Acceptance:
    """Add the accepted messages of a review file to training. Raises CorrectionError, and then adds none."""
    entries = load_review(path)
    batch = _unseen_batch(entries, path, project)
    faults = [*_repeated(entries), *_faults(entries, load_known(project), codes)]
    if faults:
        raise CorrectionError("\n".join(faults))
    accepted = [entry for entry in entries if entry.status == ACCEPTED]
    if accepted:
        _append(project.corrections, _batch_text(batch, accepted))
    return Acceptance(len(accepted), len(entries) - len(accepted))


def _unseen_batch(entries: Sequence[Entry], path: Path, project: Project) -> str:
    if not entries:
        raise CorrectionError(f"{path} : aucun message")
    batch = batch_of(entries)
    if f"# lot {batch} " in _written(project.corrections):
        raise CorrectionError(f"{path} : déjà importé dans {project.corrections.name} (lot {batch})")
    return batch


def _written(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _repeated(entries: Sequence[Entry]) -> Iterator[str]:
    seen: set[str] = set()
    for entry in entries:
        if entry.correction in seen:
            yield f"{entry.place} : correction présente deux fois dans le fichier"
        seen.add(entry.correction)


def _faults(entries: Sequence[Entry], others: list[Known], codes: Codes) -> Iterator[str]:
    for entry in entries:
        if entry.status == TO_READ:
            yield f"{entry.place} : pas encore relu (statut: accepte ou refuse)"
        elif entry.status == ACCEPTED:
            found = [*_review_faults(entry), *label_faults(entry.label, codes), *_text_faults(entry, others)]
            yield from (f"{entry.place} : {fault}" for fault in found)


def _review_faults(entry: Entry) -> Iterator[str]:
    different = {"".join(filter(str.isalpha, initials)).upper() for initials in entry.reviewers}
    if entry.label.urgency == "emergency" or entry.was_emergency:
        if len(different) < 2:
            yield "une urgence, ajoutée ou retirée, demande les initiales de deux relecteurs différents"
    elif not different:
        yield "il manque les initiales du relecteur"


def _text_faults(entry: Entry, others: list[Known]) -> Iterator[str]:
    """What is wrong with the message; a sound one is known to those that follow."""
    text = _text(entry)
    if text is None:
        yield "un message par entrée, sur une ligne qui commence par « - »"
        return
    yield from _wording_faults(text)
    yield from (f"« {name} » est-il le nom de quelqu'un ? {_ABOUT_NAMES}" for name in entry.names if name in text)
    message = known(text, entry.place)
    if near := nearest(message, others):
        what = "un message d'évaluation" if near.judge else "un exemple"
        yield f"presque {what} déjà présent ({near.where})"
    others.append(message)


_ABOUT_NAMES = "Le retirer du texte, sinon de noms_possibles"


def _text(entry: Entry) -> str | None:
    lines = [line for line in entry.examples.splitlines() if line.strip()]
    if len(lines) != 1 or not lines[0].startswith("- "):
        return None
    return lines[0].removeprefix("- ").strip() or None


def _wording_faults(text: str) -> Iterator[str]:
    if cleaned(text) != text:
        yield "crochets, accolades ou signes invisibles dans le texte"
    if not known(text).words:
        yield "aucun mot dans le texte"
    yield from (f"dans le texte : {found}" for found in _personal(text))


def _personal(text: str) -> list[str]:
    found = suspicions(text)
    return found or (["une donnée personnelle"] if redacted(text) != cleaned(text) else [])


def _batch_text(batch: str, accepted: Sequence[Entry]) -> str:
    """The examples of a batch, those with the same label in one group."""
    by_label: dict[Label, list[str]] = {}
    for entry in accepted:
        by_label.setdefault(entry.label, []).append(_text(entry) or "")
    groups = "\n".join(group(label, texts) for label, texts in by_label.items())
    return f"\n# lot {batch} : {len(accepted)} exemple(s)\n{groups}"


def _append(path: Path, batch: str) -> None:
    """Add to the file in one movement: a reader sees it as it was, or whole."""
    whole = (_written(path).rstrip("\n") or (_HEADER + HEADER).rstrip("\n")) + "\n" + batch
    _check_readable(whole, path)
    beside = path.with_suffix(".yml.new")
    beside.write_text(whole, encoding="utf-8")
    os.replace(beside, path)


def _check_readable(whole: str, path: Path) -> None:
    try:
        yaml.safe_load(whole)["nlu"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise CorrectionError(f"{path} : l'ajout le rendrait illisible, rien n'est écrit") from error
