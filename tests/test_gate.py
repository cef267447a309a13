"""The gate: what is accepted, and each way in which a file is refused."""

import os
import struct
import time
import tracemalloc
import warnings
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file

from deburn.errors import MalformedError, NotDicomError, RefusedError, UnsupportedError
from deburn.redactor.dicom.gate import Structure, check_agreement, check_structure
from deburn.redactor.dicom.inflate import INFLATE_LIMIT

EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
BIG, DEFLATED, JPEG = "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.50"
UNDEFINED = 0xFFFFFFFF
LONG = {"OB", "OW", "SQ", "UN", "UT", "UC", "OF", "OD"}
SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


def explicit(tag: int, vr: str, value: bytes = b"", length: int | None = None, order: str = "<") -> bytes:
    size = len(value) if length is None else length
    head = struct.pack(f"{order}HH", tag >> 16, tag & 0xFFFF) + vr.encode("latin-1")
    return head + (struct.pack(f"{order}HI", 0, size) if vr in LONG else struct.pack(f"{order}H", size)) + value


def implicit(tag: int, value: bytes = b"", length: int | None = None) -> bytes:
    return struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(value) if length is None else length) + value


def item(value: bytes = b"", length: int | None = None) -> bytes:
    return implicit(0xFFFEE000, value, length)


ITEM_END, SEQUENCE_END = implicit(0xFFFEE00D), implicit(0xFFFEE0DD)


def meta(syntax: str | None) -> bytes:
    elements = explicit(0x00020001, "OB", b"\0\1")
    if syntax is not None:
        uid = syntax.encode()
        elements += explicit(0x00020010, "UI", uid + b"\0" * (len(uid) % 2))
    return explicit(0x00020000, "UL", struct.pack("<I", len(elements))) + elements


def file(body: bytes, syntax: str | None = EXPLICIT) -> bytes:
    return bytes(128) + b"DICM" + meta(syntax) + body


HEAD = explicit(0x00080060, "CS", b"OT")
PIXELS = explicit(0x7FE00010, "OW", bytes(8))
GOOD = file(HEAD + PIXELS)


def encapsulated(*fragments: bytes, table: bytes = b"", end: bytes = SEQUENCE_END) -> bytes:
    return explicit(0x7FE00010, "OB", item(table) + b"".join(map(item, fragments)) + end, length=UNDEFINED)


def refuse(data: bytes, match: str, error: type[RefusedError] = MalformedError) -> None:
    with pytest.raises(error, match=match) as caught:
        check_structure(data)
    assert "\n" not in str(caught.value)


def tags(structure: Structure) -> list[int]:
    return [element.tag for element in structure.elements]


# What is accepted.


def test_locates_every_element_of_an_explicit_file() -> None:
    structure = check_structure(GOOD)
    assert tags(structure) == [0x00080060, 0x7FE00010]
    assert structure.pixels is not None
    assert GOOD[structure.pixels.value : structure.pixels.end] == bytes(8)
    assert (structure.transfer_syntax, structure.implicit, structure.little_endian) == (EXPLICIT, False, True)
    assert structure.preamble
    assert GOOD[structure.start :] == HEAD + PIXELS


def test_walks_big_endian() -> None:
    body = explicit(0x00280010, "US", b"\0\2", order=">") + explicit(0x7FE00010, "OW", bytes(2), order=">")
    structure = check_structure(file(body, BIG))
    assert tags(structure) == [0x00280010, 0x7FE00010]
    assert not structure.little_endian


def test_inflates_and_walks_a_deflated_data_set() -> None:
    squeeze = zlib.compressobj(wbits=-15)
    body = HEAD + PIXELS
    deflated = squeeze.compress(body) + squeeze.flush()
    structure = check_structure(file(deflated, DEFLATED))
    assert structure.inflated == body
    assert structure.pixels is not None
    assert structure.pixels.start == len(HEAD)
    trailer = struct.pack("<II", zlib.crc32(body), len(body))
    assert check_structure(file(deflated + trailer, DEFLATED)).inflated == body


def test_lists_fragments_and_offsets_of_encapsulated_pixels() -> None:
    table = struct.pack("<2I", 0, 12)
    data = file(HEAD + encapsulated(b"aaaa", b"bb", b"cc", table=table), JPEG)
    structure = check_structure(data)
    assert [data[part.start : part.start + part.length] for part in structure.fragments] == [b"aaaa", b"bb", b"cc"]
    assert structure.offsets == (0, 12)
    assert structure.pixels is not None
    assert structure.pixels.end == len(data)


@pytest.mark.parametrize(
    "sequence",
    [
        explicit(0x00081140, "SQ"),
        explicit(0x00081140, "SQ", item(explicit(0x00081150, "UI"))),
        explicit(0x00081140, "SQ", item(explicit(0x00081150, "UI") + ITEM_END, UNDEFINED) + SEQUENCE_END, UNDEFINED),
        explicit(0x00081140, "SQ", item(ITEM_END, UNDEFINED)),
        # Written by real scanners: a defined length and a delimiter, and an item delimiter with the item's length.
        explicit(0x00081140, "SQ", item() + SEQUENCE_END),
        explicit(0x00081140, "SQ", item(implicit(0xFFFEE00D, length=UNDEFINED), UNDEFINED)),
        # UN of undefined length holds implicit VR (PS3.5 6.2.2), some writers' explicit.
        explicit(0x00091010, "UN", item(implicit(0x00081150)) + SEQUENCE_END, UNDEFINED),
        explicit(0x00091010, "UN", item(explicit(0x00081150, "UI")) + SEQUENCE_END, UNDEFINED),
        explicit(0x00081140, "UN", item(implicit(0x00081150))),
        explicit(0x00091010, "UN", b"no sequence"),
        explicit(0x00081155, "UI", b"1.2.3"),  # odd length
        explicit(0x00081000, "UL", struct.pack("<I", 4)),
    ],
)
def test_accepts_real_writers_ways(sequence: bytes) -> None:
    body = HEAD + sequence
    assert check_structure(file(body + PIXELS)).pixels is not None


def test_walks_private_sequences_in_implicit_vr() -> None:
    nested = item(implicit(0x00091001, b"ab") + ITEM_END, UNDEFINED) + SEQUENCE_END
    body = implicit(0x00090010, b"MAKER ") + implicit(0x00091020, nested, UNDEFINED) + implicit(0x00100010, b"A ")
    structure = check_structure(file(body, IMPLICIT))
    assert tags(structure) == [0x00090010, 0x00091020, 0x00100010]
    assert structure.count == 4


def test_reads_the_vr_that_is_there_if_that_fits_to_the_last_byte() -> None:
    body = implicit(0x00080060, b"OT") + implicit(0x7FE00010, bytes(8))
    assert check_structure(file(body, EXPLICIT)).implicit
    assert not check_structure(file(HEAD + PIXELS, IMPLICIT)).implicit


@pytest.mark.parametrize(
    ("body", "syntax"),
    [
        (HEAD + PIXELS, EXPLICIT),
        (implicit(0x00080060, b"OT"), IMPLICIT),
        (explicit(0x00080060, "CS", b"OT", order=">"), BIG),
    ],
)
def test_recognises_the_encoding_where_no_transfer_syntax_is_named(body: bytes, syntax: str) -> None:
    for data in (file(body, None), body, meta(None) + body):
        assert check_structure(data).transfer_syntax == syntax
    assert not check_structure(body).preamble


def test_accepts_implicit_file_meta_without_preamble() -> None:
    data = implicit(0x00020010, IMPLICIT.encode() + b"\0") + implicit(0x00080060, b"OT")
    assert check_structure(data).transfer_syntax == IMPLICIT


# pydicom's silent acceptances, one by one.


def test_refuses_encapsulated_pixels_without_delimiter() -> None:
    refuse(file(HEAD + encapsulated(b"aa", end=b""), JPEG), "without its sequence delimiter")


def test_refuses_encapsulated_pixels_that_are_cut_off() -> None:
    whole = file(HEAD + encapsulated(b"aaaa", b"bbbb"), JPEG)
    for length in range(len(whole) - 30, len(whole)):
        refuse(whole[:length], r"\(7FE0,0010\)|FFFE,E0")


def test_refuses_native_pixels_of_undefined_length() -> None:
    refuse(file(HEAD + explicit(0x7FE00010, "OW", bytes(8), UNDEFINED)), "undefined length")


def test_refuses_encapsulated_pixels_of_defined_length() -> None:
    refuse(file(HEAD + explicit(0x7FE00010, "OB", bytes(8)), JPEG), "defined length")


def test_refuses_an_element_longer_than_the_file() -> None:
    refuse(file(explicit(0x00100010, "PN", b"A^B ", 65535) + PIXELS), r"\(0010,0010\).*length 65535")


def test_refuses_a_header_that_is_cut_off() -> None:
    for length in range(len(GOOD) - len(PIXELS) - len(HEAD) + 1, len(GOOD)):
        if length != len(GOOD) - len(PIXELS):
            refuse(GOOD[:length], "byte")


def test_refuses_pixel_length_beyond_the_end() -> None:
    refuse(file(HEAD + explicit(0x7FE00010, "OW", bytes(8), 0xFFFFFFF0)), r"\(7FE0,0010\).*8 bytes left")


def test_refuses_truncated_pixels() -> None:
    refuse(GOOD[:-2], r"\(7FE0,0010\).*6 bytes left")


@pytest.mark.parametrize("depth", [33, 400, 5000])
def test_refuses_deep_nesting_of_undefined_length_without_recursion(depth: int) -> None:
    opened = explicit(0x00081140, "SQ", length=UNDEFINED) + item(length=UNDEFINED)
    body = opened * depth + (ITEM_END + SEQUENCE_END) * depth
    refuse(file(body), "nests deeper than 32")


@pytest.mark.parametrize("depth", [33, 1000])
def test_refuses_deep_nesting_of_defined_length(depth: int) -> None:
    body = b""
    for _ in range(depth):
        body = explicit(0x00081140, "SQ", item(body))
    refuse(file(body), "nests deeper than 32")


def test_accepts_nesting_to_32() -> None:
    body = b""
    for _ in range(32):
        body = explicit(0x00081140, "SQ", item(body))
    assert check_structure(file(body)).count == 32


def test_refuses_deep_nesting_hidden_in_un() -> None:
    body = b""
    for _ in range(33):
        body = implicit(0x00081140, item(body))
    refuse(file(explicit(0x00081140, "UN", item(body))), "nests deeper than 32")


@pytest.mark.parametrize("vr", ["\0\0", "ZZ", "os", "O\x57"[::-1], "  "])
def test_refuses_invalid_vr(vr: str) -> None:
    refuse(file(HEAD + explicit(0x00100010, vr, b"A^B ") + PIXELS), "no valid VR")


def test_refuses_duplicate_elements() -> None:
    refuse(file(HEAD + PIXELS + PIXELS), r"\(7FE0,0010\) .* occurs twice")


def test_refuses_elements_out_of_order() -> None:
    refuse(file(HEAD + PIXELS + explicit(0x00100010, "PN")), r"\(0010,0010\) .* follows \(7FE0,0010\)")


def test_refuses_duplicates_within_an_item() -> None:
    twice = explicit(0x00081150, "UI") * 2
    refuse(file(explicit(0x00081140, "SQ", item(twice))), "occurs twice")


def test_refuses_two_kinds_of_pixel_data() -> None:
    refuse(file(explicit(0x7FE00008, "OF", bytes(4)) + PIXELS), "both hold pixel data")


@pytest.mark.parametrize("junk", [b"\0", b"PATIENT^SECRET", b"\0" * 8, bytes(1024), b"\n"])
def test_refuses_bytes_behind_the_last_element(junk: bytes) -> None:
    with pytest.raises(MalformedError):
        check_structure(GOOD + junk)


def test_accepts_trailing_padding_as_an_element() -> None:
    assert tags(check_structure(GOOD + explicit(0xFFFCFFFC, "OB", bytes(100))))[-1] == 0xFFFCFFFC


@pytest.mark.parametrize("tag", [0x00000002, 0x00020010, 0x00010001, 0xFFFEE000, 0xFFFEE0DD, 0xFFFEE00D, 0xFFFF0001])
def test_refuses_tags_that_do_not_belong_in_a_data_set(tag: int) -> None:
    body = (implicit(tag) if tag >> 16 == 0xFFFE else explicit(tag, "UL")) + PIXELS
    refuse(file(HEAD + body), "does not belong|no valid VR")


# Sequences and fragments.


@pytest.mark.parametrize(
    ("body", "match"),
    [
        (explicit(0x00081140, "SQ", item(ITEM_END, UNDEFINED), UNDEFINED), "sequence has no delimiter"),
        (explicit(0x00081140, "SQ", item(HEAD, UNDEFINED), UNDEFINED), "item has no delimiter"),
        (explicit(0x00081140, "SQ", item(HEAD, len(HEAD) + 2)), "bytes left"),
        (explicit(0x00081140, "SQ", HEAD), "expected an item"),
        (explicit(0x00081140, "SQ", item() + SEQUENCE_END + item()), "expected an item"),
        (explicit(0x00081140, "SQ", implicit(0xFFFEE0DD, length=4), UNDEFINED), "expected 0"),
        (explicit(0x00080060, "UT", b"OT", UNDEFINED), "undefined length"),
        (explicit(0x00081140, "SQ", item(HEAD + ITEM_END)), "does not belong"),
    ],
)
def test_refuses_broken_sequences(body: bytes, match: str) -> None:
    refuse(file(body), match)


@pytest.mark.parametrize(
    ("pixels", "match"),
    [
        (encapsulated(), "no fragment"),
        (explicit(0x7FE00010, "OB", item() + HEAD + SEQUENCE_END, UNDEFINED), "expected an item"),
        (explicit(0x7FE00010, "OB", item() + item(length=UNDEFINED) + SEQUENCE_END, UNDEFINED), "known length"),
        (explicit(0x7FE00010, "OB", item() + item(b"aa", 200) + SEQUENCE_END, UNDEFINED), "length 200"),
        (encapsulated(b"aa", end=implicit(0xFFFEE0DD, length=8)), "expected 0"),
        (encapsulated(b"aa", table=b"\0\0"), "multiple of 4"),
        (encapsulated(b"aa", b"bb", table=struct.pack("<2I", 0, 4)), "Basic Offset Table"),
        (encapsulated(b"aa", b"bb", table=struct.pack("<2I", 10, 0)), "Basic Offset Table"),
        (encapsulated(b"aa", b"bb", table=struct.pack("<2I", 0, 0)), "Basic Offset Table"),
    ],
)
def test_refuses_broken_fragments(pixels: bytes, match: str) -> None:
    refuse(file(HEAD + pixels, JPEG), match)


def test_refuses_fragments_without_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deburn.redactor.dicom.fragments.FRAGMENT_LIMIT", 5)
    assert len(check_structure(file(HEAD + encapsulated(*[b""] * 5), JPEG)).fragments) == 5
    refuse(file(HEAD + encapsulated(*[b""] * 6), JPEG), "more than 5 fragments", UnsupportedError)


# Transfer syntaxes, sizes, and what is no DICOM.


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.4.94", "1.2.840.113619.5.2", "1.2.3", "NAME^OF^SOMEONE"])
def test_refuses_unknown_transfer_syntaxes_without_repeating_text(syntax: str) -> None:
    with pytest.raises(UnsupportedError, match=r"\(0002,0010\)") as caught:
        check_structure(file(HEAD + PIXELS, syntax))
    assert "SOMEONE" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\x02\x00"[:1],
        b"\x08\x00stray text",
        bytes(4096),
        b"\x00\x08" * 90,
    ],
)
def test_says_that_other_files_are_not_dicom(data: bytes) -> None:
    refuse(data, "no DICM|empty", NotDicomError)


def test_refuses_a_file_of_meta_information_alone() -> None:
    refuse(file(b""), "empty")
    refuse(bytes(128) + b"DICM", "no .0002,0010.|empty")


def test_refuses_broken_meta_information() -> None:
    twice = explicit(0x00020010, "UI", EXPLICIT.encode() + b"\0") * 2
    refuse(bytes(128) + b"DICM" + twice + HEAD, "repeats or is out of order")
    refuse(bytes(128) + b"DICM" + explicit(0x00020001, "OB", b"\0\1", 900), "does not fit")


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        (lambda data: data[:-3], MalformedError, "cut off"),
        (lambda data: data + b"\0\0\0", MalformedError, "3 bytes follow"),
        (lambda data: b"\xff" + data[1:], MalformedError, "damaged"),
    ],
)
def test_refuses_damaged_deflated_data(change: Callable[[bytes], bytes], error: type[RefusedError], match: str) -> None:
    squeeze = zlib.compressobj(wbits=-15)
    deflated = squeeze.compress(HEAD + PIXELS) + squeeze.flush()
    refuse(file(change(deflated), DEFLATED), match, error)


OPENED = explicit(0x00081140, "SQ", length=UNDEFINED)


@pytest.mark.parametrize(
    ("begin", "match", "error"),
    [
        (b"", "repeats or is out of order", MalformedError),
        (HEAD + PIXELS, "inflates to more than 1 MB", UnsupportedError),
        (HEAD + explicit(0x7FE00010, "OW", length=5 << 20), "inflates to more than 4 MB", UnsupportedError),
        (HEAD + OPENED, "inflates to more than 4 MB", UnsupportedError),
    ],
    ids=["of zeros", "behind the pixel data", "announced", "in a sequence"],
)
def test_refuses_a_deflate_bomb_before_it_fills_memory(
    begin: bytes, match: str, error: type[RefusedError], monkeypatch: pytest.MonkeyPatch
) -> None:
    squeeze = zlib.compressobj(9, wbits=-15)
    start = squeeze.compress(begin) + squeeze.flush(zlib.Z_FULL_FLUSH)
    bomb = start + (squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)) * 20
    assert INFLATE_LIMIT <= 1 << 29
    monkeypatch.setattr("deburn.redactor.dicom.inflate.INFLATE_LIMIT", 4 << 20)
    monkeypatch.setattr("deburn.redactor.dicom.inflate._TAIL", 1 << 20)
    tracemalloc.start()
    try:
        refuse(file(bomb, DEFLATED), match, error)
        assert tracemalloc.get_traced_memory()[1] < 14 << 20
    finally:
        tracemalloc.stop()


def test_a_deflated_data_set_may_be_as_large_as_it_announces_and_have_something_behind() -> None:
    squeeze = zlib.compressobj(9, wbits=-15)
    body = HEAD + explicit(0x7FE00010, "OW", bytes(3 << 20)) + explicit(0xFFFCFFFC, "OB", bytes(2 << 20))
    assert check_structure(file(squeeze.compress(body) + squeeze.flush(), DEFLATED)).inflated == body


def test_refuses_a_header_beyond_64_mb_but_not_such_pixels() -> None:
    big = bytes(65 << 20)
    refuse(file(HEAD + explicit(0x00420011, "OB", big) + PIXELS), "64 MB")
    assert check_structure(file(HEAD + explicit(0x7FE00010, "OW", big))).pixels is not None


# pydicom as second opinion.


def test_second_parser_agrees_on_pydicoms_own_files() -> None:
    checked = 0
    for path in accepted(pydicom_files()):
        structure = check_structure(path.read_bytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pydicom warns about what its own test files are for
            check_agreement(structure, pydicom.dcmread(path, force=not structure.preamble))
        checked += 1
    assert checked > 50


def test_refuses_a_file_that_pydicom_reads_differently() -> None:
    # In implicit VR, a length of 0x4141 looks like the VR "AA" to pydicom.
    body = implicit(0x00080060, b"OT") + implicit(0x00100010, b"A ")
    structure = check_structure(file(body, IMPLICIT))
    dataset = pydicom.Dataset()
    dataset.PatientName = "A"
    with pytest.raises(MalformedError, match="second parser"):
        check_agreement(structure, dataset)


# Real files.

# pydicom keeps these on purpose, as examples of files that break the standard.
FAULTY = {
    "FileInfo.txt": "text",
    "DICOMDIR-nooffset": "cut off within its last record",
    "MR_truncated.dcm": "pixel data cut off",
    "README.md": "text",
    "README": "text",
    "README.txt": "text",
    "crayons.icc": "a colour profile",
    "meta_missing_tsyntax.dcm": "group 0001",
    "nested_priv_SQ.dcm": "group 0001",
    "no_meta.dcm": "a byte is missing at its start",
    "rtplan.dump": "text",
    "rtplan_truncated.dcm": "sequence cut off",
    "rtstruct.dump": "text",
    "winter.dcm": "SOP Instance UID twice",
    "zipMR.gz": "gzip",
}


def pydicom_files() -> list[Path]:
    folder = Path(pydicom.__file__).parent / "data"
    return [
        path for path in sorted(folder.glob("*/**/*")) if path.is_file() and path.suffix not in (".json", ".py", ".pyc")
    ]


def accepted(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if path.name not in FAULTY]


def test_accepts_every_sound_file_of_pydicom_and_refuses_the_faulty() -> None:
    refused = {path.name for path in pydicom_files() if not passes(path)}
    assert refused <= set(FAULTY)
    assert {"MR_truncated.dcm", "rtplan_truncated.dcm", "no_meta.dcm"} <= refused


def passes(path: Path) -> bool:
    try:
        check_structure(path.read_bytes())
    except RefusedError:
        return False
    return True


def test_accepts_real_scanners_files() -> None:
    folder = SHARED / "eval" / "real" / "dicom"
    if not folder.is_dir():
        pytest.skip("the evaluation files are not here")
    refused = [path.name for path in sorted(folder.iterdir()) if not passes(path)]
    # Its sequence of ultrasound regions has lost the header in front of its items.
    assert refused == ["us_philips_iu22.dcm"]


def test_takes_little_time_per_file() -> None:
    data = Path(os.fspath(get_testdata_file("CT_small.dcm", download=False))).read_bytes()
    check_structure(data)
    started = time.process_time()
    for _ in range(20):
        check_structure(data)
    assert (time.process_time() - started) / 20 < 0.05
