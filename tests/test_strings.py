from itertools import pairwise

import numpy as np
import pytest

from deburn.training.identities import draw_patient
from deburn.training.strings import ALPHABET, draw_page, draw_script, phi_script, random_script


def _scripts(seed: int, count: int):
    rng = np.random.default_rng(seed)
    for index in range(count):
        if index % 20 == 0:
            patient = draw_patient(rng)
        yield draw_script(rng, patient)


def test_alphabet_begins_with_ascii_and_ends_with_the_space():
    assert ALPHABET[:94] == "".join(map(chr, range(33, 127)))
    assert ALPHABET[94:99] == "°µ±²³"
    assert ALPHABET[-1] == " "
    assert len(set(ALPHABET)) == len(ALPHABET) == 162


def test_scripts_are_readable_and_their_ranges_lie_inside():
    for script in _scripts(1, 5000):
        assert script.text == script.text.strip() != ""
        assert set(script.text) <= set(ALPHABET), script
        ends = [0, *(edge for span in script.phi for edge in span), len(script.text)]
        assert ends == sorted(ends), script
        assert all(script.text[start:end].strip() for start, end in script.phi), script


def test_same_seed_gives_the_same_scripts():
    assert list(_scripts(7, 200)) == list(_scripts(7, 200))
    assert list(_scripts(7, 200)) != list(_scripts(8, 200))


def test_about_the_asked_share_identifies():
    rng = np.random.default_rng(2)
    patient = draw_patient(rng)
    none = [draw_script(rng, patient, phi_share=0.0) for _ in range(500)]
    many = [draw_script(rng, patient, phi_share=0.8) for _ in range(500)]
    assert not any(script.phi for script in none)
    assert 0.7 < np.mean([bool(script.phi) for script in many]) < 0.9


@pytest.mark.parametrize(
    "kind", ["name", "id", "accession", "date", "time", "institution", "phone", "operator", "address"]
)
def test_labels_do_not_identify_but_every_line_of_a_phi_kind_has_a_part_that_does(kind):
    rng = np.random.default_rng(3)
    for _ in range(300):
        script = phi_script(rng, draw_patient(rng), kind)
        assert script.phi
        assert script.kind == kind


def test_strings_are_hardly_ever_repeated_where_they_identify():
    texts = [script.text[slice(*script.phi[0])] for script in _scripts(5, 4000) if script.phi and script.kind == "name"]
    assert len(set(texts)) > 0.9 * len(texts)


def test_header_agrees_with_the_patient():
    patient = draw_patient(np.random.default_rng(4))
    header = patient.header()
    assert header["PatientName"].split("^")[0] == patient.family
    assert header["PatientBirthDate"] == f"{patient.birth:%Y%m%d}"
    assert header["PatientAge"] == f"{patient.age:03d}Y"


def test_pages_hold_groups_of_lines():
    rng = np.random.default_rng(6)
    pages = [draw_page(rng, draw_patient(rng)) for _ in range(100)]
    assert all(page and all(group for group in page) for page in pages)
    assert sum(bool(script.phi) for page in pages for group in page for script in group) > 200


def test_random_strings_are_readable_and_most_keep_digits_among_digits():
    rng = np.random.default_rng(7)
    texts = [random_script(rng).text for _ in range(2000)]
    assert all(text and text == text.strip() and set(text) <= set(ALPHABET) for text in texts)
    pairs = [pair for text in texts for pair in pairwise(text) if "0" in pair]
    assert sum(pair.isdigit() for pair in map("".join, pairs)) > len(pairs) / 2
