"""`deburn review`: look at what the networks propose, correct it, and keep that as truth, in the browser."""

import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread

import click

from ..errors import MissingExtraError, UsageError
from ..model import open_runner
from ..redactor.model_choice import model_option
from ..redactor.options import Device, device_option, policy_option
from ..redactor.page import shown
from ..redactor.policy_file import load_policy
from .review_propose import propose
from .review_session import Session
from .truth_file import writing

DONE = 0
_CONTEXT = {"help_option_names": ["-h", "--help"]}
_folder = click.Path(exists=True, file_okay=False, path_type=Path)
# 256 bits: nobody guesses it.
_TOKEN = 32


@click.command(context_settings=_CONTEXT)
@click.argument("folder", type=_folder)
@click.option(
    "--truth",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the truth files; default: FOLDER-truth, beside FOLDER.",
)
@policy_option("What proposals take for identifying: as for deburn redact.")
@model_option
@device_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the page; default: any that is free.")
@click.option("--no-browser", is_flag=True, help="Only print the address; do not open a browser.")
def review(
    folder: Path,
    truth: Path | None,
    policy: str,
    model: Path | None,
    device: Device,
    port: int,
    no_browser: bool,
) -> int:
    """Correct what the networks find in the images of FOLDER, on a page for the browser of this machine.

    What you say is kept in truth files, one for each image, after every action; deburn train and deburn evaluate
    read them. THEY HOLD THE TEXT OF THE IMAGES, which may identify patients: keep them as you keep the images. The
    same command again goes on where you ended.
    """
    if find_spec("flask") is None:
        raise MissingExtraError("review needs Flask, which is not installed: pip install 'deburn[review]'")
    goal = truth or folder.resolve().with_name(f"{folder.resolve().name}-truth")
    if goal.resolve().is_relative_to(folder.resolve()):
        raise UsageError("--truth lies inside of FOLDER; choose a folder outside of the images")
    proposer = partial(propose, runner=open_runner(model, device=device), policy=load_policy(policy))
    with writing(goal):
        session = Session(folder, goal, proposer)
        if not session.entries:
            raise UsageError(f"{shown(folder.name)}: holds no file; expected DICOM images")
        with _examining(session):
            _serve(session, port, browse=not no_browser)
    return DONE


def main(options: Sequence[str]) -> int:
    """Run the command with its options and give the exit status; errors are raised for whoever called it."""
    try:
        return int(review.main(list(options), prog_name="deburn review", standalone_mode=False) or DONE)
    except (click.Abort, KeyboardInterrupt):
        return DONE  # that is how a review ends; everything is saved


@contextmanager
def _examining(session: Session) -> Iterator[None]:
    """Let the networks look at the images meanwhile."""
    stop = Event()
    thread = Thread(target=session.examine_all, args=(stop,), name="examine")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _serve(session: Session, port: int, *, browse: bool) -> None:
    from .review_app import create_app
    from .review_server import open_server

    token = token_urlsafe(_TOKEN)
    with open_server(create_app(session, token), port) as server:
        address = f"http://127.0.0.1:{server.port}/{token}/"
        click.echo(f"Review {len(session.entries)} files at {address}")
        click.echo("Whoever has this address can see the images. Ctrl-C ends; everything is saved by then.")
        if browse:
            webbrowser.open(address)
        server.serve_forever()
