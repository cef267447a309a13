"""The pages that teach the classifier, and those that it is measured on."""

import re

import numpy as np
import pytest

pytest.importorskip("torch")  # the synthetic strings live with the training

from deburn.model.categories import CATEGORIES, IDENTIFYING
from deburn.training import formats, held_out, names, worlds, writing
from deburn.training.borne_names import borne_families, borne_given, spared_names
from deburn.training.classifier_pages import draw_labelled_page
from deburn.training.console_layout import draw_line
from deburn.training.headers import draw_identity
from deburn.training.held_out import held_out_world
from deburn.training.lone_names import lone_borne_name, lone_name, name_among_words
from deburn.training.reader_noise import read
from deburn.training.strings import ALPHABET, Script
from deburn.training.worlds import training_world

WORLDS = pytest.mark.parametrize("world", [training_world(), held_out_world()], ids=["training", "held out"])


def pages(world, count: int = 30, header=None):
    return [draw_labelled_page(np.random.default_rng([3, index]), world, header) for index in range(count)]


@WORLDS
def test_the_same_seed_gives_the_same_page(world) -> None:
    one, other = pages(world, 1)[0], pages(world, 1)[0]
    assert one.lines == other.lines
    assert one.spans == other.spans


@WORLDS
def test_every_line_is_what_a_reader_can_give(world) -> None:
    for page in pages(world):
        for line in page.lines:
            assert line.text == line.text.strip() != ""
            assert set(line.text) <= set(ALPHABET)
            assert len(line.character_scores) == len(line.character_spans) == len(line.text)
            assert all(0 <= score <= 1 for score in line.character_scores)
            assert line.box.x1 > line.box.x0 >= 0


@WORLDS
def test_labels_and_spans_say_the_same(world) -> None:
    seen = set()
    for page in pages(world, 200):
        for line, labels, spans in zip(page.lines, page.labels, page.spans, strict=True):
            assert len(labels) == len(line.text)
            covered = np.zeros(len(labels), bool)
            for start, end, category in spans:
                assert category in IDENTIFYING
                assert CATEGORIES.index(category) in labels[start:end]
                covered[start:end] = True
            seen |= {CATEGORIES[label] for label in labels}
            assert not (labels[~covered] < len(IDENTIFYING)).any()
    assert seen == set(CATEGORIES)


def test_a_wrong_reading_is_less_sure_than_a_right_one() -> None:
    rng, text = np.random.default_rng(0), "KENNFELD 12.03.1961 L5"
    right, wrong, lengths = [], [], []
    for _ in range(200):
        reading = read(rng, text, 0.1)
        lengths.append(len(reading.text))
        for character, score, source in zip(reading.text, reading.scores, reading.sources, strict=True):
            (right if character == text[source] else wrong).append(score)
    assert np.mean(right) > 0.9 > 0.8 > np.mean(wrong)
    assert 0.04 < len(wrong) / (len(right) + len(wrong)) < 0.12
    assert min(lengths) < len(text) < max(lengths)


def test_without_errors_the_reader_reads_what_is_written() -> None:
    assert "".join(read(np.random.default_rng(1), "DOB: 01.02.1960", 0.0).text) == "DOB: 01.02.1960"


def test_half_of_the_headers_agree_and_others_say_nothing_or_something_else() -> None:
    rng = np.random.default_rng(5)
    patient = training_world().patient(rng)
    names = [tuple(known.text for known in draw_identity(rng, patient).of("name")) for _ in range(400)]
    own = sum(patient.family in "".join(name) for name in names)
    assert 0.4 < own / 400 < 0.6
    assert sum(not name for name in names) > 60
    assert draw_identity(rng, patient, "empty").entries == ()
    assert draw_identity(rng, patient, "other").of("name")[0].text.split("^")[0] != patient.family


def test_initials_that_spell_a_known_term_are_drawn_anew() -> None:
    world = training_world()
    assert world.ambiguous(Script(text="LA", kind="operator", phi=((0, 2),), categories=("person",)))
    assert not world.ambiguous(Script(text="QX", kind="operator", phi=((0, 2),), categories=("person",)))
    assert world.ambiguous(Script(text="4821", kind="other", phi=()))
    assert not world.ambiguous(Script(text="4821", kind="id", phi=((0, 4),), categories=("id",)))


def test_training_never_draws_what_it_is_measured_on() -> None:
    training, measured = training_world(), held_out_world()
    known = {name for _, culture in names.CULTURES for name in (*culture.surnames, *culture.given)}
    held = {name.casefold() for name in (*held_out.FAMILIES, *held_out.GIVEN)}
    assert not {name.casefold() for name in known} & held
    borne = {name.casefold() for name in (*borne_families(), *borne_given())}
    spared = {name.casefold() for name in spared_names()}
    assert len(borne) > 20_000
    assert len(spared) > 5_000
    assert not borne & held
    assert not borne & spared
    assert not {form for _, form in writing._DATES} & set(held_out._DATES)
    assert not {form for _, form in writing._TIMES} & set(held_out._TIMES)
    assert not set(formats._TIME_FORMS) & set(held_out._TIMES)
    assert not {form for _, form in writing._NAMES} & set(held_out._NAMES)
    # A value alone looks the same everywhere; every other line that identifies has a template of its own.
    for kind, templates in measured.identifying.items():
        own = {one for one in templates if not re.fullmatch(r"<\w+>", one)}
        assert own
        shared = own & set(training.identifying[kind])
        assert len(shared) <= 0.2 * len(own), (kind, shared)


def test_no_word_of_the_vocabularies_is_drawn_in_both_worlds() -> None:
    from deburn.training.strings import _plain_words

    assert not set(_plain_words(held_out=True)) & set(_plain_words(held_out=False))
    assert not any("{u}" in line for lines in training_world().kept.values() for line in lines)
    assert not any("{v}" in line for lines in held_out_world().kept.values() for line in lines)


def test_training_puts_names_between_the_words_of_technical_lines_and_measuring_does_not():
    shares = {}
    for world in (worlds.training_world(), held_out_world()):
        rng = np.random.default_rng(4)
        lines = [draw_line(rng, world.patient(rng), world, "technique") for _ in range(600)]
        shares[world.intruders] = sum(bool(line.phi) for line in lines) / len(lines)
        assert all(line.kind == "person" and line.text[slice(*line.phi[0])].strip() for line in lines if line.phi)
    assert shares[0.0] == 0
    assert 0.01 < shares[0.03] < 0.06


def test_both_worlds_know_all_kinds_of_lines() -> None:
    for world in (worlds.training_world(), held_out_world()):
        assert {"name", "person", "id", "accession", "date", "time", "institution", "address"} <= set(world.identifying)
        assert {"laterality", "position", "technique", "measurement", "scale", "interface"} <= set(world.kept)


@pytest.mark.parametrize("console", [lone_name, lone_borne_name, name_among_words])
def test_on_a_page_with_a_lone_name_nothing_else_identifies(console):
    world = held_out_world()
    for seed in range(20):
        page = draw_labelled_page(np.random.default_rng(seed), world, "empty", console)
        identifying = [spans for spans in page.spans if spans]
        assert 1 <= len(identifying) <= 2  # a detector may have cut it
        assert {category for spans in identifying for _, _, category in spans} == {"person"}
