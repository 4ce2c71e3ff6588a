"""How a recording of a telephone is built: sound of a known kind, and no moving picture.

Only the frame is read, as far as it says what lies in it; nothing is decoded here.
"""

from collections.abc import Iterator

from files.flaws import Flawed

#: Bytes within which a container names its tracks.
_HEAD = 4096
#: Boxes of an MP4 file that hold further boxes, on the way to the kind of its tracks.
_HOLDERS = (b"moov", b"trak", b"mdia")


def webm(content: bytes) -> None:
    """Matroska as browsers record it: says ``webm`` and names a codec of sound. Raises Flawed."""
    head = content[:_HEAD]
    if b"\x42\x82\x84webm" not in head:
        raise Flawed("content_differs")
    if b"A_OPUS" not in head and b"A_VORBIS" not in head:
        raise Flawed("unreadable" if b"V_" not in head else "content_differs")
    if b"V_VP" in head or b"V_AV1" in head or b"V_MPEG" in head:
        raise Flawed("content_differs")


def ogg(content: bytes) -> None:
    """The first page tells what the stream is. Raises Flawed."""
    first = content[:_HEAD]
    if b"OpusHead" not in first and b"\x01vorbis" not in first:
        raise Flawed("content_differs")


def mp4(content: bytes) -> None:
    """The brand at the start, and tracks of sound alone. Raises Flawed."""
    if content[4:8] != b"ftyp":
        raise Flawed("content_differs")
    kinds = set(_tracks(content))
    if not kinds:
        raise Flawed("unreadable")
    if kinds != {b"soun"}:
        raise Flawed("content_differs")


def aac(content: bytes) -> None:
    """Frames, one after the other to the end. Raises Flawed."""
    place = 0
    while place < len(content):
        length = _frame(content[place : place + 7])
        if length < 8 or place + length > len(content):
            raise Flawed("unreadable")
        place += length


def _frame(content: bytes) -> int:
    """Length of the ADTS frame at the start, 0 where there is none."""
    if len(content) < 7 or content[0] != 0xFF or content[1] & 0xF6 != 0xF0:
        return 0
    return (content[3] & 3) << 11 | content[4] << 3 | content[5] >> 5


def _tracks(content: bytes) -> Iterator[bytes]:
    """The kinds of the tracks: ``soun``, ``vide`` and so on."""
    for name, body in _boxes(content):
        if name in _HOLDERS:
            yield from _tracks(body)
        elif name == b"hdlr":
            yield body[8:12]


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        if length == 0:
            length = len(content) - place
        if length < 8 or place + length > len(content):
            raise Flawed("unreadable")
        yield content[place + 4 : place + 8], content[place + 8 : place + length]
        place += length
    if place != len(content):
        raise Flawed("unreadable")
