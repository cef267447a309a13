"""The demo's files: which image, whose name, how large, in which transfer syntax."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydicom.uid import (
    JPEG2000,
    UID,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from .demo_burn import Burned, burn
from .demo_encode import write_sample
from .demo_people import PEOPLE, Words, fill_header, harmless, identifying
from .demo_scenes import Scene, fan, from_pydicom, page, radiograph


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One file to make.

    Attributes
    ----------
    name : str
        Of the file, without its extension.
    about : str
        What it is, for the page.
    scene : callable
        Makes the image.
    syntax : UID
        Transfer syntax.
    person, style : int
        Who, and which kind of console.
    height : float
        Of capitals, in pixels.
    kept : tuple of Words
        Lines that identify nobody.
    dark : bool
        Dark ink.
    """

    name: str
    about: str
    scene: Callable[[], Scene]
    syntax: UID
    person: int
    style: int
    height: float
    kept: tuple[Words, ...]
    dark: bool = False


SAMPLES = (
    Sample(
        name="ct",
        about="CT, 16 bit signed, uncompressed",
        scene=lambda: from_pydicom("CT_small.dcm", factor=3, canvas=(512, 640)),
        syntax=ExplicitVRLittleEndian,
        person=0,
        style=0,
        height=13,
        kept=(*harmless("kV 120", "mA 240", "SL 5.0 mm"), *harmless("L", corner="se")),
    ),
    Sample(
        name="mr-jpeg-ls",
        about="MR, 16 bit signed, JPEG-LS",
        scene=lambda: from_pydicom("MR_small.dcm", factor=6, canvas=(512, 640)),
        syntax=JPEGLSLossless,
        person=1,
        style=2,
        height=10,
        kept=(*harmless("TR 4000", "TE 102", "ETL 8"), *harmless("R", corner="se")),
    ),
    Sample(
        name="mr-big-endian",
        about="MR, 16 bit signed, big endian",
        scene=lambda: from_pydicom("MR_small_bigendian.dcm", factor=5, canvas=(480, 560)),
        syntax=ExplicitVRBigEndian,
        person=2,
        style=1,
        height=12,
        kept=harmless("FOV 240 mm", "NEX 2"),
    ),
    Sample(
        name="mr-overlay",
        about="MR, 12 bit, uncompressed, with an overlay plane",
        scene=lambda: from_pydicom("examples_overlay.dcm"),
        syntax=ExplicitVRLittleEndian,
        person=0,
        style=1,
        height=9,
        kept=harmless("SL 6.0 mm"),
    ),
    Sample(
        name="ct-jpeg-2000",
        about="CT, 14 bit signed, JPEG 2000 lossy",
        scene=lambda: from_pydicom("693_J2KI.dcm", canvas=(560, 760)),
        syntax=JPEG2000,
        person=1,
        style=0,
        height=12,
        kept=(*harmless("kV 140", "mA 310", "HEAD"), *harmless("R", corner="se")),
    ),
    Sample(
        name="nm-jpeg-12-bit",
        about="NM, 12 bit, JPEG Extended",
        scene=lambda: from_pydicom("JPEG-lossy.dcm", cut=(40, 900, 0, 240), canvas=(1024, 768)),
        syntax=JPEGExtended12Bit,
        person=2,
        style=2,
        height=20,
        kept=harmless("ANTERIOR", "Counts 812 k"),
    ),
    Sample(
        name="us-jpeg-2000",
        about="US, RGB, JPEG 2000 lossless",
        scene=lambda: from_pydicom("examples_jpeg2k.dcm", cut=(112, 332, 60, 580), canvas=(480, 640)),
        syntax=JPEG2000Lossless,
        person=2,
        style=0,
        height=12,
        kept=harmless("MI 0.8", "TIs 0.4", "Gain 62%", "LYMPH NODE"),
    ),
    Sample(
        name="us-cine-jpeg",
        about="US cine, YBR 4:2:2, JPEG Baseline",
        scene=lambda: from_pydicom(
            "examples_ybr_color.dcm", cut=(10, 180, 62, 272), factor=2, canvas=(480, 640), most=6
        ),
        syntax=JPEGBaseline8Bit,
        person=1,
        style=1,
        height=14,
        kept=harmless("FR 50 Hz", "12.5 cm", "Gain 62%"),
    ),
    Sample(
        name="us-palette",
        about="US, palette colour, uncompressed",
        scene=lambda: from_pydicom("examples_palette.dcm", cut=(80, 340, 340, 620), canvas=(420, 640)),
        syntax=ExplicitVRLittleEndian,
        person=0,
        style=2,
        height=12,
        kept=harmless("C 61", "11 cm"),
    ),
    Sample(
        name="us-cine-rle",
        about="US cine, 8 bit, RLE, drawn",
        scene=fan,
        syntax=RLELossless,
        person=2,
        style=0,
        height=15,
        kept=harmless("MI 1.1", "DR 65 dB", "LIVER"),
    ),
    Sample(
        name="dx-monochrome1",
        about="DX, 12 bit MONOCHROME1, JPEG Lossless, drawn, with a lead marker",
        scene=radiograph,
        syntax=JPEGLosslessSV1,
        person=0,
        style=0,
        height=28,
        kept=harmless("kV 125", "PORTABLE AP"),
    ),
    Sample(
        name="page-rle",
        about="Secondary capture, RGB, RLE, drawn, dark on bright",
        scene=page,
        syntax=RLELossless,
        person=1,
        style=0,
        height=13,
        kept=harmless("CTDIvol 12.41 mGy", "Scans 3"),
        dark=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Made:
    """A file that was made, and what stands in it.

    Attributes
    ----------
    sample : Sample
    path : Path
    burned : tuple of Burned
    """

    sample: Sample
    path: Path
    burned: tuple[Burned, ...]


def make(sample: Sample, folder: Path) -> Made:
    """Write one sample with its text burned in."""
    scene, person = sample.scene(), PEOPLE[sample.person]
    fill_header(scene.header, person)
    words = (*identifying(person, sample.style), *sample.kept)
    frames, burned = burn(scene.frames, words, height=sample.height, dark=sample.dark)
    path = folder / f"{sample.name}.dcm"
    write_sample(scene.header, frames, sample.syntax, path)
    return Made(sample=sample, path=path, burned=(*burned, *scene.marks))
