"""Files that are no workbook, or should not be opened, get one code and one sentence."""

import os
import shutil
import struct
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from files.workbooks import open_workbook
from tests.files.books import archive, book
from workflow.engine import Invalid

DATA = Path(__file__).parent.parent / "data"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(path):
    with pytest.raises(Invalid) as refused:
        open_workbook(path)
    assert refused.value.field == "file"
    assert path.name in refused.value.sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"name,age\nx,1\n", "not_a_workbook"),
        (b"%PDF-1.7 and so on", "not_a_workbook"),
        (b"<html><table></table></html>", "not_a_workbook"),
        (b"PK", "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 500, "unreadable"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "not_a_workbook"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "unreadable"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_by_its_content(tmp_path, content, code):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_missing_file_is_refused(tmp_path):
    assert code_of(tmp_path / "nowhere.xlsx") == "unreadable"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_workbook_is_refused(tmp_path, share):
    content = (DATA / "roster.xlsx").read_bytes()
    path = tmp_path / "half.xlsx"
    path.write_bytes(content[: int(len(content) * share)])
    assert code_of(path) == "unreadable"


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path):
    path = tmp_path / "broken.xlsx"
    with ZipFile(DATA / "visit_register.xlsx") as good, ZipFile(path, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name)[:400] if name.startswith("xl/worksheets") else good.read(name))
    assert code_of(path) == "unreadable"


def test_ten_megabytes_are_the_limit(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate((10 << 20) + 1)
    assert code_of(path) == "too_large"


def test_a_bomb_by_ratio_is_refused(tmp_path):
    assert code_of(archive(tmp_path / "a.xlsx", sheet=bytes(20 << 20))) == "unpacks_too_far"


def test_a_bomb_by_size_is_refused(tmp_path):
    path = archive(tmp_path / "a.xlsx", noise=os.urandom(1 << 20), sheet=bytes(50 << 20))
    assert path.stat().st_size * 100 > 51 << 20
    assert code_of(path) == "unpacks_too_far"


def test_a_bomb_by_entries_is_refused(tmp_path):
    assert code_of(archive(tmp_path / "a.xlsx", **{f"part{n}": b"x" for n in range(200)})) == "unpacks_too_far"


def test_one_cell_at_the_far_corner_does_not_eat_the_memory(tmp_path):
    path = book(tmp_path / "plain.xlsx", 表=[["a", "b"], ["c", "d"]])
    far = tmp_path / "far.xlsx"
    with ZipFile(path) as good, ZipFile(far, "w") as bad:
        for name in good.namelist():
            content = good.read(name).replace(b'r="B2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')
            bad.writestr(name, content)
    assert code_of(far) == "unpacks_too_far"


def test_a_zip_that_asks_for_a_password_is_refused(tmp_path):
    path = tmp_path / "locked.xlsx"
    with ZipFile(path, "w", ZIP_STORED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.rindex(b"PK\x01\x02") + 8, 1)
    path.write_bytes(content)
    assert code_of(path) == "encrypted"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "letter.xlsx"
    with ZipFile(path, "w") as made:
        made.writestr("word/document.xml", "<document/>")
    assert code_of(path) == "not_a_workbook"


def test_the_name_does_not_decide(tmp_path):
    path = tmp_path / "roster.txt"
    shutil.copy(DATA / "roster.xlsx", path)
    assert [sheet.name for sheet in open_workbook(path).sheets] == ["家站", "代表名册", "承办单位"]


def test_rows_are_numbered_as_excel_shows_them(tmp_path):
    path = book(tmp_path / "gap.xlsx", 表=[[None], [None], [None, "third row, second column"]])
    assert open_workbook(path).sheets[0].rows[2] == ["", "third row, second column"]
