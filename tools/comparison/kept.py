"""The comparison that is kept, and whether it still holds."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.settings import ROOT
from tools.comparison.digest import digest
from tools.comparison.pipelines import OURS, STOCK

KEPT = ROOT / "results" / "stock.json"
DATA = ROOT / "data" / "nlu"
_LABELS = Path(__file__).parent / "labels.py"


def basis(sets: Sequence[Path], data: Path = DATA) -> dict[str, str]:
    """What a comparison made now rests on; to be taken before it is made, for it takes long enough to change."""
    return {"digest": rests_on_digest(sets, data), "ours": digest(OURS.sources)}


def keep(compared: Mapping[str, Any], rests_on: Mapping[str, str], made: Mapping[str, Any], kept: Path) -> None:
    """Write a comparison with what it rests on."""
    written = json.dumps({**rests_on, "compared": compared, "made": made}, ensure_ascii=False, indent=2)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(written + "\n", encoding="utf-8")


def up_to_date(sets: Sequence[Path], data: Path = DATA, kept: Path = KEPT) -> dict[str, Any] | None:
    """The comparison made on these sets, these training messages and these stock pipelines; None if there is none.

    Our own pipeline may have changed since: `ours_changed` says so, and the stock pipelines are not trained for that.
    """
    if not kept.exists():
        return None
    told = json.loads(kept.read_text(encoding="utf-8"))
    if told["digest"] != rests_on_digest(sets, data):
        return None
    return {**told["compared"], "ours_changed": told["ours"] != digest(OURS.sources)}


def rests_on_digest(sets: Sequence[Path], data: Path = DATA) -> str:
    """The digest of the data, the sets, the stock configurations and the rule that makes intents of needs."""
    return digest([data, *sorted(sets, key=_name), *(pipeline.config for pipeline in STOCK), _LABELS])


def _name(path: Path) -> str:
    return path.name
