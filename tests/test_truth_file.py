import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from deburn import Box, UsageError
from deburn.training import truth_file
from deburn.training.evaluate_truth import TruthSpan
from deburn.training.truth_file import StaleError, check_image, load_truth, path_of, read_page, save_truth, writing
from deburn.training.truth_page import LocalLine, LocalPage

SECRET = "EXAMPLE, ANNE"
# A value that must not come up in a message.
NOISE = "Q7731"
LINE = {"frame": 0, "x": 10, "y": 8, "w": 60, "h": 10, "text": SECRET, "kind": "name", "phi": [[0, 13]]}
PAGE = {
    "image": "../scans/IM1.dcm",
    "size": {"frames": 1, "rows": 96, "columns": 128},
    "revision": 1,
    "reviewed": True,
    "frame": 0,
    "listed": [0],
    "boxes": [LINE],
}


@pytest.fixture
def folder(tmp_path, write_file):
    write_file("scans/IM1.dcm", (10, 8, 70, 18))
    (tmp_path / "truth").mkdir()
    return tmp_path / "truth"


@pytest.fixture
def page(folder):
    line = LocalLine(
        box=Box(frame=0, x0=10, y0=8, x1=70, y1=18),
        text=SECRET,
        kind="name",
        phi=(TruthSpan(start=0, end=7, kind=None), TruthSpan(start=9, end=13, kind="person")),
    )
    return LocalPage(
        name="IM1.dcm",
        image=folder.parent / "scans/IM1.dcm",
        rows=96,
        columns=128,
        frame_count=1,
        frames=(0,),
        lines=(line,),
    )


def write(folder, page, name="IM1.dcm"):
    (folder / f"{name}.json").write_text(json.dumps(page))


def test_gives_back_what_was_saved(folder, page):
    bare = LocalLine(box=Box(frame=0, x0=0, y0=90, x1=9, y1=96), text=None, kind="laterality")
    doubt = replace(bare, kind=None, proposed=True, score=0.25, ignore=True, moves=True)
    page = replace(page, lines=(*page.lines, bare, doubt))
    saved = save_truth(folder, page)
    assert saved == replace(page, revision=1)
    assert load_truth(folder) == (saved,)


def test_image_is_found_when_truth_and_images_are_moved_together(folder, page, tmp_path):
    save_truth(folder, page)
    (tmp_path / "elsewhere").mkdir()
    for name in ("truth", "scans"):
        (tmp_path / name).rename(tmp_path / "elsewhere" / name)
    (moved,) = load_truth(tmp_path / "elsewhere/truth")
    assert moved.image.samefile(tmp_path / "elsewhere/scans/IM1.dcm")


def test_whether_a_line_identifies_follows_from_phi_then_from_kind(page):
    (line,) = page.lines
    assert line.identifies
    assert replace(line, phi=()).identifies is False
    bare = replace(line, text=None, phi=None)
    assert bare.identifies is True
    assert replace(bare, kind="scale").identifies is False
    assert replace(bare, kind=None).identifies is None


def test_only_the_owner_can_read_what_was_saved(folder, page):
    save_truth(folder, page)
    assert path_of(folder, "IM1.dcm").stat().st_mode & 0o077 == 0


def test_a_page_of_an_older_revision_is_not_saved(folder, page):
    first = save_truth(folder, page)
    second = save_truth(folder, replace(first, reviewed=True))
    for stale in (page, first):
        with pytest.raises(StaleError, match="saved by somebody else"):
            save_truth(folder, replace(stale, lines=()))
    assert read_page(folder, "IM1.dcm") == second


def test_a_page_that_contradicts_itself_is_not_saved(folder, page):
    saved = save_truth(folder, page)
    outside = replace(page.lines[0], box=Box(frame=0, x0=10, y0=8, x1=129, y1=18))
    with pytest.raises(UsageError, match=r"boxes\[0\]\.x"):
        save_truth(folder, replace(saved, lines=(outside,)))
    assert read_page(folder, "IM1.dcm") == saved


def test_a_full_disk_leaves_what_was_there(folder, page, monkeypatch):
    saved = save_truth(folder, page)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_truth(folder, replace(saved, reviewed=True))
    assert read_page(folder, "IM1.dcm") == saved
    assert [path.name for path in folder.iterdir()] == ["IM1.dcm.json"]


def test_a_killed_writer_leaves_a_whole_file(folder, page):
    script = (
        "import sys\nfrom pathlib import Path\nfrom deburn.training.truth_file import read_page, save_truth\n"
        "folder = Path(sys.argv[1])\npage = read_page(folder, 'IM1.dcm')\nprint('ready', flush=True)\n"
        "while True:\n    page = save_truth(folder, page)\n"
    )
    revision = save_truth(folder, page).revision
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        while read_page(folder, "IM1.dcm").revision < revision + 20:
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        saved = read_page(folder, "IM1.dcm")
        assert saved.lines == page.lines
        assert saved.revision >= revision + 20
        revision = saved.revision


def test_two_processes_do_not_write_at_once(folder, monkeypatch):
    monkeypatch.setattr("deburn.redactor.lock.PATIENCE", 0.1)
    with writing(folder), pytest.raises(UsageError, match="another process is writing there"), writing(folder):
        pass
    with writing(folder):
        pass


BROKEN = {
    "image is missing": {key: PAGE[key] for key in PAGE if key != "image"},
    "image is none; expected a path from the truth folder to the image": PAGE | {"image": ""},
    "revision is a text; expected a whole number": PAGE | {"revision": NOISE},
    "reviewed is a text; expected true or false": PAGE | {"reviewed": NOISE},
    "size.rows is less; expected 1 or more": PAGE | {"size": {"frames": 1, "rows": 0, "columns": 1}},
    "listed[0] is more; expected a frame of 1, counted from 0": PAGE | {"listed": [1]},
    "listed is a list that repeats one; expected each frame once": PAGE | {"listed": [0, 0]},
    "listed is empty; expected a frame at least in a file that was reviewed, or text_free": PAGE
    | {"listed": [], "boxes": []},
    "listed is a list; expected the one that frame names first": PAGE | {"frame": 3},
    "boxes is a list of 1; expected none: text_free says that there is no text": PAGE | {"text_free": True},
    "boxes[0].frame is another frame; expected one that the file lists in full": PAGE
    | {"boxes": [LINE | {"frame": 1}]},
    "boxes[0].x is of a box that reaches out of the image; expected a box within 0 and 128": PAGE
    | {"boxes": [LINE | {"x": 69}]},
    "boxes[0].y is of a box that reaches out of the image; expected a box within 0 and 96": PAGE
    | {"boxes": [LINE | {"y": -1}]},
    "boxes[0].w is 0 or less; expected more than 0": PAGE | {"boxes": [LINE | {"w": 0}]},
    "boxes[0].text is empty; expected null where nobody wrote the text down": PAGE | {"boxes": [LINE | {"text": " "}]},
    "boxes[0].phi[0] is a range; expected none where the text is null; kind says what it is": PAGE
    | {"boxes": [LINE | {"text": None}]},
    "boxes[0].phi[1] is none; expected a range of the text's 13 characters, after the one before": PAGE
    | {"boxes": [LINE | {"phi": [[0, 5], [4, 6]]}]},
    "boxes[0].proposed is true; expected false in a file that was reviewed": PAGE
    | {"boxes": [LINE | {"proposed": True}]},
    "boxes[0].score is none of them; expected a number in [0, 1]": PAGE | {"boxes": [LINE | {"score": 2}]},
}


@pytest.mark.parametrize("message", BROKEN)
def test_what_is_wrong_is_said_by_file_and_field_and_never_by_value(folder, message):
    write(folder, BROKEN[message])
    with pytest.raises(UsageError) as error:
        load_truth(folder)
    assert str(error.value) == f"IM1.dcm.json: {message}"


@pytest.mark.parametrize(
    "box", [LINE | {"kind": NOISE}, LINE | {"phi": [[0, 3, NOISE]]}, LINE | {"phi": [[0, 3, "scale"]]}]
)
def test_unknown_categories_are_refused(folder, box):
    write(folder, PAGE | {"boxes": [box]})
    with pytest.raises(
        UsageError, match=r"boxes\[0\]\..* is no category; expected null or one of name, person"
    ) as error:
        load_truth(folder)
    assert NOISE not in str(error.value)


def test_what_is_no_json_is_refused_by_name(folder):
    (folder / "IM1.dcm.json").write_bytes(b"{")
    with pytest.raises(UsageError, match=r"IM1\.dcm\.json: the top \(line 1\) is no JSON"):
        load_truth(folder)


def test_a_missing_image_is_named(folder, page):
    save_truth(folder, replace(page, image=folder / "IM7"))
    with pytest.raises(UsageError, match=r"IM1\.dcm\.json: image is not there"):
        load_truth(folder)
    assert len(load_truth(folder, images=False)) == 1


def test_an_image_of_another_size_is_refused(folder, page):
    with pytest.raises(UsageError, match=r"IM1\.dcm\.json: size\.rows is 97; the image has 96: this is another image"):
        check_image(replace(page, rows=97))


def test_an_image_that_is_no_dicom_is_refused(folder, page):
    page.image.write_text(NOISE)
    with pytest.raises(UsageError, match=r"IM1\.dcm\.json: image cannot be used: ") as error:
        check_image(page)
    assert NOISE not in str(error.value)


def test_two_truths_of_one_image_are_refused(folder):
    (folder / "a").mkdir()
    write(folder, PAGE)
    write(folder, PAGE, "a/IM1.dcm")
    with pytest.raises(UsageError, match=r"a/IM1\.dcm\.json: image is that of IM1\.dcm\.json too"):
        load_truth(folder)


@pytest.mark.parametrize("name", ["../IM1", "a/../../IM1", "/IM1", "", "a\0b"])
def test_no_name_leads_out_of_the_folder(folder, page, name):
    with pytest.raises(UsageError, match="leads out"):
        save_truth(folder, replace(page, name=name))
    assert not list(folder.rglob("*"))


def test_an_empty_folder_is_refused(folder, tmp_path):
    with pytest.raises(UsageError, match="truth: holds no truth file"):
        load_truth(folder)
    with pytest.raises(UsageError, match="nowhere: is no folder"):
        load_truth(tmp_path / "nowhere")


def test_text_stays_out_of_repr(page):
    assert SECRET not in repr(page)


def test_a_file_name_that_is_no_unicode_is_kept(folder, page):
    name = os.fsdecode(b"IM\xff")
    page.image.rename(page.image.with_name(name))
    saved = save_truth(folder, replace(page, name=name, image=page.image.with_name(name)))
    assert truth_file.load_truth(folder) == (saved,)
