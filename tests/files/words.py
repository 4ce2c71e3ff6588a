"""Word documents: made for a test, taken apart, and read back."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from files.documents.writing import Form, Placeholder

#: A small form with every kind of placeholder.
FORM = Form(
    "test",
    "F0",
    "试验表",
    (
        Placeholder("编号", "号码", "第001号"),
        Placeholder("标题", "题目", "修路"),
        Placeholder("重点", "是否重点", True),
        Placeholder(
            "代表", "签名的人", parts=(Placeholder("姓名", "名字", "赵大海"), Placeholder("电话", "号码", "139"))
        ),
    ),
)
LINES = (
    "{{编号}} {{标题}}",
    "{% if 重点 %}★{% endif %}",
    "{%p for 人 in 代表 %}",
    "{{人.姓名}} {{人.电话}}",
    "{%p endfor %}",
)


def template(*lines, footer=""):
    """A template with a paragraph for each line."""
    document = Document()
    for line in lines or LINES:
        document.add_paragraph(line)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content, replace=None, add=None):
    """The document with parts changed by a function of their text, or added."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            change = (replace or {}).get(entry.filename)
            new.writestr(entry.filename, change(part.decode()).encode() if change else part)
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def paragraphs(content):
    """Every paragraph of a document, those in tables too, in their order."""
    document = Document(BytesIO(content))
    found = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            seen = []
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        found += cell.paragraphs
        else:
            found.append(block)
    return found


def words(content):
    """All words of a document."""
    return "\n".join(paragraph.text for paragraph in paragraphs(content))


def everything(content):
    """All parts of a document as one text."""
    with ZipFile(BytesIO(content)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def cells(content):
    """Label and value of each pair of cells of the tables, the last of a label winning."""
    document = Document(BytesIO(content))
    told = {}
    for table in document.tables:
        for row in table.rows:
            unique = list(dict.fromkeys(cell._tc for cell in row.cells))
            texts = ["\n".join(p.text for p in cell.paragraphs) for cell in dict.fromkeys(row.cells)]
            texts = texts[: len(unique)]
            told |= dict(zip(texts[::2], texts[1::2], strict=False))
    return told


def gaps(content):
    """How many yellow gaps a document has."""
    runs = [run for paragraph in paragraphs(content) for run in paragraph.runs]
    marked = [run for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert {run.text for run in marked} <= {"【　】"}
    return len(marked)
