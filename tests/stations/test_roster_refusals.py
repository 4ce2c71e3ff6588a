"""Each reason for which a row of a roster, or the whole file, is refused; with a code that stays."""

import json

import pytest

from accounts.models import Organ, Person
from files.models import ImportBatch
from stations.models import Mandate, Station
from tests.county import LEDGER, run, run_json
from tests.stations.rosters import (
    DEPUTY,
    DEPUTY_HEADINGS,
    ORGAN,
    PLAIN,
    STATION,
    changed,
    deputies,
    organs,
    stations,
    write,
)

pytestmark = pytest.mark.django_db

LONG = "长" * 200

#: column, code, and the cells by which a row differs from a good one.
STATION_ROWS = [
    ("家站编号", "missing_code", {"c1": ""}),
    ("家站编号", "duplicate_code", {"c1": "JZ01"}),
    ("家站编号", "duplicate_code", {"c1": "ＪＺ０１"}),
    ("家站编号", "too_long", {"c1": LONG}),
    ("家站名称", "missing_name", {"c2": ""}),
    ("家站名称", "too_long", {"c2": LONG}),
    ("家站名称", "name_taken", {"c2": "石桥镇代表之家"}),
    ("类别", "unknown_kind", {"c3": "代表活动室"}),
    ("类别", "unknown_kind", {"c3": ""}),
    ("所属乡镇（街道）", "missing_township", {"c4": ""}),
    ("所属乡镇（街道）", "unknown_township", {"c4": "石桥"}),
    ("地址", "too_long", {"c5": LONG}),
    ("是否重点家站", "unknown_mark", {"c6": "也许"}),
    ("站长", "too_long", {"c7": LONG}),
    ("联系电话", "bad_phone", {"c9": "无电话"}),
    ("联系电话", "too_long", {"c9": "1" * 30}),
]
DEPUTY_ROWS = [
    ("代表证号", "missing_certificate", {"c1": ""}),
    ("代表证号", "duplicate_certificate", {"c1": " X 0001"}),
    ("代表证号", "too_long", {"c1": LONG}),
    ("姓名", "missing_name", {"c2": "　"}),
    ("性别", "unknown_sex", {"c3": "甲"}),
    ("出生年月", "impossible_date", {"c4": "1990年13月"}),
    ("出生年月", "impossible_date", {"c4": 1990.1}),
    ("层级", "unknown_level", {"c5": "村"}),
    ("层级", "unknown_level", {"c5": ""}),
    ("代表团", "unknown_township", {"c6": "石乔镇代表团"}),
    ("代表团", "unknown_township", {"c5": "乡镇", "c6": "", "c7": ""}),
    ("所属家站", "unknown_station", {"c7": "不存在的联络站"}),
    ("工作单位及职务", "too_long", {"c8": LONG}),
    ("手机号码", "bad_phone", {"c9": "12345"}),
]
ORGAN_ROWS = [
    ("单位名称", "missing_name", {"c1": ""}),
    ("单位名称", "duplicate_name", {"c1": "县 水利局"}),
    ("单位名称", "too_long", {"c1": LONG}),
    ("单位类别", "unknown_kind", {"c2": "集团公司"}),
    ("曾用名、简称", "name_claimed", {"c3": "县水务局"}),
    ("联系电话", "bad_phone", {"c7": "见通讯录"}),
]


def numbered(number):
    """Good rows that differ from the first and from each other."""
    return {
        "家站": changed(STATION, c1=f"JZ{number}", c2=f"石桥镇第{number}代表之家"),
        "代表名册": changed(DEPUTY, c1=f"X1{number}", c2=f"代表{number}", c9=""),
        "承办单位": changed(ORGAN, c1=f"县第{number}局", c3=f"第{number}局"),
    }


@pytest.mark.parametrize(
    ("sheet", "roster", "first", "cases"),
    [
        ("家站", stations, STATION, STATION_ROWS),
        ("代表名册", deputies, DEPUTY, DEPUTY_ROWS),
        ("承办单位", organs, ORGAN, ORGAN_ROWS),
    ],
)
def test_a_wrong_cell_refuses_its_row_by_sheet_row_and_column(tmp_path, sheet, roster, first, cases):
    rows = [changed(numbered(number)[sheet], **cells) for number, (_column, _code, cells) in enumerate(cases, 10)]
    status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", roster(first, *rows)))
    refused = [(row["sheet"], row["row"], row["column"], row["code"]) for row in answer["refused"]]
    assert refused == [(sheet, number, column, code) for number, (column, code, _cells) in enumerate(cases, 3)]
    assert all(row["reason"] for row in answer["refused"])
    assert status == 1
    assert not Station.objects.exists()


def test_a_row_with_several_faults_is_refused_once_by_the_first_in_the_order_of_its_meaning(tmp_path):
    row = changed(numbered(10)["代表名册"], c2="", c3="甲", c4="去年", c5="村", c7="哪里")
    _status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", deputies(DEPUTY, row)))
    assert [refusal["column"] for refusal in answer["refused"]] == ["姓名"]


def test_a_sub_district_has_no_deputies_of_its_own(tmp_path):
    station = changed(STATION, c2="永安街道代表之家", c4="永安街道")
    row = changed(numbered(10)["代表名册"], c5="乡镇", c6="永安街道代表团", c7="永安街道代表之家")
    roster = {**deputies(row), "家站": stations(station)["家站"]}
    _status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", roster))
    assert [(refusal["column"], refusal["code"]) for refusal in answer["refused"]] == [("层级", "no_congress")]


def test_a_station_name_borne_twice_is_ambiguous_but_its_number_is_not(tmp_path):
    name = "中心联络站"
    rows = (changed(STATION, c2=name), changed(STATION, c1="JZ02", c2=name, c4="青山镇"))
    people = (changed(DEPUTY, c7=name), changed(numbered(10)["代表名册"], c7="JZ02"))
    roster = {**deputies(*people), "家站": stations(*rows)["家站"]}
    _status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", roster))
    assert [(refusal["row"], refusal["code"]) for refusal in answer["refused"]] == [(2, "ambiguous_station")]
    assert answer["deputies"] == 1


def test_good_rows_are_kept_only_when_that_is_wished(tmp_path):
    path = write(tmp_path / "roster.xlsx", deputies(DEPUTY, changed(numbered(10)["代表名册"], c2="")))
    assert run("import_roster", path)[0] == 1
    assert not (Mandate.objects.exists() or ImportBatch.objects.exists())
    assert run("import_roster", path, "--keep-good")[0] == 0
    assert Mandate.objects.get().certificate_no == "X0001"


def test_the_refusal_stands_in_the_text_that_a_clerk_reads(tmp_path):
    _status, text = run("import_roster", write(tmp_path / "roster.xlsx", deputies(changed(DEPUTY, c2=""))))
    assert "代表名册" in text and "姓名" in text


def without(headings, name):
    place = headings.index(name)
    return {
        **PLAIN,
        "代表名册": [(*row[:place], *row[place + 1 :]) for row in (DEPUTY_HEADINGS, DEPUTY)],
    }


@pytest.mark.parametrize("column", ["代表证号", "姓名", "层级", "代表团", "所属家站"])
def test_a_needed_column_that_is_lacking_is_named_and_nothing_changes(tmp_path, column):
    status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", without(DEPUTY_HEADINGS, column)))
    assert (status, answer["error"]["code"]) == (2, "missing_column")
    assert column in answer["error"]["sentence"]
    assert not Station.objects.exists()


@pytest.mark.parametrize("column", ["性别", "出生年月", "工作单位及职务", "手机号码", "备注"])
def test_a_column_that_can_be_done_without_may_be_lacking(tmp_path, column):
    status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", without(DEPUTY_HEADINGS, column)))
    assert (status, answer["deputies"]) == (0, 1)


@pytest.mark.parametrize("sheet", list(PLAIN))
def test_a_roster_without_one_of_its_sheets_is_refused_as_a_whole(tmp_path, sheet):
    rest = {name: rows for name, rows in PLAIN.items() if name != sheet}
    status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", rest))
    assert status == 2
    assert answer["error"]["code"] in ("missing_sheet", "missing_column")
    assert sheet in answer["error"]["sentence"]
    assert not Organ.objects.exists()


def test_another_workbook_of_the_county_is_no_roster():
    status, answer = run_json("import_roster", LEDGER)
    assert status == 2
    assert answer["error"]["code"] in ("missing_sheet", "missing_column")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80]
)
def test_what_is_no_workbook_is_one_sentence_and_changes_nothing(tmp_path, content):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)
    status, text = run("import_roster", path, "--json")
    assert status == 2
    assert set(json.loads(text)["error"]) == {"code", "sentence"}
    assert not Station.objects.exists()


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    assert run("import_roster", tmp_path / "nowhere.xlsx")[0] == 2
