"""Video: every frame is examined, and it passes as it is or not at all."""

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import FakeRunner
from pydicom import Dataset, dcmread
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from deburn import Box, MalformedError, Policy, RefusedError, UndecodableError, UnsupportedError, redact_file
from deburn.redactor import pipeline
from deburn.redactor.dicom import mask_dataset, mask_to_file, open_dataset, open_file, read_frames, video
from deburn.redactor.dicom.sameness import compare_pixels
from deburn.redactor.dicom.source import Source
from deburn.redactor.dicom.stored_bytes import JoinedBytes, MemoryBytes

av = pytest.importorskip("av", reason="PyAV decodes video: pip install 'deburn[video]'")

ROWS, COLUMNS, FRAMES = 48, 64, 6
UIDS = {
    "mpeg2video": "1.2.840.10008.1.2.4.100",
    "libx264": "1.2.840.10008.1.2.4.102",
    "libx265": "1.2.840.10008.1.2.4.107",
}
KINDS = [
    ("mpeg2video", "mpeg2video"),
    ("libx264", "h264"),
    ("libx264", "mp4"),
    ("libx265", "hevc"),
    ("libx265", "mp4"),
]
QUIET = {"libx264": {}, "libx265": {"x265-params": "log-level=none"}, "mpeg2video": {}}


def shade(frame: int) -> np.ndarray:
    """Return a frame that can be told from the others: grey, with a bright block."""
    picture = np.full((ROWS, COLUMNS, 3), 20 + frame * 25, np.uint8)
    picture[8:24, 16:48] = 235
    return picture


def stream(
    codec: str, container: str, *, frames: int = FRAMES, tags: dict[str, str] | None = None, **more: Any
) -> bytes:
    target = BytesIO()
    with av.open(target, "w", format=container) as writer:
        writer.metadata.update(tags or {})
        pictures = writer.add_stream(codec, rate=25, options={**QUIET[codec], **more})
        pictures.width, pictures.height, pictures.pix_fmt = COLUMNS, ROWS, "yuv420p"
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(shade(number), format="rgb24")
            writer.mux(pictures.encode(frame))
        writer.mux(pictures.encode(None))
    return target.getvalue()


def dataset_of(data: bytes, uid: str, *, frames: int = FRAMES, pieces: int = 1) -> FileDataset:
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = UID(uid)
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = (
        UID("1.2.840.10008.5.1.4.1.1.77.1.1.1"),
        UID("2.25.9"),
    )
    dataset = FileDataset("", Dataset(), preamble=bytes(128), file_meta=meta)
    dataset.SOPClassUID, dataset.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    dataset.PatientID = "QX-004117"
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = ROWS, COLUMNS, frames
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 3, "YBR_PARTIAL_420"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 8, 8, 7, 0
    dataset.PlanarConfiguration = 0
    dataset.PixelData = encapsulate([data], fragments_per_frame=pieces, has_bot=False)
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    return dataset


def opened(data: bytes, uid: str, folder: Path, **how: int) -> Source:
    dataset_of(data, uid, **how).save_as(folder / "video.dcm", enforce_file_format=True)
    return open_file(folder / "video.dcm")


def examined(source: Source) -> Source:
    for frame in range(source.frame_count):
        read_frames(source, frame, frame + 1)
    return source


@pytest.mark.parametrize(("codec", "container"), KINDS)
def test_every_frame_is_shown_in_its_place(codec: str, container: str, tmp_path: Path) -> None:
    source = opened(stream(codec, container), UIDS[codec], tmp_path)
    for start, stop in ((0, 4), (4, 6), (3, 5), (0, 1)):
        stored = read_frames(source, start, stop).stored
        assert stored.shape == (stop - start, ROWS, COLUMNS, 3)
        for index, frame in enumerate(stored):
            assert abs(int(np.median(frame[30:40])) - (20 + (start + index) * 25)) < 6


@pytest.mark.parametrize(("codec", "container"), KINDS)
def test_an_examined_video_passes_byte_by_byte(codec: str, container: str, tmp_path: Path) -> None:
    source = examined(opened(stream(codec, container), UIDS[codec], tmp_path))
    mask_to_file(source, [], tmp_path / "out.dcm", policy=Policy())
    before, after = dcmread(tmp_path / "video.dcm"), dcmread(tmp_path / "out.dcm")
    assert after.PixelData == before.PixelData
    assert after.file_meta.TransferSyntaxUID == UIDS[codec]
    assert after.BurnedInAnnotation == "NO"
    assert compare_pixels(open_file(tmp_path / "video.dcm"), open_file(tmp_path / "out.dcm"), []).outside == 0


def test_a_video_in_memory_passes_as_it_is() -> None:
    dataset = dataset_of(stream("libx264", "mp4"), UIDS["libx264"])
    before = dataset.PixelData
    mask_dataset(examined(open_dataset(dataset)), [], policy=Policy())
    assert dataset.PixelData == before
    assert dataset.BurnedInAnnotation == "NO"


def test_a_video_with_text_to_mask_is_refused(tmp_path: Path) -> None:
    source = examined(opened(stream("libx264", "mp4"), UIDS["libx264"], tmp_path))
    box = Box(frame=2, x0=16, y0=8, x1=48, y1=24)
    with pytest.raises(UnsupportedError, match="cannot be masked without loss"):
        mask_to_file(source, [box], tmp_path / "out.dcm", policy=Policy())
    assert not (tmp_path / "out.dcm").exists()


@pytest.mark.parametrize("seen", [0, FRAMES - 1])
def test_a_video_of_which_a_frame_was_not_examined_is_refused(seen: int, tmp_path: Path) -> None:
    source = opened(stream("libx264", "mp4"), UIDS["libx264"], tmp_path)
    if seen:
        read_frames(source, 0, seen)
    with pytest.raises(UnsupportedError, match="not every frame"):
        mask_to_file(source, [], tmp_path / "out.dcm", policy=Policy())


@pytest.mark.parametrize("announced", [FRAMES - 1, FRAMES + 1])
@pytest.mark.parametrize(("codec", "container"), KINDS)
def test_a_video_of_more_or_fewer_frames_than_announced_is_refused(
    codec: str, container: str, announced: int, tmp_path: Path
) -> None:
    source = opened(stream(codec, container), UIDS[codec], tmp_path, frames=announced)
    with pytest.raises(MalformedError, match="Number of Frames"):
        examined(source)


def test_frames_that_an_edit_list_hides_are_examined_too(tmp_path: Path) -> None:
    data = bytearray(stream("libx264", "mp4"))
    place = data.index(b"elst") + 12
    struct.pack_into(">II", data, place, 40, 1024 + 2 * 512)  # begin two frames later
    with av.open(BytesIO(bytes(data)), format="mp4") as container:
        assert len(list(container.decode(video=0))) < FRAMES
    source = opened(bytes(data), UIDS["libx264"], tmp_path)
    assert len(read_frames(source, 0, FRAMES).stored) == FRAMES


def test_frames_of_another_size_are_refused(tmp_path: Path) -> None:
    dataset = dataset_of(stream("libx264", "mp4"), UIDS["libx264"])
    dataset.Columns = 66
    with pytest.raises(MalformedError, match="64 x 48; expected 66 x 48"):
        examined(open_dataset(dataset))


def test_a_video_of_another_codec_than_its_syntax_is_refused(tmp_path: Path) -> None:
    source = opened(stream("libx265", "mp4"), UIDS["libx264"], tmp_path)
    with pytest.raises(MalformedError, match="is not h264"):
        examined(source)


def test_stereo_video_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="second view"):
        opened(stream("libx264", "mp4"), "1.2.840.10008.1.2.4.106", tmp_path)


def test_without_a_decoder_video_is_refused_and_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video, "find_spec", lambda name: None)
    with pytest.raises(UnsupportedError, match=r"pip install 'deburn\[video\]'"):
        opened(stream("libx264", "mp4"), UIDS["libx264"], tmp_path)


@pytest.mark.parametrize("container", ["mpegts", "vob"])
def test_containers_with_tables_of_their_own_are_refused(container: str, tmp_path: Path) -> None:
    codec = "mpeg2video" if container == "vob" else "libx264"
    source = opened(stream(codec, container), UIDS[codec], tmp_path)
    with pytest.raises(UnsupportedError, match="transport and program streams"):
        examined(source)


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    source = opened(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", UIDS["libx264"], tmp_path)
    with pytest.raises(UnsupportedError, match="neither a bare h264 stream nor MP4"):
        examined(source)


def test_a_title_in_the_file_is_refused(tmp_path: Path) -> None:
    source = opened(stream("libx264", "mp4", tags={"title": "Pavlova Ines"}), UIDS["libx264"], tmp_path)
    with pytest.raises(UnsupportedError, match="notes of its user") as caught:
        examined(source)
    assert "Pavlova" not in str(caught.value)


def test_a_sound_track_is_refused(tmp_path: Path) -> None:
    target = BytesIO()
    with av.open(target, "w", format="mp4") as writer:
        pictures, sound = writer.add_stream("libx264", rate=25), writer.add_stream("aac", rate=8000)
        pictures.width, pictures.height, pictures.pix_fmt = COLUMNS, ROWS, "yuv420p"
        for number in range(FRAMES):
            writer.mux(pictures.encode(av.VideoFrame.from_ndarray(shade(number), format="rgb24")))
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        silence.sample_rate = 8000
        for packets in (pictures.encode(None), sound.encode(silence), sound.encode(None)):
            writer.mux(packets)
    with pytest.raises(UnsupportedError, match=r"the video holds (a box|a name|2 streams)"):
        examined(opened(target.getvalue(), UIDS["libx264"], tmp_path))


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert len(old) == len(new)
        assert old in data
        return data.replace(old, new, 1)

    return change


def behind(extra: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data + extra


def second_entry(data: bytes) -> bytes:
    """Cut the one sample entry short and put an empty one behind it."""
    place = data.index(b"avc1", data.index(b"stsd")) - 4
    size = int.from_bytes(data[place : place + 4], "big")
    changed = bytearray(data)
    changed[place : place + 4] = (size - 20).to_bytes(4, "big")
    changed[place + size - 20 : place + size - 12] = (20).to_bytes(4, "big") + b"avc1"
    return bytes(changed)


def compressor(data: bytes) -> bytes:
    place = data.index(b"avc1", data.index(b"stsd")) + 4 + 42
    return data[:place] + b"\4Ines" + data[place + 5 :]


ADDED = {
    "supplemental text": (("libx264", "h264"), behind(b"\0\0\1\x06\x05\x14" + bytes(16) + b"Ines\x80"), "type 5"),
    "captions": (("libx264", "h264"), behind(b"\0\0\1\x06\x04\x04\xb5Ine\x80"), "type 4"),
    "a second view": (("libx264", "h264"), behind(b"\0\0\1\x14\x00abc"), "type 20"),
    "an auxiliary picture": (("libx264", "h264"), behind(b"\0\0\1\x13abc"), "type 19"),
    "text as filler": (("libx264", "h264"), behind(b"\0\0\1\x0cInes\x80"), "type 12"),
    "a second layer": (("libx265", "hevc"), behind(b"\0\0\1\x02\x09abc"), "layer 1"),
    "supplemental text, H.265": (
        ("libx265", "hevc"),
        behind(b"\0\0\1\x4e\x01\x05\x14" + bytes(16) + b"Ines\x80"),
        "type 5",
    ),
    "user data": (("mpeg2video", "mpeg2video"), behind(b"\0\0\1\xb2Ines"), "type B2"),
    "a scalable layer": (("mpeg2video", "mpeg2video"), behind(b"\0\0\1\xb5\x50ab"), "type B5"),
    "an encoder's note": (("libx264", "mp4"), replaced(b"cabac=", b"Pavlo="), "type 5"),
    "an encoder's note, H.265": (("libx265", "mp4"), replaced(b"cpuid=", b"Pavlo="), "type 5"),
    "a compressor's name": (("libx264", "mp4"), compressor, "a name of its own"),
    "a second description": (("libx264", "mp4"), second_entry, "a second description"),
    "a handler's name": (("libx264", "mp4"), replaced(b"VideoHandler", b"Ines Pavlova"), "a name of its own"),
    "bytes in free space": (("libx264", "mp4"), behind(b"\0\0\0\x0cfreeInes"), "a box free"),
    "a box of its own": (("libx264", "mp4"), behind(b"\0\0\0\x0cuuidInes"), "a box uuid"),
    "bytes behind the boxes": (("libx264", "mp4"), behind(b"Ines"), "does not fit"),
    "frames that no table lists": (("libx264", "mp4"), behind(b"\0\0\0\x0cmdatInes"), "belong to no frame"),
}


@pytest.mark.parametrize("name", ADDED)
def test_whatever_is_no_picture_of_the_one_view_is_refused(name: str, tmp_path: Path) -> None:
    (codec, container), change, words = ADDED[name]
    source = opened(change(stream(codec, container)), UIDS[codec], tmp_path)
    with pytest.raises(RefusedError, match=words) as caught:
        examined(source)
    assert "Ines" not in str(caught.value)


@pytest.mark.parametrize(("codec", "container"), KINDS)
def test_a_damaged_video_is_refused_or_shown_whole(codec: str, container: str, tmp_path: Path) -> None:
    data = stream(codec, container, frames=FRAMES)
    rng, refusals = np.random.default_rng(1), 0
    for _ in range(40):
        damaged = bytearray(data)
        place = int(rng.integers(len(data)))
        damaged[place : place + 8] = rng.bytes(min(8, len(data) - place))
        try:
            source = examined(opened(bytes(damaged), UIDS[codec], tmp_path))
        except RefusedError:
            refusals += 1
            continue
        assert read_frames(source, 0, FRAMES).stored.shape == (FRAMES, ROWS, COLUMNS, 3)
    assert refusals > 5


@pytest.mark.parametrize(("codec", "container"), KINDS)
def test_a_video_that_breaks_off_is_refused(codec: str, container: str, tmp_path: Path) -> None:
    data = stream(codec, container)
    for length in (len(data) // 3, len(data) - 40):
        with pytest.raises((MalformedError, UndecodableError, UnsupportedError)):
            examined(opened(data[:length], UIDS[codec], tmp_path))


def test_a_stream_in_many_fragments_is_one(tmp_path: Path) -> None:
    data = stream("libx264", "mp4")
    source = examined(opened(data, UIDS["libx264"] + ".1", tmp_path, pieces=5))
    mask_to_file(source, [], tmp_path / "out.dcm", policy=Policy())
    assert dcmread(tmp_path / "out.dcm").PixelData == dcmread(tmp_path / "video.dcm").PixelData


def test_joined_bytes_are_read_across_their_pieces() -> None:
    data = bytes(range(40))
    joined = JoinedBytes(MemoryBytes(data=data), [(2, 5), (10, 11), (20, 30)])
    whole = data[2:5] + data[10:11] + data[20:30]
    assert joined.length == len(whole)
    for start in range(len(whole)):
        for stop in range(start, len(whole) + 1):
            assert joined.read(start, stop) == whole[start:stop]


def test_the_main_path_passes_a_clean_video_and_refuses_one_with_a_name(
    tmp_path: Path, fake_runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_PIXELS", 2 * ROWS * COLUMNS)
    dataset_of(stream("libx264", "mp4"), UIDS["libx264"]).save_as(tmp_path / "in.dcm", enforce_file_format=True)
    outcome = redact_file(tmp_path / "in.dcm", tmp_path / "out.dcm", runner=fake_runner)
    assert (outcome.state, outcome.frames) == ("clean", FRAMES)
    assert dcmread(tmp_path / "out.dcm").PixelData == dcmread(tmp_path / "in.dcm").PixelData
    # A picture of which the last frame alone shows a name to the fake network: white.
    monkeypatch.setattr("test_video.shade", lambda number: np.full((ROWS, COLUMNS, 3), 0, np.uint8) | _name(number))
    named = stream("libx264", "mp4", crf="0", preset="ultrafast")
    dataset_of(named, UIDS["libx264"]).save_as(tmp_path / "named.dcm", enforce_file_format=True)
    with pytest.raises(UnsupportedError, match="shows text to mask"):
        redact_file(tmp_path / "named.dcm", tmp_path / "named_out.dcm", runner=fake_runner)
    assert not (tmp_path / "named_out.dcm").exists()


def _name(number: int) -> np.ndarray:
    picture = np.zeros((ROWS, COLUMNS, 3), np.uint8)
    picture[16:32, 0:64] = 255 * (number == FRAMES - 1)
    return picture
