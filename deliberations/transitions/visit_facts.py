"""What a record of a visit says, as the forms bring it, and how it is checked and written down."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle, CycleStation, Material, Opinion, SubjectField, Topic, Visit, Voter
from deliberations.transitions.machines import Verb
from stations.models import Mandate, ReceptionDay, Station
from workflow import clock
from workflow.engine import Invalid


class Facts:
    """Columns by their names."""

    def columns(self) -> dict[str, Any]:
        """Name and value of each, texts without the blanks around them."""
        found = {column.name: getattr(self, column.name) for column in fields(self)}  # type: ignore[arg-type]
        return {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}


@dataclass(frozen=True)
class VisitFacts(Facts):
    """When and where it was, what was carried along, who came along."""

    on: datetime.date
    place: str
    kind: str = Visit.Kind.VISIT
    time: datetime.time | None = None
    policies_conveyed: str = ""
    companions: str = ""
    #: The reception day on which it was said, for a visit of that kind.
    reception_day: ReceptionDay | None = None
    #: Of a voters' meeting.
    chair: str = ""
    recorder: str = ""


@dataclass(frozen=True)
class OpinionFacts(Facts):
    """What was wished and answered, which way it takes; the voter's own words stand apart."""

    route: str
    wish: str = ""
    recorder_view: str = ""
    field: SubjectField | None = None
    topic: Topic | None = None
    on_the_spot_answer: str = ""
    route_reason: str = ""
    confidential: bool = False
    tell_wish: bool = True
    #: The key document that it is about, and who sees to it.
    about: Material | None = None
    responsible: str = ""


@dataclass(frozen=True)
class VoterFacts(Facts):
    """Who said it; all of it may stay empty."""

    name: str = ""
    phone: str = ""
    village: str = ""
    category: str = ""
    sex: str = ""


def check_visit(facts: VisitFacts, topics: Sequence[Topic], deputies: Sequence[Mandate], station: Station) -> None:
    """Raise Invalid for a day still to come, no place, a deputy not in office on it, topics that cannot be carried."""
    if facts.on > clock.today():
        raise Invalid("on", "in_future", _("This day is still to come."))
    if not facts.place.strip():
        raise Invalid("place", "place_missing", _("Say where it was."))
    for mandate in deputies:
        check_active(mandate, facts.on)
    if len({topic.cycle_id for topic in topics}) > 1:
        raise Invalid("topics", "several_cycles", _("These topics belong to different cycles."))
    if topics and not _carries(station, topics):
        raise Invalid("topics", "not_the_stations", _("The station does not take part in the cycle of these topics."))
    if topics:
        _check_within(facts.on, topics[0].cycle)
    if facts.reception_day is not None:
        _check_reception(facts, facts.reception_day, station)


def _check_within(on: datetime.date, cycle: Cycle) -> None:
    """Raise Invalid for a day before the cycle was planned, or after it was concluded."""
    began = timezone.localdate(cycle.created_at)
    ended = cycle.events.filter(verb=Verb.MOVE_ON).order_by("-seq").values_list("at", flat=True).first()
    over = cycle.status == Cycle.Status.CONCLUDED and ended is not None and on > timezone.localdate(ended)
    if on < began or over:
        sentence = _("On this day the topics of “%(cycle)s” were not carried along: it began on %(day)s.")
        if over:
            sentence = _("On this day “%(cycle)s” was concluded already; its topics were not carried along.")
        raise Invalid("on", "outside_cycle", sentence, cycle=cycle.title, day=began.isoformat())


def _check_reception(facts: VisitFacts, day: ReceptionDay, station: Station) -> None:
    """Raise Invalid unless it is a day of this station on that date, and the visit was one of reception."""
    if facts.kind != Visit.Kind.RECEPTION:
        raise Invalid("reception_day", "other_kind", _("Only what was said on a reception day belongs to one."))
    if day.station_id != station.pk or day.on != facts.on or day.status == ReceptionDay.Status.CANCELLED:
        raise Invalid("reception_day", "other_day", _("The station held no such reception day on this date."))


def check_kind(case: Visit, facts: VisitFacts) -> None:
    """Raise Invalid when what a voter wrote by the public page would become something else."""
    if case.is_message and facts.kind != Visit.Kind.QR:
        raise Invalid("kind", "of_a_voter", _("A voter wrote this by the code; that stays so."))


def check_active(mandate: Mandate, on: datetime.date) -> None:
    """Raise Invalid for a deputy who was suspended or not in office on that day."""
    began = mandate.started_on is None or mandate.started_on <= on
    if not (began and mandate.is_active(on)):
        sentence = _("%(name)s held no active mandate on that day.")
        raise Invalid("deputies", "not_active", sentence, name=mandate.person.name)


def check_opinion(facts: OpinionFacts, topics: Sequence[Topic]) -> None:
    """Raise Invalid unless the route has what it needs and the topic was carried along."""
    if not facts.route:
        raise Invalid("route", "route_missing", _("Choose which way it takes."))
    if facts.route == Opinion.Route.REFUSED and not facts.route_reason.strip():
        raise Invalid("route_reason", "reason_missing", _("Say why it is not accepted; the voter is told the same."))
    if facts.route == Opinion.Route.ANSWERED and not facts.on_the_spot_answer.strip():
        raise Invalid("on_the_spot_answer", "answer_missing", _("Write down what was answered on the spot."))
    if facts.topic is not None and facts.topic not in topics:
        raise Invalid("topic", "not_carried", _("This topic was not carried along on the visit."))


def check_words(words: str) -> str:
    """The words without the blanks around them; raises Invalid when nothing is left."""
    if not words.strip():
        raise Invalid("words", "words_missing", _("Write down what was said."))
    return words.strip()


def save_voter(opinion: Opinion, facts: VoterFacts) -> None:
    """Write down who said it; an empty name or number leaves what is there. Nothing told makes no voter."""
    told = facts.columns()
    if opinion.voter is None and not any(told.values()):
        return
    voter = opinion.voter or Voter()
    voter.seal(name=told["name"], phone=told["phone"])
    voter.village, voter.category, voter.sex = told["village"], told["category"], told["sex"]
    voter.save()
    opinion.voter = voter


def _carries(station: Station, topics: Sequence[Topic]) -> bool:
    """Whether all topics were selected, and the station takes part in their cycle."""
    selected = all(topic.status == Topic.Status.SELECTED for topic in topics)
    return selected and CycleStation.objects.filter(station=station, cycle=topics[0].cycle_id).exists()


def cycle_of(topics: Sequence[Topic]) -> int | None:
    """The cycle in which the topics are carried along."""
    return topics[0].cycle_id if topics else None
