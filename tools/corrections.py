"""Turn agents' corrections into training examples, through a human review (docs/corrections.md).

Usage: python tools/corrections.py propose CORRECTIONS.jsonl [--out REVIEW.yml]
       python tools/corrections.py accept REVIEW.yml

`propose` validates, redacts, drops what is known already, and writes a file to review; `accept` adds what reviewers
accepted to data/nlu/corrections.yml, all or nothing. Both answer in French: their users are the reviewers.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.correction.accept import accept  # noqa: E402
from tools.correction.project import HERE, CorrectionError, Project, load_codes  # noqa: E402
from tools.correction.propose import Proposal, propose, write_review  # noqa: E402

_NEXT = """\
Ensuite :
  make train                              entraîner avec ces exemples
  make evaluate                           comparer à la mesure faite avant (docs/corrections.md)
  python -m pytest tests/nlu/test_training_data.py"""


def main(arguments: Sequence[str] | None = None, project: Project = HERE) -> int:
    """Run one of the two commands; returns the exit code."""
    options = _options(arguments)
    try:
        print(options.run(options, project))
    except CorrectionError as error:
        print(f"Rien n'a été fait.\n{error}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    proposing = commands.add_parser("propose", help="corrections (JSON lines) → a file to review")
    proposing.add_argument("file", type=Path)
    proposing.add_argument("--out", type=Path, help="the review file (var/corrections/ unless said)")
    proposing.set_defaults(run=_propose)
    accepting = commands.add_parser("accept", help="a reviewed file → data/nlu/corrections.yml")
    accepting.add_argument("file", type=Path)
    accepting.set_defaults(run=_accept)
    return parser.parse_args(arguments)


def _propose(options: argparse.Namespace, project: Project) -> str:
    proposal = propose(options.file, project, load_codes())
    path = options.out or project.reviews / f"{options.file.stem}.relecture.yml"
    if proposal.drafts:
        write_review(proposal, path, project)
    return "\n".join([*_told(proposal), f"À relire : {path}" if proposal.drafts else "Rien à relire."])


def _told(proposal: Proposal) -> list[str]:
    names = sum(bool(draft.names) for draft in proposal.drafts)
    told = [f"{len(proposal.drafts)} message(s) à relire, dont {names} avec un nom possible"]
    for title, lines in (("Écartés", proposal.dropped), ("Refusés, encore personnels peut-être", proposal.refused)):
        told += [f"{title} ({len(lines)}) :", *(f"  {line}" for line in lines)] if lines else []
    return told


def _accept(options: argparse.Namespace, project: Project) -> str:
    done = accept(options.file, project, load_codes())
    told = f"{done.accepted} exemple(s) ajouté(s) à {project.corrections}, {done.refused} message(s) refusé(s)."
    return f"{told}\n{_NEXT}" if done.accepted else f"{told} Rien à entraîner."


if __name__ == "__main__":
    sys.exit(main())
