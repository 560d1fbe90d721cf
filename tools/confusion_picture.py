"""The confusion of needs as a picture."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tools.metrics import NONE, Confusion

_INCHES_PER_NEED = 0.36
_MARGIN_INCHES = 3.5
_RIGHT, _WRONG = "Greens", "Reds"


def draw_confusion(confusion: Confusion, path: Path, title: str) -> None:
    """Write a PNG: a row per expected need, a column per predicted one; right in green, wrong in red."""
    codes = needs_of(confusion)
    counts = np.array([[confusion.get((row, column), 0) for column in codes] for row in codes])
    side = _MARGIN_INCHES + _INCHES_PER_NEED * len(codes)
    figure = Figure(figsize=(side, side))  # not pyplot's: no screen is needed
    axes = figure.subplots()
    diagonal = np.eye(len(codes), dtype=bool)
    for shown, colours in ((diagonal, _RIGHT), (~diagonal, _WRONG)):
        _paint(axes, counts, shown, colours)
    _label(axes, codes, title)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, bbox_inches="tight")


def needs_of(confusion: Confusion) -> list[str]:
    """The needs that occur, in the order of their codes, "aucun" last."""
    occurring = {code for pair in confusion for code in pair}
    return [*sorted(occurring - {NONE}), NONE]


def _paint(axes: Axes, counts: NDArray[np.int_], shown: NDArray[np.bool_], colours: str) -> None:
    """Colour the cells of one kind by their count, and write the counts in them."""
    cells = np.where(shown & (counts > 0), counts, np.nan)
    top = max(int(counts[:-1][shown[:-1]].max(initial=1)), 1)  # messages without any need would outshine the rest
    axes.imshow(cells, cmap=colours, vmin=-top / 3, vmax=top)
    for row, column in np.argwhere(shown & (counts > 0)):
        count = counts[row, column]
        ink = "white" if count > 0.6 * top else "black"
        axes.text(column, row, str(count), ha="center", va="center", fontsize=8, color=ink)


def _label(axes: Axes, codes: Sequence[str], title: str) -> None:
    ticks = range(len(codes))
    axes.set_xticks(ticks, codes, rotation=90, fontsize=9)
    axes.set_yticks(ticks, codes, fontsize=9)
    axes.set_xticks([tick - 0.5 for tick in ticks], minor=True)
    axes.set_yticks([tick - 0.5 for tick in ticks], minor=True)
    axes.grid(which="minor", color="#dddddd", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.set_xlabel("predicted need", fontsize=11)
    axes.set_ylabel("expected need", fontsize=11)
    axes.set_title(title, fontsize=12)
