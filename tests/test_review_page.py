"""The page itself, in a real browser."""

import re
import shutil
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from test_review_app import SECRET, TOKEN, propose

from deburn.training.review_session import Session
from deburn.training.truth_file import load_truth

pytest.importorskip("flask", reason="the page needs the extra review")

from deburn.training.review_app import create_app
from deburn.training.review_server import open_server

sync_api = pytest.importorskip("playwright.sync_api", reason="a browser is driven by playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")
# Of a loaded machine; in milliseconds.
PATIENCE = 30_000


@contextmanager
def serving(session, port=0):
    """A server in a thread of its own; gives the page's address."""
    with open_server(create_app(session, TOKEN), port) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}/{TOKEN}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        # Containers have no user namespaces; nothing but our own page is shown.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def session(tmp_path, write_file):
    write_file("in/IM1", (10, 8, 70, 18))
    write_file("in/IM2", (10, 8, 70, 18), frames=3)
    (tmp_path / "truth").mkdir()
    session = Session(tmp_path / "in", tmp_path / "truth", propose)
    session.examine_all(Event())
    return session


@pytest.fixture
def window(browser):
    """Open windows on an address; what they complain of, or ask of anybody else, fails the test."""
    wrong, pages = [], []

    def open_window(address):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: request.url.startswith(address) or wrong.append(request.url))
        page.goto(address)
        ready(page)
        return page

    yield open_window
    for page in pages:
        page.close(run_before_unload=False)
    assert not wrong


def ready(page, name="IM2"):
    sync_api.expect(page.locator("#name")).to_have_text(name, timeout=PATIENCE)
    sync_api.expect(page.locator("#boxes [data-index='0']")).to_be_attached(timeout=PATIENCE)


def saved(page):
    sync_api.expect(page.locator("#saved")).to_have_text("All saved", timeout=PATIENCE)


def on_screen(page, x, y):
    """Give where a pixel of the image is on the screen."""
    moved = page.locator("#boxes > g").get_attribute("transform")
    left, top, scale = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", moved))
    stage = page.locator("#stage").bounding_box()
    return stage["x"] + left + x * scale, stage["y"] + top + y * scale


def drag(page, start, end):
    page.mouse.move(*on_screen(page, *start))
    page.mouse.down()
    page.mouse.move(*on_screen(page, *((a + b) / 2 for a, b in zip(start, end, strict=True))))
    page.mouse.move(*on_screen(page, *end))
    page.mouse.up()


def truth_of(session, name):
    return next(page for page in load_truth(session.entries[0].path.parents[1] / "truth") if page.name == name)


def corners(line):
    box = line.box
    return box.frame, box.x0, box.y0, box.x1, box.y1


def test_draws_drags_retypes_accepts_and_goes_on(session, window):
    with serving(session) as address:
        page = window(address)  # the least sure image, and of its frames the middle one
        drag(page, (20, 40), (60, 52))
        page.keyboard.press("t")
        page.keyboard.type("ID 12345")
        page.keyboard.press("Enter")
        page.locator("#kind").select_option("id")
        drag(page, (40, 46), (50, 66))  # moves it by 10 and 20
        drag(page, (70, 72), (90, 76))  # its lower right corner
        page.locator("#lines [data-index='0'] button").click()
        page.keyboard.press("t")
        page.keyboard.type("OTHER, ANNE")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        saved(page)
        first, drawn = truth_of(session, "IM2").lines
        assert corners(first) == (1, 10, 8, 70, 18)
        assert (first.text, first.kind, first.identifies, first.proposed) == ("OTHER, ANNE", "name", True, False)
        assert corners(drawn) == (1, 30, 60, 90, 76)
        assert (drawn.text, drawn.kind) == ("ID 12345", "id")
        assert [(span.start, span.end) for span in drawn.phi] == [(0, 8)]
        assert not truth_of(session, "IM2").reviewed
        page.keyboard.press("Enter")
        ready(page, "IM1")
        saved(page)
        assert truth_of(session, "IM2").reviewed
        assert truth_of(session, "IM2").frames == (1,)


def test_one_key_rejects_says_that_there_is_no_text_and_undoes(session, window):
    with serving(session) as address:
        page = window(address)
        page.keyboard.press("x")
        saved(page)
        assert truth_of(session, "IM2").lines == ()
        page.keyboard.press("u")
        saved(page)
        assert [line.text for line in truth_of(session, "IM2").lines] == [SECRET]
        page.keyboard.press("n")
        saved(page)
        assert truth_of(session, "IM2").text_free
        assert truth_of(session, "IM2").reviewed
        page.keyboard.press("Enter")
        ready(page, "IM1")
        page.keyboard.press("Enter")
        sync_api.expect(page.locator("#notice")).to_have_text("Every image is reviewed.", timeout=PATIENCE)
        saved(page)
        assert [line.proposed for line in truth_of(session, "IM1").lines] == [False]
        sync_api.expect(page.locator("#progress")).to_contain_text("2 of 2 reviewed")


def test_keys_go_to_the_image_that_was_clicked(session, window):
    with serving(session) as address:
        page = window(address)
        page.locator("#image-list li", has_text="IM1").locator("button").click()
        ready(page, "IM1")
        page.keyboard.press("Enter")
        ready(page, "IM2")
        saved(page)
        assert truth_of(session, "IM1").reviewed


def test_frames_are_listed_one_by_one(session, window):
    with serving(session) as address:
        page = window(address)
        page.mouse.move(*on_screen(page, 60, 60))
        page.mouse.wheel(0, 100)
        sync_api.expect(page.locator("#frame-number")).to_have_text("3 of 3", timeout=PATIENCE)
        sync_api.expect(page.locator("#listed")).not_to_be_checked()
        page.keyboard.press("p")
        sync_api.expect(page.locator("#listed")).to_be_checked(timeout=PATIENCE)
        saved(page)
        assert truth_of(session, "IM2").frames == (1, 2)
        assert [line.box.frame for line in truth_of(session, "IM2").lines] == [1, 2]


def test_part_of_a_line_can_identify(session, window):
    with serving(session) as address:
        page = window(address)
        page.keyboard.press("t")
        page.locator("#text").evaluate("field => field.setSelectionRange(9, 13)")
        page.locator("#identifies span", has_text="part").click()
        saved(page)
        (line,) = truth_of(session, "IM2").lines
        assert [(span.start, span.end) for span in line.phi] == [(9, 13)]
        sync_api.expect(page.locator("#marked mark")).to_have_text(SECRET[9:13])


def test_zoom_and_window_change_what_is_seen_and_nothing_else(session, window, tmp_path):
    with serving(session) as address:
        page = window(address)
        before = page.locator("#stage").screenshot()
        page.keyboard.press("+")
        page.keyboard.press("+")
        sync_api.expect(page.locator("#zoom")).not_to_have_text("100 %")
        assert page.locator("#stage").screenshot() != before
        page.keyboard.press("f")
        x, y = on_screen(page, 60, 60)
        page.mouse.move(x, y)
        page.mouse.down(button="right")
        page.mouse.move(x + 60, y - 40)
        page.mouse.up(button="right")
        assert page.locator("#brightness").input_value() != "0"
        page.keyboard.press("w")
        assert page.locator("#brightness").input_value() == "0"
        assert not list((tmp_path / "truth").iterdir())


def test_what_is_being_typed_is_kept_when_another_line_is_clicked(session, window):
    with serving(session) as address:
        page = window(address)
        drag(page, (20, 40), (60, 52))
        page.keyboard.press("t")
        page.keyboard.type("ID 1")
        page.locator("#lines [data-index='0'] button").click()
        sync_api.expect(page.locator("#text")).to_have_value(SECRET)
        page.locator("#lines [data-index='1'] button").focus()
        page.keyboard.press("Space")
        sync_api.expect(page.locator("#text")).to_have_value("ID 1")
        saved(page)
        assert [line.text for line in truth_of(session, "IM2").lines] == [SECRET, "ID 1"]


def test_boxes_can_be_drawn_inside_of_others(session, window):
    with serving(session) as address:
        page = window(address)
        page.keyboard.down("Shift")
        drag(page, (20, 10), (40, 16))
        page.keyboard.up("Shift")
        saved(page)
        assert [corners(line) for line in truth_of(session, "IM2").lines] == [(1, 10, 8, 70, 18), (1, 20, 10, 40, 16)]


def test_two_windows_lose_nothing(session, window):
    with serving(session) as address:
        one, other = window(address), window(address)
        drag(one, (20, 40), (60, 52))
        saved(one)
        drag(other, (30, 70), (80, 84))
        sync_api.expect(other.locator("#notice")).to_contain_text("changed in another window too", timeout=PATIENCE)
        saved(other)
        assert sorted(corners(line) for line in truth_of(session, "IM2").lines) == [
            (1, 10, 8, 70, 18),
            (1, 20, 40, 60, 52),
            (1, 30, 70, 80, 84),
        ]
        sync_api.expect(other.locator("#lines li")).to_have_count(3)


def test_what_could_not_be_saved_is_kept_until_the_server_is_back(session, window):
    with serving(session) as address:
        page = window(address)
    drag(page, (20, 40), (60, 52))
    sync_api.expect(page.locator("#saved")).to_contain_text("Not saved", timeout=PATIENCE)
    port = int(re.search(r":(\d+)/", address).group(1))
    with serving(session, port):
        saved(page)
    assert len(truth_of(session, "IM2").lines) == 2


def test_text_that_looks_like_markup_stays_text(session, window):
    with serving(session) as address:
        page = window(address)
        page.keyboard.press("t")
        page.keyboard.type("<img src=x onerror=alert(1)>")
        page.keyboard.press("Enter")
        saved(page)
        assert page.locator("#panel img").count() == 0
        sync_api.expect(page.locator("#lines .words")).to_have_text("<img src=x onerror=alert(1)>")
