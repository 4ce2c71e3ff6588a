"""The same new name entered by several at the same moment: one is entered, the others get the sentence of the field."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organ, OrganName, Post, Role, User
from accounts.transitions import organ_acts
from accounts.transitions.accounts import open_account
from accounts.transitions.organs import OrganFacts
from accounts.transitions.people import PersonFacts
from deliberations.models import Cycle
from deliberations.transitions.cycles import plan_cycle
from stations.models import Station
from stations.transitions.stations import StationFacts, establish
from stations.transitions.stations import update as update_station
from tests.factory import make_actor, make_organ, make_person, make_station, make_township
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.test_races import contend
from workflow.engine import Invalid
from workflow.taken import unless_taken

CONTENDERS = 4


def lost(code):
    """One has entered it, every other was told so."""
    return {"won": 1, (422, code): CONTENDERS - 1}


def raced(act):
    return Counter(contend(act, CONTENDERS))


@pytest.mark.django_db(transaction=True)
def test_of_several_who_enter_the_same_at_once_one_has_entered_it():
    with noon(TODAY):
        staff, township, person = make_actor(Role.COMMITTEE_STAFF), make_township(), make_person("周一新")
        organs = [make_organ(f"县第{number}局") for number in range(CONTENDERS)]
        stations = [make_station() for _number in range(CONTENDERS)]
    fact = StationFacts("S901", "新站", Station.Kind.HOME, township)
    taken = [PersonFacts(f"新人{number}") for number in range(CONTENDERS)]
    meeting = TODAY + timedelta(60)

    def founding(_number):
        organ_acts.found_organ(actor=staff, facts=OrganFacts("县新设局", Organ.Kind.GOVERNMENT_DEPARTMENT))

    def naming(number):
        organ_acts.add_name(organs[number], actor=staff, name="县新名局", kind=OrganName.Kind.SHORT)

    def moving(number):
        station = stations[number]
        columns = {"name": "同名站", "township": township, "kind": station.kind, "address": "", "is_key": False}
        update_station(Station.objects.get(pk=station.pk), actor=staff, version=station.version, **columns)

    assert raced(lambda n: open_account(actor=staff, person=taken[n], username="xinren")) == lost("taken")
    assert raced(lambda _n: open_account(actor=staff, person=person)) == lost("has_account")
    assert raced(founding) == lost("name_claimed")
    assert raced(naming) == lost("name_claimed")
    assert raced(lambda _n: establish(fact, actor=staff)) == lost("code_taken")
    assert raced(moving) == lost("name_taken")
    assert raced(lambda _n: plan_cycle(actor=staff, title="一季度", first_meeting_on=meeting, stations=[])) == lost(
        "title_taken"
    )
    assert User.objects.filter(username="xinren").count() == Cycle.objects.count() == 1
    assert OrganName.objects.filter(name="县新名局").count() == Station.objects.filter(name="同名站").count() == 1


@pytest.mark.django_db
def test_only_what_is_there_twice_is_the_field_s_fault():
    refusal = Invalid("name", "taken", "Taken.")
    make_organ("县水利局")
    # each within the transaction of a verb, which goes with the refusal
    with pytest.raises(Invalid) as caught, transaction.atomic(), unless_taken(refusal):
        Organ.objects.create(name="县水利局", kind=Organ.Kind.COURT)
    assert caught.value is refusal
    with pytest.raises(IntegrityError), transaction.atomic(), unless_taken(refusal):
        user = make_actor(Role.COMMITTEE_STAFF).user
        Post.objects.create(user=user, role=Role.ORGAN_HANDLER, organ=None, since=TODAY)
    assert Organ.objects.filter(name="县水利局").count() == 1
