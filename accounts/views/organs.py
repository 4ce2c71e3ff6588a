"""The list of organs, one organ with its names and officers, and the acts on it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.actor import Actor
from accounts.filters import OrganFilter
from accounts.forms import organs as forms
from accounts.models import Officer, Organ, OrganName
from accounts.transitions import organ_acts
from accounts.transitions.accounts import Verb
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing


def _may_keep(actor: Actor, _subject: Any) -> bool:
    return policies.can_keep_organs(actor)


def _require(subject: Organ | Officer, _verb: str) -> None:
    """Raise Conflict for an organ that does not exist any more."""
    organ = subject if isinstance(subject, Organ) else subject.organ
    if organ.closed_on is not None:
        raise Conflict("organ_closed", organ_acts.CLOSED, organ=organ.name)


#: An organ has no version: its acts stand in the record of whoever did them.
_by_keeper = partial(Act, allowed=_may_keep, require=_require, versioned=False)
_on_organ = partial(_by_keeper, subject=Organ)

_REORGANISE_NOTE = _(
    "Its names find the organ that takes over from now on. What it handled stays with it and is counted under the "
    "organ that takes over. This cannot be undone here."
)

ACTS = catalogue(
    _on_organ(Verb.SET_ORGAN, _("Edit"), organ_acts.set_organ, form=forms.SetOrganForm),
    _on_organ(Verb.APPOINT, _("Appoint an officer"), organ_acts.appoint, form=forms.AppointForm),
    _on_organ(Verb.ADD_NAME, _("Add a name"), organ_acts.add_name, form=forms.NameForm),
    _on_organ(
        Verb.REORGANISE,
        _("Reorganise"),
        organ_acts.reorganise,
        form=forms.ReorganiseForm,
        note=_REORGANISE_NOTE,
        style="danger",
    ),
)
DISMISS = _by_keeper(Verb.DISMISS, _("End the duty"), organ_acts.dismiss, form=forms.DismissForm, subject=Officer)
_NAMES, _DUTIES = OrganName.Kind.values, Officer.Duty.values


def organ_list(request: HttpRequest) -> HttpResponse:
    """All organs, by the sound of their names; found by any name they ever had."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_organs(actor))
    liaisons = Officer.objects.current(clock.today()).filter(duty=Officer.Duty.LIAISON).select_related("person")
    rows = Organ.objects.visible_to(actor).select_related("forwards_through", "successor")
    rows = rows.prefetch_related("names", Prefetch("officers", queryset=liaisons, to_attr="liaisons"))
    order = (("pinyin", "asc"), ("pk", "asc"))
    context = listing(request, rows, OrganFilter, order, counted=_("%(count)s organs"))
    context |= {"today": clock.today(), "may_keep": policies.can_keep_organs(actor)}
    return render(request, "accounts/organs.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organ: names of all times, officers, its road, who uses an account for it."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Organ.objects.visible_to(actor).select_related("forwards_through", "successor")
    organ = get_object_or_404(rows, pk=pk)
    may_keep = policies.can_keep_organs(actor) and organ.closed_on is None
    officers = [
        (officer, officer.in_office(clock.today())) for officer in organ.officers.select_related("person__user")
    ]
    context = {
        "organ": organ,
        "names": sorted(organ.names.all(), key=lambda row: _NAMES.index(row.kind)),
        "officers": sorted(officers, key=lambda pair: (not pair[1], _DUTIES.index(pair[0].duty))),
        "receivers": organ.receivers.all(),
        "predecessors": organ.predecessors.all(),
        "posts": organ.posts.current(clock.today()).select_related("user__person"),
        "acts": offered(
            ACTS.values(), actor, organ, lambda act: reverse("accounts:organ_act", args=[pk, act.verb.value])
        ),
        "may_keep": may_keep,
        "sees_accounts": policies.can_see_accounts(actor),
    }
    return render(request, "accounts/organ.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Enter a new organ."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_organs(actor))
    form = forms.FoundOrganForm(request.POST if request.method == "POST" else None, actor=actor, subject=None)
    if form.is_valid():
        try:
            organ = organ_acts.found_organ(actor=actor, facts=form.facts())
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Entered. Now appoint its officers."))
            return redirect("accounts:organ", organ.pk)
    context = {"heading": _("New organ"), "form": form, "cancel_url": reverse("accounts:organs")}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on an organ."""
    organ = _visible(request, pk)
    return _page(request, ACTS[verb], organ, organ)


def dismiss(request: HttpRequest, pk: int, officer: int) -> HttpResponse:
    """The end of an officer's duty."""
    organ = _visible(request, pk)
    row = get_object_or_404(organ.officers.select_related("organ", "person"), pk=officer)
    return _page(request, DISMISS, organ, row)


def _page(request: HttpRequest, chosen: Act, organ: Organ, subject: Organ | Officer) -> HttpResponse:
    back = reverse("accounts:organ", args=[organ.pk])
    return act_page(request, chosen, None, subject, back=back, template="accounts/organ_act.html")


def _visible(request: HttpRequest, pk: int) -> Organ:
    return get_object_or_404(Organ.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
