import importlib.util
import json
import signal
import subprocess
import sys
from pathlib import Path

import fakes
import pydicom
import pytest

from deburn.redactor import cli, training_commands
from deburn.training import evaluate, evaluate_run

NAME, LATERALITY = (10, 8, 70, 18), (10, 30, 14, 44)
# The truth's text is not what the fake network reads: neither may come up anywhere.
SECRET = "EXAMPLE^A"


class InProcess:
    """Does the work of a crew without its processes, which take seconds to start; `Crew` has tests of its own."""

    def __init__(self, hire, *, count, patience):
        self._hire = hire

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def each(self, tasks):
        do = self._hire()
        return [(task, do(task)) for task in tasks]


@pytest.fixture
def in_process(monkeypatch, fake_runner):
    monkeypatch.setattr(evaluate_run, "Crew", InProcess)


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command line as the shell does; gives exit status, standard output and error."""
    monkeypatch.setattr(evaluate, "open_runner", fakes.open_fake)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["deburn", "evaluate", *map(str, arguments)])
        try:
            cli.main()
        except SystemExit as end:
            status = end.code
        told = capsys.readouterr()
        assert SECRET not in told.out + told.err
        assert fakes.NAME not in told.out + told.err
        return status, told.out, told.err

    return run


@pytest.fixture
def sets(tmp_path, write_file):
    """Two images with a name and a marker, one without text, and their truth; gives both folders."""
    for name in ("IM1.dcm", "a/IM2.dcm"):
        write_file(f"in/{name}", NAME, LATERALITY)
    write_file("in/IM3.dcm")
    boxes = [
        line(NAME, SECRET, "name", [[0, 9]]),
        line(LATERALITY, "L", "laterality", []),
    ]
    (tmp_path / "truth/a").mkdir(parents=True)
    for name in ("IM1", "a/IM2"):
        (tmp_path / f"truth/{name}.json").write_text(json.dumps({"frame": 0, "boxes": boxes}))
    (tmp_path / "truth/IM3.json").write_text(json.dumps({"frame": 0, "boxes": []}))
    return tmp_path / "truth", tmp_path / "in"


def line(box, text, kind, phi):
    x0, y0, x1, y1 = box
    # The margin gives the measure a ground to see strokes on.
    return {"x": x0 - 1, "y": y0 - 1, "w": x1 - x0 + 2, "h": y1 - y0 + 2, "text": text, "kind": kind, "phi": phi}


def redact(originals, output, *, miss=()):
    """What another tool may have made of the images: names masked, but for those to miss."""
    for path in originals.rglob("*.dcm"):
        name = path.relative_to(originals)
        dataset = pydicom.dcmread(path)
        pixels = dataset.pixel_array.copy()
        if str(name) not in miss and "IM3" not in str(name):
            x0, y0, x1, y1 = NAME
            pixels[y0 - 2 : y1 + 2, x0 - 2 : x1 + 2] = 0
        dataset.PixelData = pixels.tobytes()
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        dataset.save_as(output / name, enforce_file_format=True)


@pytest.mark.usefixtures("in_process")
def test_redacted_files_are_measured_by_their_pixels(command, sets, tmp_path):
    truth, originals = sets
    redact(originals, tmp_path / "out", miss={"a/IM2.dcm"})
    status, out, err = command(truth, originals, tmp_path / "out", "--json", tmp_path / "e.json")
    assert (status, err) == (0, "")
    record = json.loads((tmp_path / "e.json").read_text())
    measures = record["measures"]
    assert (measures["phi_removed"]["hits"], measures["phi_removed"]["total"]) == (1, 2)
    assert (measures["others_kept"]["hits"], measures["others_kept"]["total"]) == (2, 2)
    assert measures["recall"]["total"] == 0  # findings are not known
    assert [file["path"] for file in record["files"]] == ["IM1.dcm", "IM3.dcm", "a/IM2.dcm"]
    assert "50.0%" in out


@pytest.mark.usefixtures("in_process")
def test_without_redacted_files_deburn_is_run_and_its_findings_are_measured(command, sets, tmp_path):
    truth, originals = sets
    before = {path: path.read_bytes() for path in originals.rglob("*.dcm")}
    status, out, _ = command(truth, originals, "--json", tmp_path / "e.json")
    assert status == 0
    measures = json.loads((tmp_path / "e.json").read_text())["measures"]
    for figure in ("phi_removed", "recall", "precision", "others_kept"):
        assert (measures[figure]["hits"], measures[figure]["total"]) == (2, 2), figure
    assert measures["text_free_touched"]["hits"] == 0
    assert "modality" in out
    assert {path: path.read_bytes() for path in originals.rglob("*.dcm")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.json", "in", "truth"]


@pytest.mark.usefixtures("in_process")
def test_the_policy_is_the_one_that_was_named(command, sets, tmp_path):
    truth, originals = sets
    command(truth, originals, "--policy", "text", "--json", tmp_path / "e.json")
    measures = json.loads((tmp_path / "e.json").read_text())["measures"]
    assert measures["others_kept"]["hits"] == 0


@pytest.mark.usefixtures("in_process")
def test_every_result_file_is_written_and_holds_no_text(command, sets, tmp_path):
    truth, originals = sets
    options = []
    for option in ("json", "html", "markdown", "write-coco", "write-presidio"):
        options += [f"--{option}", tmp_path / f"out-{option}"]
    assert command(truth, originals, *options)[0] == 0
    written = [path for path in tmp_path.glob("out-*/**/*") if path.is_file()]
    written += [path for path in tmp_path.glob("out-*") if path.is_file()]
    assert sorted(str(path.relative_to(tmp_path)) for path in written) == [
        "out-html",
        "out-json",
        "out-markdown",
        "out-write-coco/instances.json",
        "out-write-coco/results.json",
        "out-write-presidio/boxes/IM1.dcm.json",
        "out-write-presidio/boxes/IM3.dcm.json",
        "out-write-presidio/boxes/a/IM2.dcm.json",
        "out-write-presidio/ground_truth.json",
    ]
    for path in written:
        text = path.read_text()
        assert SECRET not in text
        assert fakes.NAME not in text


@pytest.mark.usefixtures("in_process")
def test_text_is_written_only_where_it_was_asked_for(command, sets, tmp_path):
    truth, originals = sets
    places = ("--json", tmp_path / "e.json", "--write-coco", tmp_path / "c", "--write-presidio", tmp_path / "p")
    command(truth, originals, *places, "--show-text")
    for path in (tmp_path / "e.json", tmp_path / "c/instances.json", tmp_path / "p/ground_truth.json"):
        assert SECRET in path.read_text()


@pytest.mark.usefixtures("in_process")
def test_presidio_s_truth_that_was_written_measures_the_same(command, sets, tmp_path):
    truth, originals = sets
    command(truth, originals, "--write-presidio", tmp_path / "p")
    status, out, _ = command(tmp_path / "p/ground_truth.json", originals, "--json", tmp_path / "e.json")
    assert status == 0
    measures = json.loads((tmp_path / "e.json").read_text())["measures"]
    assert (measures["phi_removed"]["hits"], measures["phi_removed"]["total"]) == (2, 2)
    assert measures["others_kept"] is None
    assert "identifying text only" in out


@pytest.mark.usefixtures("in_process")
def test_exit_status_is_1_when_a_file_could_not_be_measured(command, sets, tmp_path):
    truth, originals = sets
    redact(originals, tmp_path / "out")
    (tmp_path / "out/IM1.dcm").unlink()
    status, out, _ = command(truth, originals, tmp_path / "out")
    assert status == 1
    assert "not measured: IM1.dcm: there is no redacted file of this name" in out


@pytest.mark.usefixtures("in_process")
def test_a_redacted_file_of_another_shape_or_none_at_all_is_not_measured(command, sets, tmp_path, write_file):
    truth, originals = sets
    redact(originals, tmp_path / "out")
    (tmp_path / "out/IM1.dcm").write_text("no DICOM")
    write_file("out/IM3.dcm", Rows=48)
    status, out, _ = command(truth, originals, tmp_path / "out")
    assert status == 1
    assert "IM1.dcm: cannot be decoded" in out
    assert "IM3.dcm: the frame is (48, 128) after redaction; expected (96, 128)" in out


def test_a_file_that_crashes_its_worker_is_not_measured_and_the_others_are(command, sets, write_file):
    truth, originals = sets
    write_file("in/IM3.dcm", first=fakes.CRASH)
    status, out, _ = command(truth, originals, "--workers", "1")
    assert status == 1
    assert "not measured: IM3.dcm: processing ended by signal SIGABRT" in out
    assert "(1/2)" not in out
    assert "2/3" in out


@pytest.mark.usefixtures("in_process")
def test_calibrating_picks_thresholds_and_states_the_risk(command, sets, tmp_path):
    truth, originals = sets
    status, out, _ = command(
        truth, originals, "--calibrate", "--recall", "0.9", "--write-policy", tmp_path / "ours.toml",
        "--json", tmp_path / "c.json", "--threshold", "read",
    )  # fmt: skip
    assert status == 1  # two spans show nothing
    assert "NOT SHOWN: it takes 29 spans without a miss" in out
    assert "Residual risk in 1,000 images" in out
    assert json.loads((tmp_path / "c.json").read_text())["sample"] == {"images": 3, "subjects": 1, "spans": 2}
    from deburn import load_policy

    assert load_policy(tmp_path / "ours.toml").mode == "phi"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--recall", "0.9"], "--recall needs --calibrate"),
        (["--write-policy", "x"], "--write-policy needs --calibrate"),
        (["--show-text"], "--show-text needs --json, --write-coco or --write-presidio"),
        (["--calibrate", "--html", "x.html"], "with --calibrate only --json and --write-policy are written"),
        (["--calibrate", "--policy", "text"], "masks all text: there is no threshold to pick"),
        (["--split", "dev"], "--split needs an index"),
        (["--format", "presidio"], "truth: cannot be read: Is a directory"),
        (["--json", "x", "--html", "x"], "two results have the same name"),
        (["--calibrate", "--all-frames"], "--all-frames does not go with --calibrate"),
        (["OUT", "--no-header"], "--no-header is for running deburn"),
        (["--json", "missing/e.json"], "the folder of e.json does not exist"),
        (["--json", "TRUTH"], "truth is there already"),
        (["--write-coco", "TRUTH"], "truth is no empty folder"),
        (["--policy", "none"], "no policy 'none'"),
        (["--threshold", "suspect", "--calibrate"], "is the classifier's, and the model package has none"),
        (["OUT", "--policy", "phi"], "--policy is for running deburn"),
        (["OUT", "--calibrate"], "--calibrate is for running deburn"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_status_2(command, sets, tmp_path, monkeypatch, options, message):
    truth, originals = sets
    from types import SimpleNamespace

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(evaluate, "load_spec", lambda model: SimpleNamespace(classifier=None))
    (tmp_path / "out").mkdir()
    places = {"TRUTH": truth, "OUT": tmp_path / "out"}
    status, out, err = command(truth, originals, *(places.get(option, option) for option in options))
    assert (status, out) == (2, "")
    assert err.startswith("Error: ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("in_process")
def test_an_interrupted_run_writes_nothing(command, sets, tmp_path, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    truth, originals = sets
    monkeypatch.setattr(evaluate_run, "score_task", interrupt)
    status, out, err = command(truth, originals, "--json", tmp_path / "e.json")
    assert (status, out) == (130, "")
    assert err.strip() == "Interrupted before the results were complete."
    assert not (tmp_path / "e.json").exists()


def test_images_that_the_truth_is_not_about_are_refused(command, sets, tmp_path):
    truth, _ = sets
    (tmp_path / "empty").mkdir()
    status, _, err = command(truth, tmp_path / "empty")
    assert (status, err) == (2, "Error: none of the files that the truth names is in ORIGINALS\n")


def test_a_name_that_fits_two_files_is_refused(command, sets, tmp_path, write_file):
    truth, originals = sets
    (truth / "IM9.json").write_text('{"boxes": []}')
    write_file("in/x/IM9.dcm")
    write_file("in/y/IM9.dcm")
    status, _, err = command(truth, originals)
    assert status == 2
    assert "fits several files" in err


def test_a_file_that_the_truth_names_twice_is_refused(command, sets):
    truth, originals = sets
    (truth / "IM1.dcm.json").write_text('{"boxes": []}')
    status, _, err = command(truth, originals)
    assert (status, err) == (2, "Error: the truth names a file of ORIGINALS twice\n")


@pytest.mark.usefixtures("in_process")
def test_results_that_are_there_are_replaced_only_with_overwrite(command, sets, tmp_path):
    truth, originals = sets
    (tmp_path / "e.json").write_text("mine")
    assert command(truth, originals, "--json", tmp_path / "e.json")[0] == 2
    assert (tmp_path / "e.json").read_text() == "mine"
    assert command(truth, originals, "--json", tmp_path / "e.json", "--overwrite")[0] == 0
    assert json.loads((tmp_path / "e.json").read_text())["kind"] == "evaluation"


def test_evaluating_needs_no_torch(monkeypatch, command, sets):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(training_commands, "find_spec", lambda name: None if name == "torch" else find_spec(name))
    status, out, _ = command("--help")
    assert status == 0
    assert "--calibrate" in out
    script = "import sys, deburn.training.evaluate; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"torch", "torchvision", "transformers", "onnx"}


def test_documentation_names_every_option(command):
    page = (Path(__file__).parents[1] / "docs/evaluating.md").read_text(encoding="utf-8")
    for option in evaluate.evaluate.params:
        for name in option.opts:
            if name.startswith("--"):
                assert f"`{name}" in page, name


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("redacted", [True, False])
def test_all_frames_are_judged_where_asked_for(command, tmp_path, write_file, redacted):
    write_file("in/IM1.dcm", NAME, frames=3)
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth/IM1.json").write_text(json.dumps({"boxes": [line(NAME, SECRET, "name", [[0, 9]])]}))
    places = [tmp_path / "truth", tmp_path / "in"]
    if redacted:  # the middle frame alone is masked
        dataset = pydicom.dcmread(tmp_path / "in/IM1.dcm")
        pixels = dataset.pixel_array.copy()
        pixels[1] = 0
        dataset.PixelData = pixels.tobytes()
        (tmp_path / "out").mkdir()
        dataset.save_as(tmp_path / "out/IM1.dcm", enforce_file_format=True)
        places.append(tmp_path / "out")
    gone = []
    for options in ([], ["--all-frames"]):
        assert command(*places, *options, "--json", tmp_path / "e.json", "--overwrite")[0] == 0
        gone.append(json.loads((tmp_path / "e.json").read_text())["measures"]["phi_removed"]["hits"])
    assert gone == ([1, 0] if redacted else [1, 1])
