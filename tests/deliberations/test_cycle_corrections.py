"""What was recorded of a cycle by mistake is put right: trainings, publicity, a station too many."""

from datetime import timedelta

import pytest
from django.urls import reverse

from deliberations.models import CycleStation, NoticeReceipt, PublicityRecord
from deliberations.transitions import leaving, notices, preparation
from notifications.models import Notification
from tests.deliberations.cycle_factory import issue, make_round, mobilised, receipt_of, training
from tests.suggestions.factory import TODAY, make_scan, noon
from tests.suggestions.web import hidden, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with noon(TODAY):
        yield


def page(round_, verb, row):
    return reverse("deliberations:cycle_part_act", args=[round_.cycle.pk, verb, row.pk])


def shown(actor, round_):
    return signed_in(actor).get(reverse("deliberations:cycle", args=[round_.cycle.pk])).content.decode()


def trained(round_, **facts):
    return preparation.record_training(round_.cycle, training(**facts), actor=round_.staff, version=round_.version)


def corrected(round_, row, actor=None, **facts):
    words = {"actor": actor or round_.staff, "version": round_.version}
    return preparation.correct_training(row, training(**facts), **words)


def published(round_, **facts):
    words = {"channel": "WECHAT", "title": "公布议题", "on": TODAY, "topics": round_.cycle.topics.all()}
    return preparation.record_publicity(round_.cycle, actor=round_.staff, version=round_.version, **(words | facts))


def place_of(round_, station=None):
    return CycleStation.objects.select_related("cycle", "station").get(
        cycle=round_.cycle, station=station or round_.station
    )


def left_out(round_, **options):
    words = {"actor": round_.staff, "version": round_.version, "reason": "多选了一个站"}
    return leaving.leave_out(place_of(round_), **(words | options))


# trainings and publicity


def test_a_training_is_put_right_and_the_record_says_what_it_was():
    round_ = make_round()
    row = trained(round_)
    corrected(round_, row, present=25, station=round_.station)
    row.refresh_from_db()
    assert (row.present, row.mode, row.station) == (25, "STATION", round_.station)
    event = round_.cycle.events.last()
    assert event.verb == "correct_training"
    told = {"training": "履职培训", "present": ["28", "25"], "station": ["—", round_.station.name]}
    assert event.detail.changes == told
    assert "28 → 25" in shown(round_.staff, round_)


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({}, "title", "nothing_changed"),
        ({"present": 31}, "present", "more_than_due"),
        ({"on": TODAY + timedelta(1)}, "on", "in_future"),
    ],
)
def test_a_training_is_not_put_wrong(facts, field, code):
    round_ = make_round()
    row = trained(round_)
    with pytest.raises(Invalid) as caught:
        corrected(round_, row, **facts)
    assert (caught.value.field, caught.value.code) == (field, code)


def test_only_staff_correct():
    round_ = make_round()
    row = trained(round_)
    with pytest.raises(NotAllowed):
        corrected(round_, row, actor=round_.liaison, present=1)
    with pytest.raises(NotAllowed):
        left_out(round_, actor=round_.liaison)
    with pytest.raises(Stale):
        left_out(round_, version=0)


def test_publicity_is_put_right_by_its_page_and_keeps_its_picture():
    round_ = mobilised()
    row = published(round_, picture=make_scan("截图.png"))
    staff = signed_in(round_.staff)
    url = page(round_, "correct_publicity", row)
    assert url in shown(round_.staff, round_)
    opened = staff.get(url)
    assert "截图.png" in opened.content.decode()
    typed = {"channel": "TELEVISION", "title": "公布议题", "on": TODAY.isoformat(), "link": "", "reach": "300"}
    assert staff.post(url, hidden(opened) | typed).status_code == 302
    row = PublicityRecord.objects.get()
    assert (row.channel, row.reach, row.picture.name, list(row.topics.all())) == ("TELEVISION", 300, "截图.png", [])
    changes = round_.cycle.events.last().detail.changes
    assert changes["reach"] == ["—", "300"] and changes["topics"] == ["农村供水", "—"] and "picture" not in changes


def test_nothing_changed_is_said_on_the_page():
    round_ = mobilised()
    row = published(round_, topics=())
    with pytest.raises(Invalid) as caught:
        words = {"channel": "WECHAT", "title": "公布议题", "on": TODAY, "link": "", "reach": None, "picture": None}
        preparation.correct_publicity(row, actor=round_.staff, version=round_.version, **words)
    assert caught.value.code == "nothing_changed"


def test_a_row_of_another_cycle_is_not_corrected_here():
    round_, other = make_round(), make_round(title="另一轮")
    row = trained(other)
    assert signed_in(round_.staff).get(page(round_, "correct_training", row)).status_code == 404
    assert signed_in(round_.liaison).get(page(other, "correct_training", row)).status_code in (403, 404)


# a station too many


def test_a_station_taken_in_by_mistake_is_left_out():
    round_ = make_round()
    left_out(round_)
    assert [row.station for row in round_.cycle.stations.all()] == [round_.other]
    event = round_.cycle.events.last()
    assert (event.verb, event.detail.reason) == ("leave_out", "多选了一个站")
    assert event.detail.changes == {"station": round_.station.name}


def test_a_notice_that_nobody_confirmed_is_taken_back_and_its_station_told():
    round_ = mobilised()
    notice = issue(round_)
    left_out(round_)
    assert [row.station for row in NoticeReceipt.objects.in_force(round_.cycle)] == [round_.other]
    rows = Notification.objects.filter(recipient=round_.liaison.user).order_by("pk")
    assert [(row.kind, row.void_reason) for row in rows] == [("cycle.notice", "left_out"), ("cycle.left_out", "")]
    # the other station's notice stands
    notices.receive_notice(receipt_of(round_.other, notice), actor=round_.other_liaison)


def test_a_confirmation_at_the_same_moment_is_refused_rather_than_lost():
    round_ = mobilised()
    receipt = receipt_of(round_.station, issue(round_))
    left_out(round_)
    with pytest.raises(Conflict):
        notices.receive_notice(receipt, actor=round_.liaison)


@pytest.mark.parametrize("what", ["notice", "training", "meeting"])
def test_what_a_station_has_in_the_cycle_holds_it_there(what):
    round_ = mobilised()
    if what == "notice":
        notices.receive_notice(receipt_of(round_.station, issue(round_)), actor=round_.liaison)
    elif what == "training":
        trained(round_, station=round_.station)
    else:
        cycle = round_.cycle
        cycle.meetings.create(
            kind="DELIBERATION", station=round_.station, held_on=cycle.first_meeting_on, place="站内",
            created_at=cycle.created_at,
        )  # fmt: skip
    with pytest.raises(Conflict) as caught:
        left_out(round_)
    assert caught.value.code == "has_part" and round_.station.name in caught.value.sentence
    assert place_of(round_)
    html = shown(round_.staff, round_)
    assert page(round_, "leave_out", place_of(round_)) not in html
    assert page(round_, "leave_out", place_of(round_, round_.other)) in html
    assert signed_in(round_.staff).get(page(round_, "leave_out", place_of(round_))).status_code == 409


def test_it_is_left_out_by_its_page():
    round_ = make_round()
    staff, url = signed_in(round_.staff), page(round_, "leave_out", place_of(round_))
    opened = staff.get(url)
    assert staff.post(url, hidden(opened) | {"reason": ""}).status_code == 422
    assert staff.post(url, hidden(opened) | {"reason": "不在这一轮"}).status_code == 302
    assert round_.cycle.stations.count() == 1
