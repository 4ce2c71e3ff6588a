"""A Word document says what it is given and nothing else; a template is judged before it is used (RELIABILITY 19, 21)."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from jinja2.exceptions import SecurityError, UndefinedError

from accounts.models import Role
from files import storage
from files.documents import language, packages
from files.documents.writing import check, own_template, render
from files.models import DocumentTemplate
from files.uploads import attach
from tests.factory import make_actor
from tests.files.words import FORM, gaps, paragraphs, repacked, template, words
from workflow import clock
from workflow.engine import Conflict, Invalid

pytestmark = pytest.mark.django_db

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOSTILE = [
    "<w:p/></w:t><script>alert(1)</script>",
    "{{ 7*7 }} {{编号}} {%p for x in 代表 %} {% endif %}",
    "{_{ x }_} {_% y %_} {# z #}",
    "a & b &amp; &lt; \"c\" 'd' ]]> <!-- e -->",
    "“引号” ‘单’ ｛｛全角｝｝ 𠮷 \u202e倒",
    "=cmd|' /C calc'!A0",
]


def told(**options):
    return {"编号": "第001号", "标题": "修路", "重点": False, "代表": [], **options}


def in_use(content, name="自己的.docx"):
    """The county's own template of the small form."""
    path = storage.new_path(".docx")
    with storage.writing(path) as stream:
        stream.write(content)
    user = make_actor(Role.COMMITTEE_STAFF).user
    file = attach(path, name, DOCX, user)
    return DocumentTemplate.objects.create(name=FORM.name, file=file, by=user, since=clock.now())


def filled(*contexts, lines=()):
    in_use(template(*lines))
    return render(FORM, contexts or [told()])


class TestWords:
    def test_placeholders_conditions_and_repeated_parts_are_filled(self):
        people = [{"姓名": "赵大海", "电话": "1391"}, {"姓名": "钱小河", "电话": "1392"}]
        content = filled(told(重点=True, 代表=people))
        assert words(content).split("\n") == ["第001号 修路", "★", "赵大海 1391", "钱小河 1392"]

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_a_hostile_text_comes_out_as_it_is(self, hostile):
        people = [{"姓名": hostile, "电话": hostile}]
        content = filled(told(标题=hostile, 代表=people))
        assert words(content).split("\n") == [f"第001号 {hostile}", "", f"{hostile} {hostile}"]

    def test_control_characters_are_left_out_and_lines_and_tabs_stay(self):
        content = filled(told(标题="a\x00\x07\x0c\x0b\ud800\ufffe\ufdd0b\r\nc\td"), lines=["{{标题}}"])
        assert words(content) == "ab\nc\td"

    def test_ten_thousand_characters_come_out_whole(self):
        long = "很长的话<&>" * 1500
        assert words(filled(told(标题=long), lines=["{{标题}}"])) == long

    def test_what_is_not_known_is_a_yellow_gap_and_what_is_empty_stays_empty(self):
        content = filled(told(标题=None, 编号=""))
        assert words(content).split("\n")[0] == " 【　】"
        assert gaps(content) == 1

    def test_a_gap_keeps_the_font_of_its_place(self):
        document = Document()
        run = document.add_paragraph().add_run("前{{标题}}后")
        run.bold, run.font.name = True, "仿宋_GB2312"
        out = BytesIO()
        document.save(out)
        in_use(out.getvalue())
        runs = paragraphs(render(FORM, [told(标题=None)]))[0].runs
        assert [(run.text, run.bold, run.font.name) for run in runs] == [
            (text, True, "仿宋_GB2312") for text in ("前", "【　】", "后")
        ]

    def test_many_stand_in_one_document_each_on_pages_of_its_own(self):
        content = filled(*(told(编号=f"第{number}号") for number in range(1, 61)), lines=["{{编号}}"])
        assert words(content).split("\n") == [f"第{number}号" for number in range(1, 61)]
        numbers = [
            section._sectPr.find(f"{{{section._sectPr.nsmap['w']}}}pgNumType")
            for section in Document(BytesIO(content)).sections
        ]
        assert [number.get(f"{{{number.nsmap['w']}}}start") for number in numbers] == ["1"] * 60

    def test_a_table_whose_rows_are_all_gone_leaves_a_document_that_opens(self):
        document = Document()
        table = document.add_table(3, 1)
        for row, text in zip(table.rows, ("{%tr for 人 in 代表 %}", "{{人.姓名}}", "{%tr endfor %}"), strict=True):
            row.cells[0].text = text
        document.add_paragraph("{{标题}}")
        out = BytesIO()
        document.save(out)
        check(FORM, "a.docx", out.getvalue())
        in_use(out.getvalue())
        assert Document(BytesIO(render(FORM, [told()]))).tables == []
        assert [
            row.cells[0].text
            for row in Document(BytesIO(render(FORM, [told(代表=[{"姓名": "甲", "电话": ""}])]))).tables[0].rows
        ] == ["甲"]

    def test_a_context_that_is_none_of_the_form_is_an_error_of_ours(self):
        with pytest.raises(ValueError, match="电话"):
            render(FORM, [told(电话="")])


class TestOwnTemplate:
    def test_the_newest_in_use_is_taken(self):
        old = in_use(template("旧{{编号}}"))
        DocumentTemplate.objects.filter(pk=old.pk).update(until=clock.now() - timedelta(1))
        new = in_use(template("新{{编号}}"))
        assert own_template(FORM) == new
        assert words(render(FORM, [told()])) == "新第001号"

    @pytest.mark.parametrize("lines", [["{{没有这个}}"], ["{{编号"], ["{%p for 人 in 代表 %}"]])
    def test_one_that_can_no_longer_be_filled_is_a_sentence(self, lines):
        with pytest.raises(Conflict) as refused:
            filled(lines=lines)
        assert (refused.value.code, "试验表" in refused.value.sentence) == ("template_unfit", True)

    def test_one_whose_file_is_gone_is_a_sentence(self):
        row = in_use(template())
        storage.local(row.file.path).unlink()
        with pytest.raises(Conflict):
            render(FORM, [told()])

    def test_one_that_takes_for_ever_is_stopped(self, monkeypatch):
        monkeypatch.setattr("files.documents.writing.PATIENCE", 0.01)
        with pytest.raises(Conflict):
            filled()


def macro(text):
    return text.replace(
        "wordprocessingml.document.main+xml", "wordprocessingml.document.macroEnabled.main+xml"
    ).replace("vnd.openxmlformats-officedocument", "vnd.ms-word")


def related(kind, target, mode=""):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    row = f'<Relationship Id="rX" Type="{office}/{kind}" Target="{target}" {mode}/></Relationships>'
    return lambda text: text.replace("</Relationships>", row)


def paragraph(xml):
    return lambda text: text.replace("<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr", 1)


RELATIONS, PAGE = "word/_rels/document.xml.rels", "word/document.xml"
OUTSIDE = 'TargetMode="External"'
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
ENTITY = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def behind_declaration(words):
    return lambda text: text.replace("?>", f"?>{words}", 1)


def bomb():
    out = BytesIO()
    with ZipFile(BytesIO(template())) as old, ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, bytes(40 << 20) if entry.filename == PAGE else old.read(entry))
    return out.getvalue()


REFUSED = [
    ("不是文档.docx", b"%PDF-1.7 %%EOF", "content_differs"),
    ("空.docx", b"", "empty_file"),
    ("半个.docx", template()[:4000], "unreadable"),
    ("旧式.doc", template(), "kind_not_allowed"),
    ("宏.docm", template(), "kind_not_allowed"),
    ("宏.docx", repacked(template(), add={"word/vbaProject.bin": b"x"}), "has_program"),
    ("宏.docx", repacked(template(), {"[Content_Types].xml": macro}), "has_program"),
    ("模板.docx", repacked(template(), {"[Content_Types].xml": lambda text: text.replace("document.main+xml", "template.main+xml")}), "unreadable"),
    ("炸弹.docx", bomb(), "unpacks_too_far"),
    ("长.docx", repacked(template(), {PAGE: paragraph(f"<w:r><w:t>{'长' * 900_000}</w:t></w:r>")}), "too_long"),
    ("图.docx", repacked(template(), {RELATIONS: related("image", "http://evil.example/a.png", OUTSIDE)}), "external"),
    ("远程模板.docx", repacked(template(), {RELATIONS: related("attachedTemplate", "\\\\evil\\a.dotm", OUTSIDE)}), "external"),
    ("网址.docx", repacked(template(), {RELATIONS: related("hyperlink", "http://evil.example/", OUTSIDE)}), "external"),
    ("对象.docx", repacked(template(), {RELATIONS: related("oleObject", "embeddings/a.bin")}), "embedded"),
    ("网页.docx", repacked(template(), {RELATIONS: related("aFChunk", "a.html")}), "embedded"),
    ("对象.docx", repacked(template(), add={"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    ("域.docx", repacked(template(), {PAGE: paragraph(FIELD.format("INCLUDE", 'TEXT "c:\\\\a"'))}), "field"),
    ("域.docx", repacked(template(), {PAGE: paragraph(FIELD.format(" DDEAUTO ", "c:\\\\cmd"))}), "field"),
    ("域.docx", repacked(template(), {PAGE: paragraph('<w:fldSimple w:instr="INCLUDEPICTURE x"/>')}), "field"),
    ("实体.docx", repacked(template(), {PAGE: behind_declaration(ENTITY)}), "unreadable"),
    ("实体.docx", repacked(template(), {PAGE: behind_declaration(LAUGHS)}), "unreadable"),
    ("坏.docx", repacked(template(), {PAGE: lambda text: text[:-20]}), "unreadable"),
    ("没有.docx", template("没有占位符"), "no_placeholder"),
    ("未知.docx", template("{{编号}}", "{{建议号}}"), "unknown"),
    ("未知.docx", template("{%p for 人 in 代表 %}", "{{人.年龄}}", "{%p endfor %}"), "unknown"),
    ("未知.docx", template("{%p for 人 in 代表们 %}", "{{人.姓名}}", "{%p endfor %}"), "unknown"),
    ("断.docx", template("{{编号"), "broken"),
    ("断.docx", template("{{编号}} 标题}}"), "broken"),
    ("断.docx", template("{{编号}}", "{% if 重点 %}"), "broken"),
    ("断.docx", template("{{编号}}", "{% 循环 %}"), "broken"),
    ("全角.docx", template("{{编号}}", "｛｛标题｝｝"), "full_width"),
    ("列表.docx", template("{{代表}}"), "not_a_text"),
    ("列表.docx", template("{%p for 字 in 标题 %}", "{{字}}", "{%p endfor %}"), "not_a_list"),
    ("交叉.docx", template("{%p for 人 in 代表 %}", "{{人.姓名}}{% endfor %}"), "crossed"),
    ("散.docx", template("{{p 标题}}"), "crossed"),
    ("页脚.docx", template(footer="{{编号}}"), "not_on_the_page"),
]  # fmt: skip
REACHING = [
    "{{ 标题.__class__ }}",
    "{{ 标题.__class__.__mro__[1].__subclasses__() }}",
    "{{ 标题['__class__'] }}",
    "{{ 标题|attr('__class__') }}",
    "{{ 标题.upper() }}",
    "{{ 7*7 }}",
    "{{ 标题 ~ 编号 }}",
    "{{ range(10) }}",
    "{{ lipsum }}",
    "{{ self }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% set x = 标题 %}{{ x }}",
    "{% for x in range(999999999) %}{{编号}}{% endfor %}",
    "{% for x in 代表 if x %}{{编号}}{% endfor %}",
    "{% for a, b in 代表 %}{{编号}}{% endfor %}",
    "{% macro m() %}{{编号}}{% endmacro %}",
    "{% include '/etc/passwd' %}{{编号}}",
    "{% import 'os' as os %}{{编号}}",
    "{% extends 'x' %}{{编号}}",
    "{% filter upper %}{{编号}}{% endfilter %}",
    "{% call 标题() %}{% endcall %}",
    "{{ loop.__class__ }}",
]


class TestJudging:
    def test_a_good_template_is_taken(self):
        check(FORM, "好.docx", template())

    @pytest.mark.parametrize(("name", "content", "code"), REFUSED)
    def test_a_bad_one_is_refused_with_a_sentence(self, name, content, code):
        with pytest.raises(Invalid) as refused:
            check(FORM, name, content)
        assert (refused.value.field, refused.value.code) == ("file", code)
        assert "%(" not in refused.value.sentence

    def test_the_sentence_names_every_unknown_placeholder(self):
        with pytest.raises(Invalid) as refused:
            check(FORM, "a.docx", template("{{编号}}{{建议号}}", "{{领导}}"))
        assert "建议号" in refused.value.sentence
        assert "领导" in refused.value.sentence

    @pytest.mark.parametrize("reaching", REACHING)
    def test_nothing_reaches_into_a_value_reckons_or_calls(self, reaching):
        with pytest.raises(Invalid) as refused:
            check(FORM, "a.docx", template("{{编号}}", reaching))
        assert refused.value.code in ("not_possible", "unknown", "broken")

    @pytest.mark.parametrize("reaching", REACHING[:4])
    def test_the_sandbox_is_a_second_wall(self, reaching):
        with pytest.raises((SecurityError, UndefinedError)):
            language.environment().from_string(reaching).render(标题="x")

    def test_page_numbers_and_dates_may_stay(self):
        numbered = repacked(template(), {PAGE: paragraph(FIELD.format(" PAGE ", r" \* MERGEFORMAT"))})
        check(FORM, "a.docx", numbered)

    def test_every_part_is_read_without_following_entities(self):
        assert packages.faults(b"PK\x03\x04nonsense")[0].code == "unreadable"

    def test_a_judgement_takes_little_time_whatever_the_braces(self):
        started = clock.now()
        with pytest.raises(Invalid):
            check(FORM, "a.docx", template("{{" * 3000))
        assert clock.now() - started < timedelta(seconds=30)
