"""The report as a page that stands alone: no script, no file beside it."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.evaluation.figures import ASKED, DETAILS
from tools.evaluation.report import TOGETHER

TEMPLATE = "page.html"
KINDS = {"violence": "violence", "child": "enfant", "suicide": "suicide", "medical": "médicale", "shelter": "à la rue"}
URGENCIES = {"none": "sans urgence", "soon": "sous peu", "emergency": "urgence"}

Pictures = Mapping[str, Mapping[str, bytes]]
"""Set → name of the picture → PNG."""


def page(report: Mapping[str, Any], pictures: Pictures, labels: Mapping[str, str]) -> str:
    """The HTML of the report. `labels` says in French what each need code means."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "number": number, "reading": reading, "set_title": set_title}
    titles = {figure.key: figure.title for figure in (*ASKED, *DETAILS)}
    return environment.get_template(TEMPLATE).render(
        report=report, titles=titles, labels=labels, pictures=_inlined(pictures)
    )


def percent(share: float | None) -> str:
    """A share as French readers write it."""
    return "—" if share is None else f"{100 * share:.1f}".replace(".", ",") + "\u00a0%"


def number(value: float, decimals: int = 0) -> str:
    """A number as French readers write it."""
    return f"{value:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")


def reading(told: Mapping[str, Any]) -> str:
    """A reading in one line: needs, urgency, then what is not ordinary."""
    urgency = URGENCIES[told["urgency"]]
    if told["emergency_kind"]:
        urgency += f" ({KINDS[told['emergency_kind']]})"
    needs = ", ".join(told["needs"]) or "aucun besoin"
    odd = [told["commune"], None if told["language"] == "fr" else f"langue {told['language']}"]
    return " ; ".join(filter(None, [needs, urgency, told["intent"], *odd]))


def set_title(name: str) -> str:
    """How a section is called."""
    return "Tous les jeux ensemble" if name == TOGETHER else f"Jeu {name}"


def _inlined(pictures: Pictures) -> dict[str, dict[str, str]]:
    return {
        name: {key: "data:image/png;base64," + base64.b64encode(png).decode("ascii") for key, png in each.items()}
        for name, each in pictures.items()
    }
