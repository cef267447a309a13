"""The review page's server on this machine's own address, where nobody else can reach it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ..errors import UsageError

LOOPBACK = "127.0.0.1"


class SilentHandler(WSGIRequestHandler):
    """Answers requests and writes no log: addresses hold the token."""

    # Connections stay open: a page asks for many frames.
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def open_server(app: Flask, port: int) -> Iterator[BaseWSGIServer]:
    """Yield a server that listens; it answers once its `serve_forever` runs.

    Raises
    ------
    UsageError
        The port is taken.
    """
    try:
        server = make_server(LOOPBACK, port, app, threaded=True, request_handler=SilentHandler)
    except (OSError, SystemExit):  # werkzeug ends the process where the port is taken
        raise UsageError(f"port {port} cannot be used; leave --port out, or choose another") from None
    try:
        yield server
    finally:
        server.server_close()
