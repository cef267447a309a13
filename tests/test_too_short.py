"""Lines that are too short to identify anyone."""

import fakes
import numpy as np
import pytest

from deburn import Policy, TextLine, load_policy
from deburn.model.categories import CATEGORIES
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity


def _masked(*lines: TextLine, policy: Policy | None = None, modality: str = "US") -> list[str]:
    """Return the texts that are masked although only a classifier suspects them, all of them as IDs."""
    suspects = np.zeros(len(CATEGORIES), np.float32)
    suspects[CATEGORIES.index("id")] = 1
    opinions = [np.tile(suspects, (len(line.text), 1)) for line in lines]
    found = classify(lines, Identity(modality=modality), policy or Policy(), opinions)
    return [finding.line.text for finding in found if finding.mask]


def _line(text: str, x0: int = 100, y0: int = 40) -> TextLine:
    return fakes.text_line(text, x0, y0, pitch=10)


@pytest.mark.parametrize("text", ["G", "63", "M3", "****", "G)"])
def test_what_is_too_short_is_kept_against_the_classifier(text: str) -> None:
    assert _masked(_line(text), _line("GAIN", 300, 200)) == ["GAIN"]


@pytest.mark.parametrize("text", ["93", "163", "GE", "M34"])
def test_longer_text_and_great_ages_are_not(text: str) -> None:
    assert _masked(_line(text)) == [text]


def test_a_number_of_groups_is_a_number_whole() -> None:
    assert _masked(_line("12"), _line("34", 130), _line("56", 160)) == ["12", "34", "56"]


def test_letters_of_a_name_beside_or_above_each_other_are_not_alone() -> None:
    assert _masked(_line("D"), _line("O", 120), _line("E", 140)) == ["D", "O", "E"]
    assert _masked(_line("D"), _line("O", 100, 60), _line("E", 100, 80)) == ["D", "O", "E"]


def test_a_small_number_above_another_is_alone() -> None:
    assert _masked(_line("5"), _line("28", 100, 60)) == []


def test_a_letter_beside_what_could_not_be_read_is_not_alone() -> None:
    assert "Q" in _masked(_line("Q"), _line("", 120))


def test_a_lead_letter_stays_a_signature() -> None:
    assert _masked(_line("D"), modality="DX") == ["D"]


def test_strict_keeps_nothing_for_being_short() -> None:
    assert _masked(_line("63"), policy=load_policy("strict")) == ["63"]


def test_a_category_that_the_policy_masks_is_masked() -> None:
    kept = tuple(category for category in Policy().kept if category != "scale")
    assert _masked(_line("63"), policy=Policy(kept=kept)) == ["63"]
