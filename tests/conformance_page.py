"""Make docs/conformance.md from the table of reference images: ``python tests/conformance_page.py``."""

from pathlib import Path

from dicom_decoders import NAMES
from dicom_references import ALL, FRAMED, LOSSY, NATIVE, REFERENCES, Reference

PAGE = Path(__file__).parents[1] / "docs" / "conformance.md"

_BEGIN = """\
# What is masked, and what is refused

Made from the tests' table of reference images (`tests/dicom_references.py`) by `python tests/conformance_page.py`;
`tests/test_conformance.py` goes through every cell and fails if this page is not up to date.

A cell that is marked is tested for all of this:

- the result has the same transfer syntax;
- every sample outside of the box, and every other frame, is identical, as each of two decoders that are not ours
  shows it (below);
- the box is black as displayed, or white where that is asked for;
- with nothing to mask, the pixel data keep their bytes.

`=` uncompressed, bytes patched in place. `≡` compressed without loss, decoded and encoded again without loss.
`≈` compressed with loss: the frame becomes a lossless codestream of what was decoded, under the same UID; other
decoders than OpenJPEG may have shown the original one grey level off. Empty: not in the table; what is refused stands
below.

"""

_END = """
## JPEG Baseline and Extended

There is no lossless JPEG under these UIDs. A file that needs masking is decoded once, all of its frames, and stored
without further loss as the policy's `mask.jpeg`, or `--jpeg`, says (`tests/test_transcode.py`):

| `jpeg` | transfer syntax | colour is named |
|---|---|---|
| `jpeg-ls`, the default | 1.2.840.10008.1.2.4.80 | RGB |
| `jpeg-lossless` | 1.2.840.10008.1.2.4.70 | RGB |
| `jpeg-2000` | 1.2.840.10008.1.2.4.90 | YBR_RCT |
| `htj2k` | 1.2.840.10008.1.2.4.201 | YBR_RCT |
| `rle` | 1.2.840.10008.1.2.5 | RGB |
| `explicit`, uncompressed | 1.2.840.10008.1.2.1 | RGB |

Lossy Image Compression stays 01, its ratio and method are added where the file does not tell them, the SOP Instance
UID is new (derived from the old one). Colour is stored as it is displayed, RGB by the formula of PS3.3 C.7.6.3.1.2,
whatever the subsampling was. Files without anything to mask keep their bytes. Refused under `explicit`: frames that
take more than 4 GB, and data sets written in implicit VR.

## Video

MPEG-2, H.264 and H.265, as a bare stream or in MP4, are decoded frame by frame and examined, as many frames as
Number of Frames says, those that an edit list hides as well. Where there is nothing to mask, the file keeps its pixel
data byte by byte. Where there is, it is refused: no encoder of these syntaxes keeps the other samples. Refused too are
stereo video, transport and program streams, sound and subtitles, further views and layers, captions and user data,
supplemental information that is not numbers (encoders' signatures stay), boxes of MP4 that do not describe frames,
names and notes in them, bytes that belong to no frame.

## Precision in JPEG-LS and High-Throughput JPEG 2000

The encoders know 8 and 16 bits only: a frame of 12 bits becomes a codestream of 16 bits that holds the same numbers.
Bits Stored stays 12. Signed samples are sign-extended.

## Refused, each with its reason

- video that shows text to mask, that cannot be examined to its last byte (above), or without PyAV
  (`pip install 'deburn[video]'`);
- JPIP, and transfer syntaxes that the standard does not list;
- integers of 64 bits, colour with signed samples, ARGB, CMYK, HSV, palettes with other than 8 or 16 bits;
- YBR_PARTIAL_420, YBR_ICT and YBR_RCT without compression; 4:2:2 with an odd number of columns;
- more than 16 bits in JPEG, JPEG-LS, JPEG 2000 and JPEG XL; signed samples in JPEG XL;
- RLE of single bits;
- single bits in words (VR OW) of big endian files: PS3.5 8.1.1 and annex D number the bits of words, so that bytes
  are swapped in the file, but pydicom, among others, does not swap them back, and writers may not have swapped them
  either. Text would be looked for in pictures whose neighbouring columns of eight pixels have changed places. The
  syntax was retired in 2006; with VR OB the order is certain, and such files are masked;
- pixel data that are shorter than their frames, or longer by anything but zeros;
- codestreams whose dimensions, components or depth are not those of the header; frames that do not decode;
- JPEG scans that end before their last sample, or lack restart intervals, which decoders fill with grey;
- one frame of more than 1 GB.

## Decoders that agree

Two each, but where pydicom is one of them and does not return stored words: samples that do not begin at bit 0 (upper
and middle bits) and uncompressed YBR_PARTIAL_422, which the other one shows alone. jxl-oxide is that of
micro-reader-codecs.

| transfer syntax | first | second |
|---|---|---|
"""

_SHORT = {
    "Implicit": "Impl",
    "Explicit": "Expl",
    "Big Endian": "BE",
    "Deflated": "Defl",
    "Raw frames": "Raw .98",
    "Deflated frames": "Defl .8.1",
    "JPEG Lossless P14": "JPEG .57",
    "JPEG Lossless SV1": "JPEG .70",
    "JPEG-LS": "JLS .80",
    "JPEG-LS near": "JLS .81",
    "JPEG 2000 lossless": "J2K .90",
    "JPEG 2000": "J2K .91",
    "HTJ2K lossless": "HT .201",
    "HTJ2K RPCL": "HT .202",
    "HTJ2K": "HT .203",
    "JPEG XL lossless": "JXL .110",
    "JPEG XL": "JXL .112",
}


def make_page() -> str:
    """Return the page."""
    head = ["image", "photometric", *(_SHORT.get(syntax, syntax) for syntax in ALL)]
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + ":-:|" * len(ALL)]
    lines += [_row(reference) for reference in REFERENCES]
    decoders = [f"| {syntax} | {first} | {second} |" for syntax, (first, second) in NAMES.items()]
    return _BEGIN + "\n".join(lines) + "\n" + _END + "\n".join(decoders) + "\n"


def _row(reference: Reference) -> str:
    cells = [_cell(reference, syntax) for syntax in ALL]
    return "| " + " | ".join([reference.name, reference.photometric, *cells]) + " |"


def _cell(reference: Reference, syntax: str) -> str:
    if syntax not in reference.syntaxes:
        return ""
    return "=" if syntax in NATIVE + FRAMED else "≈" if syntax in LOSSY else "≡"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
