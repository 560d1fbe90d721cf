"""A CSV file as rows of cells: what spreadsheets write, or one clear sentence that says what is wrong with the file."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.booking.planning.refusals import Fault, FileRefused, MissingCell
from bot.directory.models import fold

MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
LONGEST_CELL = 200
NOTE = "#"
"""A row whose first cell begins so is a note, for people."""
OTHER_FORMATS = {b"PK\x03\x04": "tableur", b"\xd0\xcf\x11\xe0": "tableur", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
SAVE_AS = "enregistrez la feuille en CSV (Fichier > Enregistrer sous > Texte CSV, UTF-8, séparateur « ; »)"


@dataclass(frozen=True)
class Columns:
    """The columns a file may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row. A cell is text, even when it begins with = + - or @."""

    number: int
    """As a spreadsheet numbers it: the first is 1."""
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell, empty when there is none."""
        return self.cells.get(column, "")

    def need(self, column: str) -> str:
        """The cell. Raises MissingCell when it is empty."""
        if not self.get(column):
            raise MissingCell(column)
        return self.get(column)


def read_table(content: bytes, columns: Columns) -> tuple[list[Line], list[Fault]]:
    """The rows under the header, and those that can't be rows. Raises FileRefused when the file can't be read."""
    rows = list(_rows(_text(content)))
    if not rows:
        raise FileRefused(f"le fichier est vide : sa première ligne doit être « {';'.join(columns.required)} »")
    if len(rows) > MOST_ROWS + 1:
        raise FileRefused(f"le fichier a plus de {MOST_ROWS} lignes : coupez-le en plusieurs")
    header = _header(rows[0][1], columns)
    faults = [Fault(number, fault) for number, cells in rows[1:] if (fault := _fault(cells, header))]
    at_fault = {fault.line for fault in faults}
    return [_line(number, cells, header) for number, cells in rows[1:] if number not in at_fault], faults


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FileRefused(f"le fichier dépasse {MOST_BYTES // 1_000_000} Mo : coupez-le en plusieurs")
    for mark, name in OTHER_FORMATS.items():
        if content.startswith(mark):
            raise FileRefused(f"ce fichier est au format {name} : {SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):  # the second is what older spreadsheets write on Windows
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(f"les caractères du fichier ne se lisent pas : {SAVE_AS}")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, notes left out, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for row in reader:
            cells = [_cell(cell) for cell in row]
            if any(cell.strip(";,") for cell in cells) and not cells[0].startswith(NOTE):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(f"ligne {number} : guillemets ou caractères mal placés ; {SAVE_AS}") from error


def _separator(text: str) -> str:
    """What stands between the cells of the header."""
    lines = (line.lstrip('" ') for line in text.splitlines())
    header = next((line for line in lines if line.strip(";,") and not line.startswith(NOTE)), "")
    return ";" if ";" in header else ","


def _cell(text: str) -> str:
    """The text on one line, without what can't be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _header(cells: list[str], columns: Columns) -> list[str]:
    names = ["_".join(fold(cell).split()) for cell in cells]
    known = (*columns.required, *columns.optional)
    given = [name for name in names if name]
    for name, cell in zip(names, cells, strict=True):
        if cell and name not in known:
            raise FileRefused(f"colonne inconnue « {cell[:LONGEST_CELL]} » ; colonnes possibles : {', '.join(known)}")
    missing = [name for name in columns.required if name not in given]
    if missing:
        raise FileRefused(f"il manque la colonne « {missing[0]} » ; colonnes attendues : {', '.join(columns.required)}")
    if len(set(given)) < len(given):
        raise FileRefused("deux colonnes portent le même nom")
    return names


def _fault(cells: list[str], header: Collection[str]) -> str | None:
    """Why these cells can't be a row of the table."""
    named = [*header, *[""] * len(cells)]
    if any(cell and not name for name, cell in zip(named, cells, strict=False)):
        return "il y a plus de cases que de colonnes : un « ; » de trop ?"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"une case dépasse {LONGEST_CELL} caractères"
    return None


def _line(number: int, cells: list[str], header: list[str]) -> Line:
    return Line(number, {name: cell for name, cell in zip(header, cells, strict=False) if name})
