import re
from dataclasses import replace

import numpy as np
import pytest

from deburn import Policy
from deburn.model.categories import CATEGORIES, HARMLESS
from deburn.redactor.combination import Evidence, combine, identifying
from deburn.redactor.spans import Span


def _span(start, end, category, reason="a rule", element=None):
    return Span(start=start, end=end, category=category, score=0.6, reason=reason, element=element)


def _opinion(*parts):
    """Probabilities of characters: (count, category, probability), the rest going to "other"."""
    rows = []
    for count, category, share in parts:
        row = np.zeros(len(CATEGORIES), np.float32)
        row[CATEGORIES.index("other")] = 1 - share
        row[CATEGORIES.index(category)] += share
        rows += [row] * count
    return np.stack(rows)


def _evidence(certain=(), doubts=(), known=()):
    return Evidence(certain=tuple(certain), doubts=tuple(doubts), known=tuple(known))


def _categories(spans):
    return [span.category for span in spans]


def _combine(evidence, opinion, policy, text="1234 5678"):
    return combine(evidence, opinion, policy, text)


DOUBT = _evidence(doubts=[_span(0, 4, "name")])


def test_without_a_classifier_every_doubt_is_masked_and_every_known_word_kept():
    masked, kept = _combine(_evidence(doubts=[_span(0, 4, "name")], known=[_span(5, 9, "anatomy")]), None, Policy())
    assert (_categories(masked), _categories(kept)) == (["name"], ["anatomy"])


@pytest.mark.parametrize(("share", "masks"), [(0.0, False), (0.04, False), (0.06, True), (1.0, True)])
def test_a_doubt_is_cleared_only_below_the_threshold(share, masks):
    masked, kept = _combine(DOUBT, _opinion((4, "person", share)), Policy(suspect=0.05))
    assert bool(masked) is masks
    assert _categories(masked or kept) == (["person"] if masks else ["other"])


def test_a_doubt_that_may_be_a_name_is_masked_however_harmless_the_classifier_finds_it():
    opinion = _opinion((4, "device", 1.0))
    masked, kept = _combine(DOUBT, opinion, Policy(), "Agne 5678")
    assert (bool(masked), kept) == (True, [])
    masked, kept = _combine(DOUBT, opinion, Policy(suspect_alone=0.02), "Agne 5678")
    assert (masked, _categories(kept)) == ([], ["device"])


@pytest.mark.parametrize(
    ("text", "masks"),
    [("Agne axial", False), ("Agne Klinik axial", True), ("Agne Stone", True), ("Agne L 5", True), ("Agne 5678", True)],
)
def test_a_doubt_that_may_be_a_name_is_cleared_among_known_words_that_are_nobodys(text, masks):
    known = [_span(5, len(text), "anatomy")]
    opinion = _opinion((4, "device", 1.0), (len(text) - 4, "anatomy", 1.0))
    policy = Policy(suspect_words=0.002)
    masked, _ = _combine(_evidence(doubts=[_span(0, 4, "name")], known=known), opinion, policy, text)
    assert bool(masked) is masks


@pytest.mark.parametrize(
    ("share", "text", "masks"), [(0.01, "Tima axial", False), (0.03, "Tima axial", True), (0.01, "Tima 5678", True)]
)
def test_a_doubt_that_is_nearly_a_known_word_is_cleared_among_known_words(share, text, masks):
    doubt = replace(_span(0, 4, "name"), near=True)
    known = [_span(5, len(text), "anatomy")]
    opinion = _opinion((4, "person", share), (len(text) - 4, "anatomy", 1.0))
    masked, _ = _combine(_evidence(doubts=[doubt], known=known), opinion, Policy(), text)
    assert bool(masked) is masks


@pytest.mark.parametrize(("share", "setting", "masks"), [(0.01, True, False), (0.03, True, True), (0.01, False, True)])
def test_a_setting_is_cleared_as_what_is_no_name(share, setting, masks):
    doubt = replace(_span(0, 3, "person"), setting=setting)
    opinion = _opinion((3, "person", share), (2, "scale", 1.0))
    masked, _ = _combine(_evidence(doubts=[doubt], known=[_span(4, 5, "scale")]), opinion, Policy(), "KAL 4")
    assert bool(masked) is masks


def test_a_doubt_is_named_after_the_harmless_category_that_it_most_resembles():
    masked, kept = _combine(DOUBT, _opinion((4, "technique", 0.99)), Policy())
    assert (masked, _categories(kept)) == ([], ["technique"])


@pytest.mark.parametrize(("share", "masks"), [(0.5, False), (0.89, False), (0.95, True)])
def test_known_words_are_masked_only_where_the_classifier_is_sure(share, masks):
    known = _evidence(known=[_span(0, 4, "technique")])
    masked, kept = _combine(known, _opinion((4, "name", share)), Policy(overrule=0.9))
    assert bool(masked) is masks
    assert bool(kept) is not masks


@pytest.mark.parametrize(
    ("text", "share", "masked"),
    [
        ("Venous Hip", 0.5, ""),
        ("Venous Hip", 0.95, "Venous Hip"),
        ("Stone Hip", 0.5, "Stone Hip"),
        ("Stone Venous", 0.5, "Stone"),
        ("Venous Imaging", 0.5, "Venous Imaging"),
        ("Venous Slice12", 0.5, ""),
        ("Venous Slice123", 0.5, "Slice123"),
    ],
)
def test_words_that_are_nobodys_name_need_more_to_be_overruled(text, share, masked):
    edge = text.index(" ")
    known = _evidence(known=[_span(0, edge, "anatomy"), _span(edge + 1, len(text), "anatomy")])
    spans, _ = _combine(known, _opinion((len(text), "name", share)), Policy(), text)
    assert " ".join(text[span.start : span.end] for span in spans) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [("Venous 12", False), ("Venous 123", True), ("Venous 12 45", True), ("Stone 12", True), ("Venous Mai 12", True)],
)
def test_one_or_two_digits_beside_a_word_that_is_nobodys_name_need_as_much(text, masked):
    known = _evidence(known=[_span(match.start(), match.end(), "scale") for match in re.finditer(r"\S+", text)])
    spans, _ = _combine(known, _opinion((len(text), "date", 0.5)), Policy(), text)
    assert any(text[span.start : span.end] == "12" or span.end == len(text) for span in spans) is masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("- Venous", ""),
        ("60bpm", ""),
        ("OBPM", ""),
        ("3.2 cm", ""),
        ("452", "452"),
        ("Asc Ao Diam 3.3 cm", ""),
        ("Asc Ao Diam", "Ao"),
        ("Asc Ao 3.3 cm", "Asc Ao"),
    ],
)
def test_signs_values_with_their_unit_and_what_is_measured_need_as_much(text, masked):
    parts = re.finditer(r"\d+\.\d+ cm|\S+", text)
    known = _evidence(known=[_span(match.start(), match.end(), "anatomy") for match in parts])
    spans, _ = _combine(known, _opinion((len(text), "person", 0.5)), Policy(), text)
    assert " ".join(text[span.start : span.end] for span in spans) == masked


def test_what_the_rules_are_certain_of_is_masked_whatever_the_classifier_says():
    certain = _evidence(certain=[_span(0, 4, "id", element="(0010,0020) PatientID"), _span(5, 9, "unreadable")])
    masked, kept = _combine(certain, _opinion((9, "scale", 1.0)), Policy())
    assert (_categories(masked), kept) == (["id", "unreadable"], [])


def test_a_word_is_judged_as_one():
    opinion = _opinion((2, "name", 1.0), (2, "technique", 1.0))
    assert identifying(opinion, 0, 4, Policy()) == pytest.approx(0.5)


def test_no_number_masks():
    masked, _ = _combine(DOUBT, np.full((4, len(CATEGORIES)), np.nan, np.float32), Policy())
    assert masked


@pytest.mark.parametrize("opinion", [None, _opinion((9, "device", 1.0))])
def test_a_category_that_the_policy_masks_is_masked_though_the_rules_know_it(opinion):
    policy = Policy(kept=tuple(category for category in HARMLESS if category != "device"))
    masked, kept = _combine(_evidence(known=[_span(0, 4, "device"), _span(5, 9, "scale")]), opinion, policy)
    assert "device" in _categories(masked)
    assert "device" not in _categories(kept)


@pytest.mark.parametrize("opinion", [None, _opinion((9, "institution", 1.0))])
def test_a_category_that_the_policy_keeps_explains_the_doubts_in_it(opinion):
    policy = Policy(kept=("institution", *HARMLESS))
    evidence = _evidence(certain=[_span(0, 9, "institution")], doubts=[_span(5, 9, "name")])
    masked, kept = _combine(evidence, opinion, policy)
    assert (masked, _categories(kept)) == ([], ["institution"])


def test_a_header_match_inside_of_a_kept_category_is_masked():
    policy = Policy(kept=("institution", *HARMLESS))
    masked, _ = _combine(_evidence(certain=[_span(0, 9, "institution"), _span(5, 9, "name")]), None, policy)
    assert _categories(masked) == ["name"]


def test_strict_keeps_only_what_is_positively_recognised():
    known = [_span(0, 4, "laterality"), _span(5, 9, "other")]
    masked, kept = _combine(_evidence(known=known), None, Policy(mode="strict"))
    assert (_categories(masked), _categories(kept)) == (["other"], ["laterality"])
    masked, kept = _combine(DOUBT, _opinion((4, "name", 0.0)), Policy(mode="strict"))
    assert _categories(masked) == ["other"]
    masked, kept = _combine(DOUBT, _opinion((4, "scale", 1.0)), Policy(mode="strict"))
    assert _categories(kept) == ["scale"]


def test_a_policy_that_keeps_every_category_still_masks_what_cannot_be_read():
    policy = Policy(kept=CATEGORIES, suspect=0.0)
    evidence = _evidence(certain=[_span(0, 2, "unreadable")], doubts=[_span(3, 9, "name")])
    masked, _ = _combine(evidence, _opinion((9, "name", 1.0)), policy)
    assert "unreadable" in _categories(masked)
