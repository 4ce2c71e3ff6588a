"""The notice to the stations, with the proof for each that it came a month ahead; received and conveyed (R33, R36)."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How, Person
from deliberations.models import Cycle, Notice, NoticeReceipt
from deliberations.policies import cycles as policies
from deliberations.transitions.machines import CYCLE, NOTICE, RECEIPT, Verb
from files.models import Attachment
from notifications.transitions import notify, void
from stations.models import StationStaff
from stations.recipients import by_station
from workflow import clock
from workflow.engine import Conflict, Invalid, born, lock, move, permit, record
from workflow.rules import rules_in_force


@transaction.atomic
def issue_notice(
    cycle: Cycle,
    *,
    actor: Actor,
    version: int,
    title: str,
    text: str,
    guidance: Attachment | None = None,
    override_reason: str = "",
    agreed_by: str = "",
) -> Notice:
    """Send a notice to every station of the cycle that has none in force, and tell whoever runs it.

    Raises NotAllowed, Conflict when no station is left, Stale, and Invalid ``override_reason`` when a station
    has fewer days than the rule asks and nobody is named who agreed, and why (scenario 1).
    """
    case = lock(cycle, version=version)
    permit(policies.can_run_cycle(actor))
    CYCLE.require(case, Verb.ISSUE_NOTICE)
    waiting = waiting_meetings(case)
    if not waiting:
        raise Conflict("all_notified", _("Every station of this cycle has the notice."))
    days, lead = shortest(waiting), lead_days()
    if days >= lead:
        override_reason = agreed_by = ""
    else:
        _require_override(days, lead, override_reason, agreed_by)
    notice = Notice.objects.create(
        cycle=case, title=title, text=text, guidance=guidance, issued_on=clock.today(), lead_days=lead,
        override_reason=override_reason, agreed_by=agreed_by,
    )  # fmt: skip
    _send(case, notice, waiting)
    told = {"notice": title, "stations": len(waiting), "days_ahead": days, "lead_days": lead}
    told |= {"agreed_by": agreed_by} if agreed_by else {}
    record(case, CYCLE, Verb.ISSUE_NOTICE, actor=actor, part=born(notice, NOTICE), reason=override_reason, changes=told)
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, actor: Actor, version: int, reason: str) -> Notice:
    """Take a notice back; its stations wait for another. Raises NotAllowed, Conflict, Stale."""
    case = lock(notice.cycle, version=version)
    permit(policies.can_run_cycle(actor))
    CYCLE.require(case, Verb.WITHDRAW_NOTICE)
    moved = move(notice, NOTICE, Verb.WITHDRAW_NOTICE)
    record(case, CYCLE, Verb.WITHDRAW_NOTICE, actor=actor, part=moved, reason=reason, changes={"notice": notice.title})
    void([receipt_fact(pk) for pk in notice.receipts.values_list("pk", flat=True)], "withdrawn")
    return notice


@transaction.atomic
def receive_notice(receipt: NoticeReceipt, *, actor: Actor) -> NoticeReceipt:
    """The station says 收到. Asks for no version: thirty stations may click at once.

    Raises NotAllowed unless the actor runs the station, Conflict when it was received before or is withdrawn.
    """
    permit(policies.can_receive_notice(actor, receipt))
    person = actor.user.person if actor.user else None
    return _received(receipt, Verb.RECEIVE_NOTICE, NoticeReceipt.Way.CLICK, person, actor)


@transaction.atomic
def record_receipt(receipt: NoticeReceipt, *, actor: Actor, by: Person) -> NoticeReceipt:
    """Staff record that the station said so by telephone; ``by`` is one of its staff today.

    Raises NotAllowed, Conflict as ``receive_notice``, and Invalid for somebody else.
    """
    permit(policies.can_record_receipt(actor))
    if not StationStaff.objects.on_duty(clock.today()).filter(station=receipt.station_id, person=by).exists():
        raise Invalid("by", "not_on_duty", _("This person is not on the staff of the station."))
    way, recording = NoticeReceipt.Way.TELEPHONE, actor.recording(by, How.TELEPHONE)
    return _received(receipt, Verb.RECORD_RECEIPT, way, by, recording)


@transaction.atomic
def convey_notice(receipt: NoticeReceipt, *, actor: Actor, on: date) -> NoticeReceipt:
    """The station told its deputies; ``on`` is the day. Staff record it after a telephone call.

    Raises NotAllowed, Conflict before it was received, and Invalid for a day before the issue or to come.
    """
    permit(policies.can_convey_notice(actor, receipt))
    case, notice = _locked(receipt)
    if not notice.issued_on <= on <= clock.today():
        raise Invalid("on", "not_between", _("The day must lie between the issue of the notice and today."))
    if actor.is_staff:
        actor = actor.recording(receipt.received_by, How.TELEPHONE)
    moved = move(receipt, RECEIPT, Verb.CONVEY_NOTICE, conveyed_on=on)
    told = {"station": receipt.station.name, "on": on}
    record(case, CYCLE, Verb.CONVEY_NOTICE, actor=actor, part=moved, changes=told)
    return receipt


def lead_days() -> int:
    """Days that the rule of today asks between notice and meeting."""
    days: int = rules_in_force(clock.today())[1]["notice_lead_days"]
    return days


def waiting_meetings(cycle: Cycle) -> dict[int, date]:
    """The day of the meeting, by station, of every station that has no notice in force."""
    live = NoticeReceipt.objects.in_force(cycle)
    rows = cycle.stations.exclude(station__in=live.values("station")).values_list("station", "planned_on")
    return {station: planned_on or cycle.first_meeting_on for station, planned_on in rows}


def shortest(meetings: dict[int, date]) -> int:
    """Calendar days from today to the first of the meetings."""
    return (min(meetings.values()) - clock.today()).days


def _require_override(days: int, lead: int, reason: str, agreed_by: str) -> None:
    missing = [name for name, value in (("override_reason", reason), ("agreed_by", agreed_by)) if not value]
    if missing:
        late = _("The first meeting is in %(days)s days; the rule asks for %(lead)s. Say why, and who agreed.")
        raise Invalid(missing[0], "too_late", late, days=days, lead=lead)


def _send(case: Cycle, notice: Notice, meetings: dict[int, date]) -> None:
    for station, meeting_on in meetings.items():
        NoticeReceipt.objects.create(notice=notice, station_id=station, meeting_on=meeting_on)
    posts = by_station(meetings)
    for receipt in notice.receipts.select_related("station"):
        notify(
            posts[receipt.station_id], fact=receipt_fact(receipt.pk), kind="cycle.notice",
            params={"number": "", "title": notice.title, "station": receipt.station.name},
            url=reverse("deliberations:notice", args=[receipt.pk]),
        )  # fmt: skip


def receipt_fact(receipt: int) -> str:
    """The fact that a station was sent a notice, as notifications name it."""
    return f"notice:receipt:{receipt}"


def _locked(receipt: NoticeReceipt) -> tuple[Cycle, Notice]:
    """The cycle of a notice in force, locked; raises Conflict for one that was withdrawn."""
    case = lock(receipt.notice.cycle)
    notice = case.notices.get(pk=receipt.notice_id)
    if notice.status != Notice.Status.ISSUED:
        raise Conflict("withdrawn", _("This notice was withdrawn."))
    return case, notice


def _received(
    receipt: NoticeReceipt, verb: Verb, way: NoticeReceipt.Way, person: Person | None, actor: Actor
) -> NoticeReceipt:
    case, _notice = _locked(receipt)
    moved = move(receipt, RECEIPT, verb, received_at=clock.now(), way=way, received_by=person)
    record(case, CYCLE, verb, actor=actor, part=moved, changes={"station": receipt.station.name})
    void([receipt_fact(receipt.pk)], "received")
    return receipt
