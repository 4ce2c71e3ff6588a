"""Voters' meetings (F13): who chaired, who came of the five kinds and which are missing, what was told, on paper."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Visit, VoterCategory
from deliberations.transitions import settling, visiting
from deliberations.transitions.visit_parts import Conveyed, Parts
from notifications.models import Notification
from tests.deliberations.in_full import met, paper_of
from tests.deliberations.visiting import Village, assert_chain_holds, events, facts, fresh
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

RECORD, LIST = reverse("deliberations:record_voters_meeting"), reverse("deliberations:visits")
TYPED = {
    "deputies": "周大爷 王秀兰", "on": "2026-03-16", "time": "09:00", "place": "村部", "chair": "邱小燕", "recorder": "小周",
    "guests_village_cadre": "2", "guests_elder": "3", "guests_business_leader": "1", "guests_voter": "12",
    "told_decision": "县委供水决定", "told_achievement": "通村路", "companions": "办公室小李",
}  # fmt: skip


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def page_of(case):
    return reverse("deliberations:visit", args=[case.pk])


def text_of(actor, address):
    return signed_in(actor).get(address).content.decode()


def test_scenario_2_without_a_senior_party_member_it_is_saved_and_says_who_is_missing(village):
    answer = send(village.liaison, RECORD, **TYPED)
    case = Visit.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(case))
    assert (case.kind, case.status, case.station) == ("VOTER_MEETING", "RECORDED", village.station)
    came = dict(case.guests.values_list("category", "number"))
    assert came == {"VILLAGE_CADRE": 2, "ELDER": 3, "BUSINESS_LEADER": 1, "VOTER": 12}
    page = signed_in(village.chair).get(page_of(case))
    assert page.context["missing"] == [VoterCategory.PARTY_MEMBER.label]
    assert str(VoterCategory.PARTY_MEMBER.label) in page.content.decode()
    sheet = text_of(village.liaison, reverse("deliberations:visit_sheet", args=[case.pk]))
    assert "未到的类别" in sheet and "县委供水决定" in sheet
    assert events(case)[0].detail.changes["missing"] == 1
    assert_chain_holds(case)


def test_with_all_five_kinds_nothing_is_missing(village):
    send(village.liaison, RECORD, guests_party_member="1", **TYPED)
    case = Visit.objects.get()
    page = signed_in(village.liaison).get(page_of(case))
    assert (page.context["missing"], case.guests.count()) == ([], 5)
    assert "未到的类别" not in text_of(village.liaison, reverse("deliberations:visit_sheet", args=[case.pk]))


def test_of_an_ordinary_visit_no_kind_is_missing(village):
    send(village.liaison, RECORD, **TYPED)
    Visit.objects.update(kind="VISIT")
    assert signed_in(village.liaison).get(page_of(Visit.objects.get())).context["missing"] == []


def test_what_was_said_there_is_added_and_the_deputies_confirm_all_of_it(village):
    case, paper = met(village), paper_of(village)
    assert 'class="empty' in text_of(village.liaison, page_of(case))
    typed = {"words": "水管漏。", "route": "TOWNSHIP", "tell_wish": "no", "field": village.field.pk}
    typed |= {"about": paper.pk, "responsible": "镇水利站", "village": "南门村", "category": "ELDER"}
    page = reverse("deliberations:visit_act", args=[case.pk, "add_opinion"])
    assert send(village.liaison, page, **typed).status_code == 302
    row = case.opinions.get()
    assert (row.about, row.responsible, row.voter.category) == (paper, "镇水利站", "ELDER")
    heard = Notification.objects.filter(kind="visit.to_confirm").values_list("recipient__person__name", flat=True)
    assert set(heard) == {"周大爷", "王秀兰"}
    confirm = reverse("deliberations:visit_act", args=[case.pk, "confirm"])
    assert "水管漏。" in text_of(village.companion, confirm)
    assert send(village.companion, confirm).status_code == 302
    assert fresh(case).confirmed_at is not None


def test_who_came_is_put_right_afterwards(village):
    case = met(village)
    page = reverse("deliberations:visit_act", args=[case.pk, "correct_visit"])
    form = signed_in(village.liaison).get(page).context["form"]
    assert "kind" not in form.fields  # a voters' meeting stays one
    typed = {"on": "2026-03-16", "place": "村部", "chair": "邱小燕", "recorder": "小周", "further": "王秀兰"}
    assert send(village.liaison, page, guests_party_member="4", **typed).status_code == 302
    assert dict(case.guests.values_list("category", "number")) == {"PARTY_MEMBER": 4}
    assert fresh(case).kind == "VOTER_MEETING"
    assert events(case)[-1].detail.changes["guests"][1] == {"PARTY_MEMBER": 4}
    assert_chain_holds(case)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"chair": ""}, "chair"),
        ({"recorder": ""}, "recorder"),
        ({"place": ""}, "place"),
        ({"on": "2026-03-17"}, "on"),
        ({"deputies": "孙远山"}, "deputies"),
        ({"deputies": "周大爷 孙远山"}, "deputies"),
        ({"deputies": ""}, "deputies"),
        ({"guests_voter": "-1"}, "guests_voter"),
        ({"guests_voter": "很多"}, "guests_voter"),
    ],
)
def test_a_wrong_form_is_refused_at_its_field_and_keeps_the_rest(village, typed, wrong):
    answer = send(village.liaison, RECORD, **TYPED | typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {wrong})
    assert "县委供水决定" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_suspended_deputy_held_no_meeting(village):
    village.second.suspended_from = TODAY - timedelta(1)
    village.second.save()
    with pytest.raises(Invalid) as refused:
        met(village)
    assert refused.value.code == "not_active"


def test_the_form_sent_twice_is_one_meeting_and_another_is_not_lost(village):
    client = signed_in(village.liaison)
    form = hidden(client.get(RECORD)) | TYPED
    assert [client.post(RECORD, form).status_code for _time in range(2)] == [302, 302]
    other = client.post(RECORD, form | {"place": "小学"})
    assert (other.status_code, Visit.objects.count()) == (409, 1)
    assert client.post(RECORD, form | {"place": "小学"} | hidden(other)).status_code == 302
    key = uuid4()
    met(village, client_id=key)
    with pytest.raises(Conflict):
        met(village, client_id=key, actor=village.staff)


def test_who_may_not_write_for_deputies_records_no_meeting(village):
    for actor in (village.deputy, village.chair, make_actor(Role.TOWNSHIP)):
        assert signed_in(actor).get(RECORD).status_code == 403
        with pytest.raises(NotAllowed):
            met(village, actor=actor)
    assert met(village, actor=village.staff).station == village.station


def test_guests_of_no_kind_are_refused_by_the_verb(village):
    with pytest.raises(Invalid) as refused:
        met(village, parts=Parts(guests={"TOURIST": 3}))
    assert refused.value.field == "guests"
    assert not Visit.objects.exists()


def test_the_list_shows_meetings_under_their_tab(village):
    case = met(village, parts=Parts(conveyed=[Conveyed("BENEFIT", "医保")]))
    page = signed_in(village.liaison).get(LIST, {"kind": "VOTER_MEETING"})
    assert page.context["rows"] == [case]
    assert [tab["count"] for tab in page.context["tabs"] if tab["current"]] == [1]
    assert RECORD in page.content.decode()


def test_a_meeting_at_which_nothing_is_open_is_settled(village):
    case = met(village)
    given = facts(village, opinion={"tell_wish": False})
    visiting.add_opinion(
        case,
        actor=village.liaison,
        version=case.version,
        words="路灯。",
        opinion=given["opinion"],
        voter=given["voter"],
    )
    settling.close(case, actor=village.liaison, version=fresh(case).version)
    assert fresh(case).status == "CLOSED"


def test_the_blank_form_bears_the_names_of_the_stations_deputies(village):
    address = reverse("deliberations:voters_meeting_blank", args=[village.station.pk])
    page = text_of(village.liaison, address)
    assert "周大爷" in page and "王秀兰" in page and "孙远山" not in page
    assert all(str(label) in page for label in VoterCategory.labels)
    assert signed_in(make_actor(Role.ORGAN_HANDLER)).get(address).status_code == 403
    assert signed_in(village.liaison).get(reverse("deliberations:voters_meeting_blank", args=[0])).status_code == 404
