"""The sealed letter that is shown for a demo reply: one page of PDF without a library."""

from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile

#: A4 in points, and how many characters of 16 points stand in a line.
PAGE, SIZE, WIDTH = (595, 842), 16, 28


def scan(heading: str, number: str, body: str, *signed: str) -> SimpleUploadedFile:
    """The letter as a file to be uploaded."""
    lines = ["", *_wrapped(body), "", *signed]
    return SimpleUploadedFile(f"{heading}{number}.pdf", pdf(heading, number, lines), content_type="application/pdf")


def pdf(heading: str, number: str, lines: Iterable[str]) -> bytes:
    """One page in the reader's own Chinese font, which need not be embedded."""
    text = [f"BT 1 0 0 rg /F 26 Tf 90 760 Td {_hex(heading)} Tj ET 1 0 0 RG 70 735 m 525 735 l S"]
    text += [f"BT 0 0 0 rg /F {SIZE} Tf 28 TL 72 705 Td {_hex(number)} Tj"]
    text += [*(f"T* {_hex(line)} Tj" for line in lines), "ET"]
    content = "\n".join(text).encode()
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R /DW 1000"
    return _assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents 7 0 R"
        " /Resources << /Font << /F 4 0 R >> >> >>".encode(),
        font.encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light {system} >>".encode(),
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )


def _wrapped(body: str) -> list[str]:
    text = "　　" + body
    return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]


def _hex(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def _assembled(*objects: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(out)
