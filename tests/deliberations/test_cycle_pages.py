"""The pages of a round of deliberation: who sees what, what is offered, what happens, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Cycle, NoticeReceipt, PublicityRecord, Topic, Training
from deliberations.transitions import notices, preparation, topics
from deliberations.transitions.machines import CYCLE, MACHINES
from deliberations.views.cycle_catalogue import ACTS
from files.models import Attachment
from notifications.models import Notification
from stations.models import StationStaff
from tests.deliberations.cycle_factory import (
    Round,
    issue,
    make_round,
    mobilised,
    move_on,
    propose,
    receipt_of,
    select,
    training,
)
from tests.factory import SINCE, make_actor, make_person, make_station
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, pdf, signed_in
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def page(cycle):
    return reverse("deliberations:cycle", args=[cycle.pk])


def act_url(cycle, verb, part=None):
    if part is None:
        return reverse("deliberations:cycle_act", args=[cycle.pk, verb])
    return reverse("deliberations:cycle_part_act", args=[cycle.pk, verb, part.pk])


def send(actor, url, **typed):
    """Open the page and send its form with what was typed."""
    client = signed_in(actor)
    opened = client.get(url)
    assert opened.status_code == 200, (url, opened.status_code)
    return client.post(url, hidden(opened) | typed)


def done(actor, url, **typed):
    answer = send(actor, url, **typed)
    form = answer.context and answer.context.get("form")
    assert answer.status_code == 302, (url, answer.status_code, form and form.errors)
    return answer


def offered(actor, cycle):
    return {button["verb"] for button in signed_in(actor).get(page(cycle)).context["acts"]}


def test_the_whole_preparation_goes_through_the_pages():
    staff, stations = make_actor(Role.COMMITTEE_STAFF), [make_station(is_key=True), make_station()]
    liaison = make_actor(Role.STATION, station=stations[0])
    first = TODAY + timedelta(45)
    plan = reverse("deliberations:plan_cycle")
    proposed = signed_in(staff).get(plan).context["form"].initial["stations"]
    assert list(proposed) == [stations[0]]
    done(staff, plan, title="农村供水议政", first_meeting_on=first.isoformat(), stations=[stations[0].pk])
    cycle = Cycle.objects.get()
    facts = {"source": "PUBLIC_HOT_ISSUE", "reasons": "群众反映集中", "proposing_body": "农业农村工委"}
    for title in ("供水", "道路"):
        done(staff, act_url(cycle, "add_topic"), title=title, **facts)
    water, roads = Topic.objects.all()
    minutes = {"number": "3号", "on": TODAY.isoformat()}
    done(staff, act_url(cycle, "select_topics"), topics=[water.pk], scan=pdf(), **minutes)
    done(staff, act_url(cycle, "drop_topic", roads), reason="留待明年", **minutes)
    done(staff, act_url(cycle, "move_on"))
    done(staff, act_url(cycle, "take_in"), stations=[stations[1].pk])
    done(
        staff,
        act_url(cycle, "plan_meeting", cycle.stations.get(station=stations[1])),
        planned_on=(first + timedelta(2)).isoformat(),
    )
    done(staff, act_url(cycle, "issue_notice"), title="通知", text="请传达。", guidance=pdf("走访指南.pdf"))
    receipts = {receipt.station_id: receipt for receipt in NoticeReceipt.objects.all()}
    told = Notification.objects.get(recipient=liaison.user)
    notice_page = signed_in(liaison).get(told.url)
    assert notice_page.context["receive"]
    done(liaison, act_url(cycle, "receive_notice", receipts[stations[0].pk]))
    assert signed_in(liaison).get(told.url).context["receive"] is None
    done(liaison, act_url(cycle, "convey_notice", receipts[stations[0].pk]), on=TODAY.isoformat())
    head = StationStaff.objects.create(station=stations[1], person=make_person("孙站长"), duty="HEAD", since=SINCE)
    done(staff, act_url(cycle, "record_receipt", receipts[stations[1].pk]), by=head.pk)
    done(
        staff, act_url(cycle, "record_training"), title="培训", on=TODAY.isoformat(), place="会议室", lecturer="李",
        content="走访", hours="2", due="20", present="18",
    )  # fmt: skip
    done(
        staff,
        act_url(cycle, "record_publicity"),
        channel="WECHAT",
        title="公布",
        on=TODAY.isoformat(),
        topics=[water.pk],
    )
    done(staff, act_url(cycle, "move_on"))
    seen = signed_in(staff).get(page(cycle))
    assert [step["state"] for step in seen.context["steps"]] == [*["done"] * 3, "current", "todo", "todo"]
    assert [row.receipt.status for row in seen.context["matrix"]] == ["CONVEYED", "RECEIVED"]
    assert (Training.objects.count(), PublicityRecord.objects.count()) == (1, 1)


def test_the_button_is_one_press_and_leads_back_to_the_notice():
    round_ = mobilised()
    receipt = receipt_of(round_.station, issue(round_))
    client = signed_in(round_.liaison)
    opened = client.get(reverse("deliberations:notice", args=[receipt.pk]))
    answer = client.post(opened.context["receive"]["url"])
    assert answer.url == reverse("deliberations:notice", args=[receipt.pk])
    assert receipt_of(round_.station, receipt.notice).status == "RECEIVED"
    assert client.post(opened.context["receive"]["url"]).status_code == 409


def test_the_matrix_says_whom_to_call_until_the_station_confirms():
    round_ = mobilised(20 + 10)
    StationStaff.objects.filter(person=round_.liaison.user.person).update(phone="13905550000")
    receipt = receipt_of(round_.station, issue(round_))
    assert "13905550000" in signed_in(round_.staff).get(page(round_.cycle)).content.decode()
    notices.receive_notice(receipt, actor=round_.liaison)
    assert "13905550000" not in signed_in(round_.staff).get(page(round_.cycle)).content.decode()


def test_what_is_late_asks_for_a_reason_on_the_form_itself():
    round_ = mobilised(10)
    url = act_url(round_.cycle, "issue_notice")
    assert "override_reason" in signed_in(round_.staff).get(url).context["form"].fields
    assert send(round_.staff, url, title="通知", text="请传达。").status_code == 422
    done(round_.staff, url, title="通知", text="请传达。", override_reason="换届", agreed_by="周主任")
    assert "周主任" in signed_in(round_.staff).get(page(round_.cycle)).content.decode()


def test_a_form_opened_before_the_last_change_keeps_what_was_typed():
    round_ = make_round()
    client, url = signed_in(round_.staff), act_url(round_.cycle, "update")
    typed = hidden(client.get(url)) | {"title": "改题", "first_meeting_on": TODAY.isoformat()}
    propose(round_)
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert "改题" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.STATION, Role.ORGAN_HANDLER])
def test_outside_the_committee_only_selected_topics_are_seen(role):
    round_ = make_round()
    select(round_, propose(round_, "供水"))
    propose(round_, "道路")
    seen = signed_in(make_actor(role)).get(page(round_.cycle))
    assert [topic.title for topic in seen.context["topics"]] == ["供水"]
    assert not seen.context["acts"]
    assert "matrix" not in seen.context


def test_an_organ_sees_neither_training_nor_publicity():
    round_ = mobilised()
    preparation.record_training(round_.cycle, training(), actor=round_.staff, version=round_.version)
    assert "trainings" not in signed_in(make_actor(Role.ORGAN_HANDLER)).get(page(round_.cycle)).context
    assert "trainings" in signed_in(make_actor(Role.DEPUTY)).get(page(round_.cycle)).context


def test_a_station_finds_its_notice_on_the_page_of_the_cycle_and_no_other_stations():
    round_ = mobilised()
    notice = issue(round_)
    own, foreign = receipt_of(round_.station, notice), receipt_of(round_.other, notice)
    client = signed_in(round_.liaison)
    assert list(client.get(page(round_.cycle)).context["receipts"]) == [own]
    assert client.get(reverse("deliberations:notice", args=[foreign.pk])).status_code == 404
    assert client.post(act_url(round_.cycle, "receive_notice", foreign)).status_code == 404


def test_files_are_handed_to_whoever_sees_what_they_belong_to():
    round_ = make_round()
    topic = propose(round_)
    done(
        round_.staff, act_url(round_.cycle, "select_topics"), topics=[topic.pk], number="3号", on=TODAY.isoformat(), scan=pdf()
    )  # fmt: skip
    round_.cycle.refresh_from_db()
    move_on(round_)
    done(round_.staff, act_url(round_.cycle, "issue_notice"), title="通知", text="请传达。", guidance=pdf("指南.pdf"))
    own = NoticeReceipt.objects.get(station=round_.station)
    minutes = reverse("deliberations:minutes", args=[topic.pk])
    guidance = reverse("deliberations:guidance", args=[own.pk])
    assert [signed_in(actor).get(minutes).status_code for actor in (round_.staff, round_.liaison)] == [200, 403]
    wanted = [200, 200, 404]
    assert [
        signed_in(a).get(guidance).status_code for a in (round_.staff, round_.liaison, round_.other_liaison)
    ] == wanted
    assert Attachment.objects.count() == 2


#: Which acts on the cycle itself staff are offered; everybody else none.
OFFERED = {
    "planned": {"add_topic", "record_training", "take_in", "update"},
    "proposed": {"add_topic", "select_topics", "record_training", "take_in", "update"},
    "decided": {"move_on", "add_topic", "record_training", "take_in", "update"},
    "mobilised": {"issue_notice", "record_training", "record_publicity", "take_in", "update"},
    "notified": {"move_on", "record_training", "record_publicity", "take_in", "update"},
    "visiting": {"record_training", "record_publicity", "take_in", "update"},
}


#: With the plan, in every one of these states; an approval is taken back once there is one.
OF_THE_PLAN = {"arrange", "plan_steps", "write_plan", "record_approval"}


def at(point: str) -> Round:
    round_ = make_round()
    if point != "planned":
        topic = propose(round_)
        if point != "proposed":
            select(round_, topic)
    if point in ("mobilised", "notified", "visiting"):
        move_on(round_)
    if point in ("notified", "visiting"):
        issue(round_)
    if point == "visiting":
        move_on(round_)
    return round_


@pytest.mark.parametrize("point", OFFERED)
def test_staff_are_offered_what_is_possible_and_each_of_it_opens(point):
    round_ = at(point)
    assert offered(round_.staff, round_.cycle) == OFFERED[point]
    seen = signed_in(round_.staff).get(page(round_.cycle)).context["plan"]["acts"]
    assert {button["verb"] for button in seen} == OF_THE_PLAN
    for verb, act in ACTS.items():
        if act.subject is Cycle:
            opened = signed_in(round_.staff).get(act_url(round_.cycle, verb)).status_code
            assert opened == (200 if verb in OFFERED[point] | OF_THE_PLAN else 409), verb


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_nobody_else_does_what_staff_do(role):
    round_ = at("notified")
    actor = make_actor(role)
    sees = Cycle.objects.visible_to(actor).exists()
    for verb, act in ACTS.items():
        if act.subject is Cycle:
            got = signed_in(actor).post(act_url(round_.cycle, verb)).status_code
            assert got == (403 if sees else 404), verb


def test_every_verb_has_its_page_but_the_birth():
    verbs = {str(row.verb) for machine in MACHINES for row in machine.transitions}
    assert verbs - set(ACTS) == {"plan"}
    assert set(CYCLE.table) == verbs


def test_a_page_with_thirty_stations_asks_no_more_than_one_with_two():
    def queries(round_):
        client = signed_in(round_.staff)
        client.get(page(round_.cycle))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page(round_.cycle)).status_code == 200
        return len(asked)

    few = at("visiting")
    topic = Topic.objects.get()
    many = make_round(title="另一轮")
    for _ in range(28):
        station = make_station()
        many.cycle.stations.create(station=station)
        make_actor(Role.STATION, station=station)
    select(many, *(propose(many, f"议题{number}") for number in range(5)))
    move_on(many)
    issue(many)
    move_on(many)
    for round_ in (few, many):
        for number in range(1 if round_ is few else 6):
            preparation.record_publicity(
                round_.cycle, actor=round_.staff, version=round_.version, channel="WECHAT", title=f"公布{number}",
                on=clock.today(), topics=[topic],
            )  # fmt: skip
    assert queries(many) == queries(few) <= 56


def test_a_long_list_asks_no_more_than_a_short_one():
    def queries():
        client = Client()
        client.force_login(staff.user)
        client.get(reverse("deliberations:cycles"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("deliberations:cycles"))
        return len(asked)

    staff = at("planned").staff
    few = queries()
    for number in range(8):
        Cycle.objects.create(
            title=f"第{number}轮", year=2020, first_meeting_on=TODAY - timedelta(number), created_at=clock.now()
        )
    assert queries() == few


def test_minutes_once_entered_take_their_scan_later():
    round_ = make_round()
    first, second = propose(round_, "供水"), propose(round_, "道路")
    select(round_, first)
    done(
        round_.staff, act_url(round_.cycle, "select_topics"), topics=[second.pk],
        number=topics.Resolution.objects.get().number, on=TODAY.isoformat(), scan=pdf(),
    )  # fmt: skip
    assert topics.Resolution.objects.get().scan is not None
