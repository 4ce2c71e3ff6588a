"""Odd rows and odd registers of visits: what is understood, what is refused, and for which column."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Role
from deliberations.models import DeliberationEventDetail, Opinion, Visit, Voter
from deliberations.transitions import settling, visiting
from stations.models import Mandate
from tests.deliberations.registers import BARE, COLUMNS, NAME, PHONE, TOLD, WORDS, Parish, read, refusals
from tests.factory import make_actor, make_station, make_township
from tests.suggestions.factory import noon
from tests.suggestions.web import signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, lock, redact

pytestmark = pytest.mark.django_db

SAID, VILLAGE = "反映问题（选民原话）", "村（社区）"
#: So many rows, and the most statements they may take: some for every hundred rows, none for each.
MANY, QUERIES = 2000, 330


@pytest.fixture
def parish():
    with noon(date(2026, 11, 24)):
        yield Parish()


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"走访日期": ""}, "走访日期", "day_missing"),
        ({"走访日期": "2026.2.30"}, "走访日期", "impossible_date"),
        ({"走访日期": "2026.11.25"}, "走访日期", "in_future"),
        ({"所属家站": ""}, "所属家站", "station_missing"),
        ({"所属家站": "无此站"}, "所属家站", "unknown_station"),
        ({"走访代表": ""}, "走访代表", "deputies_missing"),
        ({"走访代表": "周大爷、无此人"}, "走访代表", "unknown_deputy"),
        ({"走访代表": "李伟"}, "走访代表", "ambiguous_deputy"),
        ({"走访代表": "周大爷、周大爷"}, "走访代表", "person_twice"),
        ({"陪同领导及工作人员": "长" * 121}, "陪同领导及工作人员", "too_long"),
        ({SAID: " "}, SAID, "words_missing"),
        ({"选民姓名": "长" * 41}, "选民姓名", "too_long"),
        ({"选民电话": "139-1"}, "选民电话", "bad_phone"),
        ({"选民类别": "外星人"}, "选民类别", "unknown_category"),
        ({VILLAGE: "长" * 41}, VILLAGE, "too_long"),
        ({"领域": "航天"}, "领域", "unknown_field"),
        ({"处理方式": ""}, "处理方式", "unknown_route"),
        ({"处理方式": "再说"}, "处理方式", "unknown_route"),
        ({"反馈选民日期": "2026.9.1"}, "反馈选民日期", "before_visit"),
        ({"反馈选民日期": "2026.11.25"}, "反馈选民日期", "in_future"),
        ({"反馈选民日期": "不久"}, "反馈选民日期", "impossible_date"),
        # one refusal per row: the first wrong column in the order of the sheet's meaning
        ({"走访代表": "无此人", "处理方式": "再说", "走访日期": "x"}, "走访日期", "impossible_date"),
        ({"走访代表": "无此人", "处理方式": "再说"}, "走访代表", "unknown_deputy"),
    ],
)
def test_a_wrong_cell_refuses_its_row_and_tells_nothing_of_the_voter(parish, changes, column, code):
    outcome = read(TOLD | changes)
    assert refusals(outcome) == [(3, column, code)]
    reason = str(outcome.refused[0].reason)
    assert reason
    assert not any(secret in reason for secret in (NAME, PHONE, WORDS, "139-1"))
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("words", "route"),
    [
        ("当场办理/答复", "ANSWERED"),
        ("交 社区", "VILLAGE"),
        ("交乡镇/街道", "TOWNSHIP"),
        ("提交议政会", "TO_MEETING"),
        ("县代表提建议", "SUGGESTION"),
        ("委托上级代表", "HIGHER_DEPUTIES"),
        ("不予受理", "REFUSED"),
    ],
)
def test_offices_name_the_ways_in_their_own_words(parish, words, route):
    assert read(TOLD | {"处理方式": words}).counts == {"visits": 1}
    assert Opinion.objects.get().route == route


def test_a_bare_row_tells_a_visit_of_a_voter_nobody_knows(parish):
    assert read(BARE).counts == {"visits": 1}
    visit, opinion = Visit.objects.get(), Opinion.objects.get()
    assert (visit.status, opinion.voter, opinion.field, opinion.route_reason) == ("RECORDED", None, None, "")
    assert not Voter.objects.exists()


def test_columns_that_the_sheet_lacks_are_not_missed_and_needed_ones_are_named(parish):
    needed = ("反馈选民日期", "处理方式", SAID, "走访代表", "所属家站", "走访日期")
    assert read(TOLD, columns=needed).counts == {"visits": 1}
    with pytest.raises(Invalid, match="处理方式") as refused:
        read(TOLD, columns=tuple(name for name in COLUMNS if name != "处理方式"))
    assert refused.value.code == "missing_column"


def test_a_deputy_is_looked_for_at_the_station_then_in_the_township_then_in_the_county(parish):
    read(TOLD, BARE | {"走访代表": "孙远山"})
    first, second = Visit.objects.order_by("pk")
    assert list(first.deputies.order_by("visited__pk")) == [parish.lead, parish.second]
    assert list(second.deputies.all()) == [parish.far]


def test_of_two_mandates_of_one_person_the_countys_counts(parish):
    Mandate.objects.filter(pk=parish.lead.pk).update(level="TOWNSHIP")
    other = Mandate.objects.get(pk=parish.namesake.pk)
    other.person, other.station = parish.lead.person, parish.station
    other.save()
    read(BARE | {"走访代表": "周大爷"})
    assert list(Visit.objects.get().deputies.all()) == [other]


def test_a_deputy_out_of_office_on_that_day_is_refused(parish):
    Mandate.objects.filter(pk=parish.lead.pk).update(ended_on=date(2026, 9, 1))
    assert refusals(read(TOLD)) == [(3, "走访代表", "not_active")]


def test_a_station_goes_by_its_number_and_a_name_of_two_by_nothing_else(parish):
    make_station("石桥镇代表之家", code="S003", township=make_township("另一镇"))
    outcome = read(TOLD, BARE | {"所属家站": "ｓ００１"})
    assert refusals(outcome) == [(3, "所属家站", "ambiguous_station")]
    assert "S001、S003" in str(outcome.refused[0].reason)
    assert Visit.objects.get().station == parish.station


def test_name_and_number_are_sealed_and_the_record_says_nothing_of_them(parish):
    read(TOLD)
    voter, told = Voter.objects.get(), DeliberationEventDetail.objects.get()
    assert voter.unseal() == (NAME, PHONE)
    assert Voter.objects.with_number(PHONE).get() == voter
    assert not any(secret in f"{told.changes}{told.reason}" for secret in (NAME, PHONE, WORDS, "南门村"))


def test_a_digest_of_a_row_cannot_be_guessed_without_the_key(parish, settings):
    read(TOLD)
    before = DeliberationEventDetail.objects.get().changes["row_digest"]
    settings.FIELD_KEYS = ["another key that is long enough for this portal"]
    read(TOLD)
    assert before not in [row.changes["row_digest"] for row in DeliberationEventDetail.objects.order_by("-pk")[:1]]


def test_a_new_key_in_front_still_knows_what_was_read_before(parish, settings):
    read(TOLD)
    settings.FIELD_KEYS = ["another key that is long enough for this portal", *settings.FIELD_KEYS]
    assert read(TOLD).counts == {"visits": 0, "unchanged": 1}


def test_the_same_visit_twice_in_a_file_counts_once(parish):
    outcome = read(TOLD, TOLD | {"处理方式": "交乡镇"}, TOLD | {"选民姓名": "另一位"})
    assert refusals(outcome) == [(4, "走访日期", "duplicate_row")]
    assert "3" in str(outcome.refused[0].reason)
    assert outcome.counts == {"visits": 2}


def test_a_longer_file_adds_its_new_rows_only(parish):
    read(TOLD)
    outcome = read(TOLD | {"走访日期": "2026年9月2日", "走访代表": "王兰 周大爷"}, BARE, name="next.xlsx")
    assert (outcome.counts, outcome.refused) == ({"visits": 1, "unchanged": 1}, [])
    assert Visit.objects.count() == 2


def test_a_known_row_that_says_something_else_is_not_a_second_visit(parish):
    read(TOLD | {"反馈选民日期": ""})
    outcome = read(TOLD, BARE)
    assert refusals(outcome) == [(3, "走访日期", "known_otherwise")]
    assert "register.xlsx 走访登记!3" in str(outcome.refused[0].reason)
    assert outcome.counts == {"visits": 1}
    assert sorted(Visit.objects.values_list("status", flat=True)) == ["RECORDED", "RECORDED"]


def test_an_erased_row_does_not_come_back(parish):
    read(TOLD)
    staff = make_actor(Role.COMMITTEE_STAFF)
    redact(lock(Visit.objects.get()), 1, actor=staff, reason="应选民要求")
    assert read(TOLD | {"现场答复": "别的"}).counts == {"visits": 0, "unchanged": 1}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_only_staff_and_the_command_take_over_a_register(parish, role):
    with pytest.raises(NotAllowed):
        read(TOLD, actor=make_actor(role))
    assert not Visit.objects.exists()


def test_staff_take_over_under_their_own_name(parish):
    staff = make_actor(Role.COMMITTEE_STAFF)
    read(TOLD, actor=staff)
    visit = Visit.objects.get()
    assert (visit.recorded_by, visit.events.get().actor) == (None, staff.user)


def test_the_life_of_a_recorded_row_goes_on(parish):
    read(TOLD | {"反馈选民日期": ""})
    liaison, visit = make_actor(Role.STATION, station=parish.station), Visit.objects.get()
    with pytest.raises(Conflict):
        settling.close(visit, actor=liaison, version=visit.version)
    opinion = visit.opinions.get()
    given = {"on": date(2026, 11, 24), "how": "PHONE", "text": "已修好", "final": True}
    settling.tell_voter(opinion, actor=liaison, version=visit.version, **given)
    visit.refresh_from_db()
    visiting.confirm(visit, actor=make_actor(Role.DEPUTY, person=parish.lead.person), version=visit.version)
    assert settling.close(visit, actor=liaison, version=3).status == "CLOSED"


def test_the_page_says_what_the_register_does_not_tell(parish):
    read(TOLD)
    visit = Visit.objects.get()
    liaison = make_actor(Role.STATION, station=parish.station)
    page = signed_in(liaison).get(reverse("deliberations:visit", args=[visit.pk])).content.decode()
    assert page.count(gettext("not told by the old register")) == 2
    assert gettext("as the register reports") in page
    assert "农村道路与饮水" in page
    assert "register.xlsx 走访登记!3" in page
    assert NAME not in page
    assert PHONE not in page
    assert gettext("to be confirmed by the deputy") not in page


def test_many_rows_take_a_few_statements_for_every_hundred(parish):
    rows = [TOLD | {SAID: f"第{number}件事"} for number in range(MANY)]
    with CaptureQueriesContext(connection) as first:
        assert read(*rows).counts == {"visits": MANY}
    with CaptureQueriesContext(connection) as again:
        assert read(*rows).counts == {"visits": 0, "unchanged": MANY}
    assert len(first) < QUERIES, len(first)
    assert len(again) < 15, len(again)
