"""Where the project keeps what a correction meets on its way, and the codes it may carry."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.directory.load import load_directory
from bot.orientation.table import load_table
from bot.settings import ROOT, VAR

ACTS_AMONG_NEEDS = frozenset(
    "info_horaires_adresse rdv_prendre rdv_annuler rdv_deplacer rdv_info parler_humain".split()
)
"""Codes of the orientation table that training examples carry as intents."""
NEVER_LEARNED = frozenset({"nlu_fallback", "autre_langue"})
"""Intents decided by rules: no example teaches them."""


class CorrectionError(Exception):
    """Nothing was done; the message says why in French, one line for each fault."""


@dataclass(frozen=True)
class Project:
    """`training` and `judges` hold the messages to learn from and to judge by; `reviews` receives review files."""

    training: Path
    judges: Path
    reviews: Path

    @property
    def corrections(self) -> Path:
        """The training file made of accepted corrections."""
        return self.training / "corrections.yml"


HERE = Project(ROOT / "data" / "nlu", ROOT / "evaluation", VAR / "corrections")


@dataclass(frozen=True)
class Codes:
    """What a label may name."""

    needs: frozenset[str]
    intents: frozenset[str]
    communes: frozenset[str]


@cache
def load_codes() -> Codes:
    """The codes of the orientation table, of the domain and of the directory."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    directory = load_directory()
    communes = (*directory.communes.values(), *directory.elsewhere.values())
    return Codes(
        needs=frozenset(load_table()) - ACTS_AMONG_NEEDS,
        intents=frozenset(domain["intents"]) - NEVER_LEARNED,
        communes=frozenset(commune.name for commune in communes),
    )
