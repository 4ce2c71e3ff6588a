"""One page for each act on a visit: fetch → may I (403) → is it possible (409) → form (422) → verb → back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from deliberations.forms import visits as forms
from deliberations.models import Opinion, Visit
from deliberations.policies import visits as policies
from deliberations.transitions import correcting, settling, visiting
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from workflow.engine import Conflict, Invalid, Stale, permit


@dataclass(frozen=True)
class Act:
    """A verb with its page; ``subject`` is the model of the row that the verb takes, ``ready`` raises Conflict."""

    verb: VisitVerb
    label: Any
    subject: type[Visit | Opinion]
    allowed: Callable[[Actor, Visit], bool]
    perform: Callable[..., Any]
    form: type[forms.ActForm] = forms.ActForm
    note: Any = ""
    style: str = "secondary"
    ready: Callable[[Any], Any] = lambda _subject: None

    def is_open_to(self, actor: Actor, visit: Visit, subject: Any) -> bool:
        """Whether this person can do it now."""
        try:
            return VISIT.allows(visit, self.verb) and self.allowed(actor, visit) and self.ready(subject) is None
        except Conflict:
            return False


_COMPLETE_NOTE = gettext_lazy("The words stay as the deputy noted them. Afterwards the deputy is asked to confirm.")
_CONFIRM_NOTE = gettext_lazy("Is this what was meant?")
_CORRECT_NOTE = gettext_lazy("That it was changed stays in the record, and the deputy is asked to confirm anew.")
_CLOSE_NOTE = gettext_lazy(
    "Every voter was told, asked not to be, or could not be reached. Afterwards nothing is changed."
)

_ALL = (
    Act(
        VisitVerb.COMPLETE,
        gettext_lazy("Complete the record"),
        Visit,
        policies.can_keep,
        visiting.complete_visit,
        forms.CompleteForm,
        note=_COMPLETE_NOTE,
        style="primary",
    ),
    Act(
        VisitVerb.CONFIRM,
        gettext_lazy("Confirm"),
        Visit,
        policies.can_confirm,
        visiting.confirm,
        forms.ConfirmForm,
        note=_CONFIRM_NOTE,
        ready=visiting.require_unconfirmed,
    ),
    Act(
        VisitVerb.ADD_OPINION,
        gettext_lazy("Add an opinion"),
        Visit,
        policies.can_keep,
        visiting.add_opinion,
        forms.AddOpinionForm,
    ),
    Act(
        VisitVerb.TELL,
        gettext_lazy("Voter told"),
        Opinion,
        policies.can_tell,
        settling.tell_voter,
        forms.TellForm,
        ready=settling.require_untold,
    ),
    Act(
        VisitVerb.CORRECT,
        gettext_lazy("Correct"),
        Opinion,
        policies.can_correct,
        correcting.correct,
        forms.CorrectForm,
        note=_CORRECT_NOTE,
    ),
    Act(
        VisitVerb.CLOSE,
        gettext_lazy("Settle"),
        Visit,
        policies.can_keep,
        settling.close,
        note=_CLOSE_NOTE,
        style="primary",
        ready=settling.require_settled,
    ),
)
#: A deputy puts only the words right.
REWORD = Act(
    VisitVerb.CORRECT, gettext_lazy("Put right"), Opinion, policies.can_correct, correcting.reword, forms.RewordForm
)

ACTS: dict[str, Act] = {act.verb.value: act for act in _ALL}


def chosen_act(verb: str, actor: Actor) -> Act:
    """The act of that name as this person does it."""
    return REWORD if verb == VisitVerb.CORRECT and actor.is_deputy else ACTS[verb]


def act(request: HttpRequest, pk: int, verb: str, opinion: int | None = None) -> HttpResponse:
    """The page of one act. Refused because somebody was faster, it shows again what was typed (409)."""
    actor = request.actor  # type: ignore[attr-defined]
    visit = get_object_or_404(Visit.objects.visible_to(actor).select_related("station"), pk=pk)
    chosen = chosen_act(verb, actor)
    subject = _subject(chosen, visit, opinion)
    permit(chosen.allowed(actor, visit))
    if request.method != "POST":
        VISIT.require(visit, chosen.verb)
        chosen.ready(subject)
    form = chosen.form(request.POST or None, actor=actor, subject=subject)
    if request.method != "POST":
        return _page(request, chosen, visit, subject, form, 200)
    try:
        done = _performed(request, chosen, visit, subject, form)
    except Conflict as refused:
        if not form.fields:
            raise
        return _page(request, chosen, visit, subject, form, 409, refused.sentence)
    if not done:
        return _page(request, chosen, visit, subject, form, 422)
    messages.success(request, _("Done: %(act)s.") % {"act": chosen.verb.label})
    return redirect("deliberations:visit", visit.pk)


def buttons(actor: Actor, visit: Visit, subject: Any) -> list[dict[str, Any]]:
    """The acts on this visit or opinion that the person can do now, as buttons."""
    acts = [chosen_act(verb, actor) for verb in ACTS]
    return [
        {"label": _label(act, actor), "url": _url(act, visit, subject), "style": _style(act, actor)}
        for act in acts
        if isinstance(subject, act.subject) and act.is_open_to(actor, visit, subject)
    ]


def _label(act: Act, actor: Actor) -> Any:
    return _("Yes, that is what was meant") if act.verb == VisitVerb.CONFIRM and actor.is_deputy else act.label


def _style(act: Act, actor: Actor) -> str:
    return "primary" if act.verb == VisitVerb.CONFIRM and actor.is_deputy else act.style


def _url(act: Act, visit: Visit, subject: Any) -> str:
    if act.subject is Visit:
        return reverse("deliberations:visit_act", args=[visit.pk, act.verb.value])
    return reverse("deliberations:opinion_act", args=[visit.pk, subject.pk, act.verb.value])


def _subject(chosen: Act, visit: Visit, opinion: int | None) -> Any:
    """The row that the act is for; raises Http404."""
    if (opinion is None) != (chosen.subject is Visit):
        raise Http404
    if opinion is None:
        return visit
    row = get_object_or_404(visit.opinions.select_related("voter"), pk=opinion)
    row.visit = visit
    return row


def _performed(request: HttpRequest, chosen: Act, visit: Visit, subject: Any, form: forms.ActForm) -> bool:
    """Whether the act happened; otherwise the form says why not. Raises Conflict."""
    if request.POST.get("version") != str(visit.version):
        raise Stale
    VISIT.require(visit, chosen.verb)
    chosen.ready(subject)
    if not form.is_valid():
        return False
    try:
        chosen.perform(subject, actor=form.actor, version=visit.version, **form.told())
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _page(
    request: HttpRequest, chosen: Act, visit: Visit, subject: Any, form: Any, status: int, conflict: str = ""
) -> HttpResponse:
    if conflict:
        visit.refresh_from_db()
    shown = [subject] if isinstance(subject, Opinion) else list(visit.opinions.all())
    context = {
        "visit": visit,
        "act": chosen,
        "form": form,
        "version": visit.version,
        "conflict": conflict,
        # a form that asks for the words shows them itself
        "opinions": [] if "words" in form.fields else shown,
        "submit_label": _label(chosen, form.actor),
        "cancel_url": reverse("deliberations:visit", args=[visit.pk]),
        "may_put_right": chosen.verb == VisitVerb.CONFIRM and form.actor.is_deputy,
    }
    return render(request, "deliberations/visit_act.html", context, status=status)
