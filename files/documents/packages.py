"""Whether a .docx is safe to open and to hand out: no program, nothing embedded, nothing fetched from elsewhere."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from files.documents.language import Fault

#: Bytes of the page's own XML; an official form has a twentieth of it.
LARGEST_PAGE = 2 << 20

PAGE = "word/document.xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Kinds of relations that bring in another document, a program or a control.
_FOREIGN = ("/aFChunk", "/oleObject", "/control", "/package", "/attachedTemplate", "/subDocument", "/vbaProject")
_FOREIGN_FOLDERS = ("word/embeddings/", "word/activex/", "customui/")
#: Fields that only count and date; others fetch files, run programs or ask for data.
_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "REF", "PAGEREF", "SEQ", "STYLEREF", "EQ"}
)


def faults(content: bytes) -> list[Fault]:
    """What speaks against a file that calls itself .docx; all of it is read, none of it is run."""
    try:
        with ZipFile(BytesIO(content)) as package:
            return list(dict.fromkeys(_in_package(package)))
    except (BadZipFile, etree.XMLSyntaxError, OSError, ValueError, NotImplementedError, EOFError):
        return [Fault("unreadable", "")]


def _in_package(package: ZipFile) -> Iterator[Fault]:
    entries = package.infolist()
    if {"[Content_Types].xml", PAGE} - {entry.filename for entry in entries}:
        yield Fault("unreadable", "")
    if len({entry.filename for entry in entries}) != len(entries):
        yield Fault("unreadable", "")
    for entry in entries:
        if entry.filename.lower().startswith(_FOREIGN_FOLDERS):
            yield Fault("embedded", entry.filename)
        elif entry.filename == PAGE and entry.file_size > LARGEST_PAGE:
            yield Fault("too_long", "")
        elif entry.filename.endswith((".xml", ".rels")):
            yield from _in_part(package, entry)


def _in_part(package: ZipFile, entry: ZipInfo) -> Iterator[Fault]:
    root = etree.fromstring(package.read(entry), etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.doctype:
        yield Fault("unreadable", entry.filename)
    elif entry.filename == "[Content_Types].xml":
        yield from _in_types(root)
    elif entry.filename.endswith(".rels"):
        yield from _in_relations(root)
    else:
        yield from _in_fields(root)
        if entry.filename != PAGE and entry.filename.startswith("word/"):
            yield from _in_words(root)


def _in_types(root: etree._Element) -> Iterator[Fault]:
    kinds = {override.get("PartName"): override.get("ContentType", "") for override in root if override.get("PartName")}
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds.values()):
        yield Fault("has_program", "")
    elif kinds.get(f"/{PAGE}") != _MAIN:
        yield Fault("unreadable", "")


def _in_relations(root: etree._Element) -> Iterator[Fault]:
    for relation in root:
        target = relation.get("Target", "")
        if relation.get("TargetMode", "").lower() == "external":
            yield Fault("external", target[-80:])
        elif relation.get("Type", "").endswith(_FOREIGN):
            yield Fault("embedded", target[-80:])


def _in_fields(root: etree._Element) -> Iterator[Fault]:
    for words in _fields(root):
        name = words.split(None, 1)[0].upper() if words.split() else ""
        if name and name not in _FIELDS:
            yield Fault("field", name[:40])


def _fields(root: etree._Element) -> Iterator[str]:
    """What each field says; a field may be spread over many runs."""
    open_fields: list[str] = []
    for element in root.iter(f"{_WORD}fldChar", f"{_WORD}instrText", f"{_WORD}fldSimple"):
        if element.tag == f"{_WORD}fldSimple":
            yield element.get(f"{_WORD}instr", "")
        elif element.tag == f"{_WORD}instrText":
            open_fields = open_fields or [""]
            open_fields[-1] += element.text or ""
        elif element.get(f"{_WORD}fldCharType") == "begin":
            open_fields.append("")
        elif element.get(f"{_WORD}fldCharType") == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _in_words(root: etree._Element) -> Iterator[Fault]:
    """Placeholders are filled on the page itself only."""
    for paragraph in root.iter(f"{_WORD}p"):
        words = "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))
        if "{{" in words or "{%" in words:
            yield Fault("not_on_the_page", words.strip()[:80])
