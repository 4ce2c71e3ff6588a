"""Trainings at the home station: one held and signed for by hand, one ahead that the deputy has answered."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from deliberations.models import Attendance, Cycle, Training
from deliberations.transitions import training as verbs
from deliberations.transitions import training_papers
from stations.models import Station
from supervision.demo.cast import HOME
from supervision.demo.moments import Moments
from supervision.demo.story import Cast

HELD, AHEAD = 4, 6
NEWS = "{station}组织代表开展走访选民培训，联络员讲解了怎样记好选民的原话、怎样把办理结果告诉选民，代表现场交流了走访体会。"


def play(cast: Cast, moments: Moments) -> None:
    """In the round that runs: the last planned at which the home station takes part and which is not concluded."""
    station = Station.objects.get(code=HOME)
    rows = Cycle.objects.filter(stations__station=station).exclude(status__in=["CONCLUDED"])
    cycle = rows.order_by("-year", "pk").first()
    if cycle is None:
        return
    _hold(cast, moments, cycle, station)
    _announce(cast, moments, cycle, station)


def _hold(cast: Cast, moments: Moments, cycle: Cycle, station: Station) -> None:
    with moments.at(HELD, cycle):
        training = _plan(cast, cycle, station, "走访选民记录培训", moments.day(HELD))
        lines = list(training.attendance.order_by("pk"))
        # the last of them was in hospital
        ticks = {line.pk: verbs.Tick(line is not lines[-1], "" if line is not lines[-1] else "住院") for line in lines}
        about: dict[str, Any] = {"actor": cast["station"], "version": _version(cycle)}
        verbs.note_sheet(training, ticks, way=Attendance.Way.PHOTO, **about)
        about["version"] = _version(cycle)
        training_papers.write_news(training, news=NEWS.format(station=station.name), **about)


def _announce(cast: Cast, moments: Moments, cycle: Cycle, station: Station) -> None:
    with moments.at(1, cycle):
        on = moments.ahead(AHEAD)
        training = _plan(cast, cycle, station, "代表建议撰写培训", on if on else moments.today + timedelta(AHEAD))
        own = training.attendance.select_related("training__cycle").of_person(cast["deputy"].person_id).first()
        if own is not None:
            verbs.answer(own, actor=cast["deputy"], going=True)


def _plan(cast: Cast, cycle: Cycle, station: Station, title: str, on: object) -> Training:
    facts = verbs.TrainingPlan(
        title, on, f"{station.name}活动室，9:00", "县人大代表工委", "怎样写好一件建议\n怎样记好选民的话",  # type: ignore[arg-type]
        Decimal("1.5"), station,
    )  # fmt: skip
    return verbs.plan_training(cycle, facts, actor=cast["station"], version=_version(cycle))


def _version(cycle: Cycle) -> int:
    return Cycle.objects.values_list("version", flat=True).get(pk=cycle.pk)
