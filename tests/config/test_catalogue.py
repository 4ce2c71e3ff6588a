"""The Chinese catalogue, checked without gettext, which users' machines lack."""

import ast

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from tools import messages

#: How a text is asked for in the code.
ASKING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
CATALOGUE = polib.pofile(str(messages.PO))


def test_every_text_is_translated_and_none_is_doubtful():
    assert [entry.msgid for entry in CATALOGUE.untranslated_entries()] == []
    assert [entry.msgid for entry in CATALOGUE.fuzzy_entries()] == []


def test_no_text_is_asked_for_where_it_is_not_collected():
    """What stands inside of an f-string is found by nobody who collects texts, and stays English for ever."""
    hidden = []
    for path in messages.ROOT.glob("*/**/*.py"):
        if path.relative_to(messages.ROOT).parts[0].startswith((".", "var")):
            continue
        for text in ast.walk(ast.parse(path.read_text())):
            if isinstance(text, ast.JoinedStr):
                calls = (node.func for node in ast.walk(text) if isinstance(node, ast.Call))
                hidden += [f"{path}:{text.lineno}" for call in calls if ast.unparse(call) in ASKING]
    assert hidden == []


def test_translations_take_the_same_values():
    assert [entry.msgid for entry in CATALOGUE if not messages.same_placeholders(entry)] == []


def test_what_is_compiled_is_what_is_written():
    assert messages.texts(polib.mofile(str(messages.MO))) == messages.texts(CATALOGUE)


@pytest.mark.parametrize(("msgid", "msgstr", "same"), [("%(n)s of %(m)s", "第%(n)s项", False), ("{a}", "甲{a}", True)])
def test_a_lost_value_is_noticed(msgid, msgstr, same):
    assert messages.same_placeholders(polib.POEntry(msgid=msgid, msgstr=msgstr)) is same


def test_english_is_what_the_code_says():
    with translation.override("en"):
        assert gettext("dissatisfied") == "dissatisfied"
    with translation.override("zh-hans"):
        assert gettext("dissatisfied") == "不满意"
