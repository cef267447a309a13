"""Forms that identify nobody: what the rules keep of them against a classifier that suspects everything."""

import numpy as np
import pytest
from fakes import text_line

from deburn import Policy
from deburn.model.categories import CATEGORIES
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity, Known

NAME = np.eye(len(CATEGORIES), dtype=np.float32)[CATEGORIES.index("name")]


def kept(text: str, identity: Identity | None = None) -> str:
    """Return what is left of a line where the classifier takes each of its characters for a name's."""
    findings = classify(
        [text_line(text, 40, 40)], identity or Identity(), Policy(), [np.repeat(NAME[None], len(text), axis=0)]
    )
    return "|".join(text[finding.start : finding.end].strip() for finding in findings if not finding.mask)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ID:", "ID:"),
        ("I D:", "I D:"),
        ("Name:", "Name:"),
        ("Ostwig:", ""),
        ("DOB: 08/29/1951 M", "M"),
        ("08/29/1951 (F) CCHS OSTWIG", "(F)"),
        ("08/29/1951 MQUASTEL", ""),
        ("M QUASTEL", ""),
        ("PROC 2/0/E/B/B", "PROC 2/0/E/B/B"),
        ("PROC 2/0^E^/A^B", "PROC 2/0^E^/A^B"),
        ("OSTWIG 2/0/E/B/B", ""),
        ("12/04/61", ""),
        ("TIB 0.2 2:56:22 PM", "TIB 0.2"),
        ("MI: 1.1 TIs <0.4", "MI: 1.1 TIs <0.4"),
        ("ITm 0.2 OSTWIG", "ITm 0.2"),
        ("TIB 12.04.61", ""),
        ("TI 1.2.61", ""),
        ("LIM 0.2", ""),
        ("Sex: M", "Sex: M"),
        ("Sex/F", "Sex/F"),
        ("Sex: MK", ""),
        ("Age: 17", "Age: 17"),
        ("Idade: 89 anos", "Idade: 89 anos"),
        ("Age: 91", ""),
        ("Age: 17 OSTWIG", ""),
        ("M / 55", "M / 55"),
        ("F 034Y", "F 034Y"),
        ("34yo M", "34yo M"),
        ("M / 92", ""),
        ("dr 1db", "dr 1db"),
        ("W 2000 C 500", "W 2000 C 500"),
        ("WL: -40 WW: 400", "WL: -40 WW: 400"),
        ("dr ostwig", ""),
        ("R-MLO", "R-MLO"),
        ("AP/PA", "AP/PA"),
        ("AP/JK", ""),
        ("R/L", ""),
        ("24 x 30", "24 x 30"),
        ("QUIST 4.1x10 mm", "4.1x10 mm"),
        ("20x20x20", "20x20x20"),
        ("5.0 x 5.0 x 12", "5.0 x 5.0 x 12"),
        ("12x03x60", ""),
        ("1961x12x04", ""),
        ("MRN 24x30-7", ""),
        ("PAT T: 37.0C", "PAT T: 37.0C"),
        ("PAT 37.0", ""),
        ("[hp]", "[hp]"),
        ("[HP]", ""),
        ("COUPE DE FACE", "DE"),
        ("Venous to Spine", "to"),
        ("CHEST DE", ""),
        ("CHEST DE QUIST", ""),
        ("Torre de Quist", ""),
    ],
)
def test_what_identifies_nobody_is_kept_and_nothing_else(text: str, left: str) -> None:
    assert kept(text) == left


@pytest.mark.parametrize(("text", "left"), [("85BPM", "85BPM"), ("OBPM", "OBPM"), ("2.4 cm", "2.4 cm"), ("93Y", "")])
def test_a_measure_alone_is_kept(text: str, left: str) -> None:
    assert kept(text) == left


def test_strokes_of_a_ruler_are_no_pieces_of_a_word_and_letters_are() -> None:
    def left_of(sign: str) -> list[bool]:
        lines = [text_line("-L", 40, 40), text_line(sign, 40, 56)]
        votes = [np.repeat(NAME[None], len(line.text), axis=0) for line in lines]
        return [
            not finding.mask for finding in classify(lines, Identity(), Policy(), votes) if finding.line is lines[0]
        ]

    assert left_of("]") == [True]
    assert left_of("R") == [False]


def test_a_header_that_knows_the_letter_behind_a_date_does_not_take_it() -> None:
    identity = Identity(
        entries=(Known(kind="institution", keyword="InstitutionName", text="M CCHS OSTWIG", tag="(0008,0080)"),)
    )
    assert kept("08/29/1951 M CCHS OSTWIG", identity) == "M"


def test_a_projection_that_is_a_name_in_the_header_too_is_masked() -> None:
    header = Identity(entries=(Known(kind="name", keyword="PatientName", text="LAO^PA", tag="(0010,0010)"),))
    assert kept("LAO/PA", header) == ""
