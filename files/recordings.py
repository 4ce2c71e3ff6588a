"""A recording of a few words that comes in from a telephone, and going out to be heard in a page."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files import storage
from files.downloads import streamed
from files.models import Attachment
from files.signatures import SOUNDS
from files.uploads import attach, clean_name, read
from workflow.engine import Invalid

#: Kinds of files that are recordings.
ENDINGS = tuple(ending for signature in SOUNDS for ending in signature.endings)
#: Half a minute of a telephone's best has less; what is longer is no short message.
LARGEST = 2 << 20
_TYPES = frozenset(signature.content_type for signature in SOUNDS)


def store_recording(uploaded: UploadedFile, *, user: User | None) -> Attachment:
    """Keep a recording as it is. Raises Invalid ``file`` for what is none, is damaged or longer than half a minute."""
    name = clean_name(uploaded.name or "")
    signature, content = read(uploaded, ENDINGS)
    if len(content) > LARGEST:
        sentence = _("“%(name)s” is too long. Please record half a minute at most.")
        raise Invalid("file", "too_long", sentence, name=name)
    path = storage.new_path(signature.endings[0])
    with storage.writing(path) as stream:
        stream.write(content)
    return attach(path, name, signature.content_type, user)


def is_recording(attachment: Attachment) -> bool:
    """Whether it can be heard in a page."""
    return attachment.content_type in _TYPES


def recording_response(attachment: Attachment) -> HttpResponseBase:
    """A recording, to be heard in a page. Raises Http404 for anything else."""
    if not is_recording(attachment):
        raise Http404
    response = streamed(attachment)
    response["Content-Type"] = attachment.content_type
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
