"""The review file: training YAML where each message waits for a human's yes or no."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from tools.correction.form import Correction, Label
from tools.correction.project import CorrectionError
from tools.correction.shapes import shape_faults
from tools.correction.yaml_text import HEADER, group, listed

TO_READ, ACCEPTED, REFUSED = "a_relire", "accepte", "refuse"

_HOW_TO = """\
# Corrections à relire. Pour chaque message :
# 1. Quelqu'un pourrait-il y être reconnu ? Nom, rue, métier rare, histoire connue du quartier : récrivez, ou refusez.
#    noms_possibles : retirez du texte ceux qui désignent une personne, retirez de la liste les autres.
# 2. Les besoins et l'urgence sont-ils les bons ? Corrigez needs, urgency, emergency_kind.
# 3. statut: accepte ou refuse. relecteurs: vos initiales, par exemple [AB].
#    Une urgence, ou un message qui avait été lu comme une urgence : deux personnes, par exemple [AB, CD].
# Puis : python tools/corrections.py accept CE_FICHIER
"""


@dataclass(frozen=True)
class Draft:
    """A correction ready to be reviewed: `text` is redacted, `names` are words that might be somebody's name."""

    correction: Correction
    text: str
    names: Sequence[str]


@dataclass(frozen=True)
class Entry:
    """A message of a review file, as the reviewers left it. `line` is where it stands."""

    line: int
    correction: str
    label: Label
    examples: str
    status: str
    reviewers: tuple[str, ...]
    names: tuple[str, ...]
    was_emergency: bool

    @property
    def place(self) -> str:
        """How it is named to the reviewer."""
        return f"ligne {self.line} ({self.correction})"


def review_text(drafts: Sequence[Draft]) -> str:
    """The review file of these drafts."""
    return _HOW_TO + HEADER + "\n".join(map(_drafted, drafts))


def load_review(path: Path) -> list[Entry]:
    """The entries of a review file. Raises CorrectionError, naming each line that cannot be read."""
    groups = list(_groups(path))
    faults = [f"ligne {line} : {fault}" for line, value in groups for fault in _faults(value)]
    if faults:
        raise CorrectionError("\n".join(faults))
    return [_entry(line, value) for line, value in groups]


def batch_of(entries: Sequence[Entry]) -> str:
    """What identifies a review file, however its texts and labels were edited."""
    return sha256(" ".join(sorted(entry.correction for entry in entries)).encode()).hexdigest()[:12]


def _drafted(draft: Draft) -> str:
    correction = draft.correction
    notes = {"statut": TO_READ, "relecteurs": "[]"}
    notes |= {"noms_possibles": listed(draft.names)} if draft.names else {}
    notes |= {"correction": correction.id, "urgence_lue": correction.read.urgency}
    reason = f", motif {correction.reason}" if correction.reason else ""
    comment = f"# corrigé le {correction.date}{reason}\n# lu : {_said(correction.read)}\n{_about_commune(correction)}"
    return comment + group(correction.right, [draft.text], notes)


def _said(label: Label) -> str:
    kind = f" ({label.emergency_kind})" if label.emergency_kind else ""
    return f"{label.intent}, besoins {listed(label.needs)}, urgence {label.urgency}{kind}"


def _about_commune(correction: Correction) -> str:
    read, right = correction.read.commune, correction.right.commune
    if read == right:
        return ""
    said = f"# commune lue : {read or 'aucune'}, juste : {right or 'aucune'}"
    return f"{said} (ne s'apprend pas : data/lexicon/communes.yml)\n"


def _groups(path: Path) -> Iterator[tuple[int, Any]]:
    """Each group with its line. Scalars are read as text: initials such as NO are no truth value."""
    try:
        loader = yaml.BaseLoader(path.read_text(encoding="utf-8"))
        root: Any = loader.get_single_node()
        nodes = next(value.value for key, value in root.value if key.value == "nlu")
        for node in nodes:
            yield node.start_mark.line + 1, loader.construct_object(node, deep=True)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorrectionError(f"{path}, ligne {line} : YAML illisible") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError, ValueError, StopIteration) as error:
        raise CorrectionError(f"{path} : ce n'est pas un fichier de relecture") from error


def _faults(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from shape_faults(value, "review")
    else:
        yield "ce n'est pas un message à relire"


def _entry(line: int, value: Mapping[str, Any]) -> Entry:
    metadata = value["metadata"]
    label = Label(
        intent=value["intent"],
        needs=tuple(metadata.get("needs", ())),
        urgency=metadata.get("urgency", "none"),
        emergency_kind=metadata.get("emergency_kind"),
    )
    return Entry(
        line=line,
        correction=metadata["correction"],
        label=label,
        examples=value["examples"],
        status=metadata["statut"],
        reviewers=tuple(metadata["relecteurs"]),
        names=tuple(metadata.get("noms_possibles", ())),
        was_emergency=metadata["urgence_lue"] == "emergency",
    )
