"""The pictures of the report, as PNG."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tools.evaluation.confusion import NONE, Confusion

_INCHES_PER_NEED = 0.36
_MARGIN_INCHES = 3.5
_RIGHT, _WRONG = "Greens", "Reds"
_INK, _PALE = "#1b4f8f", "#767676"


def confusion_picture(confused: Confusion) -> bytes:
    """A row per expected need, a column per predicted one; right in green, wrong in red, counts written in."""
    codes = needs_of(confused)
    counts = np.array([[confused.get((row, column), 0) for column in codes] for row in codes])
    side = _MARGIN_INCHES + _INCHES_PER_NEED * len(codes)
    figure = Figure(figsize=(side, side))  # not pyplot's: no screen is needed
    axes = figure.subplots()
    diagonal = np.eye(len(codes), dtype=bool)
    for shown, colours in ((diagonal, _RIGHT), (~diagonal, _WRONG)):
        _paint(axes, counts, shown, colours)
    _label(axes, codes)
    return _png(figure)


def needs_of(confused: Confusion) -> list[str]:
    """The needs that occur, in the order of their codes, "aucun" last."""
    occurring = {code for pair in confused for code in pair}
    return [*sorted(occurring - {NONE}), NONE]


def calibration_picture(bins: Sequence[Mapping[str, Any]]) -> bytes:
    """A point per bin, with its interval: on the diagonal, what is announced is what happens."""
    announced = [each["announced"] for each in bins]
    figure = Figure(figsize=(6, 6))
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], linestyle="--", color=_PALE, label="parfait")
    _with_intervals(axes, announced, [each["happened"] for each in bins])
    axes.set_xlabel("probabilité annoncée")
    axes.set_ylabel("part des fois où le besoin y était")
    axes.legend(loc="upper left")
    axes.grid(color="#dddddd", linewidth=0.5)
    return _png(figure)


def needs_picture(needs: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The F1 of each need with its interval, best on top; needs that were not there to be found are left out."""
    there = {code: scores["f1"] for code, scores in needs.items() if scores["f1"]["n"]}
    codes = sorted(there, key=lambda code: (there[code]["value"], code))
    figure = Figure(figsize=(7, 1 + 0.28 * len(codes)))
    axes = figure.subplots()
    for height, code in enumerate(codes):
        axes.plot([there[code]["low"], there[code]["high"]], [height, height], color=_PALE, linewidth=3)
        axes.plot(there[code]["value"], height, marker="o", color=_INK)
    axes.set_yticks(range(len(codes)), codes, fontsize=8)
    axes.set_ylim(-1, len(codes))
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("F1, et son intervalle de confiance à 95 %")
    axes.grid(axis="x", color="#dddddd", linewidth=0.5)
    return _png(figure)


def _with_intervals(axes: Axes, places: Sequence[float], measured: Sequence[Mapping[str, Any]]) -> None:
    values = [each["value"] for each in measured]
    below = [max(each["value"] - each["low"], 0) for each in measured]
    above = [max(each["high"] - each["value"], 0) for each in measured]
    axes.errorbar(places, values, yerr=[below, above], marker="o", capsize=3, color=_INK, label="le modèle")


def _paint(axes: Axes, counts: NDArray[np.int_], shown: NDArray[np.bool_], colours: str) -> None:
    """Colour the cells of one kind by their count, and write the counts in them."""
    cells = np.where(shown & (counts > 0), counts, np.nan)
    top = max(int(counts[:-1][shown[:-1]].max(initial=1)), 1)  # messages without any need would outshine the rest
    axes.imshow(cells, cmap=colours, vmin=-top / 3, vmax=top)
    for row, column in np.argwhere(shown & (counts > 0)):
        count = counts[row, column]
        ink = "white" if count > 0.6 * top else "black"
        axes.text(column, row, str(count), ha="center", va="center", fontsize=8, color=ink)


def _label(axes: Axes, codes: Sequence[str]) -> None:
    ticks = range(len(codes))
    axes.set_xticks(ticks, codes, rotation=90, fontsize=9)
    axes.set_yticks(ticks, codes, fontsize=9)
    axes.set_xticks([tick - 0.5 for tick in ticks], minor=True)
    axes.set_yticks([tick - 0.5 for tick in ticks], minor=True)
    axes.grid(which="minor", color="#dddddd", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.set_xlabel("besoin lu", fontsize=11)
    axes.set_ylabel("besoin attendu", fontsize=11)


def _png(figure: Figure) -> bytes:
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=100, bbox_inches="tight")
    return written.getvalue()
