"""The short news of a visit or of a deliberation meeting, for the folder of the activity."""

from typing import TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Meeting, Visit
from deliberations.policies import meetings, visits
from workflow.engine import Invalid, Machine, Transition, lock, permit, record

AnyCase = TypeVar("AnyCase", Visit, Meeting)


class NewsVerb(models.TextChoices):
    """The one act, as the timeline tells it."""

    WRITE = "write_news", _("short news written")


VISIT_NEWS = Machine(
    "visit_news",
    Visit.Status,
    (Transition(NewsVerb.WRITE, (Visit.Status.INCOMPLETE, Visit.Status.RECORDED, Visit.Status.CLOSED)),),
)
MEETING_NEWS = Machine(
    "meeting_news", Meeting.Status, (Transition(NewsVerb.WRITE, (Meeting.Status.OPEN, Meeting.Status.CLOSED)),)
)


@transaction.atomic
def write_visit_news(visit: Visit, *, actor: Actor, version: int, news: str) -> Visit:
    """By whoever keeps the record. Raises NotAllowed, Conflict, Stale, and Invalid when nothing changes."""
    case = lock(visit, version=version)
    permit(visits.can_keep(actor, case))
    return _written(case, VISIT_NEWS, actor, news)


@transaction.atomic
def write_meeting_news(meeting: Meeting, *, actor: Actor, version: int, news: str) -> Meeting:
    """By whoever keeps the record. Raises NotAllowed, Conflict, Stale, and Invalid when nothing changes."""
    case = lock(meeting, version=version)
    permit(meetings.can_keep(actor, case))
    return _written(case, MEETING_NEWS, actor, news)


def _written(case: AnyCase, machine: Machine, actor: Actor, news: str) -> AnyCase:
    machine.require(case, NewsVerb.WRITE)
    if news.strip() == case.news:
        raise Invalid("news", "nothing_changed", _("Nothing was changed."))
    # of the words the record tells only how many
    told = {"characters": len(news.strip())}
    record(case, machine, NewsVerb.WRITE, actor=actor, changes=told, fields={"news": news.strip()})
    return case
