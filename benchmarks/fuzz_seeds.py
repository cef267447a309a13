"""Sound files to damage: pydicom's own small ones, and one made here for each transfer syntax and kind of header."""

import warnings
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import imagecodecs
import numpy as np
import pydicom
from pydicom import Dataset, dcmread, dcmwrite
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.uid import UID

from deburn.errors import RefusedError
from deburn.redactor.demo_encode import write_sample
from deburn.redactor.dicom import Frames, PixelFormat, open_file

# Larger ones cost time without being any other kind of file.
_LARGEST = 60_000
_JPEG = "1.2.840.10008.1.2.4."
_NATIVE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99")
_ENCODED = ("1.2.840.10008.1.2.5", _JPEG + "50", _JPEG + "51", _JPEG + "70", _JPEG + "80", _JPEG + "90", _JPEG + "91")
_ROWS, _COLUMNS, _FRAMES = 24, 40, 3


def make_seeds() -> dict[str, bytes]:
    """Return the bytes of every seed by name, always in the same order."""
    return {**_bundled(), **_made(), **(_videos() if find_spec("av") else {})}


def _bundled() -> dict[str, bytes]:
    seeds = {}
    # pydicom's own function for this would download the larger ones.
    for path in sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("**/*.dcm")):
        if path.stat().st_size <= _LARGEST and path.name not in seeds and _opens(path):
            seeds[path.name] = path.read_bytes()
    return seeds


def _opens(path: Path) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            open_file(path)
    except RefusedError:
        return False
    return True


def _made() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        seeds = {}
        for syntax in (*_NATIVE, *_ENCODED):
            path = Path(folder) / syntax
            write_sample(_header(), _frames(syntax), UID(syntax), path)
            seeds[f"made {syntax}"] = path.read_bytes()
    grey16 = _frames("").stored
    htj2k = [imagecodecs.htj2k_encode(frame[..., 0], reversible=True) for frame in grey16]
    xl = [imagecodecs.jpegxl_encode(frame[..., 0], lossless=True) for frame in grey16]
    base = dcmread(BytesIO(seeds[f"made {_JPEG}90"]))
    seeds["made HTJ2K, extended offsets"] = _encapsulated(base, _JPEG + "201", htj2k, extended=True)
    seeds["made JPEG XL"] = _encapsulated(base, _JPEG + "110", xl)
    seeds["made raw frames"] = _encapsulated(base, "1.2.840.10008.1.2.1.98", [frame.tobytes() for frame in grey16])
    return seeds


def _frames(syntax: str) -> Frames:
    rng = np.random.default_rng(1)
    count = 1 if syntax in _NATIVE else _FRAMES
    if syntax in (_JPEG + "50", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.2"):
        stored = rng.integers(0, 256, (count, _ROWS, _COLUMNS, 3), np.uint8)
        pixel_format = PixelFormat(photometric="RGB", bits_stored=8)
    else:
        stored = rng.integers(0, 4096, (count, _ROWS, _COLUMNS, 1), np.uint16)
        pixel_format = PixelFormat(photometric="MONOCHROME2", bits_stored=12)
    return Frames(stored=stored, pixel_format=pixel_format, first=0)


def _header() -> Dataset:
    """Return a header with sequences, private elements and other carriers of text."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7.3", "1.2.3.4"
    dataset.PatientName, dataset.PatientID, dataset.StudyDate = "EXAMPLE^ANNE", "A-17", "20200102"
    dataset.Modality, dataset.ImageType = "OT", ["ORIGINAL", "PRIMARY"]
    icon = Dataset()
    icon.Rows = icon.Columns = 8
    icon.add_new(0x7FE00010, "OB", bytes(64))
    reference = Dataset()
    reference.ReferencedSOPInstanceUID, reference.IconImageSequence = "1.2.3.5", [icon]
    dataset.ReferencedImageSequence = [reference, Dataset()]
    dataset.private_block(0x29, "EXAMPLE MAKER", create=True).add_new(0x10, "OB", bytes(2000))
    dataset.add_new(0x60000010, "US", 8)
    dataset.add_new(0x60000011, "US", 8)
    dataset.add_new(0x60003000, "OW", bytes(8))
    return dataset


def _videos() -> dict[str, bytes]:
    """Return a video of each kind that is let in; where PyAV is missing, video is refused without a look."""
    seeds = {}
    for number, codec, container in (
        ("100", "mpeg2video", "mpeg2video"),
        ("102", "libx264", "h264"),
        ("102", "libx264", "mp4"),
        ("107", "libx265", "mp4"),
    ):
        base = _header()
        base.file_meta = FileMetaDataset()
        base.file_meta.MediaStorageSOPClassUID, base.file_meta.MediaStorageSOPInstanceUID = base.SOPClassUID, "1.2.3.4"
        base.Rows, base.Columns, base.SamplesPerPixel, base.NumberOfFrames = 48, 64, 3, _FRAMES
        base.BitsAllocated, base.BitsStored, base.HighBit, base.PixelRepresentation = 8, 8, 7, 0
        encoded = _encapsulated(base, _JPEG + number, [_video(codec, container)], photometric="YBR_PARTIAL_420")
        seeds[f"made {codec} in {container}"] = encoded
    return seeds


def _video(codec: str, container: str) -> bytes:
    av: Any = import_module("av")
    target, rng = BytesIO(), np.random.default_rng(1)
    with av.open(target, "w", format=container) as writer:
        options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
        pictures = writer.add_stream(codec, rate=25, options=options)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        for _ in range(_FRAMES):
            picture = rng.integers(0, 256, (48, 64, 3), np.uint8)
            writer.mux(pictures.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        writer.mux(pictures.encode(None))
    return target.getvalue()


def _encapsulated(
    base: Dataset, syntax: str, frames: list[bytes], *, extended: bool = False, photometric: str = "MONOCHROME2"
) -> bytes:
    base.file_meta.TransferSyntaxUID = UID(syntax)
    base.PhotometricInterpretation = photometric
    if extended:
        base.PixelData, base.ExtendedOffsetTable, base.ExtendedOffsetTableLengths = encapsulate_extended(frames)
    else:
        base.PixelData = encapsulate(frames)
        for keyword in ("ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
            base.pop(keyword, None)
    base["PixelData"].is_undefined_length = True
    target = BytesIO()
    # pydicom does not know JPEG XL: it has to be told how the header is written.
    dcmwrite(target, base, implicit_vr=False, little_endian=True, force_encoding=True)
    return target.getvalue()
