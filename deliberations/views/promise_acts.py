"""Every act on a promise that has a page, and its page."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.forms import promises as forms
from deliberations.models import Promise
from deliberations.policies import promises as policies
from deliberations.transitions import promises
from deliberations.transitions.meeting_machines import PROMISE, PromiseVerb
from files.uploads import store_upload
from workflow.acting import Act, act_page, catalogue, offered

_act = partial(Act, subject=Promise, require=PROMISE.require)

_REPORT_THEN = _("The deputy is asked whether it is so.")
_KEPT_NOTE = _("The promise is settled with this.")
_DENY_NOTE = _("The promise stays open; the organ reads what is still lacking.")
_NOT_KEPT_NOTE = _("The organ and the deputy are told. Afterwards it can be turned into a suggestion.")


@transaction.atomic
def _report(promise: Promise, *, actor: Actor, picture: Any, **data: Any) -> None:
    stored = store_upload(picture, user=actor.user) if picture else None
    promises.report_done(promise, actor=actor, picture=stored, **data)


ACTS = catalogue(
    _act(
        PromiseVerb.REPORT_DONE,
        _("Report as done"),
        _report,
        policies.can_report_done,
        forms.ReportForm,
        then=_REPORT_THEN,
        style="primary",
    ),
    _act(
        PromiseVerb.CONFIRM_KEPT,
        _("It was kept"),
        promises.confirm_kept,
        policies.can_answer,
        forms.KeptForm,
        note=_KEPT_NOTE,
        style="primary",
    ),
    _act(
        PromiseVerb.DENY,
        _("It was not done"),
        promises.deny,
        policies.can_answer,
        forms.DenyForm,
        note=_DENY_NOTE,
    ),
    _act(
        PromiseVerb.DECLARE_NOT_KEPT,
        _("Record as not kept"),
        promises.declare_not_kept,
        policies.can_declare_not_kept,
        forms.NotKeptForm,
        note=_NOT_KEPT_NOTE,
        ready=promises.require_overdue,
        style="danger",
    ),
)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one act on a promise one may see."""
    rows = Promise.objects.visible_to(request.actor).for_list()  # type: ignore[attr-defined]
    promise = get_object_or_404(rows, pk=pk)
    back = reverse("deliberations:promise", args=[pk])
    template = "deliberations/promise_act.html"
    return act_page(request, ACTS[verb], promise, promise, back=back, template=template, promise=promise)


def buttons(actor: Actor, promise: Promise) -> list[dict[str, Any]]:
    """What this person can do now with the promise."""
    return offered(
        ACTS.values(),
        actor,
        promise,
        lambda chosen: reverse("deliberations:promise_act", args=[promise.pk, chosen.verb.value]),
    )
