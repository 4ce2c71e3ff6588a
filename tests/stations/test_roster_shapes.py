"""Rosters as offices really send them, and what a newer one changes."""

from datetime import date

import pytest

from accounts.models import Organ, Person
from accounts.transitions.organs import owner_of_name
from stations.models import Level, Mandate, Station, StationEvent, StationStaff
from tests.county import run_json
from tests.stations.rosters import (
    DEPUTY,
    DEPUTY_HEADINGS,
    OFFICE,
    ORGAN,
    PLAIN,
    STATION,
    STATION_HEADINGS,
    changed,
    deputies,
    organs,
    stations,
    write,
)
from workflow import chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(tmp_path):
    """Import a roster and return what it said, which must be all good."""

    def reading(sheets=PLAIN):
        status, answer = run_json("import_roster", write(tmp_path / "roster.xlsx", sheets))
        assert (status, answer["refused"]) == (0, [])
        return answer

    return reading


def test_titles_blank_lines_repeated_headings_notes_and_totals_are_no_rows(read):
    rows = [
        ("望川县两级人大代表名册",),
        ("填报单位：代表工委", "", "", "填报日期：2026年11月2日"),
        (),
        DEPUTY_HEADINGS,
        DEPUTY,
        (),
        ("注：以下为增补",),
        DEPUTY_HEADINGS,
        changed(DEPUTY, c1="X0002", c2="刘鹏杰", c9="13444093684"),
        ("合计", "", "2人"),
    ]
    assert read({**PLAIN, "代表名册": rows})["deputies"] == 2


def test_columns_may_stand_in_any_order_and_go_by_other_names(read):
    headings = ("手机号", "所属 代表团", "家站", "代表姓名", "级别", "证号")
    row = (13588523892.0, "石桥镇代表团", "石桥镇代表之家", " 丁  明 ", "县级", "Ｘ０００４")
    read({**PLAIN, "代表名册": [headings, row]})
    mandate = Mandate.objects.get()
    assert (mandate.certificate_no, mandate.person.name, mandate.person.phone) == ("X0004", "丁明", "13588523892")
    assert mandate.level == Level.COUNTY


def test_headings_with_other_brackets_and_line_feeds_are_the_same_headings(read):
    headings = changed(STATION_HEADINGS, c4="所属乡镇\n(街道)", c6="是否重点\n家站", c1=" 家站 编号")
    assert read({**PLAIN, "家站": [headings, STATION]})["stations"] == 1
    assert Station.objects.get().is_key


def test_key_stations_are_marked_in_several_ways(read):
    marks = {"是": True, "★": True, "√": True, "重点": True, "否": False, "": False, "×": False}
    read(
        stations(
            STATION, *(changed(STATION, c1=f"M{place}", c2=f"站{place}", c6=mark) for place, mark in enumerate(marks))
        )
    )
    told = Station.objects.filter(code__startswith="M").order_by("code").values_list("is_key", flat=True)
    assert list(told) == list(marks.values())


def test_kinds_of_stations_go_by_several_words(read):
    words = {"家": "HOME", "代表之家": "HOME", "联络站": "STATION", "站": "STATION", "联络点": "POINT"}
    read(
        stations(
            STATION, *(changed(STATION, c1=f"M{place}", c2=f"站{place}", c3=word) for place, word in enumerate(words))
        )
    )
    told = Station.objects.filter(code__startswith="M").order_by("code").values_list("kind", flat=True)
    assert list(told) == list(words.values())


def test_deputies_of_all_five_levels_are_entered(read):
    levels = {"乡镇": "TOWNSHIP", "县": "COUNTY", "市": "CITY", "省级": "PROVINCE", "全国": "NATION"}
    rows = [changed(DEPUTY, c1=f"X{place}", c5=word, c9="") for place, word in enumerate(levels)]
    assert read(deputies(*rows))["county_deputies"] == 1
    mandates = list(Mandate.objects.select_related("term__township"))
    assert [mandate.level for mandate in mandates] == list(levels.values())
    assert all(mandate.term.level == mandate.level for mandate in mandates)
    assert [mandate.term.township is not None for mandate in mandates] == [True, False, False, False, False]


def test_a_delegation_that_is_no_township_and_a_deputy_without_a_station_are_taken(read):
    read(deputies(changed(DEPUTY, c6="县直机关代表团", c7="")))
    mandate = Mandate.objects.get()
    assert (mandate.delegation.name, mandate.delegation.township, mandate.station) == ("县直机关代表团", None, None)


def test_names_keep_the_brackets_that_they_are_written_with(read):
    rows = stations(changed(STATION, c2="石桥镇 代表之家（南街）"))
    read({**rows, "代表名册": deputies(changed(DEPUTY, c7="石桥镇代表之家(南街)"))["代表名册"]})
    assert Mandate.objects.get().station.name == "石桥镇代表之家（南街）"


def test_the_same_name_and_number_is_one_person_with_two_mandates(read):
    read(deputies(DEPUTY, changed(DEPUTY, c1="Z0001", c5="乡镇")))
    assert Mandate.objects.values("person").distinct().count() == 1
    assert Mandate.objects.count() == 2


def test_the_same_name_under_another_number_is_another_person(read):
    read(deputies(DEPUTY, changed(DEPUTY, c1="X0002", c9="13444093684")))
    assert Mandate.objects.values("person").distinct().count() == 2


def test_the_same_number_may_be_borne_at_two_levels(read):
    assert read(deputies(DEPUTY, changed(DEPUTY, c2="刘鹏杰", c5="乡镇", c9="13444093684")))["deputies"] == 2


def test_several_liaisons_share_a_cell_and_the_first_has_the_number(read):
    read(stations(changed(STATION, c8="姜林波、邓  德")))
    liaisons = StationStaff.objects.filter(duty="LIAISON").order_by("pk")
    assert [(row.person.name, row.phone) for row in liaisons] == [("姜林波", "13988161342"), ("邓德", "")]


def test_a_head_who_is_also_the_liaison_is_one_person(read):
    read(stations(changed(STATION, c7="姜林波")))
    assert StationStaff.objects.values("person").distinct().count() == 1
    assert Person.objects.filter(name="姜林波").count() == 1


def test_a_changed_row_changes_the_station_and_leaves_an_event(read):
    read()
    row = changed(STATION, c2="石桥镇人大代表之家", c5="解放路2号", c6="否", c8="邓德", c9="13919483702")
    read({**deputies(changed(DEPUTY, c7="JZ01")), "家站": stations(row)["家站"]})
    station = Station.objects.get()
    assert (station.name, station.address, station.is_key) == ("石桥镇人大代表之家", "解放路2号", False)
    assert list(StationStaff.objects.on_duty(date.max).filter(until=None, duty="LIAISON").values_list("phone")) == [
        ("13919483702",)
    ]
    changes = station.events.get(verb="update").detail.changes
    assert changes["name"] == ["石桥镇代表之家", "石桥镇人大代表之家"]
    assert changes["LIAISON"] == [["姜林波"], ["邓德"]]
    assert "13919483702" not in str(changes)
    assert chain.faults(station, station.events.select_related("detail")) == []


def test_a_renamed_station_is_found_by_its_new_name_in_the_search_for_deputies(read):
    read()
    rows = {**deputies(changed(DEPUTY, c7="JZ01")), "家站": stations(changed(STATION, c2="石桥镇新代表之家"))["家站"]}
    read(rows)
    assert "石桥镇新代表之家" in Mandate.objects.get().search_text


def test_blank_cells_of_a_newer_list_erase_nothing(read):
    read()
    read(
        {
            **deputies(changed(DEPUTY, c3="", c4="", c7="", c8="", c9="")),
            "家站": stations(changed(STATION, c5=""))["家站"],
        }
    )
    mandate = Mandate.objects.get()
    assert mandate.person.phone == "13588523892"
    assert mandate.person.born_month == date(1955, 1, 1)
    assert (mandate.employer_post, mandate.station.address) == ("村医", "人民路1号")
    assert not StationEvent.objects.filter(verb="update").exists()


def test_a_changed_row_changes_the_deputy_without_doubling_the_person(read):
    read()
    read(deputies(changed(DEPUTY, c2="任洋良", c8="村支书")))
    mandate = Mandate.objects.get()
    assert (mandate.person.name, mandate.employer_post) == ("任洋良", "村支书")
    assert "任洋良" in mandate.search_text and "村支书" in mandate.search_text
    assert not Person.objects.filter(name="任洋亮").exists()


def test_a_certificate_given_to_somebody_else_is_refused_and_renames_nobody(read, tmp_path):
    read()
    row = changed(DEPUTY, c2="李四", c9="13000000004")
    status, answer = run_json("import_roster", write(tmp_path / "newer.xlsx", deputies(row)))
    assert (status, answer["refused"][0]["column"], answer["refused"][0]["code"]) == (1, "姓名", "another_person")
    assert Mandate.objects.get().person.name == "任洋亮"


def test_a_newer_list_of_organs_changes_kind_names_and_officers(read):
    read()
    read(organs(changed(ORGAN, c2="垂直管理单位", c3="县水务局、县水电局", c4="新局长"), OFFICE))
    organ = Organ.objects.get(name="县水利局")
    assert organ.kind == Organ.Kind.VERTICAL
    assert owner_of_name("县水电局") == organ
    heads = organ.officers.filter(duty="HEAD", until=None).values_list("person__name", flat=True)
    assert list(heads) == ["新局长"]


def test_kinds_of_organs_go_by_the_words_of_the_county(read):
    words = {
        "政府部门": "GOVERNMENT_DEPARTMENT",
        "法院": "COURT",
        "检察院": "PROCURATORATE",
        "监委": "SUPERVISORY_COMMISSION",
        "党委部门": "PARTY",
        "群团组织": "MASS",
        "垂直管理单位": "VERTICAL",
        "乡镇政府": "TOWNSHIP_GOVERNMENT",
    }
    read(organs(OFFICE, *(changed(ORGAN, c1=f"第{place}局", c2=word, c3="") for place, word in enumerate(words))))
    told = dict(Organ.objects.filter(name__startswith="第").values_list("name", "kind"))
    assert told == {f"第{place}局": kind for place, kind in enumerate(words.values())}


def test_four_hundred_deputies_are_written_in_bulk(read, django_assert_max_num_queries):
    rows = [changed(DEPUTY, c1=f"X{number:04}", c9=f"139{number:08}") for number in range(1, 401)]
    with django_assert_max_num_queries(80):
        assert read(deputies(*rows))["deputies"] == 400
