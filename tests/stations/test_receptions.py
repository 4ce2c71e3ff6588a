"""Reception days by hand: added, changed, cancelled, announced, held; duties swapped, replaced, asked off."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from notifications.models import Notification
from stations.models import Duty, Mandate, ReceptionDay, ReceptionFile, StationEvent
from stations.transitions import reception_duties, receptions
from stations.transitions.receptions import DayFacts
from tests.factory import make_actor, make_mandate, make_station
from tests.stations.receptions import ELEVEN, NINE, Post, names, photo
from tests.suggestions.factory import TODAY, noon
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)


@pytest.fixture
def post():
    with noon(TODAY):
        yield Post()


@pytest.fixture
def day(post):
    return post.add(DAY)


def told(kind):
    """Who was told that, by name."""
    rows = Notification.objects.filter(kind=kind).select_related("recipient__person").order_by("pk")
    return [row.recipient.person.name for row in rows]


def duty(day, name):
    return Duty.objects.select_related("day__station", "mandate__person", "mandate__term").get(
        day=day, mandate__person__name=name
    )


def test_a_day_is_added_with_deputies_in_turn_who_are_told(post, day):
    assert (day.status, names(day)) == ("PLANNED", ["赵甲", "钱乙"])
    assert told("reception.on_duty") == ["赵甲", "钱乙"]
    event = StationEvent.objects.get(verb="add_day")
    assert (event.part, event.part_key, event.part_to) == ("reception_day", day.uuid, "PLANNED")


@pytest.mark.parametrize(
    ("on", "more", "field", "code"),
    [
        (TODAY - timedelta(1), {}, "on", "past"),
        (DAY, {}, "on", "taken"),
        (date(2026, 4, 12), {}, "day_off", "day_off"),
        (date(2026, 5, 1), {}, "day_off", "day_off"),
    ],
)
def test_a_day_that_is_none_is_refused(post, day, on, more, field, code):
    with pytest.raises(Invalid) as refused:
        post.add(on, **more)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert ReceptionDay.objects.count() == 1


def test_hours_that_end_before_they_begin_are_refused(post):
    with pytest.raises(Invalid) as refused:
        post.do(receptions.add_day, post.station, DayFacts(DAY, ELEVEN, NINE))
    assert (refused.value.field, refused.value.code) == ("ends_at", "before_start")


def test_a_day_off_is_taken_where_it_is_meant(post):
    assert post.add(date(2026, 4, 12), day_off=True).status == "PLANNED"


def test_a_cancelled_day_may_be_added_anew(post, day):
    post.do(receptions.cancel_day, day, reason="防汛")
    assert post.add(DAY).pk != day.pk


def test_who_is_on_duty_is_told_of_another_day_and_the_notice_hangs_no_more(post, day):
    post.do(receptions.post_notice, day, on=TODAY)
    moved = post.do(receptions.change_day, day, DayFacts(date(2026, 4, 13), NINE, ELEVEN, "村委会"))
    assert (moved.on, moved.posted_on, moved.place) == (date(2026, 4, 13), None, "村委会")
    assert told("reception.changed") == ["赵甲", "钱乙"]
    version = post.version
    post.do(receptions.change_day, moved, DayFacts(date(2026, 4, 13), NINE, ELEVEN, "村委会"))
    assert post.version == version  # nothing changed, nothing recorded


def test_a_day_moves_neither_into_the_past_nor_onto_another(post, day):
    post.add(date(2026, 4, 20))
    for on, code in ((TODAY - timedelta(3), "past"), (date(2026, 4, 20), "taken"), (date(2026, 4, 11), "day_off")):
        with pytest.raises(Invalid) as refused:
            post.do(receptions.change_day, day, DayFacts(on, NINE, ELEVEN))
        assert refused.value.code == code


def test_a_day_is_cancelled_once_with_its_reason(post, day):
    post.do(receptions.cancel_day, day, reason="防汛")
    assert ReceptionDay.objects.get().cancel_reason == "防汛"
    assert told("reception.cancelled") == ["赵甲", "钱乙"]
    for verb, facts in (
        (receptions.cancel_day, {"reason": "再来"}),
        (receptions.post_notice, {"on": TODAY}),
        (reception_duties.put_on_duty, {"mandate": post.mandates[2]}),
    ):
        with pytest.raises(Conflict):
            post.do(verb, day, **facts)


def test_the_notice_is_recorded_with_a_photo_drawn_anew(post, day):
    post.do(receptions.post_notice, day, on=TODAY, photo=photo())
    paper = ReceptionFile.objects.select_related("file").get()
    assert (paper.kind, paper.file.content_type) == ("NOTICE", "image/jpeg")
    assert ReceptionDay.objects.get().posted_on == TODAY
    assert StationEvent.objects.get(verb="post_notice").detail.changes["days_ahead"] == 25


@pytest.mark.parametrize(("on", "code"), [(TODAY + timedelta(1), "future")])
def test_a_notice_is_not_posted_in_advance(post, day, on, code):
    with pytest.raises(Invalid) as refused:
        post.do(receptions.post_notice, day, on=on)
    assert refused.value.code == code


def test_nor_after_the_reception(post, day):
    with noon(DAY + timedelta(2)), pytest.raises(Invalid) as refused:
        post.do(receptions.post_notice, day, on=DAY + timedelta(1))
    assert refused.value.code == "too_late"


def test_a_photo_that_is_none_leaves_nothing_behind(post, day):
    wrong = SimpleUploadedFile("公告.jpg", b"<html>", "image/jpeg")
    with pytest.raises(Invalid) as refused:
        post.do(receptions.post_notice, day, on=TODAY, photo=wrong)
    assert refused.value.field == "photo"
    assert ReceptionDay.objects.get().posted_on is None
    with noon(DAY), pytest.raises(Invalid) as refused:
        post.do(receptions.add_papers, day, kind="PHOTO", photos=[photo(), wrong])
    assert refused.value.field == "photos"
    assert not ReceptionFile.objects.exists()


def test_a_reception_is_held_with_what_was_found(post, day):
    found = {duty(day, "赵甲").pk: ("PRESENT", ""), duty(day, "钱乙").pk: ("LEAVE", "外出")}
    with pytest.raises(Conflict):
        post.do(receptions.note_attendance, day, found=found)
    with noon(DAY):
        post.do(receptions.note_attendance, day, found=found)
        assert ReceptionDay.objects.get().status == "HELD"
        assert (names(day, "PRESENT"), names(day, "LEAVE")) == (["赵甲"], ["钱乙"])
        post.do(receptions.note_attendance, day, found=found | {duty(day, "钱乙").pk: ("ABSENT", "")})
        assert names(day, "ABSENT") == ["钱乙"]


def test_nobody_is_left_out_and_leave_has_a_reason(post, day):
    first, second = duty(day, "赵甲").pk, duty(day, "钱乙").pk
    with noon(DAY):
        for found, code in (
            ({first: ("PRESENT", "")}, "incomplete"),
            ({first: ("PRESENT", ""), second: ("LEAVE", "")}, "no_reason"),
        ):
            with pytest.raises(Invalid) as refused:
                post.do(receptions.note_attendance, day, found=found)
            assert refused.value.code == code
    assert ReceptionDay.objects.get().status == "PLANNED"


def test_photos_and_news_follow_and_a_wrong_photo_goes(post, day):
    with pytest.raises(Conflict):
        post.do(receptions.add_papers, day, kind="SIGN_IN", photos=[photo()])
    with pytest.raises(Conflict):
        post.do(receptions.write_news, day, news="简讯")
    with noon(DAY):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
        post.do(receptions.add_papers, day, kind="SIGN_IN", photos=[photo("a.jpg"), photo("b.jpg")])
        post.do(receptions.write_news, day, news="4月10日，两名代表接待选民。")
        papers = ReceptionFile.objects.select_related("day__station")
        assert papers.count() == 2
        gone = papers.first()
        post.do(receptions.remove_paper, gone)
        with pytest.raises(Conflict):
            post.do(receptions.remove_paper, gone)
    assert papers.count() == 1
    assert ReceptionDay.objects.get().news


def test_a_substitute_stands_beside_whom_they_replace_and_both_are_told(post, day):
    Notification.objects.all().delete()
    other = post.add(date(2026, 4, 20), 0)
    post.do(reception_duties.put_on_duty, other, mandate=post.mandates[2])
    row = post.do(reception_duties.substitute, duty(other, "孙丙"), mandate=post.mandates[0])
    assert row.substitute_for.mandate.person.name == "孙丙"
    assert (names(other), names(other, "REPLACED")) == (["赵甲"], ["孙丙"])
    assert told("reception.stand_in") == ["赵甲"]
    post.do(reception_duties.substitute, duty(day, "赵甲"), mandate=post.mandates[3])
    assert told("reception.replaced") == ["赵甲"]


def test_who_is_taken_off_gives_the_duty_back(post, day):
    post.do(reception_duties.substitute, duty(day, "赵甲"), mandate=post.mandates[2])
    post.do(reception_duties.take_off_duty, duty(day, "孙丙"))
    assert names(day) == ["赵甲", "钱乙"]
    with pytest.raises(Conflict):
        post.do(reception_duties.take_off_duty, Duty(pk=9999, day=day))


def test_whoever_is_replaced_is_not_replaced_again(post, day):
    replaced = duty(day, "赵甲")
    post.do(reception_duties.substitute, replaced, mandate=post.mandates[2])
    for verb, facts in (
        (reception_duties.substitute, {"mandate": post.mandates[3]}),
        (reception_duties.grant_leave, {"reason": "病"}),
        (reception_duties.take_off_duty, {}),
        (reception_duties.swap, {"other": replaced}),
    ):
        with pytest.raises(Conflict):
            post.do(verb, replaced, **facts)


def test_who_cannot_be_on_duty_is_refused_by_name(post, day):
    stranger = make_mandate(station=make_station())
    Mandate.objects.filter(pk=post.mandates[2].pk).update(suspended_from=date(2026, 1, 1))
    Mandate.objects.filter(pk=post.mandates[3].pk).update(ended_on=DAY)
    mandates = Mandate.objects.select_related("person", "term").in_bulk()
    for mandate, code in (
        (stranger, "elsewhere"),
        (post.mandates[2], "not_active"),
        (post.mandates[3], "not_active"),
        (post.mandates[1], "on_list"),
    ):
        for verb, subject in (
            (reception_duties.put_on_duty, day),
            (reception_duties.substitute, duty(day, "赵甲")),
        ):
            with pytest.raises(Invalid) as refused:
                post.do(verb, subject, mandate=mandates[mandate.pk])
            assert (refused.value.field, refused.value.code) == ("mandate", code)
            assert mandate.person.name in refused.value.sentence
    assert names(day) == ["赵甲", "钱乙"]


def test_one_person_with_two_mandates_is_on_the_list_once(post, day):
    twice = make_mandate(post.mandates[0].person, "TOWNSHIP", post.station)
    with pytest.raises(Invalid) as refused:
        post.do(reception_duties.put_on_duty, day, mandate=twice)
    assert refused.value.code == "on_list"
    assert names(post.add(date(2026, 4, 20), 6)).count("赵甲") == 1


def test_two_deputies_swap_their_days_and_both_are_told(post, day):
    other = post.add(date(2026, 4, 20))
    Notification.objects.all().delete()
    assert names(other) == ["孙丙", "李丁"]
    post.do(reception_duties.swap, duty(day, "赵甲"), other=duty(other, "孙丙"))
    assert (names(day), names(other)) == (["孙丙", "钱乙"], ["赵甲", "李丁"])
    assert told("reception.on_duty") == ["赵甲"]
    assert StationEvent.objects.filter(verb="swap").count() == 2


def test_what_cannot_be_swapped_is_refused(post, day):
    other = post.add(date(2026, 4, 20), 0)
    post.do(reception_duties.put_on_duty, other, mandate=post.mandates[1])
    for choice, code in ((duty(day, "钱乙"), "elsewhere"), (duty(other, "钱乙"), "on_list")):
        with pytest.raises(Invalid) as refused:
            post.do(reception_duties.swap, duty(day, "赵甲"), other=choice)
        assert (refused.value.field, refused.value.code) == ("other", code)


def test_a_deputy_asks_for_a_substitute_and_the_liaison_is_told(post, day):
    own = duty(day, "赵甲")
    reception_duties.ask_substitute(own, actor=post.deputies[0], reason="去县里开会")
    assert told("reception.substitute_asked") == [post.liaison.user.person.name]
    assert list(Duty.objects.asked()) == [own]
    assert StationEvent.objects.get(verb="ask_substitute").actor == post.deputies[0].user
    post.do(reception_duties.grant_leave, own, reason="去县里开会")
    assert names(day, "LEAVE") == ["赵甲"]
    assert told("reception.leave") == ["赵甲"]
    with pytest.raises(Conflict):
        reception_duties.ask_substitute(own, actor=post.deputies[0], reason="再说")


def test_without_a_liaison_staff_are_told(day, post):
    post.station.staff.update(until=TODAY - timedelta(1))
    reception_duties.ask_substitute(duty(day, "赵甲"), actor=post.deputies[0], reason="病了")
    assert told("reception.substitute_asked") == [post.staff.user.person.name]


def test_nobody_asks_for_another_or_too_late(post, day):
    with pytest.raises(NotAllowed):
        reception_duties.ask_substitute(duty(day, "赵甲"), actor=post.deputies[1], reason="x")
    with noon(DAY + timedelta(1)), pytest.raises(Conflict):
        reception_duties.ask_substitute(duty(day, "赵甲"), actor=post.deputies[0], reason="x")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_nobody_else_keeps_the_roster(post, day, role):
    other = make_actor(role, station=make_station() if role == Role.STATION else None)
    row = duty(day, "赵甲")
    for verb, subject, facts in (
        (receptions.cancel_day, day, {"reason": "x"}),
        (receptions.post_notice, day, {"on": TODAY}),
        (receptions.note_attendance, day, {"found": {}}),
        (reception_duties.put_on_duty, day, {"mandate": post.mandates[2]}),
        (reception_duties.substitute, row, {"mandate": post.mandates[2]}),
        (reception_duties.grant_leave, row, {"reason": "x"}),
        (reception_duties.take_off_duty, row, {}),
    ):
        with pytest.raises(NotAllowed):
            post.do(verb, subject, actor=other, **facts)
    with pytest.raises(NotAllowed):
        post.do(receptions.add_day, post.station, DayFacts(date(2026, 4, 20), NINE, ELEVEN), actor=other)


def test_a_stale_page_changes_nothing(post, day):
    with pytest.raises(Stale):
        receptions.cancel_day(day, actor=post.liaison, version=0, reason="x")
    assert ReceptionDay.objects.get().status == "PLANNED"


def test_whoever_came_besides_is_put_on_the_list_afterwards(post, day):
    with noon(DAY):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
        before = Notification.objects.count()
        post.do(reception_duties.put_on_duty, day, mandate=post.mandates[3])
    assert names(day, "PRESENT") == ["赵甲", "钱乙", "李丁"]
    assert Notification.objects.count() == before
