"""The review page's server: who may ask, what is answered, and what an error becomes."""

import json
from collections.abc import Callable
from dataclasses import fields
from http import HTTPStatus
from pathlib import Path
from secrets import compare_digest

from flask import Blueprint, Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from ..errors import DeburnError
from ..model.categories import HARMLESS, IDENTIFYING
from ..redactor.page import shown
from .evaluate_fields import parse_json
from .review_session import Session, Standing
from .truth_file import StaleError
from .truth_page import LocalPage
from .truth_parse import line_record, record_of

HOSTS = ("127.0.0.1", "localhost")
# No page of truth is that large; what is would fill the memory.
_LARGEST_BODY = 4 << 20
_PAGE = Path(__file__).with_name("review_page")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# Nothing is loaded but from here, nothing is sent but to here, and no other page can hold this one.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def create_app(session: Session, token: str) -> Flask:
    """Give the application; all of it lies below the token, and without that there is nothing to be seen.

    Parameters
    ----------
    session : Session
    token : str
        Random, and known only to whom the address was shown.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["TRUSTED_HOSTS"] = list(HOSTS)  # a page elsewhere whose name was made to lead here asks by that name
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    app.register_blueprint(_routes(session), url_prefix="/<token>")
    app.url_value_preprocessor(_guard(token))
    app.after_request(_with_headers)
    app.register_error_handler(StaleError, lambda error: _told(error, HTTPStatus.CONFLICT))
    app.register_error_handler(DeburnError, lambda error: _told(error, HTTPStatus.BAD_REQUEST))
    app.register_error_handler(OSError, _disk_error)
    app.register_error_handler(HTTPException, lambda error: _answer({"error": error.name}, error.code or 500))
    # An error that nobody foresaw may quote what it was working on: its type is all that is said of it.
    app.register_error_handler(Exception, lambda error: _answer({"error": type(error).__name__}, 500))
    return app


def _guard(token: str) -> Callable[[str | None, dict[str, object] | None], None]:
    def check(endpoint: str | None, values: dict[str, object] | None) -> None:
        if endpoint is None or values is None:
            return  # no such address, or another host: Flask says so itself, and everything there is has a token
        given = str(values.pop("token", ""))
        if not compare_digest(given.encode(), token.encode()):
            abort(HTTPStatus.NOT_FOUND)

    return check


def _routes(session: Session) -> Blueprint:
    routes = Blueprint("review", __name__)
    files = {path.name: path.read_bytes() for path in _PAGE.iterdir() if path.suffix in _TYPES}

    @routes.get("/")
    def page() -> Response:
        return Response(files["index.html"], content_type="text/html; charset=utf-8")

    @routes.get("/<name>")
    def file(name: str) -> Response:
        if name not in files:
            abort(HTTPStatus.NOT_FOUND)
        return Response(files[name], content_type=f"{_TYPES[Path(name).suffix]}; charset=utf-8")

    @routes.get("/api/images")
    def images() -> Response:
        listed = [_listed(number, name, standing) for number, name, standing in session.standings()]
        return _answer({"images": listed, "identifying": IDENTIFYING, "harmless": HARMLESS})

    @routes.get("/api/images/<int:number>")
    def image(number: int) -> Response:
        return _answer(_record(session.page(_known(session, number))))

    @routes.put("/api/images/<int:number>")
    def save(number: int) -> Response:
        if request.mimetype != "application/json":
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        given = parse_json(request.get_data().decode("utf-8", "replace"), "what was sent")
        return _answer(_record(session.save(_known(session, number), given)))

    @routes.get("/api/images/<int:number>/frames/middle")
    @routes.get("/api/images/<int:number>/frames/<int:frame>")
    def pixels(number: int, frame: int | None = None) -> Response:
        found = session.pixels(_known(session, number), frame)
        facts = {one.name: getattr(found, one.name) for one in fields(found) if one.name != "values"}
        return Response(found.values, mimetype="application/octet-stream", headers={"X-Frame": json.dumps(facts)})

    @routes.post("/api/images/<int:number>/frames/<int:frame>/proposal")
    def proposal(number: int, frame: int) -> Response:
        lines = session.proposal(_known(session, number), frame).lines
        return _answer({"boxes": [line_record(line) for line in lines]})

    return routes


def _known(session: Session, number: int) -> int:
    if number >= len(session.entries):
        abort(HTTPStatus.NOT_FOUND)
    return number


def _listed(number: int, name: str, standing: Standing | None) -> dict[str, object]:
    """Give what the list of images shows of one."""
    listed: dict[str, object] = {"number": number, "name": shown(name)}
    if standing is None:
        return listed | {"state": "waiting"}
    if standing.page is None:
        return listed | {"state": "refused", "reason": standing.refusal}
    page = standing.page
    return listed | {
        "state": "reviewed" if page.reviewed else "open",
        "unsure": standing.unsure,
        "lines": len(page.lines),
        "frames": page.frame_count,
    }


def _record(page: LocalPage) -> dict[str, object]:
    return record_of(page) | {"name": shown(page.name)}


def _answer(record: dict[str, object], status: int = HTTPStatus.OK) -> Response:
    return Response(json.dumps(record), status=status, mimetype="application/json")


def _told(error: DeburnError, status: HTTPStatus) -> Response:
    return _answer({"error": str(error)}, status)


def _disk_error(error: OSError) -> Response:
    return _answer({"error": error.strerror or type(error).__name__}, HTTPStatus.INSUFFICIENT_STORAGE)


def _with_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
