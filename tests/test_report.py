import base64
import json
import re

import fakes
import imagecodecs
import pytest

from deburn import Policy
from deburn.redactor import report as report_module
from deburn.redactor.engine import Workforce
from deburn.redactor.job import Orders
from deburn.redactor.run import redact_folder

NAME = (10, 8, 70, 18)


class Silent:
    def begin(self, files, size):
        pass

    def file(self, line, size, summary):
        pass


@pytest.fixture
def page(tmp_path, write_file):
    """A run with a report; gives a function that returns the page."""

    def run():
        orders = Orders(policy=Policy(), open_runner=fakes.open_fake, output=tmp_path / "out", pictures=True)
        redact_folder(
            [tmp_path / "in"],
            orders=orders,
            workforce=Workforce(workers=1),
            overwrite=False,
            report=True,
            watcher=Silent(),
        )
        return (tmp_path / "out/report.html").read_text(encoding="utf-8")

    return run


def test_needs_nothing_from_anywhere(page, write_file):
    write_file("in/IM1", NAME)
    html = page()
    assert not re.search(r"""(?:src|href)=(?!"data:image/png;)""", html)
    assert not re.search(r"@import|url\(|<script|https?:", html)
    assert "default-src 'none'" in html


def test_shows_the_redacted_image_with_its_masks_outlined(page, write_file):
    write_file("in/IM1", NAME)
    (encoded,) = re.findall(r'src="data:image/png;base64,([^"]+)"', page())
    picture = imagecodecs.png_decode(base64.b64decode(encoded))
    assert picture.shape == (96, 128, 3)
    assert picture[5, 7:73].tolist() == [[255, 140, 0]] * 66
    assert not picture[6:20, 8:72].any()


def test_lists_every_file_once_where_it_belongs(page, write_file, tmp_path):
    write_file("in/IM1", NAME)
    write_file("in/IM2")
    (tmp_path / "in/notes").write_text("no DICOM")
    html = page()
    redacted, rest = html.split("<h2>Quarantined</h2>")
    refused, delivered = rest.split("<h2>Delivered files</h2>")
    assert "notes" in refused
    assert "notes" not in redacted + delivered
    assert "IM1" in redacted
    assert "IM1" in delivered
    assert "IM2" in delivered
    assert "fake-v1" in html


def test_holds_no_text_and_no_header_values(page, write_file):
    write_file("in/IM1", NAME)
    html = page().upper()
    assert "EXAMPLE" not in html
    assert "TEST-0001" not in html


def test_a_file_name_is_no_markup(page, write_file):
    write_file("in/<b>&IM1", NAME)
    html = page()
    assert "<b>&IM1" not in html
    assert "&lt;b&gt;&amp;IM1" in html


def test_a_page_of_many_files_stays_small(page, write_file, monkeypatch):
    monkeypatch.setattr(report_module, "MOST_PICTURES", 2)
    for number in range(4):
        write_file(f"in/{number}", NAME)
    html = page()
    assert html.count("<img") == 2
    assert "The first 2 of 4." in html


def test_says_why_each_text_is_masked_and_which_element_matched(page, write_file, tmp_path):
    write_file("in/IM1", NAME)
    html = page()
    assert "<b>name</b>: matches the header, <code>(0010,0010) PatientName</code>" in html
    (line, *_) = map(json.loads, (tmp_path / "out/manifest.jsonl").read_text().splitlines())
    (why,) = line["why"]
    assert (why["category"], why["reason"], why["element"]) == (
        "name",
        "matches the header",
        "(0010,0010) PatientName",
    )
    assert why["box"] == [0, *NAME]
    assert 0.9 < why["score"] <= 1
