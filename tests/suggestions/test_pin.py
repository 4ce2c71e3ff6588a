"""On a phone that signed in by itself the PIN is asked for an evaluation; what is said early is called back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Person, TrustedDevice
from notifications.models import Notification
from stations.transitions import cards
from suggestions.models import Evaluation
from tests.stations.binding import PIN, Home, bound
from tests.suggestions.factory import TODAY, accepted, evaluate, make_county, noon, replied
from tests.suggestions.web import act_url, hidden, signed_in
from workflow import clock

pytestmark = pytest.mark.django_db

WORDS = {"attitude": "SATISFIED", "result": "SATISFIED"}


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def county():
    return make_county()


def home_of(county):
    Person.objects.filter(pk=county.lead.person_id).update(phone="13800005678")
    county.lead.refresh_from_db()
    return Home(county.lead.person, county.lead, county.station, county.liaison, county.liaison, county.staff)


def judge(client, reply, **typed):
    case = reply.assignment.suggestion
    url = act_url(case, "evaluate", reply.assignment)
    return client.post(url, hidden(client.get(url)) | WORDS | typed)


def test_the_pin_is_asked_on_the_phone_and_of_nobody_else(county):
    reply = replied(county, accepted(county))
    home = home_of(county)
    bound(home)
    url = act_url(reply.assignment.suggestion, "evaluate", reply.assignment)
    assert 'name="pin"' in home.deputy_phone.get(url).content.decode()
    assert 'name="pin"' not in signed_in(county.deputy).get(url).content.decode()
    assert judge(home.deputy_phone, reply).status_code == 422
    answer = judge(home.deputy_phone, reply, pin="000001")
    assert answer.status_code == 422 and "pin" in answer.context["form"].errors and not Evaluation.objects.exists()
    assert judge(home.deputy_phone, reply, pin=PIN).status_code == 302
    assert Evaluation.objects.get().source == "OWN" and TrustedDevice.objects.get().wrong_pins == 0


def test_by_password_no_pin_is_asked(county):
    reply = replied(county, accepted(county))
    assert judge(signed_in(county.deputy), reply).status_code == 302


def test_five_wrong_pins_end_the_trust_and_tell_the_liaison(county):
    reply = replied(county, accepted(county))
    home = home_of(county)
    bound(home)
    answers = [judge(home.deputy_phone, reply, pin="000001").status_code for _ in range(5)]
    assert answers == [422] * 4 + [409] and not Evaluation.objects.exists()
    assert home.deputy_phone.get("/").status_code == 302
    told = set(Notification.objects.filter(kind="binding.wrong_pin").values_list("recipient", flat=True))
    assert told == {county.liaison.user.pk, county.staff.user.pk}


def test_who_has_no_pin_yet_chooses_one_first_and_comes_back(county):
    reply = replied(county, accepted(county))
    home = home_of(county)
    bound(home, pin="")
    case = reply.assignment.suggestion
    answer = home.deputy_phone.get(act_url(case, "evaluate", reply.assignment))
    assert answer["Location"] == f"{reverse('stations:pin')}?of={case.pk}"
    answer = home.deputy_phone.post(answer["Location"], {"pin": PIN, "again": PIN})
    assert answer["Location"] == reverse("suggestions:detail", args=[case.pk])


@pytest.mark.parametrize(("days", "listed"), [(0, True), (7, True), (8, False)])
def test_what_is_said_within_a_week_of_the_binding_is_called_back(county, days, listed):
    reply = replied(county, accepted(county))
    phone = bound(home_of(county))
    TrustedDevice.objects.filter(pk=phone.pk).update(bound_at=clock.now() - timedelta(days))
    evaluate(county, reply, actor=county.deputy, source=Evaluation.Source.OWN)
    page = signed_in(county.staff).get(reverse("suggestions:call_backs"))
    assert (reply.assignment.suggestion.number in page.content.decode()) is listed
    assert signed_in(county.deputy).get(reverse("suggestions:call_backs")).status_code == 403
    evaluate(county, reply, actor=county.staff, source=Evaluation.Source.CALL_BACK, number_called="13800005678")
    assert not Evaluation.objects.to_call_back().exists()


def test_a_phone_bound_after_it_was_said_calls_nothing_back(county):
    reply = replied(county, accepted(county))
    evaluate(county, reply, actor=county.deputy, source=Evaluation.Source.OWN)
    with noon(TODAY + timedelta(1)):
        cards.require_pin(county.deputy, "")
        bound(home_of(county))
    assert not Evaluation.objects.to_call_back().exists()
