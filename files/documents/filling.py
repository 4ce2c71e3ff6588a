"""Putting the words into a template: once, or once for each of many, one after the other in one document."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from docx.text.run import Run
from docxtpl import DocxTemplate

from files.documents.language import GAP, LINE, TAB, environment

#: What stands where something is not known.
GAP_WORDS = "【　】"

_PIECES = re.compile(f"([{GAP}{LINE}{TAB}])")
_MARKS = re.compile(f"[{GAP}{LINE}{TAB}]")
_BREAKS = {LINE: "w:br", TAB: "w:tab"}
_ONCE = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
_STRAY = "descendant-or-self::*[{}]/text()[normalize-space()]".format(
    " or ".join(f"self::w:{name}" for name in ("body", "p", "r", "tbl", "tr", "tc"))
)
_IDS = re.compile(r"\{http://schemas\.microsoft\.com/office/word/2010/wordml\}(paraId|textId)")


def source_of(content: bytes) -> str:
    """The page of a template as one text, a paragraph a line."""
    document = DocxTemplate(BytesIO(content))
    document.init_docx()
    return _source(document)


def fill(content: bytes, contexts: Sequence[Mapping[str, Any]]) -> bytes:
    """The document: for each context the whole template, each beginning on a new page numbered 1.

    Raises errors of jinja2 and of lxml for a template that is not fit.
    """
    document = DocxTemplate(BytesIO(content))
    document.init_docx()
    template = environment().from_string(_source(document))
    bodies = [_body(template.render(context)) for context in contexts]
    whole = _joined(bodies)
    for number, drawing in enumerate(whole.iter(qn("wp:docPr")), start=1):
        drawing.set("id", str(number))
    document.map_tree(whole)
    out = BytesIO()
    document.docx.save(out)
    return out.getvalue()


def with_pictures(content: bytes, heading: str, pictures: Sequence[tuple[str, bytes]]) -> bytes:
    """The document with pictures behind it, each with its words below, none wider or taller than fits the page twice."""
    document = Document(BytesIO(content))
    document.add_paragraph(heading).paragraph_format.page_break_before = True
    for words, picture in pictures:
        paragraph = document.add_paragraph()
        # an exact line height would cut the picture off
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(picture))
        scale = min(Mm(150) / shape.width, Mm(95) / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _source(document: DocxTemplate) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", document.patch_xml(document.get_xml()))


def _body(filled: str) -> Any:
    body = parse_xml(re.sub(r"\n<w:p([ >])", r"<w:p\1", filled))
    for run in {text.getparent() for text in body.iter(qn("w:t")) if _MARKS.search(text.text or "")}:
        _settle(run)
    for element in body.iter():
        # whatever a mark did outside of a text, it is not shown
        for name, value in element.items():
            if _MARKS.search(value):
                element.set(name, _MARKS.sub("", value))
    _mend_tables(body)
    _require_order(body)
    return body


def _mend_tables(body: Any) -> None:
    """What repeats no row, or no paragraph, may have left a table or a cell with nothing in it."""
    for table in [table for table in body.iter(qn("w:tbl")) if table.find(qn("w:tr")) is None]:
        table.getparent().remove(table)
    for cell in body.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _require_order(body: Any) -> None:
    """Raise ValueError for words that stand between the parts of the document instead of in a text."""
    if body.xpath(_STRAY):
        raise ValueError("words outside of a text")


def _settle(run: Any) -> None:
    """Turn the marks in a run into gaps, line breaks and tabulators, the rest staying as it was."""
    properties = run.find(qn("w:rPr"))
    runs = [_run_like(properties)]
    for child in [child for child in run if child is not properties]:
        if child.tag != qn("w:t"):
            runs[-1].append(child)
            continue
        for piece in _PIECES.split(child.text or ""):
            if piece == GAP:
                runs += [_gap(properties), _run_like(properties)]
            elif piece:
                runs[-1].append(OxmlElement(_BREAKS[piece]) if piece in _BREAKS else _text(piece))
    for settled in runs:
        if any(child.tag != qn("w:rPr") for child in settled):
            run.addprevious(settled)
    run.getparent().remove(run)


def _run_like(properties: Any) -> Any:
    run = OxmlElement("w:r")
    if properties is not None:
        run.append(deepcopy(properties))
    return run


def _gap(properties: Any) -> Any:
    run = _run_like(properties)
    run.append(_text(GAP_WORDS))
    Run(run, None).font.highlight_color = WD_COLOR_INDEX.YELLOW  # type: ignore[arg-type]
    return run


def _text(words: str) -> Any:
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return text


def _joined(bodies: list[Any]) -> Any:
    """One body of many, each a section of its own whose pages count from 1."""
    whole = bodies[0]
    for body in bodies[1:]:
        _end_section(whole)
        for element in list(body):
            whole.append(_without_names(element))
    if len(bodies) > 1 and whole.find(qn("w:sectPr")) is not None:
        _count_from_one(whole.find(qn("w:sectPr")))
    return whole


def _end_section(body: Any) -> None:
    """Let the section that stands at the end of the body end here, in a paragraph."""
    section = body.find(qn("w:sectPr"))
    if section is None:
        section = OxmlElement("w:sectPr")
    else:
        body.remove(section)
    _count_from_one(section)
    last = body[-1] if len(body) else None
    if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last = OxmlElement("w:p")
        body.append(last)
    last.get_or_add_pPr().append(section)


def _count_from_one(section: Any) -> None:
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        section.insert(_place_of_numbers(section), numbers)
    numbers.set(qn("w:start"), "1")


def _place_of_numbers(section: Any) -> int:
    """Behind whatever the order of the format puts before the numbers of pages."""
    before = [
        qn(f"w:{name}")
        for name in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar")
    ]
    before += [qn(f"w:{name}") for name in ("paperSrc", "pgBorders", "lnNumType")]
    return max((place for place, child in enumerate(section, start=1) if child.tag in before), default=0)


def _without_names(element: Any) -> Any:
    """Without what may be in a document only once: bookmarks, and the marks that Word gives to paragraphs."""
    for name in list(element.iter(*_ONCE)):
        if name is not element:
            name.getparent().remove(name)
    for part in element.iter():
        for name in [name for name in part.keys() if _IDS.fullmatch(name)]:  # noqa: SIM118 - no mapping
            del part.attrib[name]
    return element
