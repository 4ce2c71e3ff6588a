"""The stations of the demo county as a visitor finds them: districts with a vacant seat, the standard, last month's returns."""

from collections.abc import Mapping

from accounts.actor import Actor
from deliberations.figures import Month
from deliberations.transitions.returns import hand_in
from stations.models import Level, Mandate, StandardItem, Station
from stations.transitions.districts import enter_district, put_to_district
from stations.transitions.standards import check_items
from supervision.demo.cast import HOME, county_mandate
from workflow import clock

Cast = Mapping[str, Actor]

#: Two seats of one district, of which one is taken.
_DISTRICTS = (("石桥镇第一选区", 1), ("石桥镇第二选区", 2))
#: How many stations have handed in last month's return.
_HANDED_IN = 9


def furnish(actors: Cast) -> None:
    """By the verbs, in the order of a year's work."""
    staff = actors["staff"]
    home = Station.objects.get(code=HOME)
    _districts(staff, home)
    items = list(StandardItem.objects.in_use())
    found = {item: (item.code != "funds", "经费按年度申请" if item.code == "funds" else "") for item in items}
    check_items(home, actor=actors["station"], found=found)
    last = Month.of(clock.today()).before
    for station in (
        Station.objects.filter(status=Station.Status.ACTIVE).exclude(pk=home.pk).order_by("code")[:_HANDED_IN]
    ):
        hand_in(station, actor=staff, month=last)
    hand_in(home, actor=actors["station"], month=last)


def _districts(staff: Actor, home: Station) -> None:
    term = county_mandate(_first(home).certificate_no).term
    for number, (name, seats) in enumerate(_DISTRICTS, 1):
        place = enter_district(actor=staff, term=term, number=number, name=name, seats=seats, township=home.township)
        here = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).filter(station=home, district=None)
        put_to_district(place, actor=staff, mandates=list(here.order_by("certificate_no")[:1]))


def _first(home: Station) -> Mandate:
    return Mandate.objects.filter(station=home, level=Level.COUNTY, term__is_current=True).order_by("pk")[0]
