"""The pages of a deliberation meeting: who sees what, what is offered, what happens, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from deliberations.models import Meeting, MeetingOpinion, Promise, TownshipTask
from notifications.models import Notification
from notifications.texts import sentence
from stations.models import Township
from tests.deliberations.meeting_factory import (
    House,
    attended,
    closed,
    convened,
    explained,
    forwarded,
    fresh,
    meeting_of_twelve,
    opened,
    promised,
    said,
    voter_opinion,
)
from tests.deliberations.visiting import NAME
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden
from tests.suggestions.web import signed_in as signed_in_chinese

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    with noon(TODAY), translation.override("en"):
        yield House()


def signed_in(actor):
    """A browser in which the actor reads English."""
    type(actor.user).objects.filter(pk=actor.user.pk).update(language="en")
    return signed_in_chinese(actor)


def page(meeting):
    return reverse("deliberations:meeting", args=[meeting.pk])


def url(meeting, verb, opinion=None):
    if opinion is None:
        return reverse("deliberations:meeting_act", args=[meeting.pk, verb])
    return reverse("deliberations:meeting_opinion_act", args=[meeting.pk, opinion.pk, verb])


def send(actor, address, **typed):
    """Open the page and send its form with what was typed."""
    client = signed_in(actor)
    shown = client.get(address)
    assert shown.status_code == 200, (address, shown.status_code)
    return client.post(address, hidden(shown) | typed)


def done(actor, address, **typed):
    answer = send(actor, address, **typed)
    form = answer.context and answer.context.get("form")
    assert answer.status_code == 302, (address, answer.status_code, form and form.errors)
    return answer


def text_of(actor, address):
    shown = signed_in(actor).get(address)
    assert shown.status_code == 200, (address, shown.status_code)
    return " ".join(shown.content.decode().split())


def offered(actor, meeting):
    return {button["verb"] for button in signed_in(actor).get(page(meeting)).context["acts"]}


def test_a_whole_meeting_goes_through_the_pages(house):
    row = house.cycle.stations.get(station=house.station)
    convene = reverse("deliberations:convene", args=[house.cycle.pk, row.pk])
    assert convene in text_of(house.liaison, reverse("deliberations:cycle", args=[house.cycle.pk]))
    plan = {"held_on": TODAY.isoformat(), "place": "会议室", "time": "09:00", "chair": "李组长"}
    answer = done(house.liaison, convene, **plan)
    meeting = Meeting.objects.get()
    assert answer["Location"] == page(meeting)
    assert offered(house.liaison, meeting) == {"open_meeting", "note_attendance", "change_plan", "cancel_meeting"}
    done(house.liaison, url(meeting, "open_meeting"))
    sheet = {f"state_{house.lead.pk}": "PRESENT", f"state_{house.local.pk}": "PRESENT"}
    sheet |= {f"state_{house.second.pk}": "LEAVE", f"reason_{house.second.pk}": "住院"}
    others = house.station.mandates.exclude(pk__in=[house.lead.pk, house.local.pk, house.second.pk])
    sheet |= {f"state_{other.pk}": "ABSENT" for other in others}
    sheet |= {"present": "县水务局 钱局长 局长", "leaders": "李建华 县人大常委会副主任", "recorder": "邱小燕"}
    done(house.liaison, url(meeting, "note_attendance"), **sheet)
    shown = text_of(house.liaison, page(meeting))
    assert "county deputies 1, township deputies 1, organs 1" in shown
    assert "Deputies due 4, present 2, on leave 1, absent 1" in shown
    add = url(meeting, "add_opinion")
    told = {"speaker": house.lead.pk, "text": "南门村管网漏水", "topic": house.topic.pk}
    answer = done(house.liaison, add, **told)
    assert answer["Location"] == f"{page(meeting)}?topic={house.topic.pk}#add-opinion"
    kept = signed_in(house.liaison).get(answer["Location"].split("#")[0]).context["form"]
    assert kept.initial["topic"] == str(house.topic.pk)
    for text in ("校车", "路灯"):
        done(house.liaison, add, speaker=house.local.pk, text=text)
    first, second, third = MeetingOpinion.objects.all()
    assert "close_meeting" not in offered(house.liaison, meeting)
    refused = signed_in(house.liaison).get(url(meeting, "close_meeting"))
    assert (refused.status_code, "3 opinions have no outcome yet" in refused.content.decode()) == (409, True)
    done(
        house.liaison, url(meeting, "promise", first), text="换管80米", organ="县水务局", person="钱局长",
        due_on=(TODAY + timedelta(15)).isoformat(),
    )  # fmt: skip
    done(house.liaison, url(meeting, "explain", second), text="条例第十二条", acknowledgement="UNDERSTANDS")
    day = (TODAY + timedelta(30)).isoformat()
    done(house.liaison, url(meeting, "forward", third), way="TOWNSHIP", due_on=day)
    shown = text_of(house.liaison, page(meeting))
    assert "Opinions 3 = explained 1 + promised 1 + forwarded 1, undecided 0" in shown
    asked = signed_in(house.liaison).get(url(meeting, "close_meeting")).context["form"]
    assert (asked.initial["chair"], asked.initial["recorder"]) == ("李组长", "邱小燕")
    unnamed = send(house.liaison, url(meeting, "close_meeting"), recorder="邱小燕")
    assert (unnamed.status_code, list(unnamed.context["form"].errors)) == (422, ["chair"])
    done(house.liaison, url(meeting, "close_meeting"), chair="李组长", recorder="邱小燕")
    closed_one = Meeting.objects.get(pk=meeting.pk)
    assert (closed_one.chair, closed_one.recorder) == ("李组长", "邱小燕")
    assert offered(house.liaison, meeting) == set()
    task = TownshipTask.objects.get()
    assert "路灯" in text_of(house.presidium, reverse("deliberations:township_tasks"))
    finish = reverse("deliberations:finish_task", args=[task.pk])
    done(house.presidium, finish, result="已修", on=TODAY.isoformat(), handler="赵镇长")
    assert "已修" in text_of(house.deputy, page(meeting))


def test_scenario_3_is_summed_up_on_the_page_and_in_the_matrix(house):
    meeting = meeting_of_twelve(house)
    assert "Opinions 12 = explained 5 + promised 3 + forwarded 4, undecided 0" in text_of(house.deputy, page(meeting))
    cycle = reverse("deliberations:cycle", args=[house.cycle.pk])
    assert "12 = 5 explained + 3 promised + 4 forwarded, 0 undecided" in text_of(house.staff, cycle)


def test_a_township_deputy_as_lead_is_refused_with_the_three_ways(house):
    meeting = opened(house)
    row = said(house, meeting, speaker=house.local)
    answer = send(house.liaison, url(meeting, "forward", row), way="COUNTY_LEAD", county_lead=house.local.person.name)
    assert answer.status_code == 422
    assert "①" in answer.content.decode()
    assert "③" in answer.content.decode()


def test_a_sub_district_is_not_offered_its_congress(house):
    Township.objects.filter(pk=house.township.pk).update(kind=Township.Kind.SUB_DISTRICT)
    meeting = opened(house)
    form = signed_in(house.liaison).get(url(meeting, "forward", said(house, meeting))).context["form"]
    assert [value for value, _label in form.fields["way"].choices] == ["COUNTY_LEAD", "COMMITTEE"]
    assert "due_on" not in form.fields


def test_forms_propose_what_is_probably_meant(house):
    meeting = attended(house, opened(house))
    row = said(house, meeting)
    promise = signed_in(house.liaison).get(url(meeting, "promise", row)).context["form"]
    assert (promise.initial["organ"], promise.initial["due_on"]) == (house.bureau, TODAY + timedelta(15))
    forward = signed_in(house.liaison).get(url(meeting, "forward", row)).context["form"]
    assert (forward.initial["way"], forward.initial["county_lead"]) == ("COUNTY_LEAD", "周大爷")


def test_a_promise_is_put_right_in_its_own_form_and_nothing_else_is_offered(house):
    meeting = opened(house)
    row = said(house, meeting)
    promised(house, row)
    acts = signed_in(house.liaison).get(page(meeting)).context["opinions"][0].acts
    assert [act["url"].split("/")[-2] for act in acts] == ["promise", "correct_opinion"]
    form = signed_in(house.liaison).get(url(meeting, "promise", row)).context["form"]
    assert form.initial["text"] == "换管80米"
    assert signed_in(house.liaison).get(url(meeting, "explain", row)).status_code == 409
    assert Promise.objects.count() == 1


def test_what_voters_said_is_shown_shortened_and_never_by_whom(house):
    meeting = opened(house)
    open_words = voter_opinion(house)
    secret = voter_opinion(house, opinion={"confidential": True}, words="我不想让人知道的事情")
    row = said(house, meeting, basis=[open_words, secret])
    for actor in (house.liaison, house.staff):
        shown = text_of(actor, page(meeting))
        assert "我不想让人知道的事情" in shown
        assert NAME not in shown
    attended(house, meeting)
    explained(house, row)
    shown = text_of(house.handler, page(meeting))
    assert open_words.words[:10] in shown
    assert "我不想让人知道的事情" not in shown
    assert "1 confidential" in shown


def test_the_basis_is_chosen_by_ticks(house):
    meeting, voice = opened(house), voter_opinion(house)
    shown = text_of(house.liaison, page(meeting))
    assert f'name="basis" value="{voice.pk}"' in shown
    typed = {"speaker": house.lead.pk, "text": "漏水", "basis": [voice.pk]}
    answer = signed_in(house.liaison).post(url(meeting, "add_opinion"), typed | {"version": fresh(meeting).version})
    assert answer.status_code == 302
    assert list(MeetingOpinion.objects.get().basis.all()) == [voice]


def test_what_cannot_be_read_keeps_what_was_typed(house):
    meeting = opened(house)
    client = signed_in(house.liaison)
    typed = {"version": fresh(meeting).version, "text": "没有发言人"}
    answer = client.post(url(meeting, "add_opinion"), typed)
    assert (answer.status_code, "没有发言人" in answer.content.decode()) == (422, True)
    stale = client.post(url(meeting, "add_opinion"), typed | {"version": 1, "speaker": house.lead.pk})
    assert (stale.status_code, "没有发言人" in stale.content.decode()) == (409, True)
    sheet = {"version": fresh(meeting).version, f"state_{house.second.pk}": "LEAVE"}
    for mandate in house.station.mandates.exclude(pk=house.second.pk):
        sheet[f"state_{mandate.pk}"] = "PRESENT"
    answer = client.post(url(meeting, "note_attendance"), sheet)
    assert (answer.status_code, "Say why 王秀兰 is on leave." in answer.content.decode()) == (422, True)


def test_before_the_day_only_leave_is_asked_for(house):
    meeting = convened(house, held_on=TODAY + timedelta(3))
    address = url(meeting, "note_attendance")
    form = signed_in(house.liaison).get(address).context["form"]
    assert [value for value, _label in form.fields[f"state_{house.lead.pk}"].choices] == ["", "LEAVE"]
    assert [bound.name for bound in form.rest] == ["recorder"]
    typed = {f"state_{house.second.pk}": "LEAVE", f"reason_{house.second.pk}": "住院"}
    done(house.liaison, address, **typed)
    assert list(meeting.attendance.values_list("name", "state")) == [("王秀兰", "LEAVE")]


def test_nobody_writes_who_only_reads(house):
    meeting = attended(house, opened(house))
    row = said(house, meeting)
    for actor in (house.deputy, house.handler, house.presidium, make_actor(Role.CHAIRPERSON)):
        shown = signed_in(actor).get(page(meeting))
        assert (shown.context["form"], shown.context["acts"], shown.context["opinions"][0].acts) == (None, [], [])
        assert signed_in(actor).get(url(meeting, "explain", row)).status_code == 403
        assert signed_in(actor).get(url(meeting, "add_opinion")).status_code == 403
    for actor in (house.other_liaison, make_actor(Role.DEPUTY), make_actor(Role.TOWNSHIP)):
        assert signed_in(actor).get(page(meeting)).status_code == 404


def test_lists_show_ones_own_and_say_when_there_is_nothing(house):
    meeting = convened(house)
    address = reverse("deliberations:meetings")
    for actor in (house.staff, house.liaison, house.deputy, house.presidium):
        assert page(meeting) in text_of(actor, address)
    assert "There is no meeting here yet." in text_of(house.other_liaison, address)
    assert "No meeting fits these filters." in text_of(house.staff, f"{address}?status=CLOSED")
    assert signed_in(make_actor(Role.COUNTY_LEADER)).get(address).status_code == 403
    tasks = reverse("deliberations:township_tasks")
    assert "Nothing has been given to the township." in text_of(house.presidium, tasks)
    assert signed_in(house.deputy).get(tasks).status_code == 403


def test_a_late_task_is_marked_and_found(house):
    meeting = opened(house)
    forwarded(house, said(house, meeting, "路灯"), "TOWNSHIP")
    closed(house, meeting)
    tasks = reverse("deliberations:township_tasks")
    assert "is-late" not in text_of(house.presidium, tasks)
    with noon(TODAY + timedelta(31)):
        for address in (tasks, f"{tasks}?stands=overdue"):
            assert "is-late" in text_of(house.presidium, address)
        assert "No task fits these filters." in text_of(house.presidium, f"{tasks}?stands=done")


def test_the_record_of_a_meeting_tells_each_act(house):
    meeting = attended(house, opened(house))
    row = said(house, meeting)
    explained(house, row, conditions_limited=True)
    forwarded(house, row)
    closed(house, meeting)
    shown = text_of(house.liaison, page(meeting))
    for told in (
        "meeting convened",
        "attendance noted",
        "opinion no.: 1",
        "outcome before: explained",
        "meeting closed",
    ):
        assert told in shown, told


def test_every_notification_of_a_meeting_has_its_sentence(house):
    meeting = meeting_of_twelve(house)
    forwarded(house, said(house, meeting), "TOWNSHIP")
    closed(house, meeting)
    for told in Notification.objects.filter(kind__startswith="meeting."):
        assert sentence(told) != f"“{told.params['title']}”", told.kind
    collect = Notification.objects.get(kind="meeting.collect")
    assert "4 forwarded opinions wait" in sentence(collect)


def test_the_page_costs_the_same_for_one_opinion_and_for_many(house):
    meeting = attended(house, opened(house))
    voices = [voter_opinion(house) for _n in range(2)]

    def add(text):
        explained(house, said(house, meeting, text, basis=voices))
        promised(house, said(house, meeting, text))
        forwarded(house, said(house, meeting, text), "TOWNSHIP")
        forwarded(house, said(house, meeting, text))

    def cost(actor, address):
        client = signed_in(actor)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    add("一")
    cycle = reverse("deliberations:cycle", args=[house.cycle.pk])
    visits = [(house.liaison, page(meeting)), (house.handler, page(meeting)), (house.staff, cycle)]
    visits += [(house.liaison, reverse("deliberations:meetings"))]
    before = [cost(*visit) for visit in visits]
    for text in ("二", "三", "四"):
        add(text)
    assert [cost(*visit) for visit in visits] == before
    assert before[0] <= 45


def test_what_the_township_has_still_to_settle_comes_first(house):
    meeting = opened(house)
    for words in ("路灯", "水沟"):
        forwarded(house, said(house, meeting, words), "TOWNSHIP")
    closed(house, meeting)
    first, second = TownshipTask.objects.order_by("pk")
    TownshipTask.objects.filter(pk=first.pk).update(done_on=TODAY, result="已装好")
    rows = signed_in(house.presidium).get(reverse("deliberations:township_tasks")).context["rows"]
    assert [row.pk for row in rows] == [second.pk, first.pk]
