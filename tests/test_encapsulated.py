"""Which fragments make which frame."""

import pytest

from deburn import MalformedError
from deburn.redactor.dicom.encapsulated import extended_starts, group_fragments, item, offset_table
from deburn.redactor.dicom.fragments import Fragment

# Five fragments of 10 bytes behind their item headers, from byte 100 on.
FIVE = [Fragment(start=108 + 18 * index, length=10) for index in range(5)]


def lengths(groups: tuple[tuple[Fragment, ...], ...]) -> list[int]:
    return [len(group) for group in groups]


def test_as_many_fragments_as_frames_are_one_each() -> None:
    assert lengths(group_fragments(FIVE, 5, starts=(), ends_frame=())) == [1, 1, 1, 1, 1]


def test_one_frame_takes_all_fragments() -> None:
    assert lengths(group_fragments(FIVE, 1, starts=(), ends_frame=())) == [5]


def test_an_offset_table_decides() -> None:
    assert lengths(group_fragments(FIVE, 2, starts=(0, 54), ends_frame=())) == [3, 2]


def test_without_a_table_the_ends_of_codestreams_decide() -> None:
    ends = (False, True, False, False, True)
    assert lengths(group_fragments(FIVE, 2, starts=(), ends_frame=ends)) == [2, 3]


@pytest.mark.parametrize(
    ("count", "starts", "ends"),
    [
        (6, (), ()),
        (2, (), (False,) * 5),
        (3, (), (False, True, False, False, True)),
        (3, (0, 54), ()),
        (2, (18, 54), ()),
        (2, (0, 55), ()),
    ],
)
def test_doubt_is_refused(count: int, starts: tuple[int, ...], ends: tuple[bool, ...]) -> None:
    with pytest.raises(MalformedError, match="7FE0,0010"):
        group_fragments(FIVE, count, starts=starts, ends_frame=ends)


def test_extended_tables_count_in_64_bits() -> None:
    assert extended_starts(bytes(8) + (5_000_000_000).to_bytes(8, "little")) == (0, 5_000_000_000)
    assert extended_starts(None) == ()
    with pytest.raises(MalformedError, match="7 bytes"):
        extended_starts(bytes(7))


def test_items_are_padded_to_an_even_length() -> None:
    assert item(b"abc") == b"\xfe\xff\x00\xe0\x04\x00\x00\x00abc\0"


def test_offsets_count_item_headers() -> None:
    assert offset_table([18, 20, 30]) == item(
        (0).to_bytes(4, "little") + (18).to_bytes(4, "little") + (38).to_bytes(4, "little")
    )
    with pytest.raises(MalformedError, match="4 GB"):
        offset_table([2**32, 2, 2])
