"""Two decoders for every syntax that are not ours: what both show of a result is believed."""

import zlib

import imagecodecs
import micro_reader_codecs
import numpy as np
from dicom_references import NATIVE, SYNTAXES, Reference
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import generate_frames
from pydicom.pixels import get_decoder
from pydicom.uid import UID

NAMES = {
    **dict.fromkeys(NATIVE, ("pydicom", "numpy")),
    "Raw frames": ("numpy", "pydicom"),
    "Deflated frames": ("zlib, numpy", "libdeflate, pydicom"),
    "RLE": ("pydicom", "imagecodecs"),
    "JPEG Lossless P14": ("jpegsof3", "libjpeg-turbo"),
    "JPEG Lossless SV1": ("jpegsof3", "libjpeg-turbo"),
    "JPEG-LS": ("pyjpegls", "imagecodecs"),
    "JPEG-LS near": ("pyjpegls", "imagecodecs"),
    "JPEG 2000 lossless": ("pylibjpeg-openjpeg", "imagecodecs"),
    "JPEG 2000": ("pylibjpeg-openjpeg", "imagecodecs"),
    "HTJ2K lossless": ("pylibjpeg-openjpeg", "OpenJPH"),
    "HTJ2K RPCL": ("pylibjpeg-openjpeg", "OpenJPH"),
    "HTJ2K": ("pylibjpeg-openjpeg", "OpenJPH"),
    "JPEG XL lossless": ("libjxl", "jxl-oxide"),
    "JPEG XL": ("libjxl", "jxl-oxide"),
}


def decode_both(dataset: Dataset, reference: Reference, syntax: str) -> list[np.ndarray]:
    """Return stored words [frames, rows, columns, samples] by each decoder that there is; colours not converted."""
    if syntax in NATIVE:
        # pydicom does not expand the one, and takes off the upper bits of the other.
        if reference.photometric == "YBR_PARTIAL_422" or reference.shift:
            return [_numpy(dataset, reference, syntax)]
        return [_pydicom(dataset, reference, syntax), _numpy(dataset, reference, syntax)]
    first = _pydicom if NAMES[syntax][0].startswith("py") and not reference.shift else None
    codestreams = list(generate_frames(dataset.PixelData, number_of_frames=reference.frames))
    results = [first(dataset, reference, syntax)] if first else []
    for decoder in _codecs(syntax):
        frames = [_shaped(decoder(frame), reference) for frame in codestreams]
        results.append(np.stack(frames))
    if syntax == "RLE":
        results.append(np.stack([_rle(frame, reference) for frame in codestreams]))
    if syntax in ("Raw frames", "Deflated frames"):
        deflated = syntax == "Deflated frames"
        raw = [zlib.decompress(frame, -15) if deflated else frame for frame in codestreams]
        results.append(np.stack([_unpacked(frame, reference)[0] for frame in raw]))
        if reference.photometric != "YBR_PARTIAL_422" and not reference.shift:  # see above
            results.append(np.stack([_as_native(frame, dataset, reference, deflated) for frame in codestreams]))
    return results


def _as_native(codestream: bytes, dataset: Dataset, reference: Reference, deflated: bool) -> np.ndarray:
    """Let pydicom decode one frame, inflated by libdeflate, as an uncompressed image."""
    if deflated:  # told how much comes out, imagecodecs takes libdeflate
        size = len(zlib.decompress(codestream, -15))
        codestream = imagecodecs.deflate_decode(codestream, raw=True, out=size)
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = UID(SYNTAXES["Explicit"])
    for element in dataset.group_dataset(0x0028):
        image.add(element)
    image.NumberOfFrames = 1
    image.add_new(0x7FE00010, "OB" if reference.allocated <= 8 else "OW", codestream)
    frames = get_decoder(image.file_meta.TransferSyntaxUID).as_array(image, raw=True)[0]
    return frames.reshape(reference.rows, reference.columns, reference.samples)


def _codecs(syntax: str) -> list:
    if syntax == "RLE":
        return []
    return {
        "JPEG L": [imagecodecs.jpegsof3_decode, _libjpeg],
        "JPEG-L": [imagecodecs.jpegls_decode],
        "JPEG 2": [imagecodecs.jpeg2k_decode],
        "HTJ2K ": [imagecodecs.htj2k_decode],
        "HTJ2K": [imagecodecs.htj2k_decode],
        "JPEG X": [imagecodecs.jpegxl_decode, _jxl_oxide],
    }.get(syntax[:6], [])


def _jxl_oxide(codestream: bytes) -> np.ndarray:
    """A decoder of its own, in Rust; it writes into what it is given, and says what it wrote."""
    like = imagecodecs.jpegxl_decode(codestream)
    words = np.full(like.size * like.itemsize, 0xA5, np.uint8)
    columns, rows, samples, bits = micro_reader_codecs.jxl_decode_into(codestream, words)
    assert (rows * columns * samples, bits) == (like.size, like.itemsize * 8)
    return words.view(like.dtype).reshape(rows, columns, samples)


def _libjpeg(codestream: bytes) -> np.ndarray:
    space = "rgb" if codestream[codestream.index(b"\xff\xc3") + 9] == 3 else None
    return imagecodecs.jpeg8_decode(codestream, colorspace=space, outcolorspace=space)


def _rle(codestream: bytes, reference: Reference) -> np.ndarray:
    """imagecodecs decodes by plane, in the header's type."""
    shape = (reference.samples, reference.rows, reference.columns)
    decoded = imagecodecs.dicomrle_decode(codestream, reference.dtype.newbyteorder("<").str)
    planes = np.frombuffer(decoded, reference.dtype)[: int(np.prod(shape))].reshape(shape)
    return planes.transpose(1, 2, 0)


def _pydicom(dataset: Dataset, reference: Reference, syntax: str) -> np.ndarray:
    decoder = get_decoder(UID(SYNTAXES[syntax]))
    frames = decoder.as_array(dataset, raw=True)[0]
    return frames.reshape(reference.frames, reference.rows, reference.columns, reference.samples)


def _numpy(dataset: Dataset, reference: Reference, syntax: str) -> np.ndarray:
    """Read uncompressed frames with nothing but numpy."""
    element = dataset[reference.floating or "PixelData"]
    data = element.value
    big = syntax == "Big Endian"
    if big and element.VR == "OW" and reference.allocated <= 8:
        data = np.frombuffer(data, ">u2").astype("<u2").tobytes()
    return _unpacked(data, reference, big=big, frames=reference.frames)


def _unpacked(data: bytes, reference: Reference, *, big: bool = False, frames: int = 1) -> np.ndarray:
    rows, columns, samples = reference.rows, reference.columns, reference.samples
    number = frames * rows * columns
    if reference.allocated == 1:
        words = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")[:number].reshape(
            frames, rows, columns, 1
        )
    elif reference.photometric.endswith("_422"):
        pairs = np.frombuffer(data, np.uint8)[: number * 2].reshape(frames, rows, columns // 2, 4)
        words = np.stack([pairs[..., [0, 2, 3]], pairs[..., [1, 2, 3]]], axis=3).reshape(frames, rows, columns, 3)
    else:
        dtype = reference.dtype.newbyteorder(">" if big else "<")
        words = np.frombuffer(data, dtype, count=number * samples)
        if reference.planar:
            words = words.reshape(frames, samples, rows, columns).transpose(0, 2, 3, 1)
        words = words.reshape(frames, rows, columns, samples).astype(reference.dtype)
    return words


def _shaped(frame: np.ndarray, reference: Reference) -> np.ndarray:
    """Return a decoded frame as stored words of the header's type."""
    shape = (reference.rows, reference.columns, reference.samples)
    if frame.ndim == 3 and frame.shape != shape:
        frame = np.moveaxis(frame, 0, -1)
    values = frame.reshape(shape).astype(np.int64)
    if reference.signed:
        values = (values + (1 << reference.stored - 1)) % (1 << reference.stored) - (1 << reference.stored - 1)
    return values.astype(reference.dtype)
