"""What is written: the masked pixels, the marked header, and every other byte as it was; all of it or nothing."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from dicom_references import REFERENCES, SYNTAXES, Reference, build, words_of, write
from pydicom import Dataset, dcmread
from pydicom.encaps import encapsulate, generate_frames, parse_basic_offsets, parse_fragments
from pydicom.uid import UID

from deburn import Box, Policy, UndecodableError, UnverifiedError, UsageError
from deburn.redactor.dicom import fit_boxes, mask_dataset, mask_to_file, open_dataset, open_file, read_frames
from deburn.redactor.dicom import recode as recode_module
from deburn.redactor.dicom import source as source_module
from deburn.redactor.dicom import uncompressed as uncompressed_module
from deburn.redactor.dicom.masking import Plan
from deburn.redactor.dicom.patches import Patch
from deburn.redactor.dicom.source import Source

BLACK = Policy()
BOX = Box(frame=1, x0=5, y0=3, x1=12, y1=17)


def named(name: str) -> Reference:
    return next(reference for reference in REFERENCES if reference.name == name)


CINE = named("grey, 12 bits in 16, 3 frames")
COLOUR = named("RGB")


def mask(path: Path, *boxes: Box, policy: Policy = BLACK) -> Dataset:
    target = path.with_suffix(".masked")
    mask_to_file(open_file(path), boxes, target, policy=policy)
    return dcmread(target)


def left(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_header_bytes_that_nobody_touched_stay_as_they_were(tmp_path: Path) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")
    mask(path, BOX)
    before, after = path.read_bytes(), path.with_suffix(".masked").read_bytes()
    for element in (b"\x10\x00\x10\x00PN\x0c\x00Pavlova^Ines", b"\x28\x00\x10\x00US\x02\x00\x15\x00"):
        assert element in before
        assert element in after
    assert len(after) > len(before)  # Burned In Annotation and the like
    assert dcmread(path.with_suffix(".masked")).BurnedInAnnotation == "NO"


def test_group_lengths_go_where_their_group_changed_and_stay_elsewhere(tmp_path: Path) -> None:
    dataset = build(CINE, "Explicit")
    dataset.add_new(0x00100000, "UL", 36)
    dataset.add_new(0x00120000, "UL", 0)
    dataset.save_as(tmp_path / "a.dcm")
    # pydicom leaves group lengths out when it writes: put them back by hand.
    data = (tmp_path / "a.dcm").read_bytes()
    first = data.index(b"\x10\x00\x10\x00PN")
    with_lengths = data[:first] + b"\x10\x00\x00\x00UL\x04\x00\x24\x00\x00\x00" + data[first:]
    pixel_group = with_lengths.index(b"\x28\x00\x02\x00US")
    with_lengths = (
        with_lengths[:pixel_group] + b"\x12\x00\x00\x00UL\x04\x00\x00\x00\x00\x00" + with_lengths[pixel_group:]
    )
    (tmp_path / "b.dcm").write_bytes(with_lengths)
    mask(tmp_path / "b.dcm", BOX)
    after = (tmp_path / "b.masked").read_bytes()
    assert b"\x10\x00\x00\x00UL\x04\x00\x24\x00\x00\x00" in after
    assert b"\x12\x00\x00\x00UL" not in after


@pytest.mark.parametrize(
    "syntax", ["Implicit", "Explicit", "Big Endian", "Deflated", "RLE", "JPEG-LS", "HTJ2K lossless"]
)
def test_the_written_file_is_well_formed_part_10(syntax: str, tmp_path: Path) -> None:
    after = mask(write(CINE, syntax, tmp_path / "a.dcm"), BOX)
    assert after.file_meta.TransferSyntaxUID == SYNTAXES[syntax]
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID == "2.25.9"
    assert after.preamble == bytes(128)
    assert after.PatientID == "QX-004117"
    assert after.DeidentificationMethodCodeSequence[0].CodeValue == "113101"
    resaved = BytesIO()
    after.save_as(resaved, enforce_file_format=True)


@pytest.mark.parametrize("table", ["basic", "empty", "extended"])
def test_unmasked_frames_keep_their_codestreams_and_tables_are_rebuilt(table: str, tmp_path: Path) -> None:
    path = write(CINE, "JPEG-LS", tmp_path / "a.dcm", table=table)
    after, before = mask(path, BOX), dcmread(path)
    old, new = (list(generate_frames(dataset.PixelData, number_of_frames=3)) for dataset in (before, after))
    assert [old[0], old[2]] == [new[0], new[2]]
    assert old[1] != new[1]
    offsets = parse_basic_offsets(after.PixelData)
    if table == "basic":
        assert offsets == [0, 8 + len(new[0]), 16 + len(new[0]) + len(new[1])]
    else:
        assert offsets == []
    if table == "extended":
        lengths = np.frombuffer(after.ExtendedOffsetTableLengths, "<u8")
        assert lengths.tolist() == [len(frame) for frame in new]
        starts = np.frombuffer(after.ExtendedOffsetTable, "<u8")
        assert starts.tolist() == [0, 8 + len(new[0]), 16 + len(new[0]) + len(new[1])]


def test_unmasked_frames_keep_their_fragments(tmp_path: Path) -> None:
    path = write(CINE, "JPEG-LS", tmp_path / "a.dcm", fragments=3)
    after = mask(path, BOX)
    assert parse_fragments(after.PixelData)[0] == 1 + 3 + 1 + 3  # the offset table is an item too
    assert read_frames(open_file(path.with_suffix(".masked")), 0, 3).stored[1, 3, 5, 0] == 0


@pytest.mark.parametrize("syntax", ["Explicit", "RLE"])
def test_every_frame_gets_its_own_boxes(syntax: str, tmp_path: Path) -> None:
    path = write(CINE, syntax, tmp_path / "a.dcm")
    boxes = [Box(frame=0, x0=0, y0=0, x1=3, y1=2), Box(frame=2, x0=20, y0=19, x1=26, y1=21)]
    mask(path, *boxes)
    expected = words_of(CINE)
    expected[0, 0:2, 0:3] = expected[2, 19:21, 20:26] = 0
    np.testing.assert_array_equal(read_frames(open_file(path.with_suffix(".masked")), 0, 3).stored, expected)


@pytest.mark.parametrize("fill", ["black", "white", "background"])
@pytest.mark.parametrize("name", ["grey, 12 bits in 16, 3 frames", "RGB, by plane, odd length, 3 frames"])
@pytest.mark.parametrize("syntax", ["Explicit", "RLE"])
def test_boxes_may_overlap_touch_and_reach_over_the_edge(syntax: str, name: str, fill: str, tmp_path: Path) -> None:
    reference = named(name)
    path = write(reference, syntax, tmp_path / "a.dcm")
    boxes = [
        Box(frame=1, x0=-4, y0=-4, x1=8, y1=8),
        Box(frame=1, x0=5, y0=5, x1=12, y1=12),
        Box(frame=1, x0=5, y0=5, x1=12, y1=12),
        Box(frame=1, x0=12, y0=8, x1=14, y1=9),
        Box(frame=1, x0=20, y0=15, x1=99, y1=99),
        Box(frame=1, x0=30, y0=30, x1=40, y1=40),
    ]
    mask(path, *boxes, policy=Policy(fill=fill))  # type: ignore[arg-type]
    result = read_frames(open_file(path.with_suffix(".masked")), 0, 3).stored
    inside = np.zeros((reference.rows, reference.columns), bool)
    inside[:8, :8] = inside[5:12, 5:12] = inside[8:9, 12:14] = inside[15:, 20:] = True
    expected = words_of(reference)
    np.testing.assert_array_equal(result[[0, 2]], expected[[0, 2]])
    np.testing.assert_array_equal(result[1][~inside], expected[1][~inside])
    if fill != "background":
        assert (result[1][inside] == (reference.black if fill == "black" else reference.white)).all()


def test_boxes_are_fitted_to_the_frame_and_to_shared_chroma(tmp_path: Path) -> None:
    source = open_file(write(named("YBR full 4:2:2"), "Explicit", tmp_path / "a.dcm"))
    boxes = [Box(frame=0, x0=5, y0=-2, x1=11, y1=99), Box(frame=1, x0=7, y0=7, x1=7, y1=9)]
    assert fit_boxes(source, boxes) == (Box(frame=0, x0=4, y0=0, x1=12, y1=21),)


def test_a_box_in_a_frame_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")
    with pytest.raises(UsageError, match="box in frame 3; expected 0 to 2"):
        mask(path, Box(frame=3, x0=0, y0=0, x1=1, y1=1))
    assert left(tmp_path) == ["a.dcm"]


# JPEG Baseline and Extended

JPEGS = {
    "grey": ("MONOCHROME2", {}),
    "grey, dark large": ("MONOCHROME1", {}),
    "4:2:2": ("YBR_FULL_422", {"colorspace": "rgb", "outcolorspace": "ycbcr", "subsampling": "422"}),
    "4:2:0": ("YBR_FULL_422", {"colorspace": "rgb", "outcolorspace": "ycbcr", "subsampling": "420"}),
    "4:4:4": ("YBR_FULL", {"colorspace": "rgb", "outcolorspace": "ycbcr", "subsampling": "444"}),
    "RGB": ("RGB", {"colorspace": "rgb", "outcolorspace": "rgb"}),
}


def smooth(samples: int, top: int = 255) -> np.ndarray:
    y, x = np.mgrid[0:45, 0:62]
    planes = [np.sin(x / (5 + 2 * index)) * np.cos(y / 7) * 0.45 + 0.5 for index in range(samples)]
    return np.squeeze(np.stack(planes, axis=-1) * top).astype(np.uint8 if top == 255 else np.uint16)


def jpeg_file(path: Path, kind: str, frames: int = 2) -> Path:
    photometric, how = JPEGS[kind]
    dataset = build(named("RGB" if how else "grey, 8 bits"), "RLE")
    dataset.PhotometricInterpretation = photometric
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = 45, 62, frames
    image = smooth(3 if how else 1)
    streams = [bytes(imagecodecs.jpeg8_encode(np.roll(image, 9 * frame, axis=1), 90, **how)) for frame in range(frames)]
    dataset.PixelData = encapsulate(streams)
    dataset.LossyImageCompression = "01"
    dataset.file_meta.TransferSyntaxUID = UID(SYNTAXES["JPEG Baseline"])
    dataset.save_as(path, enforce_file_format=True)
    return path


@pytest.mark.parametrize("kind", JPEGS)
def test_baseline_jpeg_becomes_jpeg_ls_that_shows_the_same(kind: str, tmp_path: Path) -> None:
    path = jpeg_file(tmp_path / "a.dcm", kind)
    box = Box(frame=1, x0=11, y0=7, x1=30, y1=22)
    after, before = mask(path, box), dcmread(path)
    assert after.file_meta.TransferSyntaxUID == SYNTAXES["JPEG-LS"]
    assert after.PhotometricInterpretation == ("RGB" if JPEGS[kind][1] else JPEGS[kind][0])
    assert after.get("PlanarConfiguration", 0) == 0
    shown, expected = after.pixel_array, before.pixel_array.copy()
    expected[1, 7:22, 11:30] = 255 if kind == "grey, dark large" else 0
    np.testing.assert_array_equal(shown, expected)
    # The second decoder: what the codestreams hold.
    second = [imagecodecs.jpegls_decode(frame) for frame in generate_frames(after.PixelData, number_of_frames=2)]
    np.testing.assert_array_equal(np.stack(second), expected)


def test_decompressed_jpeg_stays_lossy_and_is_another_instance(tmp_path: Path) -> None:
    after = mask(jpeg_file(tmp_path / "a.dcm", "4:2:2"), Box(frame=0, x0=1, y0=1, x1=9, y1=9))
    assert after.LossyImageCompression == "01"
    assert after.SOPInstanceUID == after.file_meta.MediaStorageSOPInstanceUID != "2.25.9"
    assert after.SOPInstanceUID.is_valid
    again = mask(jpeg_file(tmp_path / "b.dcm", "4:2:2"), Box(frame=0, x0=1, y0=1, x1=9, y1=9))
    assert again.SOPInstanceUID == after.SOPInstanceUID


def test_jpeg_without_a_box_keeps_its_bytes_and_its_name(tmp_path: Path) -> None:
    path = jpeg_file(tmp_path / "a.dcm", "4:2:2")
    after, before = mask(path), dcmread(path)
    assert after.PixelData == before.PixelData
    assert after.SOPInstanceUID == "2.25.9"
    assert after.PhotometricInterpretation == "YBR_FULL_422"


def test_extended_jpeg_keeps_its_twelve_bits(tmp_path: Path) -> None:
    dataset = build(named("grey, 12 bits in 16"), "RLE")
    dataset.Rows, dataset.Columns = 45, 62
    stream = bytes(imagecodecs.jpeg8_encode(smooth(1, 4095), 90, bitspersample=12))
    dataset.PixelData = encapsulate([stream])
    dataset.file_meta.TransferSyntaxUID = UID(SYNTAXES["JPEG Extended"])
    dataset.save_as(tmp_path / "a.dcm")
    after = mask(tmp_path / "a.dcm", Box(frame=0, x0=11, y0=7, x1=30, y1=22))
    expected = imagecodecs.jpeg8_decode(stream)
    assert expected.max() > 3000
    expected[7:22, 11:30] = 0
    np.testing.assert_array_equal(after.pixel_array, expected)
    assert after.BitsStored == 12


def test_a_wrong_photometric_interpretation_does_not_turn_the_colours(tmp_path: Path) -> None:
    path = jpeg_file(tmp_path / "a.dcm", "4:2:2", frames=1)
    dataset = dcmread(path)
    dataset.PhotometricInterpretation = "RGB"
    dataset.save_as(path)
    after = mask(path, Box(frame=0, x0=11, y0=7, x1=30, y1=22))
    expected = imagecodecs.jpeg8_decode(next(generate_frames(dataset.PixelData, number_of_frames=1)))
    difference = np.abs(after.pixel_array.astype(int) - expected)
    difference[7:22, 11:30] = 0
    assert difference.max() <= 1  # two ways to round YCbCr to RGB


def test_irreversible_colour_is_renamed_when_every_frame_was_masked(tmp_path: Path) -> None:
    path = write(named("YBR irreversible"), "JPEG 2000", tmp_path / "a.dcm")
    assert mask(path, Box(frame=0, x0=5, y0=3, x1=12, y1=17)).PhotometricInterpretation == "YBR_RCT"
    assert mask(path).PhotometricInterpretation == "YBR_ICT"


# Data sets in memory


@pytest.mark.parametrize("syntax", ["Implicit", "Explicit", "Big Endian", "RLE", "JPEG-LS", "JPEG 2000 lossless"])
def test_a_data_set_in_memory_is_masked_in_place(syntax: str, tmp_path: Path) -> None:
    path = write(CINE, syntax, tmp_path / "a.dcm")
    dataset = dcmread(path)
    mask_dataset(open_dataset(dataset), [BOX], policy=BLACK)
    expected = words_of(CINE)[..., 0]
    expected[1, 3:17, 5:12] = 0
    np.testing.assert_array_equal(dataset.pixel_array, expected)
    assert dataset.BurnedInAnnotation == "NO"
    assert dataset.PixelData == mask(path, BOX).PixelData
    dataset.save_as(tmp_path / "saved.dcm")
    np.testing.assert_array_equal(dcmread(tmp_path / "saved.dcm").pixel_array, expected)


def test_a_jpeg_data_set_in_memory_changes_its_syntax(tmp_path: Path) -> None:
    dataset = dcmread(jpeg_file(tmp_path / "a.dcm", "4:2:0"))
    expected = dataset.pixel_array.copy()
    mask_dataset(open_dataset(dataset), [Box(frame=1, x0=11, y0=7, x1=30, y1=22)], policy=BLACK)
    expected[1, 7:22, 11:30] = 0
    assert dataset.file_meta.TransferSyntaxUID == SYNTAXES["JPEG-LS"]
    assert dataset.PhotometricInterpretation == "RGB"
    np.testing.assert_array_equal(dataset.pixel_array, expected)


def test_a_data_set_in_memory_is_unchanged_if_it_fails(tmp_path: Path) -> None:
    dataset = dcmread(write(CINE, "JPEG-LS", tmp_path / "a.dcm"))
    frames = list(generate_frames(dataset.PixelData, number_of_frames=3))
    frames[1] = frames[1][:60] + b"\xff\xd9"
    dataset.PixelData = encapsulate(frames)
    before = dataset.to_json()
    with pytest.raises(UndecodableError):
        mask_dataset(open_dataset(dataset), [BOX], policy=BLACK)
    assert dataset.to_json() == before


# All or nothing


def tampered(original: Callable[..., bytes]) -> Callable[..., bytes]:
    """Wrap an encoder: one sample outside of the box comes out different."""

    def encode(frame: np.ndarray, *rest: object) -> bytes:
        frame[0, 0] ^= 1
        return original(frame, *rest)

    return encode


@pytest.mark.parametrize("syntax", ["RLE", "JPEG-LS", "JPEG 2000 lossless"])
def test_a_codec_that_changes_other_samples_is_caught(
    syntax: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(CINE, syntax, tmp_path / "a.dcm")
    monkeypatch.setattr(recode_module, "encode", tampered(recode_module.encode))
    with pytest.raises(UnverifiedError, match="frame 1: a sample outside of the boxes differs"):
        mask(path, BOX)
    assert left(tmp_path) == ["a.dcm"]


@pytest.mark.parametrize("name", ["grey, 12 bits in 16, 3 frames", "RGB, by plane, odd length, 3 frames"])
@pytest.mark.parametrize("shift", [-2, 2])
def test_a_patch_in_the_wrong_place_is_caught(
    name: str, shift: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(named(name), "Explicit", tmp_path / "a.dcm")
    right = uncompressed_module.patches
    wrong = Box(frame=1, x0=BOX.x0 + shift, y0=BOX.y0, x1=BOX.x1 + shift, y1=BOX.y1)

    def elsewhere(source: Source, todo: Plan) -> Iterator[Patch]:
        return right(source, replace(todo, boxes={1: (wrong,)}))

    monkeypatch.setattr(uncompressed_module, "patches", elsewhere)
    with pytest.raises(UnverifiedError, match="frame 1: a sample"):
        mask(path, BOX)
    assert left(tmp_path) == ["a.dcm"]


def test_a_box_that_was_forgotten_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")
    monkeypatch.setattr(uncompressed_module, "patches", lambda source, todo: iter(()))
    with pytest.raises(UnverifiedError, match="inside of a box"):
        mask(path, BOX)
    assert left(tmp_path) == ["a.dcm"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        mask(path, BOX)
    assert left(tmp_path) == ["a.dcm"]


def test_a_target_that_exists_is_replaced_whole(tmp_path: Path) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")
    path.with_suffix(".masked").write_bytes(b"old")
    mask(path, BOX)
    assert left(tmp_path) == ["a.dcm", "a.masked"]


def test_the_result_has_the_permissions_of_the_original(tmp_path: Path) -> None:
    path = write(CINE, "Explicit", tmp_path / "a.dcm")
    path.chmod(0o640)
    mask(path, BOX)
    assert stat.S_IMODE(path.with_suffix(".masked").stat().st_mode) == 0o640


def test_a_slide_label_is_masked_whole_though_no_box_was_asked_for(tmp_path: Path) -> None:
    dataset = build(COLOUR, "Explicit")
    dataset.Modality = "SM"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "LABEL", "NONE"]
    dataset.save_as(tmp_path / "a.dcm")
    assert not mask(tmp_path / "a.dcm").pixel_array.any()


def test_a_still_image_is_decoded_once_and_what_was_written_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = []
    real = source_module.decode
    monkeypatch.setattr(source_module, "decode", lambda *given: decoded.append(given[0]) or real(*given))
    source = open_file(write(named("grey, 12 bits in 16, falling rescale"), "JPEG-LS", tmp_path / "a.dcm"))
    seen = read_frames(source, 0, 1).stored.copy()
    mask_to_file(source, [replace(BOX, frame=0)], tmp_path / "b.dcm", policy=BLACK)
    assert decoded == [source.pixels.codestream(0), open_file(tmp_path / "b.dcm").pixels.codestream(0)]
    np.testing.assert_array_equal(read_frames(source, 0, 1).stored, seen)
    assert not source.pixels.still[source.transfer_syntax].flags.writeable


def test_frames_of_a_cine_are_not_kept(tmp_path: Path) -> None:
    source = open_file(write(CINE, "RLE", tmp_path / "a.dcm"))
    read_frames(source, 0, 3)
    assert source.pixels.still == {}
