"""Each hiding place has its rule; what is absent changes nothing."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from pydicom import Dataset, FileDataset, dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import FileMetaDataset
from pydicom.tag import Tag
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from deburn.errors import MalformedError, UnsupportedError
from deburn.redactor.dicom.carriers import clean_carriers, embedded_overlay_bits, refuse_unsafe, whole_frame_is_phi

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"


def image(syntax: str = ExplicitVRLittleEndian) -> FileDataset:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = SECONDARY_CAPTURE
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    dataset = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    dataset.SOPClassUID = SECONDARY_CAPTURE
    dataset.Modality = "OT"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = 4, 4, 1
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.add_new(0x7FE00010, "OB", bytes(range(16)))
    return dataset


def reread(dataset: FileDataset) -> FileDataset:
    """Return the data set as a reader first sees it: with raw elements."""
    buffer = BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    buffer.seek(0)
    return dcmread(buffer)


def item(**attributes: object) -> Dataset:
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    return dataset


def icon() -> Dataset:
    dataset = item(Rows=2, Columns=2)
    dataset.add_new(0x7FE00010, "OB", bytes(4))
    return dataset


def at_top(dataset: Dataset, *, tag: int, vr: str, value: object) -> None:
    dataset.add_new(tag, vr, value)


def deep(dataset: Dataset, *, tag: int, vr: str, value: object) -> None:
    inner, outer = Dataset(), Dataset()
    inner.add_new(tag, vr, value)
    outer.ReferencedSeriesSequence = [inner]
    dataset.ReferencedImageSequence = [item(Rows=1), outer]


REMOVED = {
    "icon": (0x00880200, "SQ", [icon()], "icon image"),
    "patient photo": (0x00101100, "SQ", [item(Rows=1)], "patient photo"),
    "waveform annotation": (0x0040B020, "SQ", [item(UnformattedTextValue="A")], "waveform annotation"),
    "graphic annotation": (0x00700001, "SQ", [item(GraphicLayer="A")], "graphic annotation"),
    "text": (0x00700006, "ST", "A", "graphic annotation"),
    "original attributes": (0x04000561, "SQ", [item(PatientName="A")], "original attributes"),
    "signature": (0xFFFAFFFA, "SQ", [item(MACIDNumber=1)], "signature"),
    "MAC parameters": (0x4FFE0001, "SQ", [item(MACIDNumber=1)], "signature"),
    "trailing padding": (0xFFFCFFFC, "OB", bytes(300), "trailing padding"),
    "overlay data": (0x60003000, "OW", bytes(2), "overlay"),
    "overlay comments": (0x60024000, "LT", "A", "overlay"),
    "last overlay group": (0x601E0010, "US", 4, "overlay"),
    "curve": (0x50003000, "OW", bytes(2), "curve"),
    "audio": (0x5004200C, "OW", bytes(2), "curve"),
    "variable pixel data": (0x7F000010, "OW", bytes(2), "variable pixel data"),
    "retired coefficients": (0x7FE00020, "OW", bytes(2), "retired coefficients"),
    "private bulk": (0x00291010, "OB", bytes(1026), "private bulk data"),
    "private bulk in words": (0x00291010, "OW", bytes(1026), "private bulk data"),
    "private bulk unknown": (0x00291010, "UN", bytes(1026), "private bulk data"),
    "private numbers": (0x00291010, "US", [7] * 513, "private bulk data"),
    "private fractions": (0x00291010, "FD", [0.5] * 129, "private bulk data"),
    "unlisted numbers": (0x00083333, "SS", [7] * 513, "unknown bulk data"),
    "unlisted bulk": (0x00083333, "OB", bytes(1026), "unknown bulk data"),
}


@pytest.mark.parametrize("place", [at_top, deep])
@pytest.mark.parametrize("name", REMOVED)
def test_removes_each_carrier_at_any_level_and_nothing_else(name: str, place: Callable[..., None]) -> None:
    tag, vr, value, reason = REMOVED[name]
    before = image()
    place(before, tag=0x00204000, vr="LT", value="kept")
    dataset = image()
    place(dataset, tag=tag, vr=vr, value=value)
    dataset = reread(dataset)
    assert clean_carriers(dataset) == (reason,)
    assert Tag(tag) not in [element.tag for element in dataset.iterall()]
    assert dataset.PixelData == bytes(range(16))
    assert clean_carriers(dataset) == ()


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_removes_nested_pixel_data_but_not_the_images(syntax: str) -> None:
    dataset = image(syntax)
    dataset.ReferencedImageSequence = [icon()]
    dataset = reread(dataset)
    assert clean_carriers(dataset) == ("nested pixel data",)
    assert dataset.PixelData == bytes(range(16))
    assert "PixelData" not in dataset.ReferencedImageSequence[0]


def test_removes_private_bulk_from_implicit_files() -> None:
    dataset = image(ImplicitVRLittleEndian)
    dataset.private_block(0x29, "SOME MAKER", create=True).add_new(0x10, "OB", bytes(2000))
    dataset = reread(dataset)
    assert clean_carriers(dataset) == ("private bulk data",)
    assert dataset[0x00290010].value == "SOME MAKER"


def test_keeps_small_private_values_and_listed_bulk() -> None:
    dataset = image()
    dataset.private_block(0x29, "SOME MAKER", create=True).add_new(0x10, "OB", bytes(1024))
    dataset.private_block(0x29, "SOME MAKER").add_new(0x11, "UT", "a" * 2000)
    dataset.private_block(0x29, "SOME MAKER").add_new(0x12, "US", [7] * 512)
    dataset.private_block(0x29, "SOME MAKER").add_new(0x13, "DS", ["0.5"] * 600)
    dataset.RedPaletteColorLookupTableData = bytes(2000)
    dataset.ICCProfile = bytes(2000)
    dataset = reread(dataset)
    tags = list(dataset._dict)
    assert clean_carriers(dataset) == ()
    assert list(dataset._dict) == tags


def test_absent_carriers_leave_every_element_unconverted() -> None:
    dataset = reread(image())
    clean_carriers(dataset)
    kept = [tag for tag in dataset._dict if tag != Tag(0x00080016)]  # SOP class is looked at
    assert all(isinstance(dataset.get_item(tag), RawDataElement) for tag in kept)


def test_zeroes_the_preamble_and_cleans_file_meta() -> None:
    dataset = image()
    dataset.preamble = b"II*\0" + b"JANE ROE" * 15 + bytes(4)
    dataset.file_meta.SourceApplicationEntityTitle = "WARD7"
    dataset.file_meta.PrivateInformationCreatorUID = "1.2.3"
    dataset.file_meta.PrivateInformation = b"JANE ROE"
    assert clean_carriers(dataset) == ("preamble", "file meta information")
    assert dataset.preamble == bytes(128)
    assert [element.keyword for element in dataset.file_meta] == [
        "MediaStorageSOPClassUID",
        "MediaStorageSOPInstanceUID",
        "TransferSyntaxUID",
    ]


def test_works_on_datasets_that_never_were_files() -> None:
    dataset = item(IconImageSequence=[icon()])
    assert clean_carriers(dataset) == ("icon image",)
    assert len(dataset) == 0


@pytest.mark.parametrize(
    "sop_class",
    [
        "1.2.840.10008.5.1.4.1.1.88.11",
        "1.2.840.10008.5.1.4.1.1.88.59",
        "1.2.840.10008.5.1.4.1.1.11.1",
        "1.2.840.10008.5.1.4.1.1.104.1",
        "1.2.840.10008.1.3.10",
    ],
)
def test_refuses_reports_documents_and_presentation_states(sop_class: str) -> None:
    dataset = image()
    dataset.SOPClassUID = sop_class
    with pytest.raises(UnsupportedError, match=r"\(0008,0016\)"):
        refuse_unsafe(dataset)


@pytest.mark.parametrize("place", [at_top, deep])
@pytest.mark.parametrize(
    ("tag", "vr", "value"),
    [
        (0x0040A730, "SQ", [item(TextValue="SECRET")]),
        (0x00420011, "OB", b"%PDF"),
        (0x04000500, "SQ", [item(EncryptedContent=b"SECR")]),
        (0x00287FE0, "UR", "https://example.org/SECRET"),
    ],
)
def test_quarantines_what_cannot_be_examined(place: Callable[..., None], tag: int, vr: str, value: object) -> None:
    dataset = image()
    place(dataset, tag=tag, vr=vr, value=value)
    for act in (refuse_unsafe, clean_carriers):
        with pytest.raises(UnsupportedError) as caught:
            act(reread(dataset))
        assert f"({tag >> 16:04X},{tag & 0xFFFF:04X})" in str(caught.value)
        assert "SECR" not in str(caught.value)


def test_finds_icons_within_sequences_written_as_un() -> None:
    nested = b"\x88\0\0\2\0\0\0\0"  # (0088,0200), implicit VR, empty
    content = b"\xfe\xff\0\xe0" + len(nested).to_bytes(4, "little") + nested
    dataset = reread(image())
    dataset._dict[Tag(0x00081140)] = RawDataElement(Tag(0x00081140), "UN", len(content), content, 0, False, True)
    assert clean_carriers(dataset) == ("icon image",)


def test_an_image_is_not_refused() -> None:
    refuse_unsafe(image())


@pytest.mark.parametrize(
    ("sop_class", "modality", "image_type", "expected"),
    [
        (WHOLE_SLIDE, "SM", ["ORIGINAL", "PRIMARY", "LABEL", "NONE"], True),
        (WHOLE_SLIDE, "SM", ["ORIGINAL", "PRIMARY", "OVERVIEW", "NONE"], True),
        (WHOLE_SLIDE, "SM", ["DERIVED", "PRIMARY", "VOLUME", "RESAMPLED"], False),
        (WHOLE_SLIDE, "SM", ["DERIVED", "PRIMARY", "THUMBNAIL", "RESAMPLED"], False),
        (WHOLE_SLIDE, "", ["ORIGINAL", "PRIMARY", "LABEL"], True),
        (SECONDARY_CAPTURE, "SM", ["DERIVED", "SECONDARY", "LABEL"], True),
        (SECONDARY_CAPTURE, "OT", ["DERIVED", "SECONDARY", "LABEL"], False),
        (WHOLE_SLIDE, "SM", None, False),
    ],
)
def test_label_and_overview_images_of_slides_are_phi_as_a_whole(
    sop_class: str, modality: str, image_type: list[str] | None, expected: bool
) -> None:
    dataset = item(SOPClassUID=sop_class, Modality=modality)
    if image_type is not None:
        dataset.ImageType = image_type
    assert whole_frame_is_phi(dataset) is expected


def test_a_declared_specimen_label_makes_the_frame_phi() -> None:
    assert whole_frame_is_phi(item(SpecimenLabelInImage="YES"))
    assert not whole_frame_is_phi(item(SpecimenLabelInImage="NO"))


def test_tells_the_bits_of_embedded_overlays() -> None:
    dataset = image()
    assert embedded_overlay_bits(dataset) == 0
    dataset.add_new(0x60000102, "US", 12)
    dataset.add_new(0x60020102, "US", 15)
    dataset.add_new(0x60040102, "US", 0)
    dataset.add_new(0x60060102, "US", 13)
    dataset.add_new(0x60063000, "OW", bytes(2))
    assert embedded_overlay_bits(dataset) == np.uint16(0b1001_0000_0000_0000)


def test_refuses_values_that_are_none_of_their_vr() -> None:
    dataset = reread(image())
    dataset._dict[Tag(0x60000102)] = RawDataElement(Tag(0x60000102), "US", 3, b"abc", 0, False, True)
    with pytest.raises(MalformedError, match=r"\(6000,0102\)"):
        embedded_overlay_bits(dataset)
