"""What is being reviewed: the images of a folder, what is proposed for them, and what has been said about them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock

from ..errors import DeburnError, UsageError
from ..redactor.dicom import Source, open_file
from ..redactor.discovery import Entry, discover
from .evaluate_fields import Field
from .review_pixels import Pixels, pixels_of
from .review_propose import Proposal, unsure_of
from .truth_file import StaleError, check_image, path_of, read_page, save_truth
from .truth_page import LocalPage
from .truth_parse import parse_page

# Seconds until the networks see again whether anybody still waits for them.
_PAUSE = 0.05

Propose = Callable[[Source, int], Proposal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one image.

    Attributes
    ----------
    page : LocalPage or None
        Of revision 0 where nothing is saved yet; None where the image cannot be reviewed.
    unsure : float
        In [0, 1].
    refusal : str or None
        Why it cannot be reviewed.
    """

    page: LocalPage | None = None
    unsure: float = 0.0
    refusal: str | None = None


class Session:
    """A folder under review; safe to use from several threads.

    Parameters
    ----------
    folder : Path
        Of the images.
    truth : Path
        Where truth files are and come; the caller holds `truth_file.writing`.
    propose : callable
        Finds the text of a frame of a source.
    """

    def __init__(self, folder: Path, truth: Path, propose: Propose) -> None:
        self.entries: tuple[Entry, ...] = tuple(discover([folder]))
        self._truth = truth
        self._propose = propose
        self._standings: dict[int, Standing] = {}
        self._saving, self._proposing = Lock(), Lock()
        self._asked: set[object] = set()

    def standings(self) -> Iterator[tuple[int, str, Standing | None]]:
        """Yield number, name and standing of every image; None where nobody has looked at it yet."""
        for number, entry in enumerate(self.entries):
            yield number, entry.name, self._standings.get(number)

    def examine_all(self, stop: Event) -> None:
        """Look at every image, in turn, until told to stop; whoever asks for one meanwhile comes first."""
        for number in range(len(self.entries)):
            while self._asked and not stop.is_set():
                stop.wait(_PAUSE)
            if stop.is_set():
                return
            self._look(number)

    def standing(self, number: int) -> Standing:
        """Give how it stands with an image; the networks look at it if they have not."""
        with self._first():
            return self._look(number)

    def page(self, number: int) -> LocalPage:
        """Give the truth of an image, or what is proposed for it.

        Raises
        ------
        UsageError
            The image cannot be reviewed.
        """
        standing = self.standing(number)
        if standing.page is None:
            raise UsageError(standing.refusal or "the image cannot be reviewed")
        return standing.page

    def save(self, number: int, given: Field) -> LocalPage:
        """Save what was said about an image; `given` is as in a truth file, its image and size left out.

        Raises
        ------
        StaleError
            It is about another revision than the one that is saved.
        UsageError
            It is not in the format.
        OSError
            The disk is full, and so on.
        """
        page = self.page(number)
        said = parse_page(_sized(given, page), name=page.name, image=page.image)
        if said.reviewed and said.frame_count == 1 and not said.lines:
            said = replace(said, text_free=True)
        with self._saving:
            unsure = self.standing(number).unsure
            try:
                saved = save_truth(self._truth, said)
            except StaleError:  # what is loaded again must be what is there
                self._standings[number] = Standing(page=read_page(self._truth, page.name), unsure=unsure)
                raise
            self._standings[number] = Standing(page=saved, unsure=unsure)
        return saved

    def pixels(self, number: int, frame: int | None = None) -> Pixels:
        """Give a frame of an image, by default the middle one; the networks need not have looked at it.

        Raises
        ------
        UsageError
            There is no such frame.
        RefusedError
            It does not decode.
        """
        return pixels_of(*_opened(self.entries[number], frame))

    def proposal(self, number: int, frame: int) -> Proposal:
        """Give what the networks see in a frame of an image; nothing is saved. Raises as `pixels` does."""
        source, frame = _opened(self.entries[number], frame)
        with self._first(), self._proposing:
            return self._propose(source, frame)

    @contextmanager
    def _first(self) -> Iterator[None]:
        mark = object()
        self._asked.add(mark)
        try:
            yield
        finally:
            self._asked.discard(mark)

    def _look(self, number: int) -> Standing:
        if number not in self._standings:
            with self._proposing:
                if number not in self._standings:
                    self._standings[number] = self._examine(self.entries[number])
        return self._standings[number]

    def _examine(self, entry: Entry) -> Standing:
        """Give what is saved of an image, or else what the networks propose; what cannot be reviewed says why."""
        try:
            if entry.refusal is None and path_of(self._truth, entry.name).exists():
                return self._saved(entry)
            source, middle = _opened(entry)
            proposal = self._propose(source, middle)
        except DeburnError as error:
            return Standing(refusal=str(error))
        except OSError as error:
            return Standing(refusal=f"cannot be read: {error.strerror}")
        except Exception as error:  # its words may quote the file; one bad image must not end the review
            return Standing(refusal=f"could not be examined: {type(error).__name__}")
        page = LocalPage(
            name=entry.name,
            image=entry.path,
            rows=source.rows,
            columns=source.columns,
            frame_count=source.frame_count,
            frames=(middle,),
            lines=proposal.lines,
        )
        return Standing(page=page, unsure=proposal.unsure)

    def _saved(self, entry: Entry) -> Standing:
        page = read_page(self._truth, entry.name)
        if not page.image.exists() or not page.image.samefile(entry.path):
            raise UsageError("the truth file of this name is about another image; choose another folder for --truth")
        check_image(page)
        return Standing(page=page, unsure=unsure_of(page.lines))


def _opened(entry: Entry, frame: int | None = None) -> tuple[Source, int]:
    """Give an image and the number of a frame that it has, by default the middle one."""
    if entry.refusal is not None:
        raise UsageError(entry.refusal)
    source = open_file(entry.path)
    if frame is None:
        return source, source.frame_count // 2
    if not 0 <= frame < source.frame_count:
        raise UsageError(f"frame {frame} does not exist; the image has {source.frame_count}, counted from 0")
    return source, frame


def _sized(given: Field, page: LocalPage) -> Field:
    """Give what was said with the size of the image, which nobody but the image can say."""
    given.get("boxes")
    size = {"frames": page.frame_count, "rows": page.rows, "columns": page.columns}
    return replace(given, value=given.value | {"size": size})
