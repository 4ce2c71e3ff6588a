"""Scenarios 33, 34 and 40: a township deputy's point, a sheet typed for a deputy, one person under two posts."""

import pytest
from django.urls import reverse

from accounts.actor import actor_of
from accounts.models import Post, Role
from notifications.models import Notification
from stations.models import Level, StationStaff
from suggestions.models import Suggestion
from suggestions.transitions import drafting
from tests.factory import SINCE, make_actor, make_mandate, make_person, make_station
from tests.suggestions.checks import assert_chain_holds, events, last, name, told
from tests.suggestions.factory import fresh, make_scan, version_of
from tests.suggestions.test_drafting import WORDS, drafted, hand_in
from tests.suggestions.web import act_url, hidden, pdf, signed_in
from workflow.engine import Invalid, NotAllowed

NEW = "suggestions:draft"


@pytest.fixture
def township(county):
    """A township deputy of the same station, as actor and as mandate."""
    mandate = make_mandate(make_person("张镇代"), Level.TOWNSHIP, county.station)
    return make_actor(Role.DEPUTY, person=mandate.person), mandate


def test_a_township_deputy_does_not_lead_and_reads_the_three_lawful_ways(county, township):
    with pytest.raises(Invalid) as refused:
        drafted(county, actor=county.staff, lead=township[1])
    assert (refused.value.field, refused.value.code) == ("lead", "wrong_level")
    sentence = refused.value.sentence
    assert "张镇代" in sentence
    assert all(mark in sentence for mark in "①②③")
    assert not Suggestion.objects.exists()


def test_led_by_a_county_deputy_it_stays_the_township_deputys_point(county, township):
    actor, mandate = township
    case = drafted(county, actor=actor, raised_by=mandate)
    assert (case.lead, case.raised_by, case.confirmed_at) == (county.lead, mandate, None)
    assert told("suggestion.to_confirm") == [name(county.deputy)]
    with pytest.raises(NotAllowed):
        hand_in(case, actor)
    with pytest.raises(NotAllowed):
        drafting.confirm_draft(case, actor=actor, version=1)
    drafting.confirm_draft(case, actor=county.deputy, version=1)
    hand_in(case, county.deputy)
    assert told("suggestion.on_its_way") == ["张镇代"]
    assert Suggestion.objects.visible_to(actor).get() == case


def test_the_page_offers_a_township_deputy_the_county_deputies_of_the_station(county, township):
    actor, mandate = township
    client = signed_in(actor)
    page = client.get(reverse(NEW))
    offered = list(page.context["form"].fields["lead"].queryset)
    assert set(offered) == {county.lead, county.second}
    sent = hidden(page) | WORDS | {"publicity": "FULL", "lead": county.second.pk}
    assert client.post(reverse(NEW), sent).status_code == 302
    case = Suggestion.objects.get()
    assert (case.lead, case.raised_by) == (county.second, mandate)
    stranger = make_mandate(station=make_station())
    sent = hidden(client.get(reverse(NEW))) | WORDS | {"publicity": "FULL", "lead": stranger.pk}
    assert client.post(reverse(NEW), sent).status_code == 422


def test_without_a_county_deputy_at_the_station_the_page_names_the_three_ways(county):
    lonely = make_mandate(make_person("李孤"), Level.TOWNSHIP, make_station())
    page = signed_in(make_actor(Role.DEPUTY, person=lonely.person)).get(reverse(NEW))
    assert page.status_code == 403
    assert all(mark in page.content.decode() for mark in ("李孤", "①", "②", "③"))
    assert signed_in(make_actor(Role.DEPUTY)).get(reverse(NEW)).status_code == 403


def test_the_liaison_types_a_sheet_the_deputy_reads_it_large_and_confirms(county):
    client = signed_in(county.liaison)
    page = client.get(reverse(NEW))
    sent = hidden(page) | WORDS | {"lead": county.lead.certificate_no, "how": "PAPER", "origin": "BETWEEN"}
    answer = client.post(reverse(NEW), sent | {"publicity": "FULL", "sheet": pdf("手稿.pdf")})
    assert answer.status_code == 302, answer.context["form"].errors
    case = Suggestion.objects.get()
    asked = Notification.objects.get(kind="suggestion.to_confirm", recipient=county.deputy.user)

    deputy = signed_in(county.deputy)
    shown = deputy.get(asked.url)
    body = shown.content.decode()
    assert "large" in body.split("<head", 1)[0]
    assert WORDS["facts"] in body
    assert act_url(case, "edit_draft") in body
    confirm = act_url(case, "confirm_draft")
    assert deputy.post(confirm, {"version": case.version}).status_code == 302
    assert fresh(case).confirmed_at is not None

    typed, confirmed = events(case)
    assert (typed.actor, typed.on_behalf_of, typed.how) == (county.liaison.user, county.lead.person, "PAPER")
    assert (confirmed.actor, confirmed.on_behalf_of, confirmed.how) == (county.deputy.user, None, "IN_SYSTEM")
    record = signed_in(county.staff).get(asked.url).content.decode()
    assert name(county.liaison) in record
    assert "赵大海" in record
    assert_chain_holds(case)


def test_confirmed_by_telephone_it_says_so(county):
    case = drafted(county, actor=county.liaison)
    with pytest.raises(Invalid) as refused:
        drafting.confirm_draft(case, actor=county.liaison, version=1)
    assert (refused.value.field, refused.value.code) == ("how", "how_missing")
    drafting.confirm_draft(case, actor=county.liaison, version=1, how="TELEPHONE")
    event = last(case)
    assert (event.actor, event.on_behalf_of, event.how) == (county.liaison.user, county.lead.person, "TELEPHONE")
    assert told("suggestion.draft_confirmed") == []


def test_the_sheet_is_for_the_deputys_side_and_staff(county):
    client = signed_in(county.liaison)
    sent = hidden(client.get(reverse(NEW))) | {"lead": county.lead.certificate_no, "how": "PAPER"}
    sent |= {"title": "修路", "origin": "VISIT", "publicity": "NONE", "sheet": pdf("手稿.pdf")}
    assert client.post(reverse(NEW), sent).status_code == 302
    case = Suggestion.objects.get()
    assert case.is_incomplete
    url = reverse("suggestions:sheet", args=[case.pk])
    for actor in (county.deputy, county.liaison, county.staff):
        assert signed_in(actor).get(url).status_code == 200
    for actor in (county.host, county.office, county.co_signer, make_actor(Role.CHAIRPERSON)):
        assert signed_in(actor).get(url).status_code == 404


def test_one_person_under_two_posts_acts_as_each(county):
    person = county.deputy.user.person
    StationStaff.objects.create(station=county.station, person=person, duty="HEAD", since=SINCE)
    head = actor_of(county.deputy.user, Post.objects.create(user=county.deputy.user, role=Role.STATION, since=SINCE))
    case = drafted(county, actor=head, sheet=make_scan("手稿.jpg"))
    assert case.confirmed_at is None
    with pytest.raises(Invalid) as refused:
        drafting.confirm_draft(case, actor=head, version=version_of(case))
    assert refused.value.code == "how_missing"
    drafting.confirm_draft(case, actor=county.deputy, version=version_of(case))
    hand_in(case, head, how="PAPER")
    assert [event.post for event in events(case)] == [head.post, county.deputy.post, head.post]
    assert [event.on_behalf_of for event in events(case)] == [person, None, person]
