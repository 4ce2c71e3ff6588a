"""A photograph that comes in: turned upright, no larger than is read, without where and by what it was taken."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from accounts.models import User
from files import storage
from files.models import Attachment
from files.signatures import SENTENCES
from files.uploads import attach, clean_name, read
from workflow.engine import Invalid

#: Kinds of files that are pictures.
ENDINGS = (".jpg", ".jpeg", ".png")
#: Pixels of the longer side that are kept: an A4 sheet at 180 dpi stays readable.
LONGER_SIDE = 2048
_QUALITY = 85


def store_picture(uploaded: UploadedFile, *, user: User | None) -> Attachment:
    """Keep a photograph, newly drawn: nothing else that stood in the file is kept, its place and camera least of all.

    Raises Invalid ``file`` for what is no picture, is damaged or too large (``files.signatures``).
    """
    _signature, content = read(uploaded, ENDINGS)
    name = clean_name(uploaded.name or "")
    path = storage.new_path(".jpg")
    with storage.writing(path) as stream:
        stream.write(redrawn(content, name))
    return attach(path, f"{name.rpartition('.')[0]}.jpg", "image/jpeg", user)


def small(content: bytes, longer_side: int = 1200) -> bytes:
    """A picture that was drawn here, once more for paper: a document of many stays small enough to be sent."""
    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        picture.draft("RGB", (longer_side, longer_side))
        picture.thumbnail((longer_side, longer_side))
        drawn = BytesIO()
        picture.convert("RGB").save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    return drawn.getvalue()


def redrawn(content: bytes, name: str) -> bytes:
    """The picture as a JPEG without anything beside it. Raises Invalid ``file`` when it cannot be drawn."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            # a JPEG is read at the smallest size that will do, which spares memory and time
            picture.draft("RGB", (LONGER_SIDE, LONGER_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGER_SIDE, LONGER_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA")
            plain.paste(seen, mask=seen)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid("file", "unreadable", SENTENCES["unreadable"], name=name) from error
    drawn = BytesIO()
    plain.save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    return drawn.getvalue()
