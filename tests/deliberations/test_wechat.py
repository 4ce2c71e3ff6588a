"""What is sent on in WeChat: the notice, who has not confirmed it, the invitation; never more than is asked for."""

import pytest
from django.conf import settings
from django.urls import reverse

from deliberations.models import Notice
from deliberations.transitions import notices
from tests.components.pages import Tree
from tests.deliberations.cycle_factory import issue, make_round, move_on, propose, receipt_of, select
from tests.deliberations.meeting_factory import House, convened, opened
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow.text import MOST_IN_WECHAT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def messages(actor, name, *args):
    """The words and addresses that the page offers."""
    page = signed_in(actor).get(reverse(f"deliberations:{name}", args=args))
    return [area["text"].split("\n") for area in Tree(page.content.decode()).all("textarea") if "readonly" in area]


@pytest.fixture
def round_():
    made = make_round()
    select(made, propose(made))
    move_on(made)
    return made


def test_a_notice_is_sent_on_with_the_page_where_it_is_confirmed(round_):
    receipt = receipt_of(round_.station, issue(round_))
    for actor in (round_.staff, round_.liaison):
        [[words, address]] = messages(actor, "notice", receipt.pk)
        assert receipt.notice.title in words
        assert round_.station.name in words
        assert address == settings.SITE_URL + reverse("public:notice", args=[receipt.notice.token])


def test_a_notice_of_earlier_days_has_no_open_page_and_leads_to_the_one_within(round_):
    receipt = receipt_of(round_.station, issue(round_))
    Notice.objects.update(token=None)
    [[_words, address]] = messages(round_.liaison, "notice", receipt.pk)
    assert address == settings.SITE_URL + reverse("deliberations:notice", args=[receipt.pk])
    missing = messages(round_.staff, "cycle", round_.cycle.pk)
    assert [address for _words, address in missing] == [
        settings.SITE_URL + reverse("deliberations:cycle", args=[round_.cycle.pk])
    ]


def test_staff_copy_the_stations_that_have_not_confirmed_until_all_have(round_):
    notice = issue(round_)
    link = settings.SITE_URL + reverse("public:notice", args=[notice.token])

    def shown():
        return messages(round_.staff, "cycle", round_.cycle.pk)

    (words, address), (of_all, same) = shown()
    assert round_.station.name in words
    assert round_.other.name in words
    assert notice.title in of_all
    assert address == same == link
    assert max(len(words), len(of_all)) <= MOST_IN_WECHAT
    notices.receive_notice(receipt_of(round_.station, notice), actor=round_.liaison)
    (words, _address), _of_all = shown()
    assert round_.station.name not in words
    assert messages(round_.liaison, "cycle", round_.cycle.pk) == []
    notices.receive_notice(receipt_of(round_.other, notice), actor=round_.other_liaison)
    [[words, _address]] = shown()
    assert words == of_all


def test_an_invitation_says_when_where_and_about_what_as_long_as_the_meeting_is_planned():
    house = House()
    meeting = convened(house)
    [[words, address]] = messages(house.liaison, "meeting", meeting.pk)
    assert meeting.place in words
    assert house.topic.title in words
    assert "3月16日" in words or "16 March" in words
    assert len(words) <= MOST_IN_WECHAT
    assert address.endswith(reverse("deliberations:meeting", args=[meeting.pk]))
    opened(house, meeting)
    assert messages(house.liaison, "meeting", meeting.pk) == []
