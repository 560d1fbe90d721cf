"""Whatever is written: a correction is read back as it was written, and no number, address or account passes."""

import re
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.redact import PHONE_MARK
from tests.nlu.examples import examples
from tools.correction.form import Correction, Label, json_line, load_corrections
from tools.correction.project import Codes, Project, load_codes
from tools.correction.propose import propose
from tools.correction.review import Draft, load_review, review_text
from tools.correction.screen import cleaned, redacted
from tools.correction.yaml_text import HEADER, group

CODES = load_codes()
KINDS = ("violence", "child", "suicide", "medical", "shelter")

codes = st.sampled_from(sorted(CODES.needs))
needs = st.lists(codes, unique=True, max_size=4).map(tuple)
ids = st.integers(0, 16**12 - 1).map("c-{:012x}".format)
calm = st.builds(Label, needs=needs, urgency=st.sampled_from(["none", "soon"]))
alarm = st.builds(Label, needs=needs, urgency=st.just("emergency"), emergency_kind=st.sampled_from(KINDS))
act = st.builds(Label, intent=st.sampled_from(sorted(CODES.intents - {"decrire_situation"})))
labels = st.one_of(calm, alarm, act)
reasons = st.sampled_from([None, "besoin_oublie", "fausse_alerte"])
texts = st.text(min_size=1, max_size=300)
lines = st.lists(
    st.builds(Correction, ids, texts, labels, labels, reasons, st.dates(date(2020, 1, 1)).map(date.isoformat)),
    unique_by=lambda correction: correction.id,
    max_size=4,
)


def written(folder: str, corrections: list[Correction]) -> Path:
    path = Path(folder) / "lot.jsonl"
    path.write_text("\n".join(map(json_line, corrections)), encoding="utf-8")
    return path


def without_line(correction: Correction) -> Correction:
    return Correction(**{**vars(correction), "line": 0})


@given(lines)
def test_a_correction_is_read_as_it_was_written(corrections: list[Correction]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert list(map(without_line, load_corrections(written(folder, corrections)))) == corrections


@given(lines)
def test_a_review_is_read_as_it_was_written(corrections: list[Correction]) -> None:
    drafts = [Draft(each, cleaned(each.text) or "…", ["Inès", "no"]) for each in corrections]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "relecture.yml"
        path.write_text(review_text(drafts) if drafts else "nlu: []", encoding="utf-8")
        entries = load_review(path)
    assert [(each.correction, each.label, each.names) for each in entries] == [
        (draft.correction.id, draft.correction.right, ("Inès", "no")) for draft in drafts
    ]
    assert [each.examples.strip() for each in entries] == [f"- {draft.text}" for draft in drafts]


@given(labels, st.lists(texts.map(cleaned).filter(bool), min_size=1, max_size=3))
def test_an_example_is_learned_as_it_was_accepted(label: Label, messages: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrections.yml"
        path.write_text(HEADER + group(label, messages), encoding="utf-8")
        learned = list(examples(path))
    assert [each.text for each in learned] == messages
    assert {each.intent for each in learned} == {label.intent}
    assert {tuple(each.needs) for each in learned} == {label.needs}


@given(texts)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


digits = st.text("0123456789", min_size=8, max_size=8)
separators = st.sampled_from(
    ["", " ", ".", "-", "/", "_", ",", "  ", "\u00a0", "\u200b", " . ", "\u2011", "\n", ":", "*"]
)
prefixes = st.sampled_from(["0", "+33", "+33 ", "+33(0)", "0033", "33", "O"])
around = st.sampled_from(["{}", "mon numéro : {}", "j'ai 2 enfants, {}", "tel {} merci", "dette 1200 € {}", "({})"])


def pairs(start: str, rest: str, separator: str) -> str:
    return separator.join([start, *(rest[at : at + 2] for at in range(0, len(rest), 2))])


phones = st.tuples(prefixes, st.sampled_from("1234567"), digits, separators).map(
    lambda parts: (parts[1] + parts[2], parts[0] + pairs(parts[1], parts[2], parts[3]))
)
socials = st.tuples(
    st.sampled_from("12"), st.text("0123456789", min_size=14, max_size=14), st.sampled_from(["", " ", ".", "-"])
).map(lambda parts: (parts[0] + parts[1], pairs(parts[0], parts[1], parts[2])))


def proposed_text(text: str) -> str:
    """All that `propose` keeps and says of a message."""
    right = Label(needs=("expulsion",), urgency="soon")
    correction = Correction("c-000000000001", text, Label(), right, None, "2026-11-21")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = Project(folder / "nlu", folder / "evaluation", folder)
        project.judges.mkdir()
        judge = HEADER + group(Label(), ["un message que personne n'écrit jamais ainsi"])
        (project.judges / "j.yml").write_text(judge, encoding="utf-8")
        proposal = propose(written(name, [correction]), project, CODES)
    return "\n".join([*(draft.text for draft in proposal.drafts), *proposal.dropped, *proposal.refused])


def digits_left(text: str) -> str:
    return re.sub(r"\D", "", text.replace(PHONE_MARK, "").replace("c-000000000001", ""))


@given(phones, around)
def test_no_telephone_number_survives(phone: tuple[str, str], sentence: str) -> None:
    number, spelled = phone
    assert number not in digits_left(proposed_text(sentence.format(spelled)))


@given(socials, around)
def test_no_social_security_number_survives(social: tuple[str, str], sentence: str) -> None:
    number, spelled = social
    assert number[:13] not in digits_left(proposed_text(sentence.format(spelled)))


accounts = st.from_regex(r"[a-z]{2,12}[._+-]?[a-z0-9]{1,8}", fullmatch=True)
hosts = st.from_regex(r"[a-z][a-z0-9-]{1,12}\.(?:fr|com|net|co\.uk)", fullmatch=True)


@given(accounts, hosts, st.sampled_from(["@", " @", "@ ", "\uff20", "@\u200b", "  @  ", " arobase "]), around)
def test_no_email_survives(account: str, host: str, at: str, sentence: str) -> None:
    assert host not in proposed_text(sentence.format(account + at + host))


@given(st.text(max_size=2_000).filter(bool))
def test_any_message_is_sorted(text: str) -> None:
    proposed_text(text)


def test_the_codes_are_those_of_the_project() -> None:
    assert "expulsion" in CODES.needs
    assert "rdv_prendre" not in CODES.needs
    assert isinstance(CODES, Codes)
