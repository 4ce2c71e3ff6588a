"""One page for each act: fetch → may I (403) → is it possible (409) → form (422) → verb → back to the case."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from files.uploads import store_upload

from suggestions import forms, policies, transitions
from suggestions.models import Assignment, Evaluation, Reply, Suggestion
from suggestions.transitions import ASSIGNMENT, REPLY, SUGGESTION, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, Stale, permit


@dataclass(frozen=True)
class Act:
    """A verb with its page: whom it is for, what it asks, what is said when it is done."""

    verb: Verb
    label: Any
    subject: str
    allowed: Callable[[Any, Any], bool]
    perform: Callable[..., Any]
    form: type[forms.ActForm] = forms.ActForm
    done: Any = field(default=_("Done."))
    note: Any = ""

    def possible(self, subject: Any) -> None:
        """Raise Conflict unless every machine concerned lets the verb start."""
        case, assignment, reply = _line(subject)
        SUGGESTION.require(case, self.verb)
        if assignment is not None and self.verb in ASSIGNMENT.table and self.subject != "reply":
            ASSIGNMENT.require(assignment, self.verb)
        if reply is not None and self.verb in REPLY.table:
            REPLY.require(reply, self.verb)
        if self.subject != "suggestion" and assignment is not None and assignment.round != case.round:
            raise Conflict("earlier_round", _("This belongs to an earlier round."))


def _line(subject: Any) -> tuple[Suggestion, Assignment | None, Reply | None]:
    """The case, the assignment and the reply that an act's subject stands for."""
    if isinstance(subject, Reply):
        return subject.assignment.suggestion, subject.assignment, subject
    if isinstance(subject, Assignment):
        return subject.suggestion, subject, Reply.objects.filter(assignment=subject).first()
    return subject, None, None


def _hand_over(case: Suggestion, *, co_hosts: Any, **data: Any) -> None:
    transitions.hand_over(case, co_hosts=list(co_hosts), **data)


def _allot(case: Suggestion, *, co_hosts: Any, **data: Any) -> None:
    transitions.allot(case, co_hosts=list(co_hosts), **data)


def _sign_reply(reply: Reply, *, actor: Any, scan: Any, **data: Any) -> None:
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.sign_reply(reply, actor=actor, scan=stored, **data)


def _evaluate(reply: Reply, *, actor: Any, **data: Any) -> None:
    scan = data.pop("scan", None)
    if actor.is_deputy:
        mandates = forms.signatories(reply.assignment.suggestion)
        data["mandate"] = get_object_or_404(mandates, person=actor.person_id)
        data.update(source=Evaluation.Source.OWN, on=clock.today())
    stored = store_upload(scan, user=actor.user) if scan else None
    transitions.evaluate(reply, actor=actor, scan=stored, **data)


def _on_reply(policy: Callable[[Any, Assignment], bool]) -> Callable[[Any, Reply], bool]:
    return lambda actor, reply: policy(actor, reply.assignment)


def _may_evaluate(actor: Any, reply: Reply) -> bool:
    return policies.can_evaluate_at_all(actor, reply.assignment.suggestion)


_RELEASE_NOTE = _("Satisfied or basically satisfied closes the suggestion; dissatisfied opens the next round.")

ACTS: dict[str, Act] = {
    act.verb.value: act
    for act in (
        Act(
            Verb.REGISTER, _("Register"), "suggestion", policies.can_register, transitions.register, forms.RegisterForm
        ),
        Act(Verb.HAND_OVER, _("Hand over"), "suggestion", policies.can_hand_over, _hand_over, forms.HandOverForm),
        Act(Verb.ALLOT, _("Allot"), "suggestion", policies.can_allot, _allot, forms.AllotForm),
        Act(
            Verb.RELEASE_VERDICT,
            _("Release the verdict"),
            "suggestion",
            policies.can_release_verdict,
            transitions.release_verdict,
            note=_RELEASE_NOTE,
        ),
        Act(
            Verb.SIGN_RECEIPT,
            _("Sign for receipt"),
            "assignment",
            policies.can_sign_receipt,
            transitions.sign_receipt,
            forms.ReceiptForm,
        ),
        Act(
            Verb.RECORD_CONTACT,
            _("Record a contact"),
            "assignment",
            policies.can_record_contact,
            transitions.record_contact,
            forms.ContactForm,
        ),
        Act(
            Verb.GIVE_OPINION,
            _("Enter the co-host's opinion"),
            "assignment",
            policies.can_give_opinion,
            transitions.give_opinion,
            forms.OpinionForm,
        ),
        Act(
            Verb.WAIVE_OPINION,
            _("Waive the opinion"),
            "assignment",
            policies.can_waive_opinion,
            transitions.waive_opinion,
            forms.WaiveForm,
        ),
        Act(
            Verb.DRAFT_REPLY,
            _("Write the reply"),
            "assignment",
            policies.can_draft_reply,
            transitions.draft_reply,
            forms.DraftForm,
        ),
        Act(
            Verb.SUBMIT_REPLY,
            _("Put up for signature"),
            "reply",
            _on_reply(policies.can_draft_reply),
            transitions.submit_reply,
        ),
        Act(
            Verb.RETURN_REPLY,
            _("Take back to revise"),
            "reply",
            _on_reply(policies.can_draft_reply),
            transitions.return_reply,
            forms.ReturnForm,
        ),
        Act(
            Verb.SIGN_REPLY,
            _("Record the sealed letter"),
            "reply",
            _on_reply(policies.can_sign_reply),
            _sign_reply,
            forms.SignForm,
        ),
        Act(
            Verb.DELIVER,
            _("Record delivery"),
            "reply",
            _on_reply(policies.can_deliver),
            transitions.deliver,
            forms.DeliverForm,
        ),
        Act(Verb.EVALUATE, _("Evaluate"), "reply", _may_evaluate, _evaluate, forms.OwnEvaluationForm),
    )
}


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of one act; an act of a part names its assignment."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Suggestion.objects.visible_to(actor), pk=pk)
    chosen = ACTS[verb]
    subject = _subject(chosen, case, part)
    permit(chosen.allowed(actor, subject))
    chosen.possible(subject)
    form = _form(chosen, actor)(request.POST or None, request.FILES or None, actor=actor, subject=subject)
    if request.method == "POST" and _performed(request, chosen, case, subject, form):
        messages.success(request, chosen.done)
        return redirect("suggestions:detail", case.pk)
    context = {
        "suggestion": case,
        "act": chosen,
        "form": form,
        "version": case.version,
        "submit_label": chosen.label,
        "cancel_url": reverse("suggestions:detail", args=[case.pk]),
        "verdict": case.verdicts.filter(round=case.round).first() if verb == Verb.RELEASE_VERDICT else None,
    }
    return render(request, "suggestions/act.html", context, status=422 if form.is_bound else 200)


def _performed(request: HttpRequest, chosen: Act, case: Suggestion, subject: Any, form: forms.ActForm) -> bool:
    version = _version(request, case)
    if not form.is_valid():
        return False
    try:
        chosen.perform(subject, actor=form.actor, version=version, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _version(request: HttpRequest, case: Suggestion) -> int:
    """The version the page was opened on; anything else than the present one is stale, whatever was typed."""
    if request.POST.get("version") != str(case.version):
        raise Stale
    return case.version


def _form(chosen: Act, actor: Any) -> type[forms.ActForm]:
    if chosen.verb == Verb.EVALUATE and not actor.is_deputy:
        return forms.EnteredEvaluationForm
    return chosen.form


def _subject(chosen: Act, case: Suggestion, part: int | None) -> Any:
    if chosen.subject == "suggestion":
        return case
    rows = Assignment.objects.select_related("organ", "suggestion__lead__person")
    assignment = get_object_or_404(rows, pk=part, suggestion=case)
    if chosen.subject == "assignment":
        return assignment
    return get_object_or_404(
        Reply.objects.select_related("assignment__organ", "assignment__suggestion"), assignment=assignment
    )


def acts_for(actor: Any, case: Suggestion, assignments: list[Assignment]) -> list[dict[str, Any]]:
    """The acts that this person can do now, in the order of the life of a suggestion."""
    found = []
    for chosen in ACTS.values():
        for subject, part in _subjects(chosen, case, assignments):
            if _can(chosen, actor, subject):
                found.append({"act": chosen, "part": part, "organ": part.organ if part else None})
    return found


def _subjects(chosen: Act, case: Suggestion, assignments: list[Assignment]) -> list[tuple[Any, Assignment | None]]:
    if chosen.subject == "suggestion":
        return [(case, None)]
    if chosen.subject == "assignment":
        return [(row, row) for row in assignments]
    return [(row.reply, row) for row in assignments if getattr(row, "reply", None)]


def _can(chosen: Act, actor: Any, subject: Any) -> bool:
    case, assignment, reply = _held(subject)
    if not SUGGESTION.allows(case, chosen.verb):
        return False
    if assignment is not None and chosen.subject != "reply" and not _part_allows(ASSIGNMENT, assignment, chosen.verb):
        return False
    if reply is not None and not _part_allows(REPLY, reply, chosen.verb):
        return False
    return chosen.allowed(actor, subject) and _waits(chosen, actor, case, reply)


def _waits(chosen: Act, actor: Any, case: Suggestion, reply: Reply | None) -> bool:
    """Whether the act is still to be done; its page would only refuse it otherwise."""
    if chosen.verb == Verb.RELEASE_VERDICT:
        return any(verdict.round == case.round for verdict in case.verdicts.all())
    if chosen.verb == Verb.EVALUATE and reply is not None and actor.is_deputy:
        return not any(row.mandate.person_id == actor.person_id for row in reply.evaluations.all())
    return True


def _held(subject: Any) -> tuple[Suggestion, Assignment | None, Reply | None]:
    """Like ``_line``, from what is already read."""
    if isinstance(subject, Assignment):
        return subject.suggestion, subject, getattr(subject, "reply", None)
    return _line(subject)


def _part_allows(machine: Any, row: Any, verb: Verb) -> bool:
    return verb not in machine.table or machine.allows(row, verb)
