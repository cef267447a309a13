"""Lossy JPEG that is masked becomes what the user picked: the same samples, named for what they are, still lossy."""

from pathlib import Path
from struct import pack

import imagecodecs
import numpy as np
import pytest
from dicom_decoders import decode_both
from dicom_references import SYNTAXES, Reference, build
from pydicom import FileDataset, dcmread
from pydicom.encaps import encapsulate, encapsulate_extended, generate_frames, parse_basic_offsets, parse_fragments
from pydicom.uid import UID

from deburn import Box, Policy, UnsupportedError
from deburn.redactor.dicom import mask_dataset, mask_to_file, open_dataset, open_file
from deburn.redactor.dicom.transcode import STORED_JPEG
from deburn.redactor.resume import settings_of
from deburn.redactor.verify import Verdict, verify_pair

# Literal, so that a slip in the table of choices cannot go unnoticed.
NAMES = {
    "jpeg-ls": "JPEG-LS",
    "jpeg-lossless": "JPEG Lossless SV1",
    "jpeg-2000": "JPEG 2000 lossless",
    "htj2k": "HTJ2K lossless",
    "rle": "RLE",
    "explicit": "Explicit",
}
ROWS, COLUMNS = 45, 61  # odd, and so is their product: padding counts
BOX = Box(frame=1, x0=11, y0=7, x1=30, y1=22)


def picture(kind: str, stored: int, allocated: int, frames: int) -> Reference:
    return Reference(
        name=kind,
        photometric="RGB" if kind == "colour" else kind,
        stored=stored,
        allocated=allocated,
        black=(0,),
        white=(0,),
        syntaxes=(),
        frames=frames,
        rows=ROWS,
        columns=COLUMNS,
    )


PICTURES = {
    "grey, 8 bits": picture("MONOCHROME2", 8, 8, 2),
    "grey, 8 bits, dark large": picture("MONOCHROME1", 8, 8, 3),
    "grey, 12 bits": picture("MONOCHROME2", 12, 16, 2),
    "colour, 4:2:2": picture("colour", 8, 8, 3),
}


def lossy(reference: Reference, path: Path, *, table: str = "basic") -> Path:
    """Write a file of JPEG Baseline or Extended."""
    image = dataset(reference, table)
    image.save_as(path, enforce_file_format=True)
    return path


def dataset(reference: Reference, table: str = "basic") -> FileDataset:
    image = build(reference, "RLE")
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    planes = [np.sin(x / (5 + 2 * index)) * np.cos(y / 7) * 0.45 + 0.5 for index in range(reference.samples)]
    smooth = np.squeeze(np.stack(planes, axis=-1) * ((1 << reference.stored) - 1)).astype(reference.dtype)
    how: dict[str, object] = {"bitspersample": 12} if reference.stored == 12 else {}
    if reference.samples == 3:
        how = {"colorspace": "rgb", "outcolorspace": "ycbcr", "subsampling": "422"}
        image.PhotometricInterpretation = "YBR_FULL_422"
    frames = [
        bytes(imagecodecs.jpeg8_encode(np.roll(smooth, 9 * frame, axis=1), 90, **how))
        for frame in range(reference.frames)
    ]
    if table == "extended":
        image.PixelData, image.ExtendedOffsetTable, image.ExtendedOffsetTableLengths = encapsulate_extended(frames)
    else:
        image.PixelData = encapsulate(frames, has_bot=table == "basic")
    image["PixelData"].is_undefined_length = True
    name = "JPEG Extended" if reference.stored == 12 else "JPEG Baseline"
    image.file_meta.TransferSyntaxUID = UID(SYNTAXES[name])
    image.LossyImageCompression = "01"
    return image


def expected_of(path: Path, reference: Reference) -> np.ndarray:
    """Return what pydicom shows of the original, masked; of 12 bits, which it cannot read, what libjpeg-turbo does."""
    image = dcmread(path)
    if reference.stored == 12:
        frames = generate_frames(image.PixelData, number_of_frames=reference.frames)
        stored = np.stack([imagecodecs.jpeg8_decode(frame) for frame in frames])
        assert stored.max() > 3000
    else:
        stored = image.pixel_array
    shown = stored.reshape(reference.frames, ROWS, COLUMNS, reference.samples).copy()
    shown[1, 7:22, 11:30] = 255 if reference.photometric == "MONOCHROME1" else 0
    return shown


def mask(path: Path, choice: str, *boxes: Box) -> Path:
    target = path.with_suffix(f".{choice}")
    mask_to_file(open_file(path), boxes, target, policy=Policy(jpeg=choice))  # type: ignore[arg-type]
    return target


def check(path: Path, target: Path) -> Verdict:
    return verify_pair(path, target, boxes=[BOX])


def test_every_choice_is_the_syntax_that_it_names() -> None:
    assert {choice: SYNTAXES[name] for choice, name in NAMES.items()} == STORED_JPEG


@pytest.mark.parametrize("choice", NAMES)
@pytest.mark.parametrize("kind", PICTURES)
def test_two_other_decoders_show_the_original_outside_of_the_box(kind: str, choice: str, tmp_path: Path) -> None:
    reference = PICTURES[kind]
    path = lossy(reference, tmp_path / "a.dcm")
    target = mask(path, choice, BOX)
    after = dcmread(target)
    assert after.file_meta.TransferSyntaxUID == SYNTAXES[NAMES[choice]]
    results = decode_both(after, reference, NAMES[choice])
    assert len(results) == 2
    for shown in results:
        np.testing.assert_array_equal(shown, expected_of(path, reference))


@pytest.mark.parametrize("choice", NAMES)
@pytest.mark.parametrize("kind", PICTURES)
def test_the_header_says_what_is_stored_and_verifying_allows_exactly_that(
    kind: str, choice: str, tmp_path: Path
) -> None:
    path = lossy(PICTURES[kind], tmp_path / "a.dcm")
    target = mask(path, choice, BOX)
    after, colour = dcmread(target), kind.startswith("colour")
    transformed = choice in ("jpeg-2000", "htj2k")
    photometric = ("YBR_RCT" if transformed else "RGB") if colour else PICTURES[kind].photometric
    assert after.PhotometricInterpretation == photometric
    assert after.get("PlanarConfiguration") == (0 if colour else None)
    assert (after.BitsStored, after.HighBit) == (PICTURES[kind].stored, PICTURES[kind].stored - 1)
    assert after.LossyImageCompression == "01"
    assert after.SOPInstanceUID == after.file_meta.MediaStorageSOPInstanceUID != dcmread(path).SOPInstanceUID
    verdict = check(path, target)
    assert verdict.failures == ()
    assert {"(0002,0010)", "(0008,0018)"} <= {change.path for change in verdict.changes}


@pytest.mark.parametrize("choice", [choice for choice in NAMES if choice not in ("jpeg-lossless",)])
def test_pydicom_shows_the_colours_of_the_original(choice: str, tmp_path: Path) -> None:
    reference = PICTURES["colour, 4:2:2"]
    path = lossy(reference, tmp_path / "a.dcm")
    np.testing.assert_array_equal(dcmread(mask(path, choice, BOX)).pixel_array, expected_of(path, reference))


@pytest.mark.parametrize("choice", NAMES)
def test_a_file_without_boxes_keeps_its_bytes_whatever_was_chosen(choice: str, tmp_path: Path) -> None:
    path = lossy(PICTURES["colour, 4:2:2"], tmp_path / "a.dcm")
    before, after = dcmread(path), dcmread(mask(path, choice))
    for name in ("PixelData", "SOPInstanceUID", "PhotometricInterpretation"):
        assert after[name].value == before[name].value
    assert after.file_meta.TransferSyntaxUID == before.file_meta.TransferSyntaxUID
    assert "LossyImageCompressionMethod" not in after


def test_files_that_are_not_lossy_jpeg_keep_their_syntax(tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"
    build(PICTURES["grey, 8 bits"], "JPEG-LS").save_as(path, enforce_file_format=True)
    assert dcmread(mask(path, "rle", BOX)).file_meta.TransferSyntaxUID == SYNTAXES["JPEG-LS"]


@pytest.mark.parametrize("choice", [choice for choice in NAMES if choice != "explicit"])
def test_a_basic_offset_table_points_to_the_new_frames(choice: str, tmp_path: Path) -> None:
    after = dcmread(mask(lossy(PICTURES["colour, 4:2:2"], tmp_path / "a.dcm"), choice, BOX))
    table = parse_basic_offsets(after.PixelData)
    _, starts = parse_fragments(after.PixelData[8 + 4 * len(table) :])
    assert table == starts
    assert len(table) == 3


@pytest.mark.parametrize("choice", NAMES)
def test_an_extended_offset_table_is_renewed_or_goes_with_the_fragments(choice: str, tmp_path: Path) -> None:
    path = lossy(PICTURES["grey, 8 bits"], tmp_path / "a.dcm", table="extended")
    target = mask(path, choice, BOX)
    after = dcmread(target)
    assert ("ExtendedOffsetTable" in after, "ExtendedOffsetTableLengths" in after) == (choice != "explicit",) * 2
    if choice != "explicit":
        assert after.ExtendedOffsetTable == pack("<2Q", *parse_fragments(after.PixelData[8:])[1])
    assert check(path, target).failures == ()


def test_uncompressed_frames_stand_in_an_element_of_defined_length(tmp_path: Path) -> None:
    for kind, vr, size in (("grey, 8 bits, dark large", "OB", 1), ("grey, 12 bits", "OW", 2)):
        target = mask(lossy(PICTURES[kind], tmp_path / "a.dcm"), "explicit", BOX)
        element = dcmread(target)["PixelData"]
        length = ROWS * COLUMNS * PICTURES[kind].frames * size
        assert (element.VR, len(element.value)) == (vr, length + length % 2)
        assert element.is_undefined_length is False


def test_the_method_and_ratio_of_the_loss_are_told_where_they_were_not(tmp_path: Path) -> None:
    path = lossy(PICTURES["grey, 8 bits"], tmp_path / "a.dcm")
    after = dcmread(mask(path, "rle", BOX))
    fragments = sum(item.length for frame in open_file(path).pixels.frames or () for item in frame)
    assert after.LossyImageCompressionMethod == "ISO_10918_1"
    assert float(after.LossyImageCompressionRatio) == pytest.approx(2 * ROWS * COLUMNS / fragments, abs=0.01)


@pytest.mark.parametrize(("ratio", "method"), [("17", "ISO_10918_1"), (["4", "9"], ["ISO_15444_1", "ISO_10918_1"])])
def test_the_method_and_ratio_that_a_file_tells_stay(ratio: object, method: object, tmp_path: Path) -> None:
    image = dataset(PICTURES["grey, 8 bits"])
    image.LossyImageCompressionRatio, image.LossyImageCompressionMethod = ratio, method
    image.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    after = dcmread(mask(tmp_path / "a.dcm", "htj2k", BOX))
    assert after.LossyImageCompressionRatio == image.LossyImageCompressionRatio
    assert after.LossyImageCompressionMethod == image.LossyImageCompressionMethod


@pytest.mark.parametrize("choice", NAMES)
@pytest.mark.parametrize("kind", PICTURES)
def test_a_data_set_in_memory_becomes_the_same(kind: str, choice: str, tmp_path: Path) -> None:
    path = lossy(PICTURES[kind], tmp_path / "a.dcm")
    image, written = dcmread(path), dcmread(mask(path, choice, BOX))
    mask_dataset(open_dataset(image), [BOX], policy=Policy(jpeg=choice))  # type: ignore[arg-type]
    image.save_as(tmp_path / "saved.dcm")
    saved = dcmread(tmp_path / "saved.dcm")
    assert saved.PixelData == written.PixelData
    assert saved.file_meta.TransferSyntaxUID == written.file_meta.TransferSyntaxUID
    assert saved.PhotometricInterpretation == written.PhotometricInterpretation


def implicit(path: Path) -> Path:
    """Write a data set of implicit VR under a syntax of explicit VR, as some writers do."""
    lossy(PICTURES["grey, 8 bits"], path)
    image = dcmread(path)
    start = path.read_bytes().index(b"\x08\x00\x16\x00UI")
    meta = path.read_bytes()[:start]
    image.save_as(path, implicit_vr=True, little_endian=True, force_encoding=True)
    body = path.read_bytes()
    path.write_bytes(meta + body[body.index(b"\x08\x00\x16\x00") :])
    return path


def test_a_data_set_of_implicit_vr_is_not_called_explicit(tmp_path: Path) -> None:
    path = implicit(tmp_path / "a.dcm")
    with pytest.raises(UnsupportedError, match="implicit VR, which --jpeg explicit does not; expected another --jpeg"):
        mask(path, "explicit", BOX)
    assert [file.name for file in tmp_path.iterdir()] == ["a.dcm"]
    assert check(path, mask(path, "jpeg-ls", BOX)).failures == ()


@pytest.mark.parametrize(
    ("keyword", "value", "failure"),
    [
        ("PhotometricInterpretation", "YBR_FULL", "(0028,0004) makes colours YBR_FULL; expected RGB"),
        ("SOPInstanceUID", "1.2.3", "(0008,0018) was changed"),
        ("LossyImageCompression", "00", "(0028,2110) was changed"),
        ("LossyImageCompressionMethod", "ISO_14495_1", "(0028,2114) was added"),
    ],
)
def test_verifying_fails_any_other_change(keyword: str, value: str, failure: str, tmp_path: Path) -> None:
    path = lossy(PICTURES["colour, 4:2:2"], tmp_path / "a.dcm")
    target = mask(path, "rle", BOX)
    image = dcmread(target)
    setattr(image, keyword, value)
    image.save_as(target)
    assert failure in check(path, target).failures


def test_another_choice_is_another_setting() -> None:
    assert len({settings_of(Policy(jpeg=choice)) for choice in STORED_JPEG}) == len(STORED_JPEG)
