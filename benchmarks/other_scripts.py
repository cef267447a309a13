"""Count lines in scripts that the reader does not know which are found, and masked as what cannot be read.

    python benchmarks/other_scripts.py [--model PACKAGE]

draws names and words of hospitals in Cyrillic, Greek, Hebrew, Arabic, Armenian and Georgian letters with three faces of
DejaVu (which Pillow must find) in three sizes, each bright on a frame of its own, and prints of each script how many
lose nine tenths of their ink under the default policy without a header. What a face lacks is not drawn.
"""

import argparse
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import deburn
from deburn.model import Runner, open_runner
from deburn.redactor.dicom import PixelFormat
from deburn.redactor.mask import mask
from deburn.redactor.policy import Policy

WORDS = {
    "Cyrillic": "Иванов Пётр|Кузнецова|Больница|Отделение|Сидорова Анна|Ђорђевић|Шевченко",
    "Greek": "Παπαδόπουλος|Γεώργιος|Νοσοκομείο|Ελένη",
    "Hebrew": "כהן דוד|לוי שרה|בית חולים|ירושלים",
    "Arabic": "محمد علي|فاطمة|مستشفى|القاهرة",
    "Armenian": "Պետրոսյան|Արմեն|Երևան",
    "Georgian": "გიორგი|თბილისი|ბერიძე",
}
FACES, SIZES = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"), (14, 20, 30)
LACKS = {("DejaVuSansMono", "Hebrew")}
ROWS, COLUMNS, GROUND, INK = 120, 480, 10, 230
FORMAT = PixelFormat(photometric="MONOCHROME2", bits_stored=8)
MASKED = 0.9


def drawn(word: str, font: ImageFont.FreeTypeFont) -> NDArray[np.int32]:
    """Return a frame with one word on it, ``int32[1, rows, columns, 1]``."""
    image = Image.new("L", (COLUMNS, ROWS), GROUND)
    ImageDraw.Draw(image).text((60, 45), word, fill=INK, font=font)
    return np.asarray(image, np.int32)[None, ..., None]


def masked_share(runner: Runner, frame: NDArray[np.int32]) -> float:
    """Return the share of the ink that is masked."""
    covered = np.zeros((ROWS, COLUMNS), bool)
    for box in mask(deburn.find(frame, FORMAT, runner=runner), policy=Policy(), frames=1):
        covered[box.y0 : box.y1, box.x0 : box.x1] = True
    ink = frame[0, ..., 0] > (GROUND + INK) / 2
    return float((ink & covered).sum() / ink.sum())


def main() -> None:
    """Draw, find, decide, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    runner = open_runner(parser.parse_args().model, device="cpu", threads=1)
    lines, masked = Counter[str](), Counter[str]()
    for face in FACES:
        for size in SIZES:
            font = ImageFont.truetype(f"{face}.ttf", size)
            for script, words in WORDS.items():
                for word in () if (face, script) in LACKS else words.split("|"):
                    lines[script] += 1
                    masked[script] += masked_share(runner, drawn(word, font)) >= MASKED
    for script in WORDS:
        print(f"{script:10} {masked[script]} of {lines[script]}")
    print(f"{'all':10} {masked.total()} of {lines.total()}")


if __name__ == "__main__":
    main()
