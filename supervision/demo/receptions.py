"""Reception days of the home station: a rule, two days held, one asked off, one announced, and a market every five days."""

from datetime import time, timedelta
from typing import Any

from stations.models import Duty, ReceptionDay, Station
from stations.transitions import reception_duties, reception_rules, receptions
from stations.transitions.reception_rules import RuleFacts
from supervision.demo.cast import DEPUTY, HOME, mandate
from supervision.demo.moments import Moments
from supervision.demo.story import Cast

#: Days before today on which the rule was set: two reception days lie between.
BEGAN = 75
NEWS = (
    "{day}，{station}开展代表接待日活动，{names}两位代表在站接待选民，共接待来访群众6人次，收到意见4条，当场答复2条，"
    "其余已登记并按规定转办。代表表示，群众的事要件件有回音。"
)
SCOPE = "本镇选民对供水、道路、上学、看病等方面的意见和建议"
AWAY = "那天要去市里复查，请帮忙换个人"


def begin(cast: Cast, moments: Moments) -> None:
    """From the rule to the last reception that was held; before anything later is done at the station."""
    station, keeper = Station.objects.get(code=HOME), cast["station"]
    _act(moments, BEGAN, station, reception_rules.set_market_days, keeper, digits=[3, 8], lunar=True)
    rule = RuleFacts(time(9), time(11), day=10)
    since = moments.day(BEGAN)
    _act(moments, BEGAN, station, reception_rules.set_rule, keeper, rule, since=since)
    for day in ReceptionDay.objects.filter(station=station, on__lt=moments.today).order_by("on"):
        _hold(cast, moments, day)


def _hold(cast: Cast, moments: Moments, day: ReceptionDay) -> None:
    """Announced four days ahead, held, and written about."""
    keeper = cast["station"]
    posted = day.on - timedelta(days=4)
    ago = (moments.today - day.on).days
    about: dict[str, Any] = {"on": moments.calendar.last_working_on_or_before(posted)}
    _act(moments, ago + 4, day.station, receptions.post_notice, keeper, subject=day, **about)
    duties = list(day.duties.select_related("mandate__person"))
    found = {duty.pk: (Duty.State.PRESENT, "") for duty in duties}
    _act(moments, ago, day.station, receptions.note_attendance, keeper, subject=day, found=found)
    names = "、".join(duty.mandate.person.name for duty in duties)
    news = NEWS.format(day=f"{day.on.month}月{day.on.day}日", station=day.station.name, names=names)
    _act(moments, ago, day.station, receptions.write_news, keeper, subject=day, news=news)


def go_on(cast: Cast, moments: Moments) -> None:
    """The sweep has planned on; the demo's deputy is on duty next time and asks for a substitute."""
    reception_rules.sweep()
    station = Station.objects.get(code=HOME)
    keeper, deputy = cast["station"], mandate(DEPUTY)
    day = ReceptionDay.objects.upcoming(moments.today).filter(station=station).first()
    if day is None:
        return
    facts = receptions.DayFacts(day.on, day.starts_at, day.ends_at, f"{station.name}接待室", SCOPE)
    _act(moments, 6, station, receptions.change_day, keeper, facts, subject=day)
    duty = day.duties.filter(mandate__person=deputy.person_id).first()
    if duty is None:
        duty = _act(moments, 6, station, reception_duties.put_on_duty, keeper, subject=day, mandate=deputy)
    own = Duty.objects.select_related("day__station", "mandate").get(pk=duty.pk)
    with moments.at(2, Station.objects.get(pk=station.pk)):
        reception_duties.ask_substitute(own, actor=cast["deputy"], reason=AWAY)


def _act(
    moments: Moments, ago: int, station: Station, verb: Any, keeper: Any, *given: Any, subject: Any = None, **about: Any
) -> Any:
    """The liaison does it, so many days ago."""
    case = Station.objects.get(pk=station.pk)
    with moments.at(ago, case):
        return verb(subject or case, *given, actor=keeper, version=case.version, **about)
