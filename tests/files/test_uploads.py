"""What is taken, what is not, under which name it is kept, and how it goes out again."""

import hashlib
import os
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404

from accounts.models import Role
from files import storage
from files.downloads import attachment_response
from files.forms import UploadField
from files.models import Attachment
from files.signatures import SENTENCES
from files.uploads import clean_name, store_upload
from tests.factory import make_user
from tests.files.factory import OLE, PDF, SAMPLES, jpeg, ole, png, upload, zipped
from workflow.engine import Invalid


class Form(forms.Form):
    scan = UploadField(label="scan")
    letter = UploadField(required=False, endings=(".pdf", ".ofd"))


def bomb():
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(20 << 20))
    return stream.getvalue()


def locked_zip():
    content = bytearray(zipped("word/document.xml"))
    content[content.rindex(b"PK\x01\x02") + 8] = 1
    return bytes(content)


REFUSED = [
    ("page.html", b"<script>alert(1)</script>", "kind_not_allowed"),
    ("picture.svg", b"<svg/>", "kind_not_allowed"),
    ("run.exe", b"MZ", "kind_not_allowed"),
    ("letter.docm", SAMPLES["答复函.docx"], "kind_not_allowed"),
    ("letter", PDF, "kind_not_allowed"),
    ("pdf", PDF, "kind_not_allowed"),
    ("a.pdf.exe", PDF, "kind_not_allowed"),
    ("a.pdf", b"", "empty_file"),
    ("a.pdf", PDF + b"%" * (10 << 20), "too_large"),
    ("a.pdf", b"<html>%PDF-1.7 %%EOF", "content_differs"),
    ("a.pdf", PDF[:40], "unreadable"),
    ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"), "has_program"),
    ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript >>"), "has_program"),
    ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch /F (cmd) >>"), "has_program"),
    ("a.png", SAMPLES["照片.jpg"], "content_differs"),
    ("a.jpg", b"GIF89a<script>", "content_differs"),
    ("a.png", png()[:30], "unreadable"),
    ("a.png", png(50_000, 50_000), "unpacks_too_far"),
    ("a.png", png(0, 9), "unreadable"),
    ("a.jpg", jpeg(60_000, 60_000), "unpacks_too_far"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "unreadable"),
    ("a.jpg", jpeg()[:-2], "unreadable"),
    ("a.docx", SAMPLES["答复函.ofd"], "content_differs"),
    ("a.docx", zipped("a.txt"), "content_differs"),
    ("a.docx", zipped("word/document.xml", "word/vbaProject.bin"), "has_program"),
    ("a.docx", zipped("word/document.xml", "../../evil"), "unreadable"),
    ("a.docx", zipped("word/document.xml", "/etc/passwd"), "unreadable"),
    ("a.docx", SAMPLES["答复函.docx"][:60], "unreadable"),
    ("a.docx", zipped("word/document.xml", *(f"{n}.xml" for n in range(200))), "unpacks_too_far"),
    ("a.docx", bomb(), "unpacks_too_far"),
    ("a.docx", locked_zip(), "encrypted"),
    ("a.docx", ole("EncryptedPackage"), "encrypted"),
    ("a.xlsx", SAMPLES["答复函.docx"], "content_differs"),
    ("a.ofd", SAMPLES["答复函.docx"], "content_differs"),
    ("a.doc", SAMPLES["答复函.docx"], "content_differs"),
    ("a.doc", OLE + b"\0" * 100, "unreadable"),
    ("a.doc", ole("Workbook"), "content_differs"),
    ("a.wps", ole("WordDocument", "_VBA_PROJECT"), "has_program"),
    ("a.doc", ole("EncryptedPackage"), "encrypted"),
]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_that_is_welcome_is_taken(name):
    assert Form(files={"scan": upload(name, SAMPLES[name])}).is_valid()


@pytest.mark.parametrize(
    ("name", "content", "code"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_anything_else_is_refused_with_a_sentence_that_names_the_file(name, content, code):
    form = Form(files={"scan": upload(name, content)})
    assert not form.is_valid()
    [error] = form.errors.as_data()["scan"]
    assert error.code == code and code in SENTENCES
    assert clean_name(name) in form.errors["scan"][0]


def test_noise_behind_the_first_bytes_breaks_nothing():
    noise = os.urandom(3000) + zlib.compress(os.urandom(1000))
    for name, content in SAMPLES.items():
        for cut in range(8, len(content), 7):
            Form(files={"scan": upload(name, content[:cut] + noise)}).is_valid()


def test_a_field_may_take_fewer_kinds():
    files = {"scan": upload(), "letter": upload("照片.png", png())}
    assert Form(files=files).errors.as_data()["letter"][0].code == "kind_not_allowed"
    assert Form().fields["letter"].widget.attrs["accept"] == ".pdf,.ofd"
    assert ".wps" in Form().fields["scan"].widget.attrs["accept"]


def test_an_optional_file_may_be_left_out():
    form = Form(files={"scan": upload()})
    assert form.is_valid() and form.cleaned_data["letter"] is None
    assert Form(files={}).errors.as_data()["scan"][0].code == "required"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("答复函（盖章）.pdf", "答复函（盖章）.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\桌面\\答复函.PDF", "答复函.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("...pdf", "附件.pdf"),
        ("  空  格 .pdf", "空 格.pdf"),
        ('a"b<c>:d|e?f*.pdf', "abcdef.pdf"),
        ("..", "附件"),
        ("", "附件"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_the_name_is_kept_without_what_could_mislead(name, kept):
    assert clean_name(name) == kept


@pytest.mark.django_db
def test_a_file_is_kept_under_a_name_the_server_makes():
    user = make_user(Role.ORGAN_HANDLER)
    kept = store_upload(upload("../答复函.pdf"), user=user)
    assert (kept.name, kept.content_type, kept.size) == ("答复函.pdf", "application/pdf", len(PDF))
    assert (kept.sha256, kept.uploaded_by) == (hashlib.sha256(PDF).hexdigest(), user)
    assert "答复函" not in kept.path and kept.path.endswith(".pdf")
    assert storage.local(kept.path).read_bytes() == PDF
    assert storage.local(kept.path).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_what_is_refused_leaves_neither_row_nor_file():
    with pytest.raises(Invalid) as refused:
        store_upload(upload("a.pdf", b"nothing"), user=None)
    assert (refused.value.field, refused.value.code) == ("file", "content_differs")
    assert not Attachment.objects.exists() and not default_storage.exists("")


def test_a_file_that_is_not_finished_is_not_there():
    with pytest.raises(InterruptedError), storage.writing("2026/11/a.pdf") as stream:
        stream.write(b"half")
        raise InterruptedError
    assert list(storage.local("2026/11").iterdir()) == []


@pytest.mark.django_db
def test_a_file_goes_out_as_a_download_only(rf):
    kept = store_upload(upload("答复函.pdf"), user=None)
    response = attachment_response(rf.get("/"), kept)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%AD%94%E5%A4%8D%E5%87%BD.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_file_that_is_gone_is_not_found(rf):
    kept = store_upload(upload(), user=None)
    storage.local(kept.path).unlink()
    with pytest.raises(Http404):
        attachment_response(rf.get("/"), kept)


@pytest.mark.django_db
def test_a_row_belongs_to_the_act_that_stored_it():
    with transaction.atomic():
        store_upload(upload(), user=None)
        transaction.set_rollback(True)
    assert not Attachment.objects.exists()
