import pytest

from deburn.redactor.tokens import namelike, tokens_of
from deburn.redactor.unexplained import unexplained


def _kinds(text, scores=None):
    return [token.kind for token in tokens_of(text, scores or (1.0,) * len(text))]


def _masked(text):
    spans = unexplained(tokens_of(text, (1.0,) * len(text)), text, identified=False)
    return {text[span.start : span.end] for span in spans}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("kV 120", ["technique", "number"]),
        ("L12-5", ["value"]),
        ("RAB6-RS", ["model"]),
        ("ID:448812", ["interface", "number"]),
        ("3.42 cm", ["number", "unit"]),
        ("16.0cm", ["value"]),
        ("A114", ["value"]),
        ("B63s", ["model"]),
        ("24w3d", ["value"]),
        ("3cm3cm", ["value"]),
        ("A0=100%", ["value"]),
        ("JS0=100", ["code"]),
        ("3cm4cm", ["code"]),
        ("2/0^E/B^B", ["value"]),
        ("J^D^S^Q", ["code"]),
        ("Quastel", ["unknown"]),
        ("QVX", ["short"]),
        ("K/V", ["short"]),
        ("(D.F)", ["short"]),
        ("A/P", ["word"]),
        ("T-3", ["value"]),
        ("John", ["named"]),
        ("X7Q9ZZ41", ["code"]),
        ("spacing", ["word"]),
        ("lndex", ["word"]),
        ("baseIine", ["word"]),
        ("lngrid", ["unknown"]),
        ("----", ["symbol"]),
        ("L°", ["laterality"]),
        ("37°", ["value"]),
        ("SmartMetal", ["word"]),
        ("eSpacing", ["word"]),
        ("AutoOP", ["word"]),
        ("MicroV+", ["word"]),
        ("McAllister", ["unknown"]),
        ("DeQuastel", ["unknown"]),
        ("MaxQuastel", ["unknown"]),
        ("LaDark", ["unknown"]),
        ("dStone", ["unknown"]),
        ("KneeKW", ["unknown"]),
        ("KneeLeft", ["word"]),
        ("Smartmetal", ["word"]),
        ("Darkmetal", ["unknown"]),
    ],
)
def test_classifies_words(text, kinds):
    assert _kinds(text) == kinds


def test_a_doubtful_letter_may_make_a_known_word_but_a_sure_one_may_not():
    scores = [1.0] * 8
    assert _kinds("Kidmey", tuple(scores[:6])) == ["unknown"]
    assert _kinds("Kidmey", (1.0, 1.0, 1.0, 0.5, 1.0, 1.0)) == ["word"]


def test_a_doubtful_letter_makes_no_clinical_word():
    assert _kinds("Isodose") == ["word"]
    assert _kinds("Isodosa", (1.0,) * 6 + (0.5,)) == ["unknown"]


def test_a_doubtful_letter_makes_no_word_of_a_name_that_is_near_one():
    assert _kinds("Esther", (0.5,) * 6) == ["unknown"]
    assert _kinds("Döring", (0.5,) * 6) == ["unknown"]
    assert _kinds("Kronenberg") == ["unknown"]


@pytest.mark.parametrize("text", ["H V", "H V K", "R H V K"])
def test_capitals_with_spaces_between_them_are_initials(text):
    assert _masked(text) == {text}


@pytest.mark.parametrize("text", ["L R", "A P", "R L H F", "T 2 W"])
def test_orientations_with_spaces_between_them_are_not(text):
    assert _masked(text) == set()


@pytest.mark.parametrize("text", ["Quist Mirabo 45Y", "QUIST 12 kg", "Quist 55 %", "Quist Mar 1.06 cm"])
def test_unknown_words_before_a_value_may_be_a_name(text):
    assert _masked(text)


def test_names_stretch_over_particles_initials_and_ordinary_words():
    assert _masked("von Quastel J.") >= {"von Quastel J."}
    assert _masked("QUASTEL BRIDGE") >= {"QUASTEL BRIDGE"}


def test_sentences_of_known_words_are_kept_but_for_names_and_numbers():
    assert _masked("the display should inform user of the measured quosted size") == set()
    assert _masked("the scan of Quosted was stopped by the user") == {"Quosted"}
    assert any("QUOSTED" in masked for masked in _masked("THE SCAN OF QUOSTED WAS STOPPED BY THE USER"))
    assert _masked("the image was sent to the hospital for review") == set()
    assert _masked("case 4711 was seen in the room today") == {"4711"}


@pytest.mark.parametrize(
    "text",
    [
        "Ostwig Imaging Center",
        "Klinik Ostwig",
        "Zandt Medical",
        "KLINIKVM OSTWIG",
        "Ostwig Klinik, dept. of Nuclear Medicine",
        "GENERAL HOSPITAL DEPARTMENT OF NUCLEAR MEDICINE",
    ],
)
def test_an_institutions_word_takes_the_line(text):
    assert _masked(text) == {text}


@pytest.mark.parametrize("text", ["GE Healthcare", "Hospital:"])
def test_makers_and_labels_are_no_institutions(text):
    assert _masked(text) == set()


def test_bare_numbers_of_four_digits_are_masked_unless_explained():
    assert _masked("9417") == {"9417"}
    assert _masked("L = 1906") == set()
    assert _masked("3850 Hz") == set()
    assert _masked("2000") == set()


@pytest.mark.parametrize(
    ("text", "may"),
    [("Quastel", True), ("quastel, ony", True), ("Qu", True), ("Q.", False), ("Quas7el", True), ("Qua57el", False),
     ("Quastel:", False), ("Quastel =  4.5", False), ("Quastel: Ony", True), ("Contrasd", True), ("John", True),
     ("QVX 1.25", False), ("QVX 1.25 cm", False), ("QVX1.25", False), ("QVX 125", True), ("Qvx 1.25", True),
     ("QUVX 1.25", True), ("QVX 1.25 for Ony", True), ("t1_fl3d_qvx", False), ("t1_qvx", True),
     ("t1_tra_quastel", True)],
)  # fmt: skip
def test_a_word_of_letters_may_be_a_name_unless_it_labels_or_holds_many_digits(text, may):
    word = text.split(":")[0].split(" ")[0]
    assert namelike(text, 0, len(word)) is may


def test_letters_behind_a_name_are_no_label_of_the_number_behind_them():
    assert namelike("OSTWIG QVX 1.25", 7, 10)


def test_a_word_of_four_or_five_letters_is_said_to_be_near_a_known_one_where_the_reader_doubts_a_letter():
    def near(text, scores=None):
        return [token.near for token in tokens_of(text, scores or (0.5, *(1.0,) * (len(text) - 1)))]

    assert near("tima") == near("Plock") == [True]
    assert near("tima", (1.0,) * 4) == [False]
    assert near("time") == near("Quast") == near("David") == [False]
    (span,) = unexplained(tokens_of("tima", (0.5,) * 4), "tima", identified=False)
    assert span.near
    (span,) = unexplained(tokens_of("tima Quastel", (0.5,) * 12), "tima Quastel", identified=False)[:1]
    assert (span.end, span.near) == (12, False)


def test_short_words_near_a_known_one_are_unknown_however_much_the_reader_doubts():
    doubts = (0.5, 0.5, *(1.0,) * 6)
    assert [_kinds(text, doubts[: len(text)]) for text in ("Imegen", "Plock", "Femural")] == [
        ["word"],
        ["unknown"],
        ["word"],
    ]


@pytest.mark.parametrize(
    ("text", "masked"),
    [("C.C. Quastel", "C.C. Quastel"), ("patient/D.D. QUASTEL", "D.D. QUASTEL"), ("Quastel, A. B.", "Quastel, A. B."),
     ("Day:Quastel", "Day:Quastel"), ("U/DAY:Quastel", "U/DAY:Quastel"), ("Name:Quastel", "Quastel"),
     ("Day: Quastel", "Quastel"), ("kV/mA:Quastel", "Quastel")],
)  # fmt: skip
def test_initials_and_a_word_joined_by_a_colon_go_with_the_name(text, masked):
    assert _masked(text) == {masked}


@pytest.mark.parametrize(("text", "masked"), [("K W", {"K W"}), ("L W", {"L W"}), ("R L", set()), ("P", set())])
def test_two_letters_alone_are_initials_unless_both_are_sides(text, masked):
    assert _masked(text) == masked


def test_a_name_that_is_a_label_too_goes_with_the_name_beside_it():
    assert _masked("MARK QUASTEL") == {"MARK QUASTEL"}
    assert _masked("Name QUASTEL") == {"QUASTEL"}
