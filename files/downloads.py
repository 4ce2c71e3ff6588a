"""Handing out a stored file, after the caller has made sure that it may be seen."""

import logging
from typing import TypeVar

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from files.models import Attachment

Response = TypeVar("Response", bound=HttpResponseBase)

logger = logging.getLogger(__name__)


def attachment_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The file as a download under its own name (RFC 6266), kept by no cache and never shown as a page.

    The portal sends it itself: files are small, and no second server then needs the right to read them.
    Raises Http404 when the file is gone.
    """
    return _as_download(streamed(attachment), attachment.name, attachment.content_type)


def content_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    """What was just made and is stored nowhere, as a download like any other."""
    return _as_download(HttpResponse(content), name, content_type)


def _as_download(response: Response, name: str, content_type: str) -> Response:
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def streamed(attachment: Attachment) -> FileResponse:
    """The stored bytes. Raises Http404 when they are gone."""
    try:
        return FileResponse(default_storage.open(attachment.path, "rb"))
    except FileNotFoundError as error:
        logger.error("The file of attachment %s is gone", attachment.pk)
        raise Http404 from error


def picture_response(attachment: Attachment) -> HttpResponseBase:
    """A picture that was drawn here (``files.pictures``), to be shown in a page. Raises Http404 for anything else."""
    if attachment.content_type != "image/jpeg":
        raise Http404
    response = streamed(attachment)
    response["Content-Type"] = "image/jpeg"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
