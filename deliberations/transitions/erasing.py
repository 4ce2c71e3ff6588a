"""A voter's name and number are erased: at the voter's wish, or by rule some months after the visit was settled.

The row, the words, the route and the record stay; nothing of a voter ever stood in the record, so its chain holds.
"""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from deliberations.models import DeliberationEvent, Opinion, Visit, VisitFile, Voter
from deliberations.models.visits import digits
from deliberations.policies import visits as policies
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visiting import part_of
from files.erasing import erase as erase_file
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, lock_all, permit, record
from workflow.periods import months_after
from workflow.rules import rules_in_force

#: On or in which a voter's name, hand or voice stands.
_PERSONAL = (VisitFile.Kind.RECORDING, VisitFile.Kind.SIGN_IN, VisitFile.Kind.SHEET)
#: What an erased file is called.
NAME = "已按规定删除"
#: Visits of one transaction of the sweep.
CHUNK = 200


@transaction.atomic
def erase(opinion: Opinion, *, actor: Actor, version: int, reason: str) -> Opinion:
    """Erase the voter of one opinion, and the recordings and sheets of its visit.

    Raises NotAllowed, Stale, Conflict when there is nothing to erase or a recording is still to be typed, Invalid
    without a reason.
    """
    case = lock(opinion.visit, version=version)
    row = Opinion.objects.select_related("voter").get(pk=opinion.pk)
    row.visit = case
    permit(policies.can_erase(actor, case))
    _check_reason(reason)
    require_erasable(row)
    changes = {"voters": _blank(case, Q(opinion=row)), "files": _empty(case)}
    record(case, VISIT, VisitVerb.ERASE, actor=actor, part=part_of(row), reason=reason.strip(), changes=changes)
    return row


@transaction.atomic
def erase_number(phone: str, *, actor: Actor, reason: str) -> int:
    """Erase whoever gave this number, wherever it was written down and may be seen; returns at how many visits.

    Raises NotAllowed, Invalid without a reason or where nobody gave it, Conflict while a recording is to be typed.
    """
    permit(policies.can_record_at_all(actor))
    _check_reason(reason)
    visits = lock_all(found(phone, actor))
    if not visits:
        raise Invalid("phone", "unknown", _("Nobody gave this number, or it is erased already."))
    for case in visits:
        permit(policies.can_erase(actor, case))
        _require_typed(case)
        voters = Voter.objects.with_number(digits(phone)).values("pk")
        changes = {"voters": _blank(case, Q(pk__in=voters)), "files": _empty(case)}
        record(case, VISIT, VisitVerb.ERASE, actor=actor, reason=reason.strip(), changes=changes)
    return len(visits)


def found(phone: str, actor: Actor) -> QuerySet[Visit]:
    """The visits at which this number was given, as far as one may see them."""
    voters = Voter.objects.with_number(digits(phone))
    rows = Visit.objects.visible_to(actor).filter(opinions__voter__in=voters.values("pk")).distinct()
    return rows.select_related("station").order_by("-on", "-pk")


def sweep() -> int:
    """Erase whatever was settled so many months ago; returns at how many visits."""
    count = 0
    while pks := list(due().values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            for case in lock_all(Visit.objects.filter(pk__in=pks)):
                changes = {"voters": _blank(case, Q()), "files": _empty(case), "by": "rule"}
                record(case, VISIT, VisitVerb.ERASE, actor=SYSTEM, changes=changes)
        count += len(pks)
    return count


def due() -> QuerySet[Visit]:
    """Settled visits whose time is over and that still hold a voter's name, number, hand or voice."""
    months = rules_in_force(clock.today())[1]["voter_erase_months"]
    before = months_after(clock.today(), -months)
    settled = DeliberationEvent.objects.filter(visit=OuterRef("pk"), verb__in=[VisitVerb.CLOSE, VisitVerb.IMPORT])
    rows = Visit.objects.filter(Exists(settled.filter(at__date__lt=before)), status=Visit.Status.CLOSED)
    named = Opinion.objects.filter(_NAMED, visit=OuterRef("pk"))
    papers = VisitFile.objects.filter(visit=OuterRef("pk"), kind__in=_PERSONAL, erased_at=None)
    return rows.filter(Exists(named) | Exists(papers)).order_by("pk")


_NAMED = ~Q(voter__name_sealed="") & Q(voter__isnull=False) | ~Q(voter__phone_sealed="") & Q(voter__isnull=False)


def require_erasable(opinion: Opinion) -> None:
    """Raise Conflict where there is nothing of a voter left, or a recording is still to be typed."""
    papers = opinion.visit.papers.filter(kind__in=_PERSONAL, erased_at=None)
    if not (opinion.voter and opinion.voter.is_named) and not papers.exists():
        raise Conflict("nothing", _("There is no name, number, recording or sheet of a voter here."))
    _require_typed(opinion.visit)


def _require_typed(case: Visit) -> None:
    if case.opinions.filter(to_be_typed=True).exists():
        raise Conflict("to_be_typed", _("Type first what was recorded; otherwise the voter's words would be lost."))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why it is erased."))


def _blank(case: Visit, which: Q) -> int:
    rows = Voter.objects.filter(which, ~Q(name_sealed="") | ~Q(phone_sealed=""), opinion__visit=case)
    pks = list(rows.values_list("pk", flat=True))
    blank: dict[str, Any] = {"name_sealed": "", "phone_sealed": "", "phone_mark": "", "erased_at": clock.now()}
    return Voter.objects.filter(pk__in=pks).update(**blank)


def _empty(case: Visit) -> int:
    """Give up the content of recordings, sign-in sheets and sheets; photos and their rows stay."""
    rows = list(case.papers.filter(kind__in=_PERSONAL, erased_at=None).select_related("file"))
    for row in rows:
        erase_file(row.file, NAME)
    VisitFile.objects.filter(pk__in=[row.pk for row in rows]).update(erased_at=clock.now())
    return len(rows)
