"""A suspended deputy reads and receives, but does not hand in, sign along, evaluate or note visits, and is told why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role
from deliberations.models import LeaderContact, Visit
from deliberations.transitions.noting import log_visit
from notifications.models import Notification
from notifications.transitions import notify
from stations.models import Mandate, Station
from stations.policies import suspended_since
from stations.transitions.standing import resume, suspend
from suggestions.models import Evaluation
from suggestions.transitions import drafting
from tests.deliberations.cycle_factory import make_round
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import TODAY, evaluate, make_county, noon, replied
from tests.suggestions.web import signed_in
from workflow import clock
from workflow.engine import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with noon(TODAY):
        yield


@pytest.fixture
def county():
    return make_county()


def suspended(county, mandate=None):
    mandate = mandate or county.lead
    version = Station.objects.get(pk=mandate.station_id).version
    on = clock.today() - timedelta(6)
    return suspend(mandate, actor=county.staff, version=version, on=on, reason="立案调查")


def said(page, county):
    since = Mandate.objects.get(pk=county.lead.pk).suspended_from
    text = page.content.decode()
    return f"{since:%Y-%m-%d}" in text and "alert" in text


def test_what_is_written_is_refused_with_the_sentence(county):
    suspended(county)
    client = signed_in(county.deputy)
    for url in (reverse("deliberations:log_visit"), reverse("suggestions:draft")):
        page = client.get(url)
        assert page.status_code == 403, url
        assert said(page, county), url
    with pytest.raises(NotAllowed):
        log_visit(actor=county.deputy, client_id=uuid4(), mandate=county.lead, words="话", who="", tell_wish=False)
    with pytest.raises(Refused):
        drafting.draft(actor=county.deputy, lead=county.lead, title="关于路的建议", facts="路坏了，雨天难走。")
    assert not Visit.objects.exists()


def test_a_suspended_deputy_does_not_evaluate(county):
    reply = replied(county)
    suspended(county)
    with pytest.raises(Refused):
        evaluate(county, reply, mandate=Mandate.objects.get(pk=county.lead.pk))
    assert not Evaluation.objects.exists()


def test_a_suspended_deputy_reads_and_receives(county):
    case = replied(county).assignment.suggestion
    suspended(county)
    notify([county.deputy.post], fact="x", kind="suggestion.assigned", params={}, url="/")
    client = signed_in(county.deputy)
    assert client.get(reverse("suggestions:detail", args=[case.pk])).status_code == 200
    assert client.get(reverse("deliberations:visits")).status_code == 200
    assert client.get(reverse("notifications:inbox")).status_code == 200
    assert Notification.objects.filter(recipient=county.deputy.user, fact="x").exists()
    home = client.get("/")
    assert home.status_code == 200
    assert said(home, county)


def test_whoever_acts_under_another_mandate_is_not_told_so(county):
    suspended(county)
    make_mandate(county.deputy.user.person, level="CITY", station=county.lead.station)
    assert suspended_since(county.deputy) is None


def test_after_it_is_resumed_nothing_is_said(county):
    row = suspended(county)
    assert suspended_since(county.deputy) == clock.today() - timedelta(6)
    resume(row, actor=county.staff, version=Station.objects.get(pk=row.station_id).version, on=TODAY, reason="撤案")
    assert suspended_since(county.deputy) is None
    assert signed_in(county.deputy).get(reverse("deliberations:log_visit")).status_code == 200


def test_nobody_else_is_told_so(county):
    suspended(county)
    assert suspended_since(county.staff) is None
    assert suspended_since(county.co_signer) is None
    assert suspended_since(make_actor(Role.DEPUTY)) is None


def test_the_station_s_page_tells_levels_standard_ledgers_and_the_leader_s_contact(county):
    station = county.lead.station
    make_mandate(level="TOWNSHIP", station=station)
    cycle = make_round().cycle
    LeaderContact.objects.create(cycle=cycle, station=station, person=make_person("温主任"))
    url = reverse("stations:detail", args=[station.pk])
    page = signed_in(county.liaison).get(url)
    text = page.content.decode()
    assert {str(row["label"]): row["count"] for row in page.context["levels"]} == {
        str(label): sum(row.level == level for row in page.context["deputies"])
        for level, label in (
            ("TOWNSHIP", Mandate(level="TOWNSHIP").get_level_display()),
            ("COUNTY", Mandate(level="COUNTY").get_level_display()),
        )
    }
    assert page.context["standard"] == {"there": 0, "all": 10}
    assert f"/ledgers/activities/?station={station.pk}" in text
    assert reverse("stations:standard", args=[station.pk]) in text
    assert "温主任" in signed_in(county.staff).get(url).content.decode()
    stranger = signed_in(county.host).get(url).content.decode()
    assert "/ledgers/" not in stranger
