"""A bureau is reorganised: what it had in hand is found and carried on by the organ that goes on (scenario 41)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actor import SYSTEM
from accounts.models import Officer, Role
from accounts.transitions.organ_acts import reorganise
from notifications.models import Notification
from notifications.reminders import tell
from suggestions import transitions
from suggestions.models import Suggestion
from suggestions.pending import with_extension_to_decide
from suggestions.reminders import Clocks
from suggestions.transitions import extending
from supervision.workbench.rows import organ_rows
from tests.factory import SINCE, make_actor, make_organ, make_person
from tests.suggestions.factory import (
    RECEIPT,
    TODAY,
    accepted,
    assigned,
    at_office,
    drafted,
    fresh,
    judged,
    make_scan,
    part_of,
    replied,
    submitted,
    version_of,
)
from tests.suggestions.web import act_url, signed_in
from workflow import clock
from workflow.engine import NotAllowed


@pytest.fixture
def heir(county):
    """A handler of the organ that will go on for the host."""
    return make_actor(Role.ORGAN_HANDLER, organ=make_organ("县综合交通局"))


def gone_over(county, heir):
    """The host goes over into the heir's organ by way of another that is itself reorganised."""
    between = make_organ("县交通局")
    reorganise(county.bureau, actor=SYSTEM, successor=between, on=TODAY)
    reorganise(between, actor=SYSTEM, successor=heir.post.organ, on=TODAY)
    county.host.user.posts.update(until=TODAY - timedelta(1))
    county.head.user.posts.update(until=TODAY - timedelta(1))


def told(actor):
    return list(Notification.objects.filter(recipient=actor.user).order_by("pk").values_list("kind", flat=True))


def test_the_present_organ_finds_what_its_predecessors_handled(county, client):
    case, other = assigned(county), make_organ("县水利局")
    present = make_organ("县综合交通局")
    reorganise(county.bureau, actor=SYSTEM, successor=present, on=TODAY)
    client.force_login(county.staff.user)

    def found(organ):
        return client.get(reverse("suggestions:list"), {"organ": organ.pk}).context["rows"]

    assert [row.pk for row in found(present)] == [row.pk for row in found(county.bureau)] == [case.pk]
    assert found(other) == []


def test_the_successor_carries_on_from_receipt_to_reply(county, heir):
    case = assigned(county, co_hosts=[])
    gone_over(county, heir)
    part = part_of(case, heir)
    assert part.organ == county.bureau
    transitions.sign_receipt(part, actor=heir, version=version_of(case), **RECEIPT)
    county.host = heir
    reply = replied(county, fresh(case))
    assert (reply.status, fresh(case).status) == ("RELEASED", "REPLIED")
    words = {"mandate": county.lead, "way": "VISIT", "on": TODAY, "receiver": "赵大海"}
    transitions.deliver(reply, actor=heir, version=version_of(reply), **words)
    assert fresh(case).events.last().actor == heir.user


def test_the_successor_of_a_co_host_gives_its_opinion_itself(county, heir):
    case = accepted(county)
    reorganise(county.helper, actor=SYSTEM, successor=heir.post.organ, on=TODAY)
    transitions.give_opinion(
        part_of(case, heir), actor=heir, version=version_of(case), text="资金已安排。", on=TODAY, signed_by="吴局长"
    )
    assert fresh(case).events.last().how == "IN_SYSTEM"


def test_a_later_date_is_asked_by_the_host_s_and_agreed_by_the_office_s_successor(county, heir):
    case = accepted(county)
    gone_over(county, heir)
    new_office = make_actor(Role.GOVERNMENT_OFFICE, organ=make_organ("县政府办公室", "GOVERNMENT_OFFICE"))
    reorganise(county.office.post.organ, actor=SYSTEM, successor=new_office.post.organ, on=TODAY)
    words = {"reason": "需报批。", "measures": "先修一段。", "explained_how": "上门说明。", "signed_by": "郑局长"}
    words |= {"new_due_on": TODAY + timedelta(120), "explained_on": TODAY}
    asked = extending.request_extension(part_of(case, heir), actor=heir, version=version_of(case), **words)
    assert "suggestion.request_extension" in told(new_office)
    assert list(with_extension_to_decide(Suggestion.objects.visible_to(new_office), new_office)) == [case]
    assert extending.agree_extension(asked, actor=new_office, version=version_of(case)).status == "OFFICE_AGREED"


def test_the_successor_of_the_office_allots(county):
    case = at_office(county)
    new_office = make_actor(Role.GOVERNMENT_OFFICE, organ=make_organ("县政府办公室", "GOVERNMENT_OFFICE"))
    with pytest.raises(NotAllowed):
        transitions.allot(case, actor=new_office, version=version_of(case), host=county.bureau, co_hosts=[])
    reorganise(county.office.post.organ, actor=SYSTEM, successor=new_office.post.organ, on=TODAY)
    transitions.allot(fresh(case), actor=new_office, version=version_of(case), host=county.bureau, co_hosts=[])
    assert fresh(case).status == "HANDLING"


def test_the_successor_sees_it_in_lists_workbench_and_drafts(county, heir):
    case = fresh(drafted(county).assignment.suggestion)
    assert not Suggestion.objects.visible_to(heir).exists()
    gone_over(county, heir)
    seen = Suggestion.objects.visible_to(heir)
    assert list(seen) == list(seen.waiting_for("reply", heir)) == [case]
    assert seen.for_list(heir).get().assignment_status == "ACCEPTED"
    assert [row.suggestion for row in organ_rows(heir)] == [case]
    page = signed_in(heir).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
    assert "已列入计划。" in page
    assert act_url(case, "draft_reply", part_of(case, heir)) in page
    assert signed_in(county.stranger).get(reverse("suggestions:detail", args=[case.pk])).status_code == 404


def test_whoever_handles_there_now_is_told_and_pressed(county, heir):
    case = judged(county, "DISSATISFIED")
    before = told(county.host)
    gone_over(county, heir)
    due = fresh(case).clocks.get(kind="REPLY", round=2).act_by
    tell(Clocks(), due + timedelta(1))
    assert [kind for kind in told(heir) if "reply" in kind or "overdue" in kind]
    words = {"on": clock.today(), "letter": make_scan()}
    transitions.withdraw(case, actor=county.staff, version=version_of(case), **words)
    assert told(heir)[-1] == "suggestion.withdrawn"
    # whoever has left the former organ hears nothing more
    assert told(county.host) == before


def test_the_receipt_proposes_the_officers_of_today(county, heir):
    case = assigned(county)
    gone_over(county, heir)
    chief = make_person("现任副局长")
    Officer.objects.create(organ=heir.post.organ, person=chief, duty=Officer.Duty.DIVISION_LEADER, since=SINCE)
    page = signed_in(heir).get(act_url(case, "sign_receipt", part_of(case, heir))).content.decode()
    assert "现任副局长" in page


def test_a_post_without_an_organ_is_nobodys_successor(county):
    assigned(county)
    submitted(county)
    assert county.staff.organ_id is None
    assert not Suggestion.objects.handled_by(None).exists()
    assert not county.staff.acts_for(county.bureau)
