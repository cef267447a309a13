import socket

import fakes
import pytest

from deburn import MissingExtraError, UsageError
from deburn.training import review


@pytest.fixture
def command(monkeypatch, tmp_path, write_file):
    """Run the command on a folder of one image; nothing is served unless the test says so."""
    write_file("in/IM1")
    monkeypatch.setattr(review, "open_runner", fakes.open_fake)
    monkeypatch.setattr(review, "_serve", lambda session, port, *, browse: None)
    return lambda *options, folder="in": review.main([str(tmp_path / folder), *map(str, options)])


def test_truth_goes_beside_the_folder_unless_it_is_said_where(command, tmp_path):
    assert command() == 0
    assert (tmp_path / "in-truth").is_dir()
    assert command("--truth", tmp_path / "a/b") == 0
    assert (tmp_path / "a/b").is_dir()


def test_nothing_is_written_beside_the_images(command, tmp_path):
    before = sorted((tmp_path / "in").rglob("*"))
    with pytest.raises(UsageError, match="--truth lies inside of FOLDER"):
        command("--truth", tmp_path / "in/truth")
    command()
    assert sorted((tmp_path / "in").rglob("*")) == before


def test_an_empty_folder_is_refused(command, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="empty: holds no file"):
        command(folder="empty")


def test_without_flask_the_pip_command_is_named(command, monkeypatch):
    monkeypatch.setattr(review, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'deburn\[review\]'"):
        command()


def test_a_port_that_is_taken_is_refused(monkeypatch, tmp_path, write_file):
    pytest.importorskip("flask", reason="the page needs the extra review")
    write_file("in/IM1")
    monkeypatch.setattr(review, "open_runner", fakes.open_fake)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} cannot be used"):
            review.main([str(tmp_path / "in"), "--no-browser", "--port", str(port)])


def test_a_browser_is_opened_on_this_machine_s_own_address(monkeypatch, tmp_path, write_file, capsys):
    pytest.importorskip("flask", reason="the page needs the extra review")
    write_file("in/IM1")
    opened = []

    def browse(address):
        opened.append(address)
        raise KeyboardInterrupt

    monkeypatch.setattr(review, "open_runner", fakes.open_fake)
    monkeypatch.setattr(review.webbrowser, "open", browse)
    assert review.main([str(tmp_path / "in")]) == 0
    (address,) = opened
    assert address.startswith("http://127.0.0.1:")
    assert len(address.split("/")[3]) >= 43  # 256 bits
    assert address in capsys.readouterr().out
