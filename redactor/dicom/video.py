"""Video as a sequence of frames that can be examined (PS3.5 A.4.5 to A.4.9, 8.2.5 to 8.2.11).

Masking would encode every frame again, with loss. So a video in which every frame was examined and nothing is to be
masked passes as it is, byte by byte; any other is refused. PyAV decodes, frame by frame in the memory of a few.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from io import SEEK_CUR, SEEK_END, RawIOBase
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import MalformedError, RefusedError, UndecodableError, UnsupportedError
from .stored_bytes import StoredBytes
from .video_boxes import check_boxes
from .video_units import check_units

Array = npt.NDArray[Any]
_JPEG = "1.2.840.10008.1.2.4."
_CODECS = {"mpeg2video": ("100", "101"), "h264": ("102", "103", "104", "105"), "hevc": ("107", "108")}
_TO_START_CODES = {"h264": "h264_mp4toannexb", "hevc": "hevc_mp4toannexb"}
_ELEMENTARY = {"mpeg2video": "mpegvideo", "h264": "h264", "hevc": "hevc"}
# Pixel formats of more than 8 bits: as deep as numpy has them.
_DEEP = "rgb48le"
# So many bytes tell the kind of stream; a tail of zeros pads the last fragment.
_HEAD = 16


class Video:
    """The frames of one video, read in order.

    Attributes
    ----------
    examined : bool
        Whether every frame has been read, and found to be what the header announces.
    bits : int
        8 or 16, of samples as `read` returns them.
    """

    def __init__(self, stored: StoredBytes, syntax: str, rows: int, columns: int, frame_count: int, bits: int) -> None:
        self._stored = stored
        self._codec = codec_of(syntax)
        self._shape = (rows, columns)
        self._count = frame_count
        self._next = 0
        self._frames: Iterator[Array] = iter(())
        self.examined = False
        self.bits = bits

    def read(self, start: int, stop: int) -> Array:
        """Return the frames [start, stop) as RGB, [n, rows, columns, 3]; cheap if they follow those read last.

        Raises
        ------
        RefusedError
            If a frame does not decode, is of another size, or the stream holds more or fewer than announced.
        """
        if start == 0 or start != self._next:
            self._frames, self._next = self._decode(), 0
        while self._next < start:
            self._take()
        frames = np.stack([self._take() for _ in range(start, stop)])
        if stop == self._count:
            if next(self._frames, None) is not None:
                raise MalformedError(f"the video holds more frames; (0028,0008) Number of Frames says {self._count}")
            self.examined = True
        return frames

    def _take(self) -> Array:
        frame = next(self._frames, None)
        if frame is None:
            raise MalformedError(
                f"the video holds {self._next} frames; (0028,0008) Number of Frames says {self._count}"
            )
        self._next += 1
        return frame

    def _decode(self) -> Iterator[Array]:
        """Yield every frame of the stream, edit lists ignored; refuse what is in it besides."""
        av: Any = import_module("av")
        elementary = _kind(self._stored, self._codec)
        inside = self._stored.length if elementary else check_boxes(self._stored)
        seen = 0
        try:
            with av.open(
                _Reader(self._stored),
                format=_ELEMENTARY[self._codec] if elementary else "mp4",
                options={} if elementary else {"ignore_editlist": "1"},
            ) as container:
                stream = _only_stream(container, self._codec)
                stream.codec_context.thread_count = 1  # more would hold more frames
                stream.codec_context.options = {"err_detect": "explode"}
                start_codes = None if elementary or self._codec not in _TO_START_CODES else self._filter(av, stream)
                for packet in container.demux(stream):
                    seen += packet.size
                    data = bytes(packet)
                    if start_codes is not None and data:
                        # Of a copy: filtering empties what it is given.
                        data = b"".join(map(bytes, start_codes.filter(av.Packet(data))))
                    check_units(data, self._codec)
                    for frame in packet.decode():
                        yield self._array(frame)
        except RefusedError:
            raise
        except Exception as error:  # FFmpeg's, and whatever the binding raises
            raise UndecodableError(f"the video does not decode ({type(error).__name__})") from error
        if not inside - 1 <= seen <= inside:
            raise MalformedError(f"{inside - seen} bytes of the video belong to no frame; expected none")

    def _filter(self, av: Any, stream: Any) -> Any:
        return av.bitstream.BitStreamFilterContext(_TO_START_CODES[self._codec], stream)

    def _array(self, frame: Any) -> Array:
        if (frame.height, frame.width) != self._shape:
            rows, columns = self._shape
            raise MalformedError(f"a frame of the video is {frame.width} x {frame.height}; expected {columns} x {rows}")
        if frame.is_corrupt:
            raise UndecodableError("a frame of the video is damaged")
        pixels: Array = frame.to_ndarray(format=_DEEP if self.bits > 8 else "rgb24")
        return pixels


def open_video(stored: StoredBytes, syntax: str, rows: int, columns: int, frame_count: int, bits: int) -> Video:
    """Return a video of which nothing is decoded yet.

    Parameters
    ----------
    stored : StoredBytes
        The bit stream, its fragments joined.
    syntax : str
        Transfer syntax UID.
    rows, columns, frame_count, bits : int
        As the header announces them.

    Raises
    ------
    UnsupportedError
        If it cannot be examined: no decoder is installed, or it has a second view.
    """
    codec_of(syntax)
    if find_spec("av") is None:
        raise UnsupportedError(
            f"(0002,0010) Transfer Syntax UID {syntax} is video; to examine it: pip install 'deburn[video]'"
        )
    return Video(stored, syntax, rows, columns, frame_count, 16 if bits > 8 else 8)


def codec_of(syntax: str) -> str:
    """Return FFmpeg's name of the codec of a transfer syntax.

    Raises
    ------
    UnsupportedError
        If there is none that shows all of it.
    """
    number = syntax.removeprefix(_JPEG).removesuffix(".1")
    for codec, numbers in _CODECS.items():
        if number in numbers:
            return codec
    raise UnsupportedError(f"(0002,0010) Transfer Syntax UID {syntax} is stereo video: its second view is not examined")


def _kind(stored: StoredBytes, codec: str) -> bool:
    """Return whether the bytes are a bare stream, rather than an MP4 file; FFmpeg is not left to guess.

    Its guesses include playlists, which open other files.
    """
    head = stored.read(0, min(_HEAD, stored.length))
    if head[4:8] == b"ftyp":
        return False
    if head.startswith((b"\0\0\1", b"\0\0\0\1")) and head[:4] != b"\0\0\1\xba":
        return True
    raise UnsupportedError(
        f"the video is neither a bare {codec} stream nor MP4: transport and program streams are not examined"
    )


def _only_stream(container: Any, codec: str) -> Any:
    """Return the one stream; sound and subtitles would pass unexamined."""
    if len(container.streams) != 1 or len(container.streams.video) != 1:
        raise UnsupportedError(f"the video holds {len(container.streams)} streams; expected pictures and nothing else")
    stream = container.streams.video[0]
    if stream.codec_context.name != codec:
        raise MalformedError(f"the video is not {codec}, as (0002,0010) Transfer Syntax UID says")
    return stream


class _Reader(RawIOBase):
    """Stored bytes as a file."""

    def __init__(self, stored: StoredBytes) -> None:
        self._stored = stored
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        stop = self._stored.length if size < 0 else min(self._position + size, self._stored.length)
        data = self._stored.read(min(self._position, stop), stop)
        self._position = stop
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {SEEK_CUR: self._position, SEEK_END: self._stored.length}.get(whence, 0)
        self._position = max(base + offset, 0)
        return self._position

    def tell(self) -> int:
        return self._position
