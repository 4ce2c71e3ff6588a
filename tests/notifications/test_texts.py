"""What notifications say."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from notifications import texts
from notifications.models import Notification
from suggestions.transitions import Verb
from supervision import reminders

_TELLER = re.compile(r"(\w+)_telling\.tell(?:_of_task)?")
APPS = ("accounts", "files", "stations", "deliberations", "suggestions", "supervision")


def _kinds_told():
    """Every kind that a call of ``tell`` or ``notify`` names, and those of the reminders."""
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            tree = ast.parse(path.read_text())
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and (teller := _TELLER.fullmatch(ast.unparse(node.func))):
                    yield from _kind(node.args[1], path, teller[1])
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield from _named(node, tree, path)
    for source in reminders.SOURCES:
        whens = ("overdue",) if source.only_waits else ("due", "overdue")
        yield from (f"reminder.{kind}_{when}" for kind in _kinds_of(source) for when in whens)


def _named(node, tree, path):
    """The kinds of a call of ``tell``, ``notify``, or of a module's own ``_tell``."""
    if node.func.id == "_tell" and path.parts[-3:] == ("stations", "transitions", "cards.py"):
        yield from _kind(node.args[1], path, "")
    elif node.func.id == "_tell" and path.stem == "hand_over_meetings":
        yield from (f"meeting.hand_over_{word.value}" for word in node.args[1:2])
    elif node.func.id == "tell":
        yield from _kind(node.args[1], path, _case_of(tree, path))
    elif node.func.id == "notify":
        yield from _whole_kinds(node)


def _kinds_of(source):
    return getattr(source, "kinds", (source.kind,))


def _whole_kinds(call):
    """The kind of a call that names it whole, without a ``tell`` of its app."""
    words = (keyword.value for keyword in call.keywords if keyword.arg == "kind")
    return [word.value for word in words if isinstance(word, ast.Constant)]


def _case_of(tree, path):
    """Of which kind of case the module tells, by the module that its ``tell`` comes from, or that it is."""
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
             and any(name.name == "tell" for name in node.names)]  # fmt: skip
    module = found[0].rpartition(".")[2] if found else path.stem
    return module.removesuffix("telling").strip("_") or "suggestion"


def _kind(word, path, case):
    if isinstance(word, ast.Constant):
        yield word.value if "." in word.value else f"{case}.{word.value}"
    elif isinstance(word, ast.Attribute):
        yield f"suggestion.{Verb[word.attr].value}"
    elif path.name == "handling.py":
        yield from ("suggestion.give_opinion", "suggestion.waive_opinion")
    else:
        raise AssertionError(f"{path}: a kind that this test cannot read")


def test_every_kind_that_is_told_has_a_sentence_and_no_sentence_is_left_over():
    assert set(_kinds_told()) == set(texts.SENTENCES)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", texts.SENTENCES)
def test_every_sentence_names_the_matter_and_fills_its_blanks(kind, language):
    params = {"number": "第007号", "title": "关于修路的建议", "organ": "县水利局", "act_by": "2026-11-30"}
    with translation.override(language):
        said = texts.sentence(Notification(kind=kind, params=params))
    assert "第007号" in said
    assert "关于修路的建议" in said
    assert "%(" not in said


@pytest.mark.parametrize(("language", "day"), [("zh-hans", "2026年11月30日"), ("en", "Nov. 30, 2026")])
def test_a_date_is_written_out_in_the_readers_language(language, day):
    note = Notification(kind="reminder.reply_due", params={"number": "", "title": "路", "act_by": "2026-11-30"})
    with translation.override(language):
        assert day in texts.sentence(note)


def test_a_title_is_never_read_as_a_format_and_never_breaks_a_line():
    note = Notification(kind="suggestion.closed", params={"number": "", "title": "完成\n100%(name)s"})
    said = texts.sentence(note)
    assert "完成 100%(name)s" in said
    assert "\n" not in said


def test_a_kind_that_no_longer_exists_is_told_by_its_matter():
    note = Notification(kind="suggestion.gone", params={"number": "第007号", "title": "关于修路的建议"})
    assert "关于修路的建议" in texts.sentence(note)
