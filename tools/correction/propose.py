"""From a file of corrections to a review file: what may be learned, redacted, and not known already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.correction.form import Correction, load_corrections
from tools.correction.known import Known, known, load_known, nearest
from tools.correction.project import Codes, CorrectionError, Project
from tools.correction.review import Draft, review_text
from tools.correction.rules import commune_faults, label_faults
from tools.correction.screen import ordinary_words, possible_names, redacted, suspicions


@dataclass
class Proposal:
    """What became of each correction of a file; the sentences name lines and repeat no message."""

    drafts: list[Draft] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def propose(path: Path, project: Project, codes: Codes) -> Proposal:
    """What of this file is to be reviewed. Raises CorrectionError when a line has not the right form or labels."""
    corrections = load_corrections(path)
    _check_labels(corrections, codes)
    others = load_known(project)
    ordinary = ordinary_words(other.text for other in others if not other.judge) | _words_of(codes)
    proposal = Proposal()
    for correction in corrections:
        _sort(correction, proposal, others, ordinary)
    return proposal


def write_review(proposal: Proposal, path: Path, project: Project) -> None:
    """Write the review file. Raises CorrectionError rather than overwrite one, or put it where it would be learned."""
    if path.resolve().parent in (project.training.resolve(), project.judges.resolve()):
        raise CorrectionError(f"{path.parent} : une relecture en cours ne s'écrit pas parmi les exemples")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(review_text(proposal.drafts))
    except FileExistsError:
        raise CorrectionError(f"{path} existe déjà : une relecture commencée n'est pas écrasée") from None


def _check_labels(corrections: Sequence[Correction], codes: Codes) -> None:
    faults = [
        f"ligne {correction.line} : {fault}"
        for correction in corrections
        for fault in (*label_faults(correction.right, codes), *commune_faults(correction, codes))
    ]
    if faults:
        raise CorrectionError("\n".join(faults))


def _words_of(codes: Codes) -> frozenset[str]:
    return frozenset(word for commune in codes.communes for word in commune.lower().replace("-", " ").split()) | {
        commune.lower() for commune in codes.communes
    }


def _sort(correction: Correction, proposal: Proposal, others: list[Known], ordinary: frozenset[str]) -> None:
    """Put a correction where it goes; a message kept is known to those that follow."""
    place = f"ligne {correction.line} ({correction.id})"
    text = redacted(correction.text)
    if found := suspicions(text):
        proposal.refused.append(f"{place} : {', '.join(found)}")
        return
    message = known(text, f"la ligne {correction.line}")
    if reason := _useless(correction, message, others):
        proposal.dropped.append(f"{place} : {reason}")
        return
    others.append(message)
    proposal.drafts.append(Draft(correction, text, possible_names(text, ordinary)))


def _useless(correction: Correction, message: Known, others: Sequence[Known]) -> str | None:
    """Why a correction teaches nothing; None when it does."""
    if not message.words:
        return "rien ne reste du message"
    read, right = correction.read, correction.right
    if read.teaches == right.teaches:
        return "la commune seule : data/lexicon/communes.yml" if read.commune != right.commune else "rien n'est corrigé"
    near = nearest(message, others)
    if near is None:
        return None
    if near.judge:
        return "message d'évaluation, ou presque : il ne s'apprend jamais"
    return f"déjà dans {near.where}, ou presque : si l'étiquette y est fausse, la corriger là"
