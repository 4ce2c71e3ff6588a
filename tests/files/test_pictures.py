"""A photograph that comes in is drawn anew: upright, small enough, without where it was taken."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from files.downloads import picture_response
from files.pictures import LONGER_SIDE, store_picture
from files.uploads import store_upload
from tests.files.factory import PDF, jpeg, upload
from workflow.engine import Invalid

pytestmark = pytest.mark.django_db

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def _photo(size=(40, 30), form="JPEG", **exif):
    picture = Image.new("RGB", size, "red")
    tags = Image.Exif()
    tags[MAKER] = "a phone of a certain maker"
    tags[ORIENTATION] = exif.get("turned", 1)
    tags.get_ifd(GPS)[2] = (38.0, 12.0, 33.0)
    stream = BytesIO()
    picture.save(stream, form, exif=tags)
    return stream.getvalue()


def _kept(content, name="现场.jpg"):
    attachment = store_picture(SimpleUploadedFile(name, content), user=None)
    with default_storage.open(attachment.path, "rb") as stream:
        return attachment, stream.read()


def test_where_and_by_what_it_was_taken_is_left_out():
    sent = _photo()
    assert b"certain maker" in sent and Image.open(BytesIO(sent)).getexif().get_ifd(GPS)
    attachment, kept = _kept(sent)
    assert b"certain maker" not in kept and not Image.open(BytesIO(kept)).getexif()
    assert (attachment.name, attachment.content_type) == ("现场.jpg", "image/jpeg")


def test_it_stands_upright_and_is_no_larger_than_is_read():
    _attachment, kept = _kept(_photo((3 * LONGER_SIDE, LONGER_SIDE), turned=6))
    assert Image.open(BytesIO(kept)).size == (round(LONGER_SIDE / 3), LONGER_SIDE)


def test_a_png_becomes_a_jpeg_on_white():
    stream = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(stream, "PNG")
    attachment, kept = _kept(stream.getvalue(), "图.png")
    assert attachment.name == "图.jpg" and Image.open(BytesIO(kept)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("合同.pdf", PDF, "kind_not_allowed"),
        ("假.jpg", PDF, "content_differs"),
        ("坏.jpg", _photo()[:-300] + b"\xff\xd9", "unreadable"),
        ("只有头.jpg", jpeg(40, 30), "unreadable"),
        ("空.jpg", b"", "empty_file"),
    ],
)
def test_what_is_no_photograph_gets_its_sentence(name, content, code):
    with pytest.raises(Invalid) as refused:
        store_picture(SimpleUploadedFile(name, content), user=None)
    assert refused.value.code == code


def test_only_what_was_drawn_here_is_shown_in_a_page(rf):
    attachment, kept = _kept(_photo())
    shown = picture_response(attachment)
    assert b"".join(shown.streaming_content) == kept and shown["Content-Disposition"] == "inline"
    with pytest.raises(Http404):
        picture_response(store_upload(upload("信.pdf", PDF), user=None))
