"""Decode and encode single frames of every still-image syntax (PS3.5 A.4)."""

import zlib
from dataclasses import replace
from typing import Any

import imagecodecs
import numpy as np
import numpy.typing as npt

from ...errors import RefusedError, UndecodableError, UnsupportedError
from .codestream import check_codestream
from .frames import PixelFormat
from .inflate import inflate
from .jpeg_2000 import decode_jpeg_2000, encode_jpeg_2000, precision_of
from .jpeg_colour import is_rgb
from .jpeg_scan import decode_whole
from .markers import SOFS, read_jpeg
from .native import Layout
from .rle import decode_rle, encode_rle
from .syntaxes import (
    DEFLATED_FRAMES,
    JPEG_2000,
    JPEG_BASELINE,
    JPEG_EXTENDED,
    JPEG_LOSSLESS,
    JPEG_LS,
    JPEG_XL,
    RAW_FRAMES,
    RLE,
)

Array = npt.NDArray[Any]
JPEG_LOSSY = frozenset({JPEG_BASELINE, JPEG_EXTENDED})
_JPEG = JPEG_LOSSY | JPEG_LOSSLESS
_ENDING = b"\xff\xd9"


def decode(codestream: bytes, syntax: str, layout: Layout) -> Array:
    """Return the stored values of a compressed frame, [rows, columns, samples], in the type that the header says.

    Parameters
    ----------
    codestream : bytes
        One frame, its fragments joined.
    syntax : str
        Transfer syntax UID.
    layout : Layout
        As the header announces it.

    Raises
    ------
    MalformedError
        If the codestream announces something else than the header.
    UndecodableError
        If it does not decode.
    UnsupportedError
        If no decoder exists for its syntax.
    """
    pixel_format, rows, columns = layout.pixel_format, layout.rows, layout.columns
    check_frame(codestream, syntax, layout)
    if syntax == RLE:
        return decode_rle(codestream, pixel_format, rows, columns)
    if syntax in (RAW_FRAMES, DEFLATED_FRAMES):
        return _decode_raw(codestream, syntax, layout)
    try:
        frame, precision = _decode_codestream(codestream, syntax, pixel_format)
    except RefusedError:
        raise
    except Exception as error:  # each codec raises errors of its own
        raise UndecodableError(f"a frame does not decode ({type(error).__name__})") from error
    if frame.size != rows * columns * pixel_format.samples:
        raise UndecodableError(f"a frame decodes to the shape {frame.shape}; expected {rows} rows, {columns} columns")
    return _conform(frame.reshape(rows, columns, pixel_format.samples), precision, pixel_format)


def check_frame(codestream: bytes, syntax: str, layout: Layout) -> None:
    """Refuse a frame that does not announce what the header does; nothing is decoded.

    Raises
    ------
    MalformedError, UnsupportedError
        See `check_codestream`.
    """
    pixel_format = layout.pixel_format
    samples = 2 if layout.subsampled and syntax == RAW_FRAMES else pixel_format.samples
    check_codestream(codestream, syntax, layout.rows, layout.columns, samples, pixel_format.bits_allocated)


def encode(frame: Array, original: bytes, syntax: str, layout: Layout) -> bytes:
    """Return a frame as a lossless codestream of its syntax, made like the original where that has a choice.

    Parameters
    ----------
    frame : ndarray [rows, columns, samples]
        Stored values, as `decode` returned them.
    original : bytes
        The codestream that `frame` was decoded from.
    syntax : str
        Transfer syntax UID; a lossy one may hold a lossless codestream, except JPEG Baseline and Extended.
    layout : Layout

    Raises
    ------
    UnsupportedError
        If there is no lossless encoder.
    """
    if syntax == RLE:
        return encode_rle(frame)
    if syntax in (RAW_FRAMES, DEFLATED_FRAMES):
        raw = layout.pack(frame[np.newaxis])
        return raw if syntax == RAW_FRAMES else _deflate(raw)
    if frame.dtype.itemsize > 2:
        raise UnsupportedError("samples of more than 16 bits cannot be re-encoded in this syntax; expected 16 or fewer")
    if syntax in JPEG_LOSSLESS:
        # As YCbCr, libjpeg-turbo 3.1 would write a scan header that names the wrong Huffman tables.
        space = "rgb" if is_rgb(original, layout.pixel_format.photometric) else "unknown"
        return encode_jpeg_lossless(frame, precision_of_jpeg(original), space)
    if syntax in JPEG_LS:
        return encode_jpeg_ls(frame, precision_of_jpeg(original))
    if syntax in JPEG_2000:
        return encode_jpeg_2000(frame, original, syntax)
    if syntax in JPEG_XL:
        return _encode_jpeg_xl(frame, layout.pixel_format)
    raise UnsupportedError(f"(0002,0010) Transfer Syntax UID {syntax} has no lossless encoder here")


def decoded_format(announced: PixelFormat, syntax: str, codestream: bytes) -> PixelFormat:
    """Return the format of frames as `decode` returns them: by pixel, not subsampled, colours as decoders yield them.

    Parameters
    ----------
    announced : PixelFormat
        As the header says.
    syntax : str
    codestream : bytes
        Of the first frame.
    """
    announced = _as_deep_as(announced, syntax, codestream)
    if announced.samples == 1:
        return announced
    photometric = announced.photometric
    if syntax in _JPEG:
        photometric = "RGB" if is_rgb(codestream, photometric) else "YBR_FULL"
    elif photometric in ("YBR_ICT", "YBR_RCT"):
        photometric = "RGB"
    elif photometric == "YBR_FULL_422":
        photometric = "YBR_FULL"
    return replace(announced, photometric=photometric, planar=0)


def _as_deep_as(announced: PixelFormat, syntax: str, codestream: bytes) -> PixelFormat:
    """Return the format with no more bits than the codestream has: nothing larger could be written back."""
    if syntax in _JPEG | JPEG_LS:
        precision = precision_of_jpeg(codestream)
    elif syntax in JPEG_2000:
        precision = precision_of(codestream)
    else:
        return announced
    if precision >= announced.bits_stored or announced.shift:
        return announced
    return replace(announced, bits_stored=precision, high_bit=precision - 1)


def ends_codestream(tail: bytes, syntax: str) -> bool:
    """Return whether a fragment's last bytes end a codestream: EOI or EOC, perhaps with padding behind."""
    return syntax in _JPEG | JPEG_LS | JPEG_2000 and tail.rstrip(b"\0").endswith(_ENDING)


def _decode_raw(codestream: bytes, syntax: str, layout: Layout) -> Array:
    """Return a frame that is uncompressed, or merely deflated."""
    size = -(-layout.frame_bits // 8)
    raw = inflate(codestream, size + 1) if syntax == DEFLATED_FRAMES else codestream
    if not size <= len(raw) <= size + 1:
        raise UndecodableError(f"a frame has {len(raw)} bytes; expected {size}")
    frame: Array = layout.unpack(raw, 1)[0]
    return frame


def _deflate(raw: bytes) -> bytes:
    """Return a raw deflate stream (PS3.5 A.4.13)."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(raw) + stream.flush()


def _decode_codestream(codestream: bytes, syntax: str, pixel_format: PixelFormat) -> tuple[Array, int]:
    """Return the samples as the codec yields them, by pixel, and their precision in bits."""
    if syntax in _JPEG:
        return _decode_jpeg(codestream, pixel_format), precision_of_jpeg(codestream)
    if syntax in JPEG_LS:
        return _decode_jpeg_ls(codestream, pixel_format), precision_of_jpeg(codestream)
    if syntax in JPEG_2000:
        return decode_jpeg_2000(codestream)
    if syntax in JPEG_XL:
        frame = imagecodecs.jpegxl_decode(codestream)
        return frame, frame.dtype.itemsize * 8
    raise UnsupportedError(f"(0002,0010) Transfer Syntax UID {syntax} has no decoder here")


def _decode_jpeg(codestream: bytes, pixel_format: PixelFormat) -> Array:
    """Return the components themselves: naming one colour space twice keeps libjpeg from converting."""
    space = None
    if pixel_format.samples == 3:
        space = "rgb" if is_rgb(codestream, pixel_format.photometric) else "ycbcr"

    def decode(data: bytes) -> Array:
        return np.asarray(imagecodecs.jpeg8_decode(data, colorspace=space, outcolorspace=space))

    return decode_whole(codestream, decode)


def _decode_jpeg_ls(codestream: bytes, pixel_format: PixelFormat) -> Array:
    frame: Array = imagecodecs.jpegls_decode(codestream)
    planar = frame.ndim == 3 and frame.shape[0] == pixel_format.samples and frame.shape[2] != pixel_format.samples
    return np.moveaxis(frame, 0, -1) if planar else frame


def _conform(frame: Array, precision: int, pixel_format: PixelFormat) -> Array:
    """Return decoded samples as the words that the header describes; signs are read out of unsigned codestreams."""
    unsigned = frame.astype(f"u{pixel_format.dtype.itemsize}")
    spare = unsigned.dtype.itemsize * 8 - precision
    if spare < 0:
        raise UndecodableError(f"a frame has {precision} bits; expected {unsigned.dtype.itemsize * 8} or fewer")
    lifted: Array = np.left_shift(unsigned, spare).view(pixel_format.dtype)
    np.right_shift(lifted, spare, out=lifted)
    return lifted


def precision_of_jpeg(codestream: bytes) -> int:
    """Return the sample precision that a JPEG or JPEG-LS frame header states (T.81 B.2.2)."""
    return next(codestream[item.body] for item in read_jpeg(codestream) if item.marker in SOFS or item.marker == 0xFFF7)


def encode_jpeg_lossless(frame: Array, precision: int, space: str) -> bytes:
    """Return a first-order prediction codestream, the one kind that both lossless syntaxes allow (PS3.5 A.4.2).

    Parameters
    ----------
    frame : ndarray [rows, columns, samples]
    precision : int
        Bits per sample.
    space : {"rgb", "unknown"}
        What the components of a colour frame are called.
    """
    samples = _low_bits(frame, precision)
    if frame.shape[-1] == 1:
        encoded = imagecodecs.jpeg8_encode(samples[..., 0], lossless=True, predictor=1, bitspersample=precision)
        return bytes(encoded)
    return bytes(
        imagecodecs.jpeg8_encode(
            samples, lossless=True, predictor=1, bitspersample=precision, colorspace=space, outcolorspace=space
        )
    )


def encode_jpeg_ls(frame: Array, precision: int) -> bytes:
    """Return a JPEG-LS codestream without loss, of 8 or 16 bits; signed words as their two's complement.

    The encoder knows no depths between: a decoder yields the same numbers from 16 bits.
    """
    samples = _low_bits(frame, 8 if precision <= 8 else 16)
    squeezed = samples[..., 0] if samples.shape[-1] == 1 else samples
    # Noise grows; the bound is generous, the result is cut to size.
    encoded = bytes(imagecodecs.jpegls_encode(squeezed, out=2 * squeezed.nbytes + 4096))
    return _without_spiff(encoded)


def _without_spiff(codestream: bytes) -> bytes:
    """Drop the SPIFF header that the encoder writes: it says nothing, and few readers expect one."""
    spiff = [item for item in read_jpeg(codestream) if item.marker == 0xFFE8]
    for item in reversed(spiff):
        codestream = codestream[: item.start] + codestream[item.end :]
    return codestream


def _low_bits(frame: Array, precision: int) -> Array:
    """Return the lowest bits of each word, unsigned, in the smallest type that holds them."""
    words = frame.view(f"u{frame.dtype.itemsize}") & ((1 << precision) - 1)
    return np.ascontiguousarray(words, dtype=np.uint8 if precision <= 8 else np.uint16)


def _encode_jpeg_xl(frame: Array, pixel_format: PixelFormat) -> bytes:
    unsigned = _low_bits(frame, 8 * frame.dtype.itemsize)
    squeezed = unsigned[..., 0] if pixel_format.samples == 1 else unsigned
    return bytes(imagecodecs.jpegxl_encode(squeezed, lossless=True, usecontainer=False))
