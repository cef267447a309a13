"""Whether rescaling or a look-up table turns grey values round."""

import numpy as np
import pytest
from pydicom import Dataset

from deburn.redactor.dicom.polarity import shows_large_values_dark


def with_slope(slope: str) -> Dataset:
    dataset = Dataset()
    dataset.RescaleSlope = slope
    return dataset


def with_table(keyword: str, words: list[int]) -> Dataset:
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [len(words), 0, 16])
    item.add_new("LUTData", "OW", np.array(words, "<u2").tobytes())
    dataset = Dataset()
    setattr(dataset, keyword, [item])
    return dataset


def in_groups(keyword: str, slope: str) -> Dataset:
    group = Dataset()
    group.PixelValueTransformationSequence = [with_slope(slope)]
    dataset = Dataset()
    setattr(dataset, keyword, [group])
    return dataset


@pytest.mark.parametrize(
    ("dataset", "dark"),
    [
        (Dataset(), False),
        (with_slope("1.5"), False),
        (with_slope("-1"), True),
        (in_groups("SharedFunctionalGroupsSequence", "-2"), True),
        (in_groups("PerFrameFunctionalGroupsSequence", "-2"), True),
        (in_groups("PerFrameFunctionalGroupsSequence", "2"), False),
        (with_table("VOILUTSequence", [0, 10, 20]), False),
        (with_table("VOILUTSequence", [20, 10, 0]), True),
        (with_table("ModalityLUTSequence", [20, 10, 0]), True),
    ],
)
def test_negative_slopes_and_falling_tables_turn_values_round(dataset: Dataset, dark: bool) -> None:
    assert shows_large_values_dark(dataset) is dark


def test_two_turns_cancel() -> None:
    dataset = with_table("VOILUTSequence", [20, 10, 0])
    dataset.RescaleSlope = "-1"
    assert shows_large_values_dark(dataset) is False
