"""Turn the demo's frames into DICOM files of the transfer syntax that each is to show."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    JPEG2000,
    UID,
    ExplicitVRBigEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)

from .dicom import Frames
from .dicom.rle import encode_rle

Array = npt.NDArray[Any]


def _jpeg_422(frame: Array, bits: int) -> bytes:
    return bytes(
        imagecodecs.jpeg8_encode(
            frame, level=93, colorspace="ycbcr", outcolorspace="ycbcr", subsampling="422", optimize=True
        )
    )


def _jpeg_12(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(frame[..., 0], level=95, bitspersample=bits))


def _jpeg_lossless(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(frame[..., 0], lossless=True, predictor=1, bitspersample=bits))


def _jpeg_ls(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpegls_encode(frame[..., 0].view(np.uint16), out=2 * frame.nbytes + 4096))


def _jpeg_2000(frame: Array, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(_squeezed(frame), level=0, codecformat="j2k", reversible=True, mct=True))


def _jpeg_2000_lossy(frame: Array, bits: int) -> bytes:
    return bytes(
        imagecodecs.jpeg2k_encode(_squeezed(frame), level=70, codecformat="j2k", reversible=False, bitspersample=bits)
    )


def _rle(frame: Array, bits: int) -> bytes:
    return encode_rle(frame)


def _squeezed(frame: Array) -> Array:
    return np.ascontiguousarray(frame[..., 0] if frame.shape[-1] == 1 else frame)


_ENCODERS: dict[UID, Callable[[Array, int], bytes]] = {
    JPEGBaseline8Bit: _jpeg_422,
    JPEGExtended12Bit: _jpeg_12,
    JPEGLosslessSV1: _jpeg_lossless,
    JPEGLSLossless: _jpeg_ls,
    JPEG2000Lossless: _jpeg_2000,
    JPEG2000: _jpeg_2000_lossy,
    RLELossless: _rle,
}
_LOSSY = {JPEGBaseline8Bit: "ISO_10918_1", JPEGExtended12Bit: "ISO_10918_1", JPEG2000: "ISO_15444_1"}
_ANNOUNCED = {JPEGBaseline8Bit: "YBR_FULL_422", JPEG2000Lossless: "YBR_RCT"}


def write_sample(dataset: Dataset, frames: Frames, syntax: UID, path: Path) -> None:
    """Write frames and header as a file of the given transfer syntax.

    Parameters
    ----------
    dataset : pydicom.Dataset
        The header; its pixel attributes are set here.
    frames : Frames
    syntax : UID
        Uncompressed, or one of those that this module encodes.
    path : Path
    """
    _describe(dataset, frames, syntax)
    if syntax in _ENCODERS:
        encode, bits = _ENCODERS[syntax], frames.pixel_format.bits_stored
        dataset.PixelData = encapsulate([encode(np.ascontiguousarray(frame), bits) for frame in frames.stored])
    else:
        ordered = frames.stored.dtype.newbyteorder(">" if syntax == ExplicitVRBigEndian else "<")
        raw = frames.stored.astype(ordered).tobytes()
        dataset.PixelData = raw + b"\0" * (len(raw) % 2)
    dataset["PixelData"].VR = "OW" if frames.pixel_format.bits_allocated > 8 and syntax not in _ENCODERS else "OB"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.save_as(path, enforce_file_format=True)


def _describe(dataset: Dataset, frames: Frames, syntax: UID) -> None:
    pixel_format = frames.pixel_format
    count, dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = frames.stored.shape
    dataset.PhotometricInterpretation = pixel_format.photometric
    dataset.BitsAllocated, dataset.BitsStored = pixel_format.bits_allocated, pixel_format.bits_stored
    dataset.HighBit, dataset.PixelRepresentation = pixel_format.bits_stored - 1, int(pixel_format.signed)
    if pixel_format.samples == 3:
        dataset.PlanarConfiguration = 0
        dataset.PhotometricInterpretation = _ANNOUNCED.get(syntax, pixel_format.photometric)
    if count > 1 or "NumberOfFrames" in dataset:
        dataset.NumberOfFrames = count
    if syntax in _LOSSY:
        dataset.LossyImageCompression = "01"
        dataset.LossyImageCompressionMethod = _LOSSY[syntax]
    for stale in ("SmallestImagePixelValue", "LargestImagePixelValue", "BurnedInAnnotation"):
        dataset.pop(stale, None)
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=[str(dataset.SOPInstanceUID), str(syntax)])
