"""One table of reference images: every pixel format that is masked, and how to write each in a transfer syntax.

The readers' and writers' tests go through it, and docs/conformance.md is made from it.
"""

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset, write_file_meta_info
from pydicom.uid import UID, AllTransferSyntaxes

JPEG = "1.2.840.10008.1.2.4."
SYNTAXES = {
    "Implicit": "1.2.840.10008.1.2",
    "Explicit": "1.2.840.10008.1.2.1",
    "Big Endian": "1.2.840.10008.1.2.2",
    "Deflated": "1.2.840.10008.1.2.1.99",
    "Raw frames": "1.2.840.10008.1.2.1.98",
    "Deflated frames": "1.2.840.10008.1.2.8.1",
    "RLE": "1.2.840.10008.1.2.5",
    "JPEG Lossless P14": JPEG + "57",
    "JPEG Lossless SV1": JPEG + "70",
    "JPEG-LS": JPEG + "80",
    "JPEG-LS near": JPEG + "81",
    "JPEG 2000 lossless": JPEG + "90",
    "JPEG 2000": JPEG + "91",
    "HTJ2K lossless": JPEG + "201",
    "HTJ2K RPCL": JPEG + "202",
    "HTJ2K": JPEG + "203",
    "JPEG XL lossless": JPEG + "110",
    "JPEG XL": JPEG + "112",
    "JPEG Baseline": JPEG + "50",
    "JPEG Extended": JPEG + "51",
}
NATIVE = ("Implicit", "Explicit", "Big Endian", "Deflated")
FRAMED = ("Raw frames", "Deflated frames")
LOSSLESS = ("RLE", "JPEG Lossless P14", "JPEG Lossless SV1", "JPEG-LS", "JPEG 2000 lossless")
HIGH_THROUGHPUT = ("HTJ2K lossless", "HTJ2K RPCL")
XL = ("JPEG XL lossless",)
# Lossy ones whose result is a lossless codestream under the same UID.
LOSSY = ("JPEG-LS near", "JPEG 2000", "HTJ2K", "JPEG XL")
ALL = NATIVE + FRAMED + LOSSLESS + HIGH_THROUGHPUT + XL + LOSSY
PLAIN = NATIVE + FRAMED
BYTES = (*PLAIN, "RLE")

ROWS, COLUMNS = 21, 26


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A pixel format, and what is black in it.

    `black` holds the stored words of a masked pixel, `white` those of fill "white"; both literal.
    """

    name: str
    photometric: str
    stored: int
    allocated: int
    black: tuple[float, ...]
    white: tuple[float, ...]
    syntaxes: tuple[str, ...]
    high: int | None = None
    signed: bool = False
    planar: int = 0
    frames: int = 1
    rows: int = ROWS
    columns: int = COLUMNS
    palette: str = ""
    overlay: int = 0
    slope: str = ""
    padding: int | None = None
    floating: str = ""
    vr: str = ""

    @property
    def samples(self) -> int:
        return 1 if self.photometric[:4] in ("MONO", "PALE") else 3

    @property
    def shift(self) -> int:
        return 0 if self.high is None else self.high + 1 - self.stored

    @property
    def dtype(self) -> np.dtype:
        kind = "f" if self.floating else "i" if self.signed else "u"
        return np.dtype(f"{kind}{max(self.allocated // 8, 1)}")


def _grey(name: str, stored: int, allocated: int, black: float, white: float, **more: object) -> Reference:
    photometric = str(more.pop("photometric", "MONOCHROME2"))
    syntaxes = more.pop("syntaxes", ALL if 8 <= stored <= 16 else BYTES)
    return Reference(
        name=name,
        photometric=photometric,
        stored=stored,
        allocated=allocated,
        black=(black,),
        white=(white,),
        syntaxes=syntaxes,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def _colour(
    name: str, black: tuple[int, ...], white: tuple[int, ...], syntaxes: tuple[str, ...], **more: object
) -> Reference:
    photometric = str(more.pop("photometric", "RGB"))
    stored = int(more.pop("stored", 8))  # type: ignore[call-overload]
    allocated = int(more.pop("allocated", 8))  # type: ignore[call-overload]
    return Reference(
        name=name,
        photometric=photometric,
        stored=stored,
        allocated=allocated,
        black=black,
        white=white,
        syntaxes=syntaxes,
        **more,  # type: ignore[arg-type]
    )


_NO_LOSS = PLAIN + LOSSLESS + HIGH_THROUGHPUT + XL
_COLOUR = tuple(syntax for syntax in ALL if syntax not in ("JPEG XL",))

# Smallest and largest sample of every signed or 32-bit frame are -100 and 1000: see `samples_of`.
REFERENCES = (
    _grey("grey, 8 bits", 8, 8, 0, 255),
    _grey("grey, 8 bits, dark large", 8, 8, 255, 0, photometric="MONOCHROME1"),
    _grey("grey, 8 bits, odd length", 8, 8, 0, 255, columns=25),
    _grey("grey, 8 bits, odd length, 3 frames", 8, 8, 0, 255, columns=25, frames=3),
    _grey("grey, 8 bits, as bytes", 8, 8, 0, 255, columns=25, vr="OB", syntaxes=("Explicit", "Big Endian", "Deflated")),
    _grey("grey, 8 bits, signed", 8, 8, -100, 127, signed=True, syntaxes=BYTES + LOSSLESS + ("HTJ2K lossless",)),
    _grey("grey, 8 bits in 16", 8, 16, 0, 255, syntaxes=_NO_LOSS[:-1]),
    _grey("grey, 10 bits in 16", 10, 16, 0, 1023, syntaxes=_NO_LOSS),
    _grey("grey, 10 bits in 16, dark large", 10, 16, 1023, 0, photometric="MONOCHROME1"),
    _grey("grey, 12 bits in 16", 12, 16, 0, 4095),
    _grey("grey, 12 bits in 16, 3 frames", 12, 16, 0, 4095, frames=3),
    _grey("grey, 12 bits in 16, signed", 12, 16, -100, 2047, signed=True, syntaxes=_NO_LOSS[:-1]),
    _grey(
        "grey, 12 bits in 16, signed, padding darker", 12, 16, -2000, 2047, signed=True, padding=-2000, syntaxes=PLAIN
    ),
    _grey("grey, 12 bits in 16, signed, padding brighter", 12, 16, -100, 2047, signed=True, padding=5, syntaxes=PLAIN),
    _grey("grey, 12 bits in 16, falling rescale", 12, 16, 4095, 0, slope="-1", syntaxes=(*PLAIN, "JPEG-LS")),
    _grey(
        "grey, 12 bits in 16, dark large, falling rescale",
        12,
        16,
        0,
        4095,
        photometric="MONOCHROME1",
        slope="-1",
        syntaxes=PLAIN,
    ),
    _grey("grey, 12 bits in 16, upper bits", 12, 16, 0, 4095 << 4, high=15, syntaxes=BYTES),
    _grey(
        "grey, 12 bits in 16, upper bits, signed", 12, 16, -100 << 4, 2047 << 4, high=15, signed=True, syntaxes=BYTES
    ),
    _grey("grey, 12 bits in 16, middle bits", 12, 16, 0, 4095 << 2, high=13, syntaxes=BYTES),
    _grey("grey, 12 bits in 16, overlay in bit 15", 12, 16, 0, 4095, overlay=15, syntaxes=BYTES),
    _grey("grey, 16 bits", 16, 16, 0, 65535),
    _grey("grey, 16 bits, dark large", 16, 16, 65535, 0, photometric="MONOCHROME1"),
    _grey("grey, 16 bits, signed", 16, 16, -100, 32767, signed=True, syntaxes=_NO_LOSS[:-1]),
    _grey(
        "grey, 16 bits, signed, dark large", 16, 16, 32767, -100, signed=True, photometric="MONOCHROME1", syntaxes=PLAIN
    ),
    _grey("grey, 32 bits", 32, 32, 0, 1000, syntaxes=BYTES),
    _grey("grey, 32 bits, signed", 32, 32, -100, 1000, signed=True, syntaxes=BYTES),
    _grey("grey, 32 bits, 24 stored", 24, 32, 0, 1000, syntaxes=BYTES),
    _grey(
        "float",
        32,
        32,
        -1.5,
        998.5,
        floating="FloatPixelData",
        syntaxes=("Implicit", "Explicit", "Big Endian", "Deflated"),
    ),
    _grey(
        "double float",
        64,
        64,
        -1.5,
        998.5,
        floating="DoubleFloatPixelData",
        syntaxes=("Implicit", "Explicit", "Big Endian", "Deflated"),
    ),
    _grey("single bits", 1, 1, 0, 1, syntaxes=PLAIN, vr="OB"),
    _grey("single bits, 3 frames that share bytes", 1, 1, 0, 1, columns=25, frames=3, syntaxes=NATIVE, vr="OB"),
    _grey("single bits, compressed", 1, 1, 0, 1, frames=3, syntaxes=("JPEG 2000 lossless",)),
    _grey("palette, 8 bits", 8, 8, 7, 9, photometric="PALETTE COLOR", palette="8", syntaxes=_NO_LOSS),
    _grey("palette, 8 bits, 16-bit colours", 8, 8, 7, 9, photometric="PALETTE COLOR", palette="16", syntaxes=_NO_LOSS),
    _grey(
        "palette, segmented", 8, 8, 0, 200, photometric="PALETTE COLOR", palette="segmented", syntaxes=(*PLAIN, "RLE")
    ),
    _grey(
        "palette, first mapped 10",
        8,
        8,
        17,
        19,
        photometric="PALETTE COLOR",
        palette="offset",
        syntaxes=(*PLAIN, "RLE"),
    ),
    _grey("palette, 16 bits, 65536 colours", 16, 16, 7, 9, photometric="PALETTE COLOR", palette="full", syntaxes=PLAIN),
    _grey(
        "palette, 16 bits, signed",
        16,
        16,
        -43,
        -41,
        signed=True,
        photometric="PALETTE COLOR",
        palette="signed",
        syntaxes=PLAIN,
    ),
    _grey("grey with supplemental palette", 12, 16, 0, 3999, palette="supplemental", syntaxes=PLAIN),
    _colour("RGB", (0, 0, 0), (255, 255, 255), _COLOUR),
    _colour("RGB, 3 frames", (0, 0, 0), (255, 255, 255), _NO_LOSS, frames=3),
    _colour("RGB, by plane", (0, 0, 0), (255, 255, 255), (*PLAIN, "RLE"), planar=1),
    _colour(
        "RGB, by plane, odd length, 3 frames",
        (0, 0, 0),
        (255, 255, 255),
        (*PLAIN, "RLE"),
        planar=1,
        columns=25,
        frames=3,
    ),
    _colour(
        "RGB, 12 bits in 16", (0, 0, 0), (4095, 4095, 4095), PLAIN + LOSSLESS + HIGH_THROUGHPUT, stored=12, allocated=16
    ),
    _colour(
        "RGB, 16 bits", (0, 0, 0), (65535, 65535, 65535), PLAIN + LOSSLESS + HIGH_THROUGHPUT, stored=16, allocated=16
    ),
    _colour("RGB, 32 bits", (0, 0, 0), (2**32 - 1,) * 3, BYTES, stored=32, allocated=32, frames=2),
    _colour(
        "YBR full",
        (0, 128, 128),
        (255, 128, 128),
        (*PLAIN, "RLE", "JPEG Lossless SV1", "JPEG-LS", "JPEG 2000 lossless", "HTJ2K lossless"),
        photometric="YBR_FULL",
    ),
    _colour("YBR full, by plane", (0, 128, 128), (255, 128, 128), (*PLAIN, "RLE"), photometric="YBR_FULL", planar=1),
    _colour("YBR full 4:2:2", (0, 128, 128), (255, 128, 128), PLAIN, photometric="YBR_FULL_422", frames=2),
    _colour("YBR partial 4:2:2", (16, 128, 128), (235, 128, 128), PLAIN, photometric="YBR_PARTIAL_422"),
    _colour(
        "YBR reversible", (0, 0, 0), (255, 255, 255), ("JPEG 2000 lossless", "HTJ2K lossless"), photometric="YBR_RCT"
    ),
    _colour("YBR irreversible", (0, 0, 0), (255, 255, 255), ("JPEG 2000", "HTJ2K"), photometric="YBR_ICT"),
)


def samples_of(reference: Reference) -> np.ndarray:
    """Return the samples, [frames, rows, columns, samples]: ramps and noise, the same on every run."""
    shape = (reference.frames, reference.rows, reference.columns, reference.samples)
    noise = np.random.default_rng(7).random(shape)
    if reference.floating:
        values = np.round(noise * 1000 - 1.5, 1)
        values[:, 0, 0], values[:, 0, 1], values[:, 0, 2] = -1.5, 998.5, np.nan
        return values.astype(reference.dtype)
    low, high = (
        (-100, min(1000, 2 ** (reference.stored - 1) - 101)) if reference.signed else (0, 2**reference.stored - 1)
    )
    high = 1000 if reference.stored > 16 and reference.samples == 1 else high
    high = 27 if reference.signed and reference.stored == 8 else high
    values = (low + noise * (high - low)).astype(np.int64)
    values[:, 0, 0], values[:, 0, 1] = low, high
    if reference.photometric.endswith("_422"):
        values[:, :, 1::2, 1:] = values[:, :, ::2, 1:]
    return values


def words_of(reference: Reference) -> np.ndarray:
    """Return the stored words: samples moved to their bits, with the overlay's bit beside them."""
    if reference.floating:
        return samples_of(reference)
    words = samples_of(reference) << reference.shift
    if reference.overlay:
        words |= (np.indices(words.shape).sum(axis=0) % 2) << reference.overlay
    return words.astype(reference.dtype)


def build(reference: Reference, syntax: str, *, table: str = "basic", fragments: int = 1) -> FileDataset:
    """Return a data set of the reference in a syntax, by encoders other than ours where there are any.

    `table` is "basic", "empty" or "extended"; with `fragments`, each compressed frame is cut into so many.
    """
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = UID(SYNTAXES[syntax])
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = UID("1.2.840.10008.5.1.4.1.1.7"), UID("2.25.9")
    encoding = {"is_implicit_VR": syntax == "Implicit", "is_little_endian": syntax != "Big Endian"}
    dataset = FileDataset(BytesIO(), Dataset(), preamble=bytes(128), file_meta=meta, **encoding)
    dataset.SOPClassUID, dataset.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    dataset.PatientName, dataset.PatientID = "Pavlova^Ines", "QX-004117"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = reference.rows, reference.columns, reference.samples
    dataset.PhotometricInterpretation = reference.photometric
    dataset.BitsAllocated = reference.allocated
    if reference.frames > 1:
        dataset.NumberOfFrames = reference.frames
    if not reference.floating:
        dataset.BitsStored = reference.stored
        dataset.HighBit = reference.stored - 1 if reference.high is None else reference.high
        dataset.PixelRepresentation = int(reference.signed)
    if reference.samples == 3:
        dataset.PlanarConfiguration = reference.planar
    if reference.slope:
        dataset.RescaleSlope, dataset.RescaleIntercept = reference.slope, "0"
    if reference.padding is not None:
        dataset.add_new(0x00280120, "SS" if reference.signed else "US", reference.padding)
    if reference.overlay:
        dataset.add_new(0x60000010, "US", reference.rows)
        dataset.add_new(0x60000011, "US", reference.columns)
        dataset.add_new(0x60000040, "CS", "G")
        dataset.add_new(0x60000050, "SS", [1, 1])
        dataset.add_new(0x60000100, "US", reference.allocated)
        dataset.add_new(0x60000102, "US", reference.overlay)
    if reference.palette:
        add_palette(dataset, reference)
    _add_pixels(dataset, reference, syntax, table, fragments)
    return dataset


def write(reference: Reference, syntax: str, path: Path, **how: object) -> Path:
    """Write the reference as a file."""
    dataset = build(reference, syntax, **how)  # type: ignore[arg-type]
    if UID(SYNTAXES[syntax]) in AllTransferSyntaxes:
        dataset.save_as(path, enforce_file_format=True)
        return path
    # Syntaxes that pydicom does not know of yet.
    body = DicomBytesIO()
    body.is_implicit_VR, body.is_little_endian = False, True
    write_file_meta_info(body, dataset.file_meta, enforce_standard=False)
    write_dataset(body, dataset)
    path.write_bytes(bytes(128) + b"DICM" + body.getvalue())
    return path


def add_palette(dataset: Dataset, reference: Reference) -> None:
    """Add a palette whose darkest entry is not the first: entry 7 is black, entry 9 white, others between."""
    count, first, bits = {
        "8": (256, 0, 8),
        "16": (256, 0, 16),
        "offset": (200, 10, 16),
        "full": (65536, 0, 16),
        "signed": (100, -50, 16),
        "supplemental": (96, 4000, 16),
        "segmented": (256, 0, 16),
    }[reference.palette]
    descriptor_vr = "SS" if reference.signed else "US"
    for index, _colour in enumerate(("Red", "Green", "Blue")):
        tag = 0x00281101 + index
        dataset.add_new(tag, descriptor_vr, [count & 0xFFFF, first, bits])
        if reference.palette == "segmented":
            # Discrete: one entry, black. Linear: up to white at entry 200. Then down again.
            words = np.array([0, 1, 0, 1, 200, 65535, 1, 55, 900], "<u2")
            dataset.add_new(0x00281221 + index, "OW", words.tobytes())
            continue
        top = 2**bits - 1
        entries = (np.arange(count) * 37 + 11 * index) % (top - 1) + 1
        entries[7], entries[9] = 0, top
        packed = entries.astype("u1" if bits == 8 else "<u2").tobytes()
        dataset.add_new(0x00281201 + index, "OW", packed)


def _add_pixels(dataset: FileDataset, reference: Reference, syntax: str, table: str, fragments: int) -> None:
    words = words_of(reference)
    if syntax in NATIVE:
        keyword = reference.floating or "PixelData"
        vr = {"FloatPixelData": "OF", "DoubleFloatPixelData": "OD"}.get(keyword, reference.vr or "OW")
        dataset.add_new(
            keyword, vr, native_bytes(reference, words, big=syntax == "Big Endian", words_of_two=vr == "OW")
        )
        if syntax == "Big Endian" and reference.palette:
            for tag in (0x00281201, 0x00281202, 0x00281203, 0x00281221, 0x00281222, 0x00281223):
                if tag in dataset:
                    dataset[tag].value = np.frombuffer(dataset[tag].value, "<u2").astype(">u2").tobytes()
        return
    frames = [encode(reference, frame, syntax) for frame in words]
    count = fragments
    if table == "extended":
        dataset.PixelData, dataset.ExtendedOffsetTable, dataset.ExtendedOffsetTableLengths = encapsulate_extended(
            frames
        )
    else:
        dataset.PixelData = encapsulate(frames, fragments_per_frame=count, has_bot=table == "basic")
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True


def native_bytes(reference: Reference, words: np.ndarray, *, big: bool = False, words_of_two: bool = True) -> bytes:
    """Return uncompressed frames as bytes."""
    if reference.allocated == 1:
        data = np.packbits(words.reshape(-1), bitorder="little").tobytes()
    elif reference.photometric.endswith("_422"):
        chroma = words[:, :, ::2, 1:]
        data = np.concatenate([words[..., 0].reshape(*chroma.shape[:3], 2), chroma], axis=-1).tobytes()
    else:
        planes = words.transpose(0, 3, 1, 2) if reference.planar else words
        data = planes.astype(words.dtype.newbyteorder(">" if big else "<")).tobytes()
    data += b"\0" * (len(data) % 2)
    if big and words_of_two and reference.allocated <= 8:
        data = np.frombuffer(data, "<u2").astype(">u2").tobytes()
    return data


def encode(reference: Reference, frame: np.ndarray, syntax: str) -> bytes:
    """Return one frame [rows, columns, samples] compressed."""
    plain = frame[..., 0] if frame.shape[-1] == 1 else frame
    if syntax in FRAMED:
        raw = native_bytes(reference, frame[np.newaxis])
        if syntax == "Raw frames":
            return raw
        stream = zlib.compressobj(wbits=-15)
        return stream.compress(raw) + stream.flush()
    if syntax == "RLE":
        return _rle(frame)
    if syntax.startswith("JPEG Lossless"):
        return _jpeg_lossless(reference, plain, 1 if syntax.endswith("SV1") else 4)
    if syntax.startswith("JPEG-LS"):
        unsigned = _unsigned(plain, reference.stored)
        level = 2 if syntax.endswith("near") else 0
        return bytes(imagecodecs.jpegls_encode(unsigned, level, out=4 * unsigned.nbytes + 4096))
    if syntax.startswith("JPEG 2000"):
        lossy = syntax == "JPEG 2000"
        return bytes(
            imagecodecs.jpeg2k_encode(
                plain,
                level=60 if lossy else 0,
                codecformat="j2k",
                reversible=not lossy,
                mct=reference.photometric in ("YBR_RCT", "YBR_ICT"),
                bitspersample=reference.stored,
            )
        )
    if syntax.startswith("HTJ2K"):
        lossy = syntax == "HTJ2K"
        transform = reference.photometric in ("YBR_RCT", "YBR_ICT") if plain.ndim == 3 else None
        tlm = True if syntax == "HTJ2K RPCL" else None
        return bytes(
            imagecodecs.htj2k_encode(plain, level=0.01 if lossy else None, reversible=not lossy, rgb=transform, tlm=tlm)
        )
    if syntax.startswith("JPEG XL"):
        lossless = syntax == "JPEG XL lossless"
        return bytes(imagecodecs.jpegxl_encode(plain, lossless=lossless, usecontainer=False))
    raise AssertionError(syntax)


def _rle(frame: np.ndarray) -> bytes:
    """pydicom's own encoder, byte plane by byte plane."""
    from struct import pack

    from pydicom.pixels.encoders.native import _encode_segment

    rows, columns, samples = frame.shape
    width = frame.dtype.itemsize
    planes = np.ascontiguousarray(frame).view(np.uint8).reshape(rows, columns, samples, width)
    segments = [
        bytes(_encode_segment(planes[..., sample, byte].tobytes(), columns))
        for sample in range(samples)
        for byte in reversed(range(width))
    ]
    offsets = [64 + sum(len(part) for part in segments[:index]) for index in range(len(segments))]
    return pack("<16I", len(segments), *offsets, *[0] * (15 - len(segments))) + b"".join(segments)


def _jpeg_lossless(reference: Reference, plain: np.ndarray, predictor: int) -> bytes:
    unsigned = _unsigned(plain, reference.stored)
    space = None if plain.ndim == 2 else "rgb" if reference.photometric == "RGB" else "unknown"
    return bytes(
        imagecodecs.jpeg8_encode(
            unsigned,
            lossless=True,
            predictor=predictor,
            bitspersample=max(reference.stored, 2),
            colorspace=space,
            outcolorspace=space,
        )
    )


def _unsigned(plain: np.ndarray, bits: int) -> np.ndarray:
    """As the standard wants signed samples in these codestreams: their lowest bits."""
    dtype = np.uint8 if bits <= 8 else np.uint16
    return np.ascontiguousarray(plain.astype(np.int64) & (2**bits - 1), dtype=dtype)
