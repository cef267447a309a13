import pytest

from deburn.redactor.patterns import patterns
from deburn.redactor.spans import merged


def _hits(text):
    return [(span.category, text[span.start : span.end]) for span in merged(patterns(text), text)]


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-17",
        "20190417",
        "17.04.2019",
        "4/17/19",
        "17 Apr 2019",
        "17-APR-19",
        "Apr 17, 2019",
        "17. März 2019",
        "Wed Apr 17 2019",
        "17avr2019",
        "2019 Apr 17",
        "17 04 2019",
        "O4/17/2O19",
        "17.O4.2019",
        "17 Apn 2019",
        "202R.12.11",
        "04/2019",
    ],
)
def test_finds_dates_in_any_format(text):
    assert _hits(text) == [("date", text)] or _hits(text) == [("id", text)]


@pytest.mark.parametrize("text", ["17.04.2019 10:15:02", "17.04.2019 10:1502", "2019-04-17 1015.02", "17/04/19 101502"])
def test_digits_that_follow_a_date_go_with_it(text):
    assert _hits(text) == [("date", text)]


@pytest.mark.parametrize("text", ["10:1502", "1015:02", "101:02"])
def test_finds_times_that_lost_a_separator(text):
    assert _hits(text) == [("time", text)]


@pytest.mark.parametrize(
    "text", ["10:15", "10:15:02", "3:15:02 PM", "03:15pm", "10h15", "1O:15:O2", "10:15 Uhr", "07:3u:04", "10:15:02.125"]
)
def test_finds_times(text):
    assert _hits(text) == [("time", text)]


@pytest.mark.parametrize(
    "text", ["448812", "QX448812", "44-880-12", "MR4488", "448812/19", "A 448812", "148.123.44", "148.123.448-09"]
)
def test_finds_numbers_that_are_long(text):
    assert [category for category, _ in _hits(text)] == ["id"]


@pytest.mark.parametrize(
    "text", ["+49 551 448812", "(555) 448-8120", "0551 44 88 12", "www.ostwig.org", "a.b@ostwig.de"]
)
def test_finds_telephones_and_addresses_of_the_net(text):
    assert "phone" in {category for category, _ in _hits(text)}


@pytest.mark.parametrize(
    ("text", "category", "value"),
    [
        ("Name: Mirabo", "name", "Mirabo"),
        ("Acc#: 77", "accession", "77"),
        ("Pat. ID: QX 12", "id", "QX 12"),
        ("Tech: MID", "person", "MID"),
        ("Sonographer = - GD -", "person", "GD"),
        ("Film No. 037", "id", "037"),
        ("Institution Name: Ostwig", "institution", "Ostwig"),
        ("Dr Zandt", "name", "Dr Zandt"),
    ],
)
def test_finds_what_a_label_announces(text, category, value):
    assert value in " ".join(hit for _, hit in _hits(text))


@pytest.mark.parametrize(
    "text",
    [
        "12/40",
        "1:1",
        "W 400 L 40",
        "3.42 cm",
        "1 / 2 / 4",
        "512x512",
        "kV 120",
        "+59.3",
        "(0018,1164)",
        "Image 128 of 448",
        "Name:",
        "24x24 cm",
        "-40",
        "200 pixels",
        "Patient Supine",
        "MI 0.9 TIS 0.4",
        "10:00 3 CM FN",
        "45 yrs",
        "3850Hz",
        "Mag. 0.19x",
        "DISPLAY SHOULD INFORM USER MEASURED SIZE ISCALIBRATED",
    ],
)
def test_leaves_measurements_and_counters_alone(text):
    assert _hits(text) == []


@pytest.mark.parametrize(
    ("text", "found"), [("93Y", True), ("093Y", True), ("104 yrs", True), ("89Y", False), ("045Y", False)]
)
def test_ages_identify_from_ninety_on(text, found):
    assert bool(_hits(text)) is found


@pytest.mark.parametrize("text", ["17 04 19", "4 17 19", "17. 04. 19", "17 / 04 / 19", "17. 04. 2019", "17 04 2019"])
def test_finds_dates_with_spaces_and_two_digits(text):
    assert _hits(text) == [("date", text)]


def test_a_sex_before_it_makes_no_difference_to_a_date():
    assert _hits("M 18 1 89") == [("date", "18 1 89")]


@pytest.mark.parametrize("text", ["5 10 15", "0 5 10", "40 50 61", "3 20 100", "40 14 20"])
def test_ticks_of_scales_are_no_dates(text):
    assert _hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "12 Quast St",
        "1204 North Quast Avenue",
        "Quastweg 12",
        "Ostwigstraße 7",
        "rue de Quast 12",
        "12, rue Quast",
        "Quast Street 12",
    ],
)
def test_finds_addresses(text):
    assert "address" in {category for category, _ in _hits(text)}


@pytest.mark.parametrize("text", ["CA 90210", "37075 Ostwig"])
def test_finds_post_codes_with_their_towns(text):
    assert [hit for _, hit in _hits(text)] == [text]


@pytest.mark.parametrize("text", ["12 cm St", "3 views", "Step 12", "100 Hz", "Angle 12", "TE 90 ms"])
def test_measurements_are_no_addresses(text):
    assert "address" not in {category for category, _ in _hits(text)}


@pytest.mark.parametrize("text", ["STONE, LILY", "Page, Grace", "Quast,Mira B.", "Field, Hand"])
def test_two_words_with_a_comma_are_a_name_though_both_are_words(text):
    assert _hits(text) == [("name", text)]


@pytest.mark.parametrize("text", ["Chest, PA", "Abdomen, Liver", "T1, T2", "Left, Right", "Save, Exit"])
def test_terms_with_a_comma_are_no_name(text):
    assert _hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "5PM",
        "4 a.m.",
        "p.m. 8:25",
        "1955h",
        "19 h 36",
        "0149h",
        "11.34 GMT",
        "17-04 MESZ",
        "12 04 Z",
        "19.57.09.090",
        "A:28PH",
        "l1:05 AN",
    ],
)
def test_finds_times_in_other_writings(text):
    assert _hits(text) == [("time", text)]


@pytest.mark.parametrize(("text", "time"), [("Inj: 14.16", "14.16"), ("Start 03-04", "03-04"), ("scan 15.49", "15.49")])
def test_finds_times_that_a_word_announces(text, time):
    assert _hits(text) == [("time", time)]


@pytest.mark.parametrize("text", ["Inj: 2.50 ml", "Scan 15.49 mm", "5 pmol", "TE 14.16", "Start 0.5", "3 h"])
def test_measurements_are_no_times(text):
    assert _hits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1943 - 11 - 09",
        "14 - 08 - 2027",
        "32 .11 .08",
        "99,02,09",
        "2018. 9. Février",
        "2003/ 21/ AGO",
        "'99 / Julho / 26",
        "Fevereiro - 23- 1991",
        "APR 25 2O14",
        "17 maj |980",
        "Maalis/ 30/ 2018",
    ],
)
def test_finds_dates_in_other_orders_and_languages(text):
    assert [category for category, _ in _hits(text)] == ["date"]
    assert sum(len(hit) for _, hit in _hits(text)) == len(text)


@pytest.mark.parametrize(("text", "value"), [("StudyID 63", "63"), ("NIP 52", "52"), ("PatNo. 25", "25")])
def test_labels_that_mean_nothing_else_need_no_colon(text, value):
    assert _hits(text) == [("id", value)]


@pytest.mark.parametrize("text", ["P.O. Box 4180", "ul. Quast 72", "12 N Quast Rd, Ostwig 18146", "EK5 9WD Ostwig"])
def test_addresses_reach_to_the_end_of_the_line(text):
    assert "".join(hit for _, hit in _hits(text)) == text


@pytest.mark.parametrize("text", ["O'Neill, Quasta, Dr.", "Mr*Quast*Zandt", "Hr. Quast O'Neill"])
def test_titles_go_with_their_names(text):
    assert _hits(text) == [("name", text)]


def test_a_name_stands_before_a_sex_and_a_date():
    assert ("name", "Y Shei") in _hits("Y Shei   M   1911-06-27")


@pytest.mark.parametrize(
    ("text", "value"),
    [("age = /03", "/03"), ("Age = qS Y.", "qS"), ("Age: 7?", None), ("AGE: 034Y", None), ("Age: F", None),
     ("Age: 3 months", None), ("Edad: 9l", "9l"), ("Aged 9l años", "9l"), ("Aged 56 años", None),
     ("Age group", None), ("Age: Date:", None), ("image = /03", None)],
)  # fmt: skip
def test_what_may_be_an_age_over_89_is_one(text, value):
    ages = [text[span.start : span.end] for span in patterns(text) if span.category == "age"]
    assert ages[:1] == ([value] if value else [])


@pytest.mark.parametrize(("text", "age"), [("Age: 92 J", "92 J"), ("AGE 101", "101"), ("95 yrs.", "95 yrs.")])
def test_ages_lose_their_number_and_keep_their_label(text, age):
    assert _hits(text) == [("age", age)]


def test_a_term_between_numbers_is_no_month():
    assert _hits("kvp 73 mas 11") == []


@pytest.mark.parametrize(("text", "date"), [("23 MAR", "23 MAR"), ("ACQ 4-Dec", "4-Dec"), ("(9 mai)", "9 mai")])
def test_finds_a_day_and_a_month_whose_year_stands_elsewhere(text, date):
    assert [text[span.start : span.end] for span in patterns(text) if span.category == "date"] == [date]


@pytest.mark.parametrize("text", ["3 markers", "12 SET", "T1 MAR", "10 dec/s", "5 Outer"])
def test_a_number_beside_a_word_like_a_month_is_no_date(text):
    assert not [span for span in patterns(text) if span.category == "date"]


@pytest.mark.parametrize(
    ("text", "value"), [("I D: QX4411", "QX4411"), ("P T: Zorn", "Zorn"), ("D O B: 3.4.61", "3.4.61")]
)
def test_finds_what_a_label_announces_whose_letters_stand_apart(text, value):
    assert value in [text[span.start : span.end] for span in patterns(text)]
