import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlsplit

import numpy as np
import pytest

from deburn import Box
from deburn.training.review_propose import Proposal
from deburn.training.review_session import Session
from deburn.training.truth_file import load_truth, read_page, save_truth
from deburn.training.truth_page import LocalLine

pytest.importorskip("flask", reason="the page needs the extra review")

from deburn.training.review_app import create_app

SECRET, NOISE = "EXAMPLE, ANNE", "Q7731"
TOKEN = "a-token-that-nobody-knows"
BOX = {"frame": 0, "x": 10, "y": 8, "w": 60, "h": 10, "text": SECRET, "kind": "name", "phi": [[0, 13]]}
LINE = LocalLine(box=Box(frame=0, x0=10, y0=8, x1=70, y1=18), text=SECRET, kind="name", proposed=True, score=0.75)


def propose(source, frame):
    """What the networks might say: one line, on the frame that they are asked about."""
    unsure = {"IM1": 0.1, "IM2": 0.9}.get(source.path.name, 0.0)
    return Proposal(lines=(replace(LINE, box=replace(LINE.box, frame=frame)),), unsure=unsure)


@pytest.fixture
def truth(tmp_path):
    (tmp_path / "truth").mkdir()
    return tmp_path / "truth"


@pytest.fixture
def session(tmp_path, write_file, truth):
    write_file("in/IM1", (10, 8, 70, 18))
    write_file("in/IM2", (10, 8, 70, 18), frames=3)
    (tmp_path / "in/notes.txt").write_text(NOISE)
    session = Session(tmp_path / "in", truth, propose)
    session.examine_all(Event())
    return session


@pytest.fixture
def ask(session):
    """Ask the server; gives status and body, decoded where it is JSON."""
    client = create_app(session, TOKEN).test_client()

    def ask(method, path, body=None, *, token=TOKEN, **more):
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        answer = client.open(f"/{token}/{path}", method=method, **more)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return answer.status_code, answer.get_json() if answer.is_json else answer.data

    return ask


def test_lists_images_and_how_unsure_the_networks_are(ask):
    status, listed = ask("GET", "api/images")
    assert status == 200
    assert [(image["name"], image["state"], image.get("unsure")) for image in listed["images"]] == [
        ("IM1", "open", 0.1),
        ("IM2", "open", 0.9),
        ("notes.txt", "refused", None),
    ]
    assert NOISE not in json.dumps(listed)
    assert SECRET not in json.dumps(listed)
    assert "name" in listed["identifying"]


def test_proposals_are_of_the_middle_frame_and_nothing_is_saved_yet(ask, truth):
    status, page = ask("GET", "api/images/1")
    assert (status, page["frame"], page["listed"], page["revision"], page["reviewed"]) == (200, 1, [1], 0, False)
    assert page["boxes"] == [{**BOX, "frame": 1, "phi": None, "proposed": True, "score": 0.75}]
    assert not list(truth.iterdir())


def test_what_is_said_is_on_the_disk_before_it_is_answered(ask, truth):
    _, page = ask("GET", "api/images/0")
    status, saved = ask("PUT", "api/images/0", page | {"boxes": [BOX], "reviewed": True})
    assert (status, saved["revision"], saved["boxes"]) == (200, 1, [BOX])
    (kept,) = load_truth(truth)
    assert (kept.name, kept.reviewed, kept.lines[0].text) == ("IM1", True, SECRET)
    assert ask("GET", "api/images/0")[1] == saved
    assert ask("GET", "api/images")[1]["images"][0]["state"] == "reviewed"


def test_what_was_said_is_there_after_a_new_start(ask, session, tmp_path, truth):
    _, page = ask("GET", "api/images/0")
    ask("PUT", "api/images/0", page | {"boxes": [BOX]})
    again = Session(tmp_path / "in", truth, propose)
    assert again.page(0) == session.page(0)
    assert again.page(0).revision == 1


def test_reviewed_without_a_line_is_an_image_without_text(ask):
    for number, text_free in ((0, True), (1, False)):  # of the second one, two frames were not looked at
        _, page = ask("GET", f"api/images/{number}")
        _, saved = ask("PUT", f"api/images/{number}", page | {"boxes": [], "reviewed": True})
        assert saved["text_free"] is text_free


def test_a_second_window_gets_a_conflict_and_nothing_is_lost(ask, truth):
    _, page = ask("GET", "api/images/0")
    _, first = ask("PUT", "api/images/0", page | {"boxes": [BOX]})
    status, answer = ask("PUT", "api/images/0", page | {"boxes": []})
    assert (status, "somebody else" in answer["error"]) == (409, True)
    assert ask("GET", "api/images/0")[1] == first
    assert len(read_page(truth, "IM1").lines) == 1


def test_a_file_that_another_process_changed_is_not_written_over(ask, session, truth):
    _, page = ask("GET", "api/images/0")
    ask("PUT", "api/images/0", page | {"boxes": [BOX]})
    other = save_truth(truth, replace(session.page(0), reviewed=True))
    assert ask("PUT", "api/images/0", page | {"boxes": [], "revision": 1})[0] == 409
    assert read_page(truth, "IM1") == other
    assert ask("GET", "api/images/0")[1]["reviewed"]  # what is loaded again is what is there


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"boxes": [BOX | {"x": 100}]}, "boxes[0].x is of a box that reaches out of the image"),
        ({"boxes": [BOX | {"kind": NOISE}]}, "boxes[0].kind is no category"),
        ({"boxes": NOISE}, "boxes is a text; expected a list"),
        ({"listed": [9]}, "listed[0] is more"),
        ({"revision": NOISE}, "revision is a text"),
        ({"text_free": True, "boxes": [BOX]}, "text_free says that there is no text"),
    ],
)
def test_what_contradicts_itself_is_not_saved(ask, truth, change, message):
    _, page = ask("GET", "api/images/0")
    status, answer = ask("PUT", "api/images/0", page | change)
    assert status == 400
    assert message in answer["error"]
    assert NOISE not in answer["error"]
    assert not list(truth.iterdir())


def test_size_and_image_are_not_for_the_page_to_say(ask, tmp_path):
    _, page = ask("GET", "api/images/0")
    size = {"frames": 9, "rows": 9999, "columns": 9999}
    status, saved = ask("PUT", "api/images/0", page | {"size": size, "image": "../../elsewhere", "boxes": []})
    assert (status, saved["size"]) == (200, page["size"])
    assert load_truth(tmp_path / "truth")[0].image.samefile(tmp_path / "in/IM1")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_page_is_refused(ask, body):
    status, answer = ask("PUT", "api/images/0", data=body, content_type="application/json")
    assert status == 400
    assert "what was sent" in answer["error"] or "IM1" in answer["error"]


def test_other_types_and_huge_bodies_are_refused(ask):
    assert ask("PUT", "api/images/0", data=b"{}", content_type="text/plain")[0] == 415
    assert ask("PUT", "api/images/0", data=b" " * (5 << 20), content_type="application/json")[0] == 413


@pytest.mark.parametrize("path", ["", "main.js", "api/images", "api/images/0", "api/images/0/frames/0"])
@pytest.mark.parametrize("token", ["x", TOKEN[:-1], TOKEN + "x", "é", "%00"])
def test_without_the_token_there_is_nothing(ask, path, token):
    status, answer = ask("GET", path, token=token)
    assert status == 404
    assert answer == {"error": "Not Found"}


def test_without_the_token_nothing_is_saved(ask, truth):
    _, page = ask("GET", "api/images/0")
    assert ask("PUT", "api/images/0", page, token="x")[0] == 404
    assert not list(truth.iterdir())


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org", "[::1]", "0.0.0.0"])
def test_other_hosts_are_refused(ask, host):
    assert ask("GET", "api/images", headers={"Host": host})[0] == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "localhost:9"])
def test_this_machine_s_own_names_are_not(ask, host):
    assert ask("GET", "api/images", headers={"Host": host})[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "../review.py",
        "..%2freview.py",
        "%2e%2e/review.py",
        "/etc/passwd",
        "api/images/../../review.py",
        "api/images/-1",
        "api/images/99",
        "api/images/0/frames/..%2f",
        "nothing.js",
    ],
)
def test_no_path_leads_out_of_the_page(ask, path):
    assert ask("GET", path)[0] == 404


def test_frames_are_sent_at_native_depth(session, write_file, truth, tmp_path):
    values = np.arange(96 * 128, dtype=np.uint16).reshape(1, 96, 128) % 4096
    header = {"BitsAllocated": 16, "BitsStored": 12, "HighBit": 11, "PixelData": values.tobytes()}
    write_file("deep/IM1", **header)
    client = create_app(Session(tmp_path / "deep", truth, propose), TOKEN).test_client()
    answer = client.get(f"/{TOKEN}/api/images/0/frames/0")
    facts = json.loads(answer.headers["X-Frame"])
    sent = np.frombuffer(answer.data, "<u2").reshape(96, 128)
    np.testing.assert_array_equal(sent * facts["step"] + facts["offset"], values[0])
    assert 0 <= facts["low"] < facts["high"] <= 4095
    assert facts["dark"] is False


def test_an_image_is_shown_before_the_networks_have_looked_at_it(tmp_path, write_file, truth):
    write_file("new/IM1", frames=3)
    session = Session(tmp_path / "new", truth, propose)
    answer = create_app(session, TOKEN).test_client().get(f"/{TOKEN}/api/images/0/frames/middle")
    facts = json.loads(answer.headers["X-Frame"])
    assert (facts["frame"], facts["rows"], facts["columns"]) == (1, 96, 128)
    assert [standing for _, _, standing in session.standings()] == [None]


def test_who_asks_for_an_image_does_not_wait_for_all_others(tmp_path, write_file, truth):
    for number in range(6):
        write_file(f"new/IM{number}")
    looked, begun, go_on = [], Event(), Event()

    def slowly(source, frame):
        looked.append(source.path.name)
        begun.set()
        go_on.wait(30)
        return propose(source, frame)

    session = Session(tmp_path / "new", truth, slowly)
    threads = [Thread(target=session.examine_all, args=(Event(),)), Thread(target=session.page, args=(5,))]
    threads[0].start()
    assert begun.wait(30)
    threads[1].start()
    while not session._asked:
        assert threads[1].is_alive()
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert looked[:2] == ["IM0", "IM5"]
    assert sorted(looked) == [f"IM{number}" for number in range(6)]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path, write_file, truth):
    write_file("elsewhere/IM1")
    (tmp_path / "new").mkdir()
    (tmp_path / "new/IM1").symlink_to(tmp_path / "elsewhere/IM1")
    client = create_app(Session(tmp_path / "new", truth, propose), TOKEN).test_client()
    for path in ("", "/frames/0", "/frames/middle"):
        assert client.get(f"/{TOKEN}/api/images/0{path}").status_code == 400


def test_a_frame_that_does_not_exist_is_refused(ask):
    status, answer = ask("GET", "api/images/1/frames/3")
    assert (status, answer["error"]) == (400, "frame 3 does not exist; the image has 3, counted from 0")


def test_text_of_another_frame_is_found_on_request(ask, truth):
    status, answer = ask("POST", "api/images/1/frames/2/proposal")
    assert (status, [box["frame"] for box in answer["boxes"]]) == (200, [2])
    assert not list(truth.iterdir())


def test_an_image_that_was_taken_away_is_said_to_be(ask, tmp_path):
    (tmp_path / "in/IM1").unlink()
    status, answer = ask("GET", "api/images/0/frames/0")
    assert status >= 400
    assert answer["error"]


def test_a_full_disk_is_said_and_what_was_saved_stays(ask, truth, monkeypatch):
    _, page = ask("GET", "api/images/0")
    _, saved = ask("PUT", "api/images/0", page | {"boxes": [BOX]})

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    status, answer = ask("PUT", "api/images/0", saved | {"boxes": []})
    assert (status, answer["error"]) == (507, "No space left on device")
    assert len(read_page(truth, "IM1").lines) == 1
    monkeypatch.undo()
    assert ask("PUT", "api/images/0", saved | {"boxes": []})[0] == 200


def test_a_broken_truth_file_is_named_and_left_alone(ask, session, truth, tmp_path):
    (truth / "IM1.json").write_text("{")
    again = Session(tmp_path / "in", truth, propose)
    again.examine_all(Event())
    client = create_app(again, TOKEN).test_client()
    (first, *_) = client.get(f"/{TOKEN}/api/images").get_json()["images"]
    assert (first["state"], "IM1.json" in first["reason"]) == ("refused", True)
    assert client.put(f"/{TOKEN}/api/images/0", json={"boxes": []}).status_code == 400
    assert (truth / "IM1.json").read_text() == "{"


def test_an_unforeseen_error_is_told_by_its_type_alone(tmp_path, write_file, truth, caplog, capfd):
    def fail(source, frame):
        raise ValueError(f"a message that quotes {SECRET}")

    write_file("one/IM1")
    session = Session(tmp_path / "one", truth, fail)
    client = create_app(session, TOKEN).test_client()
    status = client.get(f"/{TOKEN}/api/images/0")
    assert "ValueError" in status.get_json()["error"]
    assert SECRET not in status.text + caplog.text + "".join(capfd.readouterr())


@pytest.fixture
def started(tmp_path, write_file):
    """Start the command itself; gives a function that does, and everything is ended afterwards."""
    write_file("in/IM1", (10, 8, 70, 18))
    processes = []

    def start():
        command = [sys.executable, "-c", "import sys; from deburn.redactor.cli import main; main()"]
        process = subprocess.Popen(
            [*command, "review", "in", "--no-browser", "--device", "cpu"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        address = None
        while address is None:
            line = process.stdout.readline()
            assert line, "the server ended before it told its address"
            address = re.search(r"http://\S+", line)
        return process, urlsplit(address.group())

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def call(place, method, path, body=None):
    connection = HTTPConnection(place.hostname, place.port, timeout=60)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, place.path + path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, json.loads(content)


def test_a_killed_server_loses_nothing(started, tmp_path):
    process, place = started()
    assert place.hostname == "127.0.0.1"
    _, page = call(place, "GET", "api/images/0")
    for revision in range(1, 6):
        status, page = call(place, "PUT", "api/images/0", page | {"boxes": [BOX] * revision})
        assert (status, page["revision"]) == (200, revision)
    process.send_signal(signal.SIGKILL)
    process.wait()
    _, again = started()
    assert again.path != place.path  # another token
    assert call(again, "GET", "api/images/0") == (200, page)
    assert [path.name for path in (tmp_path / "in-truth").glob("*.json")] == ["IM1.json"]


def test_two_servers_do_not_share_a_truth_folder_and_one_ends_in_peace(started, tmp_path):
    process, place = started()
    second = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from deburn.redactor.cli import main; main()",
            "review",
            "in",
            "--no-browser",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 2
    assert "another process is writing there" in second.stderr
    call(place, "GET", "api/images")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    told = process.stdout.read()
    assert place.path.strip("/") not in told  # no log of requests
    assert "Traceback" not in told
