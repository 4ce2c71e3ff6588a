"""Which kinds of files are taken, and how each is known: by its ending, its first bytes and its build.

A file that says one thing by its name and another by its content is refused. Nothing is unpacked, run or shown:
files go out again as downloads only.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext_lazy as _

from files import archives, sounds
from files.flaws import Flawed
from workflow.engine import Invalid

#: Bytes of a file; pixels of a picture (a telephone's camera has at most 200 million).
LARGEST, PIXELS = 10 << 20, 250_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SENTENCES = {
    "kind_not_allowed": _("“%(name)s” is of a kind that is not taken. Possible are %(kinds)s."),
    "content_differs": _("“%(name)s” is not what its name says. Please save it again as %(kinds)s."),
    "empty_file": _("“%(name)s” is empty."),
    "too_large": _("“%(name)s” is larger than 10 MB. Please scan it in grey and at 200 dpi, or split it."),
    "unreadable": _("“%(name)s” is damaged or incomplete. Please save or scan it again."),
    "encrypted": _("“%(name)s” is protected by a password. Please remove the password and choose it again."),
    "has_program": _("“%(name)s” contains a program (macro or script), so it is not taken. Please save it without."),
    "unpacks_too_far": _("“%(name)s” becomes far too large when it is opened, so it is not taken."),
}


def _pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-4096:]:
        raise Flawed("unreadable")
    # a name may be written with #xx; what is packed into a compressed stream is not looked into
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), content)
    if re.search(rb"/(JavaScript|Launch)\b", plain):
        raise Flawed("has_program")


def _zip_with(part: str) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        try:
            names = archives.entries(BytesIO(content), len(content))
        except archives.Unfit as unfit:
            raise Flawed(unfit.code) from unfit
        if part not in names:
            raise Flawed("content_differs")
        if any(PurePath(name).name.lower() in ("vbaproject.bin", "vbadata.xml") for name in names):
            raise Flawed("has_program")

    return check


def _ole(content: bytes) -> None:
    """A compound file that holds a text of Word or WPS."""
    if len(content) < 1536 or content[28:30] != b"\xfe\xff":
        raise Flawed("unreadable")
    if _named("EncryptedPackage") in content:
        raise Flawed("encrypted")
    if _named("WordDocument") not in content:
        raise Flawed("content_differs")
    if _named("_VBA_PROJECT") in content:
        raise Flawed("has_program")


def _named(name: str) -> bytes:
    return name.encode("utf-16-le")


def _png(content: bytes) -> None:
    if content[12:16] != b"IHDR" or b"IEND\xaeB`\x82" not in content[-64:]:
        raise Flawed("unreadable")
    _measure(*struct.unpack(">II", content[16:24]))


def _jpeg(content: bytes) -> None:
    frames = [
        body for marker, body in _segments(content) if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)
    ]
    if not frames or len(frames[0]) < 5 or b"\xff\xd9" not in content:
        raise Flawed("unreadable")
    _measure(*struct.unpack(">HH", frames[0][1:5]))


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment up to the picture itself."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xFF:
            place += 1
            continue
        yield marker, content[place + 4 : place + 2 + length]
        if marker == 0xDA:
            return
        place += 2 + length


def _measure(width: int, height: int) -> None:
    if not width or not height or width * height > PIXELS:
        raise Flawed("unpacks_too_far" if width and height else "unreadable")


@dataclass(frozen=True)
class Signature:
    """A kind of file: endings (the first is used when storing), first bytes, content type, check of its build."""

    endings: tuple[str, ...]
    magic: bytes
    content_type: str
    check: Callable[[bytes], None]


_OFFICE = "application/vnd.openxmlformats-officedocument"

SIGNATURES = (
    Signature((".pdf",), b"%PDF-", "application/pdf", _pdf),
    Signature((".ofd",), archives.ZIP, "application/ofd", _zip_with("OFD.xml")),
    Signature((".docx",), archives.ZIP, f"{_OFFICE}.wordprocessingml.document", _zip_with("word/document.xml")),
    Signature((".xlsx",), archives.ZIP, f"{_OFFICE}.spreadsheetml.sheet", _zip_with("xl/workbook.xml")),
    Signature((".doc",), OLE, "application/msword", _ole),
    Signature((".wps",), OLE, "application/vnd.ms-works", _ole),
    Signature((".jpg", ".jpeg"), b"\xff\xd8\xff", "image/jpeg", _jpeg),
    Signature((".png",), b"\x89PNG\r\n\x1a\n", "image/png", _png),
)
BY_ENDING = {ending: signature for signature in SIGNATURES for ending in signature.endings}

#: What a telephone records; taken only where it is asked for (``files.recordings``), never as a paper.
SOUNDS = (
    Signature((".webm",), b"\x1a\x45\xdf\xa3", "audio/webm", sounds.webm),
    Signature((".ogg", ".oga", ".opus"), b"OggS", "audio/ogg", sounds.ogg),
    Signature((".m4a", ".mp4"), b"\0\0\0", "audio/mp4", sounds.mp4),
    Signature((".aac",), b"\xff", "audio/aac", sounds.aac),
)
_KNOWN = BY_ENDING | {ending: signature for signature in SOUNDS for ending in signature.endings}


def allowed(endings: tuple[str, ...] = ()) -> dict[str, Signature]:
    """The signatures of these endings; without, of all papers and pictures."""
    return {ending: _KNOWN[ending] for ending in endings} if endings else BY_ENDING


def recognise(name: str, content: bytes, endings: tuple[str, ...] = ()) -> Signature:
    """The kind of a file. Raises Invalid ``file`` with a code of ``SENTENCES``."""
    possible = allowed(endings)
    try:
        return _recognise(name, content, possible)
    except Flawed as flawed:
        kinds = "、".join(sorted({ending[1:].upper() for ending in possible}))
        raise Invalid("file", flawed.code, SENTENCES[flawed.code], name=name, kinds=kinds) from flawed


def _recognise(name: str, content: bytes, possible: dict[str, Signature]) -> Signature:
    signature = possible.get(PurePath(name).suffix.lower())
    if signature is None:
        raise Flawed("kind_not_allowed")
    if not content:
        raise Flawed("empty_file")
    if len(content) > LARGEST:
        raise Flawed("too_large")
    if not content.startswith(signature.magic):
        raise Flawed("encrypted" if _is_locked_office(signature, content) else "content_differs")
    signature.check(content)
    return signature


def _is_locked_office(signature: Signature, content: bytes) -> Any:
    """A .docx or .xlsx with a password is an OLE file."""
    return signature.magic == archives.ZIP and content.startswith(OLE) and _named("EncryptedPackage") in content
