from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter

from bot.nlu.importer import ProjectImporter
from bot.settings import ROOT


def test_it_reads_what_rasa_reads(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    for topic in ("actes.yml", "proximite.yml"):
        (tmp_path / "nlu" / topic).write_bytes((ROOT / "data" / "nlu" / topic).read_bytes())
    (tmp_path / "rules.yml").write_bytes((ROOT / "data" / "rules" / "courtoisie.yml").read_bytes())
    ours, rasas = (
        importer(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(tmp_path)])
        for importer in (ProjectImporter, RasaFileImporter)
    )
    assert [message.as_dict() for message in ours.get_nlu_data().training_examples] == [
        message.as_dict() for message in rasas.get_nlu_data().training_examples
    ]
    assert len(ours.get_stories().story_steps) == len(rasas.get_stories().story_steps) > 0
    assert ours.get_domain().intents == rasas.get_domain().intents


def test_comments_before_the_messages_do_not_hide_them() -> None:
    importer = ProjectImporter(training_data_paths=[str(ROOT / "data" / "nlu" / "autres_langues.yml")])
    assert len(importer.get_nlu_data().training_examples) > 1000


def test_a_message_written_twice_counts_once_and_one_with_two_meanings_twice(tmp_path: Path) -> None:
    groups = "\n".join(
        f"- intent: {intent}\n  examples: |\n    - plus rien dans le frigo"
        for intent in ("decrire_situation", "hors_sujet")
    )
    for name in ("un.yml", "deux.yml"):
        (tmp_path / name).write_text(f'version: "3.1"\nnlu:\n{groups}\n', encoding="utf-8")
    data = ProjectImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    assert [message.get("intent") for message in data.training_examples] == ["decrire_situation", "hors_sujet"]
