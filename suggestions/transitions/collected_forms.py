"""The opinion form that an organ collected: handed in, it counts for nothing until the committee has confirmed it.

Who is judged writes no judgement (invariant 6, scenario 19): the organ brings the deputy's signed sheet, the committee
calls the deputy. What the deputy then says otherwise is entered as a call-back, which counts instead (scenario 36).
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from files.models import Attachment
from stations.models import Mandate
from suggestions import policies, recipients
from suggestions.models import Evaluation, Reply, Suggestion
from suggestions.querysets import EvaluationQuerySet, signatories
from suggestions.transitions.judging import check_new, judge
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.parts import check_day, open_reply
from suggestions.transitions.telling import tell
from workflow.engine import Conflict, Invalid, record

FORM = Evaluation.Source.ORGAN_FORM


@transaction.atomic
def hand_in_form(
    reply: Reply,
    *,
    actor: Actor,
    version: int,
    mandate: Mandate,
    scan: Attachment | None,
    attitude: str,
    result: str,
    on: date,
    text: str = "",
) -> Evaluation:
    """The host hands in the sheet that a signatory filled in and signed, and what it says.

    It neither counts nor decides. Raises NotAllowed, Conflict where one was handed in already, Stale, Invalid.
    """
    case = open_reply(reply, Verb.HAND_IN_FORM, policies.can_hand_in_form, actor=actor, version=version)
    if scan is None:
        raise Invalid("scan", "scan_missing", _("Add the scan or a photo of the signed form."))
    if not policies.is_signatory(case, mandate):
        raise Invalid("mandate", "no_signatory", _("%(name)s did not sign this suggestion."), name=mandate.person.name)
    check_day(on, "on", reply.letter_on)
    check_new(reply, mandate, FORM)
    form = Evaluation.objects.create(
        reply=reply, mandate=mandate, source=FORM, counts=False, scan=scan, attitude=attitude, result=result, on=on,
        text=text,
    )  # fmt: skip
    changes = {"mandate": str(mandate.uuid), "attitude": attitude, "result": result, "scan": scan.sha256}
    record(case, SUGGESTION, Verb.HAND_IN_FORM, actor=actor, changes=changes)
    tell(case, "form_handed_in", recipients.of_staff(), deputy=mandate.person.name)
    return form


@transaction.atomic
def confirm_form(reply: Reply, *, actor: Actor, version: int, mandate: Mandate, number_called: str) -> Evaluation:
    """Staff called the deputy, who says that the form is theirs: from now on it counts.

    Raises NotAllowed, Conflict where no form of the deputy waits, Stale, and Invalid without the number.
    """
    case = open_reply(reply, Verb.CONFIRM_FORM, policies.can_confirm_form, actor=actor, version=version)
    form = waiting_forms(reply).filter(mandate=mandate).first()
    if form is None:
        raise Conflict("no_form", _("No form of %(name)s waits to be confirmed."), name=mandate.person.name)
    if not number_called.strip():
        raise Invalid("number_called", "number_missing", _("Enter the number that was called."))
    form.number_called = number_called.strip()
    form.counts = True
    form.save(update_fields=["number_called", "counts"])
    changes = {"mandate": str(mandate.uuid), "source": FORM, "attitude": form.attitude, "result": form.result}
    behalf = actor.recording(mandate.person, How.TELEPHONE)
    record(case, SUGGESTION, Verb.CONFIRM_FORM, actor=behalf, changes=changes)
    if mandate.pk == case.speaker_id:
        judge(case, reply)
    return form


def waiting_forms(reply: Reply) -> EvaluationQuerySet:
    """The forms of a reply that an organ handed in and nobody has confirmed."""
    waiting: EvaluationQuerySet = Evaluation.objects.to_confirm()
    return waiting.filter(reply=reply)


def require_waiting_form(reply: Reply) -> None:
    """Raise Conflict unless a form waits to be confirmed; reads the evaluations where they were prefetched."""
    rows = list(reply.evaluations.all())
    counted = {row.mandate_id for row in rows if row.counts}
    if not any(row.source == FORM and row.mandate_id not in counted for row in rows):
        raise Conflict("no_form", _("No form that an organ handed in waits to be confirmed."))


def without_form(reply: Reply) -> QuerySet[Mandate]:
    """The signatories whose sheet the organ has not handed in."""
    case: Suggestion = reply.assignment.suggestion
    told = Evaluation.objects.filter(reply=reply, source=FORM)
    signed: QuerySet[Mandate] = signatories(case)
    return signed.exclude(pk__in=told.values("mandate"))


def require_form_lacking(reply: Reply) -> None:
    """Raise Conflict once the forms of all signatories were handed in."""
    if not without_form(reply).exists():
        raise Conflict("handed_in", _("The forms of all who signed were handed in."))
