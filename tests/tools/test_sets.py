from pathlib import Path

import pytest

from tools.evaluation.readings import Example, Reading
from tools.evaluation.sets import REPORTED, EvaluationSetError, load_set, load_sets

GROUPS = """
nlu:
- intent: decrire_situation
  metadata: {needs: [fsl], urgency: soon, commune: Clichy, voice: sms}
  examples: |
    - jai plu de chofage
- intent: hors_sujet
  examples: |
    - il pleut
"""


def test_a_message_comes_with_its_meaning_and_its_voice(tmp_path: Path):
    path = tmp_path / "set.yml"
    path.write_text(GROUPS, encoding="utf-8")

    cold = Reading("decrire_situation", frozenset({"fsl"}), "soon", commune="Clichy")
    rain = Reading("hors_sujet", out_of_scope=True)
    assert load_set(path) == [Example("jai plu de chofage", cold, "sms"), Example("il pleut", rain)]


@pytest.mark.parametrize("content", ["", "nlu: []", "nlu: [{intent: a}]", GROUPS.replace("voice", "vois"), "{"])
def test_what_is_no_set_is_said_in_one_line(tmp_path: Path, content: str):
    path = tmp_path / "set.yml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(EvaluationSetError, match=r"set\.yml"):
        load_set(path)


def test_two_files_of_one_name_are_refused(tmp_path: Path):
    with pytest.raises(EvaluationSetError):
        load_sets([tmp_path / "a" / "set.yml", tmp_path / "b" / "set.yml"])


@pytest.mark.parametrize("path", REPORTED, ids=lambda path: path.name)
def test_the_sets_of_the_report_can_be_read(path: Path):
    assert load_set(path)
