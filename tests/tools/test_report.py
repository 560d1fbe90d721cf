"""The report and its page, on cases whose figures are counted elsewhere."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.tools.cases import CASES, case, emergency, situation
from tools.evaluation.page import number, page, percent, reading
from tools.evaluation.pictures import calibration_picture, confusion_picture, needs_picture
from tools.evaluation.report import TOGETHER, rounded, whole_report
from tools.evaluation.terminal import table

CHANCES = {"fsl": 0.9, "ivg": 0.2}
MISSED = case(emergency("suicide"), situation(), "je veux <b>en finir</b> & vite", "sms", CHANCES)
ALARM = case(situation("fsl"), emergency("shelter"), "je suis à la porte de Clichy", "courant", CHANCES)
SETS = {"ici.yml": [*CASES, MISSED], "ailleurs.yml": [*CASES, ALARM]}
PNG = b"\x89PNG"
FIGURE = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10}
STOCK: dict[str, Any] = {
    "rule": "Une règle.",
    "learned_from": 1234,
    "ours_changed": True,
    "sets": ["ici.yml"],
    "pipelines": {
        "init": {
            "title": "celui de rasa init",
            "epochs": 100,
            "training_s": 3600.0,
            "median_ms": 12.34,
            "memory_mib": 900.0,
            "sets": {"ici.yml": dict.fromkeys(["needs_micro_f1", "needs_macro_f1", "several_needs_exact"], FIGURE)},
        }
    },
}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return whole_report(SETS, None, {"date": "aujourd’hui"})


def html_of(report: dict[str, Any]) -> str:
    pictures = {name: dict.fromkeys(["confusion", "needs", "calibration"], PNG) for name in report["sets"]}
    return page(report, pictures, {"fsl": "aide pour le logement"})


def test_each_set_is_told_apart_then_all_together(report: dict[str, Any]):
    assert list(report["sets"]) == ["ici.yml", "ailleurs.yml", TOGETHER]
    assert [section["messages"] for section in report["sets"].values()] == [5, 5, 10]


def test_a_set_alone_is_not_told_twice():
    assert list(whole_report({"ici.yml": CASES}, None, {})["sets"]) == ["ici.yml"]


def test_the_same_cases_give_the_same_report_and_what_changes_stands_last(report: dict[str, Any]):
    again = whole_report(SETS, None, {"date": "demain"})

    assert list(report)[-1] == "made"
    assert {**again, "made": report["made"]} == report
    assert json.dumps(rounded(again)["sets"]) == json.dumps(rounded(report)["sets"])


def test_numbers_have_four_decimals_at_most(report: dict[str, Any]):
    assert not re.search(r"\d\.\d{5}", json.dumps(rounded(report)))
    assert rounded({"a": [1 / 3, 2, None, "b"]}) == {"a": [0.3333, 2, None, "b"]}


def test_the_page_names_the_emergencies_missed_and_the_false_alarms(report: dict[str, Any]):
    html = html_of(report)

    assert "je veux &lt;b&gt;en finir&lt;/b&gt; &amp; vite" in html
    assert "<b>en finir" not in html
    assert ALARM.text in html


class Outline(HTMLParser):
    """Notes what a reader that does not see relies on."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.count = dict.fromkeys(["table", "caption", "script", "img", "alt", "scope", "th"], 0)
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [told["id"]] if told.get("id") else []
        for name in (tag, *(key for key in ("alt", "scope") if told.get(key))):
            if name in self.count:
                self.count[name] += 1


def test_the_page_can_be_read_without_seeing_it_and_without_script(report: dict[str, Any]):
    outline = Outline()
    outline.feed(html_of({**report, "stock": STOCK}))
    count = outline.count

    assert count["script"] == 0
    assert count["table"] == count["caption"]
    assert count["img"] == count["alt"] > 0
    assert count["th"] == count["scope"]
    assert len(set(outline.ids)) == len(outline.ids)
    assert outline.levels[0] == 1
    assert all(below - above <= 1 for above, below in zip(outline.levels, outline.levels[1:], strict=False))


def test_the_page_holds_everything_it_shows(report: dict[str, Any]):
    assert not re.search(r'(?:src|href)="(?!#|data:)', html_of(report))


def test_the_page_shows_the_stock_pipelines_or_says_there_are_none(report: dict[str, Any]):
    told = html_of({**report, "stock": STOCK})

    assert "celui de rasa init" in told
    assert "Notre modèle a changé" in told
    assert "Pas de comparaison à jour" in html_of(report)


def test_the_page_says_that_probabilities_lack():
    report = whole_report({"ici.yml": CASES}, None, {})

    assert "n’a pas donné ses probabilités" in html_of(report)
    assert "n’a pas donné ses probabilités" in table(report)


def test_the_terminal_names_the_emergencies_missed(report: dict[str, Any]):
    assert MISSED.text in table(report)


def test_pictures_are_made_of_any_section(report: dict[str, Any]):
    for section in report["sets"].values():
        assert needs_picture(section["needs"]).startswith(PNG)
        assert calibration_picture(section["calibration"]["bins"]).startswith(PNG)
    assert confusion_picture({("fsl", "fsl"): 2, ("fsl", "ivg"): 1}).startswith(PNG)


def test_numbers_are_written_as_in_french():
    assert percent(0.8456) == "84,6\u00a0%"
    assert percent(None) == "—"
    assert number(12345.6, 1) == "12\u00a0345,6"


def test_a_reading_is_told_in_one_line():
    told = {
        "intent": "decrire_situation",
        "needs": ["fsl", "ivg"],
        "urgency": "emergency",
        "emergency_kind": "shelter",
        "commune": "Clichy",
        "language": "en",
        "out_of_scope": False,
    }

    assert reading(told) == "fsl, ivg ; urgence (à la rue) ; decrire_situation ; Clichy ; langue en"
