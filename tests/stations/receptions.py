"""A station with deputies, a liaison and reception days, brought there by the verbs themselves."""

from datetime import date, time
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Role
from stations.models import Duty, ReceptionDay, Station
from stations.transitions import reception_rules, receptions
from stations.transitions.reception_rules import RuleFacts
from stations.transitions.receptions import DayFacts
from tests.factory import make_actor, make_mandate, make_person, make_station
from workflow.models import CalendarDay, CalendarYear

NINE, ELEVEN = time(9), time(11)


def announced(year: int, *, off: tuple[date, ...] = (), worked: tuple[date, ...] = ()) -> None:
    """The calendar of a year, with these days off and days worked."""
    row = CalendarYear.objects.get_or_create(year=year, defaults={"standing": "ANNOUNCED", "source": "通知"})[0]
    for kind, days in (("HOLIDAY", off), ("WORKDAY", worked)):
        CalendarDay.objects.bulk_create(CalendarDay(year=row, date=day, kind=kind) for day in days)


class Post:
    """One station, its liaison, staff, and so many deputies; the first two have an account."""

    def __init__(self, deputies: int = 4) -> None:
        self.station = make_station()
        self.staff = make_actor(Role.COMMITTEE_STAFF)
        self.liaison = make_actor(Role.STATION, station=self.station)
        people = [make_person(name) for name in ("赵甲", "钱乙", "孙丙", "李丁", "周戊", "吴己")[:deputies]]
        self.mandates = [
            make_mandate(person, station=self.station, certificate_no=f"X{number:04}")
            for number, person in enumerate(people, 1)
        ]
        self.deputies = [make_actor(Role.DEPUTY, person=person) for person in people[:2]]

    @property
    def version(self) -> int:
        """Of the station's record."""
        return Station.objects.get(pk=self.station.pk).version

    def add(self, on: date, deputies: int = 2, **more) -> ReceptionDay:
        """A day added by the liaison."""
        about = {"actor": self.liaison, "version": self.version, "deputies": deputies, **more}
        return receptions.add_day(self.station, DayFacts(on, NINE, ELEVEN), **about)

    def rule(self, since: date, **facts):
        """A rule set by the liaison."""
        told = RuleFacts(NINE, ELEVEN, **({"day": 10} | facts))
        return reception_rules.set_rule(self.station, told, actor=self.liaison, version=self.version, since=since)

    def do(self, verb, subject, *about, actor=None, **facts):
        """A verb of the liaison's, on the present version."""
        return verb(subject, *about, actor=actor or self.liaison, version=self.version, **facts)


def names(day: ReceptionDay, state: str = "DUE") -> list[str]:
    """Who stands on the list of that day in that state."""
    rows = Duty.objects.filter(day=day, state=state).order_by("pk")
    return list(rows.values_list("mandate__person__name", flat=True))


def photo(name: str = "公告.jpg") -> SimpleUploadedFile:
    """A small picture."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")
