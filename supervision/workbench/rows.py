"""The suggestions that press most: for staff with the next act, for organs with what is still lacking."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from accounts.querysets import acting_for
from suggestions.models import Assignment, Rating, Suggestion
from suggestions.silence import mark_silent
from suggestions.stages import stage_of_row
from suggestions.transitions import Verb
from suggestions.views.case import light_of
from supervision.workbench.numbers import handles
from workflow import clock
from workflow.counting import Counted

S, A = Suggestion.Status, Assignment.Status
#: Days ahead within which what is due presses more than what only waits.
SOON = 30

#: What staff do next with a suggestion in that state.
_STAFF_ACTS = {
    S.SUBMITTED: (Verb.REGISTER, _("Register")),
    S.REGISTERED: (Verb.HAND_OVER, _("Hand over")),
    S.REPLIED: (Verb.RELEASE_VERDICT, _("Release")),
}


@dataclass(frozen=True)
class Pressing:
    """The rows that press most, and how many more there are."""

    rows: list[Any]
    rest: int


def urgent(actor: Actor) -> Pressing:
    """The suggestions that press most, as the list shows them; staff see more of them, with the next act."""
    if not handles(actor) or actor.is_organ or actor.is_deputy:
        return Pressing([], 0)
    rows = Suggestion.objects.visible_to(actor).submitted().for_list(actor)
    rows, most = (_desk(rows), 25) if actor.is_staff else (rows.most_urgent(), 12)
    found = list(rows.annotate(in_all=Counted(rows))[:most])
    mark_silent(found)
    for row in found:
        row.light = light_of(row.act_by, row.started_on)
        row.stage = stage_of_row(row, actor)
        row.next_act = _next_act(row) if actor.is_staff else None
    return Pressing(found, found[0].in_all - len(found) if found else 0)


def _desk(rows: Any) -> Any:
    """Overdue, due soon, waiting for staff, verdicts without complaint, and then what runs; each the oldest first."""
    soon = clock.today() + timedelta(SOON)
    entered = Q(status__in=[S.SUBMITTED, S.REGISTERED])
    judged = Q(status=S.REPLIED, verdict_value__isnull=False)
    rank = Case(
        When(act_by__lt=clock.today(), then=0),
        When(act_by__lte=soon, then=1),
        When(entered | Q(judged, verdict_value=Rating.DISSATISFIED), then=2),
        When(judged, then=3),
        default=4,
        output_field=IntegerField(),
    )
    pressing = rows.with_phones().filter(entered | judged | Q(act_by__isnull=False)).annotate(rank=rank)
    return pressing.order_by("rank", F("act_by").asc(nulls_last=True), "received_on", "pk")


def _next_act(row: Any) -> dict[str, Any] | None:
    if row.status == S.REPLIED and not row.verdict_value:
        return None
    if row.status not in _STAFF_ACTS:
        return None
    verb, label = _STAFF_ACTS[row.status]
    return {"label": label, "url": reverse("suggestions:act", args=[row.pk, verb.value])}


def organ_rows(actor: Actor, limit: int = 50) -> list[Any]:
    """What the organ has in hand as host or co-host in the present round, each with what is still lacking."""
    if not actor.is_organ:
        return []
    rows = Assignment.objects.filter(acting_for(actor.organ_id), round=F("suggestion__round"))
    rows = rows.filter(suggestion__status__in=[S.HANDLING, S.REPLIED]).exclude(status=A.ENDED)
    seen = Suggestion.objects.visible_to(actor).for_list(actor).select_related("merge_group")
    others = Assignment.objects.select_related("organ").filter(part=Assignment.Part.CO_HOST).exclude(status=A.ENDED)
    found: list[Any] = list(
        rows.select_related("organ", "reply").prefetch_related(
            "contacts",
            "reply__deliveries",
            Prefetch("suggestion", seen),
            Prefetch("suggestion__assignments", others, to_attr="co_hosts"),
            "suggestion__cosignatures",
        )[:limit]
    )
    for row in found:
        row.ticks = _ticks(row)
        lacking = next((tick for tick in row.ticks if not tick["done"]), None)
        row.next_act = _lacking_act(row, lacking) if lacking else None
        row.light = light_of(row.suggestion.act_by, row.suggestion.started_on)
    return sorted(found, key=lambda row: (row.next_act is None, row.suggestion.act_by or date.max, row.pk))


def _ticks(row: Any) -> list[dict[str, Any]]:
    unsigned = row.status == A.ASSIGNED or (row.status == A.OBJECTED and row.received_on is None)
    receipt = _tick("receipt", _("receipt"), not unsigned)
    if not row.is_host:
        return [receipt, _tick("opinion", _("opinion"), row.status == A.ANSWERED)]
    case, reply = row.suggestion, getattr(row, "reply", None)
    open_ = [other.organ.name for other in case.co_hosts if other.round == row.round and other.status != A.ANSWERED]
    co_hosted = any(other.round == row.round for other in case.co_hosts)
    opinions = [_tick("opinions", _("opinion"), not open_, "、".join(open_))] if co_hosted else []
    signed = {case.speaker_id, *(sign.mandate_id for sign in case.cosignatures.all() if sign.status == "ACCEPTED")}
    delivered = {delivery.mandate_id for delivery in reply.deliveries.all()} if reply else set()
    answered = reply is not None and reply.released_on is not None
    contacted = bool(row.contacts.all())
    ticks = [
        receipt,
        _tick("contact", _("contact"), contacted),
        *opinions,
        _tick("reply", _("reply"), answered),
        _tick("delivery", _("delivery"), answered and signed <= delivered),
    ]
    # the ledger tells neither contact nor delivery: they are unknown, not lacking
    untold = answered and not contacted and case.imported_from
    return [tick for tick in ticks if tick["name"] not in ("contact", "delivery")] if untold else ticks


def _tick(name: str, label: Any, done: bool, who: str = "") -> dict[str, Any]:
    return {"name": name, "label": label, "done": done, "who": who}


def _lacking_act(row: Any, lacking: dict[str, Any]) -> dict[str, Any]:
    """The next lacking act as a link; the page of the suggestion where it is another's to do."""
    verb, label = _organ_act(row, lacking["name"])
    if verb is None:
        return {"label": label, "url": reverse("suggestions:detail", args=[row.suggestion_id])}
    return {"label": label, "url": reverse("suggestions:part_act", args=[row.suggestion_id, row.pk, verb.value])}


def _organ_act(row: Any, name: str) -> tuple[Verb | None, Any]:
    if row.status == A.OBJECTED:
        return None, _("Waits for the decision on the objection")
    group = row.suggestion.merge_group
    if name == "receipt" and group is not None and group.lead_id != row.suggestion_id:
        return None, _("Sign at the leading suggestion")
    acts: dict[str, tuple[Verb | None, Any]] = {
        "receipt": (Verb.SIGN_RECEIPT, _("Sign for receipt")),
        "contact": (Verb.RECORD_CONTACT, _("Record a contact")),
        "opinion": (Verb.GIVE_OPINION, _("Enter the opinion")),
        "opinions": (None, _("Waits for the co-host")),
        "delivery": (Verb.DELIVER, _("Record delivery")),
    }
    return acts[name] if name in acts else _reply_act(row)


def _reply_act(row: Any) -> tuple[Verb | None, Any]:
    reply = getattr(row, "reply", None)
    if reply is None or (reply.status == reply.Status.DRAFT and reply.result_class_id is None):
        return Verb.DRAFT_REPLY, _("Write the reply")
    if reply.status == reply.Status.DRAFT:
        return Verb.SUBMIT_REPLY, _("Put up for signature")
    if row.organ.sign_mode == Organ.SignMode.ONLINE:
        return None, _("Waits for the signature")
    return Verb.SIGN_REPLY, _("Record the sealed letter")
