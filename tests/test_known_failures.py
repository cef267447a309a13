"""What redactors are known to get wrong with pixels, done right: colours, frames, fills, sizes, copies.

Each of these was seen in at least one published tool.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom import Dataset, FileDataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import pixel_array
from pydicom.uid import UID, ExplicitVRLittleEndian, JPEGBaseline8Bit, RLELossless

from deburn import Box, Policy, RefusedError
from deburn.redactor.dicom import mask_to_file, open_file

ROWS, COLUMNS = 48, 64
BOX = Box(frame=0, x0=20, y0=10, x1=40, y1=20)
OUTSIDE = np.ones((ROWS, COLUMNS), bool)
OUTSIDE[10:20, 20:40] = False
RED = (200, 40, 40)


def image(pixels: bytes, photometric: str, *, samples: int = 1, allocated: int = 8, **header: Any) -> FileDataset:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = UID("1.2.840.10008.5.1.4.1.1.7"), UID("2.25.9")
    dataset = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    dataset.SOPClassUID, dataset.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = ROWS, COLUMNS, samples
    dataset.PhotometricInterpretation, dataset.BitsAllocated = photometric, allocated
    dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = allocated, allocated - 1, 0
    if samples == 3:
        dataset.PlanarConfiguration = 0
    dataset.add_new(0x7FE00010, "OB" if allocated == 8 else "OW", pixels)
    for keyword, value in header.items():
        setattr(dataset, keyword, value)
    return dataset


def masked(dataset: Dataset, folder: Path, *boxes: Box, fill: str = "black") -> Dataset:
    dataset.save_as(folder / "in.dcm", enforce_file_format=True)
    policy = Policy(fill=fill)  # type: ignore[arg-type]
    mask_to_file(open_file(folder / "in.dcm"), boxes, folder / "out.dcm", policy=policy)
    return dcmread(folder / "out.dcm")


def ybr(colour: tuple[int, int, int]) -> list[int]:
    picture = Image.new("RGB", (1, 1), colour).convert("YCbCr")
    return list(np.asarray(picture).reshape(3))


def coloured(kind: str) -> FileDataset:
    """Return an image that is red all over, in one of the ways in which ultrasound machines store it."""
    y, cb, cr = ybr(RED)
    if kind == "YBR_FULL":
        return image(bytes([y, cb, cr]) * (ROWS * COLUMNS), kind, samples=3)
    if kind == "YBR_FULL_422":
        return image(bytes([y, y, cb, cr]) * (ROWS * COLUMNS // 2), kind, samples=3)
    target = BytesIO()
    Image.new("RGB", (COLUMNS, ROWS), RED).save(target, "JPEG", quality=95)
    dataset = image(b"", "YBR_FULL_422", samples=3, LossyImageCompression="01")
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.PixelData = encapsulate([target.getvalue()])
    dataset["PixelData"].is_undefined_length = True
    return dataset


@pytest.mark.parametrize("kind", ["YBR_FULL", "YBR_FULL_422", "JPEG"])
def test_a_red_image_is_still_red_and_its_mask_black(kind: str, tmp_path: Path) -> None:
    # Elsewhere it turns green: pixels that were converted to RGB once are labelled YBR, or converted again.
    shown = pixel_array(masked(coloured(kind), tmp_path, BOX)).astype(int)
    assert (abs(shown[OUTSIDE] - RED) <= 2).all()
    assert (shown[~OUTSIDE] <= 2).all()


def test_frames_without_text_stay_in_the_file(tmp_path: Path) -> None:
    frames = np.random.default_rng(1).integers(0, 256, (5, ROWS, COLUMNS), np.uint8)
    after = pixel_array(masked(image(frames.tobytes(), "MONOCHROME2", NumberOfFrames=5), tmp_path, BOX))
    assert after.shape == frames.shape
    assert np.array_equal(after[1:], frames[1:])
    assert np.array_equal(after[0][OUTSIDE], frames[0][OUTSIDE])


def test_rows_columns_and_photometric_interpretation_stay(tmp_path: Path) -> None:
    # Elsewhere a colour image came out with Columns 3.
    after = masked(coloured("YBR_FULL"), tmp_path, BOX)
    assert (after.Rows, after.Columns, after.PhotometricInterpretation) == (ROWS, COLUMNS, "YBR_FULL")


@pytest.mark.parametrize("fill", ["black", "white", "background"])
def test_a_fill_stays_within_the_bits_of_signed_samples(fill: str, tmp_path: Path) -> None:
    # Elsewhere 4047 was written into 12 signed bits, and read back as -49.
    values = np.full((ROWS, COLUMNS), -2000, np.int16)
    values[4:30, 4:50] = np.random.default_rng(1).integers(-900, 1500, (26, 46))
    dataset = image(values.tobytes(), "MONOCHROME2", allocated=16, PixelPaddingValue=-2000)
    dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 12, 11, 1
    dataset["PixelPaddingValue"].VR = "SS"
    after = masked(dataset, tmp_path, BOX, fill=fill)
    words = np.frombuffer(after.PixelData, np.int16)
    assert words.min() >= -2048
    assert words.max() <= 2047
    assert np.array_equal(pixel_array(after)[OUTSIDE], values[OUTSIDE])


def test_noise_whose_rle_is_longer_than_its_samples_is_written(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (ROWS, COLUMNS), np.uint8)
    dataset = image(noise.tobytes(), "MONOCHROME2")
    dataset.compress(RLELossless, generate_instance_uid=False)
    assert len(dataset.PixelData) > noise.size
    after = masked(dataset, tmp_path, BOX)
    assert after.file_meta.TransferSyntaxUID == RLELossless
    assert np.array_equal(pixel_array(after)[OUTSIDE], noise[OUTSIDE])
    assert not pixel_array(after)[~OUTSIDE].any()


def test_an_icon_is_removed_and_does_not_change_how_the_image_is_stored(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (ROWS, COLUMNS), np.uint8)
    icon = Dataset()
    icon.Rows, icon.Columns = 8, 8
    icon.add_new(0x7FE00010, "OW", bytes(64))
    after = masked(image(noise.tobytes(), "MONOCHROME2", IconImageSequence=[icon]), tmp_path, BOX)
    assert "IconImageSequence" not in after
    assert after.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert len(after.PixelData) == noise.size


def test_an_overlay_that_does_not_say_how_many_frames_it_has_is_removed(tmp_path: Path) -> None:
    dataset = image(bytes(ROWS * COLUMNS * 3), "MONOCHROME2", NumberOfFrames=3)
    dataset.add_new(0x60000010, "US", ROWS)
    dataset.add_new(0x60000011, "US", COLUMNS)
    dataset.add_new(0x60003000, "OW", bytes(ROWS * COLUMNS // 8))
    after = masked(dataset, tmp_path)
    assert not [element for element in after if element.tag.group == 0x6000]


def test_black_is_the_largest_value_where_small_ones_are_bright(tmp_path: Path) -> None:
    # Elsewhere the mask is 0, which MONOCHROME1 shows white.
    noise = np.random.default_rng(1).integers(0, 256, (ROWS, COLUMNS), np.uint8)
    after = masked(image(noise.tobytes(), "MONOCHROME1"), tmp_path, BOX)
    assert (pixel_array(after)[~OUTSIDE] == 255).all()


@pytest.mark.parametrize("size", [1, 2, 9])
def test_a_small_box_is_masked_too(size: int, tmp_path: Path) -> None:
    # Elsewhere boxes of fewer than ten pixels count as masked, and nothing changes.
    bright = np.full((ROWS, COLUMNS), 200, np.uint8)
    box = Box(frame=0, x0=30, y0=20, x1=30 + size, y1=20 + size)
    after = pixel_array(masked(image(bright.tobytes(), "MONOCHROME2"), tmp_path, box))
    assert (after == 0).sum() == size * size


@pytest.mark.parametrize("fill", ["black", "white", "background"])
def test_nothing_of_dark_letters_on_a_bright_ground_is_left(fill: str, tmp_path: Path) -> None:
    page = np.full((ROWS, COLUMNS), 230, np.uint8)
    page[12:18, 22:38:3] = 15
    after = pixel_array(masked(image(page.tobytes(), "MONOCHROME2"), tmp_path, BOX, fill=fill))
    assert len(np.unique(after[~OUTSIDE])) == 1


def test_the_background_is_what_surrounds_the_box_and_not_the_middle_of_the_image(tmp_path: Path) -> None:
    picture = np.full((ROWS, COLUMNS, 3), (30, 0, 0), np.uint8)
    picture[ROWS // 2 - 2 : ROWS // 2 + 2, COLUMNS // 2 - 2 : COLUMNS // 2 + 2] = (200, 180, 10)
    box = Box(frame=0, x0=2, y0=2, x1=20, y1=12)
    after = pixel_array(masked(image(picture.tobytes(), "RGB", samples=3), tmp_path, box, fill="background"))
    assert (after[2:12, 2:20] == (30, 0, 0)).all()


@pytest.mark.parametrize("fill", ["black", "white", "background"])
def test_an_image_of_one_value_is_masked(fill: str, tmp_path: Path) -> None:
    flat = np.full((ROWS, COLUMNS), 77, np.uint8)
    after = pixel_array(masked(image(flat.tobytes(), "MONOCHROME2"), tmp_path, BOX, fill=fill))
    assert (after[OUTSIDE] == 77).all()


def test_a_box_over_the_edge_is_cut_there_and_not_shifted(tmp_path: Path) -> None:
    bright = np.full((ROWS, COLUMNS), 200, np.uint8)
    box = Box(frame=0, x0=-10, y0=-5, x1=6, y1=7)
    after = pixel_array(masked(image(bright.tobytes(), "MONOCHROME2"), tmp_path, box))
    expected = bright.copy()
    expected[:7, :6] = 0
    assert np.array_equal(after, expected)


def test_a_palette_image_is_masked_and_keeps_its_indices(tmp_path: Path) -> None:
    indices = np.random.default_rng(1).integers(0, 256, (ROWS, COLUMNS), np.uint8)
    dataset = image(indices.tobytes(), "PALETTE COLOR")
    for colour in ("Red", "Green", "Blue"):
        # The darkest is in the middle.
        table = np.roll(np.arange(256), 100).astype(np.uint8)
        setattr(dataset, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 8])
        setattr(dataset, f"{colour}PaletteColorLookupTableData", table.tobytes())
    after = pixel_array(masked(dataset, tmp_path, BOX))
    assert np.array_equal(after[OUTSIDE], indices[OUTSIDE])
    assert (after[~OUTSIDE] == 100).all()


def test_a_codestream_that_is_too_short_is_not_written_as_an_empty_one(tmp_path: Path) -> None:
    # Where readers pass over it in silence, 386 of 40,316 bytes were written.
    path = Path(str(get_testdata_file("emri_small_jpeg_2k_lossless_too_short.dcm", download=False)))
    with pytest.raises(RefusedError):
        mask_to_file(open_file(path), [BOX], tmp_path / "out.dcm", policy=Policy())
    assert list(tmp_path.iterdir()) == []


def test_frames_that_are_not_masked_keep_their_codestreams(tmp_path: Path) -> None:
    # Elsewhere every frame of a cine is encoded again as JPEG.
    path = Path(str(get_testdata_file("examples_ybr_color.dcm", download=False)))
    mask_to_file(open_file(path), [], tmp_path / "out.dcm", policy=Policy())
    before, after = (
        list(generate_frames(dcmread(file).PixelData, number_of_frames=30)) for file in (path, tmp_path / "out.dcm")
    )
    assert before == after
