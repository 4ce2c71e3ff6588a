"""A bureau is reorganised: what it handled is found under the organ that goes on (scenario 41)."""

from django.urls import reverse

from accounts.actor import SYSTEM
from accounts.transitions.organ_acts import reorganise
from tests.factory import make_organ
from tests.suggestions.factory import TODAY, assigned


def test_the_present_organ_finds_what_its_predecessors_handled(county, client):
    case, other = assigned(county), make_organ("县水利局")
    present = make_organ("县综合交通局")
    reorganise(county.bureau, actor=SYSTEM, successor=present, on=TODAY)
    client.force_login(county.staff.user)

    def found(organ):
        return client.get(reverse("suggestions:list"), {"organ": organ.pk}).context["rows"]

    assert [row.pk for row in found(present)] == [row.pk for row in found(county.bureau)] == [case.pk]
    assert found(other) == []
