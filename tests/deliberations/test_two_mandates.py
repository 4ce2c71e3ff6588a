"""Scenario 40: one person, two posts; each act under the right one."""

import pytest
from django.urls import reverse

from accounts.actor import actor_of
from accounts.models import Post, Role
from deliberations.models import Cycle
from deliberations.transitions import notices
from stations.models import StationStaff
from suggestions.models import Evaluation
from tests.deliberations.cycle_factory import issue, move_on, propose, receipt_of, select
from tests.deliberations.cycle_factory import make_round as make_other_round
from tests.factory import SINCE, make_station
from tests.suggestions.factory import TODAY, make_county, noon, replied
from tests.suggestions.web import hidden, signed_in
from workflow.engine import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    """A county deputy who also heads another station, as actor under either post, and that station's round."""
    with noon(TODAY):
        county, station = make_county(), make_station()
        deputy = county.deputy
        StationStaff.objects.create(station=station, person=deputy.user.person, duty="HEAD", since=SINCE)
        post = Post.objects.create(user=deputy.user, role=Role.STATION, since=SINCE)
        round_ = make_other_round()
        round_.cycle.stations.create(station=station)
        select(round_, propose(round_))
        move_on(round_)
        yield county, deputy, actor_of(deputy.user, post), round_, receipt_of(station, issue(round_))


def test_the_notice_is_received_as_station_head_and_never_as_deputy(chair):
    _county, deputy, head, round_, receipt = chair
    with pytest.raises(NotAllowed):
        notices.receive_notice(receipt, actor=deputy)
    notices.receive_notice(receipt, actor=head)
    event = Cycle.objects.get(pk=round_.cycle.pk).events.last()
    assert (event.actor, event.post) == (head.user, head.post)


def test_over_the_pages_the_post_is_switched_between_the_two(chair):
    county, deputy, head, round_, receipt = chair
    reply = replied(county)
    client = signed_in(deputy)
    receive = reverse("deliberations:cycle_part_act", args=[round_.cycle.pk, "receive_notice", receipt.pk])
    judge = reverse("suggestions:part_act", args=[reply.assignment.suggestion_id, reply.assignment_id, "evaluate"])

    client.post(reverse("accounts:switch_post"), {"post": deputy.post.pk})
    assert client.post(receive).status_code == 404
    opened = client.get(judge)
    judged = {"attitude": "SATISFIED", "result": "SATISFIED", "on": TODAY.isoformat()}
    assert client.post(judge, hidden(opened) | judged).status_code == 302
    evaluation = Evaluation.objects.get()
    assert (evaluation.source, evaluation.mandate) == (Evaluation.Source.OWN, county.lead)

    client.post(reverse("accounts:switch_post"), {"post": head.post.pk})
    assert client.post(receive).status_code == 302
    posts = [
        reply.assignment.suggestion.events.filter(verb="evaluate").get().post,
        round_.cycle.events.filter(verb="receive_notice").get().post,
    ]
    assert posts == [deputy.post, head.post]


def test_the_link_of_the_notification_opens_under_the_post_it_was_sent_to(chair):
    _county, deputy, head, _round, receipt = chair
    note = deputy.user.notifications.get(kind="cycle.notice")
    client = signed_in(deputy)
    client.post(reverse("accounts:switch_post"), {"post": deputy.post.pk})
    opened = client.get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert opened.request["PATH_INFO"] == reverse("deliberations:notice", args=[receipt.pk])
    assert opened.context["actor"].post == head.post
