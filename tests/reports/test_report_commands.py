"""make_report and list_reports, as scripts rely on them."""

import json

import pytest
from django.core.management import CommandError, call_command

from suggestions.models import Suggestion
from supervision.reports import REPORTS
from tests.county import run, run_json
from tests.deliberations.cycle_factory import make_round
from tests.reports.books import rows_of, tables, unpacked
from tests.suggestions.factory import registered

pytestmark = pytest.mark.django_db


def test_list_reports_prints_a_name_per_line():
    assert run("list_reports")[1].splitlines() == list(REPORTS)


def test_make_report_writes_the_workbook_and_tells_in_one_object(county, tmp_path):
    registered(county)
    out = tmp_path / "进度.xlsx"
    status, told = run_json("make_report", "progress", out)
    sheets = tables(out.read_bytes())
    assert (status, told["report"], told["file"]) == (0, "progress", str(out))
    assert told["rows"] == sum(row[0] != "合计" for _heading, rows in sheets.values() for row in rows)
    assert len(sheets["办理台账"][1]) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_made_before_anything_was_entered(name, tmp_path):
    out = tmp_path / f"{name}.xlsx"
    assert run_json("make_report", name, out)[0] == 0
    assert tables(out.read_bytes())


def test_of_a_cycle_only_what_came_of_it(county, tmp_path):
    cycle = make_round().cycle
    registered(county, title="会上的")
    registered(county, title="平时的")
    Suggestion.objects.filter(title="会上的").update(cycle=cycle)
    out = tmp_path / "a.xlsx"
    run("make_report", "progress", out, "--cycle", str(cycle.pk))
    assert [row["标题"] for row in rows_of(out.read_bytes(), "办理台账")] == ["会上的"]
    assert cycle.title in unpacked(out.read_bytes())


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "999999", "9" * 40])
def test_a_cycle_that_is_not_there_is_named_with_those_that_are(wrong, tmp_path):
    cycle = make_round().cycle
    with pytest.raises(CommandError, match=rf"{cycle.pk} \({cycle.title}\)"):
        call_command("make_report", "progress", tmp_path / "a.xlsx", "--cycle", wrong)
    assert list(tmp_path.iterdir()) == []


def test_make_report_leaves_nothing_else_behind_and_replaces_an_older_one(tmp_path):
    out = tmp_path / "progress.xlsx"
    out.write_bytes(b"older")
    run("make_report", "progress", out)
    assert [path.name for path in tmp_path.iterdir()] == ["progress.xlsx"]
    assert tables(out.read_bytes())


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing", "out.xlsx"),
        ("progress", "nowhere/out.xlsx"),
        ("progress", "."),
        ("progress", "out.xlsx", "--cycle", "1"),
    ],
)
def test_make_report_refuses_with_a_sentence_and_writes_nothing(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refused:
        call_command("make_report", *arguments)
    assert refused.value.returncode == 1
    assert str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_with_json_nothing_but_the_object_is_printed(tmp_path):
    _status, text = run("make_report", "progress", tmp_path / "a.xlsx", "--json")
    assert set(json.loads(text)) == {"report", "file", "rows"}
