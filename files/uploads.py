"""Taking a file from a person."""

import re
import unicodedata

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from files import signatures, storage
from files.models import Attachment
from files.signatures import Signature
from workflow import clock

#: Characters of a name, its ending included.
LONGEST = 120
#: What a file system, a header or a reader's eye would trip over: control, direction and zero-width characters too.
_AWKWARD = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')


def read(uploaded: UploadedFile, endings: tuple[str, ...] = ()) -> tuple[Signature, bytes]:
    """Kind and content of an uploaded file. Raises Invalid ``file`` (codes of ``files.signatures``)."""
    uploaded.seek(0)
    # one byte more than is allowed tells what is too large
    content = uploaded.read(signatures.LARGEST + 1)
    uploaded.seek(0)
    return signatures.recognise(clean_name(uploaded.name or ""), content, endings), content


def store_upload(uploaded: UploadedFile, *, user: User | None) -> Attachment:
    """Keep an uploaded file; the row belongs to the caller's transaction.

    Raises Invalid ``file`` when the file is refused. A file whose row is rolled back is swept away later.
    """
    signature, content = read(uploaded)
    path = storage.new_path(signature.endings[0])
    with storage.writing(path) as stream:
        stream.write(content)
    return attach(path, clean_name(uploaded.name or ""), signature.content_type, user)


def attach(path: str, name: str, content_type: str, user: User | None) -> Attachment:
    """The row of a file that lies in the storage."""
    sha256, size = storage.digest(path)
    return Attachment.objects.create(
        name=name, content_type=content_type, size=size, sha256=sha256, path=path, uploaded_by=user, at=clock.now()
    )


def clean_name(name: str) -> str:
    """The name a person gave, without folders and without what could mislead.

    >>> clean_name("../../答复函\\u202egpj.PDF"), clean_name("C:\\\\docs\\\\a b.docx"), clean_name(".png")
    ('答复函gpj.pdf', 'a b.docx', '附件.png')
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain = re.sub(r"\s+", " ", _AWKWARD.sub("", last)).rstrip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    ending = f"{dot}{ending.lower()[:20]}"
    return f"{stem.strip(' .')[: LONGEST - len(ending)] or '附件'}{ending}"
