"""What is sent on to a group in WeChat: a notice, who has not confirmed it, an invitation to a meeting."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deliberations.models import Meeting, Notice, NoticeReceipt, Topic
from workflow.text import said_day


def group_notice(receipt: NoticeReceipt) -> str:
    """The notice of one station, for its group."""
    told = {"title": receipt.notice.title, "station": receipt.station.name, "day": said_day(receipt.meeting_on)}
    return (
        _(
            "[People's congress, notice] %(station)s: “%(title)s”. The deliberation meeting is on %(day)s. Please open it "
            "and confirm that it has arrived."
        )
        % told
    )


def to_all(notice: Notice) -> str:
    """A notice for the group of all liaison officers."""
    told = {"title": notice.title, "day": said_day(notice.cycle.first_meeting_on)}
    return (
        _(
            "[People's congress, notice] “%(title)s”. The first deliberation meeting is on %(day)s. Liaison officers, please "
            "open it, confirm that it has arrived, and tell your deputies."
        )
        % told
    )


def unconfirmed(rows: Iterable[Any]) -> str:
    """The stations that have not confirmed, from the rows of a cycle's stations; empty when all have."""
    names = [row.station.name for row in rows if row.receipt and row.receipt.status == NoticeReceipt.Status.SENT]
    if not names:
        return ""
    told = {"stations": "、".join(names), "count": len(names)}
    return (
        _("[Not confirmed yet: %(count)s] %(stations)s. Please open the notice and confirm that it has arrived.") % told
    )


def invitation(meeting: Meeting) -> str:
    """A deliberation meeting that is planned: when, where, about what, and what is asked of the deputies."""
    assert meeting.station is not None and meeting.cycle is not None  # a deliberation meeting has both
    topics = "、".join(meeting.cycle.topics.filter(status=Topic.Status.SELECTED).values_list("title", flat=True))
    weekday, hour = date_format(meeting.held_on, "l"), meeting.time
    when = f"{said_day(meeting.held_on)}({weekday})" + (f" {hour:%H:%M}" if hour else "")
    told = {"when": when, "place": meeting.place or meeting.station.name, "topics": topics or meeting.cycle.title}
    return (
        _(
            "[People's congress, notice] Deliberation meeting on %(when)s at %(place)s, on: %(topics)s. Deputies, please visit "
            "voters beforehand and come in time; whoever cannot come asks the liaison officer for leave."
        )
        % told
    )
