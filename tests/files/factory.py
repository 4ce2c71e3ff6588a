"""Small files of every kind, jobs, and kinds of jobs for tests."""

import struct
from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from files.kinds import Kind
from files.models import Job
from files.transitions import enqueue
from tests.factory import make_actor

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def zipped(*names):
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, f"<{name}/>")
    return stream.getvalue()


def ole(*streams):
    body = bytearray(OLE + b"\0" * 2000)
    body[28:30] = b"\xfe\xff"
    return bytes(body) + b"\0\0".join(name.encode("utf-16-le") for name in streams)


def png(width=8, height=8):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + head + b"\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"


def jpeg(width=8, height=8):
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0" + frame + b"\xff\xda\x00\x02data\xff\xd9"


SAMPLES = {
    "答复函.pdf": PDF,
    "答复函.ofd": zipped("OFD.xml", "Doc_0/Document.xml"),
    "答复函.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "表.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "答复函.doc": ole("Root Entry", "WordDocument"),
    "答复函.wps": ole("Root Entry", "WordDocument"),
    "照片.jpg": jpeg(),
    "照片.JPEG": jpeg(),
    "照片.png": png(),
}


def upload(name="答复函.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="text/html")


def write_ten(job, out, progress):
    """Ten rows of a file."""
    for done in range(1, 11):
        out.write(b"row\n")
        progress(done, 10)
    return "结果.xlsx"


#: ``settings.JOB_KINDS`` of tests; ``make`` is replaced by each test as it needs.
KINDS = {"test": Kind(write_ten, lambda job: f"test {job.args.get('name', '')}")}


def use(monkeypatch, make):
    monkeypatch.setitem(KINDS, "test", Kind(make, KINDS["test"].title))


def make_job(actor=None, key="", **args):
    actor = actor or make_actor(Role.COMMITTEE_STAFF)
    return enqueue("test", key=key or f"test:{Job.objects.count()}", args=args, actor=actor)
