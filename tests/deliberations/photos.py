"""Photographs as a phone sends them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name: str = "现场.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    """A small JPEG, or whatever ``content`` is, under that name."""
    if content is None:
        stream = BytesIO()
        Image.new("RGB", (40, 30), "red").save(stream, "JPEG")
        content = stream.getvalue()
    return SimpleUploadedFile(name, content, content_type="image/jpeg")
